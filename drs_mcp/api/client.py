"""The DRS v5 API as this server uses it: reads, and nothing that could change a task.

One `DrsClient` serves one tool call: it carries the call's limits, and shares the transport.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from drs_mcp.api.http.error_bodies import ANYTHING, Asked, error_beside, error_in
from drs_mcp.api.http.limits import Limits
from drs_mcp.api.joining import BESIDE, UNREADABLE
from drs_mcp.api.paging import Coverage, Feed, Identity, NewestFirst, Page, read_pages
from drs_mcp.api.paths import JOB, JOBS, path_of
from drs_mcp.api.query import MAX_LIMIT, DetailQuery, page_parameters
from drs_mcp.api.reading import ReadingTransport
from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import Row, count, record, records, text
from drs_mcp.errors import BadAnswer
from drs_mcp.quoting.quoted import as_identifier

MOST_ROWS = 10 * MAX_LIMIT
"""Rows of a page, whatever limit the server heeds: joining pages compares all of theirs at once."""

RowsOf = Callable[[Row], object]
"""Where in a `job` object (Table 5) a list stands."""


@dataclass(frozen=True)
class DrsClient:
    """Reads tasks of one project, within the limits of one call.

    Every method raises `ApiError` or `TransportError` when DRS does not answer well.
    """

    transport: ReadingTransport
    project_id: str
    limits: Limits
    language: str = "en-us"

    def in_english(self) -> "DrsClient":
        """The same client asking in en-us: known failures are matched in English."""
        return replace(self, language="en-us")

    async def show(self, job_id: str, query: DetailQuery) -> Job:
        """One answer about a task: its `job` object (Table 5).

        Raises:
            BadAnswer: there is none, or it is another task's.
        """
        return await self._show(job_id, query, {})

    async def show_page(self, job_id: str, query: DetailQuery, *, offset: int, limit: int) -> Job:
        """One page of a list, as its `job` object (Table 5)."""
        return await self._show(job_id, query, page_parameters(offset, limit))

    async def show_pages(
        self,
        job_id: str,
        query: DetailQuery,
        rows_of: RowsOf,
        feed: Feed,
        *,
        newest_first: NewestFirst | None = None,
        identity: Identity | None = None,
        on_page: Callable[[Row], None] | None = None,
    ) -> Coverage:
        """Read a whole list of a task page by page, in order, into *feed*.

        Args:
            job_id: the task's ID.
            query: what to list; the paging is added here.
            rows_of: where the rows stand in the `job` object.
            feed: takes the rows of each page.
            newest_first: given for a log: whether new rows appear at its head while it is read.
            identity: tells a row that came on two pages; by default as the query allows.
            on_page: sees each page's `job` object, for what stands beside the rows.
        """

        async def fetch(offset: int, limit: int) -> Page:
            job = await self._show(job_id, query, page_parameters(offset, limit))
            if on_page is not None:
                on_page(job)
            return _page(rows_of(job), job.get("total_count"), {"job": job})

        return await read_pages(
            fetch,
            feed,
            newest_first=newest_first,
            identity=identity or _identity(query),
            limit=MAX_LIMIT,
            check=self.limits.check,
        )

    async def list_jobs(self, job_type: str, feed: Feed, *, name: str = "") -> Coverage:
        """List the tasks of one scenario (`GET /v5/{project_id}/jobs`) into *feed*."""
        path = path_of(JOBS, self.project_id)
        fixed = {"job_type": job_type, **({"name": name} if name else {})}

        async def fetch(offset: int, limit: int) -> Page:
            body = record(
                await self.transport.get(
                    path,
                    {**fixed, **page_parameters(offset, limit)},
                    what="the task list",
                    limits=self.limits,
                    language=self.language,
                    asked=_JOBS,
                )
            )
            return _page(body.get("jobs"), body.get("total_count"), body)

        check = self.limits.check
        return await read_pages(fetch, feed, identity=_own_id, limit=MAX_LIMIT, check=check)

    async def _show(self, job_id: str, query: DetailQuery, paging: dict[str, str]) -> Job:
        path = path_of(JOB, self.project_id, job_id)
        what = f"{_WHAT.get(query.type, query.type)} of task {as_identifier(job_id)}"
        answer = await self.transport.get(
            path,
            {**query.parameters(), **paging},
            what=what,
            limits=self.limits,
            language=self.language,
            rows=query.type in ("log", "compare"),
            asked=_asked(query),
        )
        job = record(answer).get("job")
        if not isinstance(job, dict):
            raise BadAnswer(f"DRS answered without a job object when asked for {what}.")
        told = text(job.get("id"))
        if told is not None and told.lower() != job_id.lower():
            raise BadAnswer(f"DRS answered for another task when asked for {what}.")
        beside = error_beside(record(answer))
        return cast("Job", {**job, **beside} if beside else job)


def _page(rows: object, total: object, answer: Row) -> Page:
    """One page as it came; a list that is null or missing is none."""
    found = records(rows)
    if len(found) > MOST_ROWS:
        raise BadAnswer(
            f"DRS answered with more than {MOST_ROWS:,} rows where {MAX_LIMIT:,} were asked for. Check "
            "any proxy on the way."
        )
    items = len(rows) if isinstance(rows, list) else len(found)
    listed = isinstance(rows, list) or bool(found)
    beside = error_beside(answer)
    why = UNREADABLE if items > len(found) else _told(beside) if beside else ""
    return Page(found, count(total), listed, why)


def _told(beside: Row) -> str:
    code = as_identifier((error_in(beside) or ("", ""))[0])
    return BESIDE.format(f" ({code})" if code else "")


def _own_id(row: Row) -> object:
    return text(row.get("id"))


def _every_field(row: Row) -> object:
    return tuple(row.values())


def _every_field_of_object(row: Row) -> object:
    """The same where a database is named: objects of two databases may be called alike."""
    return _every_field(row) if row.get("source_db_name") or row.get("target_db_name") else None


def _identity(query: DetailQuery) -> Identity | None:
    """What tells a row of a list from every other.

    A comparison task has an ID. Compared tables, objects and rows may be listed in parts, one a
    node, so that only a row equal in every field is the same; without a database in the query the
    rows of Tables 46 and 50 may be those of two databases that are alike. Equal lines of a log are
    no rarity.
    """
    if query.query_type == "list":
        return _own_id
    if query.type != "compare":
        return None
    if query.source_db_name or query.target_db_name or query.query_type == "overview":
        return _every_field
    return _OF_A_DETAIL.get((query.compare_type, query.query_type))


_OF_A_DETAIL: dict[tuple[str, str], Identity] = {
    ("object_compare", "detail"): _every_field_of_object,
    ("content_compare", "detail"): _every_field,
}
"""Rows that name their databases themselves (Tables 43 and 48)."""


_JOBS = Asked(frozenset({"jobs"}))
_ASKED = {
    "progress": Asked(frozenset({"progress_info", "migration_object_progress_info", "metrics"})),
    "log": Asked(frozenset({"logs"})),
    "precheck": Asked(frozenset({"precheck_result"}), alone=True),
    "network": Asked(frozenset({"network_results"}), alone=True),
    "cloud_connection": Asked(frozenset({"network_results"}), alone=True),
    "diagnosis": Asked(frozenset({"diagnoses"}), alone=True),
    "file": Asked(frozenset({"support_import_file_resp"}), alone=True),
    "is_writable": Asked(frozenset({"is_writable"}), alone=True),
}
"""Type -> what its answer brings. A list is told as incomplete beside an error, and of detail and
progress the error is judged with what it stands beside."""


def _asked(query: DetailQuery) -> Asked:
    if query.type == "compare":
        overview = (query.compare_type, query.query_type) == ("object_compare", "overview")
        return Asked(frozenset({"compare_result"}), alone=overview)
    return _ASKED.get(query.type, ANYTHING)


_WHAT = {
    "detail": "the detail",
    "progress": "the progress",
    "log": "the log",
    "precheck": "the pre-check",
    "network": "the network test",
    "cloud_connection": "the cloud connection test",
    "diagnosis": "the one-key diagnosis",
    "compare": "the comparison",
    "file": "the object import",
    "is_writable": "the read-only state",
}

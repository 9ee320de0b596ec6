"""The DRS v5 API as this server uses it: two GETs, and nothing that could change a task.

One `DrsClient` serves one tool call: it carries the call's limits, and shares the transport.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import cast

from drs_mcp.api.http.limits import Limits
from drs_mcp.api.paging import Coverage, Feed, NewestFirst, Page, read_pages
from drs_mcp.api.query import MAX_LIMIT, DetailQuery, checked_id, page_parameters
from drs_mcp.api.transport import Transport
from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import Row, count, record, records
from drs_mcp.quoting.quoted import as_identifier

RowsOf = Callable[[Row], object]
"""Where in a `job` object (Table 5) a list stands."""


def _stable(_: Sequence[Row]) -> bool:
    return False


@dataclass(frozen=True)
class DrsClient:
    """Reads tasks of one project, within the limits of one call.

    Every method raises `ApiError` or `TransportError` when DRS does not answer well.
    """

    transport: Transport
    project_id: str
    limits: Limits
    language: str = "en-us"

    def in_english(self) -> "DrsClient":
        """The same client asking in en-us: known failures are matched in English."""
        return replace(self, language="en-us")

    async def show(self, job_id: str, query: DetailQuery) -> Job:
        """One answer about a task: its `job` object (Table 5), empty when there is none."""
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
        newest_first: NewestFirst = _stable,
        on_page: Callable[[Row], None] | None = None,
    ) -> Coverage:
        """Read a whole list of a task page by page, in order, into *feed*.

        Args:
            job_id: the task's ID.
            query: what to list; the paging is added here.
            rows_of: where the rows stand in the `job` object.
            feed: takes the rows of each page.
            newest_first: whether new rows appear at the list's head while it is read.
            on_page: sees each page's `job` object, for what stands beside the rows.
        """

        async def fetch(offset: int, limit: int) -> Page:
            job = await self._show(job_id, query, page_parameters(offset, limit))
            if on_page is not None:
                on_page(job)
            return Page(records(rows_of(job)), count(job.get("total_count")))

        return await read_pages(fetch, feed, newest_first=newest_first, limit=MAX_LIMIT)

    async def list_jobs(self, job_type: str, feed: Feed, *, name: str = "") -> Coverage:
        """List the tasks of one scenario (`GET /v5/{project_id}/jobs`) into *feed*."""
        path = f"/v5/{checked_id(self.project_id, 'project_id')}/jobs"
        fixed = {"job_type": job_type, **({"name": name} if name else {})}

        async def fetch(offset: int, limit: int) -> Page:
            body = record(
                await self.transport.get(
                    path,
                    {**fixed, **page_parameters(offset, limit)},
                    what="the task list",
                    limits=self.limits,
                    language=self.language,
                )
            )
            return Page(records(body.get("jobs")), count(body.get("total_count")))

        return await read_pages(fetch, feed, limit=MAX_LIMIT)

    async def _show(self, job_id: str, query: DetailQuery, paging: dict[str, str]) -> Job:
        project = checked_id(self.project_id, "project_id")
        task = checked_id(job_id, "job")
        answer = await self.transport.get(
            f"/v5/{project}/jobs/{task}",
            {**query.parameters(), **paging},
            what=f"{_WHAT.get(query.type, query.type)} of task {as_identifier(task)}",
            limits=self.limits,
            language=self.language,
            rows=query.type in ("log", "compare"),
        )
        return cast("Job", record(record(answer).get("job")))


_WHAT = {
    "detail": "the detail",
    "progress": "the progress",
    "log": "the log",
    "precheck": "the pre-check",
    "network": "the network test",
    "cloud_connection": "the cloud connection test",
    "compare": "the comparison",
    "file": "the object import",
    "is_writable": "the read-only state",
}

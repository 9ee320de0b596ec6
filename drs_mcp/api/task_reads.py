"""What else DRS tells of a task, beside the nine types of `GET /v5/{project_id}/jobs/{job_id}`.

None of it is on the reference page: every field may be absent, numbers come as strings, times in
four forms. A read of several tasks answers HTTP 200 with an error for each of them. A region may
not have an API, an engine not support it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from drs_mcp.api.client import DrsClient
from drs_mcp.api.http.error_bodies import Asked, error_in
from drs_mcp.api.http.faults import fault
from drs_mcp.api.paths import JOB, LAST_PRECHECK, OBJECT_MAPPINGS, RPO_AND_RTO, path_of
from drs_mcp.api.prefetch import sizes
from drs_mcp.api.query import MAX_LIMIT, checked_id, page_parameters
from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.api.wire.values import Row, count, record, records
from drs_mcp.errors import BadAnswer, RequestRefused
from drs_mcp.quoting.quoted import as_identifier

_ROWS_OF: Final = {
    "timelines": "timelines",
    "ddl": "ddl_list",
    "dirty-data": "dirty_data_list",
    "configuration-histories": "parameter_history_config_list",
    "health-compare-jobs": "compare_jobs",
    "progress-data/table": "flow_compare_data",
}
"""Part -> the field that holds the rows of its list."""

_MAPPINGS: Final = "object_mapping_list"
_BAD_PARAMETER = "DRS.M00202"


@dataclass(frozen=True)
class TaskReads:
    """Reads of one task, within the limits of the client's call.

    Every method raises `ApiError` or `TransportError` when DRS does not answer well.
    """

    client: DrsClient
    job_id: str

    async def fields(self, part: str, known: frozenset[str], what: str) -> Row:
        """The object of `GET …/{part}`.

        Raises:
            BadAnswer: it has none of its *known* fields.
        """
        body = record(await self._get(part, {}, what, Asked(known)))
        if not known & body.keys():
            raise BadAnswer(f"DRS answered with something else when asked for {what}.")
        return body

    async def newest_rows(self, part: str, what: str, **asked: Any) -> FirstRows:
        """As `first_rows`, of a list of which a page without rows says that there are none.

        Raises:
            BadAnswer: DRS tells of rows, and sent none.
        """
        page = await self.first_rows(part, what, **asked)
        if page.known and not page.rows:
            raise BadAnswer(f"DRS told of rows but sent none when asked for {what}.")
        return page

    async def first_rows(
        self,
        part: str,
        what: str,
        *,
        narrowed: Mapping[str, str] | None = None,
        offset: int = 0,
        limit: int = MAX_LIMIT,
    ) -> FirstRows:
        """One page of the list of `GET …/{part}`, by default the first and as long as it may be.

        A limit that DRS refuses is asked for smaller.
        """
        return await self._first(part, what, _ROWS_OF[part], narrowed or {}, offset, limit)

    async def _first(
        self, part: str, what: str, rows: str, narrowed: Mapping[str, str], offset: int, limit: int
    ) -> FirstRows:
        tried = sizes(limit)
        for size in tried:
            parameters = {**narrowed, **page_parameters(offset, size)}
            try:
                found = await self._get(part, parameters, what, Asked(frozenset({rows})))
                return self._page(found, rows, what)
            except RequestRefused as error:
                if error.code != _BAD_PARAMETER or size == tried[-1]:
                    raise
        raise AssertionError  # the smallest one has returned or raised

    async def compared_accounts(self, compare_task_id: str) -> FirstRows:
        """The accounts of a comparison: the first page of `GET …/compare/users/{compare_job_id}`."""
        part = f"compare/users/{checked_id(compare_task_id, 'compare_task_id')}"
        return await self._first(
            part, "the compared accounts", "user_compare_info", {}, 0, MAX_LIMIT
        )

    async def mappings(self, named: Mapping[str, str], *, limit: int = MAX_LIMIT) -> FirstRows:
        """Which object became which: the first page of `POST …/object-mappings`."""
        body = {**named, "offset": 0, "limit": limit}
        what = self._what("the object mapping")
        asked = Asked(frozenset({_MAPPINGS}))
        found = await self._post(self._path(OBJECT_MAPPINGS), body, what, asked)
        return self._page(found, _MAPPINGS, what)

    async def last_precheck(self) -> Row | None:
        """The newest pre-check of the task; None where none has been made."""
        return await self._of_batch(LAST_PRECHECK, "the last pre-check")

    async def rpo_and_rto(self) -> Row | None:
        """RPO and RTO of a disaster recovery task; None where DRS tells none."""
        return await self._of_batch(RPO_AND_RTO, "RPO and RTO")

    async def _of_batch(self, template: str, called: str) -> Row | None:
        what = self._what(called)
        asked = Asked(frozenset({"results", "count"}))
        told = {"jobs": [self.job_id]}
        body = record(await self._post(self._path(template), told, what, asked))
        if not {"results", "count"} & body.keys():
            raise BadAnswer(f"DRS answered with something else when asked for {what}.")
        results = records(body.get("results"))
        if not results:
            if count(body.get("count", 0)) == 0:
                return None
            raise BadAnswer(f"DRS told of {called} but sent none of task {self.job_id}.")
        found = results[0]
        code, said = error_in(found) or ("", "")
        if code or said:
            region = self.client.transport.region
            raise fault(400, {}, {"error_code": code, "error_msg": said}, what=what, region=region)
        return found

    def _page(self, answer: Any, rows_of: str, what: str) -> FirstRows:
        body = record(answer)
        total = count(body.get("count", body.get("total_count")))
        if not isinstance(body.get(rows_of), list) and total != 0:
            raise BadAnswer(f"DRS answered without a list when asked for {what}.")
        return FirstRows(records(body.get(rows_of)), total)

    def _what(self, called: str) -> str:
        return f"{called} of task {as_identifier(self.job_id)}"

    def _path(self, template: str) -> str:
        return path_of(template, self.client.project_id, self.job_id)

    async def _get(self, part: str, parameters: Mapping[str, str], what: str, asked: Asked) -> Any:
        return await self.client.transport.get(
            self._path(f"{JOB}/{part}"),
            parameters,
            what=self._what(what),
            limits=self.client.limits,
            language=self.client.language,
            asked=asked,
        )

    async def _post(self, path: str, body: Mapping[str, Any], what: str, asked: Asked) -> Any:
        return await self.client.transport.read_by_post(
            path,
            body,
            what=what,
            limits=self.client.limits,
            language=self.client.language,
            asked=asked,
        )

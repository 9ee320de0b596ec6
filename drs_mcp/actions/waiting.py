"""Waiting a while for the check that was started to end, so that its result is one call away."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from drs_mcp.api.connections import Connection
from drs_mcp.api.http.limits import Limits
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import record, records, share, word
from drs_mcp.errors import DrsError
from drs_mcp.reads.progress_reporter import ProgressReporter

WAITED_FOR: Final = ("precheck", "diagnosis")

_INTERVAL_S: Final = 10.0
_POLL_S: Final = 12.0


@dataclass(frozen=True)
class CheckState:
    """How far a check is.

    Attributes:
        progress_pct: as DRS tells it; None where it does not.
        ended: whether its result is there; None where it could not be read.
    """

    progress_pct: float | None = None
    ended: bool | None = None


async def wait_for_check(
    drs: Connection,
    job_id: str,
    kind: Literal["precheck", "diagnosis"],
    query_id: str,
    wait_s: int,
    reporter: ProgressReporter,
) -> CheckState:
    """Look at a check every ten seconds until it has ended or *wait_s* are over."""
    clock = drs.client.limits.clock
    began = clock.monotonic()
    state = CheckState()
    while True:
        client = replace(drs.client, limits=Limits(clock, deadline_s=_POLL_S))
        try:
            found = await client.show(job_id, DetailQuery(kind, query_id=query_id))
        except DrsError:  # the next look may fare better
            state = replace(state, ended=None)
        else:
            state = _READ[kind](found)
        past = clock.monotonic() - began
        if state.ended or past >= wait_s:
            return state
        so_far = "" if state.progress_pct is None else f", {state.progress_pct}%"
        await reporter(round(past, 2), float(wait_s), f"The {kind} is running{so_far}.")
        await clock.sleep(min(_INTERVAL_S, wait_s - past))


def _precheck(job: Job) -> CheckState:
    found = record(job.get("precheck_result"))
    progress = share(found.get("process"))
    items = records(found.get("precheck_results"))
    whole = bool(items) and all(word(item.get("result")) for item in items)
    return CheckState(progress, whole and progress in (None, 100))


def _diagnosis(job: Job) -> CheckState:
    found = next(iter(records(job.get("diagnoses"))), {})
    return CheckState(
        share(found.get("progress")), word(found.get("status")) in ("SUCCESS", "FAILED")
    )


_READ: Final[Mapping[str, Callable[[Job], CheckState]]] = {
    "precheck": _precheck,
    "diagnosis": _diagnosis,
}

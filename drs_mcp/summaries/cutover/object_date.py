"""When objects were compared, by the comparison's own times and those of the list."""

from datetime import datetime

from drs_mcp.api.wire.values import Row, moment, text
from drs_mcp.summaries.ages import AHEAD
from drs_mcp.summaries.comparisons.tasks import CompareTask, newest_with_results
from drs_mcp.summaries.cutover.evidence import CutoverEvidence


def object_date(read: CutoverEvidence) -> datetime | None:
    """When objects were compared: the comparison's own end, else that of the list, as of other kinds."""
    info = read.task.objects or {}
    own = [moment(info.get(name)) for name in ("end_time", "start_time", "create_time")]
    newest = newest_with_results(read.task.comparisons or (), "object_compare")
    listed = [newest.ended, newest.started] if newest else []
    if newest is not None and _is_the_run(info, own[1], newest):
        own.insert(1, newest.ended)  # dated as the comparisons of rows and values are
    return next((at for at in (*own, *listed) if at is not None), None)


def _is_the_run(info: Row, started: datetime | None, listed: CompareTask) -> bool:
    """Whether an overview that began then is of a comparison of the list."""
    if started is None or listed.started is None:
        return False
    same = text(info.get("compare_job_id")) in (None, listed.id)
    return same and abs(started - listed.started) <= AHEAD

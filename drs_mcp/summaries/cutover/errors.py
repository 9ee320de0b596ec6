"""The criterion about the log: errors that nothing shows to be closed."""

from datetime import datetime

from drs_mcp.clock import iso
from drs_mcp.summaries.ages import AHEAD
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.comparisons.requested.names import folded
from drs_mcp.summaries.cutover.evidence import Criterion, CutoverEvidence, CutoverOptions
from drs_mcp.summaries.cutover.since import found_equal_since
from drs_mcp.summaries.diagnosis.comparisons import newest_data_comparison
from drs_mcp.summaries.logs.facts import LogKind
from drs_mcp.summaries.logs.left_out import made_good

_NAME = "no_new_errors"


def no_new_errors(read: CutoverEvidence, _: CutoverOptions) -> Criterion:
    """Whether every error is closed.

    By its own recovery, or by data that moved past it and a later comparison that covers
    everything and finds it equal. It blocks where the task stopped at it; where neither can be
    shown it is unknown.
    """
    log, task = read.task.log, read.task
    if log is None or "log" in task.unread:
        return Criterion(_NAME, "unknown", "the log could not be read to its end")
    errors = [kind for kind in log.serious if not kind.harmless]
    entries = plural(log.entries, "log entry", "log entries")
    if not errors:
        return Criterion(_NAME, "met", f"no error in {entries}")
    since = newest_data_comparison(task.comparisons or ())
    open_ = [kind for kind in errors if not _closed(kind, read)]
    if not open_:
        when = f" or the comparison of {iso(since)}" if since else ""
        return Criterion(_NAME, "met", f"all closed by a recovery{when}", max_last(errors))
    last = max_last(open_)
    number = sum(kind.count for kind in open_)
    unread = sum(kind.count for kind in open_ if kind in log.unread)
    told = f"{plural(number, 'error')} of {plural(len(open_), 'kind')}"
    if unread:
        told = f"{told}, {unread:,} of them of an unread level"
    told += f", last {iso(last)}" if last else ", undated"
    if task.state.group == "failed":
        return Criterion(_NAME, "not_met", f"{told}: the task stopped", last)
    why = "no later comparison shows it" if since else "no comparison after them"
    return Criterion(_NAME, "unknown", f"{told}: nothing shows that they are closed ({why})", last)


def max_last(kinds: list[LogKind]) -> datetime | None:
    """The newest date of several kinds."""
    return max((kind.last for kind in kinds if kind.last is not None), default=None)


def _closed(kind: LogKind, read: CutoverEvidence) -> bool:
    """By its own recovery, or a later comparison that finds every table it names equal."""
    if made_good(kind):
        return True
    last = kind.last
    if last is None or last - read.task.now > AHEAD:
        return False
    named = kind.names.get("table")
    names = () if named is None else tuple(map(folded, named.counts))
    if named is not None and named.more:
        return False
    return any(
        found_equal_since(facts, tables, names, last)
        for facts, tables in ((read.rows, read.row_tables), (read.values, read.value_tables))
    )

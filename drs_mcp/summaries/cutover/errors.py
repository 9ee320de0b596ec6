"""The criterion about the log: errors that nothing shows to be closed."""

from collections.abc import Iterable
from datetime import datetime

from drs_mcp.clock import iso
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.cutover.evidence import Criterion, CutoverEvidence, CutoverOptions
from drs_mcp.summaries.cutover.open_errors import errors_of
from drs_mcp.summaries.diagnosis.comparisons import newest_data_comparison
from drs_mcp.summaries.logs.facts import LogKind

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
    errors = errors_of(log)
    entries = plural(log.entries, "log entry", "log entries")
    if not errors:
        return Criterion(_NAME, "met", f"no error in {entries}")
    since = newest_data_comparison(task.comparisons or ())
    open_ = read.open_errors
    if not open_:
        when = f" or the comparison of {iso(since)}" if since else ""
        return Criterion(_NAME, "met", f"all closed by a recovery{when}", _newest(errors))
    last = _newest(open_)
    number = sum(kind.count for kind in open_)
    unread = sum(kind.count for kind in open_ if kind in log.unread)
    told = f"{plural(number, 'open error')} of {plural(len(open_), 'kind')}"
    if unread:
        told = f"{told}, {unread:,} of them of an unread level"
    told += f", last {iso(last)}" if last else ", undated"
    if task.state.group == "failed":
        return Criterion(_NAME, "not_met", f"{told}: the task stopped", last)
    why = (
        "no later comparison shows it"
        if since
        else f"no comparison after {'them' if number > 1 else 'it'}"
    )
    closed = "they are" if number > 1 else "it is"
    return Criterion(_NAME, "unknown", f"{told}: nothing shows that {closed} closed ({why})", last)


def _newest(kinds: Iterable[LogKind]) -> datetime | None:
    """The newest date of several kinds."""
    return max((kind.last for kind in kinds if kind.last is not None), default=None)

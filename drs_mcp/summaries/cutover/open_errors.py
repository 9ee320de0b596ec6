"""Which errors of a log nothing shows to be closed."""

from drs_mcp.summaries.ages import AHEAD
from drs_mcp.summaries.comparisons.requested.names import folded
from drs_mcp.summaries.cutover.evidence import CutoverEvidence
from drs_mcp.summaries.cutover.since import found_equal_since
from drs_mcp.summaries.logs.facts import LogFacts, LogKind
from drs_mcp.summaries.logs.left_out import made_good


def errors_of(log: LogFacts) -> list[LogKind]:
    """What counts as an error of a log."""
    return [kind for kind in log.serious if not kind.harmless]


def open_errors(read: CutoverEvidence) -> list[LogKind]:
    """The errors that neither a recovery of their own nor a later comparison closes."""
    log = read.task.log
    return [] if log is None else [one for one in errors_of(log) if not _closed(one, read)]


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

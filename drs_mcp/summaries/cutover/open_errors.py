"""Which errors of a log nothing shows to be closed."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from drs_mcp.summaries.ages import AHEAD
from drs_mcp.summaries.comparisons.evidence.facts import ComparisonFacts
from drs_mcp.summaries.comparisons.requested.names import folded
from drs_mcp.summaries.cutover.since import Listed, found_equal_since
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.timeline import is_movement
from drs_mcp.summaries.logs.facts import BURST, LogFacts, LogKind
from drs_mcp.summaries.logs.kinds.closings import closing_of
from drs_mcp.summaries.logs.kinds.lost.came_back import comes_back
from drs_mcp.summaries.logs.kinds.lost.losses import TABLE, is_final
from drs_mcp.summaries.logs.kinds.recoveries import ends_retries, is_of_the_whole
from drs_mcp.summaries.logs.left_out import made_good


def errors_of(log: LogFacts) -> list[LogKind]:
    """What counts as an error of a log."""
    return [kind for kind in log.serious if not kind.harmless]


Compared = tuple[ComparisonFacts | None, Listed]
"""What a comparison earns, and the tables that it finds equal."""


def open_errors(task: Evidence, compared: Iterable[Compared]) -> list[LogKind]:
    """The errors of a task that neither a recovery of theirs nor a later comparison closes."""
    log = task.log
    if log is None:
        return []
    known = list(compared)
    return [
        one
        for one in errors_of(log)
        if not made_good(one)
        and not _recovered(one, log)
        and not _compared_since(one, known, task.now)
    ]


def _compared_since(kind: LogKind, compared: Iterable[Compared], now: datetime) -> bool:
    """Whether a later comparison finds every table that it names equal."""
    last = kind.last
    if last is None or last - now > AHEAD:
        return False
    named = kind.names.get("table")
    names = () if named is None else tuple(map(folded, named.counts))
    if named is not None and named.more:
        return False
    return any(found_equal_since(facts, tables, names, last) for facts, tables in compared)


def _recovered(kind: LogKind, log: LogFacts) -> bool:
    """Whether a later line says that what it stopped runs again, or that its tables were copied.

    What was given up comes back by no retry of the whole; what could not be done with a table is
    done by a retry that succeeded alone, and not where the whole only runs again.
    """
    if kind.last is None or is_final(kind.message):
        return False
    return _copied_since(kind, log) or any(
        _stopped_until(kind, again, log)
        for again in _runs_again(kind.last, log, retried="table" in kind.names)
    )


def _runs_again(last: datetime, log: LogFacts, *, retried: bool) -> Iterator[datetime]:
    """When the task as a whole was first said to run again, by each kind of line that says so.

    *retried*: by those alone that say that a retry of it succeeded.
    """
    for kind in (*log.infos, *log.warnings):
        if kind.last is None or kind.last <= last or not is_of_the_whole(kind.message):
            continue
        if not retried or ends_retries(kind.message):
            yield next(_after(kind, last), kind.last)


def _stopped_until(kind: LogKind, again: datetime, log: LogFacts) -> bool:
    """Whether an error belongs to the stop that ended at a moment.

    It closes the task or came just before the line that does, or nothing moved from it on.
    """
    last = kind.last
    if last is None:
        return False
    ends = [one for one in log.kinds if closing_of(one.message) is not None]
    if any(one is kind for one in ends):
        return True
    if any(
        at < again and at - last <= BURST
        for one in ends
        for at in (*_after(one, last), one.last)
        if at is not None and at >= last
    ):
        return True
    return not any(at < again for one in log.infos if is_movement(one) for at in _after(one, last))


def _after(kind: LogKind, moment: datetime) -> Iterator[datetime]:
    """When entries of a kind came after a moment, oldest first, to the width of a bucket of time."""
    second = moment.timestamp()
    for begins, _ in kind.moments.spans():
        if begins > second:
            yield datetime.fromtimestamp(begins, tz=UTC)


def _copied_since(kind: LogKind, log: LogFacts) -> bool:
    """Whether later lines say of every table that it names that its copy was completed."""
    named = kind.names.get("table")
    if named is None or not named.counts or named.more:
        return False
    later = [
        one.message
        for one in (*log.infos, *log.warnings)
        if one.last is not None and kind.last is not None and one.last > kind.last
    ]
    return all(any(comes_back(table, TABLE, said) for said in later) for table in named.counts)

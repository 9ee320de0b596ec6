"""What monitoring, components, history and lines of any level tell that is worth a finding."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from drs_mcp.clock import iso
from drs_mcp.knowledge.conditions import condition
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.ages import spelt
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.diagnosis.comparisons import newest_data_comparison, newest_object_comparison
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.failure import errors_going_on, judged
from drs_mcp.summaries.diagnosis.findings import LINE_CAP, Finding, Severity
from drs_mcp.summaries.diagnosis.going_on import LATELY
from drs_mcp.summaries.diagnosis.timeline import turn_of
from drs_mcp.summaries.health.lags import lags
from drs_mcp.summaries.health.monitor import is_fresh
from drs_mcp.summaries.logs.doubt.doubtful import is_doubtful
from drs_mcp.summaries.logs.facts import LogFacts, LogKind, is_before
from drs_mcp.summaries.logs.kinds.lost.losses import (
    COUNTER,
    DIFFER,
    EMPTIED,
    GAP,
    OTHERS,
    OVERSIZED,
    ROWS,
    STRUCTURES,
    SWITCHED,
    UNMATCHED,
    VALUES,
    WITHIN,
    stays,
)
from drs_mcp.summaries.logs.left_out import LeftOut, left_out

FULL_PCT = 80
"""A node's disk that is fuller fills up with what cannot be applied yet."""

_SIDES = ("source", "destination")
_MOST_TABLES = 3
_TOLD_AS_SUCH = "conflicts_overwritten"
"""The condition that tells of lost data already."""

_WHY_DIFFERENT = {
    OTHERS: "Somebody else than DRS writes to the destination: DRS neither knows of it nor undoes it.",
    GAP: "The source no longer had those changes, or the reader went past them: they never came.",
    DIFFER: "The task goes on, and nobody vouches for what the line names.",
    EMPTIED: "Somebody else than DRS did that: DRS neither knows of it nor copies those rows again.",
    UNMATCHED: "The sides were not alike before: the row was gone at the destination, or was another.",
    VALUES: "The destination stored other values than the source has.",
    OVERSIZED: "What was too large was passed over, and the task went on without it.",
    SWITCHED: "The destination is written to by the business: it goes its own way from then on.",
    WITHIN: "Triggers, events or jobs of the destination write beside DRS, which does not know of it.",
    COUNTER: "Rows that are inserted after a cut-over would collide with keys that are there.",
}
_OF_THE_DESTINATION = frozenset({OTHERS, SWITCHED, WITHIN})
"""What is no matter once the task has ended, or was resumed."""
_PARTS = {"capture": "captures changes at the source", "apply": "applies them to the destination"}


def find_health(evidence: Evidence) -> Iterator[Finding]:
    """What stands still, is cut off, fills up or was left out."""
    yield from _told_error(evidence)
    yield from _connections(evidence)
    yield from _components(evidence)
    yield from _contradicted_delay(evidence)
    yield from _disk(evidence)
    yield from _recovery(evidence)
    yield from _rejected(evidence)
    yield from _ddl(evidence)
    told = list(_left_out(evidence))
    yield from told or _doubtful(evidence)


def _told_error(evidence: Evidence) -> Iterator[Finding]:
    if evidence.told_error is None or evidence.state.group not in ("running", "changing"):
        return
    part, message = evidence.told_error
    yield Finding(
        "error_told",
        "warning",
        f"DRS tells an error with the task's {part}, though it calls the task running",
        evidence=quote(message, LINE_CAP),
        cause="The status and the error contradict each other: one of the two is outdated.",
        fix="Look at the newest errors of the log, and ask again in a minute.",
    )


def _connections(evidence: Evidence) -> Iterator[Finding]:
    monitor = evidence.health.monitor
    if monitor is None or evidence.state.group not in ("running", "failed"):
        return
    for side, works in zip(_SIDES, (monitor.source_ok, monitor.destination_ok), strict=True):
        if works is not False:
            continue
        fresh = is_fresh(monitor.at, evidence.now)
        at = f" at {iso(monitor.at)}" if monitor.at is not None else ", at an unknown time"
        running = evidence.state.group == "running"
        known = _explains(evidence, side)
        cause = f"The {side} is down, its address or port changed, or the network between is cut."
        fix = f"Check that the {side} runs and that DRS's node reaches it; see the newest errors."
        yield Finding(
            f"{side}_disconnected",
            "warning" if fresh and running else "info",
            f"DRS's monitoring found no working connection to the {side}{at}",
            cause=known or cause,
            fix="Mend that first." if known else fix,
            side=side,
        )


def _explains(evidence: Evidence, side: str) -> str:
    """What explains that no connection works: the login that the side refuses; else empty."""
    if evidence.state.group == "failed":
        cause = evidence.stop.cause if evidence.stop is not None else None
        refused = [cause] if cause is not None else []
    else:
        going_on = errors_going_on(evidence, evidence.log) if evidence.log is not None else []
        refused = judged(evidence, going_on)
    if any(one.side == side and one.nature.name == "privilege" for one in refused):
        return f"The {side} answers, and refuses the login: see the error."
    return ""


def _components(evidence: Evidence) -> Iterator[Finding]:
    components = evidence.health.components
    if components is None or evidence.state.value != "INCRE_TRANSFER_STARTED":
        return
    for one in components.listed:
        if one.status != "STOPPED" or one.kind not in _PARTS:
            continue
        severity: Severity = "warning" if is_fresh(components.at, evidence.now) else "info"
        at = f", as of {iso(components.at)}" if components.at is not None else ""
        yield Finding(
            f"{one.kind}_stopped",
            severity,
            f"the component that {_PARTS[one.kind]} is stopped{at}",
            cause="Somebody stopped it, or it ended with an error; the task's status does not show it.",
            fix="Read the newest errors of the log, then start the component in the DRS console.",
        )


def _contradicted_delay(evidence: Evidence) -> Iterator[Finding]:
    """A part that is far behind, where the task's own delay says that it is not."""
    delay, (most, whose) = evidence.delay, evidence.threshold
    if evidence.state.value != "INCRE_TRANSFER_STARTED" or delay is None or delay > most:
        return
    parts = evidence.health.components
    if parts is not None and any(one.status == "STOPPED" for one in parts.listed):
        return  # which explains it
    found = lags(replace(evidence.health, recovery=None), evidence.now)  # that has its own finding
    if found and found[0].seconds > most:
        lag = found[0]
        yield Finding(
            "delay_contradicted",
            "warning",
            f"{lag.of} is {lag.seconds:,} s{spelt(lag.seconds)} behind, above {whose} of {most:,} s, "
            f"where the task's delay says {delay:,} s",
            cause="The two figures contradict each other: one of them is outdated.",
            fix="Take the greater one for true, and ask again in a minute.",
        )


def _disk(evidence: Evidence) -> Iterator[Finding]:
    monitor = evidence.health.monitor
    if monitor is None or monitor.disk_pct is None or evidence.state.group != "running":
        return
    if monitor.disk_pct > FULL_PCT and is_fresh(monitor.at, evidence.now):
        yield Finding(
            "node_disk_filling",
            "warning",
            f"the node's disk is {monitor.disk_pct}% full",
            cause="The node keeps what was read of the source's log until it is applied.",
            fix="Find why it is not applied, or give the node a larger disk, before it is full.",
        )


def _recovery(evidence: Evidence) -> Iterator[Finding]:
    """RPO and RTO, each above its own alarm threshold, where the delay as a whole is not."""
    recovery = evidence.health.recovery
    if recovery is None or evidence.state.value != "INCRE_TRANSFER_STARTED":
        return
    if (evidence.delay or 0) > evidence.threshold[0]:
        return
    for name, point, way, side in (
        ("rpo", recovery.rpo, "from the source to DRS's node", "source"),
        ("rto", recovery.rto, "from DRS's node to the destination", "destination"),
    ):
        most = evidence.alarm_s(f"{name}_delay")
        if most and point.delay_s is not None and point.delay_s > most:
            yield Finding(
                f"{name}_excessive",
                "warning",
                f"the {name.upper()} of {point.delay_s:,} s{spelt(point.delay_s)} is above its alarm threshold of {most:,} s",
                cause=f"Changes are held up on the way {way}.",
                fix=f"Look at the {side}'s load and at the network to it.",
                side=side,
            )


def _rejected(evidence: Evidence) -> Iterator[Finding]:
    rejected = evidence.health.rejected
    if rejected is None or not rejected.total:
        return
    tables = [as_name(name) or "a table" for name, _ in rejected.tables.most_common(_MOST_TABLES)]
    more = len(rejected.tables) > _MOST_TABLES or rejected.total > rejected.seen
    named = f" of {', '.join(tables)}{' and others' if more else ''}" if tables else ""
    newest = f", the newest at {rejected.newest_told}" if rejected.newest_told else ""
    yield Finding(
        "rows_rejected",
        "warning",
        f"{plural(rejected.total, 'row')}{named} could not be written to the destination{newest}",
        evidence=rejected.message,
        cause="The destination refused them, and DRS went on without them.",
        fix="See get_history kind=rejected_rows; mend what refuses them, then compare these tables.",
        side="destination",
    )


def _ddl(evidence: Evidence) -> Iterator[Finding]:
    waits = [one for one in evidence.health.ddl if one.waits]
    if not waits:
        return
    number = f"{len(waits):,}{' or more' if evidence.health.ddl_more else ''}"
    need = "statement of the source needs" if number == "1" else "statements of the source need"
    newest = f", the newest of {iso(waits[0].at)}" if waits[0].at else ""
    yield Finding(
        "ddl_waits",
        "warning",
        f"{number} DDL {need} a human{newest}",
        evidence=waits[0].statement,
        cause="DRS did not carry them out at the destination.",
        fix="Carry them out by hand where they are wanted, then clear the alarm in the DRS console.",
    )


def _left_out(evidence: Evidence) -> Iterator[Finding]:
    """What did not reach the destination, since that was compared for the last time."""
    log = evidence.log
    if log is None or evidence.state.group not in ("running", "finished"):
        return
    ended = evidence.state.group == "finished" or evidence.state.value == "FULL_TRANSFER_COMPLETE"
    told_one_by_one = evidence.health.rejected is not None and evidence.health.rejected.total
    found = [
        one
        for one in left_out(log, ended=ended)
        if not (told_one_by_one and one.words == ROWS)
        and not _compared_since(one, evidence)
        and not _is_told_as_such(one.kind, evidence)
        and not (one.words in _OF_THE_DESTINATION and (ended or _was_resumed(one.kind, log)))
    ]
    if not found:
        return
    newest = max(found, key=lambda one: (one.kind.last is None, one.kind.last or evidence.now))
    kind, words = newest.kind, newest.words
    others = len(found) - 1
    when = f" at {iso(kind.last)}" if kind.last is not None else ""
    more = f", and {plural(others, 'other kind')} of line like it" if others else ""
    compared = (
        "no comparison shows it"
        if stays(words, kind.message)
        else "nothing was compared"
        if _compared_at(words, evidence) is None
        else "no comparison has covered it since"
    )
    yield Finding(
        "data_left_out",
        "warning",
        f"a line of its log says that {words}{when}{more}; {compared}",
        evidence=quote(kind.deciding, LINE_CAP),
        cause=_WHY_DIFFERENT.get(words, "The task went on without what the line names."),
        fix="Mend what the line names, then compare objects, rows and values of its tables.",
        side="destination",
    )


_UNCOMPARED = timedelta(days=7)
"""Where nothing was ever compared, so old may a warning be about data."""


def _doubtful(evidence: Evidence) -> Iterator[Finding]:
    """Lines about data that no rule reads, since the data were compared for the last time."""
    log = evidence.log
    if log is None or evidence.state.group not in ("running", "finished"):
        return
    since = newest_data_comparison(evidence.comparisons or ())
    found = [
        kind
        for kind in (*log.warnings, *log.infos)
        if _after(kind, since or evidence.now - _UNCOMPARED)
        and is_doubtful(kind, log)
        and not _is_told_as_such(kind, evidence)
    ]
    if not found:
        return
    kind = max(found, key=lambda one: (one.last is None, one.last or evidence.now))
    when = f" at {iso(kind.last)}" if kind.last is not None else ""
    others = f", and so do {plural(len(found) - 1, 'other kind')}" if len(found) > 1 else ""
    compared = "no comparison has covered it since" if since is not None else "nothing was compared"
    yield Finding(
        "data_doubtful",
        "warning",
        f"a line may tell of something that did not come as it was{when}{others}; {compared}",
        evidence=quote(kind.deciding, LINE_CAP),
        cause="No rule reads what the line tells.",
        fix="Read the line; compare what it names, or look at it at the destination, if it is not harmless.",
    )


def _compared_since(loss: LeftOut, evidence: Evidence) -> bool:
    """Whether what sees such a loss was compared after it."""
    at = _compared_at(loss.words, evidence)
    return at is not None and not stays(loss.words, loss.kind.message) and not _after(loss.kind, at)


def _compared_at(words: str, evidence: Evidence) -> datetime | None:
    """When that was compared for the last time which sees such a loss."""
    newest = newest_object_comparison if words in STRUCTURES else newest_data_comparison
    return newest(evidence.comparisons or ())


def _is_told_as_such(kind: LogKind, evidence: Evidence) -> bool:
    """Whether another finding tells of it: a conflict that goes on."""
    lately = kind.last is None or evidence.now - kind.last <= LATELY
    return lately and condition(_TOLD_AS_SUCH).words.search(kind.message) is not None


def _was_resumed(kind: LogKind, log: LogFacts) -> bool:
    """Whether somebody resumed or reset the task later: what another changed was seen to."""
    return any(
        is_before(kind.last, one.last) and turn_of(one.message) in ("resumed", "reset")
        for one in log.kinds
    )


def _after(kind: LogKind, moment: datetime) -> bool:
    return kind.last is None or kind.last > moment

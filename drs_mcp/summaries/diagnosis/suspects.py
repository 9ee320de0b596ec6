"""Which error stopped a task, and why that one: kind, side, survival and time weighed together.

An error that came back for hours while data moved did not stop the task the last time either; one
that retrying cannot pass did. What was met first at the stop counts before what repeats after it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from drs_mcp.knowledge.engines.kinds import Kind, kind_named, kind_of
from drs_mcp.knowledge.engines.links import EITHER
from drs_mcp.knowledge.engines.match import EngineFact, meaning_of
from drs_mcp.knowledge.engines.sides import service_of, side_of
from drs_mcp.knowledge.failures import KnownFailure, match
from drs_mcp.knowledge.prechecks import PrecheckItem, failed_item, side_of_item
from drs_mcp.summaries.diagnosis.clocks import NEAR, Clocks, episode_start
from drs_mcp.summaries.diagnosis.timeline import moved_during, turn_of
from drs_mcp.summaries.logs.facts import BURST, LogFacts, LogKind
from drs_mcp.summaries.logs.meanings import reason_in

SURVIVED = timedelta(hours=1)
"""A transient error that has come back for so long has been survived before."""

_EMPTY = re.compile(
    r"(?i)cause(?:d)? ?by ?[:：]?\s*+(?:(?:null|none|unknown(?: error)?|n/a|空|未知)\s*+)?+(?:[.。]\s*+)?+\Z"
    r"|\A\s*+(?:null|unknown error)\s*+\Z"
)
_RETRIED_OUT = re.compile(
    r"(?i)(?:\bre-?tr(?:y|ies|ied|ying)\b[^:：]{0,40}?\b(?:exceed\w*|exhaust\w*|reached|used\s++up|failed|fails)\b"
    r"|\b(?:exceed\w*|exhaust\w*|reached)\b[^:：]{0,30}?\b(?:re-?tr(?:y|ies)|attempts?)\b"
    r"|\ball\s++(?:\w++\s++)?(?:re-?tries|attempts)\b[^:：]{0,20}?\bfailed\b"
    r"|(?:重试|重試)[^:：]{0,16}?(?:失败|失敗|用尽|用盡|超限|耗尽|耗盡|上限|超过|超過))[^:：]{0,60}\Z"
)
_POINTS = re.compile(
    r"(?i)\A[^:：]{0,60}?(?:\b(?:fail(?:ed|ure)|error|stopped|aborted)\b|失败|失敗|异常|異常|错误|錯誤)[^:：]{0,20}?"
    r"(?:\b(?:see|check|refer\s++to|look\s++(?:at|in|into))\s++(?:\w++\s++){0,4}?(?:logs?|details)\b"
    r"|(?:查看|参见|參見|详见|詳見|参考|參考)[^:：]{0,12}(?:日志|日誌|记录檔|記錄檔))"
)
NO_ADDRESSES: Mapping[str, str] = MappingProxyType({})

_JUDGED = 40
"""So many kinds of errors are judged: of more, those that came last."""


@dataclass(frozen=True)
class Suspect:
    """An error that may have stopped the task.

    Attributes:
        kind: its entries.
        nature: what kind of error it is.
        side: source, destination, or unknown.
        known: the known DRS failure that it is, for this link and phase.
        fact: what the engine means by it.
        item: the pre-check item that it names as failed.
        recovered: whether a recovery came after the last of its entries.
        survived: whether it had come back for long while data moved.
        at_stop: whether it began when the data stopped.
        past: whether data moved, or the task was resumed, after the last of its entries.
        began: when the entries began that it ends with.
    """

    kind: LogKind
    nature: Kind
    side: str
    known: KnownFailure | None
    fact: EngineFact | None
    recovered: bool
    survived: bool
    at_stop: bool
    past: bool = False
    began: datetime | None = None
    item: PrecheckItem | None = None

    @property
    def transient(self) -> bool | None:
        """Whether it may pass by itself; None where its kind is unknown."""
        return self.nature.transient

    @property
    def times(self) -> int:
        """How many of its entries belong to those that it ends with."""
        kind, began = self.kind, self.began
        if began is None or kind.first is None or began <= kind.first:
            return kind.count
        end, width = began.timestamp(), kind.moments.width_s
        before = sum(count for begins, count in kind.moments.spans() if begins + width <= end)
        return max(kind.count - before, 1)

    @property
    def harmless(self) -> bool:
        """Whether it is known to be harmless while a task runs."""
        return self.known is not None and self.known.harmless

    @property
    def resume(self) -> str:
        """as_is, after_repair, full_copy, depends, or unknown."""
        if self.known is not None and self.known.resume:
            return self.known.resume
        if self.fact is not None and self.fact.resume:
            return self.fact.resume
        if self.nature.name == "missing_log":
            return "full_copy"
        if self.transient:
            return "as_is"
        return "after_repair" if self.transient is False else "unknown"

    @property
    def explains(self) -> bool:
        """Whether it can have stopped the task: neither over nor survived when it stopped."""
        return not (self.past or self.survived or (self.recovered and not self.at_stop))

    @property
    def says_nothing(self) -> bool:
        """Whether the line names no reason at all (`cause by: null`)."""
        return (
            self.known is None
            and self.fact is None
            and self.item is None
            and (self.gives_up or self.points or _EMPTY.search(self.kind.message) is not None)
        )

    @property
    def points(self) -> bool:
        """Whether the line only says that something failed whose log tells why."""
        return self.transient is None and _POINTS.match(self.kind.message) is not None

    @property
    def gives_up(self) -> bool:
        """Whether the line only says that retrying ended, and not what was retried."""
        return (
            self.known is None
            and self.fact is None
            and self.transient is None
            and _RETRIED_OUT.search(self.kind.message) is not None
        )

    @property
    def weight(self) -> tuple[bool, bool, bool, bool, int, bool, int, bool, float, float]:
        """The more, the more likely it is the cause.

        Of those that began at the stop the first, of others the one that began last.
        """
        sure = 1 if self.transient is None else 0 if self.transient else 2
        documented = self.known is not None and self.known.confidence == "doc"
        named = 2 if documented else 1 if self.known is not None or self.fact is not None else 0
        began = self.began.timestamp() if self.began else 0.0
        ended = self.kind.last.timestamp() if self.kind.last else 0.0
        return (
            not self.past,
            not self.recovered and not self.survived,
            not self.harmless,
            not (self.gives_up or self.points),
            sure,
            self.at_stop,
            named,
            service_of(self.kind.message) != "",
            -began if self.at_stop else began,
            ended,
        )


def suspects(
    log: LogFacts,
    *,
    link: str = "",
    phase: str = "",
    clocks_: Clocks | None = None,
    addresses: Mapping[str, str] = NO_ADDRESSES,
    among: Sequence[LogKind] | None = None,
) -> list[Suspect]:
    """The errors of a log, the most likely cause of a stop first.

    Args:
        log: the folded log.
        link: the task's engine type, such as `mysql-to-gaussdbv5`.
        phase: full or incremental.
        clocks_: when the data stopped and DRS gave up, as far as that is known.
        addresses: the side that each address of the task's databases is on.
        among: the kinds that are looked at; None for the errors.
    """
    clocks_ = clocks_ or Clocks()
    kinds = list(_errors(log, clocks_, link) if among is None else among)[:_JUDGED]
    natures = [kind_of(kind.message, list(kind.codes), link=link) for kind in kinds]
    starts = [episode_start(kind, clocks_) for kind in kinds]
    fatal = _fatal_began(
        [
            (start, kind.last)
            for start, nature, kind in zip(starts, natures, kinds, strict=True)
            if start and kind.last and nature.transient is False and not _is_past(kind, clocks_)
        ]
    )
    if clocks_.gave_up is None and clocks_.stopped and fatal and clocks_.stopped > fatal:
        clocks_ = replace(clocks_, stopped=None)  # told before the task failed
    stop = clocks_.stopped or fatal or _burst_began(kinds)
    found = [
        _suspect(kind, nature, start, log, stop, clocks_, link, phase, addresses)
        for kind, nature, start in zip(kinds, natures, starts, strict=True)
    ]
    return sorted(found, key=lambda one: one.weight, reverse=True)


def _errors(log: LogFacts, clocks_: Clocks, link: str) -> Sequence[LogKind]:
    named = [kind for kind in (*log.warnings, *log.infos) if kind.is_known_error]
    told = (*log.errors, *log.unread)
    kinds = [kind for kind in told if turn_of(kind.message) != "failed"]
    # A notice of the end that tells its reason is an error of its own where no other tells one.
    reasons = [
        kind
        for kind in told
        if turn_of(kind.message) == "failed"
        and reason_in(kind.message)
        and (not kinds or kind_of(kind.message, list(kind.codes), link=link).transient is False)
    ]
    kinds += reasons or (named if not kinds else [])
    gave_up = clocks_.gave_up
    before = [
        kind for kind in kinds if gave_up is None or kind.first is None or kind.first <= gave_up
    ]
    return sorted(
        before or kinds, key=lambda kind: (kind.last is None, _seconds(kind.last)), reverse=True
    )


def _fatal_began(spans: Sequence[tuple[datetime, datetime]]) -> datetime | None:
    """When the errors began that do not pass, of those that follow each other to the newest one."""
    began: datetime | None = None
    for first, last in sorted(spans, key=lambda span: span[1], reverse=True):
        if began is not None and began - last > BURST:
            break
        began = first if began is None else min(began, first)
    return began


def _burst_began(kinds: Sequence[LogKind]) -> datetime | None:
    """When the burst of errors began that the log ends with."""
    last = max((kind.last for kind in kinds if kind.last), default=None)
    if last is None:
        return None
    near = [kind for kind in kinds if kind.last and last - kind.last <= BURST]
    return min((kind.first for kind in near if kind.first), default=last)


def _is_past(kind: LogKind, clocks_: Clocks) -> bool:
    """Whether data moved, or the task was resumed, after the last entry of a kind."""
    if kind.last is None:
        return False
    ends = [at for at in (clocks_.stopped, clocks_.paused) if at is not None]
    moved = bool(ends) and min(ends) - kind.last > NEAR
    resumed = clocks_.resumed
    return moved or (resumed is not None and kind.last < resumed)


def _suspect(
    kind: LogKind,
    nature: Kind,
    start: datetime | None,
    log: LogFacts,
    stop: datetime | None,
    clocks_: Clocks,
    link: str,
    phase: str,
    addresses: Mapping[str, str],
) -> Suspect:
    item = failed_item(kind.message, link=link)
    if item is not None and nature.transient is None:
        nature = kind_named("configuration")
    met = _by_address(kind, addresses) or (side_of_item(item.code) if item else "")
    fact = meaning_of(kind.message, list(kind.codes), link=link, side=met)
    recovered = (
        nature.transient is not False and kind.recovery is not None and kind.recovery.last_ended
    )
    return Suspect(
        kind=kind,
        nature=nature,
        side=_side(kind, fact, link, met),
        known=match(kind.message, link=link, phase=phase),
        fact=fact,
        item=item,
        recovered=recovered,
        survived=_survived(kind, nature.transient, start, log, stop, clocks_, phase),
        at_stop=stop is not None and start is not None and abs(start - stop) <= BURST,
        past=_is_past(kind, clocks_),
        began=start,
    )


def _by_address(kind: LogKind, addresses: Mapping[str, str]) -> str:
    """The side of the one database whose address the entries name; empty for none or both."""
    named = kind.names.get("address")
    told = {addresses.get(one.partition(":")[0], "") for one in (named.counts if named else ())}
    told -= {""}
    return told.pop() if len(told) == 1 else ""


def _side(kind: LogKind, fact: EngineFact | None, link: str, met: str) -> str:
    """Where an error was met: by an address, by who speaks, else where such errors are met."""
    if fact is not None and fact.fixed:
        return "unknown" if fact.side == EITHER else fact.side
    usual = fact.side if fact is not None and fact.side in ("source", "destination") else ""
    return met or side_of(kind.message, link=link) or usual or "unknown"


def _survived(
    kind: LogKind,
    transient: bool | None,
    start: datetime | None,
    log: LogFacts,
    stop: datetime | None,
    clocks_: Clocks,
    phase: str,
) -> bool:
    """Whether it had come back for long while data moved."""
    if start is None or kind.last is None or kind.last - start <= SURVIVED:
        return False
    if clocks_.stopped is not None and clocks_.stopped - start > SURVIVED:
        return True
    until = min(kind.last, stop) if stop is not None and stop > start else kind.last
    moved = until - start > SURVIVED and moved_during(log, start, until)
    if transient is False:
        # In a full copy the other tables go on.
        return moved and phase == "incremental"
    ended = kind.recovery.ended if kind.recovery is not None else 0
    return moved or 2 * ended >= kind.count


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0

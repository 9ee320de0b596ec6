"""Which error stopped a task, and why that one: kind, side, survival and time weighed together.

An error that came back for hours while data moved did not stop the task the last time either; one
that retrying cannot pass did. What was met first at the stop counts before what repeats after it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drs_mcp.knowledge.engines.kinds import kind_of
from drs_mcp.knowledge.engines.match import EngineFact, explain
from drs_mcp.knowledge.engines.sides import side_of
from drs_mcp.knowledge.failures import KnownFailure, match
from drs_mcp.summaries.logs.facts import BURST, LogFacts, LogKind

SURVIVED = timedelta(hours=1)
"""A transient error that has come back for so long has been survived before."""

_JUDGED = 40
"""So many kinds of errors are judged: of more, those that came last."""


@dataclass(frozen=True)
class Suspect:
    """An error that may have stopped the task.

    Attributes:
        kind: its entries.
        transient: whether it may pass by itself; None where its kind is unknown.
        side: source, destination, or unknown.
        known: the known DRS failure that it is, for this link and phase.
        fact: what the engine means by it.
        recovered: whether a recovery came after the last of its entries.
        survived: whether it had come back for long before the last of its entries.
        at_stop: whether it was met for the first time when the errors of the stop began.
    """

    kind: LogKind
    transient: bool | None
    side: str
    known: KnownFailure | None
    fact: EngineFact | None
    recovered: bool
    survived: bool
    at_stop: bool

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
        if self.transient:
            return "as_is"
        return "after_repair" if self.transient is False else "unknown"

    @property
    def weight(self) -> tuple[bool, bool, int, bool, bool, float, float]:
        """The more, the more likely it is the cause; ties by what began last."""
        sure = 1 if self.transient is None else 0 if self.transient else 2
        told = self.known is not None or self.fact is not None
        began = self.kind.first.timestamp() if self.kind.first else 0.0
        ended = self.kind.last.timestamp() if self.kind.last else 0.0
        return (
            not self.recovered and not self.survived,
            not self.harmless,
            sure,
            self.at_stop,
            told,
            began,
            ended,
        )


def suspects(log: LogFacts, *, link: str = "", phase: str = "") -> list[Suspect]:
    """The errors of a log, the most likely cause of a stop first.

    Args:
        log: the folded log.
        link: the task's engine type, such as `mysql-to-gaussdbv5`.
        phase: full or incremental.
    """
    kinds = _errors(log)[:_JUDGED]
    stop = _stop_began(kinds)
    found = [_suspect(kind, log, stop, link, phase) for kind in kinds]
    return sorted(found, key=lambda one: one.weight, reverse=True)


def _errors(log: LogFacts) -> Sequence[LogKind]:
    named = [
        kind
        for kind in (*log.warnings, *log.infos)
        if kind.known is not None and kind.known.severity == "error"
    ]
    kinds = [*log.errors, *log.unread]
    kinds += named if not kinds else []
    return sorted(kinds, key=lambda kind: (kind.last is None, _seconds(kind.last)), reverse=True)


def _stop_began(kinds: Sequence[LogKind]) -> datetime | None:
    """When the burst of errors began that the log ends with."""
    last = max((kind.last for kind in kinds if kind.last), default=None)
    if last is None:
        return None
    near = [kind for kind in kinds if kind.last and last - kind.last <= BURST]
    return min((kind.first for kind in near if kind.first), default=last)


def _suspect(kind: LogKind, log: LogFacts, stop: datetime | None, link: str, phase: str) -> Suspect:
    codes = list(kind.codes)
    facts = explain(kind.message, codes, link=link)
    nature = kind_of(kind.message, codes, link=link)
    recovered = kind.recovery is not None and kind.recovery.last_ended
    spread = kind.last - kind.first if kind.first and kind.last else timedelta()
    began_with_it = stop is not None and kind.first is not None and kind.first - stop <= BURST
    other = any(
        one is not kind and one.first and kind.first and one.first - kind.first > SURVIVED
        for one in log.errors
    )
    return Suspect(
        kind=kind,
        transient=nature.transient,
        side=side_of(kind.message, link=link) or "unknown",
        known=match(kind.message, link=link, phase=phase),
        fact=facts[0] if facts else None,
        recovered=recovered,
        survived=nature.transient is True and spread > SURVIVED and other,
        at_stop=bool(began_with_it) and spread <= BURST,
    )


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else 0.0

"""The turning points of a task, as its log tells them: pauses, resumptions, ends, and what moved."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.facts import LogFacts, LogKind
from drs_mcp.summaries.logs.kinds.closings import TASK, becoming, closing_of
from drs_mcp.summaries.logs.kinds.movements import data_moved, goes_well
from drs_mcp.text_cache import text_cache

_PAUSED = re.compile(
    rf"(?i){TASK}.{{0,60}}(?:\b(?:paused|suspended)\b|暂停|挂起)"
    rf"|(?:\b(?:paused|suspended)\b|暂停|挂起).{{0,12}}{TASK}"
)
_RESUMED = re.compile(
    rf"(?i){TASK}.{{0,60}}(?:\b(?:resumed|retried by|continued|restarted|re-?started|unfrozen|thawed)\b"
    r"|恢复|续传|重启|解冻)"
    rf"|{TASK}\s{{0,3}}(?:(?:was|is|has been)\s+)?(?:\bretried\b|已?(?:[被由][^，。；]{{1,24}}?)?(?:手动|人工)?重试了?)(?:开始|启动)?(?:by\b.{{1,40}})?\s*+(?:[.。,，;；!！(（]|\Z)"
    rf"|(?:\b(?:resumed|retried|continued|restarted)\b|恢复|续传|重启)了?.{{0,12}}{TASK}"
)
_RESET = re.compile(
    rf"(?i){TASK}.{{0,60}}(?:\breset\b|重置)|(?:\breset\b|重置)了?.{{0,12}}{TASK}|\bfull \w+ (?:re)?started (?:again|anew)"
    r"|\bfull synchroni[sz]ation restarted"
)
_MAY_TURN = re.compile(
    r"(?i)status|state|changed to|paus|suspend|resum|retr[iy]|continu|start|frozen|thaw|reset"
    r"|状态|暂停|挂起|恢复|续传|重试|重启|解冻|重置"
)
"""Without one of these no line is a turning point: looked for first, as most lines are none."""

_LASTING = re.compile(
    r"(?i)\s*+(?:(?:for|since|already|now)\s++){0,2}(?:over |about |more than )?\d[\d.,]*+\s*+(?:s|sec\w*|min\w*|h|hours?|d|days?)\b(?!\s++(?:ago|later|after|before)\b)"
    r"|\s*+[已了]?(?:经|持续|超过|约|近)*+\s*+\d[\d.,]*+\s*+(?:秒|分钟?|个?小时|天)(?![之以]?[前后])"
)
"""Behind the word: how long it has lasted, which tells of no new pause."""

_NOT = re.compile(
    r"(?i)\b(?:not|cannot|failed to|could not|will be|unable|if|before)\b|未能|无法|失败|将|前请"
)

_TROUBLE = ("error", "warn")


@dataclass(frozen=True)
class Turn:
    """A turning point: paused, resumed, reset, failed or status."""

    what: str
    at: datetime
    kind: LogKind


def turns(log: LogFacts) -> list[Turn]:
    """The newest entry of each kind that says how the task was handled, oldest first."""
    found = list(_turns((*log.infos, *log.warnings)))
    # An error that tells of a retry is no turn; one that tells of the end is.
    found += [turn for turn in _turns((*log.errors, *log.unread)) if turn.what == "failed"]
    return sorted(found, key=lambda turn: turn.at)


def _turns(kinds: Sequence[LogKind]) -> Iterator[Turn]:
    for kind in kinds:
        if kind.last is not None and (what := turn_of(kind.message)):
            yield Turn(what, kind.last, kind)


@text_cache(4096)
def turn_of(message: str) -> str:
    """What a line says of how the task was handled; empty where it says nothing of it."""
    text = simplified(message[:300])
    if closing_of(message) is not None:
        return "failed"
    if not _MAY_TURN.search(text):
        return ""
    if told := [found["status"] for found in becoming(text)]:
        return "resumed" if re.search(r"(?i)START|RUNNING|增量|全量", told[-1]) else "status"
    if _RESET.search(text):
        return "reset"
    for what, words in (("resumed", _RESUMED), ("paused", _PAUSED)):
        found = words.search(text)
        if found and _LASTING.match(text, found.end()):
            continue
        if found and not _NOT.search(text[max(found.start() - 20, 0) : found.end() + 8]):
            return what
    return ""


def last_of(found: Sequence[Turn], *what: str) -> Turn | None:
    """The newest turning point of these."""
    return next((turn for turn in reversed(found) if turn.what in what), None)


def is_movement(kind: LogKind) -> bool:
    """Whether a kind of line says that data moves."""
    return kind.level not in _TROUBLE and data_moved(kind.message)


def is_routine(kind: LogKind) -> bool:
    """Whether a kind of line says that data moves, or only that all goes on."""
    return kind.level not in _TROUBLE and goes_well(kind.message)


def moved_during(log: LogFacts, first: datetime, last: datetime) -> bool:
    """Whether lines that say that data moves came over a good part of a span."""
    late = first + (last - first) / 2
    return any(
        kind.last is not None and kind.last >= late and kind.first is not None and kind.first < last
        for kind in log.infos
        if is_movement(kind)
    )

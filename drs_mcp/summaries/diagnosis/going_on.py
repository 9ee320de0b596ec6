"""What goes on in a task now, as its log tells it: what slows it, holds it up, or costs it data."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drs_mcp.clock import iso
from drs_mcp.knowledge.conditions import Condition, condition, conditions
from drs_mcp.knowledge.engines.sides import side_of
from drs_mcp.knowledge.traditional import simplified
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.answer import Cell, plural
from drs_mcp.summaries.diagnosis.courses import courses, gap, told
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.lines.leads import MOST_LEADS, Lead, leads
from drs_mcp.summaries.diagnosis.stops import Story, led_to_it
from drs_mcp.summaries.diagnosis.timeline import is_routine, turn_of
from drs_mcp.summaries.logs.facts import LogFacts, LogKind
from drs_mcp.summaries.logs.names import MAYBE_TABLE, TABLE, named_in

LATELY = timedelta(minutes=15)
_PATIENCE = 2.5
"""A line that comes now and then goes on until so many of its intervals have passed without it."""

_A_DAY = timedelta(days=1)
_ALARM = re.compile(r"(?i)\balarm\b|\balert\b|告警|报警|警報")
_CLEARED = re.compile(
    r"(?i)\b(?:alarm|alert)\b.{0,60}\b(?:clear\w*|over|ended|closed)\b|(?:告警|报警).{0,40}(?:清除|解除|恢复|消除)"
)
_DELAY = re.compile(r"(?i)\bdelay\b|\blag\b|时延|延迟")
_SIDES = (
    ("source", re.compile(r"(?i)\bsource\b|源(?:库|端|实例|数据|表)")),
    ("destination", re.compile(r"(?i)\b(?:destination|target)\b|目标")),
)
_RESOURCES = tuple(
    (
        name,
        re.compile(
            rf"(?i)(?:{words})(?:[^%\n]{{0,40}}?(?<![\d.])(?P<pct>(?:9[5-9]|100)(?:\.\d{{1,3}})?)\s?%"
            r"|.{0,24}(?:limit|quota|ceiling|上限))"
        ),
    )
    for name, words in (
        ("disk", r"\b(?:disk|storage|volume)\b|磁[盘碟]|存[储儲]"),
        ("IOPS", r"(?<![a-z])(?:iops|i/o)(?![a-z])"),
        ("CPU", r"(?<![a-z])cpu(?![a-z])"),
        ("memory", r"\bmemory\b|内存|記憶體"),
        ("throughput", r"\bthroughput\b|吞吐"),
    )
)
"""Which resource a line tells of, in our words."""
_NAMED = ("table", "index", "slot", "constraint", "column", "file")
_ROWS = frozenset({"row", "rows", "records", "events", "documents", "行", "条"})
_WRITES = re.compile(
    r"\b(?:appl(?:y|ied|ying)|writ(?:e|es|ing|ten)|replay\w*|insert\w*|transaction)\b|回放|应用|写入|事务",
    re.IGNORECASE,
)
_LINE_CAP = 300
_SEARCHED = 400
_MOST_ALSO, _ALSO_CAP = 1, 160


@dataclass(frozen=True)
class GoingOn:
    """A condition that lines of a log show, and the kind of line that shows it best."""

    condition: Condition
    kind: LogKind
    side: str

    @property
    def since(self) -> datetime | None:
        """Since when it is told."""
        return self.kind.first

    @property
    def moves_rows(self) -> bool:
        """Whether rows are written meanwhile, by the line's own numbers."""
        written = self.condition.side != "source" and any(
            course.grows and not course.is_clock and course.unit.lower() in _ROWS
            for course in courses(self.kind)
        )
        return written and _WRITES.search(self.kind.message) is not None

    @property
    def line(self) -> str:
        """The line that shows it, third-party text."""
        return quote(self.kind.deciding, _LINE_CAP)

    def why(self, link: str) -> str:
        """Why, in our own words, with the numbers that show it."""
        means = self.condition.told(self.condition.means, self.side, link)
        means = means.replace("{resource}", _resource(self.kind.message))
        first, more, rest = means.partition(". ")
        name = _name(self.kind)
        numbers = told(self.kind)
        shown = f"{f' ({name})' if name else ''}{f': {numbers}' if numbers else ''}"
        return f"{first}{shown}{more}{rest}."

    def noted(self) -> str:
        """Since when, by how many lines; of a note also what, as its headline has no cause."""
        means = f"{self.condition.means} " if self.condition.alone == "info" else ""
        since = (
            f"since {iso(self.since)}, {plural(self.kind.count, 'line')}" if self.since else "now"
        )
        return f"{means}{since}"

    def todo(self, link: str) -> str:
        """What to do, and what would be lost by it."""
        return self.condition.told(self.condition.todo, self.side, link)


def going_on(evidence: Evidence) -> list[GoingOn]:
    """What goes on by the log, what explains most first."""
    log = evidence.log
    if log is None:
        return []
    found = []
    told = list(_kinds(log))
    lately = [kind for kind in told if is_lately(kind, evidence.now)]
    raised = [kind for kind in told if _is_raised(kind, log, evidence.now)]
    now = [*lately, *(kind for kind in raised if kind not in lately)]
    works = [kind for kind in _works(log) if is_lately(kind, evidence.now)]
    for one in conditions():
        looked_at = told if one.lasting else lately if one.general else now
        looked_at = [*looked_at, *works] if one.work else looked_at
        kinds = [kind for kind in looked_at if _shows(one, kind)]
        if kinds:
            best = max(kinds, key=lambda kind: _tells(one, kind))
            found.append(GoingOn(one, best, _side(one, best, evidence)))
    return found


def _side(one: Condition, kind: LogKind, evidence: Evidence) -> str:
    """Where it is: at the address that the line names, else where the line says, else as usual."""
    named = kind.names.get("address")
    told = {
        evidence.addresses.get(a.partition(":")[0], "") for a in (named.counts if named else ())
    }
    told -= {""}
    if len(told) == 1 and one.side != "source":
        return told.pop()
    if one.fixed:
        return one.side
    if said := side_told(kind.message):
        return said
    return side_of(kind.message, link=evidence.link) or one.side if one.side else ""


def side_told(message: str) -> str:
    """The one side that a line names in words; empty for none or both."""
    text = simplified(message)
    said = [side for side, words in _SIDES if words.search(text)]
    return said[0] if len(said) == 1 else ""


def _tells(one: Condition, kind: LogKind) -> tuple[float, bool, int, str]:
    """How well a kind shows a condition: the newest one where it lasts, else what moves."""
    newest = kind.last.timestamp() if one.lasting and kind.last is not None else 0.0
    return newest, bool(courses(kind)), kind.count, kind.message


def story(
    evidence: Evidence, now: Sequence[GoingOn], one: GoingOn | None, stopped: datetime | None
) -> Story:
    """How *one* of what goes on *now* came about: what led to it, when data stopped if it did."""
    log = evidence.log
    if log is None:
        return Story(stopped_at=stopped)
    around = [at for at in (one.since if one else None, stopped) if at is not None]
    if one is None or not around:
        return Story(stopped_at=stopped)
    subject = [one.kind.message, one.condition.means]
    found = leads(log, subject, [*around, evidence.now])
    others = [
        Lead(other.kind, 0.0, told(other.kind))
        for other in now
        if other.kind is not one.kind and all(other.kind is not lead.kind for lead in found)
    ]
    return Story(
        stopped_at=stopped,
        led_to_it=led_to_it([*found, *others[: MOST_LEADS - len(found)]]),
        also_seen=[_also(kind) for kind in log.errors if _since(kind, min(around))][:_MOST_ALSO],
    )


def _since(kind: LogKind, moment: datetime) -> bool:
    return kind.last is not None and kind.last >= moment


def _also(kind: LogKind) -> list[Cell]:
    recovery = kind.recovery
    over = recovery is not None and recovery.ended >= kind.count
    return [
        quote(kind.in_short(_ALSO_CAP), _ALSO_CAP),
        kind.count,
        iso(kind.first) if kind.first else None,
        iso(kind.last) if kind.last else None,
        "every one recovered" if over else None,
    ]


def newest_word(evidence: Evidence) -> LogKind | None:
    """The newest line that is no routine: a warning, what was done to the task, else any."""
    log = evidence.log
    if log is None:
        return None
    told = [
        kind
        for kind in (*log.warnings, *log.infos, *log.errors)
        if kind.last is not None and not is_routine(kind) and not kind.is_recovery
    ]
    telling = [kind for kind in told if kind.level != "info" or turn_of(kind.message)]
    return max(telling or told, key=lambda kind: (kind.last, kind.message), default=None)


def grows_with_the_clock(log: LogFacts | None, now: datetime) -> bool:
    """Whether lines tell a delay that grows as fast as time passes: nothing is applied."""
    return log is not None and any(
        _DELAY.search(kind.message)
        and is_lately(kind, now)
        and any(c.is_clock for c in courses(kind))
        for kind in (*log.infos, *log.warnings)
    )


def _kinds(log: LogFacts) -> Iterator[LogKind]:
    for kind in (*log.warnings, *log.infos, *log.errors):
        if not (kind.is_recovery or is_routine(kind) or turn_of(kind.message)):
            yield kind


def _works(log: LogFacts) -> Iterator[LogKind]:
    """The kinds of lines that say how far a piece of work is which is not done."""
    for kind in log.infos:
        moving = courses(kind) if is_routine(kind) and not turn_of(kind.message) else ()
        if any(course.is_unfinished for course in moving):
            yield kind


def _shows(one: Condition, kind: LogKind) -> bool:
    # What is cheap is looked at first: a log may hold hundreds of kinds.
    if kind.count < one.least or not _moves_so(one.needs, kind):
        return False
    text = kind.message[:_SEARCHED]
    if one.general:
        return _DELAY.search(text) is None
    if not one.is_in(text) or any(condition(name).is_in(text) for name in one.yields_to):
        return False
    return not (one.work and any(course.is_unfinished is False for course in courses(kind)))


def _moves_so(needs: str, kind: LogKind) -> bool:
    """Whether the numbers of a kind move as a condition needs it."""
    if not needs:
        return True
    moving = courses(kind)
    if needs == "clock":
        return any(course.is_clock for course in moving)
    if needs == "unfinished":
        return any(course.is_unfinished for course in moving)
    if needs == "limit":
        return any(course.grows and course.near_limit for course in moving)
    if needs == "slower":
        return any(course.grows != course.is_rate for course in moving)
    return any(course.grows for course in moving) or gap(moving) is not None


def is_lately(kind: LogKind, now: datetime) -> bool:
    """Whether a kind of line came lately, or comes so seldom that it may go on."""
    if kind.last is None or kind.first is None:
        return False
    usual = (kind.last - kind.first) / max(kind.count - 1, 1)
    return now - kind.last <= max(LATELY, _PATIENCE * usual)


def _is_raised(kind: LogKind, log: LogFacts, now: datetime) -> bool:
    """Whether an alarm was raised within a day, and no line after it says that it is over."""
    if kind.last is None or now - kind.last > _A_DAY or not _ALARM.search(kind.message):
        return False
    return not any(
        other.last is not None
        and other.last >= kind.last
        and (other.is_recovery or _CLEARED.search(simplified(other.message[:_SEARCHED])))
        for other in log.kinds
    )


def _resource(message: str) -> str:
    """Which resource a line says is at its limit, and at how much."""
    for name, words in _RESOURCES:
        if found := words.search(message):
            pct = found["pct"]
            return f"The {name}{f' at {pct}%' if pct else ''}"
    return "A resource"


def _name(kind: LogKind) -> str:
    """The thing that a line is about, marked off, if it names one in a form that can be told."""
    for what in _NAMED:
        named = kind.names.get(what)
        if (
            named is not None
            and len(named.counts) == 1
            and (name := as_name(next(iter(named.counts))))
        ):
            return name
    dotted = (one.name for one in named_in(kind.message) if one.kind in (TABLE, MAYBE_TABLE))
    return as_name(next(dotted, "")) or ""

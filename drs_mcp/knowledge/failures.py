"""Known failures: which documented message a log line is, with cause, fix and how sure that is."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from pydantic_core import from_json

from drs_mcp.knowledge.engines.links import SOURCE, link_of, related
from drs_mcp.knowledge.engines.match import explain, reasons_differ
from drs_mcp.knowledge.engines.sides import dialect, service_of, side_of_service
from drs_mcp.knowledge.engines.wordings import ONE_VALUE
from drs_mcp.knowledge.engines.wrappers import other_reason
from drs_mcp.knowledge.traditional import simplified


@dataclass(frozen=True, slots=True)
class KnownFailure:
    """A documented failure.

    Attributes:
        id: its name here.
        pattern: the documented message; `%s`, `***` and `...` stand for anything.
        forms: the wordings it is matched by, where they are others than the pattern.
        cause: in our own words.
        fix: what to do, in our own words.
        confidence: doc, doc-partial or inferred; an inferred cause is never Huawei's word.
        phase: full, incremental, full_or_incremental, compare, start, …
        engine: the engine or the link (`mysql-to-dws`) it is documented for, or any.
        severity: error or warn.
        side: source or destination, where its cause is on that side only; empty: told by its words.
        topic: connection or credentials, where the failure is that a database cannot be reached
            or refuses the account.
        resume: full_copy or depends, where the position is lost or may be; empty: by its kind.
        wraps: whether it says no more than what was being done when another error was met.
        unless: phrases in whose presence the message means something else.
        harmless: whether it is harmless while the task runs: the status decides.
        source: the page that documents it.
    """

    id: str
    pattern: str
    cause: str
    fix: str
    confidence: str
    phase: str = "any"
    engine: str = "any"
    severity: str = "error"
    side: str = ""
    topic: str = ""
    resume: str = ""
    harmless: bool = False
    wraps: bool = False
    unless: tuple[str, ...] = ()
    source: str = ""
    forms: tuple[str, ...] = ()


class _Entry(NamedTuple):
    weight: int
    """Characters that must be there: the larger, the more specific."""

    said_as: re.Pattern[str]
    prefix: re.Pattern[str] | None
    """The component that reports it; another one makes the entry less likely, not impossible."""

    component: str
    """The component that the prefix names; empty if any."""

    failure: KnownFailure

    def score(self, text: str) -> int:
        """How well a text matches that `pattern` was found in."""
        if self.prefix is None:
            return self.weight + _NO_COMPONENT
        if not self.prefix.search(text):
            return self.weight
        return self.weight + (_COMPONENT if self.component else _ANY_COMPONENT)


_COMPONENT, _ANY_COMPONENT, _NO_COMPONENT = 40, 10, 5
_PREFIX = re.compile(
    r"^service\s++(\w++|%s|\*++)\s++failed\s*+(?:[,!]\s*+)?+cause\s++by\s*+:\s*+", re.IGNORECASE
)
_GAP = re.compile(r"%s|\*{2,}|\.{3}|…|<[a-z _]+>|\{[a-z_]*\}", re.IGNORECASE)
_QUOTED_GAP = re.compile(r"""(['"`])[\w-]*(?:%s|\*{2,}|\.{3}|…)[\w-]*\1""")
"""A value in quotes: where it was hidden, the quotes went with it."""

_VALUE = "\0"
_VALUES = re.compile(rf"{_VALUE}(?:\.{_VALUE})+")

_WORD = re.compile(r"[a-z][a-z0-9_]{2,}")
_LEAST_LITERAL = 12
_MAX_SEARCHED = 4000


_LISTS = ("forms", "unless")


@cache
def failures() -> tuple[KnownFailure, ...]:
    """Every known failure."""
    raw: list[dict[str, Any]] = from_json(
        files("drs_mcp.knowledge").joinpath("failures.json").read_bytes()
    )
    return tuple(
        KnownFailure(**{**entry, **{name: tuple(entry.get(name, ())) for name in _LISTS}})
        for entry in raw
    )


@cache
def _index() -> dict[str, list[_Entry]]:
    """Word -> the entries that cannot match without it; each entry under its rarest word.

    A line is looked at once, word by word: only entries whose own word it has are tried.
    """
    forms = [
        (form, failure) for failure in failures() for form in failure.forms or (failure.pattern,)
    ]
    words = [set(_WORD.findall(_bare(_essence(form)).lower())) for form, _ in forms]
    rarity = Counter(word for found in words for word in found)
    index: dict[str, list[_Entry]] = defaultdict(list)
    for (form, failure), found in zip(forms, words, strict=True):
        anchor = min(found, key=lambda word: (rarity[word], -len(word), word))
        index[anchor].append(_entry(form, failure))
    for entries in index.values():
        entries.sort(key=lambda entry: -entry.weight)
    return dict(index)


def _essence(form: str) -> str:
    """The form without the component that reports it, where enough is left to tell it by."""
    form = _VALUES.sub(_VALUE, _QUOTED_GAP.sub(_VALUE, form))
    rest = _PREFIX.sub("", form, count=1)
    return rest if len(_bare(rest, "")) >= _LEAST_LITERAL else form


def _bare(essence: str, between: str = " ") -> str:
    """What must stand there: the essence without its gaps and values."""
    return _GAP.sub(between, essence.replace(_VALUE, between))


def _entry(form: str, failure: KnownFailure) -> _Entry:
    essence = _essence(form)
    literals = _GAP.split(essence.removesuffix("$"))
    # The first place of each literal after the one before it, for good (`(?>…)`): to try the later
    # ones too finds nothing more, and some texts would take minutes.
    gaps = [rf"(?>.*?{_literal(part)})" for part in literals if part.strip()]
    if essence.endswith("$"):
        gaps[-1] = rf".*?{_literal(literals[-1])}\s*\Z"
    head = _PREFIX.match(form) if essence != form else None
    component = head[1].upper() if head is not None and head[1].isalpha() else ""
    return _Entry(
        sum(len(piece.strip()) for part in literals for piece in part.split(_VALUE)),
        re.compile("".join(gaps), re.IGNORECASE | re.DOTALL),
        re.compile(rf"\bservice\s+{component or chr(92) + 'w+'}\s+failed", re.IGNORECASE)
        if head
        else None,
        component,
        failure,
    )


def _literal(part: str) -> str:
    """A literal with white space and numbers free to vary, but for the numbers of error codes."""
    pieces = []
    for token in re.split(rf"(\s+|{_VALUE})", part.strip()):
        if token == _VALUE:
            pieces.append(ONE_VALUE)
        elif token.isspace():
            pieces.append(r"\s*+")
        elif token:
            escaped = re.escape(token)
            pieces.append(escaped if _has_code(token) else re.sub(r"\d+", r"\\d+", escaped))
    return "".join(pieces)


def _has_code(token: str) -> bool:
    return re.search(r"[A-Z]{2}[-.]?\d{3}|^\(?\d{3,5}\)?$", token) is not None


def match(
    message: str, *, link: str = "", service: str = "", phase: str = ""
) -> KnownFailure | None:
    """The most specific known failure that the message is, or None.

    *link* is the task's engine type, *service* the component that reports and *phase* full,
    incremental or compare, each as far as it is known: what is documented for another engine,
    component or phase is not told. The message's own component counts before *service*, and its
    phase before *phase*.
    """
    message = simplified(message)
    text = message[:_MAX_SEARCHED]
    index = _index()
    service = service_of(text) or service.strip().upper()
    if reasons_differ(message, link=link, service=service):
        return None
    lowered = text.lower()
    best, most = None, (False, 0)
    for word in set(_WORD.findall(lowered)):
        for entry in index.get(word, ()):
            plain = not entry.failure.wraps
            if (plain, entry.weight + _COMPONENT) > most and entry.said_as.match(text):
                if not _fits(entry, text, link, service, phase):
                    continue
                if any(phrase in lowered for phrase in entry.failure.unless):
                    continue
                score = (plain, entry.score(text))
                if score > most or (score == most and best and entry.failure.id < best.id):
                    best, most = entry.failure, score
    if best is None:
        return None
    if told := _outside_of_quotes(text, best, link, service):
        return match(told, link=link, service=service, phase=phase)
    return best if _holds(message, best, link, service) else None


def _holds(message: str, failure: KnownFailure, link: str, service: str) -> bool:
    """Whether nothing else in a message tells another reason."""
    if failure.wraps and _hides_another(message, failure, link, service):
        return False
    return not _tells_otherwise(message, failure, link, service)


_QUOTED = re.compile(r"""(?<![\w'"])(['"])(?P<said>[^'"\n]{3,300})\1(?![\w'"])""")


def _outside_of_quotes(text: str, failure: KnownFailure, link: str, service: str) -> str:
    """A message without the values in quotes, where one of them alone is the failure.

    A value may hold any words: `Data too long for column 'note': 'Table t already exists'`. Empty
    where the failure is told outside of quotes, or nothing else is.
    """
    quoted = [found["said"] for found in _QUOTED.finditer(text) if " " in found["said"]]
    if not quoted:
        return ""
    entries = [one for each in _index().values() for one in each if one.failure == failure]
    if not any(one.said_as.match(said) for said in quoted for one in entries):
        return ""
    rest = _QUOTED.sub("'***'", text)
    is_told = any(one.said_as.match(rest) for one in entries)
    return "" if is_told or not explain(rest, link=link, service=service) else rest


def _tells_otherwise(message: str, failure: KnownFailure, link: str, service: str) -> bool:
    """Whether a code in a message means another kind of error than the documented failure is."""
    facts = explain(message, link=link, service=service)
    meant = _kind(failure)
    return bool(meant and facts) and facts[0].by == "code" and facts[0].kind != meant


@cache
def _kind(failure: KnownFailure) -> str:
    """The kind of error that a failure is by its own documented words; empty where they tell none."""
    told = explain(failure.pattern, link="" if failure.engine == "any" else failure.engine)
    return told[0].kind if told else ""


def _hides_another(message: str, wrapper: KnownFailure, link: str, service: str) -> bool:
    """Whether a message tells another reason than its wrapper, be it known or not."""
    facts = explain(message, link=link, service=service)
    if facts:
        return not facts[0].wraps
    behind = other_reason(message)
    return bool(behind) and not any(
        entry.failure == wrapper and entry.said_as.match(behind)
        for entries in _index().values()
        for entry in entries
    )


_SPELT = {"CAPTURE": "CAPTURER"}
_PHASE_OF = {"DATAMOVE": "full", "INCREMENT": "incremental"}
_PHASES = frozenset(("full", "incremental", "full_or_incremental", "compare"))
"""The phases that exclude each other; the others say when a failure may come, not that alone."""


def _fits(entry: _Entry, text: str, link: str, service: str, phase: str) -> bool:
    component = _SPELT.get(entry.component, entry.component)
    if component and service and component != _SPELT.get(service, service):
        return False
    if component and not service and entry.failure.harmless:
        return False  # of another component the same words may be what stopped the task
    met = side_of_service(service, text)
    if entry.failure.side and met and met != entry.failure.side:
        return False  # what is documented of one side may be met on the other
    documented = entry.failure.phase
    phase = _PHASE_OF.get(service, phase)
    if documented in _PHASES and phase in _PHASES and phase not in documented.split("_or_"):
        return False
    if not _fits_dialect(entry.failure.engine, text):
        return False
    return not link or _fits_link(entry.failure.engine, link, component or service, text)


def _fits_dialect(engine: str, text: str) -> bool:
    """Whether the engine that speaks, if one shows, is one of the entry's."""
    speaks = dialect(text) if engine != "any" else ""
    return not speaks or any(related(one, speaks) for one in link_of(engine).engines)


def _fits_link(engine: str, link: str, service: str, text: str) -> bool:
    """Whether an entry's engine is part of the link, on the source's side if that is where it is."""
    if engine == "any":
        return True
    task, documented = link_of(link), link_of(engine)
    if "-to-" in engine:
        return (task.source, task.destination) == (documented.source, documented.destination)
    told = (documented.source, "mariadb" if documented.source == "mysql" else documented.source)
    if side_of_service(service, text) == SOURCE:
        return task.source in told
    return any(stands in told for stands in task.engines)

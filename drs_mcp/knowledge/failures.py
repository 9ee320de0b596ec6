"""Known failures: which documented message a log line is, with cause, fix and how sure that is."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from pydantic_core import from_json


@dataclass(frozen=True, slots=True)
class KnownFailure:
    """A documented failure.

    Attributes:
        id: its name here.
        pattern: the documented message; `%s`, `***` and `...` stand for anything.
        cause: in our own words.
        fix: what to do, in our own words.
        confidence: doc, doc-partial or inferred; an inferred cause is never Huawei's word.
        phase: full, incremental, full_or_incremental, compare, start, …
        engine: the engine it is documented for, or any.
        severity: error or warn.
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
    harmless: bool = False
    source: str = ""


class _Entry(NamedTuple):
    weight: int
    """Characters that must be there: the larger, the more specific."""

    pattern: re.Pattern[str]
    failure: KnownFailure


_PREFIX = re.compile(r"^service\s+\w+\s+failed\s*[,!]?\s*cause\s+by\s*:\s*", re.IGNORECASE)
_GAP = re.compile(r"%s|\*{2,}|\.{3}|…|<[a-z _]+>|\{[a-z_]*\}", re.IGNORECASE)
_WORD = re.compile(r"[a-z][a-z0-9_]{2,}")
_LEAST_LITERAL = 14
_MAX_SEARCHED = 4000


@cache
def failures() -> tuple[KnownFailure, ...]:
    """Every known failure."""
    raw: list[dict[str, Any]] = from_json(
        files("drs_mcp.knowledge").joinpath("failures.json").read_bytes()
    )
    return tuple(KnownFailure(**entry) for entry in raw)


@cache
def _index() -> dict[str, list[_Entry]]:
    """Word -> the entries that cannot match without it; each entry under its rarest word.

    A line is looked at once, word by word: only entries whose own word it has are tried.
    """
    words: dict[str, set[str]] = {}
    for failure in failures():
        literal = _GAP.sub(" ", _essence(failure.pattern)).lower()
        words[failure.id] = set(_WORD.findall(literal))
    rarity = Counter(word for found in words.values() for word in found)
    index: dict[str, list[_Entry]] = defaultdict(list)
    for failure in failures():
        candidates = words[failure.id]
        if not candidates:
            continue
        anchor = min(candidates, key=lambda word: (rarity[word], -len(word), word))
        index[anchor].append(_entry(failure))
    for entries in index.values():
        entries.sort(key=lambda entry: -entry.weight)
    return dict(index)


def _essence(pattern: str) -> str:
    """The pattern without the component that reports it, where enough is left to tell it by."""
    rest = _PREFIX.sub("", pattern, count=1)
    return rest if len(_GAP.sub("", rest)) >= _LEAST_LITERAL else pattern


def _entry(failure: KnownFailure) -> _Entry:
    essence = _essence(failure.pattern)
    literals = [part for part in _GAP.split(essence)]
    made = r".{0,2000}?".join(_literal(part) for part in literals)
    return _Entry(
        sum(len(part.strip()) for part in literals), re.compile(made, re.I | re.S), failure
    )


def _literal(part: str) -> str:
    """A literal with white space and numbers free to vary, but for the numbers of error codes."""
    pieces = []
    for token in re.split(r"(\s+)", part.strip()):
        if token.isspace():
            pieces.append(r"\s*")
        else:
            escaped = re.escape(token)
            pieces.append(escaped if _has_code(token) else re.sub(r"\d+", r"\\d+", escaped))
    return "".join(pieces)


def _has_code(token: str) -> bool:
    return re.search(r"[A-Z]{2,}[-.]?\d{3,}|^\(?\d{3,5}\)?$", token) is not None


def match(message: str) -> KnownFailure | None:
    """The most specific known failure that the message is, or None."""
    text = message[:_MAX_SEARCHED]
    index = _index()
    best: _Entry | None = None
    for word in set(_WORD.findall(text.lower())):
        for entry in index.get(word, ()):
            if (best is None or entry.weight > best.weight) and entry.pattern.search(text):
                best = entry
    return best.failure if best else None

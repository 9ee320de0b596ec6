"""The engines' codes and messages as they stand in the JSON files, read at first use."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic_core import from_json

from drs_mcp.knowledge.engines.wordings import Wording

ANY, SQLSTATE = "any", "sqlstate"
"""Catalogues of no engine: messages of drivers and systems, and the classes of SQLSTATE."""

TRANSIENT = frozenset({"link", "timeout", "deadlock", "lock_wait", "throttling", "node"})
DETERMINISTIC = frozenset(
    {
        "schema",
        "exists",
        "data",
        "constraint",
        "type",
        "privilege",
        "missing_log",
        "capacity",
        "configuration",
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one kind of error means.

    Attributes:
        id: its name here.
        kind: one of `DETERMINISTIC` or `TRANSIENT`.
        side: where it is met unless the engine or the service says otherwise; either if unknown.
        resume: as_is, after_repair, full_copy or depends.
        meaning: in our own words; `{side}` stands for the side.
        todo: what to do, and what to look at first.
        codes: vendor numbers, SQLSTATEs or names.
        texts: wordings; `...` stands for anything.
        says: the plain words it is told by, each a thing and what is wrong with it
            (`partition:missing`), see `plain`.
        unless: phrases in whose presence the wordings mean something else.
        fixed: whether it is met on that side only, whoever reports it.
        of: the entry that means the same less exactly: this one is told instead.
        leaves_open: the question that lines beside it may answer, see `reasons`.
        follows: what is to be mended, too, where it came after another error: empty for nothing.
        wraps: whether it is often no more than how another error was met: that one is told first.
        no_writes: whether the side takes no writes of the task while it lasts.
        source: the public document.
    """

    id: str
    kind: str
    side: str
    resume: str
    meaning: str
    todo: str
    codes: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    fixed: bool = False
    of: str = ""
    leaves_open: str = ""
    follows: str = ""
    wraps: bool = False
    no_writes: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The entries of one engine."""

    name: str
    by_code: dict[str, tuple[Entry, ...]] = field(repr=False)
    by_word: dict[str, tuple[tuple[Wording, Entry], ...]] = field(repr=False)
    """Each wording under its longest word; those without a Latin word under the empty one."""

    by_saying: dict[str, tuple[Entry, ...]] = field(repr=False)
    ranges: tuple[tuple[int, int, Entry], ...] = field(repr=False)
    entries: tuple[Entry, ...] = field(repr=False)

    def as_identifier(self, words: Iterable[str]) -> Iterator[tuple[Wording, Entry]]:
        """The wordings that a text of these words can have."""
        for word in words:
            yield from self.by_word.get(word, ())

    def within(self, code: str) -> Entry | None:
        """The entry of the range that a number lies in, if it lies in one."""
        if not code.isdecimal():
            return None
        number = int(code)
        return next((entry for first, last, entry in self.ranges if first <= number <= last), None)


@cache
def catalogue(name: str) -> Catalogue:
    """The catalogue of that name (a file beside this module)."""
    raw: dict[str, Any] = from_json(
        files("drs_mcp.knowledge.engines").joinpath(f"{name}.json").read_bytes()
    )
    entries = tuple(_entry(row, raw["source"]) for told in raw["entries"] for row in _cases(told))
    named = {entry.id: entry for entry in entries}
    by_code: dict[str, tuple[Entry, ...]] = {}
    by_saying: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        for code in entry.codes:
            by_code[code] = (*by_code.get(code, ()), entry)
        for saying in entry.says:
            by_saying[saying] = (*by_saying.get(saying, ()), entry)
    by_word: dict[str, tuple[tuple[Wording, Entry], ...]] = {}
    for entry in entries:
        for wording in map(Wording.of, entry.texts):
            by_word[wording.anchor] = (*by_word.get(wording.anchor, ()), (wording, entry))
    return Catalogue(
        name,
        by_code,
        by_word,
        by_saying,
        tuple((row["first"], row["last"], named[row["entry"]]) for row in raw.get("ranges", ())),
        entries,
    )


_OWN = frozenset(("id", "codes", "texts", "says", "cases", "leaves_open", "follows"))
"""What a case does not take over from its entry."""


def _cases(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """An entry, and its cases: what some of its codes and wordings say more exactly."""
    cases = row.pop("cases", ())
    yield row
    shared = {name: value for name, value in row.items() if name not in _OWN}
    yield from ({**shared, "of": row["id"], **case} for case in cases)


def _entry(row: dict[str, Any], source: str) -> Entry:
    return Entry(
        **{
            "source": source,
            "fixed": row["kind"] == "missing_log",
            **row,
            "says": tuple(row.get("says", ())),
            "codes": tuple(row.get("codes", ())),
            "texts": tuple(row.get("texts", ())),
            "unless": tuple(phrase.lower() for phrase in row.get("unless", ())),
        }
    )

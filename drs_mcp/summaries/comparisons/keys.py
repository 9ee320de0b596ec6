"""Keys of differing rows (Table 50): their parts as they are sent, and row data kept apart.

A key is told by its parts: `["EU/1", "2"]` is not `["EU", "1/2"]`, and NULL is not an empty text.
Integer keys are told to everybody. Any other key is a value of the row: a `RowValue`, which nothing
but an answer that was asked for values may open.
"""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from drs_mcp.api.wire.values import text
from drs_mcp.quoting.invisible import is_visible, sanitise
from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.comparisons.key_ranges import is_integer

LONGEST = 6400
"""The longest key that a database takes, Oracle's, in bytes."""

_CONTROLS = re.compile(r"[\x1b\x7f-\x9f]")

Key = tuple[str | None, ...]
"""The parts of a key, None for NULL; () is no key."""


class KeyParts(NamedTuple):
    """A key, and the names of its parts where it came with them."""

    key: Key
    names: tuple[str, ...] = ()


class KeyReader:
    """Reads the keys of a comparison.

    The parts of an object belong to its names, in whatever order they come: those of the same names,
    but for case, are told in the order in which such an object came first, on either side.
    """

    def __init__(self) -> None:
        self._orders: dict[frozenset[str], dict[str, str]] = {}

    def read(self, value: object) -> KeyParts:
        """The parts of a key: of a list, of an object's values, or of either written as JSON.

        Any other text or number is a key of one part. What is nested deeper stays JSON, as one part.
        """
        if type(value) is list and len(value) == 1 and type(value[0]) is str:
            return KeyParts((value[0],))  # the common case, kept cheap
        found = _parsed(value)
        if isinstance(found, dict):
            return self._ordered(list(found.items()))
        if isinstance(found, list):
            items = [_items(item) for item in found]
            if found and all(isinstance(item, dict) for item in found):
                return self._ordered([pair for pairs in items for pair in pairs])
            return KeyParts(tuple(_part(part) for pairs in items for _, part in pairs))
        return KeyParts(() if found is None or found == "" else (_part(found),))

    def _ordered(self, items: Sequence[tuple[object, object]]) -> KeyParts:
        """Named parts in the order of their names that came first."""
        names = [str(name) for name, _ in items]
        folded = [name.casefold() for name in names]
        if len(set(folded)) < len(folded):
            folded = names
        parts = dict(zip(folded, (_part(part) for _, part in items), strict=True))
        if len(parts) < len(items):  # the same name twice tells nothing of the order
            return KeyParts(tuple(_part(part) for _, part in items), tuple(names))
        order = self._orders.setdefault(frozenset(folded), dict(zip(folded, names, strict=True)))
        return KeyParts(tuple(parts[name] for name in order), tuple(order.values()))


def present(source: Key, target: Key, *, selected: tuple[bool, bool]) -> tuple[Key, Key]:
    """The keys of both sides, without one that only says that its side has no such row.

    An absent row comes without a key, or with one whose parts are all empty. The latter is a key
    of its own where its side has a SELECT and the other side's key says nothing else.
    """
    told = tuple(any(key) for key in (source, target))
    kept = tuple(
        key if mine or (has and not other) else ()
        for key, mine, other, has in zip((source, target), told, told[::-1], selected, strict=True)
    )
    return kept[0], kept[1]


class RowValue:
    """The key of a row that is not all integers, of both sides where they differ.

    It can be counted and compared. What it holds comes out by `shown` and `order` alone, for
    answers that were asked for values.
    """

    __slots__ = ("_source", "_target")

    def __init__(self, source: Key, target: Key = ()) -> None:
        self._source = source
        self._target = target

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, RowValue)
            and self._source == other._source
            and self._target == other._target
        )

    def __hash__(self) -> int:
        return hash((self._source, self._target))

    def shown(self) -> tuple[str, str | None]:
        """The key, and the destination's where that is another; secrets are hidden."""
        return _shown(self._source), _shown(self._target) if self._target else None

    def order(self) -> tuple[Any, Any]:
        """What keys are sorted by: numbers by size, then texts."""
        return _order(self._source), _order(self._target)


def _shown(key: Key) -> str:
    return written([None if part is None else _safe(part) for part in key])


def _safe(part: str) -> str:
    """The part as it is, unless it holds a secret or what a terminal would obey.

    Looked at here, as invisible characters that are told by their codes would hide a secret's name.
    """
    quoted = quote(part, LONGEST)
    obeyed = _CONTROLS.search(part) is not None
    return quoted if obeyed or quoted != sanitise(part) else part


def written(key: Sequence[str | None]) -> str:
    """A key as an answer tells it, exact and unmistakable: `anna@example.com`, `["EU","1/2"]`.

    Several parts, NULL, and a text that looks like something else are a JSON list, in which what
    nobody can see is escaped.
    """
    only = key[0] if len(key) == 1 else None
    if only and only[0] not in '["({' and "–" not in only and only == only.strip():
        told = _escaped(only)
        if told == only:
            return only
    return _escaped(json.dumps(list(key), ensure_ascii=False, separators=(",", ":")))


def _escaped(told: str) -> str:
    """The text with escapes for invisible characters and for white space but single blanks."""
    if told.isascii() and told.isprintable() and "  " not in told:
        return told
    before, made = "", []
    for character in told:
        seen = is_visible(character) and not (
            character.isspace() and (character != " " or before == " ")
        )
        made.append(character if seen else _code(character))
        before = character
    return "".join(made)


def _code(character: str) -> str:
    """A character as JSON escapes it."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _parsed(value: object) -> object:
    """A list or object that is written as JSON in a text; anything else as it is."""
    if isinstance(value, str) and (stripped := value.strip())[:1] in ("[", "{"):
        with suppress(ValueError, RecursionError):
            found: object = json.loads(stripped, parse_int=str, parse_float=str)
            return found
    return value


def _items(item: object) -> list[tuple[object, object]]:
    return list(item.items()) if isinstance(item, dict) else [("", item)]


def _part(value: object) -> str | None:
    if isinstance(value, str) or value is None:
        return value
    found = text(value)
    return json.dumps(value, ensure_ascii=False, default=str) if found is None else found


def _order(key: Key) -> list[tuple[int, int, str]]:
    return [
        (0, 0, "") if part is None else (1, int(part), "") if is_integer(part) else (2, 0, part)
        for part in key
    ]

"""Finding a database or a table by the name that a caller gave.

A name that is there exactly wins. Then quotes, brackets, blanks and case are nothing, if one name
alone is left; what is not there is told with those that are.
"""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from drs_mcp.errors import ArgumentError, NothingListed
from drs_mcp.quoting.names import as_name, is_every
from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.comparisons.name_groups import qualified

_QUOTES = {"`": "`", '"': '"', "'": "'", "[": "]"}
_QUOTED = re.compile(r"[`\"'\[]")
_TOLD = 12
_COMPARED_AT_MOST = 4000
_LONGEST = 512
_PIECES = re.compile(
    r"\*+|\[[0-9]{1,18}(?:-[0-9]{1,18})?(?:,[0-9]{1,18}(?:-[0-9]{1,18})?)*\]|\[same\]"
)
_MOST_PIECES = 6


def parts(name: str) -> list[str]:
    """The parts of a name between dots, without the quotes or brackets around any of them.

    Within quotes the closing one stands twice for itself: `[a ]] b]` is `a ] b`.
    """
    if len(name) > _LONGEST or not _QUOTED.search(name):  # that long it is no name
        return name.split(".")
    found, at, size = [], 0, len(name)
    while at <= size:
        closing = _QUOTES.get(name[at : at + 1])
        end = _end_of(name, at, closing) if closing else -1
        if closing and end > 0 and name[end + 1 : end + 2] in ("", "."):
            found.append(name[at + 1 : end].replace(closing * 2, closing))
            at = end + 2
            continue
        dot = name.find(".", at)
        dot = size if dot < 0 else dot
        found.append(name[at:dot])
        at = dot + 1
    return found


def _end_of(name: str, at: int, closing: str) -> int:
    """Where the quotes that open there close; below 0 if they do not."""
    end = name.find(closing, at + 1)
    while end > 0 and name.startswith(closing, end + 1):
        end = name.find(closing, end + 2)
    return end


def folded(name: str) -> tuple[str, ...]:
    """The parts of a name without quotes, blanks around them and case."""
    return tuple(part.strip().casefold() for part in parts(name.strip()))


def same_but_for_schema(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names, part by part, are one where the longer alone tells a schema or database.

    A row count is told of `orders` in the database shop, its SELECT reads `shop.dbo.orders`.
    """
    short, long = sorted((one, other), key=len)
    left = iter(long)
    return bool(short) and short[-1] == long[-1] and all(part in left for part in short)


class RequestedDatabase(NamedTuple):
    """What a caller's word for a database means: `name` (None: every one) and `table`, if it held one."""

    name: str | None
    table: str = ""


def find_database(requested: str, known: Sequence[str]) -> RequestedDatabase | None:
    """The database of *known* that *requested* names; None if there is no such, or several.

    `db.table` names a database too, where no database is called so.
    """
    if requested in known:
        return RequestedDatabase(requested)
    whole = _only(known, folded(requested))
    if whole is not None:
        return RequestedDatabase(whole)
    wanted = parts(requested.strip())
    for length in range(len(wanted) - 1, 0, -1):
        head = tuple(part.strip().casefold() for part in wanted[:length])
        if (found := _only(known, head)) is not None:
            return RequestedDatabase(found, ".".join(wanted[length:]))
    if is_every(requested):
        return RequestedDatabase(None)
    return None


def _only(known: Sequence[str], wanted: tuple[str, ...]) -> str | None:
    joined = ".".join(wanted)  # a.b, quoted or not, is the database a.b
    alike = {name for name in known if ".".join(folded(name)) == joined}
    return alike.pop() if len(alike) == 1 else None


def not_there(what: str, requested: str, known: Iterable[str]) -> ArgumentError:
    """The error for a name that is not there: tells those that are, the nearest first."""
    names = list(dict.fromkeys(name for name in known if name))
    told = ", ".join(f'"{quote(name, 64)}"' for name in nearest(requested, names)[:_TOLD])
    more = f" and {len(names) - _TOLD:,} more" if len(names) > _TOLD else ""
    named = f"named {name}" if (name := as_name(requested.strip())) else "of that name"
    there = f"it has {len(names):,}, the nearest first" if names else "it lists none"
    listed = f"\nDRS lists: {told}{more}" if names else ""
    made = ArgumentError if names else NothingListed
    return made(f"This comparison has no {what} {named}: {there}.{listed}")


def nearest(requested: str, names: Sequence[str]) -> list[str]:
    """The names, those most like *requested* first."""
    wanted = ".".join(folded(requested))
    if len(names) > _COMPARED_AT_MOST:
        names = [name for name in names if wanted[:3] in name.casefold()] or list(names)
    matcher = difflib.SequenceMatcher(b=wanted[:_LONGEST], autojunk=False)

    def unlike(name: str) -> float:
        matcher.set_seq1(name[:64].casefold())
        return -matcher.ratio()

    return sorted(names[:_COMPARED_AT_MOST], key=unlike)


class RequestedTable:
    """Which tables a caller's word for a table names.

    Exactly, with or without the database; without quotes and case, or by the last part of a name
    that has a schema; by the destination's name; by a pattern with `*`, or with ranges as the
    answers write them: `t_[0001-0012]`.
    """

    def __init__(self, requested: str) -> None:
        self.requested = requested.strip()
        self._parts = tuple(parts(self.requested))
        self._folded = folded(self.requested)
        self._pattern = _pattern(self.requested)

    def rank(self, database: str, table: str, target: str = "") -> int | None:
        """How well a table fits, 0 for exactly; None if it does not."""
        if self.requested in _written(database, table) or self._parts == (database, table):
            return 0
        if is_every(self.requested):
            return 4
        own = folded(table)
        if self._folded in (own, (*folded(database), *own), own[-len(self._folded) :]):
            return 1
        if self._folded == own[: len(self._folded)]:
            return 2  # its schema alone
        if target and self._folded in (folded(target), folded(target)[-len(self._folded) :]):
            return 2
        if self._pattern and any(self._pattern.fits(name) for name in _written(database, table)):
            return 3
        head = folded(database) if database else ()
        whole = own if own[: len(head)] == head else (*head, *own)
        return 5 if same_but_for_schema(self._folded, whole) else None


def _written(database: str, table: str) -> Iterator[str]:
    """The ways in which answers write a table, and callers do."""
    names = (table, f"{database}.{table}", qualified(database, table), f"`{database}`.`{table}`")
    return (name for name in names if len(name) <= _LONGEST)


class _Pattern(NamedTuple):
    expression: re.Pattern[str]
    ranges: list[tuple[tuple[str, str], ...]]

    def fits(self, name: str) -> bool:
        found = self.expression.fullmatch(name)
        return bool(found) and all(
            any(_within(number, first, last) for first, last in allowed)
            for number, allowed in zip(found.groups() if found else (), self.ranges, strict=True)
        )


def _within(number: str, first: str, last: str) -> bool:
    padded = len(first) == len(last) or first.startswith("0")
    same_width = not padded or len(first) <= len(number) <= len(last)
    return same_width and int(first) <= int(number) <= int(last)


def is_pattern(requested: str) -> bool:
    """Whether a word for tables holds a star or ranges; brackets around a name are none."""
    return _pattern(requested) is not None


def _pattern(requested: str) -> _Pattern | None:
    """A pattern with `*` and number ranges; None without either, or with too many."""
    pieces = list(_PIECES.finditer(requested))
    if not pieces or len(pieces) > _MOST_PIECES:
        return None
    segments, at = [""], 0
    ranges: list[tuple[tuple[str, str], ...]] = []
    for piece in pieces:
        segments[-1] += re.escape(requested[at : piece.start()])
        at = piece.end()
        if piece[0].startswith("*"):
            segments.append("")
        elif piece[0] == "[same]":
            segments[-1] += r"\1" if ranges else r"\[same\]"
        else:
            segments[-1] += "([0-9]{1,18})"
            runs = [run.partition("-") for run in piece[0][1:-1].split(",")]
            ranges.append(tuple((first, last or first) for first, _, last in runs))
    segments[-1] += re.escape(requested[at:])
    first, *others = segments
    # What stands between two stars is best found where it comes first: there is no way back.
    between = "".join(f"(?>.*?{segment})" for segment in others[:-1])
    last = f".*{others[-1]}" if others else ""
    return _Pattern(re.compile(first + between + last, re.IGNORECASE | re.DOTALL), ranges)

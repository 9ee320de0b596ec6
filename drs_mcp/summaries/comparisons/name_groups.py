"""Many names that differ in a number only, as one: `orders_[0001-0512]`."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from heapq import nsmallest
from typing import NamedTuple

from drs_mcp.quoting.names import as_name

_NUMBER = re.compile(r"(?<![0-9])[0-9]{1,18}(?![0-9])")
_NUMBERS_TRIED = 3
LEAST = 6
"""Fewer names than this are listed one by one: a group tells only the sums of its members."""

_LONGEST = 100
"""Ranges that may grow longer go on in another group: a name that a cell cuts off could not be
told from the answer."""


class Group(NamedTuple):
    """Names under one: the name or pattern, and the positions of its members."""

    name: str
    members: list[int]


class _Family(NamedTuple):
    """What the names of a group share: all but one number, which may stand in several places."""

    kind: Hashable
    parts: tuple[str, ...]
    width: int


_Members = list[tuple[str, int]]
"""The number of each member as it is written, and its position."""


def group_names(names: Sequence[str], kinds: Sequence[Hashable]) -> list[Group]:
    """Group *names* of the same kind that share everything but a number.

    Every name can be told from its pattern: the ranges are exact, zero padding is kept, and a
    number that the name repeats is `[same]` there; names whose ranges would be too long for a cell
    are several groups. Of the groups that a name could be in it is in the largest. Groups come in the order of their first member.
    """
    found: list[Group] = []
    taken: set[int] = set()
    for family, members in sorted(_families(names, kinds), key=lambda item: -len(item[1])):
        left = [member for member in members if member[1] not in taken]
        unique = {digits for digits, _ in left}
        if len(left) < LEAST or len(unique) < len(left):
            continue
        for piece in _pieces(left):
            if len(piece) < LEAST:
                continue
            positions = [position for _, position in piece]
            found.append(Group(_pattern(family, [digits for digits, _ in piece]), positions))
            taken.update(positions)
    alone = [Group(name, [at]) for at, name in enumerate(names) if at not in taken]
    return sorted(found + alone, key=lambda group: min(group.members)) if found else alone


def listed(names: Iterable[str | None]) -> str | None:
    """Names in one cell, under patterns where they have one; None without any."""
    known = [name for name in names if name]
    if len(known) < LEAST:
        return ", ".join(known) or None
    return ", ".join(group.name for group in group_names(known, [0] * len(known))) or None


NAMED = 3
"""So many names a sentence may hold."""


def first_few(names: Iterable[str]) -> str:
    """`'shop.t', 'shop.u', …`: the first few by name, so far as they can be told."""
    chosen = nsmallest(NAMED + 1, set(names))
    told = [name for one in chosen[:NAMED] if (name := as_name(one))]
    return ", ".join([*told, "…"] if len(chosen) > NAMED and told else told)


def in_brackets(names: Iterable[str]) -> str:
    """` ('shop.t', 'shop.u')`, or nothing."""
    told = first_few(names)
    return f" ({told})" if told else ""


def qualified(database: str, name: str) -> str:
    """The name with its database, unless it has that already.

    A database that holds a dot itself is quoted: `"a.b".c` is not the table `b.c` of `a`.
    """
    known = not database or name.lower().startswith(f"{database.lower()}.")
    if "." not in database:
        return name if known else f"{database}.{name}"
    return f'"{database}".{name[len(database) + 1 :] if known else name}'


def labels(places: Sequence[tuple[str, str]]) -> list[str]:
    """The names of (database, name) as they are told; two places never share one.

    Where two would, the parts of both are quoted: `a`.`b.c` is not `a.b`.`c`.
    """
    plain = [qualified(*place) for place in places]
    owners: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for label, place in zip(plain, places, strict=True):
        owners[label].add(place)
    return [
        label if len(owners[label]) == 1 else f"`{place[0]}`.`{place[1]}`"
        for label, place in zip(plain, places, strict=True)
    ]


def shape(name: str) -> str:
    """The name with its numbers left open."""
    return _NUMBER.sub("#", name)


def renamed(message: str | None, name: str, new: str = "\0") -> str | None:
    """A message about *name* as one about *new*; messages about any names compare so."""
    if not message or not name or name == new:
        return message
    return message.replace(name, new).replace(name.lower(), new)


def _families(
    names: Sequence[str], kinds: Sequence[Hashable]
) -> Iterator[tuple[_Family, _Members]]:
    families: dict[_Family, _Members] = defaultdict(list)
    letters = [_without_digits(name) for name in names]  # those of a family are the same
    common = {one for one, number in Counter(letters).items() if number >= LEAST}
    for position, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        for digits, parts in _readings(name) if letters[position] in common else ():
            # Padded numbers of one width are one family, unpadded ones another.
            width = len(digits) if digits[0] == "0" and len(digits) > 1 else 0
            families[_Family(kind, parts, width)].append((digits, position))
    for family, members in families.items():
        if not family.width:
            yield family, members
            continue
        # A number as wide as the padded ones belongs to them: 0999 and 1000.
        alike = families.get(family._replace(width=0), [])
        yield family, members + [item for item in alike if len(item[0]) == family.width]


def _without_digits(name: str) -> bytes:
    return name.encode("utf-8", "surrogatepass").translate(None, b"0123456789")


def _readings(name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each number of a name with the parts around it: the last one first, then what it repeats."""
    places = [(found.start(), found.end()) for found in _NUMBER.finditer(name)]
    for place in reversed(places[-_NUMBERS_TRIED:]):
        digits = name[place[0] : place[1]]
        yield digits, (name[: place[0]], name[place[1] :])
        same = [other for other in places if name[other[0] : other[1]] == digits]
        if len(same) > 1 and place == same[-1]:
            ends = [0, *(end for _, end in same)]
            starts = [*(start for start, _ in same), len(name)]
            yield digits, tuple(name[a:b] for a, b in zip(ends, starts, strict=True))


def _pieces(members: _Members) -> Iterator[_Members]:
    """The members in the order of their numbers, in pieces whose ranges fit into a cell."""
    piece: _Members = []
    length = 0
    for digits, position in sorted(members, key=lambda member: int(member[0])):
        if not piece or int(digits) != int(piece[-1][0]) + 1:
            length += 2 * len(digits) + 2
            if length > _LONGEST:
                yield piece
                piece, length = [], 2 * len(digits) + 2
        piece.append((digits, position))
    yield piece


def _pattern(family: _Family, numbers: Iterable[str]) -> str:
    first, *others = family.parts
    ranges = _ranges(numbers)
    return f"{first}[{ranges}]{'[same]'.join(others)}"


def _ranges(digits: Iterable[str]) -> str:
    runs: list[list[str]] = []
    for text in digits:
        if runs and int(text) == int(runs[-1][-1]) + 1:
            runs[-1][1:] = [text]
        else:
            runs.append([text])
    return ",".join("-".join(run) for run in runs)

"""Many names that differ in a number only, as one: `orders_[0001-0512]`."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

_LAST_DIGITS = re.compile(r"^(.*?)(\d+)(\D*)$", re.DOTALL)
LEAST = 6
"""Fewer names than this are listed one by one: a group tells only the sums of its members."""


class Group(NamedTuple):
    """Names under one: the name or pattern, and the positions of its members."""

    name: str
    members: list[int]


class _Family(NamedTuple):
    """What the names of a group share."""

    kind: Hashable
    head: str
    tail: str
    width: int


def group_names(names: Sequence[str], kinds: Sequence[Hashable]) -> list[Group]:
    """Group *names* of the same kind that share everything but their last number.

    Every name can be told from its pattern: the ranges are exact, zero padding is kept. Groups come
    in the order of their first member.
    """
    families: dict[_Family, list[tuple[str, int]]] = defaultdict(list)
    single: list[Group] = []
    for position, (name, kind) in enumerate(zip(names, kinds, strict=True)):
        found = _LAST_DIGITS.match(name)
        if found is None:
            single.append(Group(name, [position]))
            continue
        head, digits, tail = found.groups()
        # Padded numbers of one width are one family, unpadded ones another.
        width = len(digits) if digits.startswith("0") and len(digits) > 1 else 0
        families[_Family(kind, head, tail, width)].append((digits, position))
    # A number as wide as the padded ones belongs to them: 0999 and 1000.
    for family in [family for family in families if family.width]:
        plain = family._replace(width=0)
        alike = [item for item in families.get(plain, []) if len(item[0]) == family.width]
        if alike:
            families[family] += alike
            families[plain] = [item for item in families[plain] if item not in alike]
    for family, members in families.items():
        unique = {digits for digits, _ in members}
        if len(members) < LEAST or len(unique) < len(members):
            single += [Group(names[position], [position]) for _, position in members]
            continue
        ranges = _ranges(sorted(unique, key=int))
        name = f"{family.head}[{ranges}]{family.tail}"
        single.append(Group(name, [position for _, position in members]))
    return sorted(single, key=lambda group: min(group.members))


def _ranges(digits: Iterable[str]) -> str:
    runs: list[list[str]] = []
    for text in digits:
        if runs and int(text) == int(runs[-1][-1]) + 1:
            runs[-1][1:] = [text]
        else:
            runs.append([text])
    return ",".join("-".join(run) for run in runs)

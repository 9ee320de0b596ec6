"""A case: a world, a question about it, and what a recount says of the answer."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import strategies as st

from tests.support.tool_calls import JOB
from tests.worlds.drs import World

LONG_NAME = 'erp "订单库" \\ ' * 7 + "neu"
SIZES = st.sampled_from([6, 60, 600])
"""The most things a world may hold: chance, seeded, decides how many there are."""

CHANCES = st.integers(0, 2**64).map(random.Random)
BUDGETS = st.one_of(st.sampled_from([1000, 30000]), st.integers(1000, 30000))
CAPS = st.sampled_from([10, 33, 100, 1000])


@dataclass(frozen=True)
class Case:
    """A question and its answer, recounted.

    Attributes:
        arguments: of the call.
        world: what DRS knows.
        required: fields that no budget may drop, with their values; None where there is none.
        droppable: fields that may be dropped by name, with their values.
        tables: how many rows a table has in all.
        paged: the table that `offset` is about.
        check: looks at the rows and at what else the answer says.
    """

    arguments: dict[str, Any]
    world: World
    required: dict[str, Any] = field(default_factory=dict)
    droppable: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, int] = field(default_factory=dict)
    paged: str = ""
    check: Callable[[dict[str, Any]], None] = lambda _: None

    @property
    def offset(self):
        return self.arguments.get("offset", 0)

    def by_name(self):
        """The same case, its task asked for by a name that is long, quoted and foreign."""
        if "job" not in self.arguments or self.world.tasks:
            return self
        listed = {"sync": [{"id": JOB, "name": LONG_NAME, "status": "PAUSING"}]}
        world = replace(self.world, tasks=listed)
        return replace(self, arguments=self.arguments | {"job": LONG_NAME.upper()}, world=world)


def shown(answer, name):
    """The rows of a table by column; a column left out is unknown in every row."""
    found = answer.get(name, {})
    return [dict(zip(found["columns"], row, strict=True)) for row in found.get("rows", [])]


def whole(answer, name):
    """The rows of a table if none is missing, else None."""
    found = answer.get(name, {"shown": 0, "total": 0})
    return shown(answer, name) if found["shown"] == found["total"] else None


def some(rng, choices):
    """Some of the choices: one, a few, or all."""
    known = list(choices)
    return rng.sample(known, min(rng.choice([1, 2, 3, len(known)]), len(known)))


def spelt(rng, number):
    """A number as DRS may write it, and what it tells: None for a sentinel."""
    if rng.random() < 0.1:
        return rng.choice([None, "", "-1", -1, "NaN", "null"]), None
    return rng.choice([number, str(number), f"{number:,}"]), number


def known(numbers):
    """The sum of the numbers that are known; None where none is."""
    found = [number for number in numbers if number is not None]
    return sum(found) if found else None


def counted(words):
    """How often each word stands there, recounted the long way."""
    words = list(words)
    return {word: words.count(word) for word in words}

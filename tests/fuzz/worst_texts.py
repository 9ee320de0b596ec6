"""Texts that are the worst for a regular expression: by what is bad for many, and by its own structure."""

import random
import re
import re._constants as sre
import re._parser as sre_parse
from collections.abc import Iterator
from typing import Any

_END = "\x00\n\x00"
"""Fits nothing, nor what goes to the end of a line."""

COMMON = (
    " ", "\t", "\n", "a", "0", "'", '"', "\\", "/", "(", "{", "[", "=", ":", ",", ".", "-", "*", "@",
    "a ", "a=", "a:", "a.", "a,", "-a ", "0.", "a=b ", "a: b, ", "'a' ", "中", "%2", "&a=", "<a ", "$a",
    " at a.b.c(",
)  # fmt: skip
"""What is bad for many; what is bad for one follows from its own structure."""

_MOST_OF_OWN = 12


def units(pattern: "re.Pattern[Any]") -> list[tuple[str, str, str]]:
    """(beginning, what is repeated, end) of texts that may be the worst for a pattern."""
    raw = pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    tree = sre_parse.parse(raw, pattern.flags & ~re.UNICODE)
    rng = random.Random(raw)
    own: dict[tuple[str, str, str], None] = {}
    parts = list(_repeats(tree, ""))
    rng.shuffle(parts)
    for before, repeated in parts[:_MOST_OF_OWN]:
        for _ in range(2):
            atom = _sample(repeated, rng)
            if atom:
                own[before, atom, _END] = None
                own[before[-60:] + atom, " ", _END] = None
                own["", before[-60:] + atom, _END] = None
    for _ in range(10):
        whole = _sample(tree, rng)
        if whole:
            own["", whole, ""] = None
            own["", whole[: rng.randrange(1, len(whole) + 1)], ""] = None
            own["", whole[rng.randrange(len(whole)) :][:-1] or whole, ""] = None
    made = list(own)
    rng.shuffle(made)
    return [*(("", unit, _END) for unit in COMMON), *made[: 2 * _MOST_OF_OWN]]


def text_of(unit: tuple[str, str, str], size: int) -> str:
    """A text of about that many characters."""
    before, repeated, after = unit
    return before + repeated * max(1, size // len(repeated)) + after


def _repeats(items: Any, before: str) -> Iterator[tuple[str, Any]]:
    """What is repeated in a pattern, each with a text that leads up to it."""
    rng = random.Random(0)
    for op, value in items:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            _, most, inner = value
            if most > 1:
                yield before, inner
            yield from _repeats(inner, before)
        elif op is sre.SUBPATTERN:
            yield from _repeats(value[3], before)
        elif op is sre.ATOMIC_GROUP:
            yield from _repeats(value, before)
        elif op is sre.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, before)
        elif op in (sre.ASSERT, sre.ASSERT_NOT):
            yield from _repeats(value[1], before)
        before += _sample([(op, value)], rng)


def _sample(items: Any, rng: random.Random) -> str:
    return "".join(_one(op, value, rng) for op, value in items)


def _one(op: Any, value: Any, rng: random.Random) -> str:
    if op is sre.LITERAL:
        return chr(value)
    if op is sre.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if op is sre.ANY:
        return rng.choice("a ")
    if op is sre.IN:
        return _of_class(value, rng)
    if op is sre.BRANCH:
        return _sample(rng.choice(value[1]), rng)
    if op is sre.SUBPATTERN:
        return _sample(value[3], rng)
    if op is sre.ATOMIC_GROUP:
        return _sample(value, rng)
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        least, most, inner = value
        times = min(least + rng.randrange(3), most)
        return "".join(_sample(inner, rng) for _ in range(min(times, 40)))
    if op is sre.ASSERT and value[0] > 0:
        return ""
    return ""


_CANDIDATES = "a0 _-.=:/'\"\\,;()[]{}<>@#$%&*+?!|~^`\t\nAzé中"


def _of_class(value: Any, rng: random.Random) -> str:
    """A character of a class: of its own members, or of those that it does not exclude."""
    negated = value[0][0] is sre.NEGATE
    members = value[1:] if negated else value
    if negated:
        fits = [one for one in _CANDIDATES if not any(_member(one, part) for part in members)]
        return rng.choice(fits or ["a"])
    op, arg = rng.choice(members)
    if op is sre.LITERAL:
        return chr(arg)
    if op is sre.RANGE:
        return chr(rng.choice(arg))
    fits = [one for one in _CANDIDATES if _member(one, (op, arg))]
    return rng.choice(fits or ["a"])


def _member(one: str, part: tuple[Any, Any]) -> bool:
    op, arg = part
    if op is sre.LITERAL:
        return ord(one) == arg
    if op is sre.RANGE:
        return bool(arg[0] <= ord(one) <= arg[1])
    kind = {
        sre.CATEGORY_DIGIT: one.isdigit(),
        sre.CATEGORY_SPACE: one.isspace(),
        sre.CATEGORY_WORD: one.isalnum() or one == "_",
    }
    opposite = {
        sre.CATEGORY_NOT_DIGIT: sre.CATEGORY_DIGIT,
        sre.CATEGORY_NOT_SPACE: sre.CATEGORY_SPACE,
        sre.CATEGORY_NOT_WORD: sre.CATEGORY_WORD,
    }
    return not kind[opposite[arg]] if arg in opposite else kind.get(arg, False)

"""Forms of messages that quote a value: the words before it, and the rules that find its end."""

import re
from collections.abc import Callable
from typing import NamedTuple

from drs_mcp.quoting.row_values.ends import (
    OPENING,
    before_tail,
    closing_of,
    parenthesis_end,
    quoted_end,
    sentence_end,
)
from drs_mcp.quoting.row_values.spans import Found

Rule = Callable[[str, int, int, int], Found]
"""Text in lower case, where the words begin, where they end, where the next message begins."""


class Form(NamedTuple):
    """A message that quotes a value.

    Attributes:
        needs: of these a text holds at least one.
        words: a pattern of what stands before the value, lower case, its opening quote included.
        rule: finds the value's end.
    """

    needs: tuple[str, ...]
    words: str
    rule: Rule


def quoted(*tails: str, must: bool = False) -> Rule:
    """A value in quotes; *tails*: the words behind it, without which it is none if they *must*."""

    def rule(folded: str, start: int, end: int, bound: int) -> Found:
        opening = _OPENING_AT_END.search(folded[start:end])
        quote = opening[0] if opening else folded[end - 1]
        closing = closing_of(quote)
        begins = end - len(quote)
        for tail in tails:
            place = before_tail(folded, end, bound, closing, tail)
            if place is not None:
                return Found([(begins, place)], place)
        if must:
            return Found([], end)
        place = quoted_end(folded, end, bound, closing)
        return Found([(begins, place)], place)

    return rule


def in_parentheses(tail: str | None = None) -> Rule:
    """The value between parentheses; *tail* is what follows the closing one."""

    def rule(folded: str, _start: int, end: int, bound: int) -> Found:
        place = before_tail(folded, end, bound, ")", tail) if tail else None
        closes = place - 1 if place else parenthesis_end(folded, end, bound)
        return Found([(end, closes)] if closes > end else [], closes)

    return rule


_OPENING_AT_END = re.compile(rf"{OPENING}\Z")


def bare(value: str) -> Rule:
    """A value without quotes that matches a pattern."""
    pattern = re.compile(value)

    def rule(folded: str, _start: int, end: int, _bound: int) -> Found:
        found = pattern.match(folded, end)
        return Found([found.span()], found.end()) if found and found[0] else Found([], end)

    return rule


def to_the_end(folded: str, _start: int, end: int, _bound: int) -> Found:
    """A value that runs to the end of its message."""
    place = sentence_end(folded, end)
    return Found([(end, place)] if place > end else [], max(place, end))

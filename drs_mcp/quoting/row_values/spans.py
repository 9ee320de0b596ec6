"""Parts of a text that are hidden, and the text without them."""

from collections.abc import Iterable
from typing import Final, NamedTuple

PLACEHOLDER: Final = "?"
"""What stands for a hidden row value, whatever its length and kind: SQL's own placeholder."""

Span = tuple[int, int]
"""Where a value begins and where it ends (exclusive), in characters."""


class Found(NamedTuple):
    """What a rule found behind the words that it begins with.

    Attributes:
        spans: the values, in order.
        end: where the search for other rules' words goes on.
    """

    spans: list[Span]
    end: int


def folded(text: str) -> str:
    """*text* in lower case, every character at its place.

    İ (U+0130) alone would become two characters.
    """
    lower = text.lower()
    return lower if len(lower) == len(text) else text.replace("\u0130", "I").lower()


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap as one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def replaced(text: str, spans: Iterable[Span]) -> str:
    """*text* with a placeholder for each span; the spans are in order and do not overlap."""
    pieces: list[str] = []
    position = 0
    for start, end in spans:
        pieces += (text[position:start], PLACEHOLDER)
        position = end
    return "".join((*pieces, text[position:]))

"""The wording of an error message: fixed pieces with anything between, found as words."""

import re
from typing import NamedTuple

_GAP = "..."
_VALUE = "\0"
_QUOTED_GAP = re.compile(r"""(['"`])?\.{3}['"`]?""")
"""A value in quotes: where it was hidden, the quotes went with it."""

ONE_VALUE = "|".join(rf"{q}(?:[^{q}\n]|{q}(?=[\w.$#@-])){{0,140}}+{q}" for q in "'\"`")
ONE_VALUE = rf"(?:{ONE_VALUE}|[^\s'\"`;,]{{1,140}}+){{0,5}}+"
"""What stands in the place of a value in quotes: one in quotes or one word, and no sentence."""

_IS_VALUE = re.compile(rf"\s*+{ONE_VALUE}\s*+")
_WORD = re.compile(r"[a-z0-9_]+")
_REACH = 400
"""So far apart may two pieces stand: a statement, a name or a list between them."""


class Wording(NamedTuple):
    """Pieces in lower case that must follow each other."""

    pieces: tuple[str, ...]
    weight: int
    """How much it says; a Chinese character says as much as three letters."""

    anchor: str
    """Its longest Latin word, without which no text has it; empty where there is none."""

    values: frozenset[int]
    """The pieces, by number, before which one value stands and not anything."""

    @classmethod
    def of(cls, text: str) -> "Wording":
        """The wording that a text with `...` for its gaps describes."""
        bare = _QUOTED_GAP.sub(_mark, text.lower())
        told = [piece for piece in bare.split(_GAP) if piece.strip(f"{_VALUE} ")]
        pieces = tuple(piece.strip(f"{_VALUE} ") for piece in told)
        values = {at for at, piece in enumerate(told) if at and piece.startswith(_VALUE)}
        weight = sum(1 if letter.isascii() else 3 for piece in pieces for letter in piece)
        words = [word for piece in pieces for word in _WORD.findall(piece)]
        return cls(pieces, weight, max(words, key=len, default=""), frozenset(values))

    def find(self, text: str) -> int:
        """Where it begins in a text in lower case, or -1."""
        first, *rest = self.pieces
        at = place(first, text, 0, len(text))
        while at >= 0:
            end = at + len(first)
            for number, piece in enumerate(rest, 1):
                found = place(piece, text, end, end + _REACH + len(piece))
                if found < 0 or (
                    number in self.values and not _IS_VALUE.fullmatch(text, end, found)
                ):
                    break
                end = found + len(piece)
            else:
                return at
            at = place(first, text, at + 1, len(text))
        return -1


def _mark(gap: re.Match[str]) -> str:
    return f"{_GAP}{_VALUE}" if gap[1] and gap[0][-1] == gap[1] else _GAP


def words_in(text: str) -> frozenset[str]:
    """The anchors that a text in lower case has; the empty one if other scripts stand in it."""
    return frozenset((*_WORD.findall(text), *(() if text.isascii() else ("",))))


def place(piece: str, text: str, start: int, end: int) -> int:
    """Where a piece stands as words of its own, not as part of longer ones; -1 if nowhere."""
    at = text.find(piece, start, end)
    while at >= 0:
        after = at + len(piece)
        if not (
            (_joins(piece[0]) and at > 0 and _joins(text[at - 1]))
            or (_joins(piece[-1]) and _joins(text[after : after + 1]))
        ):
            return at
        at = text.find(piece, at + 1, end)
    return -1


def _joins(letter: str) -> bool:
    return letter.isascii() and (letter.isalnum() or letter == "_")

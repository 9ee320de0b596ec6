"""Where a value ends that an error message quotes without escaping it.

Databases print values as they are: `Duplicate entry 'O'Brien' for key 'uk'`. So the closing quote
is told by what follows it: the message's own next words where they are known, else the place from
where on quotes and parentheses come in pairs again.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

OPENING: Final = r"(?:\\{0,8}[\"'`]|[“‘「『])"
"""A quote that opens a value; inside of JSON it has backslashes before it."""

_CLOSING = {"“": "”", "‘": "’", "「": "」", "『": "』", "«": "»", "»": "«"}
_LEFTMOST_REACH = 600
# Where a message ends or another part of it begins, whatever the value was.
MESSAGE_END: Final = re.compile(
    r"[\r\n]|(?<![a-z])(?:context|where|statement|details?|hint|position|query|location)\s?[:：]"
    r"|call getnextexception|(?<![a-z])at character \d|caused by|nested exception"
    r"|ora-\d{5}|(?<![a-z])error \d{4}|[\[(]?sql ?state|(?<![a-z])err(?:or[ _]?code|no|code)\b"
    r"|;\s|(?<![a-z])at line \d|\s- "
)


def closing_of(opening: str) -> str:
    """The quote that closes what *opening* opens."""
    return _CLOSING.get(opening, opening)


def before_tail(folded: str, start: int, bound: int, closing: str, tail: str) -> int | None:
    """Behind the closing quote that stands before the message's next words.

    The last such place before *bound*, as the value may hold both; beyond it the first.

    Args:
        folded: the text in lower case.
        start: where the value begins.
        bound: where the next message begins.
        closing: the closing quote.
        tail: a pattern of the message's next words.
    """
    pattern = _closed_before(closing, tail)
    last = None
    for found in pattern.finditer(folded, start, bound + 40):
        if found.start() < bound:
            last = found
    if last is None and folded.find(closing, start, bound) < 0:
        last = pattern.search(folded, start, min(start + _LEFTMOST_REACH, len(folded)))
    return last.end() if last else None


@cache
def _closed_before(closing: str, tail: str) -> re.Pattern[str]:
    return re.compile(rf"{re.escape(closing)}(?={tail})")


@cache
def _quotes(closing: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{re.escape(closing)})++")


def _is_lettered(sign: str) -> bool:
    return sign == "_" or (sign.isascii() and sign.isalnum())


def _places(folded: str, start: int, end: int, closing: str) -> Iterator[tuple[int, int]]:
    """Runs of quotes but for apostrophes between letters, doubled quotes inside, and empty texts."""
    for run in _quotes(closing).finditer(folded, start, end):
        before, after = folded[run.start() - 1], folded[run.end() : run.end() + 1]
        number = (run.end() - run.start()) // len(closing)
        if number == 1 and _is_lettered(before) and _is_lettered(after):
            continue
        if number % 2 == 0 and (_is_lettered(after) or before in " ,;=([:"):
            continue
        yield run.span()


def quoted_end(folded: str, start: int, bound: int, closing: str) -> int:
    """Behind the closing quote where nothing is known of what follows; the text's end if none.

    A quote between letters is an apostrophe. Quotes that follow the value enclose names, so they
    come in pairs: the first quote with an even number of them behind it closes the value.
    """
    segment = _segment(folded, start, bound)
    places = list(_places(folded, start, segment, closing))
    closes = [
        index
        for index, (_, end) in enumerate(places)
        if not folded[end : end + 1].isalnum() or not folded[end].isascii()
    ]
    fitting = [index for index in closes if (len(places) - 1 - index) % 2 == 0]
    for index in fitting[:1] or closes[-1:]:
        return places[index][1]
    later = re.compile(rf"(?:{re.escape(closing)})++(?![a-z0-9_])").search(folded, segment)
    return later.end() if later else len(folded)


def parenthesis_end(folded: str, start: int, bound: int) -> int:
    """The closing parenthesis of a value in parentheses; the text's end if there is none.

    The first one behind which parentheses come in pairs, one that ends a sentence before others.
    """
    segment = _segment(folded, start, bound)
    fitting: list[int] = []
    closes: list[int] = []
    balance = 0
    for found in reversed(list(re.finditer(r"[()（）]", folded[start:segment]))):
        place = start + found.start()
        if found[0] in ")）":
            if balance == 0:
                fitting.append(place)
            closes.append(place)
            balance += 1
        else:
            balance -= 1
    for place in reversed(fitting):
        if folded[place + 1 : place + 2] in ("", ".", "。", "\n", '"', "'"):
            return place
    if fitting or closes:
        return (fitting or closes[:1])[-1]
    later = folded.find(")", segment)
    return later if later >= 0 else len(folded)


def sentence_end(folded: str, start: int) -> int:
    """Where a bare value ends that runs to its message's end."""
    end = _segment(folded, start, len(folded))
    return start + len(folded[start:end].rstrip(" \t"))


def _segment(folded: str, start: int, bound: int) -> int:
    found = MESSAGE_END.search(folded, start, bound)
    return found.start() if found else bound

"""Which part of a text decides where there is no room for all of it.

Stack frames go first, then the middle of lists, with the number of what is left out. Of what is still
too long the beginning stays, the last cause of a chain, error codes with what they say, and the end;
where that would lose a word that turns what is said (`not`, `purged`, `拒绝`) or join halves of two
sentences, the clauses with such words instead.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import product

from drs_mcp.quoting.cutting.faults import GAP, Weighed, begun_within, turns_in
from drs_mcp.quoting.cutting.marks import CLAUSES, CODE, last_cause
from drs_mcp.text_cache import text_cache

_FRAME = re.compile(
    r"(?<!\s)\s++(?:at [\w.$<>/]{1,200}\([\w. ]{1,80}(?::\d+)?\)(?: ~?\[[\w.:?/ -]{1,120}\])?"
    r"|\.\.\. \d{1,9} (?:more|common frames omitted)\b"
    r"|ORA-06512: at (?:\"[^\"\n]{1,128}\"|[\w.$]{1,128})(?:, line \d{1,9}|(?<=line) \d{1,9})?"
    r"|File \"[^\"\n]{1,200}\", line \d{1,9}(?:, in [\w<>.]{1,80})?)"
)
"""A frame of Java, of Oracle's PL/SQL or of Python, in a text of one line or of several."""

_CHAINED = re.compile(r"\bCaused by:\s")
_CLAUSE_END = re.compile(r"[;；。]|\.\s|,\s(?=[a-z]{2})|，")
_IN_WORD = re.compile(r"[\w.$/'\"`@:=-]", re.ASCII)
_WORD_CHARS = 60
"""So far a cut moves to spare a word."""
_LEAST_WITH_GAPS = 60
_SAID_CHARS = 90
"""So much of what a code or a cause says is kept where it stands in the middle."""


def shortened(text: str, cap: int) -> str:
    """A text in at most *cap* characters, with what decides."""
    if len(text) <= cap:
        return text
    if cap < _LEAST_WITH_GAPS:
        return _head(text, cap)
    text = _without_middle_of_lists(_FRAME.sub("", text), cap)
    return text if len(text) <= cap else _pieces(text, cap)


def _head(text: str, cap: int) -> str:
    return f"{text[: cap - 1].rstrip()}…"


# -- lists --------------------------------------------------------------------------------------

_PARTS = re.compile(r"(?P<item>[^,、，;；]++)(?P<sign>[,、，;；]?)")
_DIGITS = re.compile(r"\d+")
_LEAST_ITEMS = 6
_LONGEST_ITEM = 80
_FIRST_ITEMS = 3


def _without_middle_of_lists(text: str, cap: int) -> str:
    """The text with as few items of its lists as need be, the first ones, and how many are left out."""
    over = len(text) - cap
    for ends in reversed(_lists(text)):
        if over <= 0:
            break
        told = f" … {len(ends):,} more,"  # at its longest
        kept = next(
            (
                place
                for place in range(len(ends) - 2, _FIRST_ITEMS - 1, -1)
                if ends[-1] - ends[place - 1] - len(told) >= over
            ),
            _FIRST_ITEMS,
        )
        left = len(ends) - kept
        cut = f"{text[: ends[kept - 1]]} … {left:,} more{text[ends[-1] - 1 : ends[-1]]}"
        over -= ends[-1] - len(cut)
        text = cut + text[ends[-1] :]
    return text


def _lists(text: str) -> list[list[int]]:
    """Of each list of things alike, where its items end, their separators included."""
    found: list[list[int]] = [[]]
    before = ""
    for part in _PARTS.finditer(text):
        form = _form(part["item"]) if part["sign"] else ""
        if not form or form != before:
            found.append([])
        found[-1].append(part.end())
        before = form
    return [ends for ends in found if len(ends) >= _LEAST_ITEMS]


def _form(item: str) -> str:
    """What things of a list are alike in: one word each, or words that differ in digits alone."""
    item = item.strip()
    if not item or len(item) > _LONGEST_ITEM or CODE.search(item):
        return ""
    return _DIGITS.sub("0", item) if " " in item else "word"


# -- pieces ---------------------------------------------------------------------------------------


@text_cache(1_024)
def _pieces(text: str, cap: int) -> str:
    told: Sequence[tuple[int, int]] = _usual(text, cap)
    if len(text) <= _LONGEST_WEIGHED:
        weighed = Weighed(text)
        if weighed.grave(told):
            most = weighed.faults(told)
            # Of those with the fewest faults the first: the usual one, if no other is better.
            others = dict.fromkeys(map(tuple, _around_words(text, cap - 1)))
            least = min(others, key=lambda one: (weighed.faults(one), begun_within(text, one)))
            told = least if weighed.faults(least) < most else told
    found = GAP.join(filter(None, (text[start:end].strip() for start, end in told)))
    if told[-1][1] < len(text.rstrip()):
        found += "…"
    return found if len(found) <= cap else _head(found, cap)


def _usual(text: str, cap: int) -> list[tuple[int, int]]:
    """The beginning, the last cause and the end, with the codes and causes between them."""
    spans = _ends_of(text, cap)
    told = _spared(text, spans, cap * 2 // 5)
    if told:
        room = sum(end - start + len(GAP) for start, end in told)
        spans = sorted([*_ends_of(text, cap - room), *told])
    return _joined(spans)


def _joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, those in one that touch or overlap."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1] + len(GAP):  # a gap is no shorter than that
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _ends_of(text: str, cap: int) -> list[tuple[int, int]]:
    """The beginning, and the last cause to the end of the text, or the end alone."""
    room = cap - len(GAP)
    least_head = room // 5
    start = _clause(text, last_cause(text, least_head), len(text) - room + least_head)
    if start < 0:
        start = _from_word(text, len(text) - room // 3)
    start += len(text[start:]) - len(text[start:].lstrip())
    tail = len(text) - start
    if tail <= room - least_head:
        return [(0, _to_word(text, min(room - tail, start))), (start, len(text))]
    # The cause itself is longer than there is room: its beginning and its end.
    tail_room = room - least_head - len(GAP)
    end = _from_word(text, len(text) - tail_room // 3)
    middle = _to_word(text, start + tail_room - tail_room // 3)
    head = _to_word(text, min(room - (middle - start) - len(GAP) - (len(text) - end), start))
    return [(0, head), (start, middle), (end, len(text))]


def _spared(text: str, spans: Sequence[tuple[int, int]], room: int) -> list[tuple[int, int]]:
    """What else decides and would be left out: codes with what they say, then causes, the last first."""
    seen = [text[start:end] for start, end in spans]
    found: list[tuple[int, int]] = []
    causes = reversed(list(_spans(text, _CHAINED)))
    for start, end in (*_spans(text, CODE), *causes):
        until = min(_said_end(text, end), start + room - len(GAP))
        if until < end or any(one < until and start < other for one, other in (*spans, *found)):
            continue
        if any(text[start:until] in shown for shown in seen):
            continue
        seen.append(text[start:until])
        found.append((start, until))
        room -= until - start + len(GAP)
    return sorted(found)


def _spans(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    return (found.span() for found in pattern.finditer(text))


def _said_end(text: str, at: int) -> int:
    end = _CLAUSE_END.search(text, at + 1, at + _SAID_CHARS)
    return end.start() if end else _to_word(text, at + _SAID_CHARS)


def _clause(text: str, start: int, least: int) -> int:
    """Where the clause begins of which a cause is told, if nearby and not before *least*."""
    low = max(start - _WORD_CHARS, least, 0)
    marks = [text.rfind(mark, low, max(start - 2, 0)) for mark in CLAUSES]
    return start if start < 0 or max(marks) < 0 else max(marks) + 1


def _to_word(text: str, end: int) -> int:
    """A place at or before *end* where no word is cut in two, where words are of a common length."""
    if end >= len(text):
        return len(text)
    for place in range(end, max(end - _WORD_CHARS, 0), -1):
        if not _parts_word(text, place):
            return place
    return max(end, 0)


def _from_word(text: str, start: int) -> int:
    for place in range(max(start, 0), min(start + _WORD_CHARS, len(text))):
        if not _parts_word(text, place):
            return place
    return max(start, 0)


def _parts_word(text: str, place: int) -> bool:
    """Whether a cut there would part a word or a name."""
    return bool(_IN_WORD.match(text, place - 1) and _IN_WORD.match(text, place))


# -- words that decide ----------------------------------------------------------------------------

_SHARES = (5, 3, 2)
_AROUND = ((_WORD_CHARS, _SAID_CHARS), (24, 32), (10, 12))
"""So much stands before and behind such a word, as there is room."""

_CLOSE = ((8, 28), (8, 0))
_LONGEST_WEIGHED = 2000
"""Of a longer text only the usual cut is made: each other one costs a look at all of it."""

_CAUSE_CHARS = 40


def _around_words(text: str, cap: int) -> Iterator[list[tuple[int, int]]]:
    """Cuts of a beginning and the clauses, or what stands around, of the words that decide."""
    words = [found.span() for found in turns_in(text)]
    codes = list(_spans(text, CODE))
    if (cause := last_cause(text, 0)) > 0:
        codes.append((cause, _to_word(text, cause + _CAUSE_CHARS)))
    orders = (words, words[::-1]) if len(words) > 1 else (words,)
    for share, close in product(_SHARES, _CLOSE):
        head = [(0, _to_word(text, cap // share))]
        coded = _with(text, head, codes, cap, (close, _CLOSE[-1]))
        for widest, wanted in product(range(len(_AROUND)), orders):
            yield _grown(text, _with(text, coded, wanted, cap, _AROUND[widest:]), cap)


def _with(
    text: str,
    spans: Sequence[tuple[int, int]],
    wanted: Sequence[tuple[int, int]],
    cap: int,
    around: Sequence[tuple[int, int]],
) -> list[tuple[int, int]]:
    """The spans and those that are *wanted*, each with as much *around* it as there is room for."""
    found = list(spans)
    for start, end in wanted:
        for before, behind in around:
            more = _joined([*found, _window(text, start, end, before, behind)])
            if _size(more) <= cap:
                found = more
                break
    return found


def _window(text: str, start: int, end: int, before: int, behind: int) -> tuple[int, int]:
    """A word with what stands around it: from where its clause begins, if that is near, to its end."""
    begins, low = _clause(text, start, start - before), max(start - before, 0)
    if begins == start:
        begins = _from_word(text, low) if low else 0
    begins += len(text[begins:start]) - len(text[begins:start].lstrip())
    until = _CLAUSE_END.search(text, end, end + behind)
    return begins, until.start() + 1 if until else max(end, _to_word(text, end + behind))


def _size(spans: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in spans) + len(GAP) * (len(spans) - 1)


def _grown(text: str, spans: Sequence[tuple[int, int]], cap: int) -> list[tuple[int, int]]:
    """The spans with what room is left: the last to its end first, then those before."""
    grown = list(spans)
    for place in range(len(grown) - 1, -1, -1):
        start, end = grown[place]
        limit = grown[place + 1][0] if place + 1 < len(grown) else len(text)
        more = _to_word(text, min(limit, end + cap - _size(grown)))
        if more > end and not (more == limit and place + 1 < len(grown)):
            grown[place] = start, more
    return _joined(grown)

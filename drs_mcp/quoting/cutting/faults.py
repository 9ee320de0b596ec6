"""What a cut of a text loses, and what it joins that is no sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from drs_mcp.quoting.cutting.marks import CODE, SUPPRESSED, last_cause

GAP = " … "

_TURNS = re.compile(
    r"(?i)\b(?:(?:not?|never|none|nor|neither|cannot|without|unable|only|except|unless)(?:\s[\w'-]{1,24}){0,2}"
    r"|(?:[\w'-]{1,24}\s){0,2}(?:purged|invalid\w*|lost|removed|deleted|dropped|missing|gone|expired|full|denied|refused|reject\w*|forbidden"
    r"|fail(?:s|ed|ure|ing)?|abort\w*|violat\w+|exceed\w*|exhausted|duplicate|conflict\w*|corrupt\w*|truncated"
    r"|unreachable|closed|killed|locked|disabled|read-?only|too\s\w+|larger|smaller|insufficient|unknown|unsupported"
    r"|skipped|ignored?|discarded|deadlock|overflow\w*|mismatch\w*|incompatible|stopped|terminated|unavailable"
    r"|obsolete|overwritten|rolled\sback|recovered|resumed|restored))\b|(?<!\w)\w++(?<=n)'t\b"
    r"|(?:不|未|无|無|没|沒)[\u4e00-\u9fff]{1,2}|禁止|拒[绝絕]|失[败敗效]|丢失|遺失|清[除理]|[删刪]除|过期|過期|超[过過出]|冲突|衝突|重[复複]|缺[失少]"
    r"|已?[满滿]|[锁鎖]定|只[读讀]|跳[过過]|忽略|中[断斷止]|[终終]止|停止|[损損]坏|截[断斷]|超[时時]|已恢复"
)
"""Words without which a text says something else, or nothing."""

_IN_QUOTES = re.compile(r"[\"'`][\w.$-]{2,64}[\"'`]")
_SENTENCE_END = re.compile(r"[;；。]|\.\s")
_LOST_NAME, _LOST_END, _LOST_WORD, _HALVES, _LOST_CODE, _LOST_CAUSE = 1, 1, 3, 2, 5, 6
"""What a cut loses, weighed."""

_MOST_NAMES = 2
"""So many lost names count: a list of columns is none that decides."""

_END_CHARS = 12


class Weighed:
    """A text whose cuts are weighed by what they lose."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words = _places(turns_in(text))
        self._names = _places(_IN_QUOTES.finditer(text))
        self._codes = _places(CODE.finditer(text))
        self._cause = last_cause(text, 0)

    def faults(self, spans: Sequence[tuple[int, int]]) -> int:
        """All that a cut loses, names, the end and gaps included."""
        last, text = spans[-1], self._text
        found = self.grave(spans) + min(_lost(self._names, spans), _MOST_NAMES) * _LOST_NAME
        found += _LOST_END * (last[1] < len(text) or len(text) - last[0] < _END_CHARS)
        return found + max(len(spans) - 2, 0)

    def grave(self, spans: Sequence[tuple[int, int]]) -> int:
        """What a cut loses of what decides, and what it joins that is no sentence."""
        found = _lost(self._words, spans) * _LOST_WORD + _lost(self._codes, spans) * _LOST_CODE
        cause = self._cause
        found += _LOST_CAUSE * (cause >= 0 and not any(a <= cause < b for a, b in spans))
        joined = (_joins_halves(self._text, end, start) for (_, end), (start, _) in pairwise(spans))
        return found + _HALVES * sum(joined)


def _places(found: Iterable[re.Match[str]]) -> list[list[tuple[int, int]]]:
    """Where each different word stands."""
    places: dict[str, list[tuple[int, int]]] = {}
    for one in found:
        places.setdefault(one[0].lower(), []).append(one.span())
    return list(places.values())


def _lost(words: Sequence[Sequence[tuple[int, int]]], spans: Sequence[tuple[int, int]]) -> int:
    """How many different words no span shows."""
    return sum(
        not any(a <= start and end <= b for start, end in places for a, b in spans)
        for places in words
    )


def turns_in(text: str) -> Iterator[re.Match[str]]:
    """The words that turn what a text says, but for what was suppressed on the way."""
    until = SUPPRESSED.search(text)
    return _TURNS.finditer(text, 0, until.start() if until else len(text))


def begun_within(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """How many spans begin within a clause."""
    return sum(not _begins_clause(text, start) for start, _ in spans)


def _begins_clause(text: str, start: int) -> bool:
    before = text[:start].rstrip()
    return not before or before[-1] in ".,;:；，。：("


def _joins_halves(text: str, end: int, start: int) -> bool:
    """Whether what stands before a gap is half a sentence, and what follows half of another."""
    if _begins_clause(text, start) or text[:end].rstrip()[-1:] in tuple(".;；。:："):
        return False
    return _SENTENCE_END.search(text, end, start) is not None

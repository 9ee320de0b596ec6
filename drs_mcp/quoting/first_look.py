"""Which texts of a page hold one of a hundred words, at the price of reading the page a few times.

Lines of a log differ in numbers and IDs and are otherwise alike. Without their hexadecimal digits a
thousand lines are some hundred, and those a few more with each further page: only what is new is
searched for the words, these without such digits too. A text that may hold a word is then asked for
the word itself.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Final

_PARTING: Final = "\n\x00\n"
_KEY_PARTING: Final = _PARTING.encode()
_HEX_DIGITS: Final = b"0123456789abcdef"
_TELLING: Final = 2
"""A word of which fewer characters are left, and no rare one, is looked for in the whole page."""

_RARE: Final = frozenset(b"@%{[$=\"'\\*#")
_MOST_KNOWN: Final = 20_000
_NEW: Final = ("\x00",)
"""Stands for what has not been searched yet."""


class FirstLook:
    """Looks for *words* in texts as *fold* makes them: in lower case, letters of full width narrow."""

    def __init__(self, words: Iterable[str], fold: Callable[[str], str]) -> None:
        self._fold = fold
        self._whole: list[str] = []
        self._reduced: defaultdict[bytes, list[str]] = defaultdict(list)
        for word in words:
            left = _reduced(word)
            told = (len(left) >= _TELLING and left.strip()) or not _RARE.isdisjoint(left)
            if told or left == word.encode():
                self._reduced[left].append(word)
            else:
                self._whole.append(word)
        self._by_stem = _by_stem(self._whole)
        self._ascii_only = {left: found for left, found in self._reduced.items() if left.isascii()}
        # By hash: of what passes here, no text is kept.
        self._known: dict[int, tuple[str, ...]] = {}

    def __call__(self, texts: Sequence[str]) -> Mapping[int, list[str]]:
        """The places of the texts that hold a word, with the words that each holds."""
        if not texts:
            return {}
        folded = self._fold(_PARTING.join(texts))
        lines = folded.split(_PARTING)
        keys = _reduced(folded).split(_KEY_PARTING)
        joined = len(lines) == len(keys) == len(texts)
        if not joined:  # one of them holds what parts them
            lines = [self._fold(text) for text in texts]
            keys = [_reduced(line) for line in lines]
        suspected = {key: words for key, words in self._suspected(keys).items() if words}
        found: dict[int, list[str]] = {}
        if suspected:
            for place, (key, line) in enumerate(zip(keys, lines, strict=True)):
                for word in suspected.get(key, ()):
                    if word in line:
                        found.setdefault(place, []).append(word)
        places = self._standing(folded, lines if joined else None)
        for place in range(len(texts)) if places is None else places:
            if held := [word for word in self._whole if word in lines[place]]:
                found[place] = [*found.get(place, ()), *held]
        return found

    def _standing(self, page: str, lines: Sequence[str] | None) -> Iterable[int] | None:
        """The places of the texts with a word of those that leave too little to be told by.

        None: so many, or such, that every text must be looked at.
        """
        places = [
            at
            for stem, words in self._by_stem.items()
            for at in _occurrences(page, stem)
            if any(page.startswith(word, at - before) for word, before in words.items())
        ]
        if not places:
            return ()
        if lines is None or len(places) > len(lines):
            return None
        ends = list(accumulate(len(line) + len(_PARTING) for line in lines))
        return sorted({bisect_right(ends, at) for at in places})

    def _suspected(self, keys: Sequence[bytes]) -> dict[bytes, tuple[str, ...]]:
        """The words that texts may hold, by what is left of the texts."""
        known = self._known
        made = {key: known.get(hash(key), _NEW) for key in set(keys)}
        new = [key for key, words in made.items() if words is _NEW]
        if new:
            made |= self._searched(new)
            if len(known) > _MOST_KNOWN:
                known.clear()
            known.update((hash(key), made[key]) for key in new)
        return made

    def _searched(self, keys: Sequence[bytes]) -> dict[bytes, tuple[str, ...]]:
        made: dict[bytes, tuple[str, ...]] = dict.fromkeys(keys, ())
        page = _KEY_PARTING.join(keys)
        for left, words in (self._ascii_only if page.isascii() else self._reduced).items():
            if left in page:
                for key in keys:
                    if left in key:
                        made[key] = (*made[key], *words)
        return made


def _occurrences(page: str, stem: str) -> Iterator[int]:
    at = page.find(stem)
    while at >= 0:
        yield at
        at = page.find(stem, at + 1)


def _by_stem(words: Iterable[str]) -> dict[str, dict[str, int]]:
    """What several words share, or a word of its own, and where it begins in each of them."""
    left, found = set(words), dict[str, dict[str, int]]()
    while left:
        parts = Counter(part for word in left for part in _parts(word))
        # Of the most words; of these the longest, for the sake of the fewest places.
        stem = max(sorted(parts), key=lambda part: (parts[part], len(part)))
        found[stem] = {word: word.index(stem) for word in sorted(left) if stem in word}
        left.difference_update(found[stem])
    return found


def _parts(word: str, least: int = 3) -> set[str]:
    starts = range(len(word))
    return {word[a:b] for a in starts for b in range(a + least, len(word) + 1)} | {word}


def _reduced(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass").translate(None, _HEX_DIGITS)

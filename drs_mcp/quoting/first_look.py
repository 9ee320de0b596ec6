"""Which texts of a page hold one of some hundred words, at the price of reading the page a few times.

What is new among the forms of the texts is searched, once. Without their hexadecimal digits those
are fewer still: these are searched for the words, without such digits too, and a form that may hold
a word is asked for the word itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress
from typing import Final, TypeVar

from drs_mcp.quoting.forms import PARTING, forms, remember, zeroed
from drs_mcp.text_cache import KnownTexts

_KEY_PARTING: Final = PARTING.encode()
_HEX_DIGITS: Final = b"0123456789abcdef"
_MOST_KNOWN: Final = 20_000

K = TypeVar("K", str, bytes)
V = TypeVar("V")


_Word = tuple[str, str]
"""The form of a word, and the word."""


class FirstLook:
    """Looks for *words* in texts as *fold* makes them: in lower case, letters of full width narrow.

    A word that lies within a UUID, or begins or ends in one, is none.
    """

    def __init__(self, words: Iterable[str], fold: Callable[[str], str]) -> None:
        words = tuple(words)
        self._fold = fold
        self._with_digits = frozenset(word for word in words if zeroed(word) != word)
        self._reduced: defaultdict[bytes, list[_Word]] = defaultdict(list)
        for word in words:
            self._reduced[_reduced(word)].append((zeroed(word), word))
        self._ascii_only = {left: found for left, found in self._reduced.items() if left.isascii()}
        self._held = KnownTexts[tuple[str, ...]](_MOST_KNOWN)
        """The words that forms hold."""
        self._suspected = KnownTexts[tuple[_Word, ...]](_MOST_KNOWN)
        """The words that may be held by what is left of forms without hexadecimal digits."""

    def __call__(self, texts: Sequence[str]) -> Mapping[int, list[str]]:
        """The places of the texts that hold a word, with the words that each holds."""
        formed = forms(texts)
        held = _remembered(self._held, set(formed), self._words_of)
        found: dict[int, list[str]] = {}
        if holding := {form for form, words in held.items() if words}:
            for place in compress(range(len(texts)), map(holding.__contains__, formed)):
                if words := self._own(texts[place], held[formed[place]]):
                    found[place] = words
        remember(texts, formed, found)
        return found

    def _own(self, text: str, words: Sequence[str]) -> list[str]:
        """The words of a text's form that the text itself holds: their digits, too, are its own."""
        if self._with_digits.isdisjoint(words):
            return list(words)
        folded = self._fold(text)
        return [word for word in words if word in folded]

    def _words_of(self, formed: Sequence[str]) -> list[tuple[str, ...]]:
        """The words that each form holds."""
        page = zeroed(self._fold(PARTING.join(formed)))  # folded, full width digits are digits
        lines = page.split(PARTING)
        reduced = _reduced(page).split(_KEY_PARTING)
        if not len(lines) == len(reduced) == len(formed):  # one of them holds what parts them
            lines = [zeroed(self._fold(form)) for form in formed]
            reduced = [_reduced(line) for line in lines]
        suspected = _remembered(self._suspected, set(reduced), self._suspects_of)
        return [
            tuple([word for form, word in suspected[key] if form in line])
            for line, key in zip(lines, reduced, strict=True)
        ]

    def _suspects_of(self, keys: Sequence[bytes]) -> list[tuple[_Word, ...]]:
        """The words whose rest each of the keys holds."""
        suspected: dict[bytes, list[_Word]] = {key: [] for key in keys}
        page = _KEY_PARTING.join(keys)
        for left, words in (self._ascii_only if page.isascii() else self._reduced).items():
            if left in page:
                for key, suspects in suspected.items():
                    if left in key:
                        suspects.extend(words)
        return [tuple(suspects) for suspects in suspected.values()]


def _remembered(
    known: KnownTexts[tuple[V, ...]],
    keys: AbstractSet[K],
    find: Callable[[Sequence[K]], Sequence[tuple[V, ...]]],
) -> dict[K, tuple[V, ...]]:
    """What is found for each of the keys, remembered or now."""
    told = dict(zip(keys, map(known.get, map(hash, keys)), strict=True))
    new = [key for key, found in told.items() if found is None]
    if new:
        made = dict(zip(new, find(new), strict=True))
        known.learn(dict(zip(map(hash, new), made.values(), strict=True)))
        told |= made
    return told  # type: ignore[return-value]


def _reduced(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass").translate(None, _HEX_DIGITS)

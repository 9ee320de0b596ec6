"""Which texts of a page hold one of a hundred words, at the price of reading the page a few times.

Lines of a log differ in numbers and IDs and are otherwise alike. Without their hexadecimal digits a
thousand lines are some hundred, and those a few more with each further page: only what is new is
searched for the words, these without such digits too. A text that may hold a word is then asked for
the word itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

_PARTING: Final = "\n\x00\n"
_KEY_PARTING: Final = _PARTING.encode()
_HEX_DIGITS: Final = b"0123456789abcdef"
_MOST_KNOWN: Final = 20_000
_NEW: Final = ("\x00",)
"""Stands for what has not been searched yet."""


class FirstLook:
    """Looks for *words* in texts as *fold* makes them: in lower case, letters of full width narrow."""

    def __init__(self, words: Iterable[str], fold: Callable[[str], str]) -> None:
        self._fold = fold
        self._reduced: defaultdict[bytes, list[str]] = defaultdict(list)
        for word in words:
            self._reduced[_reduced(word)].append(word)
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
        if not len(lines) == len(keys) == len(texts):  # one of them holds what parts them
            lines = [self._fold(text) for text in texts]
            keys = [_reduced(line) for line in lines]
        suspected = self._suspected(keys)
        found: dict[int, list[str]] = {}
        for place, (key, line) in enumerate(zip(keys, lines, strict=True)):
            for word in suspected[key]:
                if word in line:
                    found.setdefault(place, []).append(word)
        return found

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


def _reduced(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass").translate(None, _HEX_DIGITS)

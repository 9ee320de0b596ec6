"""The words of a task's name, and how closely what a person says fits them.

Words end at blanks, `-`, `_`, `.` and other signs, where small letters turn into capitals, and
where Chinese, Japanese or Korean letters meet others: `ShopSync`, `shop_sync` and `shop-sync` have
the same two. Scripts without blanks have no word boundaries: a part of such a word is a word.
"""

import re
import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from drs_mcp.text_cache import text_cache

MOST_CHARS = 256
"""Of a name; what is longer is cut, so that a name of a megabyte costs no more than others."""

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_ONE_CJK = re.compile(f"[{_CJK}]")
_SIGNS = re.compile(r"[\W_]+")
_SCRIPTS = re.compile(rf"(?<=[{_CJK}])(?=[^{_CJK}])|(?<=[^{_CJK}])(?=[{_CJK}])")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LEAST_BEGINNING = 2
_LEAST_INSIDE = 3
"""So many letters a part must have: fewer stand in too many names to mean one."""


class Fit(IntEnum):
    """How what was said fits a name, the closest first."""

    EXACT = 0
    """The name, as it was given."""
    CLEANED = 1
    """The name, without blanks, quotes or brackets around it."""
    CASE = 2
    """The name in another case."""
    LETTERS = 3
    """The same letters in the same order; signs and blanks between them differ."""
    WORDS = 4
    """The same words in another order."""
    PART = 5
    """Every word said is a word of the name, or begins one."""
    INSIDE = 6
    """Every word said stands somewhere in the name."""


class Words(NamedTuple):
    """A name as it is compared: folded, its letters alone, and its words cut in two ways."""

    folded: str
    letters: str
    plain: tuple[str, ...]
    camel: tuple[str, ...]


@text_cache(4096)
def words_of(name: str) -> Words:
    """The words of a *name*, case and full-width forms folded away."""
    clear = unicodedata.normalize("NFKC", name[:MOST_CHARS])
    plain = [part for piece in _SIGNS.split(clear) for part in _SCRIPTS.split(piece) if part]
    camel = [part for word in plain for part in _CAMEL.split(word) if part]
    words = tuple(word.casefold() for word in plain)
    return Words(clear.casefold(), "".join(words), words, tuple(word.casefold() for word in camel))


def fit(said: str, name: str) -> Fit | None:
    """How closely *said*, cleaned already, fits a *name*; None where it does not."""
    if said == name:
        return Fit.CLEANED
    job_ref, known = words_of(said), words_of(name)
    if not job_ref.letters:
        return None
    if job_ref.folded == known.folded:
        return Fit.CASE
    if job_ref.letters == known.letters:
        return Fit.LETTERS
    fits = [found for cut in (job_ref.plain, job_ref.camel) if (found := _part(cut, known))]
    return min(fits, default=None)


def _part(job_ref: Sequence[str], known: Words) -> Fit | None:
    ordered = sorted(job_ref)
    if ordered in (sorted(known.plain), sorted(known.camel)):
        return Fit.WORDS
    words = {*known.plain, *known.camel}
    if all(any(_begins(word, one) for one in words) for word in job_ref):
        return Fit.PART
    if all(_long_enough(word, _LEAST_INSIDE) and word in known.letters for word in job_ref):
        return Fit.INSIDE
    return None


def _begins(word: str, one: str) -> bool:
    if word == one:
        return True
    if _ONE_CJK.match(word):
        return word in one
    return len(word) >= _LEAST_BEGINNING and one.startswith(word)


def _long_enough(word: str, least: int) -> bool:
    return len(word) >= least or _ONE_CJK.match(word) is not None

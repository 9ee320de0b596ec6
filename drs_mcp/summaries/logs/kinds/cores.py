"""What tells the kind of a log entry: the plain words of its key in order, `*` where values stand.

What is in brackets, the labels of `label=value` and the values themselves tell no kind: they may
come, go and repeat.
"""

import re
from collections.abc import Iterable

from drs_mcp.summaries.logs.masks import CODED, MASK
from drs_mcp.text_cache import text_cache

Core = tuple[str, ...]

_MARKS = "()[]{}<>\"'`.,;:!?|#"
_UNBRACKETED = str.maketrans("()[]{}<>", "        ")
_BRACKETS = re.compile(
    r"\([^()\[\]{}<>]*+\)|\[[^()\[\]{}<>]*+\]|\{[^()\[\]{}<>]*+\}|<[^()\[\]{}<>]*+>"
)
_NESTED = 4
# A statement that is told after a colon is a value, but for what one on a definition does.
_SQL = re.compile(
    r"(?<=[:=] )(?P<does>(?:CREATE|ALTER|DROP|TRUNCATE|RENAME)(?: [A-Z]{4,10}\b)?)?+"
    r"(?:(?(does)|(?:SELECT|INSERT|UPDATE|DELETE|MERGE|REPLACE|COPY|VACUUM|ANALYZE|CALL|WITH|BEGIN"
    r"|COMMIT|SET|GRANT|REVOKE)))\b.*+"
)
_GLUED = re.compile(r"\*:([^\W\d]+)")
_LABEL = re.compile(r"\W*([^\W\d][\w-]*+):\*")
# What follows such a label tells the kind.
_TELLING = frozenset((
    "cause", "reason", "error", "msg", "message", "errmsg", "by", "because", "exception",
    "info", "warning", "warn", "fatal", "failed", "failure", "detail",
))  # fmt: skip
_UNITS = frozenset((
    "b", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib", "byte", "bytes", "ns", "us", "ms",
    "s", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes", "h", "hour",
    "hours", "d", "day", "days",
))  # fmt: skip
_VALUES = frozenset((
    "true", "false", "null", "none",
))  # fmt: skip
_MOST_WORDS, _LAST_WORDS = 30, 10


def _without_statement(found: re.Match[str]) -> str:
    return f"{found['does'] or ''} {MASK}"


@text_cache(2_048)
def core(key: str) -> Core:
    """What tells the kind of a key (see the module's docstring)."""
    key = _SQL.sub(_without_statement, key.replace(CODED, ""))
    bare = key
    for _ in range(_NESTED):
        inner = _BRACKETS.sub(f" {MASK} ", bare)
        if inner == bare:
            break
        bare = inner
    words = [word for word in bare.split(" ") if word]
    found, labels = _told(words)
    if not plain(found):
        whole = [word for word in key.translate(_UNBRACKETED).split(" ") if word]
        told, more = _told(whole)
        if plain(told):
            found, labels = told, more
    certain = plain(found)
    if not certain:
        return tuple(labels) or tuple(MASK for _ in words) or (MASK,)
    if len(certain) == 1 and not labels:  # so little tells by its length, too
        return tuple(
            word.strip(_MARKS) if _is_word(word) and MASK not in word else MASK for word in words
        )
    return _bounded(found)


def _told(words: list[str]) -> tuple[list[str], list[str]]:
    """The plain words with `*` for values, and the labels that were left out."""
    reading = _Reading(words)
    while reading.place < len(words):
        reading.step()
    return reading.out, reading.labels


class _Reading:
    """Reads the words of a key one after the other."""

    def __init__(self, words: list[str]) -> None:
        self.out: list[str] = []
        self.labels: list[str] = []
        self.place = 0
        self._words = words
        self._word = ""

    def step(self) -> None:
        """Take the next word, and the value that goes with it where it is a label."""
        before = self._word
        word = self._next()
        if "=" in word:
            self._assigned(word)
        elif (label := _LABEL.match(word)) and not word.endswith(":"):
            self._labelled(label[1])
        elif before[-1:] in (",", ";") and word.endswith(":") and _is_label(word):
            self._labelled(word.strip(_MARKS))
            if self.place < len(self._words) and _single(self._words, self.place):
                self._next()
        elif MASK in word or word.strip(_MARKS).lower() in _VALUES:
            add_value(self.out)
            if glued := _GLUED.search(word):
                self.out.append(glued[1])
        elif _is_word(word):
            self._plain(word.strip(_MARKS), ended=before[-1:] in _MARKS)
        elif word.strip(",;"):
            add_value(self.out)

    def _next(self) -> str:
        self._word = self._words[self.place]
        self.place += 1
        return self._word

    def _labelled(self, *labels: str) -> None:
        self.labels += [label for label in labels if label]
        add_value(self.out)

    def _assigned(self, word: str) -> None:
        """`label=value`, several of them in one word, `label =value` and `label = value`."""
        labels = [part.partition("=")[0].strip(_MARKS) for part in re.split("[,;]", word)]
        if not labels[0] and self.out and self.out[-1] != MASK:
            labels = [self.out.pop()]
        self._labelled(*labels)
        if word == "=" and self.place < len(self._words):
            self._next()

    def _plain(self, word: str, *, ended: bool) -> None:
        out = self.out
        if out and out[-1] == MASK and not ended and word.lower() in _UNITS:
            return
        if len(out) > 1 and not ended and _is_title(word) and _is_title(out[-1]):
            out[-1] += f"_{word}"  # `Package Manager Provider` is one name
        else:
            out.append(word)


def add_value(out: list[str]) -> None:
    """Go on with a value, unless there is one already."""
    if not out or out[-1] != MASK:
        out.append(MASK)


def _is_word(word: str) -> bool:
    return any(map(str.isalpha, word))


def _is_label(word: str) -> bool:
    return _is_word(word) and MASK not in word and word.strip(_MARKS).lower() not in _TELLING


def _is_title(word: str) -> bool:
    return len(word) > 1 and word[0].isupper()


def _single(words: list[str], place: int) -> bool:
    """Whether one plain word alone is the value of a label in a list."""
    word = words[place]
    return (
        _is_word(word)
        and MASK not in word
        and "=" not in word
        and (place + 1 == len(words) or word[-1] in ",;")
    )


def plain(words: Iterable[str]) -> Core:
    """The words that are no values."""
    return tuple(word for word in words if word != MASK)


def _bounded(words: list[str]) -> Core:
    if len(words) <= _MOST_WORDS + _LAST_WORDS:
        return tuple(words)
    return (*words[:_MOST_WORDS], MASK, *words[-_LAST_WORDS:])

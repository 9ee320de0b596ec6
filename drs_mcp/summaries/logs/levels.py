"""The level of a log entry, however it is spelt: `[ERROR]`, `EROR`, `E`, `ERR!`, `错误`, `3`."""

import re
from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any
from unicodedata import normalize

from drs_mcp.api.wire.values import text
from drs_mcp.quoting.quoted import as_identifier

ERROR, WARN, INFO, DEBUG = "error", "warn", "info", "debug"
UNREAD = "unread"
"""A level that is missing or no word: such an entry may be an error, and is counted apart."""

_WORDS = {
    ERROR: "error err fatal critical crit severe alert emerg emergency panic fail failed failure"
    " exception abnormal fault abend major"
    " 错误 严重 致命 故障 异常 紧急 出错 失败 重大 重要 錯誤 嚴重 異常 緊急 失敗",
    WARN: "warn warning wrn alarm minor 警告 告警 警示 预警 次要 預警",
    INFO: "info information informational inf notice log success ok"
    " 信息 提示 通知 消息 正常 成功 資訊 訊息",
    DEBUG: "debug trace verbose fine finer finest dbg 调试 跟踪 偵錯",
}
_LEVEL_OF = {word: level for level, words in _WORDS.items() for word in words.split()}
_LETTERS = {"e": ERROR, "f": ERROR, "c": ERROR, "w": WARN, "i": INFO, "n": INFO}
_LETTERS |= {"d": DEBUG, "t": DEBUG, "v": DEBUG}
# Syslog's severities, and the numbers that log4j and its relatives give their levels.
_NUMBERS = {str(number): ERROR for number in (0, 1, 2, 3, 40_000, 50_000)}
_NUMBERS |= {"4": WARN, "30000": WARN, "5": INFO, "6": INFO, "20000": INFO}
_NUMBERS |= {"7": DEBUG, "10000": DEBUG}
_SPELT_OFTEN = ("error", "fatal", "critical", "severe", "warning", "warn", "information", "debug")
_RANK = {ERROR: 0, WARN: 1, INFO: 4, DEBUG: 5}
_OTHER_LEVELS = 8
_LONGEST = 60

_TELLING_WORD = re.compile(r"[^\W\d_]+")
_CHINESE = "|".join(word for word in _LEVEL_OF if not word.isascii())
_IN_CHINESE = re.compile(_CHINESE)
# A level at the head of a message, after its time and what else is in brackets: `[warn] …`,
# `ERROR 1062 …`, `08:01:02 [main] ERROR …`, `<3>…`, `E1120 08:01:02.5 …`.
_HEAD = re.compile(
    r"\s*+(?:[\[(]?(?:\d{4}[-/]\d\d[-/]\d\d[T ]|(?=\d\d:\d\d:\d))[\d:.,+Z]++[\])]?\s*+)?"
    r"(?:<(?P<severity>\d{1,3})>|(?P<letter>[EWIF])\d{4} \d\d:\d\d:\d\d"
    r"|(?:[\[(<【][^\])>】\n]{1,40}+[\])>】]\s*+){0,3}?"
    rf"[\[(<【](?P<boxed>(?i:{'|'.join(_LEVEL_OF)})|[A-Za-z])[\])>】]"
    r"|(?:\[[^\]\n]{1,40}+\]\s++){0,3}+(?P<loud>[A-Z]{3,13})\b|(?P<told>[A-Za-z]{3,13})(?::|\s{1,9}-\s)"
    rf"|(?P<chinese>{_CHINESE})[:：]"
    r"|(?:time=\S{1,40}\s)?level=\"?(?P<key>[A-Za-z]{3,13})\b)"
)


def rank(level: str) -> int:
    """Errors before warnings before levels that DRS does not document, info and debug last."""
    return _RANK.get(level, 3 if level == UNREAD else 2)


class Levels:
    """Reads levels whatever their spelling; a new word passes as itself, up to a few of them."""

    def __init__(self) -> None:
        self._spelt: dict[object, str] = {}
        self._others: set[str] = set()

    def page(self, rows: Sequence[Mapping[str, Any]], messages: Sequence[str]) -> list[str]:
        """The level of each entry of a page."""
        spelt = self._spelt
        try:
            return list(map(spelt.__getitem__, map(itemgetter("level"), rows)))
        except (KeyError, TypeError):  # a new spelling, or something that is no word
            return [
                self.read(row.get("level"), message)
                for row, message in zip(rows, messages, strict=True)
            ]

    def read(self, value: object, message: str) -> str:
        """The level an entry states, else the one its message begins with, else `unread`."""
        if isinstance(value, str) and value in self._spelt:
            return self._spelt[value]
        stated = text(value)
        if stated is None:
            return level_in(message)
        level = _level_of(stated) or self._other(stated.lower())
        if level is None:
            return level_in(message)
        if isinstance(value, str) and len(self._spelt) < 100:
            self._spelt[value] = level
        return level

    def _other(self, word: str) -> str | None:
        if word not in self._others:
            if as_identifier(word) is None or len(word) > 20 or not word[0].isalpha():
                return None
            if len(self._others) == _OTHER_LEVELS:
                return None
            self._others.add(word)
        return word


def _level_of(stated: str) -> str | None:
    """The level that a field states; of several words that are levels the gravest."""
    written = normalize("NFKC", stated[:_LONGEST]).casefold()
    words = _TELLING_WORD.findall(written)
    if not words:
        return _NUMBERS.get(written.strip("[]()<> ").removesuffix(".0"))
    if len(words) == 1 and len(words[0]) == 1:
        return _LETTERS.get(words[0])
    found = [_LEVEL_OF.get(word) or _misspelt(word) for word in words]
    found += [_LEVEL_OF[word] for word in _IN_CHINESE.findall(written)]
    return min((level for level in found if level), key=rank, default=None)


def _misspelt(word: str) -> str | None:
    """The level whose word this is but for one letter too few, too many, wrong or misplaced."""
    if len(word) < 4:
        return None
    return next((_LEVEL_OF[right] for right in _SPELT_OFTEN if _close(word, right)), None)


def _close(word: str, right: str) -> bool:
    if abs(len(word) - len(right)) > 1:
        return False
    start = 0
    while start < min(len(word), len(right)) and word[start] == right[start]:
        start += 1
    one, other = word[start:], right[start:]
    return (
        one[1:] == other[1:]
        or one[1:] == other
        or one == other[1:]
        or (one[:2] == other[1::-1] and one[2:] == other[2:])
    )


def level_in(message: str) -> str:
    """The level that a message begins with, or `unread`."""
    found = _HEAD.match(message)
    if found is None:
        return UNREAD
    word = found[found.lastgroup or 0].casefold()
    if found["severity"]:
        return _NUMBERS[str(int(word) % 8)]
    return (_LETTERS if len(word) == 1 else _LEVEL_OF).get(word, UNREAD)

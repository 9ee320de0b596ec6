"""The statuses of compared things (Tables 42, 45, 46, 47), as words, and what each one is worth."""

import re
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from drs_mcp.api.wire.values import word
from drs_mcp.knowledge.words import as_word, is_documented
from drs_mcp.summaries.answer import top_counts

CONSISTENT = "CONSISTENT"
INCONSISTENT = "INCONSISTENT"
CONTRADICTORY = "CONTRADICTORY"
"""Ours: a row whose own fields do not fit together, such as CONSISTENT over 10 and 9 rows."""


class Kind(StrEnum):
    """What a status is worth, worst first."""

    CONTRADICTS = "contradicts"
    DIFFERS = "differs"
    NOT_COMPARED = "not_compared"
    PENDING = "pending"
    UNREAD = "unread"
    AGREES = "agrees"


COMPARED = frozenset({Kind.AGREES, Kind.DIFFERS, Kind.CONTRADICTS})
"""What is said of something that was compared."""


class Reason(StrEnum):
    """Why something was not compared."""

    NO_KEY = "no_key"
    FAILED = "failed"
    TIMED_OUT = "timed_out"
    NO_CONNECTION = "no_connection"
    TOO_LARGE = "too_large"
    CANCELED = "canceled"
    ABSENT = "absent"
    EMPTY = "empty"
    UNSUPPORTED = "unsupported"
    PENDING = "pending"
    UNREAD = "unread"


class Status(NamedTuple):
    """A status: its words, its worth, and why nothing was compared if nothing was."""

    status_words: str
    kind: Kind
    reason: Reason | None = None


_STATUSES = {
    CONTRADICTORY: Status("contradictory", Kind.CONTRADICTS),
    INCONSISTENT: Status("inconsistent", Kind.DIFFERS),
    "TARGET_MISSING": Status("missing in destination", Kind.DIFFERS),
    "SOURCE_MISSING": Status("missing in source", Kind.DIFFERS),
    "TARGET_DB_NOT_EXIST": Status("no destination database", Kind.DIFFERS),
    "SOURCE_DB_NOT_EXIST": Status("no source database", Kind.DIFFERS),
    "TARGET_EMPTY": Status("destination empty", Kind.DIFFERS),
    "SOURCE_EMPTY": Status("source empty", Kind.DIFFERS),
    "FAILED_TO_COMPARE": Status("failed to compare", Kind.NOT_COMPARED, Reason.FAILED),
    "SOURCE_UNREACHABLE": Status(
        "no connection to source", Kind.NOT_COMPARED, Reason.NO_CONNECTION
    ),
    "TARGET_UNREACHABLE": Status(
        "no connection to destination", Kind.NOT_COMPARED, Reason.NO_CONNECTION
    ),
    "SOURCE_SQL_TIMEOUT": Status("SQL timeout in source", Kind.NOT_COMPARED, Reason.TIMED_OUT),
    "TARGET_SQL_TIMEOUT": Status("SQL timeout in destination", Kind.NOT_COMPARED, Reason.TIMED_OUT),
    "SOURCE_SQL_ERROR": Status("SQL error in source", Kind.NOT_COMPARED, Reason.FAILED),
    "TARGET_SQL_ERROR": Status("SQL error in destination", Kind.NOT_COMPARED, Reason.FAILED),
    "TIMEOUT": Status("timed out", Kind.NOT_COMPARED, Reason.TIMED_OUT),
    "TOO_MANY_ROWS": Status("too large, not compared", Kind.NOT_COMPARED, Reason.TOO_LARGE),
    "BOTH_MISSING": Status("missing on both sides", Kind.NOT_COMPARED, Reason.ABSENT),
    "BOTH_DBS_NOT_EXIST": Status("no database on either side", Kind.NOT_COMPARED, Reason.ABSENT),
    "BOTH_EMPTY": Status("both sides empty", Kind.NOT_COMPARED, Reason.EMPTY),
    "CAN_NOT_COMPARE": Status("cannot be compared", Kind.NOT_COMPARED, Reason.UNSUPPORTED),
    "CANCELED": Status("canceled", Kind.NOT_COMPARED, Reason.CANCELED),
    "COMPARING": Status("comparing", Kind.PENDING, Reason.PENDING),
    "WAITING_FOR_COMPARISON": Status("waiting for comparison", Kind.PENDING, Reason.PENDING),
    "UNFINISHED": Status("not finished", Kind.PENDING, Reason.PENDING),
    "UNKNOWN": Status("unknown", Kind.UNREAD, Reason.UNREAD),
    CONSISTENT: Status("consistent", Kind.AGREES),
}
"""Worst first. The words of the reference page, and names for the numbers of version 3."""

_SPELLINGS = {
    "WAIT_FOR_COMPARE": "WAITING_FOR_COMPARISON",
    "WAITING_COMPARE": "WAITING_FOR_COMPARISON",
    "TARGET_DB_NOT_EXIT": "TARGET_DB_NOT_EXIST",
    "TARGET_SCHEMA_NOT_EXIST": "TARGET_DB_NOT_EXIST",
    "UNABLE_TO_COMPARE": "CAN_NOT_COMPARE",
    "COMPARE_FAILED": "FAILED_TO_COMPARE",
    "CANCELLED": "CANCELED",
    "PASS": CONSISTENT,
    "PASSED": CONSISTENT,
    "一致": CONSISTENT,
    "不一致": INCONSISTENT,
    "正在对比": "COMPARING",
    "对比中": "COMPARING",
    "等待对比": "WAITING_FOR_COMPARISON",
    "命令已下发，等待对比结果": "WAITING_FOR_COMPARISON",
    "对比失败": "FAILED_TO_COMPARE",
    "失败": "FAILED_TO_COMPARE",
    "目标库不存在": "TARGET_DB_NOT_EXIST",
    "无法对比": "CAN_NOT_COMPARE",
    "已取消": "CANCELED",
}
"""Second spellings, and how the reference page says them in Chinese."""

_NUMBERED = {
    "0": INCONSISTENT,
    "2": CONSISTENT,
    "3": "TARGET_MISSING",
    "4": "FAILED_TO_COMPARE",
    "5": "COMPARING",
    "6": "WAITING_FOR_COMPARISON",
    "7": "CANCELED",
    "8": "SOURCE_EMPTY",
    "9": "TARGET_EMPTY",
    "10": "BOTH_EMPTY",
    "11": "SOURCE_MISSING",
    "12": "TARGET_MISSING",
    "13": "BOTH_MISSING",
    "14": "SOURCE_UNREACHABLE",
    "15": "TARGET_UNREACHABLE",
    "16": "SOURCE_SQL_TIMEOUT",
    "17": "TARGET_SQL_TIMEOUT",
    "18": "SOURCE_SQL_ERROR",
    "19": "TARGET_SQL_ERROR",
    "20": "BOTH_DBS_NOT_EXIST",
    "21": "SOURCE_DB_NOT_EXIST",
    "22": "TARGET_DB_NOT_EXIST",
    "23": "TOO_MANY_ROWS",
    "27": "TIMEOUT",
}
"""What version 3 answers for rows and values, and version 5 might."""

_OBJECT_NUMBERS = {"0": INCONSISTENT, "2": CONSISTENT, "3": "UNFINISHED"}
"""The same for object comparisons, which know three numbers only."""

_MOST_DIGITS = 6

_RANKS = {name: rank for rank, name in enumerate(_STATUSES)}


def normalise(status: object, *, of_objects: bool = False) -> str:
    """A status as it came, in one spelling; absent is UNKNOWN, one not documented is itself.

    A number means something else *of_objects* than of rows and values.
    """
    if type(status) is str and status in _STATUSES:  # nearly always
        return status
    found = word(status)
    if not found:
        return "UNKNOWN"
    digits = found.removesuffix(".0")
    if digits.isdecimal() and len(digits) <= _MOST_DIGITS:
        number = str(int(digits))
        numbers = _OBJECT_NUMBERS if of_objects else _NUMBERED
        return numbers.get(number, f"STATUS {number}")
    return _SPELLINGS.get(found, found)


def status_of(status: str) -> Status:
    """What a status in normal spelling says; one that is not documented is unread."""
    return _STATUSES.get(status) or Status(_words_of(status), Kind.UNREAD, Reason.UNREAD)


def status_words(status: str) -> str:
    """A status in words, as a sentence may hold it; one that is not documented is marked off."""
    return status_of(status).status_words


def _words_of(status: str) -> str:
    known = _IS_NUMBERED.fullmatch(status) or is_documented(status)
    return (
        (status if known else as_word(status.replace(" ", "_")) or "other")
        .lower()
        .replace("_", " " if known else "_")
    )


_IS_NUMBERED = re.compile(r"STATUS \d+")


def documented(status: str) -> bool:
    """Whether a status in normal spelling is one that DRS documents, or ours."""
    return status in _STATUSES


def kind_of(status: str) -> Kind:
    """What a status is worth."""
    return status_of(status).kind


_ALWAYS_TOLD = frozenset(
    _STATUSES[name].status_words
    for name in (
        CONTRADICTORY,
        INCONSISTENT,
        CONSISTENT,
        "TARGET_MISSING",
        "TARGET_DB_NOT_EXIST",
        "FAILED_TO_COMPARE",
        "CAN_NOT_COMPARE",
        "CANCELED",
        "COMPARING",
        "WAITING_FOR_COMPARISON",
        "UNKNOWN",
    )
)
_MOST_OTHERS = 6


def counted(statuses: Mapping[str, int]) -> dict[str, int]:
    """How many of each status, in words; two that read alike are one.

    Those of the reference page are always told: whether all agree must not drown in rare ones.
    """
    words: Counter[str] = Counter()
    for status, number in statuses.items():
        words[status_words(status)] += number
    known = {word_: number for word_, number in words.items() if word_ in _ALWAYS_TOLD}
    others = {word_: number for word_, number in words.items() if word_ not in known}
    ordered = dict(Counter(known | top_counts(others, _MOST_OTHERS)).most_common())
    first = _STATUSES[CONTRADICTORY].status_words
    return {first: ordered.pop(first), **ordered} if first in ordered else ordered


def is_problem(status: str | None) -> bool:
    """Whether the status says anything but that the two sides agree."""
    return status != CONSISTENT


def severity(status: str | None) -> int:
    """0 for the worst; what is not documented comes between what waits and what agrees."""
    return _RANKS.get(status or "UNKNOWN", _RANKS["UNKNOWN"])

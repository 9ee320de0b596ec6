"""The statuses of compared things (Tables 42, 45, 46, 47), worst first."""

from collections import Counter
from collections.abc import Mapping

from drs_mcp.quoting.quoted import as_identifier
from drs_mcp.summaries.answer import top_counts

CONSISTENT = "CONSISTENT"
INCONSISTENT = "INCONSISTENT"

_WORDS = {
    "WAITING_FOR_COMPARISON": "waiting for comparison",
    "FAILED_TO_COMPARE": "failed to compare",
    "TARGET_DB_NOT_EXIST": "no destination database",
    "CAN_NOT_COMPARE": "cannot be compared",
}
_WORST = (
    INCONSISTENT,
    "TARGET_DB_NOT_EXIST",
    "FAILED_TO_COMPARE",
    "CAN_NOT_COMPARE",
)
# Second spellings, and what version 3 answers as numbers and version 5 might.
_SPELLINGS = {
    "WAIT_FOR_COMPARE": "WAITING_FOR_COMPARISON",
    "TARGET_DB_NOT_EXIT": "TARGET_DB_NOT_EXIST",
    "CANCELLED": "CANCELED",
    "0": INCONSISTENT,
    "2": CONSISTENT,
    "3": "TARGET_DB_NOT_EXIST",
    "4": "FAILED_TO_COMPARE",
    "5": "COMPARING",
    "6": "WAITING_FOR_COMPARISON",
    "7": "CANCELED",
}


def normalise(status: str | None) -> str:
    """The status in one spelling; absent is UNKNOWN."""
    return _SPELLINGS.get(status, status) if status else "UNKNOWN"


def status_words(status: str) -> str:
    """A status in words; one that is not documented as itself, if it is an identifier."""
    return _WORDS.get(status) or (as_identifier(status) or "other").lower().replace("_", " ")


_DOCUMENTED = frozenset(
    status_words(status)
    for status in (CONSISTENT, "COMPARING", "CANCELED", "UNKNOWN", *_WORST, *_WORDS)
)
_MOST_OTHERS = 4


def counted(statuses: Mapping[str, int]) -> dict[str, int]:
    """How many of each status, in words; two that read alike are one.

    Documented ones are always told: whether all agree must not drown in what is not documented.
    """
    words: Counter[str] = Counter()
    for status, number in statuses.items():
        words[status_words(status)] += number
    known = {word: number for word, number in words.items() if word in _DOCUMENTED}
    others = {word: number for word, number in words.items() if word not in known}
    return dict(Counter(known | top_counts(others, _MOST_OTHERS)).most_common())


def is_problem(status: str | None) -> bool:
    """Whether the status says anything but that the two sides agree."""
    return status != CONSISTENT


def severity(status: str | None) -> int:
    """0 for the worst; what has not been compared yet comes last."""
    return _WORST.index(status) if status in _WORST else len(_WORST)

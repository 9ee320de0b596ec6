"""The statuses of compared things (Tables 42, 45, 46, 47), worst first."""

from drs_mcp.quoted import spoken

CONSISTENT = "CONSISTENT"
INCONSISTENT = "INCONSISTENT"

_WORDS = {
    "WAITING_FOR_COMPARISON": "waiting for comparison",
    "WAIT_FOR_COMPARE": "waiting for comparison",
    "FAILED_TO_COMPARE": "failed to compare",
    "TARGET_DB_NOT_EXIST": "no destination database",
    "TARGET_DB_NOT_EXIT": "no destination database",
    "CAN_NOT_COMPARE": "cannot be compared",
}
_WORST = (
    INCONSISTENT,
    "TARGET_DB_NOT_EXIST",
    "TARGET_DB_NOT_EXIT",
    "FAILED_TO_COMPARE",
    "CAN_NOT_COMPARE",
)
# What version 3 answers as numbers, and version 5 might.
_NUMBERS = {
    "0": INCONSISTENT,
    "2": CONSISTENT,
    "3": "TARGET_DB_NOT_EXIST",
    "4": "FAILED_TO_COMPARE",
    "5": "COMPARING",
    "6": "WAITING_FOR_COMPARISON",
    "7": "CANCELED",
}


def normal(status: str | None) -> str:
    """The status as the reference page writes it; absent is UNKNOWN."""
    return _NUMBERS.get(status, status) if status else "UNKNOWN"


def said(status: str) -> str:
    """A status in words; one that is not documented as itself, if it can be spoken."""
    return _WORDS.get(status) or (spoken(status) or "other").lower().replace("_", " ")


def is_problem(status: str | None) -> bool:
    """Whether the status says anything but that the two sides agree."""
    return status != CONSISTENT


def severity(status: str | None) -> int:
    """0 for the worst; what has not been compared yet comes last."""
    return _WORST.index(status) if status in _WORST else len(_WORST)

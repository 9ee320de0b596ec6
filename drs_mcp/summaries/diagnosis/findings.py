"""A finding: something wrong with a task, or worth knowing, with its evidence."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["critical", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("critical", "warning", "info")

OBSERVED = "observed"
"""Confidence of what was read off numbers and times, as against what is known of a message."""


@dataclass(frozen=True)
class Finding:
    """One finding.

    Attributes:
        code: its name, the same for every task (`fatal_error`).
        severity: critical: nothing moves; warning: act on it; info: worth knowing.
        says: what was found, in our own words, numbers and names marked off.
        evidence: third-party text that shows it: a log line, an error message.
        cause: why, in our own words.
        fix: what to do, in our own words.
        confidence: doc, doc-partial or inferred for what is known of a message, else observed.
        known: the known failure's ID.
        side: where: source or destination; empty where it is not known.
        resume: whether the task can go on: as_is, after_repair, full_copy, depends or unknown.
    """

    code: str
    severity: Severity
    says: str
    evidence: str = ""
    cause: str = ""
    fix: str = ""
    confidence: str = OBSERVED
    known: str = ""
    side: str = ""
    resume: str = ""

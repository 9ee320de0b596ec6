"""A finding: something wrong with a task, or worth knowing, with its evidence."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.answer import Cell, Table
from drs_mcp.summaries.diagnosis.stops import Story

Severity = Literal["critical", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("critical", "warning", "info")

OBSERVED = "observed"
"""Confidence of what was read off numbers and times, as against what is known of a message."""


SURE = {
    "doc": "documented by Huawei",
    "doc-partial": "partly documented by Huawei",
    "inferred": "our inference, not Huawei's word",
    "engine": "by the database's own documentation",
}
"""How sure a cause is, in words."""

RESUME = {
    "as_is": "It can be resumed as it is.",
    "after_repair": "It can be resumed after the repair.",
    "full_copy": "It needs a new full copy (reset the task, or a new one), unless what is lost can be restored.",
    "depends": "Whether it can be resumed depends on what the fix says to look at.",
}
"""Whether a task can go on, in words."""


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
        about: the tables and other things that the error names, marked off, for the headline.
        hint: the advice that the message itself carries, third-party text.
        story: how it came about: times, what speaks for and against it, what led to it.
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
    about: str = ""
    hint: str = ""
    story: Story | None = None


LINE_CAP = 300
"""So long may the line be that shows a finding."""


def _clean_rows(rows: object) -> object:
    if not isinstance(rows, list | tuple):
        return rows
    return [
        [quote(cell, LINE_CAP) if isinstance(cell, str) else cell for cell in row] for row in rows
    ]


class FindingTable(Table):
    """A table of findings: its cells hold whole lines."""

    rows: Annotated[list[list[Any]], BeforeValidator(_clean_rows)] = []


COLUMNS = (
    "finding",
    "severity",
    "says",
    "side",
    "evidence",
    "cause",
    "fix",
    "hint",
    "confidence",
    "known",
)


def row_of(finding: Finding) -> list[Cell]:
    """A finding under `COLUMNS`."""
    return [getattr(finding, {"finding": "code"}.get(name, name)) for name in COLUMNS]

"""An error's message in parts: what happened, what to do, what the other side said."""

import re
from dataclasses import dataclass
from typing import Final

from drs_mcp.api.access.sources import NO_CREDENTIALS
from drs_mcp.doctor.report import Check
from drs_mcp.errors import ApiError, DrsError, TransportError

_CORRECT: Final = "Correct it, then run drs-mcp doctor again."
_LATER: Final = "Try again in a minute; if it stays so, ask whoever runs it."

# Errors say "Could not read X in REGION: what happened. What to do. (HTTP 401, …)".
_READING: Final = re.compile(r"\ACould not (?:read|get) [^:]{1,200}: (?=\S)")
_FACTS: Final = re.compile(r"(?<!\s)\s*+\(HTTP \d{3}\b(?s:.*)")
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z`])")


@dataclass(frozen=True)
class ErrorMessage:
    """The parts of an error's text.

    Attributes:
        found: what happened, one sentence.
        fix: what to do.
        said: what the other side wrote; None when it wrote nothing.
        advised: whether the error itself said what to do.
    """

    found: str
    fix: str
    said: str | None = None
    advised: bool = True

    def failed(self, check: str, *, details: tuple[str, ...] = ()) -> Check:
        """The failed check."""
        return Check(
            id=check,
            outcome="failed",
            found=self.found,
            fix=self.fix,
            said=self.said,
            details=details,
        )


def message_of(error: DrsError) -> ErrorMessage:
    """The parts of *error*'s text."""
    line = str(error.args[0] if error.args else error).partition("\n")[0]
    if line.startswith(NO_CREDENTIALS):
        # Its advice is long, and sends whoever reads it here.
        return ErrorMessage(
            "There are none: no variable, no file, and no metadata service of an ECS instance.",
            _CORRECT,
            advised=False,
        )
    text = _READING.sub("", line)
    if isinstance(error, ApiError):
        text = _FACTS.sub("", text)
    found, *advice = _SENTENCE.split(text, maxsplit=1)
    found = found[:1].upper() + found[1:]
    fix = _LATER if isinstance(error, ApiError | TransportError) else _CORRECT
    if advice:
        fix = advice[0]
    said = None
    if isinstance(error, ApiError):
        found = f"{found.rstrip('.')} ({_facts(error)})."
        said = error.said or None
    return ErrorMessage(_with_full_stop(found), _with_full_stop(fix), said, advised=bool(advice))


def _facts(error: ApiError) -> str:
    # IAM repeats the status as its code.
    code = "" if error.code == str(error.status) else error.code
    return f"HTTP {error.status}, {code}" if code else f"HTTP {error.status}"


def _with_full_stop(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."

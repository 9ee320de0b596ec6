"""What the doctor reports: an outcome for each check, in order, and what they come to."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

Outcome = Literal["ok", "warning", "failed", "skipped"]

TITLES: Final = {
    "settings": "settings",
    "files": "secret files",
    "audit": "audit log",
    "drs": "DRS endpoint",
    "iam": "IAM endpoint",
    "clock": "clock",
    "credential": "credential",
    "accepted": "authentication",
    "project": "project",
    "permission": "permission",
    "task": "task",
    "latency": "latency",
    "api": "API version",
}
"""The checks in their order: the key for scripts, and what a person reads."""

HIDDEN: Final = "***"
_SHORTEST_SECRET = 6
"""Replacing shorter values would riddle every sentence, and guard nothing."""


class Check(BaseModel):
    """One check: how it went, one line of what was found, and what to do about it.

    Attributes:
        id: a key of `TITLES`.
        outcome: how it went.
        found: one line of what was found.
        fix: what to do; None when nothing needs to be done.
        said: what the other side wrote, quoted; None when it wrote nothing.
        details: more lines, such as where settings came from.
        measured: numbers for scripts.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    outcome: Outcome
    found: str
    fix: str | None = None
    said: str | None = None
    details: tuple[str, ...] = ()
    measured: dict[str, int | float] = {}

    @property
    def title(self) -> str:
        """What a person reads."""
        return TITLES[self.id]

    @property
    def passed(self) -> bool:
        """Whether checks that need this one make sense."""
        return self.outcome in ("ok", "warning")

    def without(self, secrets: Iterable[str]) -> "Check":
        """The same check, whatever the other side may have repeated."""
        hidden = sorted((one for one in secrets if len(one) >= _SHORTEST_SECRET), key=len)

        def clean(text: str) -> str:
            for secret in reversed(hidden):
                text = text.replace(secret, HIDDEN)
            return text

        return self.model_copy(
            update={
                "found": clean(self.found),
                "fix": self.fix and clean(self.fix),
                "said": self.said and clean(self.said),
                "details": tuple(map(clean, self.details)),
            }
        )


class Report(BaseModel):
    """All checks of one profile. The keys of its JSON are always all there."""

    model_config = ConfigDict(frozen=True)

    outcome: Outcome
    headline: str
    exit_code: int
    version: str
    profile: str
    as_of: str
    counts: Mapping[Outcome, int]
    checks: tuple[Check, ...]


def report(checks: Iterable[Check], *, version: str, profile: str, as_of: str) -> Report:
    """Sum *checks* up."""
    made = tuple(checks)
    outcomes: tuple[Outcome, ...] = ("ok", "warning", "failed", "skipped")
    counts = {outcome: sum(check.outcome == outcome for check in made) for outcome in outcomes}
    worst: Outcome = "failed" if counts["failed"] else "warning" if counts["warning"] else "ok"
    return Report(
        outcome=worst,
        headline=_headline(made),
        exit_code=int(worst == "failed"),
        version=version,
        profile=profile,
        as_of=as_of,
        counts=counts,
        checks=made,
    )


def _headline(checks: tuple[Check, ...]) -> str:
    failed = [check.title for check in checks if check.outcome == "failed"]
    warned = [check.title for check in checks if check.outcome == "warning"]
    if failed:
        return f"It does not work. Failed: {', '.join(failed)}."
    if warned:
        return f"It works, with a warning about: {', '.join(warned)}."
    return "It works."

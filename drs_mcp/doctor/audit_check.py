"""Whether audit lines can be written, and what becomes of calls when they cannot."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from drs_mcp.clock import Clock
from drs_mcp.doctor.report import Check
from drs_mcp.errors import AuditError, SettingsError
from drs_mcp.ledger import Ledger
from drs_mcp.observe.audit import REQUIRED, VARIABLE, Call, audit_log
from drs_mcp.secret_files import CLOSE_IT, is_too_open
from drs_mcp.settings import VARIABLES

_ACTIONS: Final = VARIABLES["actions"][0]
_LOSSES: Final = "One that cannot be written is counted in the next, and no call fails."
_NO_LOSSES: Final = "A call whose line cannot be written fails."


@dataclass(frozen=True)
class AuditSettings:
    """The two variables, as they are set."""

    to: str = ""
    required: str = ""
    acts: bool = False
    """Whether actions are on: none leaves without its line."""

    @classmethod
    def of(cls, environ: Mapping[str, str]) -> "AuditSettings":
        """What an environment says."""
        actions = environ.get(_ACTIONS, "").strip().lower()
        return cls(
            environ.get(VARIABLE, "").strip(),
            environ.get(REQUIRED, "").strip().lower(),
            actions not in ("", "off"),
        )

    @property
    def file(self) -> Path | None:
        """The file, if lines go to one."""
        return None if self.to in ("", "off", "stderr") else Path(self.to).expanduser()


async def check_audit(settings: AuditSettings, clock: Clock) -> Check:
    """The check: writes one line to the file, if lines go to one."""
    variables = {VARIABLE: settings.to, REQUIRED: settings.required}
    try:
        log = audit_log(clock, variables, "stderr")  # as over HTTP
        if settings.file is not None:
            await log.write_now(Call("doctor", "ok", "", "doctor", "", 0, 0), Ledger())
    except (SettingsError, AuditError):
        if settings.file is None:
            fix = f"Set {VARIABLE} to stderr or a file, {REQUIRED} to on or off."
            found = f"{VARIABLE} and {REQUIRED} do not go together, or hold what they cannot."
            return Check(id="audit", outcome="failed", found=found, fix=fix)
        return _not_written(required=settings.required == "on")
    if settings.acts and settings.to == "off":
        found = f"{_ACTIONS} is on and {VARIABLE} is off: no action is sent without its line."
        fix = f"Set {VARIABLE} to stderr or a file, or unset {_ACTIONS}."
        return Check(id="audit", outcome="warning", found=found, fix=fix)
    if settings.file is None:
        return Check(id="audit", outcome="ok", found=_found(settings))
    if is_too_open(settings.file) and settings.file.is_file():
        found = f"Other users may read or change the file of {VARIABLE}."
        return Check(id="audit", outcome="warning", found=found, fix=CLOSE_IT)
    found = f"Audit lines go to a file, and one was written. {_losses(settings)}"
    return Check(id="audit", outcome="ok", found=found)


def _found(settings: AuditSettings) -> str:
    if not settings.to and settings.acts:
        return f"To stderr: {_ACTIONS} is on. {_losses(settings)}"
    if not settings.to:
        return "Off over stdio, to stderr over HTTP."
    return "Off." if settings.to == "off" else f"To stderr. {_losses(settings)}"


def _losses(settings: AuditSettings) -> str:
    return _NO_LOSSES if settings.required == "on" else _LOSSES


def _not_written(*, required: bool) -> Check:
    found = f"No line can be written to the file of {VARIABLE}."
    if required:
        found = f"{found} {REQUIRED} is on: every call fails."
    return Check(
        id="audit",
        outcome="failed",
        found=found,
        fix="Look whether its folder is there, may be written and has room.",
    )

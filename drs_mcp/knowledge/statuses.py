"""What each task status means (Table 5): its phase, its group, whether it is healthy."""

from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic_core import from_json


@dataclass(frozen=True, slots=True)
class Status:
    """A task status.

    Attributes:
        value: as DRS writes it; empty when unknown.
        phase: creating, configuration, starting, waiting, full, incremental, paused, stopping,
            stopped, rebuilding, changing, upgrading, deleted; empty when unknown.
        group: failed, running, waiting, paused, finished, configuration, changing, deleted or
            unknown.
        meaning: in plain words.
        meaning_dr: the same for disaster recovery, where it differs.
        healthy: False for failures; None where nothing can be said.
        moves: whether it can change without anyone acting.
        next: what may be done next.
    """

    value: str
    phase: str = ""
    group: str = "unknown"
    meaning: str = ""
    meaning_dr: str = ""
    healthy: bool | None = None
    moves: bool = True
    next: str = ""


@cache
def statuses() -> dict[str, Status]:
    """Every documented status by its value."""
    raw: dict[str, dict[str, Any]] = from_json(
        files("drs_mcp.knowledge").joinpath("statuses.json").read_bytes()
    )
    return {value: Status(value=value, **fields) for value, fields in raw.items()}


def status(value: str | None, task_type: str | None = None) -> Status:
    """The status of that value; one that is not documented has group `unknown`.

    FULL_TRANSFER_COMPLETE ends a full-only task, and lies between the phases of others.
    """
    found = statuses().get(value or "")
    if found is None:
        return Status(value=value or "")
    if value == "FULL_TRANSFER_COMPLETE" and task_type != "FULL_TRANS":
        return replace(
            found,
            group="running",
            meaning="full phase complete, incremental phase not started",
            moves=True,
            next="Wait for the incremental phase, or start it.",
        )
    return found

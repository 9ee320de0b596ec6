"""Pre-check items: what each one checks, why it fails, and the fix."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic_core import from_json


@dataclass(frozen=True, slots=True)
class PrecheckItem:
    """A documented pre-check item.

    Attributes:
        code: as DRS sends it; empty for items known by their title only.
        title: what is checked.
        group: DRS's own grouping.
        cause: why it fails, in our own words.
        fix: what to do.
        skippable: whether the documentation allows skipping it; None when it does not say.
        confidence: doc, doc-partial or inferred.
    """

    code: str
    title: str
    group: str = ""
    cause: str = ""
    fix: str = ""
    skippable: bool | None = None
    confidence: str = "doc"


@cache
def precheck_items() -> tuple[PrecheckItem, ...]:
    """Every documented item."""
    raw: list[dict[str, Any]] = from_json(
        files("drs_mcp.knowledge").joinpath("prechecks.json").read_bytes()
    )
    return tuple(PrecheckItem(**entry) for entry in raw)


@cache
def _by_code() -> dict[str, PrecheckItem]:
    return {item.code.lower(): item for item in precheck_items() if item.code}


def precheck_item(code: str) -> PrecheckItem | None:
    """The item of that code, matched without case."""
    return _by_code().get(code.lower())

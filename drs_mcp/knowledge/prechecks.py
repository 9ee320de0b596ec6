"""Pre-check items: what each one checks, why it fails, and the fix."""

import re
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic_core import from_json

from drs_mcp.knowledge.engines.links import DESTINATION, SOURCE, link_of


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
        engine: the engine that cause and fix are documented for, or any.
    """

    code: str
    title: str
    group: str = ""
    cause: str = ""
    fix: str = ""
    skippable: bool | None = None
    confidence: str = "doc"
    engine: str = "any"


_SEARCHED = 4000


@cache
def precheck_items() -> tuple[PrecheckItem, ...]:
    """Every documented item."""
    raw: list[dict[str, Any]] = from_json(
        files("drs_mcp.knowledge").joinpath("prechecks.json").read_bytes()
    )
    return tuple(PrecheckItem(**entry) for entry in raw)


@cache
def _by_code() -> dict[str, tuple[PrecheckItem, ...]]:
    found: dict[str, tuple[PrecheckItem, ...]] = {}
    for item in precheck_items():
        if item.code:
            key = item.code.lower()
            found[key] = (*found.get(key, ()), item)
    return found


def differs_by_engine(code: str) -> bool:
    """Whether what is known of an item depends on the task's engines."""
    return any(item.engine != "any" for item in _by_code().get(code.lower(), ()))


def precheck_item(code: str, *, link: str = "") -> PrecheckItem | None:
    """The item of that code, matched without case, as it is documented for the task's engines.

    *link* is the task's engine type. Where the item is documented for other engines only, it comes
    without their cause and fix; where the link is not known, with what holds for any engine if
    that is documented.
    """
    items = _by_code().get(code.lower(), ())
    if not items:
        return None
    general = next((item for item in items if item.engine == "any"), None)
    if not link:
        return general or items[0]
    own = next((item for item in items if _concerns(item, link)), None)
    return own or general or replace(items[0], cause="", fix="")


_CODE = re.compile(
    r"(?<![A-Za-z0-9_.])[A-Za-z]{6,60}(?![A-Za-z0-9_])(?!\W{1,3}(?i:passed|ok|skipped)\b|\W{0,3}通过)"
)
_FAILED = re.compile(
    r"\bfail(?:ed|s|ure)?\b|\bnot passed\b|失败|未通过|不通过|没有通过", re.IGNORECASE
)


def failed_item(message: str, *, link: str = "") -> PrecheckItem | None:
    """The item whose code a line names as failed, if its cause is documented for the link."""
    if _FAILED.search(message) is None:
        return None
    for code in _CODE.findall(message[:_SEARCHED]):
        item = precheck_item(code, link=link)
        if item is not None and item.cause:
            return item
    return None


def side_of_item(code: str) -> str:
    """The side that an item checks, by its code; empty where it checks both or neither."""
    lowered = code.lower()
    if lowered.startswith(("src", "source")):
        return SOURCE
    return DESTINATION if lowered.startswith(("dst", "target")) else ""


def _concerns(item: PrecheckItem, link: str) -> bool:
    """Whether the item's engine stands on the side that the item checks."""
    if item.engine == "any":
        return False
    task, side = link_of(link), side_of_item(item.code)
    engine = link_of(item.engine).source
    told = (engine, "mariadb" if engine == "mysql" else engine)
    if side:
        return task.engine_at(side) in told
    return any(stands in told for stands in task.engines)

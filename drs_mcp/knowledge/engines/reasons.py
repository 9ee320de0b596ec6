"""Why something is so that a message leaves open, by what lines beside it say: read-only, but why."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic_core import from_json

from drs_mcp.knowledge.engines.catalogue import ANY
from drs_mcp.knowledge.engines.links import EITHER
from drs_mcp.knowledge.engines.match import EngineFact
from drs_mcp.knowledge.engines.plain import sayings
from drs_mcp.knowledge.engines.sides import side_of
from drs_mcp.knowledge.traditional import simplified


@cache
def _reasons() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = from_json(
        files("drs_mcp.knowledge.engines").joinpath("reasons.json").read_bytes()
    )
    return found


def decided(fact: EngineFact, lines: Iterable[str], *, link: str = "") -> EngineFact:
    """The fact with the reason that the first line tells which has one, of the fact's own side.

    That the two belong together is inferred, so the engine no longer vouches for it.
    """
    reasons = _reasons().get(fact.leaves_open, ())
    if not reasons or fact.side == EITHER:
        return fact
    for line in lines:
        if side_of(line, link=link) not in ("", fact.side):
            continue
        pairs = {said.pair for said in sayings(simplified(line).lower())}
        for reason in reasons:
            if not pairs.isdisjoint(reason["says"]):
                meaning, todo = (
                    reason[part].replace("{side}", fact.side) for part in ("meaning", "todo")
                )
                return replace(fact, engine=ANY, meaning=meaning, todo=todo, leaves_open="")
    return fact

"""Why something is so that a message leaves open, by what lines beside it say: read-only, but why."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic_core import from_json

from drs_mcp.knowledge.engines.catalogue import ANY
from drs_mcp.knowledge.engines.links import DESTINATION, EITHER, SOURCE
from drs_mcp.knowledge.engines.match import EngineFact, explain
from drs_mcp.knowledge.engines.plain import sayings
from drs_mcp.knowledge.engines.sides import side_of
from drs_mcp.knowledge.traditional import simplified


@cache
def _reasons() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = from_json(
        files("drs_mcp.knowledge.engines").joinpath("reasons.json").read_bytes()
    )
    return found


_SIDES = (
    (SOURCE, re.compile(r"\bsource\b|源(?:库|端|实例)")),
    (DESTINATION, re.compile(r"\b(?:destination|target)\b|目标|目的")),
)


def _side_in(text: str) -> str:
    """The one side that a line names in any words; a line that is no error says `source disk`."""
    named = [side for side, words in _SIDES if words.search(text)]
    return named[0] if len(named) == 1 else ""


def _is_about(name: str, message: str, line: str) -> bool:
    """Whether a line names what a message names, should a reason be of one such thing only."""
    named = re.findall(name, message, re.IGNORECASE) if name else []
    return not named or any(one in line for one in named)


def decided(
    fact: EngineFact, lines: Iterable[str], *, link: str = "", message: str = ""
) -> EngineFact:
    """The fact of a message with the reason that the first line tells which has one, of its side.

    That the two belong together is inferred, so the engine no longer vouches for it.
    """
    reasons = _reasons().get(fact.leaves_open, ())
    if not reasons or fact.side == EITHER:
        return fact
    for line in lines:
        text = simplified(line).lower()
        if (side_of(line, link=link) or _side_in(text)) not in ("", fact.side):
            continue
        pairs = {said.pair for said in sayings(text)}
        kinds = {other.kind for other in explain(line, link=link)[:1]}
        for reason in reasons:
            says, means = reason.get("says", ()), reason.get("kinds", ())
            if _is_about(reason.get("about", ""), message, line) and not (
                pairs.isdisjoint(says) and kinds.isdisjoint(means)
            ):
                meaning, todo = (
                    reason[part].replace("{side}", fact.side) for part in ("meaning", "todo")
                )
                return replace(fact, engine=ANY, meaning=meaning, todo=todo, leaves_open="")
    return fact

"""What kind of error a message is, and whether it may pass by itself: codes first, then words."""

from collections.abc import Iterable
from typing import NamedTuple

from drs_mcp.knowledge.engines.catalogue import DETERMINISTIC, TRANSIENT
from drs_mcp.knowledge.engines.general import general_kind
from drs_mcp.knowledge.engines.match import explain
from drs_mcp.knowledge.engines.wrappers import WRAPPING, reason_behind
from drs_mcp.knowledge.traditional import simplified

UNKNOWN = "unknown"

_MEANS = {
    "deadlock": "Two sessions blocked each other at the {side}; such statements are tried again.",
    "lock_wait": "Another session of the {side} holds a lock for too long.",
    "missing_log": "A log or position that the task still needs is gone at the source.",
    "privilege": "The {side} refuses the account, or the account lacks a right there.",
    "constraint": "A row breaks a constraint of the {side}.",
    "capacity": "The {side} has run out of space, memory or connections.",
    "timeout": "The {side} did not answer in time.",
    "link": "The connection to the {side} could not be made or broke.",
    "throttling": "The {side} limits how much may be asked of it.",
    "type": "A value does not fit the type that its column has at the {side}.",
    "data": "A value does not fit its column at the {side}.",
    "schema": "An object is missing at the {side}, or is defined otherwise there.",
    "exists": "What is to be created exists at the {side} already.",
    "configuration": "A setting of the {side} does not allow what the task does.",
    "node": "The {side} is stopping, starting or failing over.",
}
"""What a message of a kind means, where nothing more exact is known of it."""


class Kind(NamedTuple):
    """A kind of error, and whether it may pass by itself; None where the kind is unknown."""

    name: str
    transient: bool | None

    def means(self, side: str) -> str:
        """What it means in general, in our own words; empty where the kind is unknown."""
        return _MEANS.get(self.name, "").replace("{side}", side or "database")

    @property
    def deterministic(self) -> bool:
        """Whether it stays until somebody repairs something."""
        return self.name in DETERMINISTIC


def kind_named(name: str) -> Kind:
    """The kind of that name."""
    if name in TRANSIENT:
        return Kind(name, transient=True)
    return Kind(name, transient=False) if name in DETERMINISTIC else Kind(UNKNOWN, transient=None)


def kind_of(message: str, codes: Iterable[str] = (), *, link: str = "", service: str = "") -> Kind:
    """The kind of a message: by the link's engines, else by general words, else unknown."""
    facts = explain(message, codes, link=link, service=service)
    message = simplified(message)
    if facts:
        return kind_named(facts[0].kind)
    behind = reason_behind(message)
    name = general_kind(behind) or general_kind(message)
    return kind_named(name if not behind or name not in WRAPPING else general_kind(behind))

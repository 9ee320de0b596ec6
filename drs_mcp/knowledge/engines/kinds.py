"""What kind of error a message is, and whether it may pass by itself: codes first, then words."""

from collections.abc import Iterable
from typing import NamedTuple

from drs_mcp.knowledge.engines.catalogue import DETERMINISTIC, TRANSIENT
from drs_mcp.knowledge.engines.general import general_kind
from drs_mcp.knowledge.engines.match import explain
from drs_mcp.knowledge.engines.wrappers import WRAPPING, other_reason
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

_ALIGN = (
    "Compare the column and the value that the line names on both sides; align them, then resume."
)
_TODO = {
    "deadlock": "It is tried again; if it recurs, look for who else writes to the {side}.",
    "lock_wait": "Look for the session of the {side} that holds the lock; let it finish, then resume.",
    "missing_log": "Check whether the source still has the log or position: if not, a new full copy is"
    " needed; keep logs longer first.",
    "privilege": "Test the login with the task's account at the {side}, and compare its rights with"
    " what the line names; correct them, then resume.",
    "constraint": "Compare the row and the constraint on both sides; align them, then resume.",
    "capacity": "Look at disk, memory and connections of the {side}; free or add what lacks, then"
    " resume.",
    "timeout": "Look at load and slow statements of the {side} first, then at the network.",
    "link": "Check network, port, security group and state of the {side}; resume when it can be"
    " reached.",
    "throttling": "Look at the quotas and the load of the {side}; it is tried again more slowly.",
    "type": _ALIGN,
    "data": _ALIGN,
    "schema": "Compare the object on both sides and look for DDL during the task; create or align it,"
    " then resume.",
    "exists": "Compare what exists at the {side} with what is to be created: rename a leftover, or"
    " leave it out of the task, then resume.",
    "configuration": "Look at the setting that the line names at the {side}; correct it, then resume.",
    "node": "Check uptime and failovers of the {side}; resume when it is up.",
}
"""What to look at first, where nothing more exact is known: what holds for any engine."""


class Kind(NamedTuple):
    """A kind of error, and whether it may pass by itself; None where the kind is unknown."""

    name: str
    transient: bool | None

    def means(self, side: str) -> str:
        """What it means in general, in our own words; empty where the kind is unknown."""
        return _MEANS.get(self.name, "").replace("{side}", side or "database")

    def todo(self, side: str) -> str:
        """What to look at first in general; empty where the kind is unknown."""
        return _TODO.get(self.name, "").replace("{side}", side or "database")

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
    behind = other_reason(message)
    name = general_kind(behind) or general_kind(message)
    return kind_named("" if behind and name in WRAPPING else name)


def is_plain(message: str, codes: Iterable[str] = (), *, link: str = "") -> bool:
    """Whether plain words alone tell the kind, which also stand in lines that tell no failure."""
    facts = explain(message, codes, link=link)
    return bool(facts) and facts[0].by == "plain" and not general_kind(simplified(message))

"""What kind of error a message is, and whether it may pass by itself: codes first, then words."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from drs_mcp.knowledge.engines.catalogue import DETERMINISTIC, TRANSIENT
from drs_mcp.knowledge.engines.match import explain

UNKNOWN = "unknown"
_SEARCHED = 4000

# Words that tell a kind where no engine's entry does; the first that is found decides.
_WORDS = re.compile(
    r"(?P<deadlock>\bdead-?lock(?:ed)?\b)"
    r"|(?P<lock_wait>\block (?:wait|request|timeout)|\bwaiting for (?:a |the )?lock\b|\block timed out)"
    r"|(?P<missing_log>\b(?:log|binlog|wal|oplog|archive|redo|position|offset|slot)s?\b.{0,80}"
    r"\b(?:purged|overwritten|no longer (?:available|exists?)|has been (?:deleted|removed))\b)"
    r"|(?P<privilege>\b(?:permission|access) denied\b|\bnot authori[sz]ed\b|\bunauthori[sz]ed\b"
    r"|\binsufficient privileges?\b|\bauthentication fail|\binvalid (?:user ?name|password)\b"
    r"|\blogin failed\b)"
    r"|(?P<constraint>\bduplicate (?:key|entry|value)|\bconstraint\b.{0,80}\b(?:violat|fail|conflict)"
    r"|\bviolat\w{1,6}\b.{0,80}\bconstraint\b|\bunique key\b.{0,60}\bconflict)"
    r"|(?P<capacity>\bno space left\b|\bdisk (?:is )?full\b|\bout of (?:memory|disk|space)\b"
    r"|\bquota exceeded\b|\btoo many (?:connections|open files|clients|sessions)\b"
    r"|\binsufficient (?:memory|disk|space|storage)\b|\btablespace\b.{0,60}\bfull\b)"
    r"|(?P<timeout>\btimed[ -]?out\b|\btime-?out (?:exceeded|expired|occurred|reached|error|while)"
    r"|\b(?:connect(?:ion)?|read|write|socket|request|query|statement|session|wait) time-?out\b)"
    r"|(?P<link>\bconnection (?:was |has been |is )?(?:lost|reset|closed|refused|aborted|broken"
    r"|failed|interrupted)\b|\bdisconnected\b|\bunreachable\b|\bnetwork error\b|\bbroken pipe\b)"
    r"|(?P<throttling>\bthrottl|\brate limit|\btoo many requests\b)"
    r"|(?P<type>\btype mismatch\b|\bcannot (?:be )?(?:converted|convert|cast)\b|\bconversion failed\b"
    r"|\binvalid (?:number|date|datetime|timestamp|input syntax)\b|\bunsupported (?:data )?type\b)"
    r"|(?P<data>\bdata too long\b|\bvalue too (?:long|large)\b|\bout of range\b|\bwould be truncated\b"
    r"|\bnumeric overflow\b|\binvalid (?:byte|character|encoding)\b)"
    r"|(?P<schema>\bdoes ?n[o']t exist\b|\bdoes not exist\b|\balready exists\b|\bsyntax error\b"
    r"|\bunknown (?:column|table|database|collection|field)\b"
    r"|\b(?:column|table|relation|object|collection|index|schema)\b.{0,80}\bnot found\b)"
    r"|(?P<configuration>\bread-?only\b.{0,60}\b(?:cannot|refus|reject|den)|\bis not enabled\b"
    r"|\bcertificate\b.{0,60}\b(?:expired|invalid|not trusted)\b)"
    r"|(?P<node>\bshutting down\b|\bis (?:starting up|unavailable|restarting)\b|\bcrashed\b"
    r"|\bno (?:primary|master)\b|\bnot (?:the )?(?:primary|master)\b)",
    re.IGNORECASE,
)
_HEALED = re.compile(
    r"\b(?:re-?connected|re-?established|recovered|restored|succeeded|resolved|resumed|finished|completed)\b"
    r"|\b(?:no|0|without|zero) (?:errors?|conflicts?|dead-?locks?|duplicates?|timeouts?)\b"
    r"|\bnot found in cache\b",
    re.IGNORECASE,
)


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
    if facts:
        return kind_named(facts[0].kind)
    text = message[:_SEARCHED]
    found = None if _HEALED.search(text) else _WORDS.search(text)
    return kind_named((found.lastgroup or "") if found else "")

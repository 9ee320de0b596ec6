"""The kind of error that general words tell, where no engine's entry knows the message."""

import re

_SEARCHED = 4000

# Words that tell a kind where no engine's entry does; the first that is found decides.
_WORDS = re.compile(
    r"(?P<deadlock>\bdead-?lock(?:ed)?\b)"
    r"|(?P<lock_wait>\block (?:wait|request|timeout)|\bwaiting for\b.{0,40}\block\b|\block timed out)"
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


def general_kind(message: str) -> str:
    """The name of the kind that the first telling words say, or empty."""
    text = message[:_SEARCHED]
    found = None if _HEALED.search(text) else _WORDS.search(text)
    return (found.lastgroup or "") if found else ""

"""The kind of error that general words tell, where no engine's entry knows the message."""

import re

_SEARCHED = 4000

_OTHERWISE = re.compile(
    # What a database has nothing to do with: files, processes and quotas of where DRS runs.
    r"\bFileNotFoundException\b.{0,300}|\bAccessDeniedException: .{0,300}"
    r"|(?:/[\w.+-]{1,80}){2,20}\W{1,4}permission denied\b"
    r"|(?<![\w.`'\"])(?:files?|path|directory|folder|bucket|process|thread|keystore|agency)\b.{0,60}"
    r"\b(?:does not exist|doesn't exist|not found|already exists|(?:access|permission) denied)\b"
    r"|\b(?:nodes?|instances?|flavou?r|specifications?|project|tenant|vcpus?)\b.{0,60}"
    r"\bquota exceeded\b"
    r"|\bquota exceeded for resources\b|\bKeeperErrorCode\b.{0,300}"
    r"|\bquota exceeded\b.{0,60}"
    r"\b(?:nodes?|instances?|flavou?r|specifications?|project|tenant|vcpus?)\b"
    r"|\b(?:worker|thread|executor|pool|process|writer|reader)s?\b.{0,40}"
    r"\b(?:shutting down|is (?:unavailable|restarting|starting up))\b"
    # Places in a program, a file or a stream.
    r"|\b(?:index|subscript|ports?|offset|position|partition|length|cursor|page)\b.{0,80}"
    r"\bout of range\b"
    # Logs that no task reads its changes from.
    r"|\b(?:audit|error|slow|slow query|general|operation|trace|debug|access|gc|system)[ -]?logs?\b"
    r"|\bmarked as crashed\b",
    re.IGNORECASE,
)
"""Phrases whose words mean something else than they do alone."""

# Words that tell a kind where no engine's entry does; the first that is found decides.
_WORDS = re.compile(
    r"(?P<deadlock>\bdead-?lock(?:ed)?\b)"
    r"|(?P<lock_wait>\block (?:wait|request|timeout)|\bwaiting for\b.{0,40}\block\b|\block timed out)"
    r"|(?P<missing_log>\b(?:log|binlog|wal|oplog|archive|redo|position|offset|slot)s?\b.{0,80}"
    r"\b(?:purged|overwritten|no longer (?:available|exists?)"
    r"|ha(?:s|ve) (?:already )?been (?:deleted|removed|recycled))\b)"
    r"|(?P<privilege>\b(?:permission|access) denied\b|\bnot authori[sz]ed\b|\bunauthori[sz]ed\b"
    r"|\binsufficient privileges?\b|\b(?:authentication|authori[sz]ation) fail|\binvalid (?:user ?name|password)\b"
    r"|\b(?:user ?name|user ?id|password|credential)s?\b[^.;:\n]{0,24}\b(?:invalid|incorrect|wrong|expired)\b"
    r"|\blogin failed\b)"
    r"|(?P<constraint>\bduplicate (?:key|entry|value)|\bconstraint\b.{0,80}\b(?:violat|fail|conflict)"
    r"|\bviolat\w{1,6}\b.{0,80}\bconstraint\b|\bunique key\b.{0,60}\bconflict"
    r"|(?:\b(?:row|record)s?\b|\bkey \()[^.;:]{0,60}\balready exists?\b)"
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
    r"|(?P<data>\bdata too long\b|\bvalue too (?:long|large)\b|\bwould be truncated\b"
    r"|\b(?:values?|number|numeric|integer|bigint|smallint|float|double|decimal|date|time|timestamp)\b"
    r".{0,80}\bout of (?:valid )?range\b|\bout of (?:valid )?range\b.{0,40}\b(?:column|field|value)\b"
    r"|\bnumeric overflow\b|\binvalid (?:byte|character|encoding)\b)"
    r"|(?P<schema>\bdoes ?n[o']t exist\b|\bdoes not exist\b|\bsyntax error\b"
    r"|\bunknown (?:column|table|database|collection|field)\b"
    r"|\b(?:column|table|relation|object|collection|index|schema)\b.{0,80}\bnot found\b)"
    r"|(?P<exists>\balready exists\b)"
    r"|(?P<configuration>\bread-?only\b.{0,60}\b(?:cannot|refus|reject|den)|\bis not enabled\b"
    r"|\bcertificate\b.{0,60}\b(?:expired|invalid|not trusted)\b)"
    r"|(?P<node>\bshutting down\b|\bis (?:starting up|unavailable|restarting)\b|\bcrashed\b"
    r"|\b(?:no|not|not a|not the) (?:primary|master)\b(?=\W{0,3}(?:\Z|[.,;:)\n]|(?:nodes?|member|server"
    r"|replica|host|available|elected|found|detected|reachable|in|at|of|for|is|was|could|any)\b)))",
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
    found = None if _HEALED.search(text) else _WORDS.search(_OTHERWISE.sub(" ", text))
    return (found.lastgroup or "") if found else ""

"""Where a message tells the reason of its own first words: `read table=… failed: X`, `Caused by: X`.

The first words are a wrapper: what the reporter was doing when it met X. X decides.
"""

import re
from itertools import islice

from drs_mcp.knowledge.engines.general import general_kind

WRAPPING = frozenset(("link", "timeout"))
"""Kinds that are often no more than how another error was met."""

_SEARCHED = 16000
_TOLD = 400
"""So much of what stands behind is looked at: a reason begins with what decides."""

_SERVICE = re.compile(
    r"\s{0,9}service \w{1,20} failed[,!]?\s{0,4}cause by\s{0,3}[:：]", re.IGNORECASE
)
"""DRS's outermost words, which every error of a component has."""

_BEGINS = re.compile(
    r"(?<![A-Za-z])(?i:caused? by)\s{0,4}[:：{(\[]\s{0,4}"
    r"|(?<![A-Za-z])(?i:nested exception is|message is|while(?= waiting for))\s{1,4}"
    r"|(?<![A-Za-z])(?i:reason)\s{0,2}[:：=]\s{0,2}\[?\s{0,4}"
    r"|(?<![A-Za-z])(?i:failed|failure)\s?[:：]\s{1,4}"
    r"|(?<![A-Za-z])(?i:url|user)=[^\s，]{0,400}[\s，]{1,4}"
    r"|(?:原因(?:是|为)?|失败|异常)\s?[:：，,]\s{0,4}"
)
_FRAMES = re.compile(r"^\s{1,8}at \S.*$|^\s{1,8}\.{3} \d{1,4} (?:more|common).*$", re.MULTILINE)
_PARAMETER = re.compile(r"\w{1,40}=\S{0,400}")
_WORD = re.compile(r"[A-Za-z][a-z]{2,}|[A-Z]{4,}|[\u4e00-\u9fff]")
_NOTHING = re.compile(
    r"\W{0,4}(?:(?:null|none|unknown(?: error)?|n/a|empty|see|please|check|will (?:be )?(?:try|retr)\w*"
    r"|retry\w*|giving up|gave up)\b|空|未知|将|请|稍后|重试)",
    re.IGNORECASE,
)
_AGREES = re.compile(
    r"\bnetwork|\b(?:over)?load(?:ed)?\b|\bbusy\b|\bslow|\bunstable\b|网络|负载|繁忙|缓慢|响应慢",
    re.IGNORECASE,
)
"""Why a connection breaks or an answer is late: what such a wrapper means itself."""

_LEAST = 2
_REASON = re.compile(r"(?<![A-Za-z])reason\s{0,2}[:：=]\s{0,2}\[([^\]]{1,1000})\]", re.IGNORECASE)
_MOST = 20
_LEFT_OUT = "…"


def reason_behind(message: str) -> str:
    """What stands behind the last wrapper of a message; empty if no words do."""
    text = message[:_SEARCHED]
    service = _SERVICE.match(text)
    for found in reversed(list(_BEGINS.finditer(text, service.end() if service else 0))):
        behind = text[found.end() :]
        if _has_words(behind[:_TOLD]):
            return behind
    return ""


def other_reason(message: str) -> str:
    """What stands behind the last wrapper, unless it is what a broken or slow link means itself."""
    behind = reason_behind(message)
    agrees = general_kind(behind) in WRAPPING or _AGREES.search(behind[:_TOLD]) is not None
    return "" if agrees else behind


def reasons_apart(message: str) -> list[str]:
    """A message that gives several things a reason each, cut into one message for each of them.

    What was left out of a long message may have cut a reason in two: such a one tells nothing.
    """
    if "eason" not in message:
        return []
    whole = (one for one in _REASON.finditer(message[:_SEARCHED]) if _LEFT_OUT not in one[1])
    found = list(islice(whole, _MOST))
    if len(found) < 2:
        return []
    head = message[: found[0].start()]
    return [f"{head}reason:[{one[1]}]" for one in found]


def tells_all_reasons(message: str) -> bool:
    """Whether `reasons_apart` has all reasons of a message, and not the first of more."""
    whole = len(message) <= _SEARCHED and _LEFT_OUT not in message
    return whole and len(_REASON.findall(message)) <= _MOST


def _has_words(behind: str) -> bool:
    if _NOTHING.match(behind):
        return False
    bare = _PARAMETER.sub(" ", _FRAMES.sub("", behind))
    return len(_WORD.findall(bare)) >= _LEAST

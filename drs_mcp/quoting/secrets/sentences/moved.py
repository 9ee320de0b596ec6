"""A secret that is set or changed: `password changed from SECRET to SECRET`, `password = "SECRET" -> "SECRET"`."""

import re

from drs_mcp.quoting.secrets.bare import bare
from drs_mcp.quoting.secrets.sentences.judged import if_told, kind_of
from drs_mcp.quoting.secrets.values import QUOTE, Scan, Span, opening
from drs_mcp.quoting.secrets.weighing import Key, assigned

FROM = re.compile(
    r"(?:\s(?:for|of)\s(?:the\s)?(?:user\s)?\S{1,64})?\s(?:(?:was|is|has\sbeen)\s)?(?:successfully\s)?"
    r"(?:changed|updated|modified|reset|rotated|altered)\sfrom\s"
)
_TO = re.compile(rf"{QUOTE}?\s(?:in)?to\s")


def old_and_new(scan: Scan, at: int, key: Key) -> tuple[Span, ...]:
    """`password changed from SECRET to SECRET`."""
    key.is_prose = True
    old = assigned(scan, at, key)
    to = _TO.match(scan.low, old[-1].end) if old else None
    return (*old, *assigned(scan, to.end(), key)) if to else old


_ARROW = re.compile(
    rf"(?P<close>{QUOTE})?(?:\s?(?:->|=>|→|-&gt;|=&gt;|已?(?:改|变更|變更|更新|替换|换)[为成])\s?"
    r"|\s(?:(?:was|is|has\sbeen)\s)?(?:changed|replaced|updated|rotated|reset)\s(?:(?:in)?to|by|with)\s|(?P<to>\sto\s))(?=\S)"
)


def with_new(scan: Scan, old: tuple[Span, ...], key: Key) -> tuple[Span, ...]:
    """The old value and, behind an arrow, the new one: `password = "SECRET" -> "SECRET"`."""
    arrow = _ARROW.match(scan.low, old[-1].end) if old else None
    if arrow is None:
        return old
    if (mark := opening(scan, arrow.end())) is not None:
        if arrow["to"] and mark[0] != arrow["close"]:
            return old
        return (*old, *assigned(scan, arrow.end(), key))
    if arrow["to"]:
        return old  # whom it is told
    return (*old, *if_told(scan, bare(scan, arrow.end(), arrow.end()), "password"))


_SETTING = re.compile(
    r"\b(?:(?:re)?set(?:s|ting)?|chang(?:e|es|ed|ing)|updat(?:e|es|ed|ing)|initiali[sz](?:e|ed|ing)|overrid(?:e|es|den|ing)"
    r"|assign(?:s|ed|ing)?|bind(?:s|ing)?|bound|map(?:s|ped|ping)?|replac(?:e|es|ed|ing))\s(?:(?:the|its|new|property|parameter|option|key|variable)\s){0,2}(?:[\w.@'\-]{1,64}\s)?[${'\"]{0,3}\Z"
)


_RESOLVED = re.compile(
    r"[}\])]{0,2}\s(?:(?:was|is|has\sbeen)\s)?(?:(?:resolved|expanded|evaluated|changed|updated|set)\s(?:to|as)|replaced\s(?:with|by)"
    r"|(?:has|with)\s(?:the\s)?value)\s"
)
_REPLACED = re.compile(r"[}\])]{0,2}\s(?:to|with|by)\s")


def set_to(scan: Scan, key: Key) -> tuple[Span, ...]:
    """`setting spring.datasource.password to 'SECRET'`, `${db.password} resolved to 'SECRET'`."""
    said = _RESOLVED.match(scan.low, key.end)
    if said is None and _SETTING.search(key.outside(scan).lower()):
        said = _REPLACED.match(scan.low, key.end)
    if said is None:
        return ()  # a password is sent to somebody, too
    if opening(scan, said.end()) is not None:
        return assigned(scan, said.end(), key)
    kind = kind_of(key)
    return if_told(scan, bare(scan, said.end(), said.end()), kind) if kind else ()

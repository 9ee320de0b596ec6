"""A secret that is set or changed: `password changed from SECRET to SECRET`, `password = "SECRET" -> "SECRET"`."""

import re

from drs_mcp.quoting.secrets.bare import bare
from drs_mcp.quoting.secrets.sentences.judged import if_told
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


_ARROW = re.compile(rf"(?:{QUOTE})?\s?(?:->|=>|→|-&gt;|=&gt;)\s?(?=\S)")


def with_new(scan: Scan, old: tuple[Span, ...], key: Key) -> tuple[Span, ...]:
    """The old value and, behind an arrow, the new one: `password = "SECRET" -> "SECRET"`."""
    arrow = _ARROW.match(scan.low, old[-1].end) if old else None
    if arrow is None:
        return old
    if opening(scan, arrow.end()) is not None:
        return (*old, *assigned(scan, arrow.end(), key))
    return (*old, *if_told(scan, bare(scan, arrow.end(), arrow.end()), "password"))


_SETTING = re.compile(
    r"\b(?:(?:re)?set(?:s|ting)?|chang(?:e|es|ed|ing)|updat(?:e|es|ed|ing)|initiali[sz](?:e|ed|ing)|overrid(?:e|es|den|ing)"
    r"|assign(?:s|ed|ing)?|bind(?:s|ing)?|bound|map(?:s|ped|ping)?)\s(?:(?:the|its|new|property|parameter|option|key|variable)\s){0,2}(?:[\w.@'\-]{1,64}\s)?\Z"
)


def set_to(scan: Scan, key: Key) -> tuple[Span, ...]:
    """`setting spring.datasource.password to 'SECRET'`."""
    if not scan.low.startswith(" to ", key.end) or not _SETTING.search(key.outside(scan).lower()):
        return ()  # a password is sent to somebody, too
    at = key.end + len(" to ")
    if opening(scan, at) is not None:
        return assigned(scan, at, key)
    return if_told(scan, bare(scan, at, at), "password")

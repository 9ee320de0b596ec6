"""The pair of keys of a cloud, named by two letters in a sentence: `AK HPUA… and SK q8Vw…`.

Two letters name much else; hidden is only what has the form of such a key.
"""

import re
from typing import Final

from drs_mcp.quoting.secrets.sentences.echoed import is_key
from drs_mcp.quoting.secrets.values import QUOTE, Scan, Span

NAMED: Final = (
    "ak ", " sk ", "(sk ", "（sk ", ",sk ", "，sk ", "、sk ", "：sk ", ":sk ", "/sk ", '"sk ', "和sk", "与sk", "ak为", "ak是", "ak(", "ak（", "ak[", "ak【", "sk为", "sk是",
)  # fmt: skip
"""Where such a key may follow; a blank alone does not tell SK from a task."""

_NAMED = re.compile(
    rf"[^a-z0-9]?(?P<name>[as]k)(?:\sid)?\s?(?:为|是|[:：=])?\s?(?:[(（\[【]|{QUOTE})?(?P<value>[a-z0-9+/]{{16,64}})(?![a-z0-9_+/=])"
)
_PAIR = re.compile(
    r"ak.?sk[\s:：]{1,2}(?P<key>[a-z0-9]{16,64})\s?[/,，、]\s?(?P<secret>[a-z0-9+/]{16,64})(?![a-z0-9_+/=])"
)


def access_key(scan: Scan, at: int) -> tuple[Span, ...]:
    """`AK SECRET`, `SK SECRET`, `AK为SECRET`."""
    found = _NAMED.match(scan.low, at)
    before = scan.before(at)[-1:].lower()
    if found is None or (found.start("name") == at and (before.isascii() and before.isalnum())):
        return ()
    return _keys(scan, found)


def access_keys(scan: Scan, at: int) -> tuple[Span, ...]:
    """`AK/SK KEY/SECRET`."""
    found = _PAIR.match(scan.low, at)
    return _keys(scan, found) if found else ()


def _keys(scan: Scan, found: re.Match[str]) -> tuple[Span, ...]:
    spans = [Span(*found.span(group)) for group in found.groupdict() if group != "name"]
    return tuple(span for span in spans if is_key(scan.text[span.start : span.end]))

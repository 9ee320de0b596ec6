"""Hides secrets in text by their form, in one pass from left to right.

A trigger says where to look (`forms`), a reader what the secret is, and what was hidden is
never looked at again: the result does not depend on it. The time is linear in the text's length.
"""

from heapq import heapify, heappop, heapreplace
from typing import Final

from drs_mcp.quoting.secrets.forms import AT_SIGN, FORMS
from drs_mcp.quoting.secrets.locators import before_at_signs
from drs_mcp.quoting.secrets.tokens import hide_split_secrets
from drs_mcp.quoting.secrets.values import Scan, Span

__all__ = [
    "SECRET_TRIGGERS",
    "hide_secrets",
    "hide_split_secrets",
    "may_hold_secret",
    "triggers_in",
]

SECRET_TRIGGERS: Final[tuple[str, ...]] = tuple(
    trigger
    for trigger in (*FORMS, AT_SIGN)
    if not any(other != trigger and other in trigger for other in FORMS)
)
"""Words and characters in lower case. Where none of them stands in `text.lower()`, `hide_secrets`
changes nothing."""

_ORDER: Final = tuple(FORMS)
_NUMBERS: Final = {trigger: number for number, trigger in enumerate(_ORDER)}
_FIRST: Final = -1

_RAREST_FIRST: Final = "@%*\\\"'=/_qxjzw5-:"


def _by_rare_sign() -> dict[str, tuple[str, ...]]:
    """The triggers by a character of theirs that most text lacks.

    One character is found some fifty times as fast as two.
    """
    groups: dict[str, tuple[str, ...]] = {}
    for trigger in _ORDER:
        sign = next((rare for rare in _RAREST_FIRST if rare in trigger), "")
        groups[sign] = (*groups.get(sign, ()), trigger)
    return groups


_WITHOUT_RARE_SIGN: Final = tuple(t for t in _by_rare_sign().pop("") if t.isascii())
_BY_RARE_SIGN: Final = tuple((sign, found) for sign, found in _by_rare_sign().items() if sign)
_BEYOND_ASCII: Final = tuple(trigger for trigger in _ORDER if not trigger.isascii())


def triggers_in(low: str) -> list[str]:
    """The triggers but for `@` that stand in a lower-case text, be it a line or a page."""
    present = [trigger for trigger in _WITHOUT_RARE_SIGN if trigger in low]
    for sign, triggers in _BY_RARE_SIGN:
        if sign in low:
            present += [trigger for trigger in triggers if trigger in low]
    if not low.isascii():
        present += [trigger for trigger in _BEYOND_ASCII if trigger in low]
    return present


def may_hold_secret(text: str) -> bool:
    """Whether *text* is worth a closer look."""
    low = text.lower()
    return AT_SIGN in low or bool(triggers_in(low))


def hide_secrets(text: str) -> str:
    """*text* with `***` in place of every secret, and all else as it was.

    Invisible characters must have been dropped before. Applied twice it changes nothing more.
    """
    low = text.lower()
    present = triggers_in(low)
    if not present and AT_SIGN not in low:
        return text
    if len(low) != len(text):  # İ becomes two characters
        low = "".join(sign if len(sign.lower()) > 1 else sign.lower() for sign in text)
    places = [(low.find(trigger), _NUMBERS[trigger], 0) for trigger in present if trigger in low]
    if AT_SIGN in low:
        places += [(span.start, _FIRST, span.end) for span in before_at_signs(text, low)]
    return _hidden(Scan(text, low), places)


def _hidden(scan: Scan, places: list[tuple[int, int, int]]) -> str:
    """Read on at every place where a trigger stands, from left to right."""
    heapify(places)
    while places:
        place, number, end = places[0]
        if number == _FIRST:
            scan.hide(Span(place, end))
            heappop(places)
            continue
        trigger = _ORDER[number]
        if place >= scan.pos:
            for reader in FORMS[trigger]:
                if spans := reader(scan, place):
                    for span in spans:
                        scan.hide(span)
                    break
        following = scan.low.find(trigger, max(place + 1, scan.pos))
        if following < 0:
            heappop(places)
        else:
            heapreplace(places, (following, number, 0))
    return scan.shown()

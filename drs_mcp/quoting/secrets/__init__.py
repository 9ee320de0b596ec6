"""Hides secrets in text by their form, in one pass from left to right.

A trigger says where to look (`forms`), a reader what the secret is, and what was hidden is
never looked at again: the result does not depend on it. The time is linear in the text's length.
"""

from collections.abc import Iterable, Iterator, Sequence
from heapq import heapify, heappop, heappush, heapreplace
from typing import Final

from drs_mcp.quoting.folding import folded, narrowed
from drs_mcp.quoting.secrets.forms import AHEAD, AT_SIGN, FAR, FORMS, Reader
from drs_mcp.quoting.secrets.locators import before_at_signs
from drs_mcp.quoting.secrets.rows import (
    goes_on,
    is_told,
    lines_of_pairs,
    rows_to_join,
    spans_by_row,
)
from drs_mcp.quoting.secrets.tokens import PEM_MARKER, hide_key_material, hide_split_pem
from drs_mcp.quoting.secrets.values import Scan, Span
from drs_mcp.slices import CLOSE_LOOK, Meter, Slices

__all__ = [
    "PEM_MARKER",
    "SECRET_TRIGGERS",
    "folded",
    "hide_across_rows",
    "hide_by_neighbours",
    "hide_key_material",
    "hide_secrets",
    "hide_split_pem",
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

_HOLDING: Final = {
    word: tuple(trigger for trigger in FORMS if word in trigger) for word in SECRET_TRIGGERS
}
_ORDER: Final = tuple(FORMS)
_NUMBERS: Final = {trigger: number for number, trigger in enumerate(_ORDER)}
_FIRST: Final = -1
_Place = tuple[int, int, int, str]
"""Where a trigger stands, its number, 0, ""; or where a secret begins, _FIRST, and the rest of it."""

_RAREST_FIRST: Final = "@~|%*\\\"'=/_qxjzw5-:"


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
    low = folded(text)
    return AT_SIGN in low or bool(triggers_in(low))


def hide_secrets(text: str, words: Iterable[str] | None = None) -> str:
    """*text* with `***` in place of every secret, and all else as it was.

    Invisible characters must have been dropped before. Applied twice it changes nothing more.

    Args:
        text: the text.
        words: those of SECRET_TRIGGERS that it holds, and maybe others; None: it is looked for them.
    """
    scan = _scanned(text, words)
    return text if scan is None else scan.shown()


def hide_by_neighbours(
    rows: Sequence[str],
    alone: Sequence[str],
    places: Iterable[int],
    *,
    newest_first: bool | None = None,
) -> Slices[dict[int, str]]:
    """The rows without those of their secrets whose end the rows beside them tell, by place.

    A line among lines that are pairs as well, `password=a b`, is the value to its end.

    Args:
        rows: the rows of a page, without invisible characters.
        alone: the same, each without what by itself shows to be hidden.
        places: of those that hold a trigger.
        newest_first: how the rows are sorted; None: it is not known, either may be.
    """
    hidden: dict[int, str] = {}
    meter = Meter(CLOSE_LOOK)
    for group in lines_of_pairs(rows, places, newest_first=newest_first):
        place = group.rows.index(group.name)
        lines = [alone[one].rpartition("\n")[2] for one in group.rows[:place]]
        begins = sum(len(line) + 1 for line in lines)
        ends = begins + len(rows[group.name])
        lines += [rows[group.name]]
        lines += [alone[one].partition("\n")[0] for one in group.rows[place + 1 :]]
        text = "\n".join(lines)
        if meter.full(len(text)):
            yield
        scan = _scanned(text)
        if scan is None:
            continue
        # What the row before leaves open may have been cut there.
        crosses = any(s.start <= edge < s.end for s in scan.spans for edge in (begins, ends))
        found = spans_by_row(list(map(len, lines)), scan.spans)[place]
        if found and not crosses:
            hidden.setdefault(group.name, _without(rows[group.name], found))
    return hidden


def hide_across_rows(
    rows: Sequence[str],
    alone: Sequence[str],
    places: Iterable[int],
    *,
    newest_first: bool | None = None,
) -> Slices[dict[int, str]]:
    """The rows without those of their secrets whose name or beginning is in another row, by place.

    Args:
        rows: the rows, without invisible characters.
        alone: the same, each without what by itself shows to be hidden: what is found across rows
            depends on no secret of another row.
        places: of those that hold a trigger.
        newest_first: how the rows are sorted; None: it is not known, either may be.
    """
    shown = list(alone)
    hidden: dict[int, str] = {}
    meter = Meter(CLOSE_LOOK)
    for group in rows_to_join(rows, alone, places, newest_first=newest_first):
        name, *others = group.rows
        first = alone[name] if group.quoted else rows[name]
        lines = [first, *(shown[place] for place in others)]
        text = "\n".join(lines)
        if meter.full(len(text)):
            yield
        scan = _scanned(text)
        if scan is None or not scan.spans:
            continue
        spans = scan.spans
        if group.quoted:  # and ended in another row, else it was cut
            end = len(lines[0])
            spans = [span for span in spans if span.start <= end < span.end < len(text)]
        if group.header:  # a cell ends in its row
            spans = [span for span in spans if "\n" not in text[span.start : span.end]]
        found = dict(zip(group.rows, spans_by_row(list(map(len, lines)), spans), strict=True))
        if not group.header:
            found = {place: goes_on(shown[place], found[place]) for place in others}
        if group.wire or all(
            is_told(shown[place], found[place], quoted=group.quoted) for place in others
        ):
            for place in others:
                shown[place] = _without(shown[place], found[place])
                if found[place]:
                    hidden[place] = shown[place]
    return hidden


def _without(row: str, spans: Iterable[Span]) -> str:
    end = len(row)
    for span in sorted(spans, reverse=True):
        if span.start < end:
            row = row[: span.start] + span.shown + row[min(span.end, end) :]
            end = span.start
    return row


def _scanned(text: str, words: Iterable[str] | None = None) -> Scan | None:
    """The text with its secrets found; None: it holds no trigger."""
    low = folded(text)
    if words is None:
        present = triggers_in(low)
    else:
        among = dict.fromkeys(one for word in words for one in _HOLDING.get(word, ()))
        present = [trigger for trigger in among if trigger in low]
    if not present and AT_SIGN not in low:
        return None
    plain = narrowed(text)
    places: list[_Place] = [(low.find(one), _NUMBERS[one], 0, "") for one in present if FORMS[one]]
    places += [(span.start, _FIRST, *span[1:]) for span in _ahead(Scan(plain, low, text), present)]
    if AT_SIGN in low:
        places += [(span.start, _FIRST, *span[1:]) for span in before_at_signs(plain, low)]
    return _read(Scan(plain, low, text), places)


def _ahead(scan: Scan, present: Iterable[str]) -> Iterator[Span]:
    """The secrets that what follows them announces."""
    for trigger in present:
        reader = AHEAD.get(trigger)
        at = scan.low.find(trigger) if reader else -1
        while reader and at >= 0:
            yield from reader(scan, at)
            at = scan.low.find(trigger, at + 1)


_MOST_PLACES: Final = 20_000
"""A text in which more words announce a secret was written to take long: the rest of it is hidden."""


_NEAR: Final = 32
"""So near behind its trigger nothing of its own can stand before a secret."""


def _read(scan: Scan, places: list[_Place]) -> Scan:
    """Read on at every place where a trigger stands, from left to right.

    A secret that stands further on waits in *places*: others may stand before it.
    """
    heapify(places)
    read_to: dict[Reader, int] = {}
    for _ in range(_MOST_PLACES):
        if not places:
            break
        place, number, end, shown = places[0]
        if number == _FIRST:
            scan.hide(Span(place, end, shown))
            heappop(places)
            continue
        trigger = _ORDER[number]
        waiting = _hidden_at(scan, place, trigger, read_to) if place >= scan.pos else []
        following = scan.low.find(trigger, max(place + 1, scan.pos))
        if following < 0:
            heappop(places)
        else:
            heapreplace(places, (following, number, 0, ""))
        for span in waiting:
            heappush(places, (span.start, _FIRST, span.end, span.shown))
    if places:
        scan.hide(Span(places[0][0], len(scan.text)))
    return scan


def _hidden_at(scan: Scan, place: int, trigger: str, read_to: dict[Reader, int]) -> list[Span]:
    """Hide what the first reader finds that finds something, and give back what stands further on.

    *read_to* tells how far those have read that read far ahead: they look there once.
    """
    for reader in FORMS[trigger]:
        if place < read_to.get(reader, 0) or not (spans := reader(scan, place)):
            continue
        near = place + _NEAR
        if reader in FAR:
            read_to[reader] = spans[-1].end
            near = place
        for span in spans:
            if span.start <= near:
                scan.hide(span)
        return [span for span in spans if span.start > near]
    return []

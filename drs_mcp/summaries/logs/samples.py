"""How a kind of log entry is shown: its newest entry, what varies masked, what it names counted."""

import re

from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.logs.excerpt import excerpt, stripped
from drs_mcp.summaries.logs.groups import Group
from drs_mcp.summaries.logs.kinds.numbers import amount, is_measured, parts_of
from drs_mcp.summaries.logs.kinds.slots import Measure, Slot, places
from drs_mcp.summaries.logs.kinds.tally import Tally
from drs_mcp.summaries.logs.masks import CODED, MASK, readable, shorten_ids
from drs_mcp.summaries.logs.names import ADDRESS, TABLE, THING, codes_in

_DUMP = re.compile(r"[{}\[\]]")
_TOP_CODES = 4
_NAMED_IN_FULL = 5
_MOST_MOVED = 2
_PART_OF = ("of", "out", "/")


def sample(group: Group, *, whole: bool, cap: int, codes: bool = True) -> str:
    """The newest entry as it stands, or with what varies as `*`; unseen codes in brackets."""
    text = group.message if whole else common(group)
    said = quote(excerpt(shorten_ids(text), cap), cap)
    told = told_codes(group, said) if codes else ""
    return f"{'(other kinds) ' if group.other else ''}{said}{f' [{told}]' if told else ''}"


def common(group: Group, *, spans: bool = True) -> str:
    """The newest entry with `*`, or least…greatest (*spans*), where the entries of its kind differ.

    What is the same in all of them stands there: of a kind with one entry, all of it.
    """
    if group.count == 1 or group.other or not (group.slots or group.values):
        return group.message
    words, masked = group.sample.split(" "), group.key.replace(CODED, "").split(" ")
    if len(words) != len(masked):
        return group.message
    for place, label, unit, order in places(group.key):
        slot = group.slots.get((label, unit, order))
        if slot is None or slot.single:
            continue
        span = _varying(words[place], slot, unit) if spans else ""
        words[place] = span or masked[place]
    for place, word in enumerate(words):
        if word.strip(".,;:!?()[]{}\"'") in group.values:
            words[place] = MASK
    return readable(stripped(" ".join(words)))


def _varying(word: str, slot: Slot, unit: str) -> str:
    """A word with the course of its number where the newest entry has the number."""
    course = _course(slot, unit)
    head, tail = parts_of(word) if course else ("", "")
    return f"{head}{course}{tail}"


def _course(slot: Slot, unit: str) -> str:
    """The course of a number that measures something: `60 → 7200` where it moved one way."""
    measure = slot.measure
    if measure is None or not (
        slot.base or is_measured(unit) or unit in _PART_OF or _is_part(measure)
    ):
        return ""
    least, greatest = measure.least, measure.greatest
    course = (measure.first[1], measure.last[1])
    mark, ends = "…", (least, greatest)
    if measure.first[0] != measure.last[0] and course in ((least, greatest), (greatest, least)):
        mark, ends = " → ", course
    first, last = (amount(end, slot.base, slot.written or "", commas=slot.commas) for end in ends)
    return f"{first.removesuffix(slot.written or '')}{mark}{last}"


def moved(group: Group) -> str | None:
    """The numbers that differ between the entries, with the words around them; two at the most."""
    told = [
        " ".join(filter(None, (label, course, unit)))
        for (label, unit, _), slot in group.slots.items()
        if not slot.single and (course := _course(slot, unit))
    ]
    return ", ".join(told[:_MOST_MOVED]) or None


def _is_part(measure: Measure) -> bool:
    """Whether a number has a fraction: it is no identifier then."""
    return measure.total % 1 != 0 or measure.least % 1 != 0 or measure.greatest % 1 != 0


def told_codes(group: Group, said: str) -> str:
    """The codes of a group with several, counted; else those that its sample does not show."""
    tallied = group.tallied_codes
    if len(tallied.counts) > 1 or tallied.rest or group.other:
        told = [f"{code} {number}" for code, number in tallied.top(_TOP_CODES)]
        return ", ".join(told + _more(tallied, _TOP_CODES))
    codes = [*group.codes, *(code for code in tallied.counts if code not in group.codes)]
    unseen = [code for code in codes if not seen(code, said)]
    left = len(unseen) - _TOP_CODES
    return ", ".join([*unseen[:_TOP_CODES], *([f"{left} more"] if left > 0 else [])])


def unseen_codes(message: str, said: str) -> str:
    """The codes of a message that an excerpt of it does not show."""
    return ", ".join(code for code in codes_in(message) if not seen(code, said))


def seen(code: str, said: str) -> bool:
    """Whether a text shows a code, however spelt."""
    return code.rpartition(" ")[2] in said


def names(group: Group, *, full: bool = False) -> str | None:
    """What the entries name: tables, then other things where they differ.

    Up to five in full, or all that are kept; else the most frequent one and how many more.
    """
    told = [_named(group.tables, group.count, "tables", full=full)]
    for kind, counted in sorted(group.names.items()):
        tally = _without_dumps(counted) if kind == THING else counted
        if kind == TABLE or len(tally.counts) < 2:
            continue
        if kind in (ADDRESS, THING):
            if full or (len(tally.counts) <= _NAMED_IN_FULL and not tally.rest):
                told.append(_named(tally, group.count, "others", full=full))
            continue
        named = _named(tally, group.count, f"{kind}s", full=full)
        told.append(named if named.endswith(f"{kind}s") else f"{kind} {named}")
    return "; ".join(filter(None, told)) or None


def _without_dumps(tally: Tally) -> Tally:
    """The names but for pieces of a dump (`{type=REPLICA_SET`), which name nothing."""
    kept = Tally()
    kept.update({name: n for name, n in tally.counts.items() if not _DUMP.search(name)})
    kept.rest = tally.rest
    return kept


def _named(tally: Tally, entries: int, what: str, *, full: bool) -> str:
    if not tally.counts:
        return ""
    ordered = tally.top(len(tally.counts))
    name, number = ordered[0]
    if len(ordered) == 1 and not tally.rest:
        return name if number == entries else f"{name} {number}"
    if full or (len(ordered) <= _NAMED_IN_FULL and not tally.rest):
        told = [f"{name} {number}" for name, number in ordered]
        return ", ".join(told + _more(tally, len(told)))
    if number == 1:  # none came more often than another
        return f"{'over ' if tally.rest else ''}{len(ordered)} {what}"
    return ", ".join([f"{name} {number}", *_more(tally, 1)])


def _more(tally: Tally, top: int) -> list[str]:
    left = len(tally.counts) - top
    if left <= 0 and not tally.rest:
        return []
    return [f"over {max(left, 0)} more" if tally.rest else f"{left} more"]

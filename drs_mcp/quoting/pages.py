"""The texts of one page, redacted together: before anything filters, counts, groups or cuts them.

A page holds thousands of lines, and nearly none of them a secret or a row's value. A few words and
characters that every such form needs are looked for in the whole page at once; only lines that
hold one are looked at closely.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from drs_mcp.quoting.first_look import FirstLook
from drs_mcp.quoting.invisible import has_invisible, visible
from drs_mcp.quoting.known_secrets import holds_known_as_is, redact_known
from drs_mcp.quoting.row_values import ROW_VALUE_TRIGGERS, hide_row_values
from drs_mcp.quoting.secrets import (
    PEM_MARKER,
    SECRET_TRIGGERS,
    folded,
    hide_across_rows,
    hide_by_neighbours,
    hide_key_material,
    hide_secrets,
    hide_split_pem,
)
from drs_mcp.slices import CLOSE_LOOK, Meter, Slices, finish
from drs_mcp.text_cache import KnownTexts

KEPT_HEAD = 30_000
KEPT_TAIL = 4_000
"""So many characters of a text are kept from its beginning and its end; the rest is counted."""

_EDGE = 1_000
"""So much more is read at either edge, so that what stands across it is recognised."""

_LONGEST = KEPT_HEAD + KEPT_TAIL + _EDGE

TRIGGERS = tuple(sorted({*SECRET_TRIGGERS, *ROW_VALUE_TRIGGERS}))
_OF_SECRETS, _OF_VALUES = frozenset(SECRET_TRIGGERS), frozenset(ROW_VALUE_TRIGGERS)
_first_look = FirstLook(TRIGGERS, folded)


_READ_OF_LONG = 2 * _LONGEST
"""So much is looked at at either edge of a text that is longer than both: the middle is never shown."""

_BATCH = 262_144
"""So many characters are searched for words at a time."""


def redacted(text: str) -> str:
    """One text without invisible characters, secrets and row values; its middle cut if it is long."""
    if len(text) > _LONGEST:
        return redacted_page([text])[0]
    [text] = _without_known([text])
    text = hide_key_material([text]).get(0, text)
    if hash(text) in _unchanged:
        return text
    words = _first_look([text])
    return _hidden(text, words[0] if words else ())


def redacted_page(texts: Sequence[str], *, newest_first: bool | None = None) -> list[str]:
    """What `redacting` returns, at once."""
    return finish(redacting(texts, newest_first=newest_first)).texts


class Redacted(NamedTuple):
    """The texts of a page as they may be read.

    Attributes:
        texts: the texts, in their order.
        alone: of those that show less because of others, what each shows by itself; by place.
    """

    texts: list[str]
    alone: dict[int, str]


def redacting(texts: Sequence[str], *, newest_first: bool | None = None) -> Slices[Redacted]:
    """The texts of a page as they may be read.

    Args:
        texts: the texts.
        newest_first: how they are sorted by time; None: it is not known. A secret may go on in the
            next one.

    Invisible characters go first: none may split the word that announces a secret, nor one that is
    known by value.
    """
    made, skipped = list(texts), dict[int, int]()
    for place in _longer(texts, 2 * _READ_OF_LONG):
        made[place] = texts[place][:_READ_OF_LONG] + texts[place][-_READ_OF_LONG:]
        skipped[place] = len(texts[place]) - 2 * _READ_OF_LONG
    batches = list(_batches(made))
    for begin, end in batches:
        made[begin:end] = _without_known(made[begin:end])
        yield
    whole = list(made)
    beside = hide_key_material(whole)
    for place, text in beside.items():
        made[place] = text
    yield
    found: dict[int, list[str]] = {}
    for begin, end in batches:
        words = _first_look(made[begin:end])
        found.update((begin + place, held) for place, held in words.items())
        yield
    beside |= _hide_pem(whole, made, found)
    long = set(_longer(made, _LONGEST))
    short = found.keys() - long
    named = {place for place in short if not _OF_SECRETS.isdisjoint(found[place])}
    shown = list(made)
    meter = Meter(CLOSE_LOOK)
    for place in sorted(short | long):
        if place in long:
            shown[place] = _ends_of(made[place], skipped.get(place, 0))
        else:
            shown[place] = _hidden(made[place], found[place])
        if meter.full(min(len(made[place]), _LONGEST)):
            yield
    if len(made) > 1:
        beside |= yield from _hide_by_others(made, shown, named, newest_first=newest_first)
    alone = {place: redacted(whole[place]) for place in beside.keys() - long}
    return Redacted(shown, {place: text for place, text in alone.items() if text != shown[place]})


def _hide_by_others(
    made: Sequence[str], shown: list[str], named: set[int], *, newest_first: bool | None
) -> Slices[dict[int, str]]:
    """Hide in *shown* what others tell to be secret; the texts that show less for it, by place."""
    meter = Meter(CLOSE_LOOK)
    told = yield from hide_by_neighbours(made, shown, named, newest_first=newest_first)
    for place, text in told.items():
        shown[place] = _hidden(text)
        if meter.full(len(text)):
            yield
    across = yield from hide_across_rows(made, shown, named, newest_first=newest_first)
    for place, text in across.items():
        shown[place] = text
    return told | across


def _hide_pem(whole: Sequence[str], made: list[str], found: dict[int, list[str]]) -> dict[int, str]:
    """Hide the lines of PEM blocks in *made*, by place; *whole* has every line of a key."""
    marked = [place for place, held in found.items() if PEM_MARKER in held]
    hidden = hide_split_pem(whole, marked) if marked else {}
    for place, row in hidden.items():
        made[place] = row
        found.pop(place, None)
        found.update((place, held) for held in _first_look([row]).values())
    return hidden


def _longer(texts: Sequence[str], most: int) -> Sequence[int]:
    """The places of the texts of more than *most* characters; nearly always there are none."""
    if max(map(len, texts), default=0) <= most:
        return ()
    return [place for place, text in enumerate(texts) if len(text) > most]


def _batches(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where each batch of the texts begins and ends."""
    if sum(map(len, texts)) < _BATCH:
        yield 0, len(texts)
        return
    begin, meter = 0, Meter(_BATCH)
    for place, text in enumerate(texts, 1):
        if meter.full(len(text)):
            yield begin, place
            begin = place
    if begin < len(texts):
        yield begin, len(texts)


def _without_known(texts: list[str]) -> list[str]:
    """The texts without invisible characters and known secrets."""
    whole = "\n".join(texts)
    if has_invisible(whole):
        texts = [visible(text) if has_invisible(text) else text for text in texts]
        whole = "\n".join(texts)
    return [redact_known(text) for text in texts] if holds_known_as_is(whole) else texts


_unchanged = KnownTexts[None](20_000)
"""Texts that hold nothing to hide: each question about a log reads the same lines again."""


def _hidden(text: str, words: Sequence[str] = TRIGGERS) -> str:
    """The text without secrets and row values, given the words of theirs that it holds."""
    if hash(text) in _unchanged:
        return text
    shown = text
    if not _OF_SECRETS.isdisjoint(words):
        shown = hide_secrets(text, words)
    if not _OF_VALUES.isdisjoint(words):
        shown = hide_row_values(shown, words if shown == text else ROW_VALUE_TRIGGERS)
    if shown == text:
        _unchanged.learn({hash(text): None})
    return shown


def _ends_of(text: str, skipped: int) -> str:
    """Beginning and end of a long text, redacted, with the number of characters left out.

    *skipped* are those of its middle that are not in *text* any more.
    """
    head = _hidden(text[: KEPT_HEAD + _EDGE])[:KEPT_HEAD]
    raw = text[-(KEPT_TAIL + _EDGE) :]
    if not text[-len(raw) - 1].isspace() and not raw[0].isspace():
        # The first word began before: what is left of it may be the end of a secret.
        raw = raw[len(raw.split(maxsplit=1)[0]) :]
    tail = _hidden(raw)[-KEPT_TAIL:]
    left_out = len(text) + skipped - KEPT_HEAD - KEPT_TAIL
    return f"{head} …[{left_out:,} characters left out]… {tail}"

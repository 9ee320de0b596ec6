"""The texts of one page, redacted together: before anything filters, counts, groups or cuts them.

A page holds thousands of lines, and nearly none of them a secret or a row's value. A few words and
characters that every such form needs are looked for in the whole page at once; only lines that
hold one are looked at closely.
"""

from collections.abc import Sequence

from drs_mcp.quoting.first_look import FirstLook
from drs_mcp.quoting.invisible import has_invisible, visible
from drs_mcp.quoting.known_secrets import holds_known_as_is, redact_known
from drs_mcp.quoting.row_values import ROW_VALUE_TRIGGERS, hide_row_values
from drs_mcp.quoting.secrets import (
    SECRET_TRIGGERS,
    folded,
    hide_across_rows,
    hide_by_neighbours,
    hide_secrets,
    hide_split_secrets,
)

KEPT_HEAD = 30_000
KEPT_TAIL = 4_000
"""So many characters of a text are kept from its beginning and its end; the rest is counted."""

_EDGE = 1_000
"""So much more is read at either edge, so that what stands across it is recognised."""

_LONGEST = KEPT_HEAD + KEPT_TAIL + _EDGE

TRIGGERS = tuple(sorted({*SECRET_TRIGGERS, *ROW_VALUE_TRIGGERS}))
_OF_SECRETS, _OF_VALUES = frozenset(SECRET_TRIGGERS), frozenset(ROW_VALUE_TRIGGERS)
_first_look = FirstLook(TRIGGERS, folded)


def redacted(text: str) -> str:
    """One text without invisible characters, secrets and row values; its middle cut if it is long."""
    return redacted_page([text])[0]


def redacted_page(texts: Sequence[str], *, newest_first: bool | None = None) -> list[str]:
    """The texts of a page as they may be read, in their order.

    Args:
        texts: the texts.
        newest_first: how they are sorted by time; None: it is not known. A secret may go on in the
            next one.

    Invisible characters go first: none may split the word that announces a secret, nor one that is
    known by value.
    """
    made = list(texts)
    whole = "\n".join(made)
    if has_invisible(whole):
        made = [visible(text) if has_invisible(text) else text for text in made]
        whole = "\n".join(made)
    if holds_known_as_is(whole):
        made = [redact_known(text) for text in made]
        whole = "\n".join(made)
    made = hide_split_secrets(made)
    long = {place for place, text in enumerate(made) if len(text) > _LONGEST}
    found = _first_look(made)
    short = found.keys() - long
    named = {place for place in short if not _OF_SECRETS.isdisjoint(found[place])}
    alone = list(made)
    for place in short:
        alone[place] = _hidden(made[place], found[place])
    for place in long:
        alone[place] = _ends_of(made[place])
    if len(made) > 1:
        told = hide_by_neighbours(made, alone, named, newest_first=newest_first)
        for place, text in told.items():
            alone[place] = _hidden(text)
        alone = hide_across_rows(made, alone, named, newest_first=newest_first)
    return alone


def _hidden(text: str, words: Sequence[str] = TRIGGERS) -> str:
    """The text without secrets and row values, given the words of theirs that it holds."""
    if not _OF_SECRETS.isdisjoint(words):
        text = hide_secrets(text)
    return text if _OF_VALUES.isdisjoint(words) else hide_row_values(text)


def _ends_of(text: str) -> str:
    """Beginning and end of a long text, redacted, with the number of characters left out."""
    head = _hidden(text[: KEPT_HEAD + _EDGE])[:KEPT_HEAD]
    raw = text[-(KEPT_TAIL + _EDGE) :]
    if not text[-len(raw) - 1].isspace() and not raw[0].isspace():
        # The first word began before: what is left of it may be the end of a secret.
        raw = raw[len(raw.split(maxsplit=1)[0]) :]
    tail = _hidden(raw)[-KEPT_TAIL:]
    left_out = len(text) - KEPT_HEAD - KEPT_TAIL
    return f"{head} …[{left_out:,} characters left out]… {tail}"

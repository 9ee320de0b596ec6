"""Which lines of a log speak against healthy and ready though no rule reads what they tell.

Nobody has a list of all that a migration can lose. A warning that says of data or objects that
something was not done with them, or that they were changed, left out or ignored, is one that a
person has to read: `TRUNCATE … received but not forwarded`, `48211 rows have no
redo`, `变更未被捕获`. Of lines below a warning only a plain denial about something by name, or about a
number of things, counts. What waits or is tried again, what is slow, links, and what is only advised
tell no loss.
"""

from typing import Final

from drs_mcp.knowledge.nothing_lost import without_nothing_lost
from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.doubt import words
from drs_mcp.summaries.logs.doubt.failed import failed_in, runs_again
from drs_mcp.summaries.logs.doubt.refused import refused_in
from drs_mcp.summaries.logs.facts import LogFacts, LogKind, said_later
from drs_mcp.summaries.logs.kinds.harmless import told_of_task
from drs_mcp.summaries.logs.kinds.lost.came_back import are_same, names_in, tell_the_same
from drs_mcp.summaries.logs.kinds.lost.covered import covers, is_in_part
from drs_mcp.summaries.logs.kinds.lost.losses import loss_in
from drs_mcp.summaries.logs.kinds.lost.told import (
    happened_in,
    in_terms,
    sentences,
    without_questions,
)
from drs_mcp.summaries.logs.kinds.movements import data_moved
from drs_mcp.summaries.logs.kinds.recoveries import ROWS_MADE_GOOD, ends_retries, is_recovery
from drs_mcp.summaries.logs.levels import DEBUG, ERROR, INFO, UNREAD
from drs_mcp.summaries.logs.naming.masked import masked, unmasked

DOUBT: Final = "a line may tell of something that did not come as it was"
_SEARCHED: Final = 2_000


def is_doubtful(kind: LogKind, log: LogFacts) -> bool:
    """Whether a person has to read lines of a kind: nothing tells that what they say is over."""
    if kind.level in (ERROR, UNREAD, DEBUG) or kind.harmless:
        return False
    if loss_in(kind.message):  # which has rules of its own
        return False
    again = kind.recovery
    if again is not None and again.last_ended and any(map(ends_retries, again.by)):
        return False
    return bool(doubt_in(kind.message, warns=kind.level != INFO)) and not _came_since(kind, log)


def doubt_in(message: str, *, warns: bool) -> str:
    """The sentence of a line that says what was not done, or changed; empty for none.

    *warns*: whether it is a warning, of which less is asked.
    """
    text = words.NO_SUCH.sub(
        " ", without_nothing_lost(masked(told_of_task(simplified(message[:_SEARCHED]))))
    )
    if warns and _sides_differ(text):
        return unmasked(text)
    wished = words.BY_WISH.search(text) is not None
    tried_again = words.WAITS.search(text) is not None
    # A line goes on about what it has named.
    things = bool(names_in(unmasked(text))) or words.THINGS.search(text) is not None
    for sentence in sentences(without_questions(text)):
        if in_terms(sentence) or words.WAITS.search(sentence) or words.AT_REST.search(sentence):
            continue
        if is_recovery(sentence) or _is_made_good(sentence):
            continue
        counted = words.COUNTED.search(sentence) is not None
        denied = words.DENIED.search(sentence) is not None
        named = _names_one(unmasked(sentence))
        if (wished and not (denied and counted)) or not (
            counted or named or not words.LINK.search(sentence)
        ):
            continue
        failed = not tried_again and bool(failed_in(sentence))
        if warns and (things or counted) and (denied or failed or words.CHANGED.search(sentence)):
            return unmasked(sentence)
        if warns and not tried_again and refused_in(sentence):
            return unmasked(sentence)
        if ((denied or failed) and (counted or named)) or words.BROKEN.search(sentence):
            return unmasked(sentence)
    return ""


def _names_one(sentence: str) -> bool:
    """Whether a sentence names a table or another object."""
    return bool(names_in(sentence)) or words.NAMED_OBJECT.search(sentence) is not None


def _is_made_good(sentence: str) -> bool:
    """Whether a sentence tells that all of what was lost came."""
    return bool(happened_in(sentence, ROWS_MADE_GOOD)) and not is_in_part(sentence)


def _sides_differ(text: str) -> bool:
    """Whether a text tells two numbers of rows, one of each side, that are not the same."""
    found = words.BOTH_SIDES.search(text)
    numbers = {one.replace(",", "") for one in found.groups() if one} if found else set()
    return len(numbers) > 1


def _tells_that_it_came(message: str) -> bool:
    """Whether a line tells that something was done at last; that rows move as ever tells nothing of it."""
    return words.CAME.search(message) is not None and not data_moved(message)


def _came_since(kind: LogKind, log: LogFacts) -> bool:
    """Whether a later line that names the same says that it came, or that rows were made good."""
    names, words_ = names_in(kind.message), set(words.IDENTIFIER.findall(kind.message))
    failed = bool(failed_in(simplified(kind.message[:_SEARCHED])))
    return any(
        (
            ROWS_MADE_GOOD.search(message)
            or _tells_that_it_came(message)
            or (failed and runs_again(message))
        )
        and (
            are_same(names, names_in(message))
            or not words_.isdisjoint(words.IDENTIFIER.findall(message))
            or tell_the_same(kind.message, message)
        )
        and covers(kind.message, message)
        for message in said_later(kind, (*log.infos, *log.warnings), words.DENIES)
    )

"""What holds of every answer, every error and everything that is written down."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mcp.types import CallToolResult, TextContent

from drs_mcp import errors
from drs_mcp.serving.accounting import REFUSED
from drs_mcp.serving.budget import DEFAULT_CHARS, compact
from drs_mcp.serving.label import LABEL
from drs_mcp.summaries.answer import OWN_WORDS
from tests.fuzz.values import CANARIES, SECRET
from tests.hostile.planting import strings
from tests.support.characters import hidden_in, texts

_CANARY = re.compile("|".join(map(re.escape, CANARIES)))
MOST_ERROR_CHARS = 1500
LEAST_CHARS, MOST_CHARS = 1000, 30_000
"""What `max_chars` may be."""

_ABSENT = ("", "null", "none", "nil", "undefined")
_OURS = frozenset(
    name
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, errors.DrsError)
)
"""Every error that a caller may read; any other is a bug, whatever the caller saw of it."""

_NAMED = re.compile(r"'[^\s'\"\\]{1,50}'")
_QUOTING_LINE = re.compile(r"\nDRS (?:said|lists): ")
"""Begins the last line of an error, which quotes."""
_MASKED = re.compile(r"Error executing tool \w+\W*")
"""What the SDK says of an exception that nobody meant to raise."""


def breaches_of(
    found: CallToolResult,
    arguments: Mapping[str, Any],
    schema: Mapping[str, Any],
    outcome: str,
) -> Iterator[str]:
    """What is wrong with a result; the client has validated it against the tool's schema."""
    if not found.content or not isinstance(found.content[0], TextContent):
        yield "no text in the result"
        return
    text = found.content[0].text
    if SECRET in text or SECRET in str(found.meta):
        yield "a planted secret is told"
    if found.is_error:
        yield from _of_error(found, text, outcome)
    else:
        yield from _of_answer(found, text, arguments, schema)
        if outcome != "ok":
            yield f"an answer, though the outcome is {outcome}"


def is_ours(sentence: str) -> bool:
    """Whether text of others stands in it as a name only: marked off, short, without a blank."""
    return not _CANARY.search(_NAMED.sub("", sentence))


def _of_error(found: CallToolResult, text: str, outcome: str) -> Iterator[str]:
    if outcome not in _OURS and outcome != REFUSED:
        yield f"the error is none of ours but {outcome}"
    if found.structured_content is not None:
        yield "an error with structured content"
    if not text or _MASKED.fullmatch(text) or "Traceback" in text:
        yield "the error says nothing to its reader"
    if len(text) > MOST_ERROR_CHARS:
        yield f"an error of {len(text):,} characters"
    ours, *quoted = _QUOTING_LINE.split(text, maxsplit=1)
    if hidden_in("".join(set(ours).union(*quoted))):
        yield "hidden characters in an error"
    if not is_ours(ours):
        yield "third-party text in the words of our error"


def _of_answer(
    found: CallToolResult, text: str, arguments: Mapping[str, Any], schema: Mapping[str, Any]
) -> Iterator[str]:
    answer = found.structured_content
    if not isinstance(answer, dict):
        yield "no structured content"
        return
    if text != compact(answer):
        yield "the text is not the structured content"
    most = _budget(arguments)
    if len(text) > most:
        yield f"{len(text):,} characters, where {most:,} are the budget"
    if not answer.get("headline"):
        yield "no headline"
    if unknown := answer.keys() - schema["properties"].keys():
        yield f"fields that the schema does not name: {sorted(unknown)}"
    if hidden_in("".join(set("".join(texts(answer))))):
        yield "hidden characters in an answer"
    yield from _of_third_party_text(answer, (found.meta or {}).get(LABEL, []))


def _of_third_party_text(answer: Mapping[str, Any], labelled: list[str]) -> Iterator[str]:
    for place, text, is_key in strings(answer):
        if _CANARY.search(text):
            if is_key:
                yield f"third-party text as a key under {'.'.join(place) or 'the answer'}"
            elif place[-1] in OWN_WORDS and not is_ours(text):
                yield f"third-party text in our own words: {'.'.join(place)}"
            elif place[0] not in labelled:
                yield f"third-party text without a label: {'.'.join(place)}"


def _budget(arguments: Mapping[str, Any]) -> int:
    """Characters that the call allows; the server has accepted the argument, in whatever form.

    Absent, empty and 0 are the default; what is beyond a bound is brought to the bound.
    """
    given = arguments.get("max_chars")
    while isinstance(given, list) and len(given) < 2:  # one choice in a list is that choice
        given = given[0] if given else None
    if given is None or str(given).strip().lower() in _ABSENT:
        return DEFAULT_CHARS
    number = float(str(given).strip().replace(",", "").replace("_", ""))
    return int(min(max(number, LEAST_CHARS), MOST_CHARS)) if number else DEFAULT_CHARS

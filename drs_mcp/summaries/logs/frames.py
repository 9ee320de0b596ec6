"""Stack frames, taken out of log messages before anything is compared or shown."""

import re
from collections.abc import Collection, Iterable

from drs_mcp.text_cache import KnownTexts

_LINE = re.compile(
    r"\s*+(?:at\s++[\w.$<>/]++\s*+\([^()\n]*+\)(?:\s++~?\[[^\]]*+\])?+"
    r"|\.\.\.\s*+\d++\s++(?:more|common frames.*+)"
    r"|File \"[^\"]*+\", line \d++.*+|#\d++\s.*+|at\s++\S{1,400}:\d++)\s*+\Z"
)
# A run of blanks is looked at from its first blank on only.
_INLINE = re.compile(
    r"(?<!\s)\s++(?:at [\w.$<>/]{1,200}\([\w. ]{1,80}(?::\d+)?\)(?: ~?\[[\w.:?/ -]{1,120}\])?"
    r"|\.\.\. \d{1,9} more\b)"
)
_HINTS = (".java:", "Unknown Source)", "Native Method)", "\t")
_HEADS = ("at ", " ", ".", "#")
_FIRST = {head[0] for head in _HEADS}


def fold_frames(message: str) -> str:
    """The message on one line without its stack frames; empty when it is nothing else."""
    if "\n" in message or "\r" in message:
        lines = message.splitlines()
        message = " ".join(line for line in lines if not _LINE.match(line))
    elif _LINE.match(message):
        return ""
    return _INLINE.sub("", message).replace("\t", " ").strip()


_known = KnownTexts[None](4_000)
"""Forms of messages without frames."""


def fold_all_frames(messages: list[str], formed: Collection[str]) -> list[str]:
    """Every message as `fold_frames` leaves it; of those without frames each form is searched once."""
    if all(map(_known.__contains__, map(hash, formed))):
        return messages
    page = "".join(formed)
    plain = "\n" not in page and "\r" not in page
    if plain and not any(hint in page for hint in _HINTS) and not _may_begin_with_frame(formed):
        _known.learn(dict.fromkeys(map(hash, formed)))
        return messages
    return [fold_frames(message) for message in messages]


def _may_begin_with_frame(messages: Iterable[str]) -> bool:
    # The few distinct first letters of a page are looked at before its messages are.
    firsts = {message[:1] for message in messages}
    return not firsts.isdisjoint(_FIRST) and any(message.startswith(_HEADS) for message in messages)

r"""Where an argument of Redis' wire protocol ends: its length stands before it, `$13\r\nSECRET\r\n`.

Source: the specification of RESP. A length counts bytes; dumps write line breaks, and bytes that are no
letters, with backslashes.
"""

import re
from typing import Final

_BREAK: Final = r"(?:\\{1,4}r\\{1,4}n|\r?\n|[ \t])"
_LENGTH = re.compile(rf"\$(?P<length>\d{{1,9}})(?P<gap>{_BREAK})")
_ENDED = re.compile(rf"{_BREAK}|[\"'`\])}}]{{1,4}}(?:\s|\Z)|\Z")
_BYTE = re.compile(r"\\{1,4}(?:x[0-9a-fA-F]{2}|[^x\s])")
_BEGUN = re.compile(rf"\*(?P<arguments>\d{{1,4}}){_BREAK}")
_NEXT = re.compile(rf"{_BREAK}(?=\$)")
_LAST = re.compile(rf"{_BREAK}++\Z")


def argument_end(text: str, at: int) -> int | None:
    """Where the argument ends whose length's `$` is at *at*; None if it is not where the length says."""
    found = _LENGTH.match(text, at)
    if found is None:
        return None
    start, length = found.end(), int(found["length"])
    escaped = found["gap"][0] == "\\"
    end = start + length if text.isascii() and not escaped else None
    if end is None or end > len(text):
        end = _counted(text, start, length, escaped=escaped)
    return end if end is not None and _ENDED.match(text, end) else None


def _counted(text: str, start: int, length: int, *, escaped: bool) -> int | None:
    """Where so many bytes end; None if the text ends before or within a character."""
    at = start
    while length > 0 and at < len(text):
        if escaped and text[at] == "\\" and (byte := _BYTE.match(text, at)):
            at = byte.end()
            length -= 1
        else:
            length -= len(text[at].encode("utf-8", "surrogatepass"))
            at += 1
    return at if length == 0 else None


def command_end(text: str, start: int, at: int) -> int | None:
    """Where a command ends whose `*` is at *start* and whose second argument's `$` is at *at*.

    None if an argument is not where its length says.
    """
    begun = _BEGUN.match(text, start)
    for number in range(2, int(begun["arguments"]) + 1 if begun else 2):
        end = argument_end(text, at)
        if end is None:
            return None
        following = _NEXT.match(text, end)
        if following is None or number == int(begun["arguments"] if begun else 0):
            return len(text) if _LAST.match(text, end) else end
        at = following.end()
    return None

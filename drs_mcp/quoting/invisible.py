"""Characters that nobody can see, and sequences that a terminal would obey: dropped.

Whether a character can be seen is a property of Unicode's: its general category, and
Default_Ignorable_Code_Point, which Python's `unicodedata` lacks and which therefore stands here as
the ranges that Unicode publishes (DerivedCoreProperties.txt).
"""

import re
import unicodedata

# A string that is not ended is given up where the next sequence begins, as terminals do.
_ESCAPES = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x90\x98\x9b-\x9f]{0,4096}+"  # OSC: titles, links
    r"(?:\x07|\x1b\\|\x9c|(?=[\x1b\x90\x98\x9b-\x9f])|\Z)"
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x90\x98\x9b-\x9f]{0,4096}+"  # DCS, SOS, PM, APC
    r"(?:\x1b\\|\x9c|(?=[\x1b\x90\x98\x9b-\x9f])|\Z)"
    r"|(?:\x1b\[|\x9b)[0-?]*+[ -/]*+[@-~]?"  # CSI: colours, cursor
    r"|\x1b[ -/]*+[0-~]?"
)
_IGNORABLE = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164),
    (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
_BLANK = "\u2800"  # the empty Braille pattern: it has a shape of its own, which is none
_DROPPED = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
_FEW = 2
_BREAKS = "\n\r\t\v\f\x85"
_SPACES = re.compile(r"\s+")

# Nearly all text is plain: anything else than letters and signs of ASCII is looked at one by one.
_UNPLAIN = re.compile(r"[^\n\t -~]")


def is_visible(character: str) -> bool:
    """Whether a reader sees the character, or the white space that it is."""
    if character in _BREAKS:
        return True
    if character < "\x80":
        return " " <= character <= "~"
    code = ord(character)
    return not (
        unicodedata.category(character) in _DROPPED
        or character == _BLANK
        or any(first <= code <= last for first, last in _IGNORABLE)
    )


_PLAIN = bytes((*b"\n\t", *range(ord(" "), 0x7F)))
_SHORT = 256


def has_invisible(text: str) -> bool:
    """Whether `visible` may change the text; cheap for plain text."""
    if len(text) > _SHORT and text.isascii():  # some eight times as fast
        return bool(text.encode().translate(None, _PLAIN))
    return _UNPLAIN.search(text) is not None


def visible(text: str) -> str:
    """The text without invisible characters and escape sequences; lines stay lines.

    Letters of every script, punctuation and symbols survive untouched. Names are not normalised:
    they must still match the database.
    """
    if text.count("\0") > max(_FEW, text.count(" ")):
        text = text.replace("\0", "\t")  # they part the words, as in a process' arguments
    text = _ESCAPES.sub("", text)
    unplain = set(_UNPLAIN.findall(text))
    gone = {character for character in unplain if not is_visible(character)}
    return text.translate(dict.fromkeys(map(ord, gone))) if gone else text


def sanitise(text: str) -> str:
    """`visible`, with white space folded to single blanks: one line."""
    if has_invisible(text):
        text = visible(text)
    elif "  " not in text and "\n" not in text and "\t" not in text:
        return text
    return _SPACES.sub(" ", text).strip()

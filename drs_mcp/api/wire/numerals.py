"""Numbers in text, as people and programs of any country write them, in the one form of Python.

A comma before exactly three digits parts thousands unless the whole part is 0; any other comma is
a decimal one. A single dot is a decimal point, as in JSON.
"""

import re
import unicodedata
from typing import Final

_LONGEST = 40
_SAME: Final = str.maketrans(
    {sign: form for form, signs in {
        "-": "\u2212\u2010\u2011\u2013\uff0d\ufe63",
        "+": "\uff0b\ufe62",
        ",": "\uff0c\ufe50",
        ".": "\uff0e\ufe52\u066b",  # the last one is the Arabic decimal separator
        "'": "\u2019\u02bc\u066c",  # the last one parts thousands in Arabic
        " ": "\u00a0\u202f\u2009\u2007\u3000",
        "%": "\uff05\u066a",
        ":": "\uff1a",
        "/": "\uff0f",
    }.items() for sign in signs}
)  # fmt: skip

_PLAIN = re.compile(r"[+-]?+(?:\d++(?:\.\d*+)?+|\.\d++)(?:[eE][+-]?+\d{1,3}+)?+", re.ASCII)
_PARTED = re.compile(
    r"(?P<sign>[+-]?+)(?:(?!0+\D)(?:"  # no number begins with a group of zeros: 0,175 is decimal
    r"(?P<commas>\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})(?P<point>\.\d+)?"  # also 12,34,567
    r"|(?P<dots>\d{1,3}(?:\.\d{3})+)(?P<comma>,\d+)"
    r"|(?P<dotted>\d{1,3}(?:\.\d{3}){2,})"
    r"|(?P<blanks>\d{1,3}(?P<blank>[ '])\d{3}(?:(?P=blank)\d{3})*)(?P<end>[.,]\d+)?)"
    r"|(?P<whole>\d+)(?P<fraction>,\d+)"
    r")",
    re.ASCII,
)
_SEPARATORS: Final = str.maketrans("", "", ",. '")


def latin(text: str) -> str:
    """The text with digits, signs and separators of other scripts as ASCII has them."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() else sign
        for sign in text.translate(_SAME)
    )


def literal(text: str) -> str | None:
    """A number in Python's form (`-1234.5`), or None where the text is no number.

    One percent sign behind it is left out. Texts of more than 40 characters are no numbers.
    """
    text = text.strip()
    if len(text) > _LONGEST:
        return None
    text = latin(text).strip().removesuffix("%").rstrip()
    if _PLAIN.fullmatch(text):
        return text
    found = _PARTED.fullmatch(text)
    if found is None:
        return None
    parted = found["commas"] or found["dots"] or found["dotted"] or found["blanks"]
    fraction = found["point"] or found["comma"] or found["end"] or found["fraction"] or ""
    whole = (parted or found["whole"]).translate(_SEPARATORS)
    if parted is None and len(fraction) == len(",000") and int(whole):
        return f"{found['sign']}{whole}{fraction[1:]}"
    return f"{found['sign']}{whole}{fraction and '.' + fraction[1:]}"

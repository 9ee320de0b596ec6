"""Where the value of a secret ends, in any quoting and in none.

A quoted value ends at its own closing quote: at the level of escaping it was opened on, and where
what follows is no letter. A bare value ends at white space, at a separator that another `key=`
follows, or at the bracket or quote that was opened before the key; what stands inside it otherwise,
be it a comma, a bracket or a quote, is part of it.
"""

import re
from typing import Final, NamedTuple

from drs_mcp.quoting.hidden import HIDDEN

_SPACE = re.compile(r"\s")
WINDOW: Final = 512
"""Characters before a key that are looked at to learn what it stands in."""


class Span(NamedTuple):
    """From the first character of a secret to the one after its last."""

    start: int
    end: int


class Scan:
    """A text, what of it was decided already, and what was hidden.

    What was hidden is not looked at again, nor back at: no decision may depend on a secret.
    """

    def __init__(self, text: str, low: str) -> None:
        self.text = text
        self.low = low
        self.pos = 0
        """Where the last secret ended."""
        self._out: list[str] = []
        self._recent = ""
        self._found: dict[str, tuple[int, int]] = {}
        self._space = (0, -1)

    def hide(self, span: Span) -> None:
        """Hide what of *span* has not been hidden yet."""
        start, end = max(span.start, self.pos), span.end
        if end <= start:
            return
        if start > self.pos or not self._out:
            shown = self.text[self.pos : start]
            self._out += (shown, HIDDEN)
            self._recent = (self._recent + shown[-WINDOW:] + HIDDEN)[-WINDOW:]
        self.pos = end

    def before(self, at: int) -> str:
        """What stands before *at*, with what was hidden as it is shown."""
        return (self._recent + self.text[max(self.pos, at - WINDOW) : at])[-WINDOW:]

    def find(self, needle: str, at: int) -> int:
        """Where *needle* stands next in the lower-case text; its length if nowhere.

        Remembered, since many places ask for the same answer: to search each time would cost the
        square of the text's length.
        """
        since, place = self._found.get(needle, (0, -1))
        if not since <= at <= place:
            found = self.low.find(needle, at)
            place = len(self.low) if found < 0 else found
            self._found[needle] = (at, place)
        return place

    def space(self, at: int) -> int:
        """Where the next white space is; the text's length if there is none."""
        since, place = self._space
        if not since <= at <= place:
            found = _SPACE.search(self.text, at)
            place = len(self.text) if found is None else found.start()
            self._space = (at, place)
        return place

    def shown(self) -> str:
        """The text without its secrets."""
        return "".join((*self._out, self.text[self.pos :])) if self._out else self.text


# -- quotes ----------------------------------------------------------------------------------

QUOTE: Final = (
    r"(?:\\*+[\"'`]|&(?:quot|apos|#3[49]|#x2[27]);|%(?:25)*+2[27]|\\++u002[27]"
    r"|[“”„‘’「」『』«»《》＂＇])"
)
"""A quote in lower-case text: raw, escaped for JSON, for HTML or for a URL, or typographic."""

_OPENING = re.compile(QUOTE)
_PAIRS = {
    "“": "”", "„": "“”", "‘": "’", "「": "」", "『": "』", "«": "»", "《": "》",
}  # fmt: skip
_OPEN_BEFORE = re.compile(r"(?:^|[\s(\[{=:,;>|&?!<@+$-]|(?:^|\W)[burfne]{1,2})\Z")
_WORDLY = re.compile(r"[A-Za-z0-9_]")


def opening(scan: Scan, at: int) -> re.Match[str] | None:
    """The quote that opens at *at*, if one does."""
    return _OPENING.match(scan.low, at)


def closing(scan: Scan, at: int, quote: str, until: int | None = None) -> int | None:
    """Where what a *quote* opened before *at* ends; None: not before *until*."""
    low = scan.low
    until = len(low) if until is None else until
    mark = quote[-1]
    if mark in "\"'`":
        return _closing_raw(low, at, mark, len(quote) - 1, until)
    if quote in _PAIRS:
        ends = [end for end in (low.find(sign, at, until) for sign in _PAIRS[quote]) if end >= 0]
        return min(ends, default=None)
    end = low.find(quote, at, until)
    while end >= 0 and low[max(at, end - 3) : end].endswith(("\\", "%5c")):
        end = low.find(quote, end + 1, until)
    return end if end >= 0 else None


_LONGEST_TRIPLE = 4096


def _closing_raw(low: str, at: int, mark: str, slashes: int, until: int) -> int | None:
    """The closing `"` or `'` of a string that stands in *slashes* levels of JSON's escaping.

    n levels write the quote with 2**n - 1 backslashes. A run before a quote is unescaped level by
    level: where it comes out even the string of that level ends.
    """
    level = (slashes + 1).bit_length() - 1
    if slashes == 0 and low.startswith(mark * 2, at):
        end = low.find(mark * 3, at + 2, at + _LONGEST_TRIPLE)  # Python's triple quotes
        if end >= 0:
            return end
    looked = at
    end = low.find(mark, at, until)
    while end >= 0:
        run = end - looked - len(low[looked:end].rstrip("\\"))
        outer = level
        while outer and run % 2:
            run //= 2
            outer -= 1
        if run % 2 == 0:
            after = low[end + 1 : end + 2]
            if slashes == 0 and after == mark:
                end += 1  # a doubled quote is one in SQL
            elif not _WORDLY.match(after):
                return end - (1 << (level - outer)) + 1
        looked = end + 1
        end = low.find(mark, looked, until)
    return None


def is_empty(scan: Scan, at: int, quote: str) -> bool:
    """Whether a value that *quote* opened before *at* is empty."""
    low = scan.low
    close = _PAIRS.get(quote, quote)
    if not (low.startswith(quote, at) or (quote in _PAIRS and low[at : at + 1] in close)):
        return False
    after = at + len(quote)
    return not low.startswith(quote, after) and not _WORDLY.match(low[after : after + 1])


def quoted(scan: Scan, at: int, quote: str) -> Span:
    """What a *quote* before *at* holds; to the end of the text if it is not ended."""
    end = closing(scan, at, quote)
    return Span(at, len(scan.text) if end is None else end)


def open_quote(before: str) -> str:
    """The quote within which the text after *before* stands, or nothing."""
    found, place = "", -1
    for mark in "\"'`":
        at = before.rfind(mark)
        if at > place:
            start = len(before[:at].rstrip("\\"))
            if _OPEN_BEFORE.search(before[max(start - 4, 0) : start].lower()):
                found, place = before[start : at + 1], at
    if ";" in before or "%" in before or "u002" in before:
        for match in _CODED.finditer(before.lower(), max(place, 0)):
            opens = _OPEN_BEFORE.search(before[max(match.start() - 4, 0) : match.start()].lower())
            found = match[0] if opens or match.end() == len(before) else ""
    return found


_CODED = re.compile(r"&(?:quot|apos|#3[49]|#x2[27]);|\\++u002[27]|%(?:25)*+22")

# -- brackets --------------------------------------------------------------------------------

_OPENERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_STRUCTURE = re.compile(
    r"\"(?:[^\"\\]|\\.)*+(?:\"|\Z)|'(?:[^'\\]|\\.)*+(?:'|\Z)|[\[\]{}]", re.DOTALL
)
_BRACKETS = re.compile(r"[\[\]{}]")
_BRACES = re.compile(r"\}++")
_BRACE_ENDED = re.compile(r"[;,\s)\]\"'&]|\Z")
_LONGEST_BRACED = 2048


def depth(bracket: str, before: str) -> int:
    """How many brackets that *bracket* closes *before* leaves open."""
    opener = _OPENERS[bracket]
    level = before.count(opener) - before.count(bracket)
    return level if level > 0 else int(before.rfind(opener) > before.rfind(bracket))


def bracketed(scan: Scan, at: int) -> Span:
    """The inside of the list or object that opens at *at*; to the end if it is not ended."""
    escaped = scan.text[at + 1 : at + WINDOW].lstrip().startswith("\\")
    depth = 0
    for match in (_BRACKETS if escaped else _STRUCTURE).finditer(scan.text, at):
        if match[0] in "[{":
            depth += 1
        elif match[0] in "]}":
            depth -= 1
            if depth == 0:
                return Span(at + 1, match.start())
    return Span(at + 1, len(scan.text))


def braced(scan: Scan, at: int) -> Span | None:
    """The inside of ODBC's `{a;b}`, in which `}}` stands for a brace; None: it is not ended."""
    for found in _BRACES.finditer(scan.text, at + 1, at + _LONGEST_BRACED):
        if _BRACE_ENDED.match(scan.text, found.end()):
            doubled = len(found[0]) // 2 * 2 if len(found[0]) % 2 else 0
            return Span(at + 1, found.start() + doubled)
    return None


# -- bare values -----------------------------------------------------------------------------

NAME: Final = r"[a-z_][\w.\-]{1,63}+"
"""A key in lower-case text."""

_NEXT_KEY = (
    rf"[\s,;(\[{{<\"'\\]{{0,6}}+(?:[a-z_][\w.\-]{{0,63}}+[\"'\\]{{0,3}}+\s?(?:=|%3d)"
    rf"|{NAME}[\"'\\]{{0,3}}+\s?:"
    rf"|{NAME}(?:\s[a-z]\w{{1,20}}+){{1,2}}\s?=)"
)
_SEPARATED = rf"(?P<key>(?:[,;&|]|%26|%3b|&amp;|\\{{1,4}}+(?:u0026|[nrt]))(?={_NEXT_KEY}))"
_CLOSED = (
    rf"(?P<bracket>[)\]}}>])(?=[)\]}}>,;:.!?\"'\\]{{0,8}}(?:\s|\Z)|/\w|[,;]?\s?[(\[{{<]"
    rf"|[)\]}}>\"'\\]{{0,8}}[,;&|](?={_NEXT_KEY}))"
)
_TAGGED = r"(?P<tag></[a-z_]|<br|&lt;/)|(?P<wide>[，。；、！？）】」』”’])"
_END = re.compile(f"{_SEPARATED}|{_TAGGED}|{_CLOSED}")
_MARK = re.compile(r"[\"'`\\&%]")
_MAY_END = re.compile(r"[^\w+/.!#$^*?@~:=\-]|[^\x00-\x7f]")
_ESCAPED_SPACE = re.compile(r"(?<!\\)(?:\\|\\\\|\\{4})[nrt]")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_LOOK_AHEAD = 80


def word_end(scan: Scan, at: int) -> int:
    """Where the run of characters other than white space ends; a backslash joins lines."""
    text = scan.text
    end = scan.space(at)
    while text.startswith("\n", end) and end > at and text[end - 1] == "\\":
        at = end + 1
        end = scan.space(at)
    return end


def bare(scan: Scan, at: int, key_end: int, *, cjk: bool = False) -> Span:
    """An unquoted value at *at*.

    Args:
        scan: the text.
        at: where the value begins.
        key_end: where its name ends: the brackets and quotes that are open there enclose it.
        cjk: whether it is named in a script without blanks: then its letters end the value.
    """
    low = scan.low
    limit = stop = word_end(scan, at)
    if cjk and (letter := _BEYOND_ASCII.search(scan.text, at, stop)) is not None:
        stop = letter.start()
    if _MAY_END.search(low, at, stop) is None:
        return Span(at, stop)
    before = ""
    reach = min(stop + _LOOK_AHEAD, len(low))
    start = at
    while (found := _END.search(low, start, reach)) is not None and found.start() < stop:
        if found.lastgroup != "bracket":
            stop = found.start()
            break
        before = before or scan.before(key_end)
        if depth(found[0], before) > _further(found):
            stop = found.start()
            break
        start = found.end()
    if _MARK.search(low, at, stop) is not None and (
        within := open_quote(before or scan.before(key_end))
    ):
        end = closing(scan, at, within, stop)
        stop = stop if end is None else end
        if (escaped := _ESCAPED_SPACE.search(low, at, stop)) is not None:
            stop = escaped.start()
    if stop == limit and stop > at and scan.text[stop - 1] in ",;":
        stop -= 1
    return Span(at, stop)


def _further(found: re.Match[str]) -> int:
    """How many more brackets of the kind close right behind: they are the outer ones."""
    behind = found.string[found.end() : found.end() + 8]
    return (behind.split(None, 1) or [""])[0].count(found[0]) if found[0] in behind else 0

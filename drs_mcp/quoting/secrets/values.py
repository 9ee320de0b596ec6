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
    """From the first character of a secret to the one after its last, and what is shown there."""

    start: int
    end: int
    shown: str = HIDDEN


class Scan:
    """A text, what of it was decided already, and what was hidden.

    What was hidden is not looked at again, nor back at: no decision may depend on a secret.

    Args:
        text: the text as it is read, with plain letters for fullwidth ones.
        low: the same in lower case.
        source: the text as it is shown.
    """

    def __init__(self, text: str, low: str, source: str) -> None:
        self.text = text
        self.low = low
        self._source = source
        self.pos = 0
        """Where the last secret ended."""
        self.spans: list[Span] = []
        self._out: list[str] = []
        self._recent = ""
        self._found: dict[str, tuple[int, int]] = {}
        self._space = (0, -1)

    def hide(self, span: Span) -> None:
        """Hide what of *span* has not been hidden yet."""
        start, end = max(span.start, self.pos), span.end
        if end <= start:
            return
        self.spans.append(Span(start, end, span.shown))
        if start > self.pos or not self._out:
            shown = self._source[self.pos : start]
            self._out += (shown, span.shown)
            self._recent = (self._recent + shown[-WINDOW:] + span.shown)[-WINDOW:]
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
        return "".join((*self._out, self._source[self.pos :])) if self._out else self._source


# -- quotes ----------------------------------------------------------------------------------

QUOTE: Final = (
    r"(?:\\*+[\"'`]|&(?:quot|apos|#0*+3[49]|#x0*+2[27]);|%(?:25)*+2[27]"
    r"|\\++(?:u002[27]|x2[27]|0?4[27](?!\d))|[“”„‘’「」『』«»《》【】＂＇])"
)
"""A quote in lower-case text: raw, escaped for JSON, for HTML or for a URL, or typographic."""

_OPENING = re.compile(QUOTE)
_PAIRS = {
    "“": "”", "„": "“”", "‘": "’", "「": "」", "『": "』", "«": "»", "《": "》", "【": "】",
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
        before = scan.before(at - len(quote))
        if len(quote) == 1 and _IN_TAG.search(before):
            end = low.find(mark, at, until)  # a backslash escapes nothing there
            return end if end >= 0 else None
        wrapped = 0
        if quote == "'" and (outer := open_quote(before))[-1:] == '"':
            wrapped = len(outer).bit_length()
        if quote == "'" and (last := _statement_end(scan, at, before, until, wrapped)) is not None:
            return last
        return _closing_raw(low, at, mark, len(quote) - 1, until, wrapped)
    if quote in _PAIRS:
        ends = [end for end in (low.find(sign, at, until) for sign in _PAIRS[quote]) if end >= 0]
        return min(ends, default=None)
    end = low.find(quote, at, until)
    while end >= 0 and (
        low[max(at, end - 3) : end].endswith(("\\", "%5c")) or _GOES_ON.match(low, end + len(quote))
    ):
        end = low.find(quote, end + 1, until)
    return end if end >= 0 else None


_STATEMENT = re.compile(
    r"(?:[:：=]|query|statement|sql)\s?'(?:create|alter|set|grant|change|start)\s", re.IGNORECASE
)
_STATEMENT_ENDS = re.compile(
    r"''(?!')(?=\s*+\Z|[ \t]*+(?:\r?\n|(?:[,.;][ \t]*+)?(?:[a-z_]{2,40}+\s?[:=]|end_log_pos|at\sline|error\b)))"
)


def _statement_end(scan: Scan, at: int, before: str, until: int, wrapped: int) -> int | None:
    """Where a string ends that is the last of a statement in quotes, `Query: 'ALTER … BY 'x'' Pos: 5`."""
    until = min(until, at + _LONGEST_LINE)
    place = scan.find("''", at)
    if place >= until or not _STATEMENT.search(before):
        return None
    while not _STATEMENT_ENDS.match(scan.low, place):
        place = scan.low.find("''", place + 2, until)
        if place < 0:
            return None
    return place if _closing_raw(scan.low, at, "'", 0, place, wrapped) is None else None


_IN_TAG = re.compile(r"<[A-Za-z_][\w.:\-]{0,64}\s[^<>]{0,400}=\s?\Z")
_GOES_ON = re.compile(
    r"(?:%(?:25)*+2c|&#(?:x2c|44);|\\x2c)(?!\Z|[\s\"'{\[]|%(?:25)*+(?:2[027]|7b|5b|0a)|&#(?:x2[027]|3[249]|x7b|123|x5b|91);"
    r"|\\x2[027]|[a-z_]{2,32}[&=:%\\])"
    r"|(?:&amp;|;)(?=[a-z]{0,3}\d)|,(?=[a-z]{1,3}\d)|[`=]|/(?!&gt;|>)|[|!:.](?=[a-z0-9])|<(?=\d)|[^\x00-\x7f，。；：、！？）】」』”’]"
    r"|[a-z0-9_$(#@*+?^~\[{'\"-]|%(?!(?:25)*+(?:2c|7d|5d|26|3b|29|20|0a|3c|3e))|&#(?!x?(?:2c|44|7d|125|5d|93);)|\\(?:x|0)(?!2c|7d|5d|54|175)"
)
"""What stands behind an escaped quote that ends nothing: `&#x27;7yuH`."""


_LONGEST_TRIPLE = 4096


def _closing_raw(
    low: str, at: int, mark: str, slashes: int, until: int, wrapped: int = 0
) -> int | None:
    """The closing `"` or `'` of a string that stands in *slashes* levels of JSON's escaping.

    An apostrophe is not escaped by the *wrapped* levels of JSON around it, the backslash before it is.

    n levels write the quote with 2**n - 1 backslashes. A run before a quote is unescaped level by
    level: where it comes out even the string of that level ends.
    """
    level = (slashes + 1).bit_length() - 1
    if slashes == 0 and low.startswith(mark * 2, at):
        end = low.find(mark * 3, at + 2, at + _LONGEST_TRIPLE)  # Python's triple quotes
        if end >= 0:
            return end
    looked, early = at, None
    end = low.find(mark, at, until)
    while end >= 0:
        outer = _level_closed(end - looked - len(low[looked:end].rstrip("\\")), level, wrapped)
        after = low[end + 1 : end + 2]
        if outer is None:
            if early is None and slashes == wrapped == 0 and _CLOSED.match(low, end + 1):
                early = end
        elif slashes == 0 and after == mark:
            end += 1  # a doubled quote is one in SQL
        elif mark == "'" and low.startswith("\\''", end + 1):
            end += 3  # an apostrophe in a shell
        elif not _WORDLY.match(after):
            return end - (1 << (level - outer)) + 1
        elif early is not None:
            return early  # what opens here was closed before, behind a plain backslash
        looked = end + 1
        end = low.find(mark, looked, until)
    return early if mark == "'" else None


def _level_closed(run: int, level: int, wrapped: int) -> int | None:
    """The level whose string a quote behind *run* backslashes ends; None: it is escaped."""
    if wrapped and run and run % (1 << wrapped) == 0:
        run >>= wrapped
    while level and run % 2:
        run //= 2
        level -= 1
    return None if run % 2 else level


_CLOSED = re.compile(r"\s*[;,)\]}]+(?:[\s\"']|\Z)|[ \t]*\r?\n")


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
    if end is None:
        end = _unescaped_end(scan, at, quote)
    return Span(at, end)


_LONGEST_LINE = 512


def _unescaped_end(scan: Scan, at: int, quote: str) -> int:
    """Where a string ends in a language without escapes, whose last character is a backslash.

    A text that ends in such a quote may have been cut there: that one is hidden, too.
    """
    if _ESCAPES.search(scan.before(at)):
        return len(scan.text)
    limit = min(scan.find("\n", at), at + _LONGEST_LINE)
    place = scan.low.find(quote, at, limit) if len(quote) == 1 else -1
    while place >= 0:
        if scan.low.startswith(quote, place + 1):
            place += 1  # doubled: there it is one
        elif (ends := _ENDS.match(scan.text, place + 1)) is not None:
            return ends.end() if ends.end() == len(scan.text) else place
        place = scan.low.find(quote, place + 1, limit)
    return len(scan.text)


_ESCAPES = re.compile(r"[\"'`]\s?:\s?[\"'`]\Z|\bnear '[^']{0,80}'\Z")
"""Before a string that is cut where it has no end: of JSON, of a piece of a statement of MySQL."""

_ENDS = re.compile(r"\r?\n|\s*\Z|;[A-Za-z]{2,}|[ \t]+[A-Za-z]{2,}\s?=|,\s?[A-Za-z\"']")


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


_CODED = re.compile(r"&(?:quot|apos|#3[49]|#x2[27]);|(?<!\\)\\++u002[27]|%(?:25)*+22")

# -- brackets --------------------------------------------------------------------------------

OPENERS: Final = {")": "(", "]": "[", "}": "{", ">": "<"}
_STRUCTURE = re.compile(
    r"\"(?:[^\"\\]|\\.)*+(?:\"|\\?\Z)|'(?:[^'\\]|\\.)*+(?:'|\\?\Z)|[\[\]{}]", re.DOTALL
)
_BRACKETS = re.compile(r"[\[\]{}]")
_BRACES = re.compile(r"\}++")
_BRACE_ENDED = re.compile(r"[;,\s)\]\"'&]|\Z")
_LONGEST_BRACED = 2048


COLOUR: Final = r"(?:(?:#033|\\x1b|\\u001b|\\0?33|\\e|\^\[)\[[\d;]{0,12}m)"
"""What colours a terminal's text, as loggers write it out, in lower case."""

_COLOUR = re.compile(COLOUR, re.IGNORECASE)


def depth(bracket: str, before: str) -> int:
    """How many brackets that *bracket* closes *before* leaves open."""
    opener = OPENERS[bracket]
    if opener == "[":
        before = _COLOUR.sub("", before)
    level = before.count(opener) - before.count(bracket)
    return level if level > 0 else int(before.rfind(opener) > before.rfind(bracket))


_BARE_LIST = re.compile(r"\[(?!\s*(?:[\"'\\\[{]|&quot;|-?\d{1,6}\s*[,\]]|[a-z]{2,10}\s[^\s,]{8,}))")
_BARE_LIST_END = re.compile(
    r"\](?=[^\S\n]*+(?:\Z|\n)|[)\]}\"';:.!?]{0,64}+(?:\s|\Z)|[)\]}]{0,64}+,\s?[a-z_][\w.\- ]{0,40}\s?[=:])"
)


def bracketed(scan: Scan, at: int) -> Span:
    """The inside of the list or object that opens at *at*; to the end if it is not ended."""
    if _BARE_LIST.match(scan.low, at) and (
        end := _BARE_LIST_END.search(scan.low, at, at + _LONGEST_BRACED)
    ):
        return Span(at + 1, end.start())
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
            if not doubled and len(found[0]) > 1 and not depth("}", scan.before(at)):
                continue
            return Span(at + 1, found.start() + doubled)
    return None

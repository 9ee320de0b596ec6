"""The part of a log message that tells most, where there is no room for all of it.

What every line of its like carries goes first: `service X failed, cause by:`, dumps of events,
packages of Java classes, parameters of JDBC addresses. Then the middle goes. The last cause of a
chain stays, as it is the one that decides.
"""

import re

from drs_mcp.summaries.logs.names import named_in

DECIDING_CHARS = 300
"""So long may the line be on which a verdict rests."""

GAP = " … "

_SERVICE = re.compile(r"\bservice (?P<name>[A-Z]{3,20}) failed[,!.]? ?cause by: ?", re.IGNORECASE)
_DUMP = re.compile(r"(?P<open>[\[{(])(?P<inside>[^\[\]{}()]*+)[\]})]")
_PAIR = re.compile(r"[\w.-]{1,80}[=:]")
_LEAST_PAIRS = 3
_PACKAGE = re.compile(
    r"(?<![\w.$/@-])(?:javax?|jdk|sun|com|org|net|io|cn)\.(?:[a-z_][\w$]*+\.){1,12}+(?=[A-Z][\w$]*+)"
)
_JDBC = re.compile(r"(?P<address>\bjdbc:[\w:+-]{1,40}(?://|@)[^\s?;'\"]{1,300}+)[?;][^\s'\"]*+")
_CAUSE = re.compile(
    r"(?i:\bcaused? ?by\b:?+|\bnested exception is:?+|\b(?:err)?(?:msg|message|reason)\s?[=:]"
    r"|\broot cause:?+)|原因(?:是|为)?[:：]?|错误信息[:：]?"
)
_BLANKS = re.compile(r"\s{2,}+")


def excerpt(message: str, cap: int = DECIDING_CHARS) -> str:
    """A message of one line in at most *cap* characters, ending in its last cause."""
    if len(message) <= cap:
        return message
    bare = stripped(message)
    return bare if len(bare) <= cap else _without_middle(bare, cap)


def stripped(message: str) -> str:
    """A message without what tells nothing of this entry; names and codes in dumps stay."""
    text = _SERVICE.sub(r"\g<name>: ", message)
    text = _JDBC.sub(r"\g<address>", text)
    text = _PACKAGE.sub("", text)
    text = _DUMP.sub(_names_of_dump, text)
    return _BLANKS.sub(" ", text).strip()


def _names_of_dump(found: re.Match[str]) -> str:
    inside = found["inside"]
    if len(_PAIR.findall(inside)) < _LEAST_PAIRS:
        return found[0]
    names = ", ".join(dict.fromkeys(one.name for one in named_in(inside)))
    return f"[{names}]" if names else "[…]"


def _without_middle(text: str, cap: int) -> str:
    causes = [found.start() for found in _CAUSE.finditer(text)]
    room = cap - len(GAP)
    least_head = room // 4
    start = next((at for at in reversed(causes) if at > least_head), -1)
    tail = text[start:] if start >= 0 else _from_word(text, len(text) - room // 3)
    start = len(text) - len(tail)
    if len(tail) > room - least_head:
        # The cause itself is longer than there is room: its beginning and its end.
        tail_room = room - least_head - len(GAP)
        end = _from_word(tail, len(tail) - tail_room // 3)
        tail = f"{_to_word(tail, tail_room - tail_room // 3)}{GAP}{end}"
    head = _to_word(text, min(room - len(tail), start))
    return f"{head}{GAP}{tail}"[:cap]


def _to_word(text: str, end: int) -> str:
    """The text up to *end* at the most, no word cut in two where words are of a common length."""
    if end >= len(text):
        return text
    blank = text.rfind(" ", max(end - 15, 0), end + 1)
    return text[: blank if blank > 0 else end].rstrip()


def _from_word(text: str, start: int) -> str:
    blank = text.find(" ", start, start + 15)
    return text[blank + 1 if blank >= 0 else start :]

"""The part of a log message that tells most, where there is no room for all of it.

What every line of its like carries goes first: `service X failed, cause by:`, dumps of events,
packages of Java classes, parameters of JDBC addresses. What is left is shortened as any other text.
"""

import re

from drs_mcp.quoting.shortening import shortened
from drs_mcp.summaries.logs.names import named_in

DECIDING_CHARS = 300
"""So long may the line be on which a verdict rests."""

_SERVICE = re.compile(r"\bservice (?P<name>[A-Z]{3,20}) failed[,!.]? ?cause by: ?", re.IGNORECASE)
_DUMP = re.compile(r"(?P<open>[\[{(])(?P<inside>[^\[\]{}()]*+)[\]})]")
_NESTED = 3
_PAIR = re.compile(r"[\w.-][=:]")
_LEAST_PAIRS = 3
_PLACE = re.compile(
    r"(?<![\w.-])(?P<name>(?:\w{1,30}?(?:_|(?<=[a-z0-9])(?=[A-Z])))?(?:(?:bin|redo|relay)?_?(?:log_?)?(?:[Ff]ile(?:_?[Nn]ame)?"
    r"|[Pp]os(?:ition)?)|[Ss]cn|SCN|[Ll]sn|LSN|[Gg]tid(?:s|_?[Ss]et)?|GTID|[Oo]ffset|resume_?[Tt]oken))\"?\s?[=:]\s?\"?"
    r"(?P<value>(?!(?:null|none|nil|NULL|None)\b)[\w./:@-]{1,80})"
)
"""Where in a log something stands: it decides whether that log is still there."""
_MOST_PLACES = 4
# Lists of columns and of what is put into them, and what a statement selects.
_LIST = re.compile(
    r"\((?:\s?[\w\"`?*$.']{1,80}\s?,){3}[^()]*+\)|(?<=\bSELECT\s)(?:[^()]|\([^()]{0,80}\)){40,1000}?(?=\sFROM\b)"
)
_PACKAGE = re.compile(
    r"(?<![\w.$/@-])(?:javax?|jdk|sun|com|org|net|io|cn)\.(?:[a-z_][\w$]*+\.){1,12}+(?=[A-Z][\w$]*+)"
)
_JDBC = re.compile(r"(?P<address>\bjdbc:[\w:+-]{1,40}(?://|@)[^\s?;'\"]{1,300}+)[?;][^\s'\"]*+")
_BLANKS = re.compile(r"\s{2,}+")


def excerpt(message: str, cap: int = DECIDING_CHARS) -> str:
    """A message of one line in at most *cap* characters, ending in its last cause."""
    if len(message) <= cap:
        return message
    return shortened(stripped(message), cap)


def stripped(message: str) -> str:
    """A message without what tells nothing of this entry; names and codes in dumps stay."""
    text = _SERVICE.sub(r"\g<name>: ", message)
    text = _JDBC.sub(r"\g<address>", text)
    text = _PACKAGE.sub("", text)
    for _ in range(_NESTED):
        bare = _LIST.sub(_without_list, _DUMP.sub(_names_of_dump, text))
        if bare == text:
            break
        text = bare
    return _BLANKS.sub(" ", text).strip()


def _without_list(found: re.Match[str]) -> str:
    return "(…)" if found[0].startswith("(") else "…"


def _names_of_dump(found: re.Match[str]) -> str:
    inside = found["inside"]
    if len(_PAIR.findall(inside)) < _LEAST_PAIRS:
        # A list within a dump would hide that it is one.
        before = found.string[max(found.start() - 1, 0) : found.start()]
        return "…" if before == "=" and "," in inside else found[0]
    places = [f"{one['name']}={one['value']}" for one in _PLACE.finditer(inside)]
    named = (one.name for one in named_in(inside) if not any(one.name in told for told in places))
    kept = ", ".join(dict.fromkeys([*places[:_MOST_PLACES], *named]))
    return f"[{kept}]" if kept else "[…]"

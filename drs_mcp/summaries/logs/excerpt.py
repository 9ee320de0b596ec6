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
_CAUSE = re.compile(
    r"(?i:\bcause(?:d? ?by\b:?+| is\b:?+|[\"']?\s?[:=])|\bnested exception is:?+"
    r"|\b(?:err(?:or)?_?)?(?:msg|message|reason)[\"']?\s?[=:]|\broot cause:?+|\bdue to\b|\bbecause\b"
    r"|\berror:\s)|\b\w{1,80}(?:Exception|Error):\s|原因(?:是|为)?[:：]?|错误信息[:：]?|由于"
)
_BLANKS = re.compile(r"\s{2,}+")
_IN_WORD = re.compile(r"[\w.$/'\"`@:=-]", re.ASCII)
_CLAUSES = (";", ",", ". ", "{", "；", "，", "。")
_WORD_CHARS = 60
"""So far a cut moves to spare a word."""


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


def _without_middle(text: str, cap: int) -> str:
    room = cap - len(GAP)
    least_head = room // 5
    start = _clause(text, _last_cause(text, least_head), len(text) - room + least_head)
    tail = text[start:].lstrip() if start >= 0 else _from_word(text, len(text) - room // 3)
    start = len(text) - len(tail)
    if len(tail) > room - least_head:
        # The cause itself is longer than there is room: its beginning and its end.
        tail_room = room - least_head - len(GAP)
        end = _from_word(tail, len(tail) - tail_room // 3)
        tail = f"{_to_word(tail, tail_room - tail_room // 3)}{GAP}{end}"
    head = _to_word(text, min(room - len(tail), start))
    return f"{head}{GAP}{tail}"[:cap]


def _last_cause(text: str, least: int) -> int:
    """Where the last cause begins, if beyond *least*; else -1.

    `Caused by: TimeoutException: ` is one beginning.
    """
    found = [(one.start(), one.end()) for one in _CAUSE.finditer(text)]
    for place in range(len(found) - 1, -1, -1):
        start = found[place][0]
        follows = place > 0 and start - found[place - 1][1] <= 2
        if start > least and not (follows and found[place - 1][0] > least):
            return start
    return -1


def _clause(text: str, start: int, least: int) -> int:
    """Where the clause begins of which a cause is told, if nearby and not before *least*."""
    low = max(start - _WORD_CHARS, least, 0)
    marks = [text.rfind(mark, low, start - 2) for mark in _CLAUSES]
    return start if start < 0 or max(marks) < 0 else max(marks) + 1


def _to_word(text: str, end: int) -> str:
    """The text up to *end* at the most, no word cut in two where words are of a common length."""
    if end >= len(text):
        return text
    for place in range(end, max(end - _WORD_CHARS, 0), -1):
        if not _parts_word(text, place):
            return text[:place].rstrip()
    return text[:end]


def _from_word(text: str, start: int) -> str:
    for place in range(max(start, 0), min(start + _WORD_CHARS, len(text))):
        if not _parts_word(text, place):
            return text[place:].lstrip()
    return text[start:]


def _parts_word(text: str, place: int) -> bool:
    """Whether a cut there would part a word or a name."""
    return bool(_IN_WORD.match(text, place - 1) and _IN_WORD.match(text, place))

r"""Keys and values in Redis commands, as servers, proxies and tools log them.

Three notations: the line (`HSET user:1 name anna`), the MONITOR line (`… [0 10.0.0.1:6379] "set"
"k" "v"`), and the wire's own (`*3\r\n$3\r\nSET\r\n…`). The command stays, its arguments go as one:
their number and lengths are the data's own.
"""

import re
from typing import Final

from drs_mcp.quoting.row_values.ends import MESSAGE_END
from drs_mcp.quoting.row_values.spans import Found
from drs_mcp.quoting.secrets.protocols.resp import command_end

_SURE = (
    r"hset|hsetnx|hmset|hincrby|hincrbyfloat|hdel|lpush|rpush|lpushx|rpushx|linsert|lset|sadd|zadd"
    r"|zincrby|setex|psetex|setnx|mset|msetnx|getset|incrby|incrbyfloat|decrby|xadd|pfadd|geoadd"
    r"|brpoplpush|rpoplpush|evalsha(?:_ro)?|fcall(?:_ro)?"
)
_UNSURE = r"set(?=,)|restore|append|expire|del|unlink|incr|decr"
_ARGUMENT = r"(?=[\"'\w:{\[<%\\*/$#@.\-])"
SURE: Final = rf"(?:{_SURE}),? {_ARGUMENT}"
"""Commands that no word of prose or of SQL is written like."""
UNSURE: Final = rf"(?:{_UNSURE}),? {_ARGUMENT}"
NEEDS: Final = (
    "set ", "set,", "setex", "setnx", "push", "sadd", "zadd", "xadd", "pfadd", "geoadd", "incr ",
    "incrb", "decr ", "decrby", "restore ", "append ", "expire ", "del ", "unlink ", "linsert", "evalsha", "fcall",
)  # fmt: skip
WIRE: Final = (
    r"\*\d{1,9}(?:\\r\\n|\r\n|\s)\$\d{1,9}(?:\\r\\n|\r\n|\s)[a-z.\-]{2,20}(?:\\r\\n|\r\n|\s)(?=\$)"
)
MONITORED: Final = r"\[\d{1,5} [^\]\s]{1,64}\] \"[a-z.\-]{2,20}\" (?=\")"

_INTRODUCED = re.compile(
    r"(?:redis|command|commands|cmd|cmds|resp|execute|executing|exec|args?|argv|call|replay|write)"
    r"[\w ]{0,16}[:=,]?\s?[\[(\"'`<{]{0,2}\Z|\A\s*+\Z|[\r\n][^\S\r\n]*+\Z|[\[`\"']\Z",
    re.IGNORECASE,
)
_ENCLOSED = re.compile(r"(?:cmd|command|argv?)\s?[:=] ?\[\Z", re.IGNORECASE)
"""Stands before a command in whatever case: `cmd=[restore k 0 v]`."""
_KEYED = re.compile(r"\S{0,128}:\S{1,256}\s[\"']")
"""A key as Redis' users build them, and a quoted value."""
_REACH = 40
_PROSE = re.compile(
    r"(?:command|commands|failed|failure|error|errors|is|was|are|were|took|takes|operation|request"
    r"|requests|not|to|of|the|on|in|for|and|or|with|from|as|by|has|timed|timeout|after|before|key"
    r"|keys|global|session|names|transaction|schema|role|character|default|null|password|value"
    r"|point|phase|database|table|file|files|backup|log|column|index|local|point|into|completed|finished|started|aborted|succeeded|skipped)\b(?![:.]\S)|\w{1,40}\s(?:on|off)\b"
    r"|\S{1,64}\s?:?=|\S{1,64}\sto\s|@|constraint|search_path",
    re.IGNORECASE,
)
_OPTIONS = re.compile(
    r"(?:\s(?:(?:px|ex)(?:at)?\s\d{1,14}|nx|xx|get|keepttl)){1,8}+[\s.,]{0,4}\Z", re.IGNORECASE
)
"""Behind the value of SET: when it expires, and whether the key must be there."""
_QUOTED = re.compile(r"\\{0,8}\"(?:[^\"\\]|\\.)*+\"|'(?:[^'\\]|\\.)*+'", re.DOTALL)
_AFTER = (
    r"\s(?:\(error\)|failed|error|took|timed out|was |were |returned|on (?:slot|node|db)|after \d|=>|->)"
    r"|[,:;]\s(?:err|error|oom|wrongtype|readonly|moved|ask|noauth|noscript|busykey|busy|loading"
    r"|reason|cause|exception|code)\b"
)
_CLOSING = {"[": "]", "(": ")", '"': '"', "'": "'", "`": "`", "<": ">", "{": "}"}


def command(text: str, folded: str, start: int, end: int, *, sure: bool) -> Found:
    """The arguments of a command on a line; none if its word is prose.

    Args:
        text: the text.
        folded: the text in lower case.
        start: where the command's name begins.
        end: where its arguments begin.
        sure: whether no word of prose or of SQL is written like it.
    """
    before = text[max(start - _REACH, 0) : start]
    introduced = (
        not before.strip()
        or _KEYED.match(text, end) is not None
        or _INTRODUCED.search(before) is not None
        or ("redis" in before.lower() and before.endswith((": ", "- ", "> ")))
    )
    quoted = sure and text[end] in "\"'"
    if _ENCLOSED.search(before):
        place = _arguments_end(text, folded, start, end)
        return Found([(end, place)] if place > end else [], place)
    if not text[start : start + 3].isupper() or (not quoted and _PROSE.match(text, end)):
        return Found([], end)
    if not sure and not introduced:
        return Found([], end)
    place = _arguments_end(text, folded, start, end)
    hidden = _without_options(text, end, place) if folded.startswith("set", start) else place
    return Found([(end, hidden)] if hidden > end else [], place)


def _without_options(text: str, start: int, end: int) -> int:
    """Where the options of SET begin, if there are some behind its key and value."""
    begin = max(end - _LONGEST_OPTIONS, start)
    options = _OPTIONS.search(text, begin, end)
    if options is None or not _KEY_AND_VALUE.match(text, start, options.start()):
        return end
    return options.start()


_LONGEST_OPTIONS = 60
_KEY_AND_VALUE = re.compile(r"\S+\s+\S|\?\Z")


def on_the_wire(text: str, start: int, end: int) -> Found:
    """The arguments by their lengths; all that follows where these do not fit."""
    place = command_end(text, start, end)
    if place is None:
        ended = _WIRE_ENDED.search(text, end)
        place = ended.start() if ended else len(text)
    return Found([(end, place)], place)


_WIRE_ENDED = re.compile(r"(?:\\r\\n|\r\n) (?=(?:at|in|on|from|of|near)\s)")


def monitored(text: str, end: int) -> Found:
    """The quoted arguments of a MONITOR line."""
    place = end
    while (argument := _QUOTED.match(text, place)) is not None:
        place = argument.end()
        if not text.startswith(' "', place):
            break
        place += 1
    else:
        place = len(text)  # cut inside of an argument
    return Found([(end, place)], place)


def _arguments_end(text: str, folded: str, start: int, position: int) -> int:
    """Where the arguments end: at what encloses the command, or where the message goes on."""
    closing = _CLOSING.get(text[start - 1 : start], "\n")
    line = MESSAGE_END.search(folded, position)
    limit = line.start() if line else len(text)
    steps = re.compile(rf"(?<=[ ,\[])\\*+[\"']|{re.escape(closing)}|{_AFTER}", re.IGNORECASE)
    place = position
    while (step := steps.search(text, place)) is not None and step.start() < limit:
        quoted = _QUOTED.match(text, step.start()) if step[0][-1] in "\"'" else None
        if quoted is None or step[0] == closing:
            limit = step.start()
            break
        place = quoted.end()
        if place > limit:  # what seemed to end the message stands in the argument
            line = MESSAGE_END.search(folded, place)
            limit = line.start() if line else len(text)
    return position + len(text[position:limit].rstrip(" .,"))

"""From log lines to keys: what varies is masked, what identifies stays.

Digits are first made alike (`2026-11-20` and `2025-01-02` are both `0000-00-00`), which leaves few
distinct words; each is masked once and looked up ever after. Lines that differ in numbers, names
with dots, paths, quoted text or the values of `key=value` thus have one key. A page is keyed as
one text, so that the work is done by C, and of lines that are now alike only one. Words of a key
stand where the line's words stand.
"""

import re
from collections.abc import Set as AbstractSet
from itertools import compress
from typing import Final

from drs_mcp.quoting.forms import forms
from drs_mcp.summaries.logs.names import SERVICES, VENDORS

CODED = "\x01"
"""Marks a masked word that holds or announces an error code, whose digits are still missing."""

BLANK = "\x04"
"""Stands for a blank inside of quotes, so that quoted text is one word."""

MASK = "*"

_BREAK = " \n "
_WORDS_KEPT = 20_000
_LONGEST_WORD = 400
_LONGEST_KEPT = 100
_LINES_KEPT = 3_000
_LONGEST_LINE = 500
_HYPHENS = "----"
"""Every fifth character of a UUID from its ninth on: it is asked of each that a log holds."""

_WRAPPED = "()[]{}<>\"'`.,;:!?|*#"
_PLAIN = re.compile(
    r"[(\[{<\"'`]*+[^\W\d](?:[^\W\d]|['’-](?=[^\W\d]))*+(?:\(\))?[(\[{<)\]}>\"'`.,;:!?|=]*+\Z"
)
_QUOTED = re.compile(
    r"(?<!\w)'[^'\n]{0,300}+'(?!\w)|\"[^\"\n]{0,300}+\"|`[^`\n]{0,128}+`(?:\.`[^`\n]{0,128}+`)?"
    r"|\[[^\[\]\n]{1,128}+\](?:\.\[[^\[\]\n]{1,128}+\])++"
)
_QUOTE = re.compile(r"[\"'`]|\]\.\[")
_QUOTES = ("'", '"', "`", "].[")
_LABELLED = re.compile(
    r"(?P<head>[(\[{<\"'`]*+(?:[^\W\d][\w-]{0,60}+[({\[<])*+)"
    r"(?P<label>[^\W\d][\w-]{0,60}+(?:=|:(?![/:])))(?P<value>[^,;]*+)"
)
_CLOSING = re.compile(r"(?<![)\]}>\"'`.!?:|,;])[)\]}>\"'`.!?:|,;]*+\Z")
_CLASS = re.compile(r"(?P<package>\W*+(?:[A-Za-z_$][\w$]*\.)+)(?P<name>[A-Z]\w*)(?P<end>[\W]*)\Z")
_GLUED = re.compile(r"0:(?P<word>[A-Z][a-z]{2,40})\Z")
_CALL = re.compile(r"(?P<name>[^\W\d]\w{0,80})\([^()]*+\)\Z")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_ASCII_RUN = re.compile(r"(?<![!-~])[!-#%-)+-\-1-?A-\[\]-}]*+[0./\\@$~*][!-~]*+")
_ID = re.compile(r"[\W_]*(?:[0a-zA-Z]{8}-(?:[0a-zA-Z]{4}-){3}[0a-zA-Z]{12}|[0a-f]{12,})\W*\Z")
_CODE_HEAD = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:{VENDORS})-0{{3}}|[A-Z]{{2,5}}-0{{5}}|(?:{SERVICES})\.[A-Z]?0{{3}}"
    r"|(?i:err(?![a-z])|error|sqlstate|sqlcode|errno|errcode)|Msg\Z)|错误(?:代?码|号)"
)


class Keys(dict[str, str]):
    """Makes keys; as a mapping it holds every word met, masked.

    Bounded: identifiers, which do not come back, are not kept, and a full mapping starts anew.
    """

    def __init__(self) -> None:
        super().__init__()
        self._known: dict[str, str] = {}
        """Keys by line, its digits and UUIDs made alike."""

    def __missing__(self, word: str) -> str:
        if word[8:24:5] == _HYPHENS or (len(word) > 11 and _ID.match(word)):
            return MASK
        masked = _mask(word)
        if len(word) <= _LONGEST_KEPT:
            if len(self) >= _WORDS_KEPT:
                self.clear()
            self[word] = masked
        return masked

    def page(
        self,
        messages: list[str],
        formed: list[str] | None = None,
        distinct: AbstractSet[str] | None = None,
    ) -> tuple[list[str], list[str]]:
        """The key of each message, and the messages with blanks inside of quotes as `BLANK`.

        Messages are lines of text, words parted by single blanks. *formed* are their forms and
        *distinct* the set of these, where they are known.
        """
        formed = forms(messages) if formed is None else formed
        distinct = set(formed) if distinct is None else distinct
        # What is known holds no quotes, or none with a blank inside.
        quoted = {
            form
            for form in distinct - self._known.keys()
            if any(quote in form for quote in _QUOTES)
        }
        if quoted:
            messages, formed = list(messages), list(formed)
            places = list(compress(range(len(messages)), map(quoted.__contains__, formed)))
            for place in places:
                messages[place] = protected(messages[place])
            protected_forms = forms([messages[place] for place in places])
            for place, form in zip(places, protected_forms, strict=True):
                formed[place] = form
            distinct = distinct - quoted | set(protected_forms)
        keys = self._keys_of(distinct)
        return list(map(keys.__getitem__, formed)), messages

    def _keys_of(self, lines: AbstractSet[str]) -> dict[str, str]:
        """The keys of distinct lines."""
        known = self._known
        keys = {line: known[line] for line in lines & known.keys()}
        if new := list(lines - known.keys()):
            words = _BREAK.join(new).split(" ")
            masked = " ".join(map(self.__getitem__, words)).split(_BREAK)
            made = dict(zip(new, masked, strict=True))
            keys |= made
            if len(known) > _LINES_KEPT:
                known.clear()
            known.update((line, key) for line, key in made.items() if len(line) <= _LONGEST_LINE)
        return keys

    def key(self, message: str) -> str:
        """The key of one message."""
        return self.page([message])[0][0]


KEYS: Final = Keys()
"""Those of this process: the next log is full of lines like those of the last one."""


def _one_word(found: re.Match[str]) -> str:
    return found[0].replace(" ", BLANK)


def protected(message: str) -> str:
    """A message with every quoted text as one word."""
    return _QUOTED.sub(_one_word, message)


def readable(message: str) -> str:
    """The message that `protected` was given."""
    return message.replace(BLANK, " ")


def _mask(word: str) -> str:
    if not word or word in (MASK, "\n") or word.isalpha():
        return CODED + word if _CODE_HEAD.search(word) else word
    word_ = word[:_LONGEST_WORD]
    bare = _QUOTED.sub(MASK, word_) if _QUOTE.search(word_) else word_
    if bare != word_ and not any(map(str.isalnum, bare)):  # `'drs'@'10.0.0.1'`, `"shop"."orders"`
        masked = f"{bare[: bare.index(MASK)]}{MASK}{bare[bare.rindex(MASK) + 1 :]}"
    else:
        masked = _masked(bare)
    return CODED + masked if _CODE_HEAD.search(word_) else masked


def _masked(word: str) -> str:
    if _PLAIN.match(word):
        return word
    if _CHINESE.search(word):
        return _ASCII_RUN.sub(MASK, word).replace("0", MASK)
    if named := _CLASS.match(word):
        ends = named["name"].endswith(("Exception", "Error"))
        return f"{named['name']}{named['end']}" if ends else _whole(word)
    if _LABELLED.match(word):
        return "".join(_part(part) for part in re.split("([,;])", word))
    return _whole(word)


def _part(part: str) -> str:
    """A piece of `a=1,b=2` with its value masked."""
    if part in ("", ",", ";"):
        return part
    found = _LABELLED.match(part)
    if found is None:
        return MASK
    closing = _CLOSING.search(found["value"])
    return f"{found['head']}{found['label']}{MASK}{closing[0] if closing else ''}"


def _whole(word: str) -> str:
    """A word masked but for the marks around it; `10.0.0.1:50010:Got` keeps its last part."""
    inner = word.strip(_WRAPPED)
    if not any(map(str.isalnum, inner)):  # marks tell nothing, but for `label = value`
        return word.replace(MASK, "").replace("#", "") if inner or MASK not in word else word
    start = word.index(inner)
    head = word[:start].replace(MASK, "").replace("#", "")
    tail = word[start + len(inner) :].replace(MASK, "").replace("#", "")
    if called := _CALL.match(word[start:].rstrip(".,;:!?")):
        return f"{head}{called['name']}({MASK}){word[len(word.rstrip('.,;:!?')) :]}"
    glued = _GLUED.search(inner)
    return f"{head}{MASK}{':' + glued['word'] if glued else ''}{tail}"


def code_places(key: str) -> list[int]:
    """The places of words that an error code may be made of: marked ones and those that follow.

    `errno: 28`, `error code is 1062`, `SQLSTATE - HY000`.
    """
    words = key.split(" ")
    places = []
    for place, word in enumerate(words):
        if CODED in word:
            places.append(place)
            follow = place + 1
            while follow < min(len(words), place + 4):
                places.append(follow)
                if words[follow].lower().strip(":=") not in ("", "code", "number", "no", "is", "-"):
                    break
                follow += 1
    return sorted(set(places))


_LONG_ID = re.compile(
    r"(?<![A-Za-z0-9])([0-9a-zA-Z]{8})-(?:[0-9a-zA-Z]{4}-){3}[0-9a-zA-Z]{12}(?![A-Za-z0-9]|:\d)"
    r"|(?<![A-Za-z0-9])(?!0{4})((?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{8})[0-9a-f]{8,}(?![A-Za-z0-9])"
)
"""A UUID, or hexadecimal digits that are drawn; no place in a log or time, which decides.

SCN, TSO and LSN are decimal, a segment of WAL and an LSN of DB2 begin with zeros, a GTID goes on
with its numbers.
"""


def shorten_ids(message: str) -> str:
    """The message with each long identifier cut to its first eight characters."""
    return _LONG_ID.sub(lambda found: f"{found[1] or found[2]}…", message)

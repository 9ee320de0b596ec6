"""From log messages to keys: what varies is masked, what identifies stays.

Digits are first made alike (`2026-11-20` and `2025-01-02` are both `0000-00-00`), which leaves few
distinct words; each is masked once, by one regular expression, and looked up ever after. Messages
of one kind thus have one key. A page is keyed as one text, so that the work is done by C.
"""

import re

from drs_mcp.summaries.logs.names import NAME, SERVICES, VENDORS

CODED = "\x01"
"""Marks a masked word that holds or announces an error code, whose digits are still missing."""
_TABLE = "\x02"
_BREAK = " \n "

MASK = "*"

_ZEROS = bytes(ord("0") if chr(byte).isdigit() and byte < 128 else byte for byte in range(256))
_WORDS_KEPT = 20_000

_PLAIN_WORD = re.compile(r"[A-Za-z]*[.,;:!?)]*\Z")
_HEX = "[0a-fA-F]"
_ID = r"[0a-zA-Z]{8}-(?:[0a-zA-Z]{4}-){3}[0a-zA-Z]{12}"
_WHOLE_ID = re.compile(rf"(?:{_ID}|(?=[a-f]*0)[0a-f]{{12,}})[.,;:)\]]?\Z")
_VARYING = re.compile(
    rf"(?P<code>(?<![A-Za-z0-9])(?:(?:{VENDORS})-0{{3,6}}|[A-Z]{{2,5}}-0{{5}}"
    rf"|(?:{SERVICES})\.[A-Z]?0{{3,10}})(?![A-Za-z0-9]))"
    rf"|(?P<id>(?<![A-Za-z0-9])(?:{_ID}"
    rf"|0[xX]{_HEX}+|(?={_HEX}*0){_HEX}{{8,}}|[0A-F]{{1,8}}/[0A-F]{{1,8}})(?![A-Za-z0-9]))"
    rf"|(?P<name>`[^`]+`(?:\.`[^`]+`)?|(?<![\w./@$\\-]){NAME}\.{NAME}(?:\.{NAME})?(?![\w./(@$\\-]))"
    r"|(?P<quoted>'[^']*'|\"[^\"]*\")"
    r"|(?P<number>[-+]?0+(?:[.,:/-]0+)*(?:T0+[:.0]*Z?)?)"
)
_CODE_HEAD = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:{VENDORS})-0{{3}}|[A-Z]{{2,5}}-0{{5}}|(?:{SERVICES})\.[A-Z]?0{{3}}"
    r"|(?i:err(?![a-z])|error|sqlstate|sqlcode|errno|errcode))"
)
_QUOTED = re.compile(r"(?<!\w)'[^'\n]*'(?!\w)|\"[^\"\n]*\"")
_AFTER_TABLE = re.compile(rf"{_TABLE} (?=\S*[_*]|[`\"'\[(]*[A-Z]{{2}})[^\s,;:]+")
_TABLE_WORDS = frozenset(("table", "tables", "relation", "collection"))


class Keys(dict[str, str]):
    """Makes keys; as a mapping it holds every word met, masked.

    Bounded: identifiers, which do not come back, are not kept, and a full mapping starts anew.
    """

    def __missing__(self, word: str) -> str:
        if len(word) > 11 and _WHOLE_ID.match(word):
            return MASK
        masked, keep = _mask(word)
        if keep:
            if len(self) >= _WORDS_KEPT:
                self.clear()
            self[word] = masked
        return masked

    def page(self, messages: list[str]) -> list[str]:
        """The key of each message; messages are lines of text, words parted by single blanks."""
        if not messages:
            return []
        # A lone surrogate is no Unicode, but JSON can hold one.
        raw = _BREAK.join(messages).encode("utf-8", "surrogatepass")
        shapes = raw.translate(_ZEROS).decode("utf-8", "surrogatepass")
        if "'" in shapes or '"' in shapes:
            shapes = _BREAK.join([_unquoted(shape) for shape in shapes.split(_BREAK)])
        words = shapes.split(" ")
        return " ".join(map(self.__getitem__, words)).split(_BREAK)

    def key(self, message: str) -> str:
        """The key of one message."""
        return self.page([message])[0]


def _unquoted(shape: str) -> str:
    if "'" not in shape and '"' not in shape:
        return shape
    bare = _QUOTED.sub(MASK, shape)
    # A code inside of quotes must not be lost.
    return f"{CODED} {bare}" if _CODE_HEAD.search(shape) and not _CODE_HEAD.search(bare) else bare


def _mask(word: str) -> tuple[str, bool]:
    """The masked word, and whether it may come back."""
    if word in (CODED, "\n"):
        return word, True
    if _PLAIN_WORD.match(word):
        if word.rstrip(".,;:!?)").lower() in _TABLE_WORDS:
            return word + _TABLE, True
        return (CODED + word if _CODE_HEAD.match(word) else word), True
    single = False

    def mask(found: re.Match[str]) -> str:
        nonlocal single
        single = single or found.lastgroup == "id"
        return found[0] if found.lastgroup == "code" else MASK

    masked = _VARYING.sub(mask, word)
    return (CODED + masked if _CODE_HEAD.search(word) else masked), not single


def mask_tables(key: str) -> str:
    """The key with the names of tables masked that only their place tells."""
    return _AFTER_TABLE.sub(f"{_TABLE} {MASK}", key) if _TABLE in key else key


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
                if words[follow].lower().strip(":=") not in ("", "code", "no", "is", "-"):
                    break
                follow += 1
    return sorted(set(places))


_CODE_DIGITS = re.compile(r"(?:[A-Z]+[-.])?[A-Z]?\d{2,}")

# -- samples -----------------------------------------------------------------------------------

_LONG_ID = re.compile(
    r"(?<![A-Za-z0-9])([0-9a-zA-Z]{8})-(?:[0-9a-zA-Z]{4}-){3}[0-9a-zA-Z]{12}(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])((?=[a-f]*\d)[0-9a-f]{8})[0-9a-f]{8,}(?![A-Za-z0-9])"
)


def shorten_ids(message: str) -> str:
    """The message with each long identifier cut to its first eight characters."""
    return _LONG_ID.sub(lambda found: f"{found[1] or found[2]}…", message)


def template(sample: str, keys: Keys, *, codes: bool = True) -> str:
    """A sample with what varies masked, as a reader sees it; its error codes too unless *codes*."""
    key = keys.key(sample)
    masked = mask_tables(key).split(" ")
    if CODED in key:
        words = sample.split(" ")
        if len(words) != len(masked):  # quoted text with blanks: no word's place says anything
            return sample
        for place in code_places(key):
            masked[place] = words[place] if codes else _CODE_DIGITS.sub(MASK, words[place])
    return " ".join(masked).replace(CODED, "").replace(_TABLE, "").strip()

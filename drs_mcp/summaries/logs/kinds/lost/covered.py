"""Whether what a later line says was done is all of what an earlier one says was lost.

`9 of the 12 skipped rows were written again`, what tells of a remainder, and what names some of several
things, cover a part. Things that
were lost by their number alone (`4 views were not migrated`) are covered by that number of them in words
that tell of the whole: `4 of 4 views migrated`, `3 个存储过程全部迁移成功`.
"""

import re
from collections.abc import Iterator

from drs_mcp.knowledge.traditional import simplified

_N = r"(?<![\w.,:-])\d[\d,]*+"
_ROWS = r"(?:rows?|records?|documents?|events?|keys?|values?|entries|changes|transactions|messages|batches|statements)"
PARTS = {
    "index": r"index(?:es)?|indices|索引",
    "view": r"(?:mat)?views?|视图",
    "column": r"columns?|fields?|字段|列",
    "trigger": r"triggers?|触发器",
    "constraint": r"constraints?|(?:foreign|primary|unique)\s++keys?|约束|外键|主键",
    "routine": r"(?:stored\s++)?(?:procedures?|functions?|routines?|packages?)|存储过程|过程|函数",
    "sequence": r"sequences?|序列",
    "user": r"(?:users?|roles?|accounts?)|用户|账号|账户|角色",
    "table": r"tables?|collections?|表|集合",
    "ddl": r"ddls?(?:\s++statements?)?",
}
"""What is told of by a number of its kind."""
_COUNTED = re.compile(
    rf"(?P<n>{_N})\s*+(?:[行条笔](?![^\W\d_a-z]{{0,2}}ddl)|(?:\w++\s++){{0,3}}?{_ROWS}\b)",
    re.IGNORECASE,
)
_OF_ALL = re.compile(
    rf"(?P<place>\b(?:re-?try|attempt|try|batch|shard|chunk|slice|part|step|phase|page|thread|partition|round|pass|table)\s++(?:no\.?\s*+)?)?(?P<some>{_N})\s*+(?:(?:rows?|records?|documents?)\s++)?(?:(?:out\s++)?of\s++(?:the\s++|all\s++)?|/\s?)(?P<all>\d[\d,]*+)(?![\w:-]|\.\d)"
    rf"|(?P<whole>{_N})\s*+[行条个笔张][^，。；\d]{{0,8}}?(?:中|里)的?[^，。；\d]{{0,6}}?(?P<part>\d[\d,]*+)\s*+[行条个笔张]",
    re.IGNORECASE,
)
"""`9 of the 12`, `12 行中的 9 行`; behind a *place*, as in `retry 2 of 10`, nothing is counted."""
_REMAINS = re.compile(
    rf"(?!0){_N}\s++(?:\w++\s++){{0,2}}?(?:remain\w*+|still\b|left\b(?!\s++out)|outstanding)"
    r"|\b(?:remain\w*+|left|missing|outstanding)\s*+[:=]\s*+[1-9]"
    r"|(?:剩余|[尚还][余剩有]|仍[有余]|余下?)\s*+[1-9]",
    re.IGNORECASE,
)
_ALL = re.compile(
    r"\b(?:all|every|each|again|now|re-?tr(?:y|ied))\b|全部|均|都|重试|重新|再次", re.IGNORECASE
)
"""Words by which a number is that of all, or is that of before."""
_NAME = r"['\"`“「]?(?<![\w.$])(?=[\w$.]{0,80}[_.\d])[A-Za-z][\w$]*+(?:\.[\w$]++)*+['\"`”」]?"
_NAMED = re.compile(_NAME)
_LIST = re.compile(rf"{_NAME}(?:\s?(?:,|、|，|\band\b|&|和|及|以及)\s?(?:and\s)?{_NAME})++")
"""Several things by their names, one behind the other."""
_EVERY = {
    kind: re.compile(
        rf"\b(?:all|both)\s++(?:(?:of\s++)?the\s++)?(?:(?!of\b)[a-z]++\s++){{0,2}}?(?:{words})(?![a-z])|(?:全部|所有|两个)的?(?:{words})|(?:{words})[^，。；;\d]{{0,4}}?(?:全部|均|都)",
        re.IGNORECASE,
    )
    for kind, words in PARTS.items()
}
"""All things of a kind, without their number."""
_KINDS = {
    kind: re.compile(
        rf"(?P<n>{_N})\s*+(?:[个张条]\s*+)?(?:(?!of\b)[a-z]++\s++){{0,2}}?(?:{words})(?![a-z])",
        re.IGNORECASE,
    )
    for kind, words in PARTS.items()
}


def covers(lost: str, later: str, said: str = "") -> bool:
    """Whether a *later* line does not tell of less than what was *lost*.

    Args:
        lost: the message that tells of a loss.
        later: the message that tells that what was lost came.
        said: the words of the first message that tell the loss, in which its number is looked for first.
    """
    later = simplified(later)
    if _REMAINS.search(later) or _names_a_part(lost, later):
        return False
    of_all = list(_of_all(later))
    number = min(_numbers(said), default=0) or min(_numbers(simplified(lost)), default=0)
    done = [some for some, _ in of_all] or list(_numbers(later))
    if number and done:
        return max(done) >= number
    return all(some >= every for some, every in of_all)


def is_in_part(text: str) -> bool:
    """Whether a text tells of a part of a number, or of a remainder."""
    return bool(_REMAINS.search(text)) or any(some < every for some, every in _of_all(text))


def are_as_many(lost: str, later: str) -> bool:
    """Whether a *later* line tells of as many things of a kind as were *lost*, and of all of them."""
    before, after = simplified(lost), simplified(later)
    for kind, words in _KINDS.items():
        number = _first(words, before)
        if not number:
            continue
        of_all = list(_of_all(after))
        if of_all and words.search(after):
            return all(some >= every for some, every in of_all) and of_all[-1][0] >= number
        told = _first(words, after)
        if not told:
            return _EVERY[kind].search(after) is not None
        return told == number and _ALL.search(after) is not None
    return False


def _names_a_part(lost: str, later: str) -> bool:
    """Whether a later line names some of the things that were lost, and not all of them."""
    listed = _LIST.search(simplified(lost))
    if listed is None:
        return False
    names, those = _names_in(listed[0]), _names_in(later)
    return not names.isdisjoint(those) and not names <= those


def _names_in(text: str) -> set[str]:
    return {one.strip("'\"`“”「」").casefold() for one in _NAMED.findall(text)}


def _of_all(text: str) -> Iterator[tuple[int, int]]:
    for found in _OF_ALL.finditer(text):
        if found["place"]:
            continue
        some, every = found["some"] or found["part"], found["all"] or found["whole"]
        yield _value(some), _value(every)


def _numbers(text: str) -> Iterator[int]:
    return (one for found in _COUNTED.finditer(text) if (one := _value(found["n"])))


def _first(words: re.Pattern[str], text: str) -> int:
    found = words.search(text)
    return _value(found["n"]) if found else 0


def _value(digits: str) -> int:
    return int(digits.replace(",", "")[:18])

"""What plain words say that is wrong: a thing, and what is wrong with it, in English or Chinese.

`the partition p7 does not exist`, `缺少分区p7` and `找不到对应分区` say `partition:missing`. Which
things there are and how each fault is said stands in `plain.json`; what a pair means stands with the
engines' entries (`says`). What a line denies, asks about or says to be mended is not said.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any, NamedTuple

from pydantic_core import from_json

_SEARCHED = 4000
_REACH = 60
"""So far apart may a thing and its fault stand: a name, a size or `of the source` between them."""

_MOST = 40
"""So many faults of one text are looked at."""

_WEIGHT = 20
"""How much a pair says at most: less than a documented wording, more than a word or two."""

_BEGINS = r"(?:(?=[^a-z0-9_])|(?<![a-z0-9_.]))"
_STOPS = r"(?:(?<![a-z0-9_])|(?![a-z0-9_]|\.[a-z0-9_]))"
"""A Latin word is whole, and no part of a name with dots; a Chinese one may touch a name."""

_ENDS = re.compile(
    r"[;；。，,\n！!？?]|\.(?= )|[:：](?!\d) ?|\b(?:and|but|while)\b|但是?|而且|并且"
)
"""Where a clause ends; the colon of a position or a port, before a digit, ends none."""

_DENIED = re.compile(
    r"(?:\b(?:no|not|never|nothing|without|whether|if|any|unless|zero|0)\s(?:\w{1,20}\s){0,2}"
    r"|并没有|没有|并未|从未|未|不|非|是否|如遇|避免|防止|以免|若|如果|可能|请?检查|0个|将(?:于|在)?[^，。；]{0,12})\Z"
)
_MENDED = re.compile(
    r"[^;；。\n]{0,40}?(?:\b(?:has|have|was|were|is|are) (?:since |now |already )?(?:been )?(?:added|created|fixed|enabled"
    r"|granted|repaired|resolved|renewed|restored|corrected|skipped|enlarged|extended|expanded|freed)\b"
    r"|\bafter (?:it|they) (?:had been|have been|was|were) (?:parsed|read|applied|copied)\b"
    r"|, the task (?:reads|is at|needs)\b|已(?:自动)?(?:补齐|补充|添加|创建|恢复|处理|修复"
    r"|开启|解决|授权|更新|扩容|续期))"
)


_IS_NAME = re.compile(
    r"(?:\b(?:tables?|columns?|fields?|collections?|topics?|relations?|indexe?s?|object_name=)|表|列|字段|主题|集合)"
    r"\s?['\"`“]?\Z|['\"`“]\Z"
)
"""What stands before a name: a table may be called `users`, a column `date`."""

_NO_NAMES = frozenset(("table", "column", "index", "partition", "unique_key", "foreign_key"))
"""Things that stand behind such words without being a name: `table column`, `column index`."""


class Saying(NamedTuple):
    """A thing with what is wrong with it (`partition:missing`), where, and how much it says."""

    pair: str
    at: int
    weight: int
    clause: str
    """What is said with it, up to the next comma: the side that it is of may stand there."""


class _Found(NamedTuple):
    """A thing or a fault, and where its words stand."""

    name: str
    begins: int
    ends: int
    words: str


class _Said(NamedTuple):
    """How things, or faults, are said.

    Attributes:
        any: all of it; without a group for each, since those keep the search from skipping what
            does not begin alike.
        each: by name, in the order in which they are tried.
    """

    any: re.Pattern[str]
    each: dict[str, re.Pattern[str]]

    def found_in(self, text: str) -> Iterator[_Found]:
        """What a text holds of it, in order."""
        for found in self.any.finditer(text):
            at = found.start()
            name = next(name for name, words in self.each.items() if words.match(text, at))
            yield _Found(name, at, found.end(), found[0])


class _Words(NamedTuple):
    things: _Said
    ranks: dict[str, int]
    """Of each thing, the less the more exact."""

    behind: _Said
    """Faults that are said behind their thing."""

    before: _Said


@cache
def _words() -> _Words:
    raw: dict[str, Any] = from_json(
        files("drs_mcp.knowledge.engines").joinpath("plain.json").read_bytes()
    )
    told = {name: alternatives(words) for name, words in raw["faults"]}
    behind = {name: [one[1:] for one in each if one[0] == "~"] for name, each in told.items()}
    before = {name: [one[:-1] for one in each if one[-1] == "~"] for name, each in told.items()}
    return _Words(
        _said({name: [words] for name, words in raw["things"]}),
        {name: rank for rank, (name, _) in enumerate(raw["things"])},
        _said(behind),
        _said(before),
    )


def _said(named: dict[str, list[str]]) -> _Said:
    each = {name: "|".join(words) for name, words in named.items() if words}
    return _Said(
        _whole("|".join(each.values())), {name: _whole(words) for name, words in each.items()}
    )


def _whole(words: str) -> re.Pattern[str]:
    return re.compile(f"{_BEGINS}(?:{words}){_STOPS}")


def alternatives(words: str) -> list[str]:
    """The alternatives of a pattern, each with the mark of the thing's place."""
    found, depth, start = [], 0, 0
    for at, letter in enumerate(words):
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            found.append(words[start:at])
            start = at + 1
    return [*found, words[start:]]


def sayings(text: str) -> list[Saying]:
    """What a text in lower case and simplified characters says that is wrong."""
    words = _words()
    text = text[:_SEARCHED]
    named = (one for one in words.things.found_in(text) if not _is_name(one, text))
    things = list(islice(named, _MOST))
    if not things:
        return []
    found: dict[int, tuple[int, Saying]] = {}
    for said in (words.behind, words.before):
        for fault in islice(said.found_in(text), _MOST):
            thing = _of(fault, things, text, words.ranks, before=said is words.behind)
            if thing is None or _is_denied(fault, thing, text):
                continue
            rank = words.ranks[thing.name]
            begins, ends = min(thing.begins, fault.begins), max(thing.ends, fault.ends)
            saying = Saying(
                f"{thing.name}:{fault.name}",
                begins,
                min(_weight(thing.words) + _weight(fault.words), _WEIGHT),
                _clause(text, begins, ends),
            )
            known = found.get(fault.begins)
            if known is None or rank < known[0]:
                found[fault.begins] = rank, saying
    return [saying for _, saying in found.values()]


def _clause(text: str, begins: int, ends: int) -> str:
    before = [one.end() for one in _ENDS.finditer(text, max(begins - _REACH, 0), begins)]
    after = _ENDS.search(text, ends, ends + _REACH)
    start = before[-1] if before else max(begins - _REACH, 0)
    return text[start : after.start() if after else ends + _REACH]


def _is_name(thing: _Found, text: str) -> bool:
    """Whether the word is the name of a table, a column or the like."""
    if thing.name in _NO_NAMES or not thing.words.isascii():
        return False
    return _IS_NAME.search(text, max(thing.begins - 16, 0), thing.begins) is not None


def _is_denied(fault: _Found, thing: _Found, text: str) -> bool:
    """Whether it is said not to be so, asked about, or told to be mended."""
    begins, ends = min(thing.begins, fault.begins), max(thing.ends, fault.ends)
    return (
        any(_DENIED.search(text, max(at - 40, 0), at) for at in (begins, fault.begins))
        or _MENDED.match(text, ends, ends + 80) is not None
    )


def _of(
    fault: _Found,
    things: list[_Found],
    text: str,
    ranks: dict[str, int],
    *,
    before: bool,
) -> _Found | None:
    """The most exact thing of the fault's own clause, on the side of it where it is named."""
    near = []
    for thing in things:
        start, end = (thing.ends, fault.begins) if before else (fault.ends, thing.begins)
        if not 0 <= end - start <= _REACH:
            continue
        if not _ENDS.search(text[start:end].rstrip(" ,，")):
            near.append((ranks[thing.name], end - start, thing))
    return min(near, key=lambda one: one[:2])[2] if near else None


def _weight(words: str) -> int:
    return sum(1 if letter.isascii() else 3 for letter in words)

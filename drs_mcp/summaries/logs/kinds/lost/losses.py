"""Which lines say that the two sides are not alike: something did not come, or another changed it.

A loss is a verb of losing and what was lost (`3 rows were rejected`, `discarded 5 events`, `2 行数据
写入失败`), dirty data, a DDL that was skipped, or an object that left the task or never came; a count
of zero, a denial, what will or would be, what is left out by wish, and what was written after all
are none. Values, columns and data that are no longer the same count too, as do changes that were
passed over (`gaps`) and what another than DRS wrote (`other_writers`). A loss is final where the
line says that the task went on without it.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from drs_mcp.knowledge.nothing_lost import without_nothing_lost
from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.kinds.harmless import told_of_task
from drs_mcp.summaries.logs.kinds.lost.counters import counter_behind_in
from drs_mcp.summaries.logs.kinds.lost.differing import (
    doubts,
    emptied_by_another,
    gone_there,
    unmatched,
)
from drs_mcp.summaries.logs.kinds.lost.gaps import gap_in
from drs_mcp.summaries.logs.kinds.lost.other_writers import other_writer_in
from drs_mcp.summaries.logs.kinds.lost.oversized import oversized_in
from drs_mcp.summaries.logs.kinds.lost.reverse import overwritten_from_the_other_side
from drs_mcp.summaries.logs.kinds.lost.rows import lost_rows
from drs_mcp.summaries.logs.kinds.lost.structures import (
    ddl_for_a_human,
    left_columns,
    left_ddls,
    left_objects,
    left_tables,
)
from drs_mcp.summaries.logs.kinds.lost.switched import switched_in
from drs_mcp.summaries.logs.kinds.lost.there.doubled import doubled_in
from drs_mcp.summaries.logs.kinds.lost.there.violated import violated_in
from drs_mcp.summaries.logs.kinds.lost.there.within import changed_within
from drs_mcp.summaries.logs.kinds.lost.told import without_questions
from drs_mcp.summaries.logs.kinds.lost.values import changed_value_in
from drs_mcp.summaries.logs.naming.masked import masked, unmasked
from drs_mcp.text_cache import text_cache

_AFTER_ALL = re.compile(
    r"\bre-?tr(?:y|ied|ying)\b(?:\W+\w+){0,3}?\W+(?:succe\w*|written|applied)\b"
    r"|\b(?:applied|replayed|processed|executed)\s++already\b|(?<![\d,])\d[\d,]*+\s++duplicate[ds]?\s++(?:events?|messages?|changes?)\b|重复的?(?:事件|消息|变更)|去重(?:后|并)?(?:忽略|跳过|丢弃)|已(?:应用|回放)的"
    r"|\balready\s++(?:been\s++)?(?:applied|replayed|processed|synchroni[sz]ed|executed)\b|重试(?:后|\s?\d{1,3}\s?次后?)?成功|已[^，。；]{0,6}补(?:写|录|齐)|已(?:应用|回放|套用)过",
    re.IGNORECASE,
)
_THERE = re.compile(r"\balready\s++(?:exists?|there|present)\b|已(?:经)?存在", re.IGNORECASE)
"""An object that was there needs not come; a row that was there may be another."""
_BY_WISH = re.compile(
    r"\bfilter(?!\w*+\s++(?:out\s++)?by\s++(?:the\s++)?(?:conflict|duplicate))|\bnot\s++(?:selected|subscribed)\b|\b(?:not\s++in|out(?:side)?\s++of)\s++(?:the\s++)?(?:\w++\s++)?scope\b"
    r"|\bheart-?beats?\b|\b(?:as|by|per)\s++(?:configur\w++|policy|settings?|rules?)\b|\bwhite-?list|\bblack-?list"
    r"|\bempty\b(?!\s++(?:strings?|geometr\w++|arrays?|[bc]?lobs?)\b)(?!\s++transactions?\b[^;]{0,40}?\binject)|\bcache|\bno-?op\b|\bon\s++purpose\b|\bchoice\b|空(?:批次|事务|事件)|过滤|未选择|不在.{0,10}范围|心跳|白名单|黑名单|按.{0,6}(?:配置|策略|规则)",
    re.IGNORECASE,
)
"""What somebody wanted to be left out, and what holds no data."""
_SENTENCES = re.compile(r"[;；。]|\.\s(?=[A-Z])")
_FINAL = re.compile(
    r"\b(?:skipp|ignor|discard|abandon|dropp|reject|exclud)(?:ed|ing)\b|\b(?:lost|losing|data\s++loss|missing|left\s++out|dirty"
    r"|no\s++longer|removed)\b|\bnot\s++(?:\w++\s++)?(?:migrated|replicated|synchroni[sz]ed|applied|carried|executed|replayed|created)\b"
    r"|\bdead[\s_-]?letter|\bdlq\b|\b(?:continuing|moving|going|carrying|proceeding)\s++(?:on|without)\b"
    r"|跳过|略过|丢弃|丢失|遗失|忽略|拒绝|缺失|舍弃|脏数据|死信|移出|移除|剔除|排除|不再|停止同步|未迁移",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"\bcompar|对比|比对|比较", re.IGNORECASE)
_MAY_TELL = re.compile(
    r"skip|ignor|discard|abandon|drop|reject|los[ts]|losing|missing|left out|fail|not |n't|cannot|unable|dirty|removed|excluded|deleted"
    r"|no longer|effect|extra|surplus|superfluous|more |additional|only|多|impact|other value|different value|[生没]|letter|dlq|up on|going on|moving on|continuing|\bcut\b|truncat|shorten|clip|null"
    r"|inconsisten|differ|diverg|out of sync|replaced|stored as|set to|written as|precision|rounded|found|affected|matched|hit |already exist|conflict|emptied|renamed|[跳略替丢]|[置转存写][为成]|失|忽|拒|缺|舍|放弃|死信|截|脏|精度|冲突|0 ?[行个条]|被|移[出除]|剔除|排除|不|停止|[未无]",
    re.IGNORECASE,
)
"""Without one of these no line tells a loss: looked for first, as most lines tell none."""
_SEARCHED = 2_000

ROWS, TABLE = "rows were lost or left out", "a table was left out"
VALUES = "values were changed to fit"
DDL, OBJECT = "a DDL was left out", "an object was left out"
GAP = "changes of the source were passed over"
COLUMN, DIFFER = "a column was left out", "data may differ"
EMPTIED = "a table or the whole of the destination was emptied, dropped or made anew there"
UNMATCHED = "changes did not meet the row that they were of at the destination"
OTHERS = "another than DRS changed the destination"
OVERSIZED = "something was left out for its size"
COUNTER = "a sequence or AUTO_INCREMENT of the destination is behind"
SWITCHED = "the business was switched to the destination"
WITHIN = "the destination changed rows by itself"
DOUBLED = "rows of the destination are there twice or were merged"
VIOLATED = "rows of the destination violate a constraint"
STRUCTURES = frozenset((DDL, OBJECT))
"""Losses that a comparison of objects sees, and one of rows does not."""
_OF_A_TRIGGER = re.compile(r"\btriggers?\b|触发器", re.IGNORECASE)
_AT_ONCE = frozenset(
    (
        *(GAP, OTHERS, DIFFER, UNMATCHED, EMPTIED, VALUES, OVERSIZED),
        *(COUNTER, SWITCHED, WITHIN, DOUBLED, VIOLATED),
    )
)
"""What cannot be an attempt that failed."""


_Teller = tuple[str, Callable[[str], str]]
_NAMING: Final[tuple[_Teller, ...]] = (
    (VALUES, changed_value_in),
    (OVERSIZED, oversized_in),
)
"""What names the reason of a loss, which is told before all else."""
_LOSING: Final[tuple[_Teller, ...]] = (
    (GAP, gap_in),
    (OTHERS, other_writer_in),
)
_CHANGING: Final[tuple[_Teller, ...]] = (
    (OTHERS, overwritten_from_the_other_side),
    (SWITCHED, switched_in),
    (WITHIN, changed_within),
    (COUNTER, counter_behind_in),
    (DOUBLED, doubled_in),
    (VIOLATED, violated_in),
)
"""What changes the destination, whatever was left out by wish."""


def loss_in(message: str) -> str:
    """What a line says did not reach the destination, in our own words; empty for nothing."""
    return next((words for words, _ in _losses_in(message)), "")


def told_loss(message: str) -> str:
    """The words of the line in which its loss is told."""
    return next((said for _, said in _losses_in(message)), "")


def stays(words: str, message: str) -> bool:
    """Whether no comparison that agrees later shows that a loss is over.

    Where a sequence stands is compared by none, and a trigger goes on to write.
    """
    return words == COUNTER or (
        words == WITHIN and _OF_A_TRIGGER.search(simplified(message)) is not None
    )


def is_final(message: str) -> bool:
    """Whether a line says that the task went on without what was lost, not that an attempt failed."""
    return any(words in _AT_ONCE or _FINAL.search(said) for words, said in _losses_in(message))


@text_cache(4096)
def _losses_in(message: str) -> tuple[tuple[str, str], ...]:
    """The losses of a line, found once: both questions about them are asked of each error."""
    return tuple((words, unmasked(said)) for words, said in _losses(message[:_SEARCHED]))


def _losses(text: str) -> Iterator[tuple[str, str]]:
    """Each loss that a text tells, and the words of the text that tell it."""
    text = without_questions(without_nothing_lost(masked(told_of_task(simplified(text)))))
    if said := emptied_by_another(text):
        yield EMPTIED, said
    if said := ddl_for_a_human(text):
        yield DDL, said
    yield from _unwanted(_without_wishes(text))
    yield from ((words, said) for words, tells in _CHANGING if (said := tells(text)))


def _without_wishes(text: str) -> str:
    """The text without what somebody wanted to be left out; all of it goes where that explains it.

    A sentence that tells a loss and that it was wanted speaks of itself: `filtered tables are ignored`.
    One that tells a wish alone speaks of what stands beside it: `they match the filter`.
    """
    if not _BY_WISH.search(text):
        return text
    others = []
    for sentence in _SENTENCES.split(text):
        if not _BY_WISH.search(sentence):
            others.append(sentence)
        elif next(_unwanted(sentence), None) is None:
            return ""
    return " ".join(others)


def _unwanted(text: str) -> Iterator[tuple[str, str]]:
    """The losses of a text that tells of no wish."""
    if _AFTER_ALL.search(text):
        return
    yield from ((words, said) for words, tells in _NAMING if (said := tells(text)))
    if _MAY_TELL.search(text):
        yield from _left_behind(text)
    yield from ((words, said) for words, tells in _LOSING if (said := tells(text)))
    if (gone := gone_there(text)) and not other_writer_in(text):
        yield EMPTIED, gone


def _left_behind(text: str) -> Iterator[tuple[str, str]]:
    """What a text says did not reach the destination as it was."""
    there = _THERE.search(text) is not None
    if not there:
        yield from ((DDL, said) for said in left_ddls(text))
    yield from ((ROWS, said) for said in lost_rows(text))
    if _COMPARES.search(text):
        return
    yield from ((COLUMN, said) for said in left_columns(text))
    yield from ((UNMATCHED, said) for said in unmatched(text))
    yield from ((DIFFER, said) for said in doubts(text))
    yield from ((TABLE, said) for said in left_tables(text))
    if not there:
        yield from ((OBJECT, said) for said in left_objects(text))

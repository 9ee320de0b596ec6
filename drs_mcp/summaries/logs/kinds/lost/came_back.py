"""Which later lines say that what was lost came after all, or that what was changed was undone.

Both lines name the same thing, and the later one tells of the whole of it: an index of a table, its
structure, or rows that were applied to it, bring no table back, as rows bring no DDL.
"""

import re

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.kinds.lost.covered import are_as_many, covers
from drs_mcp.summaries.logs.kinds.lost.losses import (
    COUNTER,
    DDL,
    DOUBLED,
    EMPTIED,
    OBJECT,
    OTHERS,
    SWITCHED,
    TABLE,
    VIOLATED,
    WITHIN,
    told_loss,
)
from drs_mcp.summaries.logs.kinds.lost.told import happened_in, without_questions
from drs_mcp.summaries.logs.kinds.recoveries import ROWS_MADE_GOOD
from drs_mcp.summaries.logs.names import dotted_in

_IS_THERE = re.compile(
    r"\b(?:found|exists|present|added|created|applied|executed)\b.{0,20}\b(?:destination|target)\b|\bcop(?:ied|y\s++completed)\b"
    r"|\bmigrated\b|\b(?:executed|applied|created|added)\s++(?:(?:on|at|after|in)\s++)?(?:(?:a|the)\s++)?(?:\w++\s++)?(?:re-?try|again|after\s++all)\b|\bre-?created\b"
    r"|\b(?:executed|applied|created|added)\b[^;]{0,30}?\b(?:by\s++hand|manually)\b|\b(?:manually|by\s++hand)\s++(?:executed|applied|created|added)\b"
    r"|目标库.{0,20}(?:已存在|已添加|已创建|已执行)|(?:复制|迁移|同步|创建|重建)(?:完成|成功)|已?重新(?:创建|迁移|同步)|(?:手工|手动|人工)[^，。；]{0,6}?(?:执行|创建|添加|补)",
    re.IGNORECASE,
)
_TABLE_CAME = re.compile(
    r"\b(?:re-?)?cop(?:ied|y\s++(?:(?:is|was)\s++)?(?:completed?|finished|done))\b|\b(?:re-?)?migrated\b|\b(?:re-?)?(?:loaded|imported)\b|\breloaded\b"
    r"|\b(?:synchroni[sz]ed|replicated)\s++(?:again|completely|anew|once\s++more)\b|\bre-?synchroni[sz]ed\b|\bre-?(?:added|included)\b"
    r"|\badded\s++(?:back|again|to\s++(?:the\s++)?(?:\w++\s++)?(?:task|job|synchroni[sz]ation|replication|migration|scope)(?:\s++again)?)\b"
    r"|(?:复制|迁移|同步|导入)(?:完成|成功)|重新(?:加入|纳入|同步|复制|导入)|已(?:复制|加回)",
    re.IGNORECASE,
)
_SET = re.compile(
    r"\b(?:advanced|synchroni[sz]ed|set\s++to|re-?seeded|adjusted|raised|updated|moved)\b|已?(?:推进|同步|更新|调整|设置)",
    re.IGNORECASE,
)
_UNDONE = re.compile(
    r"\b(?:rows?|records?|documents?|data|values?|changes?|writes?|updates?|delet\w+|edits?)\b"
    r"(?:(?!\b(?:connect\w*|links?|sessions?|stat\w*)\b)[^;]){0,60}?\b(?:restored|reverted|undone|put\s++back)\b|\.[\w$]++[`\"']?\s++(?:was|were|is|has\s++been)\s++(?:restored|reverted|put\s++back)\b|\b(?:restored|reverted|undid|put\s++back)\s++(?:\w++\s++){0,3}?(?:rows?|records?"
    r"|documents?|data|values?|changes?|writes?)\b|\b(?:changes?|writes?|edits?)\b[^;]{0,40}?\brolled\s++back\b"
    r"|(?:数据|行|记录|文档|修改|改动|写入|变更|删除|更新)[^，。；]{0,20}?(?:恢复|还原|回退|撤销)(?!同步|正常|写入|失败)"
    r"|(?:恢复|还原|回退|撤销)了?[^，。；]{0,20}?(?:数据|行|记录|文档|修改|改动|变更)",
    re.IGNORECASE,
)
_TRIGGER_OFF = re.compile(
    r"\btriggers?\b[^;]{0,80}?\b(?:disabled|dropped|removed|switched\s++off)\b|触发器[^，。；]{0,30}?(?<!未)(?<!未被)(?:禁用|停用|关闭|删除)",
    re.IGNORECASE,
)
_ROWS = re.compile(
    r"\b(?:rows?|records?|documents?|batch(?:es)?|events?|changes?)\b|\d\s*+[行条]", re.IGNORECASE
)
_PARTS = {
    "index": re.compile(r"\bindex(?:es)?\b|索引", re.IGNORECASE),
    "view": re.compile(r"\b(?:mat)?views?\b|视图", re.IGNORECASE),
    "column": re.compile(r"\b(?:columns?|fields?)\b|字段|(?<![序队])列(?!表)", re.IGNORECASE),
    "trigger": re.compile(r"\btriggers?\b|触发器", re.IGNORECASE),
    "constraint": re.compile(
        r"\b(?:constraints?|(?:foreign|primary|unique)\s++keys?)\b|约束|外键|主键", re.IGNORECASE
    ),
    "routine": re.compile(
        r"\b(?:procedures?|functions?|routines?|packages?)\b|存储过程|函数", re.IGNORECASE
    ),
    "partition": re.compile(r"\bpartitions?\b|分区", re.IGNORECASE),
    "sequence": re.compile(r"\bsequences?\b|\bauto_?increment|序列|自增", re.IGNORECASE),
    "user": re.compile(
        r"\b(?:users?|roles?|privileges?|grant(?:s|ed)?|permissions?)\b|用户|权限|账号",
        re.IGNORECASE,
    ),
    "structure": re.compile(
        r"\b(?:structures?|definitions?|schema\s++of|metadata|ddls?)\b|结构|定义|元数据",
        re.IGNORECASE,
    ),
    "comment": re.compile(r"\bcomments?\b|注释", re.IGNORECASE),
    "statistics": re.compile(
        r"\b(?:stat(?:istic)?s|histograms?|analy[sz]ed?|plans?)\b|统计", re.IGNORECASE
    ),
    "lock": re.compile(r"\block(?:s|ed)?\b|(?<!阻)锁", re.IGNORECASE),
}
"""What is not the table itself that a line names."""
_DOTTED = re.compile(r"(?<![\w$])[\w$]++(?:\.[\w$]++)++")
"""A name, which may be that of rows: a table may be called `hr.events`."""
_PUT_BACK = re.compile(
    r"\b(?:missing|deleted|removed|lost|parent)\s++(?:rows?|records?|documents?|data)\s++(?:(?:have|has|had|was|were|been)\s++){0,3}"
    r"(?:restored|re-?inserted|re-?loaded|back-?filled|put\s++back)\b"
    r"|(?:数据|记录|行)[^，。；]{0,4}?已?(?:全部|人工|手工)?(?:补齐|补回|回补|补录|恢复完成|重新插入)",
    re.IGNORECASE,
)
"""That rows which somebody took away are there again, of whatever table was spoken of."""
_CLEANED = re.compile(
    r"\b(?:duplicate[sd]?|doubled|orphan(?:ed)?|violating|invalid)\b[^;]{0,60}?\b(?:removed|deleted|cleaned|repaired|fixed|corrected|purged)\b"
    r"|\b(?:removed|deleted|cleaned(?:\s++up)?|repaired|fixed|corrected)\s++(?:\S++\s++){0,3}?(?:duplicate[sd]?|orphan(?:ed)?|violating|invalid)\b|\bde-?duplicated\b"
    r"|\b(?:constraint|foreign\s++key)\b[^;]{0,60}?\bvalidated\b"
    r"|(?:重复|孤儿|孤立|违反[^，。；]{0,12}?)的?(?:数据|记录|行)?[^，。；]{0,8}?已?(?:删除|清理|清除|修复|去除)|已?(?:删除|清理|清除|修复)了?[^，。；]{0,10}?(?:重复|孤儿|孤立)|已?去重|(?:约束|外键)[^，。；]{0,24}?(?:校验|验证)通过",
    re.IGNORECASE,
)
"""That the destination no longer holds what it should not."""
_ALTERS = re.compile(r"\balter\s++(?:\w++\s++)?table\b", re.IGNORECASE)
_COUNTER_NAME = re.compile(
    r"(?:\bsequences?\s++|序列\s*+|\b(?:value|val)\s++of\s++)[`\"']?(?P<name>[A-Za-z_][\w$]{2,60})(?![\w$.])",
    re.IGNORECASE,
)


_OBJECT_NAMED = re.compile(
    r"(?:\b(?:(?:mat)?view|procedure|function|trigger|package|routine|indexe?|constraint|sequence|synonym|user|role|account|key)s?(?:\s++|(?=['\"`“「]))"
    r"|(?:视图|存储过程|函数|触发器|程序包|索引|约束|外键|序列|用户|账号|账户|角色)\s*+)['\"`“「]?"
    r"(?!(?:was|is|were|has|had|could|cannot|can|did|does|will|with|of|on|for|in|at|to|not|that|which|by|from|and|or|definitions?|commands?|creation|granted|denied|privileges?|constraints?|names?)\b)"
    r"(?P<name>[A-Za-z][\w$.]{1,127})",
    re.IGNORECASE,
)
"""The name of an object behind its kind, without the schema before it or the host behind it."""


def comes_back(lost: str, words: str, later: str) -> bool:
    """Whether a *later* line tells that what a line says was *lost* is there, or was undone.

    Args:
        lost: the message that tells of a loss.
        words: the loss in our own words.
        later: the message of a line that came after it and denies nothing.
    """
    if words == SWITCHED:
        return False
    said = without_questions(simplified(later))
    if words in (OTHERS, EMPTIED) and not names_in(later):
        return bool(happened_in(said, _PUT_BACK, tried=False))
    if not _name_the_same(lost, later, words) or not covers(lost, later, told_loss(lost)):
        return False
    if words in (OTHERS, WITHIN):
        off = _TRIGGER_OFF if words == WITHIN and _PARTS["trigger"].search(lost) else _UNDONE
        return any(happened_in(said, one, tried=False) for one in (_UNDONE, off))
    if words in (DOUBLED, VIOLATED):
        return bool(happened_in(said, _CLEANED, tried=False))
    if words == COUNTER:
        return bool(happened_in(said, _SET))
    if words in (TABLE, EMPTIED, DDL, OBJECT):
        return _is_whole(lost, said, _IS_THERE if words in (DDL, OBJECT) else _TABLE_CAME)
    return bool(happened_in(said, ROWS_MADE_GOOD, tried=False))


def _is_whole(lost: str, later: str, words: re.Pattern[str]) -> bool:
    """Whether a later line tells of the thing itself, not of rows or of a part of it."""
    came = happened_in(later, words)
    told = _DOTTED.sub(" ", f"{later[: later.find(came)]} {came}")
    return bool(came) and not _ROWS.search(told) and _of_the_same(lost, later)


def _of_the_same(lost: str, later: str) -> bool:
    """Whether a later line speaks of a part of a thing only where the loss did."""
    told, before = _parts(later), _parts(simplified(lost))
    if _ALTERS.search(lost):
        before |= {"column"}
    return not told or bool(told & before)


def _parts(text: str) -> set[str]:
    return {part for part, words in _PARTS.items() if words.search(text)}


def _name_the_same(lost: str, later: str, words: str) -> bool:
    """Whether two lines name the same thing, or one a part of the other's."""
    some, others = names_in(lost), names_in(later)
    if words == COUNTER:
        some |= {found["name"].casefold() for found in _COUNTER_NAME.finditer(lost)}
        others |= {found["name"].casefold() for found in _COUNTER_NAME.finditer(later)}
    if words == OBJECT:
        return tell_the_same(lost, later)
    return are_same(some, others)


def tell_the_same(lost: str, later: str) -> bool:
    """Whether two lines tell of the same objects: by their names, else by as many of their kind."""
    if are_as_many(lost, later):
        return True
    objects, those = _objects_in(lost), _objects_in(later)
    if objects and those and objects.isdisjoint(those):
        return False
    named, others = names_in(lost), names_in(later)
    # Tables may have indexes of the same name.
    return are_same(named, others) if named and others else bool(objects and those)


def _objects_in(message: str) -> set[str]:
    return {
        found["name"].rpartition(".")[2].casefold()
        for found in _OBJECT_NAMED.finditer(simplified(message))
    }


def names_in(message: str) -> set[str]:
    """The dotted names in a line, `shop.orders`, without their quotes."""
    return {one.casefold() for one in dotted_in(message)}


def are_same(some: set[str], others: set[str]) -> bool:
    """Whether two lines name the same thing, or one a part of the other's."""
    return any(
        one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")
        for one in some
        for other in others
    )

"""Which lines say that a table, a column, an object or a DDL did not reach the destination."""

import re
from collections.abc import Iterator

from drs_mcp.summaries.logs.kinds.lost.rows import ENDED, GOES, NONE
from drs_mcp.summaries.logs.kinds.lost.told import is_fact

_OBJECT = (
    r"(?:triggers?|views?|procedures?|functions?|routines?|sequences?(?!\s++(?:#|no\.?\s|numbers?\b)?\s*+\d)|index(?:es)?|(?:constraints?|foreign\s++keys?)(?!\s++checks?\b)|synonyms?"
    r"|packages?|users?|roles?)"
)
_DDL = (
    r"(?:(?<![a-z_.`-])ddls?(?![a-z_`-]|\s++(?:policy|thread|lock|log|list|type|option)\b)|"
    r"\b(?:alter|create|drop|rename|truncate)\s++(?:\w++\s++){0,3}?"
    rf"(?:tables?|columns?|database|schema|partition|event|{_OBJECT})\b)"
)
_NOT_CARRIED = r"not\s++(?:been\s++|be\s++)?(?:synchroni[sz]ed|replicated|replayed|executed|applied|carried|migrated|created)(?!\s++yet)"
_DDL_LEFT = re.compile(
    rf"(?P<of>{_DDL}(?:(?!(?<!not\s)\b(?:replayed|executed|applied|replicated|synchroni[sz]ed)\b)[^;]){{0,60}}?(?:(?<=ddl\s)|(?<=ddls\s)|\b(?:was|were|been|and|is|are)\s++|[,:]\s*+|\s(?=not\s)))(?:{ENDED}(?!\s++(?:at|in|on)\s++the\s++source\b)|{_NOT_CARRIED})\b(?!\s*+[:=]?\s*+{NONE})"
    rf"|(?P<to>\b(?:{ENDED}|skipping|ignoring|discarding)\b(?:(?!\bby\b)[^;]){{0,40}}?){_DDL}(?!\s*+[:=]\s*+{NONE})"
    r"|(?P<zh>(?<![a-z_])ddls?(?![a-z_])[^；。;]{0,24}?)(?:跳过|略过|忽略|丢弃|舍弃|放弃)(?!\s*+[:：=]?\s*+0)"
    r"|(?P<zu>(?:跳过|略过|忽略|丢弃|舍弃|放弃)[^，。；;,]{0,20}?)(?<![a-z_])ddls?(?![a-z_])(?!\s*+[:：=]\s*+0)",
    re.IGNORECASE,
)
_OBJECT_ZH = r"(?:触发器|视图|检视表|存储过程|预存程序|函数|序列|索引|约束|外键)"
_NAMES = r"(?:[^,;]|,(?=\s\S{1,80}?(?:,|\s(?:and|or|was|were|is|are|has|have)\b)))"
"""What stands between things and what was done to them: a comma goes on with the next name."""
_OBJECT_LEFT = re.compile(
    rf"(?P<of>\b{_OBJECT}:?\s(?:{_NAMES}{{1,80}}?\b)?(?:was|were|is|are|has\s++been|have\s++been)\s++)(?:{ENDED}|{_NOT_CARRIED}|left\s++out)\b"
    rf"|(?P<zh>{_OBJECT_ZH}[^。；;]{{0,60}}?)"
    r"(?:未迁移|未同步|已?跳过|已?忽略|已?略过)",
    re.IGNORECASE,
)
_OF_AN_OBJECT = re.compile(
    rf"\b{_OBJECT}\b[^,;:]{{0,80}}?\b(?:of|on|for|in|from|to)\s++(?:the\s++)?(?:\w++\s++)?\Z",
    re.IGNORECASE,
)
"""Before a table that is no more than where an object is: `the index i of table t was left out`."""
_ITS_OBJECT = re.compile(
    rf"(?:[:;,]|\bits)\s++(?:\w++\s++){{0,3}}?{_OBJECT}\b|{_OBJECT_ZH}", re.IGNORECASE
)
"""Behind a table, what of it is meant: `table t: its unique index i was left out`, `表 t 的索引`."""
_LEFT = re.compile(
    r"\b(?:tables?|partitions?)\b[^,;]{0,80}?\b(?:was|were|has\s++been|have\s++been|is|are)\s++"
    r"(?:(?:no\s++longer|not)\s++(?:being\s++)?(?:synchroni[sz]ed|replicated|migrated|copied)(?!\s++yet)|skipped|ignored)\b"
    r"|\btables?\b[^;]{0,80}?\bnot\s++(?:synchroni[sz]ed|replicated|migrated)\s++any\s?more\b"
    r"|\btables?\b[^,;]{0,80}?\b(?:removed|excluded|dropped|deleted)\s++from\s++(?:the\s++)?(?:\w+\s++)?"
    r"(?:synchroni[sz]ation|replication|migration|task|job|scope)\b"
    r"|\btables?\b.{0,160}?\b(?:is|are|was|were|been)\s++left\s++out\b"
    rf"|\btables?\b[^;]{{1,100}}?\b(?:given\s++up\b|{GOES}without\s++it\b)"
    r"|\b(?:giving|given|gave)\s++up\s++on\s++(?:\w++\s++){0,2}?tables?\b"
    r"|\bremoved\s++tables?\s++[^,;]{1,80}?\s++from\s++(?:the\s++)?(?:synchroni[sz]ation|replication|task|job)\b"
    r"|(?<!列)(?<!报)表[^，。；]{0,60}(?:，(?:已|被|已被)?(?:从[^，。；]{1,12}?中)?)?(?:移出|移除|剔除|排除|不再同步|停止同步|被跳过|已跳过|已略过)"
    r"|\bnew(?:ly\s++\w++)?\s++tables?\b[^;]{0,80}?\b(?:is|was|are|were)\s++not\s++(?:added|included|part\b|in\s++(?:the|this)\s++task|synchroni[sz]ed|replicated|migrated)"
    r"|\btables?\b[^;]{1,60}?\bcreated\s++(?:at|in|on)\s++the\s++source\b[^;]{0,40}?\bnot\s++(?:added|included|part\b|synchroni[sz]ed|replicated|migrated)"
    r"|新(?:建|增|创建)的?(?:(?:数据)?表|分区)[^。；]{0,60}?(?:未|没有|不)(?:被)?(?:加入|纳入|包含|添加|同步|迁移|订阅)",
    re.IGNORECASE,
)
_COLUMN_LEFT = re.compile(
    rf"(?P<of>\bcolumns?\s++(?!stat|comment|default|order|mapping|name|filter|privilege)[^,;:]{{1,80}}?\b(?:(?:was|were|is|are|has\s++been|have\s++been)\s++|(?=not\s)))"
    rf"(?:left\s++out|{ENDED}|{_NOT_CARRIED})\b(?!\s*+[:=]?\s*+{NONE})"
    r"|(?P<zh>(?:(?<![序队行阵])(?<!自增)(?<!标识)列(?!表|统计|注释)|字段(?!注释|统计))[^，。；;行条笔]{1,40}?(?:，|：)?)(?:未(?:被)?(?:同步|迁移)|(?:被|已|已被)(?:跳过|忽略|略过|排除|丢弃))",
    re.IGNORECASE,
)
_OPERATION = r"(?:(?<![\w.-])(?:ddls?|op|operation|statement|command|event|renameCollection|collMod|createIndexe?s?|convertToCapped|dropIndexes)\b|\b(?:alter|create|drop|rename|truncate|exchange|comment\s++on|grant|revoke)\s++\w|(?<=语句)|(?<=操作))"
_NOT_DONE = r"(?:filtered|skipped|ignored|blocked|excluded|discarded|rejected|unsupported|not\s++(?:been\s++)?(?:supported|applied|executed|replicated|synchroni[sz]ed|replayed|carried\s++out))"
_BY_HAND = r"(?:manually|by\s++hand|yourself|by\s++yourself|on\s++your\s++own)"
_DO = r"(?:apply|execute|run|rename|create|drop|alter|add|repeat|perform|carry\s++(?:it\s++)?out|issue|do|modify|change|replay|synchroni[sz]e|rebuild)"
_FOR_A_HUMAN = re.compile(
    rf"{_OPERATION}[^;]{{0,120}}?\b{_NOT_DONE}\b(?=[^;]{{0,40}}?\b{_DO}\b[^;,]{{0,60}}?\b{_BY_HAND}\b)"
    rf"|(?:{_OPERATION}|\bddls?\b|(?:语句|操作|重命名|变更))[^。；;]{{0,60}}?(?:过滤|跳过|忽略|拦截|不支持|未(?:执行|同步|应用|回放))(?=[^。；;]{{0,16}}?(?:请|需)[^，。；;]{{0,10}}?(?:手工|手动|人工|自行))",
    re.IGNORECASE,
)
"""An operation that is left to whoever reads the line, whatever filter left it out."""
_ASKS_A_HUMAN = re.compile(
    r"manually|by\s++hand|yourself|your\s++own|手工|手动|人工|自行", re.IGNORECASE
)
_REFUSED_BY_THE_SOURCE = re.compile(
    r"\b(?:reject|refus|fail|den[iy])\w*\s++(?:by|at|on|in)\s++the\s++source\b|源[库端][^，。；]{0,8}(?:拒绝|执行失败)",
    re.IGNORECASE,
)
_KEPT = re.compile(r"(?:未|没有|不会|将|无需|不)(?:被|从)[^，。；]{0,14}\Z")
_CARRIED_OUT = re.compile(
    r"\bsucce|\b(?:executed|applied|replayed)\s++(?:in|at|on|within)\b|成功", re.IGNORECASE
)


def left_ddls(text: str) -> Iterator[str]:
    """The words of a text, in simplified characters, that say that a DDL was left out."""
    return iter(()) if refused_by_the_source(text) else _told(_DDL_LEFT, text)


def ddl_for_a_human(text: str) -> str:
    """The words that say that an operation was left out, and that somebody is to do it by hand."""
    if not _ASKS_A_HUMAN.search(text) or refused_by_the_source(text):
        return ""
    found = _FOR_A_HUMAN.search(text)
    return found[0] if found and is_fact(text, found, "") else ""


def refused_by_the_source(text: str) -> bool:
    """Whether a text says that the source itself did not carry a DDL out."""
    return _REFUSED_BY_THE_SOURCE.search(text) is not None


def left_columns(text: str) -> Iterator[str]:
    """The words that say so of a column."""
    return _told(_COLUMN_LEFT, text)


def left_objects(text: str) -> Iterator[str]:
    """The words that say so of an object that is no table."""
    return _told(_OBJECT_LEFT, text)


def left_tables(text: str) -> Iterator[str]:
    """The words that say so of a table."""
    left = next((one for one in _LEFT.finditer(text) if not _is_of_an_object(text, one)), None)
    if left is not None and not _KEPT.search(left[0]) and is_fact(text, left, ""):
        yield left[0]


def _is_of_an_object(text: str, left: re.Match[str]) -> bool:
    """Whether the table is only named as where an object is that was left out."""
    before = text[max(left.start() - 120, 0) : left.start()]
    return bool(_OF_AN_OBJECT.search(before) or _ITS_OBJECT.search(left[0]))


def _told(words: re.Pattern[str], text: str) -> Iterator[str]:
    """Where such words are told as a fact; what they are told of is in their named group."""
    for found in words.finditer(text):
        said = next(filter(None, found.groupdict().values()), "")
        if not _CARRIED_OUT.search(said) and is_fact(text, found, said):
            yield found[0]

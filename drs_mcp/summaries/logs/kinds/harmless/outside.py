"""Where a line says that what it tells of is outside the task: an object that is not its own, or a copy of an instance.

`DDL ignored: ALTER TABLE hr.salary … (hr is not selected in this task)`, `该库不在同步范围内`, `tables dropped on the clone
rds-2`, `standby rebuilt; primary not affected`. A table that is new or no longer in the task is a loss, not
outside, and an object without a name of its own, as a column is, belongs to a table that may be inside.
"""

import re
from itertools import islice

_NAME = r"(?<![\w$.])[`'\"]?(?P<{}>[\w$]++(?:\.[\w$*]++)?)[`'\"]?"
_NOT_NEW = (
    r"(?!\s*+(?:any\s?more|any\s++longer|yet|because\s++it\s++(?:was|is)\s++(?:new|created)))"
)
_LIST = r"(?:(?:block-)?(?:allow|white|include|block|black|object)-?\s?list|allow-list|selection|filter\s++list)"
_OF_TASK = r"(?:(?:of|in|by|for|to)\s++(?:this|the)\s++(?:task|job|synchroni[sz]ation|migration|replication))"
_NOT_OURS = (
    rf"(?:not\s++(?:selected|subscribed|chosen)(?:\s++(?:{_OF_TASK}|for\s++(?:synchroni[sz]ation|migration|replication)))?"
    rf"|not\s++in\s++(?:the\s++)?(?:\w[\w-]*+\s++)?{_LIST}"
    r"|(?:not\s++(?:in|within)|out(?:side)?\s++of|outside)\s++(?:the\s++)?(?:\w++\s++)?scope(?:\s++of\s++(?:this|the)\s++(?:task|job))?"
    rf"|not\s++(?:an?\s++|one\s++of\s++the\s++)?(?:part|objects?|tables?|schemas?|databases?)\s++{_OF_TASK})\b{_NOT_NEW}"
)
_REMARK = re.compile(
    rf"(?:(?<![\w.`])(?P<kind>[a-z]++)\s++)?{_NAME.format('name')}\s++(?:is|are|was|were)\s++{_NOT_OURS}"
    rf"|(?P<bare>[(,]\s?{_NOT_OURS}\s?(?:\)|\Z|(?=[,;.])))"
    r"|(?P<zh>(?:该|此|所属)?(?:库|表|模式|对象|数据库|schema)?(?:[`'\"]?(?P<named>(?<![\w.])[a-z_]\w*+(?:\.\w++)?)[`'\"]?)?\s{0,4}+"
    r"(?:不在(?:本|该|此|当前)?(?:任务)?(?:的)?(?:同步|迁移|复制|订阅|选择)?(?:任务)?(?:的)?(?:对象)?(?:范围|白名单|列表|名单)(?:之?[内中])?"
    r"|(?:不是|不属于|非)(?:本|该|此|当前)任务的?(?:同步|迁移)?(?:对象|库表?|表)|未(?:被)?(?:选择|选中|勾选)(?:为?同步对象)?))(?!了|后)",
    re.IGNORECASE,
)
_UNTIL_NOW = re.compile(
    r"\b(?:new(?:ly)?|no\s++longer|any\s?more|removed\s++from)\b|\bcreated\s++(?:at|in|on)\s++the\s++source\b|新(?:建|增|创建)|不再|移[出除]",
    re.IGNORECASE,
)
"""What was inside until now, or should be."""
_OF_A_TABLE = re.compile(
    r"\b(?:columns?|sequences?|triggers?|views?|index(?:es)?|procedures?|functions?|constraints?|partitions?)\b"
    r"|(?<!序)列(?!表)|字段|序列|触发器|视图|索引|分区",
    re.IGNORECASE,
)
"""What belongs to a table that may be inside."""
_IN_A_DDL = re.compile(
    r"\b(?:add|drop|modify|change|alter|create|rename)\s++(?:unique\s++)?(?:column|index|constraint|partition|view|trigger|procedure|function|sequence)\b",
    re.IGNORECASE,
)
_CLONE = re.compile(
    r"\b(?:on|at|in|into|to)\s++(?:the\s++|an?\s++)?(?:(?:cutover\s++)?rehearsal\s++(?:instance|environment|copy)|clone(?:d\s++instance)?|scratch\s++instance"
    r"|test\s++instance|sandbox)\b|在?(?:克隆|演练|测试|沙箱)(?:实例|环境|库)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\bstand-?by\b|\bread(?:-only)?\s++replicas?\b|\brehears\w++|\bdrill\b|\bclones?\b|备(?:节点|库|实例|机)|只读(?:节点|实例|副本)|演练|克隆",
    re.IGNORECASE,
)
_COPY = re.compile(r"rehears|drill|clone|演练|克隆", re.IGNORECASE)
_TURNED = re.compile(
    r"\bfail(?:ed)?[\s-]?over\b|\bswitch\w*|\bpromot\w++|\btake-?over\b|[倒切]换|升[主为]",
    re.IGNORECASE,
)
"""What makes another node the primary."""
_MAIN = r"(?:primary|master|destination|target|production|this\s++task|the\s++task)"
_UNTOUCHED = re.compile(
    rf"\b{_MAIN}\b(?:\s++(?:node|instance|database|of\s++(?:this|the)\s++(?:task|destination|job)|itself))*+\s++(?:(?:was|is|were|are|has\s++been|remains?|stays?)\s++)?"
    r"(?:not\s++(?:been\s++)?(?:affected|touched|changed|modified|involved|interrupted)|un(?:affected|touched|changed|modified))\b"
    r"|(?:主(?:库|节点|实例)|目标(?:库|端|实例)|生产(?:库|环境)?|本任务)[^，。；,;]{0,4}?(?:(?:未|不|没有)受(?:到)?(?:任何)?影响|未被?(?:改动|触及|修改|变更)|无(?:任何)?影响)"
    r"|对(?:主(?:库|节点|实例)|目标(?:库|端|实例)|生产(?:库|环境)?|本任务)(?:无|没有)(?:任何)?影响",
    re.IGNORECASE,
)
_BUT = re.compile(r"\b(?:but|except|however|although)\b|但|却|除", re.IGNORECASE)
_HERE = re.compile(r"\b(?:destination|target|source|primary)\b|目标|目的|源", re.IGNORECASE)
_TABLE = re.compile(r"(?<![\w.$-])([a-z_][\w$]*+)\.([a-z_][\w$]*+)(?![\w.$-])")
_MOST_REMARKS = 8
"""Of a part: no line has more."""
_PART = re.compile(r"[^;。；！\n]++")
MAY_TELL = re.compile(
    r"\bnot\s|\bout(?:side)?\s|不|非|未|无|没有|clone|test\s|scratch|sandbox|\bun|克隆|演练|测试|沙箱|rehears",
    re.IGNORECASE,
)
"""Without one of these nothing is outside: looked for first."""


def within_task(text: str) -> str:
    """A text, in simplified characters, without what it says is outside the task.

    Where a remark names what is outside, all parts of the text that name it are taken out, else the
    part that it stands in; parts end at a semicolon or a full stop of Chinese.
    """
    if not MAY_TELL.search(text):
        return text
    parts: list[str] = _PART.findall(text)
    out: set[int] = set()
    for place, part in enumerate(parts):
        named = _named_outside(part)
        if named is not None:
            out |= {place, *_about(named, parts)} - _of_others(named, parts)
        if _CLONE.search(part) and not _HERE.search(part):
            out.add(place)
    if not _BUT.search(text) and _UNTOUCHED.search(text):
        out |= {place for place, part in enumerate(parts) if _is_aside(part)}
    return ";".join(one for place, one in enumerate(parts) if place not in out) if out else text


def _named_outside(part: str) -> set[str] | None:
    """What remarks in a part name as outside, in small letters; None where they say it of nothing."""
    remarks = list(islice(_REMARK.finditer(part), _MOST_REMARKS))
    if not remarks or _UNTIL_NOW.search(part) or _BUT.search(part):
        return None
    of_a_table = _OF_A_TABLE.search(_IN_A_DDL.sub(" ", part)) is not None
    names, told = set(), False
    for found in remarks:
        name, kind = found["name"] or found["named"], found["kind"] or ""
        if _OF_A_TABLE.search(kind) or (of_a_table and not found["name"]):
            continue
        told = True
        if name and kind.lower() not in ("ddl", "statement"):
            names.add(name.lower())
    return names if told else None


def _about(names: set[str], parts: list[str]) -> set[int]:
    """The parts that name one of these, and do not say that it was inside until now."""
    if not names:
        return set()
    named = re.compile(rf"(?<![\w$.])(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w$])")
    return {
        place
        for place, one in enumerate(parts)
        if named.search(one.lower().replace("`", "")) and not _UNTIL_NOW.search(one)
    }


def _of_others(names: set[str], parts: list[str]) -> set[int]:
    """The parts that name tables beside these and those in these."""
    return {
        place
        for place, one in enumerate(parts)
        if names
        and not all(
            names & {f"{schema}.{table}", schema, table}
            for schema, table in _TABLE.findall(one.lower().replace("`", ""))
        )
    }


def _is_aside(part: str) -> bool:
    """Whether a part is about a copy, a rehearsal or a node that does not serve."""
    if not _ASIDE.search(part):
        return False
    return _COPY.search(part) is not None or not _TURNED.search(part)

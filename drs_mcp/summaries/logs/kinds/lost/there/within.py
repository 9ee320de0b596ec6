"""Which lines say that the destination changed its own rows: triggers, events, jobs, cascades, columns that set themselves, expiry, eviction.

What acts there by itself, and what it did; or a trigger that was not disabled while rows are replicated.
What is created, disabled or planned there, and what acts at the source, is none.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import happened_in

_THERE = re.compile(
    r"\b(?:destination|target|standby|replica|sink)\b|目标|目的(?:库|端|表|数据库|实例)|备库|从库",
    re.IGNORECASE,
)
_DID = r"(?:deleted|inserted|updated|changed|removed|modified|wrote|written|purged|overwrote|overwritten|altered|added|truncated|emptied|doubled|doubles|increased|decreased|incremented|recalculated|overwrites|moved|archived|cleared|purged|expired)"
_THING = r"(?:rows?|records?|documents?|data|values?|keys?|columns?|tables?|entries|(?<![\w.$])[\w$]++\.\w)"
_ACTOR = (
    r"(?:(?<!alarm )triggers?(?!\s++(?:definitions?|statements?|objects?|metadata|counts?|names?)\b)|event\s++schedulers?|dbms_\w++|(?:scheduled|agent|(?:pg_)?cron)\s++(?:jobs?|events?|tasks?)|cascad\w++|ttl(?:\s++\w++)?|(?<!batch )jobs?\s++['\"`]?(?!of\b|is\b|was\b|has\b|type\b|increment)[a-z]\w*+"
    r"|events?\s++['\"`]?(?!was|were|is|are|has|have|of|in|at|that|from|which|batch)[a-z]\w*+|rewrite\s++rules?|generated\s++columns?|on\s++(?:update|insert|delete)\s++\w++)"
)
_FIRED = re.compile(
    rf"\btriggers?\b(?!\s++(?:definitions?|statements?|objects?|metadata|counts?|names?)\b)[^;]{{0,100}}?\b(?:(?:is|are|was|were|has|have)\s++)?(?:fired|fires?|firing|activated|executed|ran|run|{_DID})\b"
    rf"|\b{_ACTOR}\b[^;]{{0,100}}?\b{_DID}\b[^;]{{0,40}}?\b{_THING}"
    rf"|\b{_THING}[^;]{{0,60}}?\b{_DID}\s++(?:again\s++|twice\s++|a\s++second\s++time\s++)?by\s++(?:an?\s++|the\s++)?{_ACTOR}"
    r"|\btriggers?\b[^;]{0,40}?\b(?:(?:was|were|is|are)\s++not\s++disabled|still\s++(?:enabled|active)|(?:remain|stay)\w*+\s++(?:enabled|active))\b"
    r"|\bevent\s++scheduler\b[^;]{0,20}?\b(?:is|was|=)\s*+(?:on\b|enabled|running)"
    r"|\b(?:written|applied|inserted|counted)\s++twice\b[^;]{0,40}?\btriggers?\b"
    r"|\bon\s++update\s++(?:current_timestamp|now|getdate|sys\w++)\b[^;]{0,80}?(?<![\w.,])[1-9][\d,]*+\s++(?:rows|records)\b"
    r"|(?<![\w.,])[1-9][\d,]*+\s++(?:keys?|documents)\b[^;]{0,60}?\bexpired\b(?!\s++keys?\b)|\bexpired\s++[1-9][\d,]*+\s++(?:keys?|documents)\b"
    r"|\bevicted\s++[1-9][\d,]*+\s++keys?\b|(?<![\w.,])[1-9][\d,]*+\s++keys?\b[^;]{0,40}?\b(?:were\s++|was\s++)?evicted\b|\bevict\w*+\s++keys?\b",
    re.IGNORECASE,
)
_FIRED_ZH = re.compile(
    r"触发器[^；。;]{0,30}?(?:被触发|触发了?|触发[^器]|(?<!未)执行|生效|写入|插入|更新|删除|修改|改写|扣减|累加|增加|减少|未禁用|未关闭|未停用|仍(?:然)?启用)"
    r"|(?:事件(?!调度)|(?:定时|调度|自动|计划|后台)(?:任务|作业|清理)|作业|TTL|级联)[^；。;]{0,24}?(?:删除|写入|修改|更新|插入|清理)(?:了)?(?=[^；。;]{0,20}?(?:行|条|数据|记录|笔|列|文档|键))"
    r"|ON\s+UPDATE\s+\w+[^；。;]{0,30}?[1-9]\d*+\s*+[行条]|(?<!\d)[1-9]\d*+\s*+个?\s*+(?:键|key|文档)[^；。;]{0,16}?过期"
    r"|级联(?:删除|更新)了?\s*+[1-9]|事件调度器(?:已|处于)?(?:开启|启用|打开)|(?:键|key)[^；。;]{0,10}?被?(?:淘汰|驱逐|逐出)|(?:淘汰|驱逐|逐出)了?\s*+[1-9]",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:destination|target|standby|replica|sink)\b(?:(?!\b(?:source|destination|target|standby|replica|sink)\b|源[库端])[^;；。]){0,300}?"
    r"(?:\bevicted_?(?:keys|items|entries)|\b(?:keys|total)_evicted|\bevictions)\s?[:=]\s?[1-9]"
    r"|目(?:标|的[库端表实])(?:(?!源[库端]|目[标的]|\bsource\b)[^；。;]){0,300}?(?:evicted_?keys|(?:淘汰|驱逐|逐出)(?:的)?(?:键|key)?(?:数量?|总数|个数)?)\s?[:=：为]\s?[1-9]",
    re.IGNORECASE,
)
"""A counter of the destination that stands above zero: what was evicted is gone, what expired is gone at both sides."""
_OWN_DENIAL = re.compile(r"\bnot\s++disabled\b|未(?:禁用|关闭|停用)", re.IGNORECASE)
_AT_SOURCE = re.compile(
    r"\b(?:at|in|on|of)\s++the\s++source\b|\bsource\b(?!\s++rows)|源[库端表]", re.IGNORECASE
)
_THAN_THE_SOURCE = re.compile(
    r"\b(?:than|from|unlike)\s++(?:(?:those|that)\s++)?(?:at\s++|in\s++|on\s++)?the\s++source\b|[早晚先后]于源[库端]|[与和]源[库端表][^，。；;]{0,6}?(?:不同|不一致|有别)",
    re.IGNORECASE,
)
"""Where the source is only what the destination differs from."""
_OWN = re.compile(
    r"\b(?:this|the|drs|batch|load|apply|replay|copy)\s++(?:job|event|task)s?\b|\bback-?up|\bcomparisons?\b|\bstat(?:istic)?s?\b|备份|对比|统计",
    re.IGNORECASE,
)


def changed_within(text: str) -> str:
    """The words that say that the destination changed its own rows; empty for none.

    Args:
        text: a message in simplified characters.
    """
    if not _THERE.search(text):
        return ""
    if counted := happened_in(text, _COUNTED):
        return counted
    text = _THAN_THE_SOURCE.sub(" ", text)
    return happened_in(text, _FIRED, _FIRED_ZH, unless=(_AT_SOURCE, _OWN), own=_OWN_DENIAL)

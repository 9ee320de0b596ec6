"""Which lines say that the moving of a thing failed: of a table, an object, rows.

A verb of moving and a word of failing, in either order, and by name or kind what was to be moved: `apply
to mall.coupon failed`, `同步表 mall.coupon 失败`, `表 mall.coupon 已暂停同步`. A denial, a count of zero, a
condition and what was tried again with success are none.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import happened_in

_MOVING = (
    r"(?:(?:re-?)?(?:synchroni[sz](?:ation|ing)|sync(?:ing)?|replicat(?:ion|ing)|migrat(?:ion|ing)|cop(?:y|ying)|appl(?:y|ying)|replay(?:ing)?|load(?:ing)?"
    r"|import(?:ing)?|transfer(?:ring)?|captur(?:e|ing)|extract(?:ion|ing)|snapshot(?:ting)?|writ(?:e|es|ing)|insert(?:s|ing)?|updates?|deletes?|creat(?:ion|ing)|conver(?:sion|ting)))"
)
_FAILING = r"(?:fail(?:ed|s|ing|ure)?(?![\s-]?over\b)|errors?(?!\s++(?:log|code|message|table|policy|threshold|rate|count|margin|tolerance|budget|handl\w++)s?\b)|abort(?:ed|s)?|errored)"
_NOT = r"(?:(?!\b(?:no|zero|without|never|not)\b|(?<![\w.,])0\b)[^;,:])"
_NAME = r"(?<![\w.$-])[a-z_][\w$]*+\.[a-z_][\w$]*+(?![\w$.-])"
_TABLE = rf"(?<!job\s)(?<!agent\s)(?<!process\s)(?<!thread\s)(?<!service\s)(?<!server\s)(?<!host\s){_NAME}"
"""A name that is none of what moves tables: whether that stands still is told of the task."""
_FAILED = re.compile(
    rf"(?<![\w.-]){_MOVING}\b{_NOT}{{0,80}}?(?:[:=]\s?)?\b{_FAILING}\b(?!\s*+[:=]\s*+(?:0\b|no))"
    rf"|\b{_FAILING}\b\s++(?:(?:to|while|when|during|in|on|of|at)\s++)?(?:\w++\s++){{0,3}}?{_MOVING}\b"
    rf"|(?:(?<![\w.-])(?:tables?|collections?|views?)\b|{_TABLE}){_NOT}{{0,60}}?(?:\b(?:was|were|is|are|has\s++been|been)\b|[,:])\s*+(?:table\s++)?(?:paused|suspended|errored|stopped)\b",
    re.IGNORECASE,
)
_MOVING_ZH = r"(?:同步|复制|写入|加载|导入|抽取|传输|回放|应用|迁移|创建|建立|建表|转换|捕获|装载|更新|插入|删除|添加)"
_FAILING_ZH = r"(?:失败|出错|报错|异常|错误|中止|中断)(?!日志|次数|策略|码|率|阈值|处理|恢复|已)"
_PAUSED_ZH = r"(?:暂停|停止)"
_FAILED_ZH = re.compile(
    rf"{_MOVING_ZH}(?:(?!完成|成功|正常)[^，。；;：]){{0,40}}?{_FAILING_ZH}"
    rf"|(?:(?<![列报])表|集合|视图|{_NAME})[^，。；;任]{{0,40}}?(?:{_PAUSED_ZH}[^，。；;]{{0,8}}?{_MOVING_ZH}|{_MOVING_ZH}[^，。；;]{{0,8}}?{_PAUSED_ZH})"
    rf"|{_PAUSED_ZH}了?{_MOVING_ZH}了?[^，。；;任]{{0,4}}?(?:表|集合|视图|{_NAME})"
    rf"|{_PAUSED_ZH}了?(?:对)?[^，。；;任]{{0,4}}?(?:表|集合|视图|{_NAME})[^，。；;]{{0,40}}?的?{_MOVING_ZH}",
    re.IGNORECASE,
)
_WITH_A_REASON = re.compile(
    rf"(?:(?<![\w.-])(?:tables?|collections?|subscriptions?|publications?|replication|capture)\b|{_NAME}){_NOT}{{0,60}}?\b(?:disabled|suspended|stopped|paused)\s++(?:due\s++to|because\s++of|after|by|on)\s++(?:(?:an?|the|its|\d++)\s++)?(?:errors?|failures?)\b"
    r"|\b(?:suspended|paused|disabled)\s++(?:the\s++)?(?:table|collection|subscription)\b[^;,]{0,60}?\b(?:after|due\s++to|because\s++of)\s++(?:(?:an?|the|its|\d++)\s++)?(?:errors?|failures?)\b",
    re.IGNORECASE,
)
_THINGS = r"(?:tables?|collections?|views?|procedures?|functions?|routines?|triggers?|packages?|index(?:es)?|constraints?|(?:foreign|primary)\s++keys?|sequences?|synonyms?|users?|accounts?|objects?)"
_COUNTED = re.compile(
    rf"(?<![\w.-]){_THINGS}\b(?:(?!\b(?:compar|check|verif)\w*+)[^;.]){{0,60}}?(?:(?<![\w.,])[1-9]\d*+\s++failed\b|\bfailed\s*+[:=]?\s*+[1-9])"
    r"|(?:(?<![列报])表|集合|视图|存储过程|过程|函数|触发器|索引|约束|外键|序列|对象|用户|账号)[^。；;]{0,40}?(?:失败|错误|异常)\s*+(?:数量?|个数)?\s*+[:：=]?\s*+[1-9](?!\d*+\s*+次)"
    rf"|{_MOVING_ZH}[^。；;]{{0,40}}?(?:失败|错误)\s*+[:：=]?\s*+[1-9]\d*+\s*+[行条个张笔]|[1-9]\d*+\s*+[行条个张笔][^，。；;]{{0,6}}?(?:投递|发送|{_MOVING_ZH})失败|(?:投递|发送)失败\s*+[1-9]\d*+\s*+[条个笔]",
    re.IGNORECASE,
)
"""How many things of a number failed: `procedures: 12 migrated, 2 failed`."""
_NAMED = re.compile(_NAME, re.IGNORECASE)
_BESIDE = re.compile(
    r"\b(?:logs?|monitor\w*+|metrics?|alarms?|stat(?:istic)?s|ntp|notifications?|checks?(?!\s++constraints?)|heart-?beats?|files?|config\w*+|certificates?"
    r"|licen[cs]es?|passwords?|back-?ups?|reports?|history|plans?|cache)\b|日志|监控|告警|统计|通知|检查(?!约束)|心跳|文件|配置|证书|备份|报表|密码",
    re.IGNORECASE,
)
"""What a node writes, updates or deletes for itself."""
_RUNS = re.compile(r"\b(?:succe\w*+|resum\w*+|recover\w*+|again)\b|恢复|继续|重试", re.IGNORECASE)
_MAY_TELL = re.compile(
    r"fail|error|abort|paused|suspend|stopped|halted|disabled|失败|错|异常|中[止断]|暂停|停止",
    re.IGNORECASE,
)
"""Without one of these nothing failed: looked for first."""


def failed_in(sentence: str) -> str:
    """The words that say that the moving of something failed; empty for none.

    Args:
        sentence: one of a message, in simplified characters.
    """
    if not _MAY_TELL.search(sentence):
        return ""
    said = happened_in(sentence, _FAILED, _FAILED_ZH, _WITH_A_REASON, _COUNTED, tried=False)
    return "" if _BESIDE.search(said) and not _NAMED.search(said) else said


def runs_again(message: str) -> bool:
    """Whether a later line that names the same tells that its moving goes on."""
    return _RUNS.search(message) is not None

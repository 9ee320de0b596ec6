"""What a line tells that is no event: settings, hints, and statements that change neither rows nor structures.

`ddl_policy=ignore, skip_ddl=false`, `Note: the position can be reset only while …`, `DDL ignored: ANALYZE TABLE …
(statistics only)`, keys that expired at the source. A field that counts or tells what was done
(`skippedRows=5`, `ddl_skipped=true`) is no setting, and what was done is no hint.
"""

import re

from drs_mcp.summaries.logs.kinds.lost.told import sentences

_KEY = r"[a-z][\w.-]*+"
_VALUE = r"(?:'[^'\n]*+'|\"[^\"\n]*+\"|[^\s;，；'\"]*+)"
_PAIR = re.compile(
    rf"\s*+(?P<key>{_KEY})\s?=\s?(?P<value>{_VALUE})\s*+(?=[;，；]|\Z|(?<=,)|{_KEY}\s?=)[;，；]?",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\s*+(?:(?:config\w*|settings?|parameters?|options?|policies|policy|配置|参数|策略)\s*+[:：]\s*+)?",
    re.IGNORECASE,
)
_SETTING = re.compile(
    r"polic(?:y|ies)|\bon_|\bsupport|filter|_info\b|mode|strateg|tolerance|enable|timeout|limit|\bmax|\bmin|retries|retry|interval|rules?\b|list\b"
    r"|placeholder|skip_?(?:ddl|err)|ignore_?(?:ddl|err)|option",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?:(?<!enabl)(?<!allow)ed|lost|counts?|rows|events?|records|statement|sql|table|schema|msg|message|error|action|result|status|state)\Z",
    re.IGNORECASE,
)
"""How the key of a field ends that tells what was done, or to what."""
_WAS_DONE = re.compile(
    r"(?:skipp|ignor|filter|reject|discard|dropp|fail|abandon)ed|lost", re.IGNORECASE
)
_SWITCH = re.compile(
    r"(?:true|false|on|off|yes|no|none|stop|enabled|disabled|null)?,?", re.IGNORECASE
)
_OF_THE_LIST = re.compile(
    r"\s*+(?:other\s++)?(?:ddls?|dml|statements?|events?|types?|operations?)\s++(?:that\s++(?:is|are)\s++)?(?:outside(?:\s++of)?|not\s++(?:in|on|part\s++of)|other\s++than)\s++(?:this|the|these|those)"
    r"\s++\w++\s++(?:is|are)\s++(?:ignored|skipped|filtered|not\s++(?:replicated|synchroni[sz]ed|applied))\s*+"
    r"|\s*+(?:不在|未在)?(?:此|该|上述)?(?:列表|名单|清单)(?:之外|以外|中|内)?的?\s?(?:ddl|语句|操作|类型)(?:会|将)?被?(?:忽略|跳过|过滤)\s*+",
    re.IGNORECASE,
)
"""What such a list means."""
_HINT = re.compile(
    r"\s*+(?:note|notes|tips?|hints?|reminder|notice|documentation|doc|faq|提示|温馨提示|友情提示|说明|须知|注意|备注)\s*+[:：]",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:can|may|might|could|would|should|if|when|whenever|unless|(?:for\s++)?(?:longer|more)\s++than)\b|如|若|可能|可以|会|时|建议|超过",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:was|were|has|have|had|did|cannot)\b|\b(?<![\d,])[1-9][\d,]*+\s++(?:rows?|events?|records?|keys?|values?|ddls?|transactions?|documents?|messages?)\b|已|了|被|(?<!\d)[1-9]\d*+\s{0,4}+[行条个笔列]",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"'[^'\n]{1,200}'|\"[^\"\n]{1,200}\"|“[^”\n]{1,200}”|「[^」\n]{1,200}」|`[^`\n]{1,200}`"
)
"""The words of a line that a hint is about."""
_IDLE = re.compile(
    r"\b(?:analy[sz]e\s++(?:local\s++|no_write_to_binlog\s++)?table|optimize\s++(?:local\s++)?table|check(?:sum)?\s++table|update\s++statistics"
    r"|comment\s++on\s++(?:table|column|view|index|schema)|alter\s++table\s++[\w.`\"]++\s++comment\b|flush\s++(?:tables|logs|privileges)|dbms_stats)\b",
    re.IGNORECASE,
)
_OTHER_DDL = re.compile(
    r"\b(?:alter|create|drop|rename|truncate|exchange)\s++\w|\b(?:[2-9]|\d{2,}+)\s++(?:\w++\s++)?ddls?\b|(?<!\d)(?:[2-9](?!\d)|\d{2,}+)\s{0,4}+[条个]",
    re.IGNORECASE,
)
_OF_ROWS = re.compile(
    r"\b(?:rows?|events?|keys?|documents?|records?|lost)\b|[行条]|丢失", re.IGNORECASE
)
_EXPIRED = re.compile(
    r"\bexpired\s++(?:keys?|documents?|entries|sessions?)\b|\b(?:keys?|documents?|entries|sessions?)\s++(?:(?:that|which)\s++)?(?:(?:had|have|has|were|are|was)\s++)?"
    r"(?:already\s++)?expired\b|(?:已|到|经)?过期的?\s?(?:键|key|文档|条目)|(?:键|key|文档|条目)[^，。；,;]{0,6}?已?过期",
    re.IGNORECASE,
)
_NOT_NEEDED = re.compile(
    r"\bdoes\s++not\s++exist,?\s++skipping\b|\balready\s++exists,?\s++skipping\b", re.IGNORECASE
)
"""What IF EXISTS and IF NOT EXISTS say of a statement that had nothing to do."""
_MORE = re.compile(
    r"\b(?:but|and|not\s++expired|un-?expired|destination|target|fail\w*|reject\w*)\b|但|和|及|目标|未过期|失败",
    re.IGNORECASE,
)
MAY_TELL = re.compile(
    r"=|[:：]|analy[sz]|optimize|checksum|statistic|comment|flush|expired|exists?|过期",
    re.IGNORECASE,
)
"""Without one of these a line tells no such thing: looked for first."""


def events_alone(text: str) -> str:
    """A text, in simplified characters, without settings, hints and statements without effect."""
    if not MAY_TELL.search(text):
        return text
    text = _without_settings(text)
    said = list(sentences(text))
    tells = _is_supposed if _HINT.match(text) else _is_no_event
    kept = [one for one in said if not tells(one)]
    return text if len(kept) == len(said) else ";".join(kept)


def is_hint(text: str) -> bool:
    """Whether a text, in simplified characters, is a hint of what may happen, and tells of nothing that did."""
    return _HINT.match(text) is not None and all(map(_is_supposed, sentences(text)))


def _without_settings(text: str) -> str:
    """A text without the settings that it begins with, if they are a whole part of it."""
    at = _HEAD.match(text).end()  # type: ignore[union-attr]
    begun = at
    while (pair := _PAIR.match(text, at)) and _is_setting(pair["key"], pair["value"]):
        at = pair.end()
    rest = text[at:].strip(" .。")
    if at == begun or (rest and text[at - 1] not in ";；"):
        return text
    return "" if _OF_THE_LIST.fullmatch(rest) else rest


def _is_setting(key: str, value: str) -> bool:
    """Whether a field sets how something is done, and does not tell what was."""
    if _WAS_DONE.search(key):
        return False
    if _TOLD.search(key) and not _SETTING.search(key.rpartition("_")[2]):
        return "on_" in key[:3].lower()
    return _SETTING.search(key) is not None or _SWITCH.fullmatch(value) is not None


def _is_supposed(sentence: str) -> bool:
    return _SUPPOSED.search(sentence) is not None and not _DONE.search(_QUOTED.sub(" ", sentence))


def _is_no_event(sentence: str) -> bool:
    if _IDLE.search(sentence):
        return not (_OTHER_DDL.search(_IDLE.sub(" ", sentence)) or _OF_ROWS.search(sentence))
    if _NOT_NEEDED.search(sentence):
        return True
    return _EXPIRED.search(sentence) is not None and not _MORE.search(sentence)

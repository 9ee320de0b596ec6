"""Which lines say that something works again, and the errors that they end.

A recovery is told by its words (`reconnected`, `retry succeeded`, `resumed`, `恢复正常`), whatever the
rest of its line. It belongs to errors on the same topic, a link or a process, and to those that
name the same host, table or other thing; where both name things and none is the same, to no one's.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.kinds.lost.told import is_fact
from drs_mcp.summaries.logs.kinds.moments import Moments, followed
from drs_mcp.summaries.logs.kinds.tally import Tally

_RECOVERED = re.compile(
    r"(?i)\b(?:re-?connect(?:ed|ion (?:ok|succeeded|successful|established))"
    r"|re-?connect\w* (?:\S+ ){0,3}?(?:succe\w+|ok)\b"
    r"|re-?tried\b[^;:]{0,40}?\b(?:committed|succeeded|applied|written)"
    r"|re-?try(?:ing)? (?:[^\s,;:.]+ |\S+\.\S+ ){0,8}?(?:succeeded|succeeds|successful(?:ly)?|success|ok)\b"
    r"|(?:second|third|fourth|fifth|next|last|later|new|another|[2-9](?:nd|rd|th)) (?:attempt|try) (?:was )?(?:succeeded|successful|ok)"
    r"|(?:attempt|try) (?:no\.? ?|#)?\d{1,2}(?: of \d{1,2})? (?:was )?(?:succeeded|successful)"
    r"|succeeded (?:after|on|at) (?:\S+ ){0,3}?(?:re-?tr\w*|attempts?)"
    r"|(?:has |was |is |been )?(?:re-?established|re-?started|resumed|recovered|restored)"
    r"|(?:re-?start|resume|recovery|reconnect) (?:\S+ ){0,2}?(?:succeeded|successful(?:ly)?|complete[d]?|finished|done)\b"
    r"|back (?:online|to normal|up)|(?:is|are) (?:up|alive|online|healthy|available|reachable|ready) again"
    r"|(?:is|are|become|becomes|became) now (?:up|online|available|reachable|ready))\b"
    r"|恢复正常|(?:已|成功)恢复|恢复成功|恢复(?!失败|中|数据)|重连成功|重新连接成功|已重连|重试(?:后|\s?\d{1,3}\s?次后?)?成功|第\s?[\d一二三四五]{1,2}\s?次(?:重试|尝试|执行|写入|提交)?后?成功|重启成功|已重启|重新启动成功|(?:已|重新)就绪"
)
_EARLIER_TRY = re.compile(
    r"(?i)\b(?:first|1st|previous|earlier)\s++(?:attempts?|try)\s++failed\b|\b(?:attempt|try)\s++1\s++failed\b|(?:首|第\s?[1一]\s?)次(?:重试|尝试|执行|写入|提交)?失败"
)
"""That the first attempt failed denies nothing of the next one."""
_AWAITED = re.compile(r"(?i)\bwaiting\b[^.,;]{0,30}\Z|等待[^，。；]{0,12}\Z")
"""Before the words: it has not come yet."""
_YET = re.compile(
    r"(?i)\s*+(?:0\b|with (?:\w+ )?errors?\b|unexpectedly\b)|[^.;。；\n]{0,40}?(?:[,，] ?(?:but|yet|however|then (?:failed|lost))\b|[,，]?(?:但是?|却|不过|然而))"
)
"""Behind the words: what takes them back."""
_TOPICS = {
    "link": re.compile(
        r"(?i)connect|link|socket|network|unreachable|broken pipe|time[d-]? ?out|host|eof\b"
        r"|communications?|handshake|连接|网络|链路|重连|超时"
    ),
    "process": re.compile(
        r"(?i)process|service|crash|heartbeat|restart|core dump|not healthy|node is down|进程|服务|重启"
    ),
    "task": re.compile(r"(?i)paus|resum|suspend|暂停|续传"),
    "retry": re.compile(
        r"(?i)re-?tr[yi]|deadlock|lock wait|throttl|busy|overload|too many|重试|死锁|锁等待"
        # The other side is not there yet, or says that it is.
        r"|\bloading\b|starting up|not (?:yet )?ready|ready again|now ready|try again|temporar|加载|就绪|稍后"
    ),
}
_ROW = (
    r"(?:rows?|records?|documents?|events?|keys?|values?|data|batch(?:es)?|transactions?|changes?)"
)
_WRITTEN = (
    r"(?:written|wrote|inserted|applied|loaded|copied|imported|added|executed|created|repaired|corrected|fixed|replayed"
    r"|synchroni[sz]ed|mended|upserted)"
)
ROWS_MADE_GOOD = re.compile(
    rf"\b(?:rejected|skipped|missing|lost|dirty|failed|discarded|dropped|left[\s-]out|pending|deferred|queued)\s++(?:\w++\s++){{0,3}}?{_ROW}\b[^;]{{0,80}}?\b(?:re-?)?{_WRITTEN}\b"
    rf"|\b{_ROW}\b[^;]{{0,80}}?\b(?:re-{_WRITTEN}|re(?:written|wrote|inserted|applied|loaded|copied|imported|synchroni[sz]ed)|repaired|corrected|back-?filled)\b"
    rf"|\b(?:re-{_WRITTEN}|re(?:wrote|inserted|applied|loaded|copied|imported|synchroni[sz]ed)|repaired|corrected)\s++(?:\S++\s++){{0,3}}?{_ROW}\b"
    rf"|\bre-?tr(?:y|ied)\b[^;]{{0,60}}?\bsucceeded\b[^;]{{0,40}}?\b{_ROW}\b[^;]{{0,40}}?\b{_WRITTEN}\b"
    rf"|\b{_ROW}\b[^;]{{0,80}}?\b{_WRITTEN}\s++(?:again|anew)\b"
    rf"|\b(?:re-?)?{_WRITTEN}\b[^;]{{0,40}}?\b(?:after\s++all|by\s++hand|manually)\b|\b(?:by\s++hand|manually)\s++(?:re-?)?{_WRITTEN}\b"
    r"|补(?:写|录|齐|入|数)|(?:行|数据|记录|文档|事件|批次|键)[^，。；]{0,20}?(?:重新(?:写入|插入|同步|回放|应用|导入)|已?修复)"
    r"|重新(?:写入|插入|同步|回放|应用|导入)了?[^，。；]{0,20}?(?:行|条|数据(?!库|字典)|记录|文档|事件|批次|键)"
    r"|(?:手工|手动|人工)[^，。；]{0,6}?(?:写入|插入|导入|执行|修复|添加|补)",
    re.IGNORECASE,
)
"""What was lost came after all: that anything is applied, or read again, is no proof of it."""
_NUMBERED = re.compile(
    r"(?i)(?:\b(?:shard|slice|chunk|batch|partition|thread)|分片|批次|分区|线程)\s*+#?(\d++)"
)
_RETRIED = frozenset(("link", "retry"))


_WHOLE = re.compile(
    r"(?i)\b(?:task|job|(?:full|incremental|initial|real-time)?\s*+(?:synchroni[sz]ation|migration|replication|phase))\s"
    r"(?:(?:has|is|was|been|automatic(?:ally)?|re-?try)\s++){0,3}(?:re-?tried\s++)?(?:recovered|succeeded|successful(?:ly)?|back\s++to\s++normal)\b"
    r"|\b(?:re-?try|recovery|resumption)\s++of\s++(?:the\s++)?(?:task|job|phase|synchroni[sz]ation|migration|replication)\s++succeeded\b"
    r"|(?:任务|作业|(?:全量|增量|实时|数据)?(?:同步|迁移|复制)(?!链路|连接))[^，。；：]{0,4}?"
    r"(?:(?:重试|续传|恢复|重启)成功|(?:已|成功)(?:自动)?恢复(?!失败|中|数据)|恢复正常)"
)
"""That the task or its phase as a whole runs again, and not only a part of it."""


class Told(NamedTuple):
    """A kind as it is looked at here: its words, its names by kind of thing, its times."""

    text: str
    names: Mapping[str, Tally]
    moments: Moments


class Recovery(NamedTuple):
    """How errors of a kind ended.

    `ended` of them were followed by a recovery before the next of their kind; `last_ended` says
    whether one came after the last of them; `by` has the texts of the recoveries.
    """

    ended: int
    last_ended: bool
    by: Sequence[str]


def is_recovery(text: str) -> bool:
    """Whether a line says that something works again."""
    text = _EARLIER_TRY.sub(" ", simplified(text))
    found = _RECOVERED.search(text)
    if found is None or _AWAITED.search(text[: found.start()]):
        return False
    said = _NUMBERED.sub(" ", found[0])  # a batch 0 counts nothing
    return is_fact(text, found, said, tried=True) and not _YET.match(text, found.end())


def is_of_the_whole(text: str) -> bool:
    """Whether a line says that the task or its phase as a whole was retried and runs again."""
    return is_recovery(text) and _WHOLE.search(simplified(text)) is not None


def ends_retries(text: str) -> bool:
    """Whether a line says that a retry succeeded, of whatever was retried."""
    return is_recovery(text) and "retry" in _topics(text)


def recovery_of(errors: Told, recoveries: Sequence[Told]) -> Recovery | None:
    """How *errors* ended; None where no recovery of the log is theirs."""
    theirs = [one for one in recoveries if _belongs(errors, one)]
    if not theirs:
        return None
    ended, last_ended = followed(errors.moments, [one.moments for one in theirs])
    return Recovery(ended, last_ended, [one.text for one in theirs])


def _belongs(errors: Told, recovery: Told) -> bool:
    some, others = (set(_NUMBERED.findall(one.text)) for one in (errors, recovery))
    if some and others and not some & others:
        return False  # another part of it was retried
    shared = _share_names(errors.names, recovery.names)
    if shared is not None:
        return shared
    topics, ends = _topics(errors.text), _topics(recovery.text)
    if "link" in ends:  # a connection that was retried ends no retry of anything else
        ends.discard("retry")
    return bool(topics & ends) or ("retry" in ends and bool(topics & _RETRIED))


def _topics(text: str) -> set[str]:
    text = simplified(text)
    return {topic for topic, words in _TOPICS.items() if words.search(text)}


def _share_names(one: Mapping[str, Tally], other: Mapping[str, Tally]) -> bool | None:
    """Whether both name the same thing; None where they name no things of one kind."""
    kinds = one.keys() & other.keys()
    if not kinds:
        return None
    return any(one[kind].counts.keys() & other[kind].counts.keys() for kind in kinds)

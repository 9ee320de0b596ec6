"""What led to a failure: warnings and other lines near its turning points that bear on it.

A line bears on an error by the names and words that both hold, by when it came, by saying that
something was changed, and by numbers that run up to a limit.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.diagnosis.clocks import NEAR
from drs_mcp.summaries.diagnosis.courses import courses, told
from drs_mcp.summaries.diagnosis.timeline import is_routine, turn_of
from drs_mcp.summaries.logs.facts import LogFacts, LogKind
from drs_mcp.summaries.logs.kinds.stops import is_of_heartbeat, is_start

LOOKED_BACK = timedelta(hours=48)
MOST_LEADS = 2
_LEAST = 4.0
_RARE = 3
_STEM = 5

_CHANGED = re.compile(
    r"(?i)\b(?:chang\w+|alter\w*|drop\w*|delet\w+|truncat\w+|purg\w+|remov\w+|renam\w+|skip\w+"
    r"|disabl\w+|enabl\w+|revok\w+|switch\w*|fail-?over|promot\w+|restart\w*|paused|retention|expire\w*"
    r"|reboot\w*|upgrad\w+|resiz\w+|ddl|by user|not by drs|before|resolves|started|running|read-only|added|revok\w+|now)\b"
    r"|变更|修改|更改|删除|清空|清理|重命名|跳过|禁用|启用|回收|切换|倒换|重启|暂停|保留|过期|升级|扩容|只读|设为"
)
_STARTED_ANEW = re.compile(
    r"(?i)\b(?:instance|database|server|node|host|cluster|source|destination)\b.{0,40}?"
    r"\b(?:re-?started|rebooted|failed over)\b|(?:实例|數據庫|数据库|资料库|節點|节点|主机|集群|源库|目标库).{0,12}?(?:重启|重啟|重新启动|倒换)"
)
"""What breaks the links of a task, though it says that something runs again."""

_LIMITS = re.compile(
    r"(?i)\b(?:full|exceed\w*|limit|left|cannot|can't|unable|out of|no space|low|spill\w*|waiting)\b"
    r"|不足|已满|超过|上限|剩余|无法"
)
_LOST = re.compile(
    r"(?i)\b(?:purg\w+|truncat\w+|invalidat\w+|kill(?:ed|s)|evict\w+|overwritten|reset\s+(?:master|binary))\b|清空|清理|截断|失效"
)
"""What takes away what a task still needs."""
_READ_ONLY = re.compile(r"(?i)\bread-?\s?only\b")
_WORD = re.compile(r"[A-Za-z][A-Za-z]{2,40}|\d{3,24}|[\u4e00-\u9fff]{2}")
_IN_ENGLISH = {
    "磁盘": "disk", "硬盘": "disk", "空间": "space", "内存": "memory", "使用率": "usage", "只读": "readonly",
    "锁": "lock", "会话": "session", "归档": "archive", "保留": "retention", "复制槽": "slot", "主键": "primary",
    "外键": "foreign", "账号": "account", "用户": "account", "密码": "password", "权限": "privilege", "证书": "certificate",
    "网络": "network", "字符集": "character", "分区": "partition", "索引": "index", "触发器": "trigger", "集群": "cluster",
    "节点": "node", "重启": "restart", "切换": "switch", "缓冲": "buffer", "位点": "position", "清理": "purged",
}  # fmt: skip
"""What Chinese lines speak of, by the words in which causes are told."""

_COMMON = frozenset(
    [
        "service",
        "failed",
        "cause",
        "error",
        "errorcode",
        "sqlstate",
        "task",
        "info",
        "warn",
        "warning",
        "source",
        "destination",
        "target",
        "database",
        "logmanager",
        "capturer",
        "increment",
        "datamove",
        "write",
        "insert",
        "update",
        "apply",
        "event",
        "table",
        "column",
        "with",
        "from",
        "that",
        "the",
        "and",
        "for",
        "not",
        "was",
        "been",
        "has",
        "into",
        "row",
        "rows",
        "record",
        "index",
        "value",
        "values",
        "command",
        "server",
        "name",
        "user",
        "type",
        "data",
        "message",
        "detail",
        "msg",
        "schema",
        "object",
        "reason",
        "occur",
        "already",
        "exists",
        "does",
        "exist",
        "number",
        "normal",
        "delay",
        "drs",
        "job",
        "read",
        "select",
        "started",
        "changed",
        "running",
        "caused",
        "state",
        "transaction",
        "binlog",
        "com",
        "java",
        "sql",
        "exception",
        "true",
        "false",
        "null",
        "connection",
        "requested",
        "current",
        "new",
        "this",
        "time",
    ]
)


@dataclass(frozen=True)
class Lead:
    """A line that bears on a failure; *moved* tells its moving numbers in our own words."""

    kind: LogKind
    weight: float
    moved: str

    @property
    def at(self) -> datetime | None:
        """When it was said first, or last where it runs on."""
        return self.kind.last


def leads(
    log: LogFacts,
    subject: Sequence[str],
    around: Sequence[datetime],
    until: datetime | None = None,
    *,
    start: datetime | None = None,
) -> list[Lead]:
    """The lines that bear most on a failure, oldest first.

    Args:
        log: the folded log.
        subject: the deciding line, and what is known of it.
        around: the turning points: when data stopped, when the error came first.
        until: what came later is no reason.
        start: when the copy started, where that is a turning point, too.
    """
    if not around:
        return []
    words = _stems(" ".join(subject))
    found = [
        Lead(kind, weight, told(kind))
        for kind in _candidates(log, min(around), until)
        if (weight := _weight(kind, words, around, start)) >= _LEAST and kind.message not in subject
    ]
    best = sorted(found, key=lambda lead: lead.weight, reverse=True)[:MOST_LEADS]
    return sorted(best, key=lambda lead: (lead.at is None, lead.at))


def _candidates(log: LogFacts, first: datetime, until: datetime | None) -> Iterator[LogKind]:
    for kind in (*log.warnings, *log.infos):
        if kind.last is None or kind.first is None:
            continue
        if kind.is_recovery and not (_STARTED_ANEW.search(kind.message) and kind.last <= first):
            continue
        if (until is not None and kind.first > until) or first - kind.last > LOOKED_BACK:
            continue
        if turn_of(kind.message) or is_routine(kind) or _is_routine(kind):
            continue
        if is_of_heartbeat(kind.message) and is_start(kind.message):
            continue
        yield kind


def _is_routine(kind: LogKind) -> bool:
    """Whether it is one of many alike that tell of no change, no limit, and no course."""
    told = _CHANGED.search(kind.message) or _LIMITS.search(kind.message) or courses(kind)
    return kind.level != "warn" and kind.count > _RARE and not told


def _weight(
    kind: LogKind, words: frozenset[str], around: Sequence[datetime], start: datetime | None
) -> float:
    shared = words & _stems(kind.message)
    weight = min(sum(2.0 if len(stem) > _STEM or stem.isdigit() else 1.5 for stem in shared), 5.0)
    distance = _distance(kind, around)
    weight += 2 if distance <= NEAR else 1 if distance <= timedelta(hours=2) else 0
    weight += 1 if start is not None and _distance(kind, [start]) <= NEAR else 0
    weight += 1.5 if _CHANGED.search(kind.message) else 0
    weight += 1 if _LIMITS.search(kind.message) else 0
    weight += 1 if kind.level == "warn" else 0
    weight += 1 if _LOST.search(kind.message) else 0
    weight += 1 if kind.count <= _RARE else 0
    weight += 1.5 if any(course.near_limit for course in courses(kind)) else 0
    return weight


def _distance(kind: LogKind, around: Sequence[datetime]) -> timedelta:
    first, last = kind.first, kind.last
    if first is None or last is None:
        return LOOKED_BACK
    return min(
        timedelta() if first <= at <= last else min(abs(at - first), abs(at - last))
        for at in around
    )


def _stems(text: str) -> frozenset[str]:
    """The words of a text that tell something, by their beginnings; names by their parts."""
    text = simplified(text)
    told = [word for chinese, word in _IN_ENGLISH.items() if chinese in text]
    found = {"readonly"} if _READ_ONLY.search(text) else set()
    for word in (*_WORD.findall(text), *told):
        lower = word.lower()
        if lower in _COMMON:
            continue
        found.add(lower if word.isdigit() or len(lower) <= _STEM else lower[: _STEM + 1])
    return frozenset(found)

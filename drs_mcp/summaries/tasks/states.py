"""Which tasks a caller means by `state`: one word or several, of ours, of people or of DRS."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from drs_mcp.errors import ArgumentError
from drs_mcp.knowledge.statuses import statuses
from drs_mcp.quoting.names import as_name

GROUPS = (
    "failed",
    "unknown",
    "paused",
    "configuration",
    "waiting",
    "changing",
    "running",
    "finished",
    "deleted",
)
"""The states that tasks are counted by, troubled ones first."""

_EVERY = frozenset({"any", "all", "every", "*"})
_SYNONYMS = {
    "fail": "failed",
    "error": "failed",
    "errors": "failed",
    "abnormal": "failed",
    "active": "running",
    "started": "running",
    "paus": "paused",
    "pausing": "paused",
    "suspended": "paused",
    "complete": "finished",
    "completed": "finished",
    "done": "finished",
    "stopped": "finished",
    "configuring": "configuration",
    "draft": "configuration",
    "pending": "waiting",
    "starting": "waiting",
    "scheduled": "waiting",
    "失败": "failed",
    "异常": "failed",
    "错误": "failed",
    "运行中": "running",
    "进行中": "running",
    "暂停": "paused",
    "已暂停": "paused",
    "结束": "finished",
    "已结束": "finished",
    "完成": "finished",
    "已完成": "finished",
    "配置": "configuration",
    "配置中": "configuration",
    "等待": "waiting",
    "等待启动": "waiting",
    "变更中": "changing",
    "已删除": "deleted",
}
"""Words of people and of DRS's console for the states."""
_BETWEEN = re.compile(r"[\s,;|/，、；]+|\b(?:and|or)\b", re.IGNORECASE)


class Wanted(NamedTuple):
    """Groups and DRS's own statuses; nothing in either means every task."""

    groups: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()

    def takes(self, group: str, status: str) -> bool:
        """Whether a task of that group and status is meant."""
        if not self.groups and not self.statuses:
            return True
        return group in self.groups or status in self.statuses


def wanted_states(said: str) -> Wanted:
    """Read what was *said*: `failed`, `failed, paused`, `INCRE_TRANSFER_FAILED`.

    Raises:
        ArgumentError: a word is none of these; tells them.
    """
    groups: set[str] = set()
    exact: set[str] = set()
    for word in filter(None, _BETWEEN.split(said)):
        folded = word.strip("\"'[]()").lower()
        if folded in _EVERY:
            return Wanted()
        if folded.upper() in statuses() and folded != "deleted":
            exact.add(folded.upper())
            continue
        group = _SYNONYMS.get(folded, folded)
        if group not in GROUPS:
            raise _no_state(word, GROUPS)
        groups.add(group)
    return Wanted(frozenset(groups), frozenset(exact))


def _no_state(word: str, known: Iterable[str]) -> ArgumentError:
    called = as_name(word) or "one of the words"
    return ArgumentError(
        f"state: {called} is none. States: {', '.join(known)}, or DRS's own such as "
        "INCRE_TRANSFER_FAILED; several by comma."
    )

"""The status that a task has now, of the answers that each tell one: the worse one decides."""

from typing import NamedTuple

from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import record, word
from drs_mcp.knowledge.statuses import Status, status
from drs_mcp.knowledge.words import as_word

_WORST_FIRST = ("failed", "unknown", "deleted", "paused", "finished", "changing")

_STOPPED = ("failed", "deleted", "paused", "finished")


class LiveStatus(NamedTuple):
    """What the answers tell: progress, its frame, detail, task list, a failed node; each once."""

    told: tuple[Status, ...]

    @property
    def state(self) -> Status:
        """The worse one, of equals the first; without a value where none is told."""
        return min(self.told, key=_rank, default=status(None))

    @property
    def conflict(self) -> str:
        """That DRS tells several statuses, in words; empty where it does not.

        Two answers are read one after the other: a task that moves on in between tells two.
        """
        if len(self.told) < 2:
            return ""
        names = ", ".join(as_word(state.value) or "another" for state in self.told)
        return f"DRS tells several statuses: {names}"


def live_status(
    progress: Job | None, detail: Job | None, task_type: str | None, listed: str = ""
) -> LiveStatus:
    """The statuses that a task's `type=progress` and `type=detail` tell.

    That of the task list counts where it alone says that the task stopped, or where no other is
    told: the list is read at another time, and any other difference is a task that has moved on.

    Args:
        progress: the `job` object of the progress; None when unread.
        detail: the same of the detail.
        task_type: FULL_TRANS, FULL_INCR_TRANS or INCR_TRANS, where it is known.
        listed: the status by the task list; empty where it was not read.
    """
    told = (
        record(record(progress).get("progress_info")).get("transfer_status"),
        record(progress).get("status"),
        record(detail).get("status"),
    )
    words = dict.fromkeys(found for one in told if (found := word(one)))
    node = word(record(record(record(detail).get("node_info")).get("base_info")).get("status"))
    if node is not None and status(node).group == "failed":  # else it may be the node's alone
        words[node] = None
    by_list = status(word(listed), task_type)
    worse = all(_rank(by_list) < _rank(status(one)) for one in words)
    if by_list.value and worse and (by_list.group in _STOPPED or not words):
        words[by_list.value] = None
    return LiveStatus(tuple(status(value, task_type) for value in words))


def _rank(state: Status) -> int:
    """The place among the worst; a copy that is complete is no worse than one that runs."""
    if state.group not in _WORST_FIRST or state.value == "FULL_TRANSFER_COMPLETE":
        return len(_WORST_FIRST)
    return _WORST_FIRST.index(state.group)

"""What `type=progress` (Tables 35 to 39) says, read once for every question that needs it."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import (
    EMPTY,
    Row,
    amount,
    count,
    moment,
    record,
    records,
    seconds,
    share,
    text,
    word,
)
from drs_mcp.clock import iso
from drs_mcp.knowledge.statuses import Status
from drs_mcp.knowledge.words import as_word
from drs_mcp.summaries.answer import percent, plural

_OBJECT_ORDER = {"FAILED": 0, "TRANSFERING": 1, "NOT_START": 2, "TRANSFER_WHEN_END": 3}
_SHORT, _DONE = 1, 4
"""Of what is told to be complete: less than there is lags, too."""

# Table 39 -> our name with its unit (units: Cloud Eye's metrics of the same names).
_METRICS = {
    "cpu_util": "cpu_pct",
    "mem_util": "mem_pct",
    "network_incoming_bytes_rate": "net_in_bytes_s",
    "network_outgoing_bytes_rate": "net_out_bytes_s",
    "disk_read_bytes_rate": "disk_read_bytes_s",
    "disk_write_bytes_rate": "disk_write_bytes_s",
    "apply_rows_rate": "apply_rows_s",
    "apply_transactions_rate": "apply_dml_s",
    "apply_ddl_rate": "apply_ddl_s",
    "apply_average_execute_time": "apply_execute_ms",
    "apply_average_commit_time": "apply_commit_ms",
}


_DELAYS = ("incr_trans_delay", "incre_trans_delay")
"""The delay's field in version 5, and in version 3; both may come."""


def delay_s(info: Row, state: Status) -> float | int | None:
    """Seconds, the larger where its fields differ; `-1` means not incremental."""
    if state.phase == "full":
        return None
    told = _told_delays(info)
    return max(told, default=None)


def delay_conflict(info: Row, state: Status) -> str:
    """That the fields of the delay differ by more than a second, in words; else empty."""
    told = _told_delays(info)
    if state.phase == "full" or len(told) < 2 or max(told) - min(told) <= 1:
        return ""
    low, high = min(told), max(told)
    return f"DRS tells two delays, {low:,} s and {high:,} s: the larger counts"


def _told_delays(info: Row) -> list[float | int]:
    """The delay in seconds by each of its fields that can be read; one rounded to seconds is left out."""
    exact = [amount(seconds(info.get(f"{name}_millis"), 0.001)) for name in _DELAYS]
    rounded = [amount(seconds(info.get(name))) for name in _DELAYS]
    told = [one for one in exact if one is not None]
    return told + [
        one for one in rounded if one is not None and all(abs(one - other) > 1 for other in told)
    ]


_DEFAULT_DELAY_S = 300
"""Taken for the delay's threshold where the task sets none."""


def delay_threshold(detail: Job | None) -> tuple[int, str]:
    """The delay that is too much, in seconds, and whose threshold that is (Table 15).

    Disaster recovery may set one for each half of the way, RPO and RTO: a delay above both
    together is above one of them at least. *detail* is None where it is unread.
    """
    alarms = record(record(detail).get("alarm_notify"))
    own, rpo, rto = (
        count(alarms.get(name)) or 0 for name in ("delay_time", "rpo_delay", "rto_delay")
    )
    if own:
        return own, "its alarm threshold"
    if rpo and rto:
        return rpo + rto, f"its alarm thresholds together (RPO {rpo:,} s, RTO {rto:,} s)"
    none = ", as it sets none" if detail is not None else ""
    if rpo or rto:
        none = f", as it sets one of {'RPO' if rpo else 'RTO'} alone ({rpo or rto:,} s)"
    return _DEFAULT_DELAY_S, f"the default threshold{none}"


_APPLIES = frozenset(
    {"SUCCEED", "SUCCEEDED", "SUCCESS", "SUCCESSFUL", "PROCESSING", "RUNNING", "WAITING", "NORMAL"}
    | {"IDLE", "1", "2", "3"}
)
_APPLY_FAILED = frozenset({"ABNORMAL", "ERROR", "0", "10"})
"""In the words of the vendor's SDK, and in the numbers of the metric of the same name."""


def metrics_of(progress: Job | None) -> Row:
    """The load of the node (Table 39); of several rows the newest."""
    rows = records(record(progress).get("metrics"))
    return max(rows, key=lambda row: moment(row.get("time_stamp")) or _NEVER, default=EMPTY)


_NEVER = datetime.min.replace(tzinfo=UTC)


def applies(metrics: Row) -> bool | None:
    """Whether changes are applied at the destination; None for a word that nobody documents.

    True also where nothing is told: DRS tells it of few tasks.
    """
    told = word(metrics.get("apply_current_state"))
    if told is None or told in _APPLIES:
        return True
    return False if told.startswith("FAIL") or told in _APPLY_FAILED else None


class ObjectType(NamedTuple):
    """One row of Table 38; `rank` puts what failed or lags first."""

    rank: int
    type: str
    status: str
    done: int | None
    total: int | None
    done_pct: float | None
    started: str | None
    ended: str | None

    @property
    def complete(self) -> bool:
        """Whether all of it is done: its count says everything then."""
        return self.status == "completed" and self.done == self.total


def object_types(rows: list[Row], full_start: str | None = None) -> list[ObjectType]:
    """The object types (Table 38), failed and lagging ones first."""
    listed = []
    for row in rows:
        told = word(row.get("status")) or "UNKNOWN"
        state = _IN_CHINESE.get(told, told)
        total, done = count(row.get("src_count")), count(row.get("dst_count"))
        part = percent(done, total) if done is not None and total and done < total else None
        started = iso_or_none(row.get("start_time"))
        listed.append(
            ObjectType(
                rank=_OBJECT_ORDER.get(state, _DONE if part is None else _SHORT),
                type=text(row.get("type")) or "?",
                status=_STATUS_WORDS.get(state, state.lower()),
                done=done,
                total=total,
                done_pct=part if part is None else amount(part),
                started=None if started == full_start else started,
                ended=iso_or_none(row.get("end_time")),
            )
        )
    return sorted(listed, key=lambda row: (row.rank, 101 if row.done_pct is None else row.done_pct))


def done_in_words(done: float, types: Sequence[ObjectType]) -> str:
    """How far the full phase is: its percentage, and beside 100 % the types that are not done."""
    if done >= _ALL:
        left = [row for row in types if row.done is not None and row.total and row.done < row.total]
        if told := [
            f"{row.done:,} of {row.total:,} {as_word(row.type) or 'other'}" for row in left
        ]:
            more = (
                f" and {plural(len(told) - _MOST_OPEN, 'more type')}"
                if len(told) > _MOST_OPEN
                else ""
            )
            return f"{done}% by DRS, yet only {', '.join(told[:_MOST_OPEN])}{more} done"
    return f"{done}% done"


_ALL, _MOST_OPEN = 100, 3


_IN_CHINESE = {
    "未启动": "NOT_START",
    "未开始": "NOT_START",
    "迁移中": "TRANSFERING",
    "已完成": "COMPLETED",
    "完成": "COMPLETED",
    "失败": "FAILED",
    "迁移失败": "FAILED",
    "结束后迁移": "TRANSFER_WHEN_END",
}
"""How the reference page says the states of Table 38 in Chinese, and the console."""

_STATUS_WORDS = {
    "TRANSFERING": "transferring",
    "TRANSFER_WHEN_END": "moves when the task is stopped",
    "NOT_START": "not started",
}


def node_load(metrics: Row) -> dict[str, int | float]:
    """The node's load and rates (Table 39), under our names."""
    read = {
        ours: (share if ours.endswith("_pct") else amount)(metrics.get(theirs))
        for theirs, ours in _METRICS.items()
    }
    return {name: value for name, value in read.items() if value is not None}


def iso_or_none(value: object) -> str | None:
    """A time as answers write it; None when it is unreadable."""
    found = moment(value)
    return iso(found) if found else None

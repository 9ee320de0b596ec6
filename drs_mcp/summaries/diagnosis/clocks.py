"""Two clocks: when the data stopped moving, and when DRS gave up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from drs_mcp.clock import iso
from drs_mcp.summaries.diagnosis.timeline import Turn, is_movement, last_of
from drs_mcp.summaries.logs.facts import LogFacts, LogKind

NEAR = timedelta(minutes=10)
"""Two times that are no further apart are the same."""


@dataclass(frozen=True)
class Clocks:
    """When the data stopped, by the delay, and when DRS gave up, by its log; None is unknown.

    Attributes:
        stopped: now minus the delay, where the delay can be that of the stop.
        gave_up: when the log says that the task's status became a failed one.
        paused: the pause that the data stopped at.
        resumed: when the task was last resumed or reset before DRS gave up.
    """

    stopped: datetime | None = None
    gave_up: datetime | None = None
    paused: datetime | None = None
    resumed: datetime | None = None

    def stop_of(self, error: datetime | None) -> datetime | None:
        """When the data stopped, given when the error that explains it came first."""
        known = [at for at in (self.stopped, self.paused, error) if at is not None]
        first = min(known, default=None)
        agrees = first is not None and error is not None and error - first <= NEAR
        return error if agrees else first


def clocks(
    log: LogFacts | None,
    found: Sequence[Turn],
    *,
    now: datetime,
    delay: float | None,
    acts: Sequence[datetime] = (),
) -> Clocks:
    """Read the clocks of a task that does not run.

    *acts* are the times when DRS was told to start, retry or resume it, and did.

    A delay that was told before the task failed stands still: what it points to lies after DRS
    gave up, and is no evidence.
    """
    failed = last_of(found, "failed")
    gave_up = failed.at if failed is not None else None
    ended = gave_up or now
    resumed = [turn.at for turn in found if turn.what in ("resumed", "reset")]
    resumed = [at for at in (*resumed, *acts) if at < ended]
    pause = last_of([turn for turn in found if turn.at < ended], "paused")
    stopped = _ago(now, delay)
    if stopped is not None and not _can_be(stopped, log, gave_up, now):
        stopped = None
    resumed = [at for at in resumed if _helped(log, at, stopped, ended)]
    paused = pause.at if pause is not None else None
    if paused is not None and stopped is not None and abs(paused - stopped) > NEAR:
        paused = None
    if paused is not None and stopped is None and not _rested(log, paused, ended):
        paused = None
    return Clocks(stopped, gave_up, paused, max(resumed, default=None))


def _ago(now: datetime, delay: float | None) -> datetime | None:
    try:
        return now - timedelta(seconds=delay) if delay is not None else None
    except OverflowError:
        return None


def _can_be(
    stopped: datetime, log: LogFacts | None, gave_up: datetime | None, now: datetime
) -> bool:
    if gave_up is not None:
        return stopped <= gave_up + NEAR
    # Without the word of the log: a small delay beside old errors was told before them.
    newest = log.errors[0].last if log is not None and log.errors else None
    return newest is None or stopped <= newest or now - stopped > timedelta(hours=1)


def _helped(
    log: LogFacts | None, resumed: datetime, stopped: datetime | None, ended: datetime
) -> bool:
    """Whether the task went on after it was resumed: data moved, or it did not fail at once."""
    if stopped is not None:
        return stopped > resumed
    return ended - resumed > timedelta(hours=1) or _moved(log, resumed, ended)


def _rested(log: LogFacts | None, paused: datetime, ended: datetime) -> bool:
    """Whether no line says that data moved between a pause and the end."""
    return not _moved(log, paused + NEAR, ended)


def _moved(log: LogFacts | None, since: datetime, until: datetime) -> bool:
    return any(
        kind.last is not None and since < kind.last <= until and is_movement(kind)
        for kind in (log.infos if log is not None else ())
    )


def episode_start(kind: LogKind, clocks_: Clocks) -> datetime | None:
    """When the entries began that a kind ends with: after a resumption, or a long silence."""
    first, last = kind.first, kind.last
    if first is None or last is None:
        return first
    spans = kind.moments.spans()
    times = [datetime.fromtimestamp(begins, tz=last.tzinfo) for begins, _ in spans]
    if not times:
        return first
    gaps = sorted(later - earlier for earlier, later in pairwise(times))
    usual = gaps[len(gaps) // 2] if gaps else timedelta()
    long = max(6 * usual, timedelta(hours=6))
    start = times[0]
    for earlier, later in pairwise(times):
        resumed = clocks_.resumed
        parted = resumed is not None and earlier < resumed - NEAR / 5 and resumed <= later
        if later - earlier > long or parted:
            start = later
    return max(first, start) if start != times[0] else first


def told(clocks_: Clocks, error: datetime | None) -> str:
    """Both times in words, where they and the error do not agree; else empty."""
    stopped = clocks_.stop_of(error)
    parts = []
    if stopped is not None and error is not None and error - stopped > NEAR:
        why = "when it was paused" if clocks_.paused else "by the delay"
        parts.append(f"data stopped moving at {iso(stopped)}, {why}")
    gave_up = clocks_.gave_up
    if gave_up is not None and stopped is not None and gave_up - stopped > NEAR:
        parts.append(f"DRS gave up at {iso(gave_up)}")
    return "; ".join(parts)

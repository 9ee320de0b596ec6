"""What changed in a task between two polls, and the snapshot that is kept to detect it.

A percentage that creeps and a delay that jitters are no changes. Around a threshold there is jitter
too: what was above it counts as back only at nine tenths of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from drs_mcp.api.wire.values import record, share
from drs_mcp.knowledge.statuses import status
from drs_mcp.knowledge.words import as_word
from drs_mcp.summaries.ages import spelt
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.load import BUSY_PCT, fresh_load
from drs_mcp.summaries.tasks.flow_windows import active_window

MOST_FAILED = 16
MOST_STAGES = 8
"""So many failed object types and complete stages are kept."""

MOST_STATUS = 48
"""The longest documented status has 31 characters."""

_BACK = 0.9
_NAMED = 3


@dataclass(frozen=True)
class Snapshot:
    """What is kept of a poll, to detect later what has changed; None is what was not seen.

    Attributes:
        status: in the form of `stored_status`; empty when it is unknown.
        behind: whether the delay is above the task's threshold.
        cpu: whether the node's CPU is exhausted.
        mem: whether the node's memory is exhausted.
        limited: whether flow control limits the full phase.
        stages: fingerprints of the stages of the full phase that are complete.
        failed: fingerprints of the object types that failed.
    """

    status: str
    behind: bool | None = None
    cpu: bool | None = None
    mem: bool | None = None
    limited: bool | None = None
    stages: frozenset[str] | None = None
    failed: frozenset[str] | None = None

    def after(self, before: "Snapshot | None") -> "Snapshot":
        """This snapshot; what was not seen now is as it was *before*, if the status is the same."""
        if before is None or before.status != self.status:
            return self
        unseen = {name: seen for name, seen in vars(before).items() if getattr(self, name) is None}
        return replace(self, **unseen)


def snapshot_of(evidence: Evidence) -> Snapshot:
    """The snapshot of a poll: of the task's progress, and of its detail where that was read."""
    state, delay = evidence.state, evidence.delay
    running, read = state.group == "running", evidence.detail is not None
    most, _ = evidence.threshold
    load = fresh_load(evidence) if running else {}
    behind = limited = None
    if running and read and state.phase == "incremental" and delay is not None:
        behind = _side(above=delay > most, back=delay <= most * _BACK)
    if running and read and state.phase == "full" and state.value.endswith("_STARTED"):
        limited = active_window(evidence.job, evidence.now) is not None
    return Snapshot(
        status=stored_status(state.value),
        behind=behind,
        cpu=_busy(load.get("cpu")),
        mem=_busy(load.get("mem")),
        limited=limited,
        stages=_fingerprints(_complete_stages(evidence), MOST_STAGES)
        if state.phase == "full"
        else None,
        failed=_fingerprints(failed_types(evidence), MOST_FAILED)
        if evidence.object_types
        else None,
    )


def needs_attention(snapshot: Snapshot) -> bool:
    """Whether anything but the status is a reason to diagnose the task."""
    return bool(snapshot.behind or snapshot.cpu or snapshot.mem or snapshot.failed)


def stored_status(value: str) -> str:
    """A status as it is kept: itself in the form of a DRS constant, else a fingerprint."""
    plain = value.isascii() and value.replace("_", "").isalnum() and value == value.upper()
    return value if not value or (plain and len(value) <= MOST_STATUS) else f"x{fingerprint(value)}"


def fingerprint(name: str) -> str:
    """A short hash of a name that others wrote: enough to recognise it, not to read it."""
    return blake2b(name.encode(errors="replace"), digest_size=3).hexdigest()


def _fingerprints(names: Iterable[str], most: int) -> frozenset[str]:
    return frozenset(sorted(map(fingerprint, names))[:most])


def _side(*, above: bool, back: bool) -> bool | None:
    """On which side of a threshold; None in between, where it stays what it was."""
    return True if above else False if back else None


def _busy(percent: float | None) -> bool | None:
    if percent is None:
        return None
    return _side(above=percent >= BUSY_PCT, back=percent <= BUSY_PCT * _BACK)


def _complete_stages(evidence: Evidence) -> list[str]:
    """The stages of the full phase (Table 36) that are complete."""
    stages = record(evidence.info.get("progress_map"))
    done = {name: share(record(stage).get("completed")) for name, stage in stages.items()}
    return [name for name, percent in done.items() if percent is not None and percent >= 100]


def failed_types(evidence: Evidence) -> list[str]:
    """The object types (Table 38) that failed."""
    return [row.type for row in evidence.object_types if row.rank == 0]


# -- what changed ------------------------------------------------------------------------------


def changes(before: Snapshot, evidence: Evidence) -> list[str]:
    """What has changed since *before*, the weightiest first, in short sentences of our own."""
    now = snapshot_of(evidence)
    return [
        *_status(before, now, evidence),
        *_failed(before, now, evidence),
        *_delay(before, now, evidence),
        *_load(before, now, evidence),
        *_flow(before, now, evidence),
        *_stages(before, now, evidence),
    ]


def _status(before: Snapshot, now: Snapshot, evidence: Evidence) -> Iterator[str]:
    if now.status == before.status:
        return
    state = evidence.state
    means = f": {state.meaning}" if state.meaning else ""
    # A fingerprint in place of a status is no word for a sentence.
    told = before.status if not before.status.startswith("x") else None
    was = f" {as_word(told) or 'unknown'}" if told else ""
    yield f"Status{was} became {as_word(state.value) or 'unknown'}{means}."
    phase = status(before.status).phase
    if phase and state.phase and phase != state.phase:
        yield f"Phase {phase} became {state.phase}."


def _failed(before: Snapshot, now: Snapshot, evidence: Evidence) -> Iterator[str]:
    new = (now.failed or frozenset()) - (before.failed or frozenset())
    names = [name for name in failed_types(evidence) if fingerprint(name) in new]
    if names:
        yield f"{plural(len(names), 'object type')} failed: {_listed(names)}."


def _delay(before: Snapshot, now: Snapshot, evidence: Evidence) -> Iterator[str]:
    most, whose = evidence.threshold
    if _rose(before.behind, now.behind):
        yield f"Delay {evidence.delay:,} s{spelt(evidence.delay or 0)} is above {most:,} s, {whose}."
    if _fell(before.behind, now.behind):
        yield f"Delay {evidence.delay:,} s{spelt(evidence.delay or 0)} is back within {most:,} s, {whose}."


def _load(before: Snapshot, now: Snapshot, evidence: Evidence) -> Iterator[str]:
    load = fresh_load(evidence)
    for name, called, was, busy in (
        ("cpu", "CPU", before.cpu, now.cpu),
        ("mem", "memory", before.mem, now.mem),
    ):
        if _rose(was, busy):
            yield f"The node's {called} is at {load[name]}%."
        if _fell(was, busy):
            yield f"The node's {called} is back at {load[name]}%."


def _flow(before: Snapshot, now: Snapshot, evidence: Evidence) -> Iterator[str]:
    if _rose(before.limited, now.limited):
        yield f"Flow control limits the full phase now: {active_window(evidence.job, evidence.now)}."
    if _fell(before.limited, now.limited):
        yield "Flow control no longer limits the full phase."


def _stages(before: Snapshot, now: Snapshot, evidence: Evidence) -> Iterator[str]:
    if before.stages is None:
        return
    new = (now.stages or frozenset()) - before.stages
    names = [name for name in _complete_stages(evidence) if fingerprint(name) in new]
    if names:
        yield f"{plural(len(names), 'stage')} of the full phase complete: {_listed(names)}."


def _rose(was: bool | None, now: bool | None) -> bool:
    return now is True and was is not True


def _fell(was: bool | None, now: bool | None) -> bool:
    return now is False and was is True


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(as_word(name) or "other" for name in names[:_NAMED])
    return shown + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")

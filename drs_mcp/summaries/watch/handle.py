"""The handle to go on watching from: a snapshot as one short word, bound to its task.

`w1.<task>.<status>.<flags>.<stages>.<failed>[.t<samples>]`: fingerprints of the task's ID, of the complete stages
and of the failed object types; flags are `1`, `0` or `-` for unknown. The server stores no handle.
There is one way to write a snapshot, and anything else is refused.
"""

import re
from collections.abc import Sequence

from drs_mcp.errors import ArgumentError
from drs_mcp.summaries.watch import samples
from drs_mcp.summaries.watch.changes import (
    MOST_FAILED,
    MOST_STAGES,
    MOST_STATUS,
    Snapshot,
    fingerprint,
)
from drs_mcp.summaries.watch.samples import Sample

MOST_CHARS = 420

_FLAGS = ("behind", "cpu", "mem", "limited")
_FINGERPRINT = 6
_HANDLE = re.compile(
    r"w1\.(?P<task>[0-9a-f]{6})"
    rf"\.(?P<status>[A-Z0-9_]{{1,{MOST_STATUS}}}|x[0-9a-f]{{6}}|-)"
    rf"\.(?P<flags>[01-]{{{len(_FLAGS)}}})"
    rf"\.(?P<stages>-|0|(?:[0-9a-f]{{6}}){{1,{MOST_STAGES}}})"
    rf"\.(?P<failed>-|0|(?:[0-9a-f]{{6}}){{1,{MOST_FAILED}}})"
    rf"(?:\.t(?P<samples>[0-9a-z,_-]{{1,{samples.MOST_CHARS}}}))?"
)
_FLAG_VALUES = {"1": True, "0": False, "-": None}
_FLAG_SIGNS = {value: sign for sign, value in _FLAG_VALUES.items()}


def encode_handle(snapshot: Snapshot, job_id: str, seen: Sequence[Sample] = ()) -> str:
    """The snapshot of the task of that ID, and the samples that were *seen*, as one word."""
    flags = "".join(_FLAG_SIGNS[getattr(snapshot, name)] for name in _FLAGS)
    parts = (
        "w1",
        _task_fingerprint(job_id),
        snapshot.status or "-",
        flags,
        _joined(snapshot.stages),
        _joined(snapshot.failed),
    )
    kept = samples.encode_samples(seen)
    return ".".join((*parts, f"t{kept}") if kept else parts)


def decode_handle(since: str) -> Snapshot:
    """The snapshot that a handle holds.

    Raises:
        ArgumentError: it is no handle of ours.
    """
    samples_in(since)
    found = _HANDLE.fullmatch(since)
    if found is None:
        raise _refused("it is no handle of watch_job")
    flags = {name: _FLAG_VALUES[sign] for name, sign in zip(_FLAGS, found["flags"], strict=True)}
    status = "" if found["status"] == "-" else found["status"]
    stages, failed = _fingerprints(found["stages"]), _fingerprints(found["failed"])
    if (_joined(stages), _joined(failed)) != (found["stages"], found["failed"]):
        raise _refused("it is no handle of watch_job")
    return Snapshot(status=status, stages=stages, failed=failed, **flags)


def samples_in(since: str) -> tuple[Sample, ...]:
    """The samples that a handle carries.

    Raises:
        ArgumentError: it is no handle of ours.
    """
    found = _HANDLE.fullmatch(since)
    if found is None:
        raise _refused("it is no handle of watch_job")
    try:
        return samples.decode_samples(found["samples"]) if found["samples"] else ()
    except ValueError:
        raise _refused("it is no handle of watch_job") from None


def check_task(since: str, job_id: str) -> None:
    """Refuse a handle of another task.

    Raises:
        ArgumentError: the handle was given for another task.
    """
    if since.split(".")[1] != _task_fingerprint(job_id):
        raise _refused("it belongs to another task")


def _refused(why: str) -> ArgumentError:
    return ArgumentError(
        f"since cannot be used: {why}. Pass the `since` of an earlier answer about this task as it "
        "was, or leave it out."
    )


def _task_fingerprint(job_id: str) -> str:
    return fingerprint(job_id.lower())


def _joined(fingerprints: frozenset[str] | None) -> str:
    if fingerprints is None:
        return "-"
    return "".join(sorted(fingerprints)) or "0"


def _fingerprints(written: str) -> frozenset[str] | None:
    if written == "-":
        return None
    starts = range(0, len(written) if written != "0" else 0, _FINGERPRINT)
    return frozenset(written[start : start + _FINGERPRINT] for start in starts)

"""The handle to go on watching from: a mark in one short word, bound to its task, kept by no one.

`w1.<task>.<status>.<flags>.<stages>.<failed>`: prints of the task's ID, of the complete stages and
of the failed object types; flags are `1`, `0` or `-` for unknown. There is one way to write a mark,
and anything else is refused.
"""

import re

from drs_mcp.errors import ArgumentError
from drs_mcp.summaries.watch.changes import MOST_FAILED, MOST_STAGES, MOST_STATUS, Mark, printed

MOST_CHARS = 256

_FLAGS = ("behind", "cpu", "mem", "limited")
_PRINT = 6
_HANDLE = re.compile(
    r"w1\.(?P<task>[0-9a-f]{6})"
    rf"\.(?P<status>[A-Z0-9_]{{1,{MOST_STATUS}}}|x[0-9a-f]{{6}}|-)"
    rf"\.(?P<flags>[01-]{{{len(_FLAGS)}}})"
    rf"\.(?P<stages>-|0|(?:[0-9a-f]{{6}}){{1,{MOST_STAGES}}})"
    rf"\.(?P<failed>-|0|(?:[0-9a-f]{{6}}){{1,{MOST_FAILED}}})"
)
_SAID = {"1": True, "0": False, "-": None}
_WRITTEN = {said: sign for sign, said in _SAID.items()}


def handle(mark: Mark, job_id: str) -> str:
    """The mark of a look at the task of that ID, as one word."""
    flags = "".join(_WRITTEN[getattr(mark, name)] for name in _FLAGS)
    parts = ("w1", _task(job_id), mark.status or "-", flags, _set(mark.stages), _set(mark.failed))
    return ".".join(parts)


def mark_in(since: str) -> Mark:
    """The mark that a handle holds.

    Raises:
        ArgumentError: it is no handle of ours.
    """
    found = _HANDLE.fullmatch(since)
    if found is None:
        raise _refused("it is no handle of watch_job")
    flags = {name: _SAID[sign] for name, sign in zip(_FLAGS, found["flags"], strict=True)}
    status = "" if found["status"] == "-" else found["status"]
    stages, failed = _prints(found["stages"]), _prints(found["failed"])
    if (_set(stages), _set(failed)) != (found["stages"], found["failed"]):
        raise _refused("it is no handle of watch_job")
    return Mark(status=status, stages=stages, failed=failed, **flags)


def check_task(since: str, job_id: str) -> None:
    """Refuse a handle of another task.

    Raises:
        ArgumentError: the handle was given for another task.
    """
    if since.split(".")[1] != _task(job_id):
        raise _refused("it belongs to another task")


def _refused(why: str) -> ArgumentError:
    return ArgumentError(
        f"since cannot be used: {why}. Pass the `since` of an earlier answer about this task as it "
        "was, or leave it out."
    )


def _task(job_id: str) -> str:
    return printed(job_id.lower())


def _set(prints: frozenset[str] | None) -> str:
    if prints is None:
        return "-"
    return "".join(sorted(prints)) or "0"


def _prints(written: str) -> frozenset[str] | None:
    if written == "-":
        return None
    starts = range(0, len(written) if written != "0" else 0, _PRINT)
    return frozenset(written[start : start + _PRINT] for start in starts)

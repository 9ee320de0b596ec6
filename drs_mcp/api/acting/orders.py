"""The bodies of the actions that may be sent, and nothing beside them.

`POST /v5/{project_id}/jobs/{job_id}/action` also deletes, resets, switches over and takes passwords.
What leaves is checked against this list, by name and by value, whoever made it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final

from drs_mcp.api.query import ID
from drs_mcp.errors import ActionRefused

KINDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "precheck": "checks",
        "diagnosis": "checks",
        "create_compare": "checks",
        "cancel_compare": "checks",
        "start": "control",
        "stop": "control",
        "restart": "control",
    }
)
"""DRS's name of each action -> what the operator must have turned on for it."""

_NONE: Final[Mapping[str, Any]] = MappingProxyType({})
_MOST_NAME: Final = 256


@dataclass(frozen=True)
class Order:
    """One action: DRS's name for it, and its parameters."""

    action_name: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """The body as it is sent.

        Raises:
            ActionRefused: it is none of the actions that this server has.
        """
        if not _is_known(self.action_name, self.params):
            raise ActionRefused("Nothing was sent: this server has no such action.")
        job: dict[str, Any] = {"action_name": self.action_name}
        if self.params:
            job["action_params"] = dict(self.params)
        return {"job": job}


def precheck(mode: str) -> Order:
    """Run a pre-check; *mode* is forStartJob or forRetryJob."""
    return Order("precheck", {"precheck_mode": mode})


def diagnosis() -> Order:
    """Run the one-key diagnosis."""
    return Order("diagnosis")


def create_compare(kind: str, source_db_name: str = "") -> Order:
    """Start a comparison of *kind* (object, lines, contents), of one database or of all."""
    what: dict[str, Any] = {"type": kind}
    if source_db_name:
        what["db_object"] = {source_db_name: {"all": True}}
    return Order("create_compare", {"compare_task_param": what})


def cancel_compare(compare_task_id: str) -> Order:
    """Cancel a comparison."""
    return Order("cancel_compare", {"compare_task_param": {"compare_task_id": compare_task_id}})


def start() -> Order:
    """Start the task now; no comparison is created when it ends, unlike DRS's default."""
    return Order("start", {"is_auto_create_compare": False})


def pause() -> Order:
    """Stop writing to the destination; capture at the source goes on."""
    return Order("stop", {"pause_mode": "target"})


def resume() -> Order:
    """Go on where the task stopped."""
    return Order("restart", {"is_sync_re_edit": False})


def _is_known(name: str, params: Mapping[str, Any]) -> bool:
    if name in ("create_compare", "cancel_compare"):
        return params.keys() == {"compare_task_param"} and _is_comparison(
            name, params["compare_task_param"]
        )
    return any(params == known for known in _FIXED.get(name, ()))


_FIXED: Final[Mapping[str, tuple[Mapping[str, Any], ...]]] = {
    "precheck": ({"precheck_mode": "forStartJob"}, {"precheck_mode": "forRetryJob"}),
    "diagnosis": (_NONE,),
    "start": ({"is_auto_create_compare": False},),
    "stop": ({"pause_mode": "target"},),
    "restart": ({"is_sync_re_edit": False},),
}
"""Actions whose parameters are one of few values."""


def _is_comparison(name: str, what: object) -> bool:
    if not isinstance(what, Mapping):
        return False
    if name == "cancel_compare":
        task_id = what.get("compare_task_id")
        return (
            what.keys() == {"compare_task_id"}
            and isinstance(task_id, str)
            and ID.fullmatch(task_id) is not None
        )
    if what.get("type") not in ("object", "lines", "contents"):
        return False
    databases = what.get("db_object", {})
    return (
        what.keys() <= {"type", "db_object"}
        and isinstance(databases, Mapping)
        and all(_is_database(db, scope) for db, scope in databases.items())
    )


def _is_database(name: object, scope: object) -> bool:
    return (
        isinstance(name, str)
        and 0 < len(name) <= _MOST_NAME
        and all(sign >= " " for sign in name)
        and scope == {"all": True}
    )

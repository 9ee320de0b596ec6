"""What may be asked of a task (Tables 1 and 2), checked before it is sent.

The API would only answer 400 to what is refused here, and an ID that is not one must never reach
a path.
"""

import re
from dataclasses import dataclass

from drs_mcp.errors import ArgumentError, MissingQueryId

ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_TASK_ID = re.compile(r"[0-9a-fA-F-]{31}[0-9A-Za-z]{5}")

QUERY_ID_TYPES = frozenset({"network", "precheck", "cloud_connection", "diagnosis"})
COMPARE_PAIRS = frozenset(
    {
        ("object_compare", "overview"),
        ("object_compare", "detail"),
        ("line_compare", "overview"),
        ("line_compare", "detail"),
        ("content_compare", "overview"),
        ("content_compare", "detail"),
        ("content_compare", "diff"),
        ("data_compare", "list"),
    }
)
OPENED_OBJECTS = ("DB", "TABLE", "INDEX")
MAX_LIMIT = 1000
_MAX_OFFSET = 10**9
_MAX_NAME = 256


def looks_like_task_id(job: str) -> bool:
    """Whether *job* is a task ID: 36 characters, hexadecimal and hyphens but for the last five."""
    return _TASK_ID.fullmatch(job) is not None


def checked_id(value: str, what: str) -> str:
    """*value*, if it can be an ID.

    Raises:
        ArgumentError: it holds other characters, or is empty or too long.
    """
    if not ID.fullmatch(value):
        raise ArgumentError(
            f"{what} must be 1 to 64 letters, digits and hyphens. Nothing was asked of DRS."
        )
    return value


@dataclass(frozen=True)
class DetailQuery:
    """The query of `GET /v5/{project_id}/jobs/{job_id}` (Table 2).

    Raises:
        MissingQueryId: `type` needs a query_id and there is none.
        ArgumentError: a value or a combination that the API does not have.
    """

    type: str
    query_id: str = ""
    compare_type: str = ""
    query_type: str = ""
    object_type: str = ""
    compare_task_id: str = ""
    source_db_name: str = ""
    target_db_name: str = ""
    compare_detail_type: str = ""

    def __post_init__(self) -> None:
        if self.type in QUERY_ID_TYPES and not self.query_id:
            raise MissingQueryId(
                f"type={self.type} needs a query_id. DRS returns it once, to whoever starts the "
                "check (POST …/action answers with query_id), and no API lists past ones: ask "
                "for the value from that answer, or from the console's request log. "
                "Here only start_check starts one, where the operator has turned actions on."
            )
        for name in ("query_id", "compare_task_id"):
            if value := getattr(self, name):
                checked_id(value, name)
        for name in ("source_db_name", "target_db_name"):
            value = getattr(self, name)
            if len(value) > _MAX_NAME or any(ord(sign) < ord(" ") for sign in value):
                raise ArgumentError(f"{name} is no database name: too long, or control characters.")
        if self.type == "compare":
            self._check_comparison()

    def _check_comparison(self) -> None:
        pair = (self.compare_type, self.query_type)
        if pair not in COMPARE_PAIRS:
            known = sorted(kind for kind, query in COMPARE_PAIRS if query == self.query_type)
            there = f" {self.query_type} goes with: {', '.join(known)}." if known else ""
            raise ArgumentError(
                f"DRS has no {self.query_type or '(missing query_type)'} of "
                f"{self.compare_type or '(missing compare_type)'}.{there}"
            )
        if self.object_type and self.object_type not in OPENED_OBJECTS:
            raise ArgumentError(
                f"object_type must be one of {', '.join(OPENED_OBJECTS)}: "
                "DRS opens no other type of object."
            )
        if self.compare_detail_type not in ("", "compare", "uncompare"):
            raise ArgumentError("compare_detail_type must be compare or uncompare.")

    def parameters(self) -> dict[str, str]:
        """The query parameters that are set, in the order of Table 2."""
        return {name: value for name, value in vars(self).items() if value}


def page_parameters(offset: int, limit: int) -> dict[str, str]:
    """The paging parameters.

    Raises:
        ArgumentError: an offset below 0, or a limit outside 1 to 1,000.
    """
    if not 0 <= offset <= _MAX_OFFSET:
        raise ArgumentError(f"offset must be 0 to {_MAX_OFFSET:,}.")
    if not 1 <= limit <= MAX_LIMIT:
        raise ArgumentError(f"limit must be 1 to {MAX_LIMIT}.")
    return {"offset": str(offset), "limit": str(limit)}

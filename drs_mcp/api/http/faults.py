"""Which error of the tree an upstream answer is, with the next step in our own words."""

from collections.abc import Mapping
from typing import Any

from drs_mcp.api.wire.values import record, text
from drs_mcp.errors import (
    ApiError,
    NotAuthenticated,
    NotPermitted,
    RequestRefused,
    ServiceFault,
    TaskNotFound,
    Throttled,
)

_NOT_FOUND = frozenset({"DRS.10000010", "DRS.M00289", "DRS.M05003", "DRS.M05004"})
_THROTTLED = frozenset({"APIG.0308", "APIGW.0308", "DRS.M01503"})
_BAD_TOKEN = frozenset({"DRS.M00100", "APIGW.0301", "APIG.0301", "APIGW.0307", "APIG.0307"})
BAD_PROJECT = frozenset({"DRS.M00261", "APIGW.0310", "APIG.0310"})
"""403 that is about the project, not about rights."""
_KEYS = (("error_code", "error_msg"), ("errorCode", "errorMsg"), ("code", "message"))


def error_in(body: object) -> tuple[str, str] | None:
    """The code and message of an error body of DRS, a gateway or IAM; None if it is none."""
    found = record(body)
    for code_key, message_key in _KEYS:
        code, message = text(found.get(code_key)), text(found.get(message_key))
        if code or message:
            return code or "", message or ""
    nested = found.get("error")
    return error_in(nested) if isinstance(nested, dict) else None


def fault(
    status: int, headers: Mapping[str, str], body: Any, *, what: str, region: str
) -> ApiError:
    """The error for an answer of *status* with the decoded *body* (None when it was not JSON).

    Args:
        status: the HTTP status.
        headers: the answer's headers, for the request ID.
        body: the decoded body.
        what: what was being read, in our own words ("the log of task erp").
        region: the region asked.
    """
    code, said = error_in(body) or ("", "")
    request_id = (
        headers.get("X-Request-Id")
        or headers.get("X-IAM-Trace-Id")
        or text(record(body).get("request_id"))
        or ""
    )
    kind, advice = _kind(status, code.upper())
    return kind(
        f"Could not read {what} in {region}: {advice}",
        status=status,
        code=code,
        said=said,
        request_id=request_id,
    )


def _kind(status: int, code: str) -> tuple[type[ApiError], str]:
    if code in _NOT_FOUND:
        return TaskNotFound, (
            "no task of that ID exists in this project and region. Call list_jobs to see the "
            "tasks, and check region and project."
        )
    if status == 429 or code in _THROTTLED:
        return Throttled, "too many requests are being made. Wait some seconds and ask again."
    if code in BAD_PROJECT:
        return NotPermitted, (
            "the project ID does not belong to these credentials in this region. "
            "Check DRS_MCP_PROJECT_ID and DRS_MCP_REGION."
        )
    if status == 401 or code in _BAD_TOKEN:
        return NotAuthenticated, "the credentials were refused."
    if status == 403:
        return NotPermitted, (
            "the credentials are valid but may not do this. Grant the user read access to DRS "
            "in this project."
        )
    if status >= 500:
        return ServiceFault, "DRS itself failed. Ask again in a minute."
    if status == 404:
        return RequestRefused, (
            "this endpoint does not know the call. Check DRS_MCP_REGION or DRS_MCP_ENDPOINT: "
            "not every region offers API v5."
        )
    return RequestRefused, (
        "DRS refused the request. Check the arguments, and the task in the DRS console."
    )

"""What the body of an error says: its code and its message, however they are spelt and wrapped."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pydantic_core import from_json

from drs_mcp.api.wire.values import text

_CODES = ("errorcode", "errcode", "code")
_MESSAGES = (
    "errormsg",
    "errmsg",
    "errormessage",
    "externalmessage",
    "message",
    "msg",
    "errordescription",
    "description",
)
_DEEP = 4
_MOST_NESTED = 4000


def error_in(body: object, deep: int = _DEEP) -> tuple[str, str] | None:
    """The code and message of an error body of DRS, a gateway or IAM; None if it is none.

    Whatever the keys' spelling (`error_code`, `errCode`, `externalMessage`), within `error`, a list
    of `errors`, an envelope such as `itemNotFound`, or JSON written into a text. An `error` that is
    a text is the code where a message stands beside it, or it is one word, else the message.
    """
    if isinstance(body, str):
        return _inner(body.strip(), deep) if deep >= 0 else None
    if isinstance(body, list):
        errors = (error_in(one, deep - 1) for one in body[:3])
        return next((error for error in errors if error), None)
    if not isinstance(body, dict) or deep < 0:
        return None
    folded = {re.sub(r"[\W_]", "", key).lower(): value for key, value in body.items()}
    code = next((found for key in _CODES if (found := text(folded.get(key)))), "")
    message = next((found for key in _MESSAGES if (found := text(folded.get(key)))), "")
    if not code and isinstance(error := folded.get("error"), str) and (told := text(error)):
        code, message = (told, message) if message or " " not in told else ("", told)
        if not message and (inside := _inner(code, deep)):
            return inside
    inner = _inner(message, deep)
    if inner is not None:
        return inner[0] or code, inner[1] or message
    if code or message:
        return code, message
    envelope = next(iter(body.values())) if len(body) == 1 else None
    if isinstance(envelope, list):  # a list of results, each of which may hold an error of its own
        envelope = None
    nested = (folded.get("error"), folded.get("errors"), envelope)
    errors = (error_in(one, deep - 1) for one in nested)
    return next((error for error in errors if error), None)


def _inner(message: str, deep: int) -> tuple[str, str] | None:
    """The error that a message holds as JSON."""
    if not message.startswith(("{", "[", '"')) or len(message) > _MOST_NESTED:
        return None
    try:
        return error_in(from_json(message), deep - 1)
    except ValueError:
        return None


_ERROR_KEYS = ("errorcode", "errcode", "errormsg", "errmsg", "errormessage", "externalmessage")
_FRAME = frozenset(
    {
        "job", "jobs", "id", "name", "status", "create_time", "total_count", "count", "request_id",
        "master_job_id", "task_version",
    }
)  # fmt: skip
"""What DRS tells of a task and of a list whatever is asked for."""

_NO_ERROR = re.compile(
    r"(?:[a-z]+\.)?0+|200|ok|success(?:ful|fully)?|succeeded|none|null|-", re.IGNORECASE
)
"""Codes and messages that say that all went well (DRS.00000000)."""

_CLOUD_CODE = re.compile(r"(?:DRS|APIGW?|IAM|CBC)\.\w{1,20}", re.IGNORECASE)
_WITHIN = 4
_FEW = 3
"""Rows of a list that stand for an error in its place."""


class Asked(NamedTuple):
    """What an answer is to bring.

    Attributes:
        fields: of which one has to bring something; with none, anything beyond a task's frame does.
        alone: whether it is worth nothing beside an error.
    """

    fields: frozenset[str] = frozenset()
    alone: bool = False


ANYTHING = Asked()


def error_instead(body: Mapping[str, Any], asked: Asked) -> Mapping[str, Any] | None:
    """The error that an HTTP 200 tells in place of what was *asked*; None where it tells none.

    It may be the whole body (facts: DRS.M05066), or stand within or beside `job`, in the place of a
    list or of what else was asked for.
    """
    if "job" not in body and "jobs" not in body:
        found = error_in(body)
        if found is not None and not _is_success(*found):
            return body
    told = next(_errors(body, _WITHIN), None)
    if told is None:
        return None
    if _brings(body, asked.fields) and not (asked.alone and error_beside(body)):
        return None
    return {**told, "request_id": body.get("request_id")}


def error_beside(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The error that an answer tells in its frame, whatever else it brings; empty for none."""
    return next((error for part in _frames(body) if (error := _own_error(part))), {})


def _frames(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The answer, its `job` and the `compare_result` of that: what lists and results stand in."""
    yield body
    job = body.get("job")
    if isinstance(job, dict):
        yield job
        if isinstance(compared := job.get("compare_result"), dict):
            yield compared


def _errors(value: object, deep: int) -> Iterator[Mapping[str, Any]]:
    """The errors that stand anywhere in an answer but in long lists, the outer ones first."""
    if isinstance(value, dict):
        if error := _own_error(value):
            yield error
        for name, item in value.items() if deep else ():
            if name != "results":  # an answer for each of several tasks: whoever asked judges them
                yield from _errors(item, deep - 1)
    elif isinstance(value, list) and len(value) <= _FEW:
        for item in value:
            yield from _errors(item, deep - 1)
    elif isinstance(value, str) and (found := _in_json(value)):
        yield {"error_code": found[0], "error_msg": found[1]}


def _own_error(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The error that an object tells in fields of its own: a code, or a message without one."""
    own = {key: row[key] for key in _error_keys(row) if row[key]}
    code, message = (error_in(own) if own else None) or ("", "")
    return {} if _is_success(code, message) else own


def _is_success(code: str, message: str) -> bool:
    return _NO_ERROR.fullmatch(code or message) is not None if code or message else True


def _error_keys(row: Mapping[str, Any]) -> list[str]:
    """The fields of an object that tell an error: `code` where it is one of the cloud's."""
    keys = [key for key in row if _is_of_error(key)]
    if isinstance(code := row.get("code"), str) and _CLOUD_CODE.fullmatch(code.strip()):
        keys += [key for key in ("code", "message", "msg") if key in row]
    return keys


def _in_json(value: str) -> tuple[str, str] | None:
    """The error that a text holds as JSON; None where it tells none."""
    found = _inner(value.strip(), _WITHIN) if value[:9].lstrip().startswith("{") else None
    return None if found is None or _is_success(*found) else found


def _is_of_error(key: str) -> bool:
    if "err" not in key.lower() and "external" not in key.lower():  # as of nearly every field
        return False
    folded = re.sub(r"[\W_]", "", key).lower()
    return folded in _ERROR_KEYS or folded in ("error", "errors")


def _brings(body: Mapping[str, Any], fields: frozenset[str]) -> bool:
    """Whether an answer holds anything of what was asked for."""
    return any(
        _holds(frame[name])
        for frame in _frames(body)
        for name in frame.keys() - _error_keys(frame)
        if (name in fields if fields else name not in _FRAME)
    )


def _holds(value: object) -> bool:
    """Whether a value tells anything but an error."""
    if isinstance(value, dict):
        left = value.keys() - _error_keys(value) - {"total_count", "count"}
        return any(_holds(value[name]) for name in left)
    if isinstance(value, list):
        return any(map(_holds, value))
    if isinstance(value, str):
        return bool(value) and _in_json(value) is None
    return value is not None

"""What the embedded DRS answers when it will not: the error bodies of DRS, its gateway and IAM."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import from_json


class Refusal(Exception):
    """An answer that is an error: status, JSON body and headers."""

    def __init__(
        self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status
        self.body = dict(body)
        self.headers = dict(headers or {})


def refused(status: int, code: str, message: str) -> Refusal:
    """An error as DRS (`DRS.…`) and the gateway (`APIGW.…`) write it."""
    return Refusal(status, {"error_code": code, "error_msg": message})


def invalid(parameter: str) -> Refusal:
    """A parameter holds what it cannot hold."""
    return refused(400, "DRS.M00202", f"The value of {parameter} is invalid.")


def empty(parameter: str) -> Refusal:
    """A parameter that is needed was not given."""
    return refused(400, "DRS.M00201", f"The parameter {parameter} is empty.")


def json_object(body: bytes) -> Mapping[str, Any]:
    """The object of a request's body.

    Raises:
        Refusal: it is none.
    """
    try:
        found = from_json(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise refused(400, "DRS.M00202", "The request body is invalid.")
    return found


def no_such_task() -> Refusal:
    """The task does not exist."""
    return refused(400, "DRS.10000010", "Job does not exist, please check job ID.")


def no_such_api() -> Refusal:
    """The gateway knows no such path and method in this region."""
    message = "The API does not exist or has not been published in the environment."
    return refused(404, "APIGW.0101", message)


def unauthenticated(reason: str) -> Refusal:
    """The gateway does not believe the credentials."""
    return refused(401, "APIGW.0301", f"Incorrect IAM authentication information: {reason}")


def iam_refused(status: int, title: str, message: str) -> Refusal:
    """An error as IAM writes it."""
    return Refusal(status, {"error": {"code": status, "message": message, "title": title}})

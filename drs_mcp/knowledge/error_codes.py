"""Error codes of DRS, its gateway and IAM: what they mean and what to do."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic_core import from_json


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A documented error code."""

    code: str
    meaning: str
    next: str = ""


@cache
def error_codes() -> dict[str, ErrorCode]:
    """Every documented code; the gateway's under `APIG.`."""
    raw: list[dict[str, Any]] = from_json(
        files("drs_mcp.knowledge").joinpath("error_codes.json").read_bytes()
    )
    return {entry["code"]: ErrorCode(**entry) for entry in raw}


def error_code(code: str) -> ErrorCode | None:
    """The meaning of a code; `APIGW.` and `APIG.` number alike."""
    return error_codes().get(code.strip().upper().replace("APIGW.", "APIG."))

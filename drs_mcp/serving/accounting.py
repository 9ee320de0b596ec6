"""Keeping account of tool calls: the audit line, the duration histogram, one ledger a call."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import anyio
from mcp.types import CallToolResult, TextContent
from pydantic import ValidationError

from drs_mcp.clock import Clock
from drs_mcp.errors import ApiError, DrsError
from drs_mcp.ledger import Ledger, open_ledger
from drs_mcp.observe.audit import AuditLog, Call
from drs_mcp.observe.caller import STDIO, caller
from drs_mcp.observe.telemetry import record_duration

REFUSED = "refused"
"""Outcome of a call whose arguments did not fit."""


@dataclass
class Account:
    """What is known of a call while it runs."""

    outcome: str = "ok"
    code: str = ""
    answer_bytes: int = 0

    def answered(self, result: object) -> None:
        """Note how large the answer is."""
        if isinstance(result, CallToolResult):
            texts = [block.text for block in result.content if isinstance(block, TextContent)]
            self.answer_bytes = sum(len(text.encode("utf-8", "replace")) for text in texts)

    def failed(self, error: BaseException) -> None:
        """Note why there is none."""
        if isinstance(error, anyio.get_cancelled_exc_class()):
            self.outcome = "cancelled"
            return
        cause = next((one for one in _causes(error) if isinstance(one, DrsError)), None)
        if cause is not None:
            self.outcome = type(cause).__name__
            self.code = cause.code if isinstance(cause, ApiError) else ""
        elif any(isinstance(one, ValidationError) for one in _causes(error)):
            self.outcome = REFUSED
        else:
            self.outcome = type(error).__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from: the SDK wraps ours."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__


@dataclass(frozen=True)
class Accounting:
    """Accounts for every call of a server, to its audit log."""

    clock: Clock
    log: AuditLog

    @contextmanager
    def of(self, tool: str, context: Any) -> Iterator[tuple[Account, Ledger]]:
        """Account for what is done inside, however it ends: exactly one line a call."""
        account = Account()
        started = self.clock.monotonic()
        with open_ledger() as ledger:
            try:
                yield account, ledger
            except BaseException as error:
                account.failed(error)
                raise
            finally:
                took = self.clock.monotonic() - started
                who = caller()
                record_duration(tool, took, account.outcome, "pipe" if who == STDIO else "tcp")
                self.log.write(
                    Call(
                        tool=tool,
                        outcome=account.outcome,
                        code=account.code,
                        caller=who,
                        client=_client(context),
                        took_s=took,
                        answer_bytes=account.answer_bytes,
                    ),
                    ledger,
                )


def _client(context: Any) -> str:
    """The host's own word for itself; nobody vouches for it."""
    try:
        info = context.request_context.session.client_params.client_info
    except (AttributeError, ValueError, LookupError):
        return ""
    return f"{info.name} {info.version}".strip()

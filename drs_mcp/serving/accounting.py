"""Keeping account of accesses: the audit line, the duration histogram, one ledger an access.

The middleware opens the account of an access and writes its line. A tool joins it, since only there
an error is still ours and the arguments are validated; called alone, a tool opens its own.
"""

from collections.abc import AsyncIterator, Collection, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final

import anyio
from mcp import MCPError
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp.types import (
    INTERNAL_ERROR,
    INVALID_PARAMS,
    CallToolResult,
    InputRequiredResult,
    TextContent,
)
from pydantic import ValidationError

from drs_mcp.clock import Clock
from drs_mcp.errors import ApiError, AuditError, DrsError
from drs_mcp.ledger import Ledger, open_ledger
from drs_mcp.observe.audit import Access, AuditLog, Call
from drs_mcp.observe.caller import STDIO, caller
from drs_mcp.observe.telemetry import record_duration

REFUSED: Final = "refused"
"""Outcome of a call whose arguments did not fit."""
UNKNOWN: Final = "unknown"
"""Outcome of a call for what there is not."""
CANCELLED: Final = "cancelled"
ASKED: Final = "asked"
"""Outcome of a call that ended with a question to the human."""

_ACCESSES: Final[Mapping[str, Access]] = {
    "tools/call": "tool",
    "resources/read": "resource",
    "prompts/get": "prompt",
    "completion/complete": "completion",
}
"""The methods that hand something out; what is listed is public, and the same for everybody."""
_NO_TOOL: Final = "_OTHER"
"""Stands in telemetry for a name that only the caller knows."""


@dataclass
class Account:
    """What is known of an access while it runs."""

    outcome: str = "ok"
    code: str = ""
    answer_bytes: int = 0

    def answered(self, result: object) -> None:
        """Note how large the answer is, as a model or as it goes over the wire."""
        if isinstance(result, InputRequiredResult):
            self.outcome = ASKED
        elif isinstance(result, CallToolResult):
            texts = [block.text for block in result.content if isinstance(block, TextContent)]
            self.answer_bytes = sum(map(_size, texts))
        elif isinstance(result, Mapping) and not self.answer_bytes:
            self.answer_bytes = sum(map(_size, _texts(result)))

    def failed(self, error: BaseException) -> None:
        """Note why there is none; what was noted first was nearest to it."""
        if self.outcome != "ok":
            return
        if isinstance(error, anyio.get_cancelled_exc_class()):
            self.outcome = CANCELLED
            return
        causes = list(_causes(error))
        cause = next((one for one in causes if isinstance(one, DrsError)), None)
        if cause is not None:
            self.outcome = type(cause).__name__
            self.code = cause.code if isinstance(cause, ApiError) else ""
        elif any(isinstance(one, ValidationError) for one in causes):
            self.outcome = REFUSED
        elif any(isinstance(one, ResourceNotFoundError) for one in causes):
            self.outcome = UNKNOWN
        elif isinstance(error, MCPError) and error.code == INVALID_PARAMS:
            self.outcome = REFUSED
        else:
            self.outcome = type(error).__name__


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from, or while handling: the SDK wraps ours."""
    found: BaseException | None = error
    while found is not None:
        yield found
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _texts(result: Mapping[str, Any]) -> Iterator[str]:
    """The texts of a resource or a prompt, and the values of a completion."""
    for content in result.get("contents", ()):
        yield content.get("text", "")
    for message in result.get("messages", ()):
        yield message.get("content", {}).get("text", "")
    yield from result.get("completion", {}).get("values", ())


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))


_current: ContextVar[tuple[Account, Ledger] | None] = ContextVar("drs_mcp_account", default=None)


@dataclass(frozen=True)
class Accounting:
    """Accounts for every access to a server, to its audit log."""

    clock: Clock
    log: AuditLog

    @asynccontextmanager
    async def of(
        self, name: str, context: Any, access: Access = "tool", *, known: bool = True
    ) -> AsyncIterator[tuple[Account, Ledger]]:
        """Account for what is done inside, however it ends: one line an access.

        Within an access that is accounted for, that account is kept and nothing is written yet.

        Args:
            name: what is asked for; whatever the caller calls it.
            context: the request's, or the SDK's around it.
            access: to what.
            known: whether there is anything of that name.

        Raises:
            AuditError: the line could not be written, and it is required.
        """
        if (joined := _current.get()) is not None:
            with _noting(joined[0]):
                yield joined
            return
        account, started = Account(), self.clock.monotonic()
        with open_ledger() as ledger:
            token = _current.set((account, ledger))
            try:
                with _noting(account):
                    yield account, ledger
            finally:
                _current.reset(token)
                if not known and account.outcome != CANCELLED:
                    account.outcome = UNKNOWN
                took = self.clock.monotonic() - started
                if access == "tool":
                    shown, transport = (name if known else _NO_TOOL), _transport()
                    failed = "ok" if account.outcome == ASKED else account.outcome
                    record_duration(shown, took, failed, transport)
                call = Call(
                    tool=name,
                    outcome=account.outcome,
                    code=account.code,
                    caller=caller(),
                    client=client_of(context),
                    took_s=took,
                    answer_bytes=account.answer_bytes,
                    access=access,
                )
                # Nobody waits for the answer of a call that was cancelled.
                if self.log.required and account.outcome != CANCELLED:
                    await self.log.write_now(call, ledger)
                else:
                    self.log.write(call, ledger)


@contextmanager
def _noting(account: Account) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        account.failed(error)
        raise


@dataclass(frozen=True)
class AccountingMiddleware:
    """Middleware of the MCP server: every access is accounted for, whatever becomes of it.

    Args:
        accounting: keeps the accounts.
        names: all names that there are, for accesses whose names are a closed set.
    """

    accounting: Accounting
    names: Mapping[Access, Collection[str]]

    async def __call__(
        self, ctx: ServerRequestContext[Any, Any], call_next: CallNext
    ) -> HandlerResult:
        """Serve the request.

        Raises:
            MCPError: the line could not be written, and it is required.
        """
        access = _ACCESSES.get(ctx.method)
        if access is None:
            return await call_next(ctx)
        name = _name(access, ctx.params)
        known = access not in self.names or name in self.names[access]
        try:
            async with self.accounting.of(name, ctx, access, known=known) as (account, ledger):
                result = await call_next(ctx)
                account.answered(result)
                if access != "tool":  # a tool notes them as they were validated
                    ledger.arguments = _arguments(access, ctx.params)
        except AuditError as error:
            raise MCPError(INTERNAL_ERROR, str(error)) from error
        return result


def _name(access: Access, params: Mapping[str, Any] | None) -> str:
    """What is asked for, in the caller's word for it; whatever it is."""
    given = params or {}
    if access == "completion":
        argument = given.get("argument")
        found = argument.get("name") if isinstance(argument, Mapping) else None
    else:
        found = given.get("uri" if access == "resource" else "name")
    return found if isinstance(found, str) else ""


def _arguments(access: Access, params: Mapping[str, Any] | None) -> dict[str, Any]:
    """The arguments of an access that was granted."""
    given = params or {}
    if access == "completion":
        return {str(given["argument"]["name"]): given["argument"].get("value", "")}
    found = given.get("arguments")
    return dict(found) if isinstance(found, Mapping) else {}


def _transport() -> str:
    return "pipe" if caller() == STDIO else "tcp"


def client_of(context: Any) -> str:
    """The host's own word for itself; nobody vouches for it."""
    try:
        request = getattr(context, "request_context", context)
        info = request.session.client_params.client_info
    except (AttributeError, ValueError, LookupError):
        return ""
    return f"{info.name} {info.version}".strip()

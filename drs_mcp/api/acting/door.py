"""The one door through which an action leaves: closed by default, never without its audit line."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from pydantic_core import to_json

from drs_mcp.api.acting.orders import KINDS, Order
from drs_mcp.api.acting.turns import Turns
from drs_mcp.api.http.limits import Limits
from drs_mcp.api.paths import ACTION, path_of
from drs_mcp.api.query import ID
from drs_mcp.api.transport import Transport
from drs_mcp.api.wire.values import text, word
from drs_mcp.errors import ActionRefused, ApiError, AuditError, DrsError, TransportError
from drs_mcp.ledger import Ledger
from drs_mcp.observe.audit import AuditLog, Call
from drs_mcp.observe.caller import caller, may_act

Outcome = Literal["done", "not_done", "unknown"]

SEND_S: Final = 30.0
"""How long one action may take to be answered."""

_SUCCESS: Final = "DRS.00000000"
_TIMED_OUT: Final = 408


@dataclass(frozen=True)
class Sent:
    """What became of an action that was to leave, as far as its answer tells.

    Attributes:
        outcome: done (DRS has taken it), not_done (it never left, or DRS refused it), or unknown.
        why: in our own words, where it is not done.
        query_id: by which its result is read.
        code: DRS's error code.
        said: DRS's error message, quoted.
        unlogged: whether the audit line after it is missing.
    """

    outcome: Outcome
    why: str = ""
    query_id: str = ""
    code: str = ""
    said: str = ""
    unlogged: bool = False


class ActionDoor:
    """Sends the actions of one profile, each at most once.

    Args:
        transport: the profile's.
        project_id: its project.
        kinds: which kinds of actions the profile has turned on.
        audit: gets a line before each action, without which nothing leaves, and one after it.
        turns: of all profiles of the process.
    """

    def __init__(
        self,
        transport: Transport,
        project_id: str,
        kinds: frozenset[str],
        audit: AuditLog,
        turns: Turns,
    ) -> None:
        self.kinds = kinds
        self._transport = transport
        self._project_id = project_id
        self._audit = audit
        self._turns = turns

    def turns(self) -> dict[str, int]:
        """Each task's turn now, 0 unless named: a yes counts for the turn it was asked for in."""
        return self._turns.of(self._project_id)

    async def send(self, job_id: str, order: Order, *, turn: int, client: str = "") -> Sent:
        """Send *order* to a task, once.

        Args:
            job_id: the task's ID.
            order: what is to be done.
            turn: the task's turn when a human was asked.
            client: the host's own word for itself, for the audit line.

        Raises:
            ActionRefused: it is no action of ours, of a kind that is off, the caller may not act, or
                the turn has passed. Nothing has left.
            AuditError: its line could not be written. Nothing has left.
        """
        body = to_json(order.body())
        if KINDS[order.action_name] not in self.kinds or not may_act():
            raise ActionRefused("Nothing was sent: this action is off here, or for this caller.")
        path = path_of(ACTION, self._project_id, job_id)
        with self._turns.take(self._project_id, job_id, turn):
            line = _Line(self._audit, order, job_id, client)
            await line.before()
            limits = Limits(self._transport.clock, deadline_s=SEND_S)
            began = limits.clock.monotonic()
            try:
                sent = await self._post(path, body, order, limits)
            except BaseException:  # cancelled, most likely: what became of it nobody waits for
                line.given_up()
                raise
            took_s = limits.clock.monotonic() - began
            written = await line.after(sent, limits.request_ids, took_s)
            return replace(sent, unlogged=not written)

    async def _post(self, path: str, body: bytes, order: Order, limits: Limits) -> Sent:
        try:
            answer = await self._transport.ask(
                "POST",
                path,
                {},
                body=body,
                what=f"the answer to {order.action_name}",
                limits=limits,
                repeatable=False,
            )
        except DrsError as error:
            return judge_error(error)
        return judge_answer(answer)


def judge_answer(body: Mapping[str, Any]) -> Sent:
    """What an answer of HTTP 2xx says; that of itself proves nothing.

    An asynchronous action has a `query_id`, any other a `status`.
    """
    code, state = text(body.get("error_code")) or "", word(body.get("status"))
    failed, query_id = state == "FAILED", text(body.get("query_id")) or ""
    code = "" if code == _SUCCESS else code
    facts = ApiError("", status=200, code=code, said=text(body.get("error_msg")) or "")
    found = Sent("unknown", code=facts.code, said=facts.said)
    if (failed or code) and not query_id and state in ("FAILED", None):
        return replace(found, outcome="not_done", why="DRS says that it failed")
    if failed or code:
        return replace(found, why="DRS's answer contradicts itself")
    if ID.fullmatch(query_id) and state in ("SUCCESS", None):
        return Sent("done", query_id=query_id)
    if state == "SUCCESS":
        return Sent("done")
    return replace(found, why="DRS's answer does not say whether it was done")


def judge_error(error: DrsError) -> Sent:
    """What an error says: refused is not done, and what may have arrived may have been done."""
    if isinstance(error, ApiError):
        refused = 400 <= error.status < 500 and error.status != _TIMED_OUT
        return Sent(
            "not_done" if refused or error.of_credentials else "unknown",
            why=f"{error.speaker} answered with HTTP {error.status}",
            code=error.code,
            said=error.said,
        )
    if error.of_credentials:
        return Sent("not_done", why="the credentials could not be obtained")
    if isinstance(error, TransportError) and error.may_have_left:
        return Sent("unknown", why="no usable answer came back")
    return Sent("not_done", why="DRS could not be reached, and nothing left")


@dataclass(frozen=True)
class _Line:
    """The audit lines of one action: `confirmed` before it; after it its outcome."""

    audit: AuditLog
    order: Order
    job_id: str
    client: str

    async def before(self) -> None:
        try:
            await self.audit.write_now(self._call("before", "confirmed"), self._ledger())
        except AuditError as error:
            raise AuditError(
                "Nothing was sent: an action needs its audit line first, and that could not be "
                "written. Whoever runs drs-mcp: DRS_MCP_AUDIT must be stderr or a file that can "
                "be written; `drs-mcp doctor` says more."
            ) from error

    async def after(self, sent: Sent, request_ids: list[str], took_s: float) -> bool:
        """Whether it could be written; what was done is done, and is told either way."""
        call = replace(self._call("after", sent.outcome), code=sent.code, took_s=took_s)
        try:
            await self.audit.write_now(call, replace(self._ledger(), request_ids=request_ids))
        except AuditError:
            return False
        return True

    def given_up(self) -> None:
        self.audit.write(self._call("after", "unknown"), self._ledger())

    def _call(self, step: str, outcome: str) -> Call:
        return Call(
            tool=self.order.action_name,
            outcome=outcome,
            code="",
            caller=caller(),
            client=self.client,
            took_s=0.0,
            answer_bytes=0,
            access="action",
            more={"step": step},
        )

    def _ledger(self) -> Ledger:
        return Ledger(arguments={"job_id": self.job_id, **self.order.params})

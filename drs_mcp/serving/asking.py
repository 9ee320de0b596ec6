"""Asking the human through the host, in either form that the protocol has for it.

Since revision 2026-07-28 a call answers with what it needs to know and is made again with the
reply; before, the server asks while the call waits.
"""

import json
from hashlib import sha256
from typing import Any, Final

from mcp import MCPError
from mcp.server.elicitation import render_elicitation_schema
from mcp.server.mcpserver import Context
from mcp.types import (
    ElicitRequest,
    ElicitRequestFormParams,
    ElicitResult,
    InputRequiredResult,
)
from pydantic import ValidationError

from drs_mcp.actions.question import Question, Reply
from drs_mcp.errors import ActionRefused
from drs_mcp.serving.accounting import client_of

_IN_ROUNDS: Final = "2026-07-28"
_KEY: Final = "confirm"
_CONSOLE: Final = (
    "Nothing was sent: an action needs a human's yes, and this host does not pass the question on "
    "(MCP elicitation, form mode). Do it in the DRS console, or use a host that asks."
)


class InputNeeded(Exception):
    """The call ends here, with a question; it is made again with the reply."""

    def __init__(self, result: InputRequiredResult) -> None:
        super().__init__()
        self.result = result


class HostAsker:
    """The way to the human through the host that made this call."""

    def __init__(self, context: Context[Any, Any]) -> None:
        self._context = context
        self._in_rounds = (context.protocol_version or "") >= _IN_ROUNDS

    @property
    def client(self) -> str:
        """The host's own word for itself; nobody vouches for it."""
        return client_of(self._context)

    def check(self) -> None:
        """See whether the host passes questions on.

        Raises:
            ActionRefused: it does not say that it would, or it cannot be reached from here.
        """
        declared = self._context.client_capabilities
        elicitation = declared.elicitation if declared else None
        # An empty declaration is the form that was there before modes; one of URLs alone is none.
        asks = elicitation is not None and (elicitation.form is not None or elicitation.url is None)
        reachable = self._in_rounds or self._context.session.can_send_request
        if not asks or not reachable:
            raise ActionRefused(_CONSOLE)

    async def ask(self, question: Question, turn: int) -> Reply:
        """Ask, and wait for the reply.

        Raises:
            InputNeeded: this call ends with the question; the reply comes with another.
            ActionRefused: the host answered with an error, or with what is no reply.
        """
        if self._in_rounds:
            return self._in_round(question, turn)
        try:
            found = await self._context.session.elicit_form(
                message=question.text,
                requested_schema=render_elicitation_schema(question.form),
                related_request_id=self._context.request_id,
            )
        except (MCPError, ValidationError) as error:
            raise ActionRefused(_CONSOLE) from error
        return Reply(found.action, found.content or {}, turn)

    def _in_round(self, question: Question, turn: int) -> Reply:
        form = ElicitRequestFormParams(
            message=question.text, requested_schema=render_elicitation_schema(question.form)
        )
        digest = sha256(form.model_dump_json(by_alias=True).encode()).hexdigest()
        # The SDK has sealed it: to this server, tool, arguments and caller, and for ten minutes.
        state = json.loads(self._context.request_state or "{}")
        reply = (self._context.input_responses or {}).get(_KEY)
        if isinstance(reply, ElicitResult) and state:
            if reply.action != "accept":
                return Reply(reply.action, {}, turn)
            if state["question"] == digest:
                return Reply(reply.action, reply.content or {}, state["turn"])
        raise InputNeeded(
            InputRequiredResult(
                input_requests={_KEY: ElicitRequest(params=form)},
                request_state=json.dumps({"question": digest, "turn": turn}),
            )
        )

"""Asking the person at the terminal before an action of `drs-mcp call` leaves."""

from typing import Any

import anyio.to_thread
import click
from mcp.client import ClientRequestContext
from mcp.types import ElicitRequestFormParams, ElicitRequestParams, ElicitResult


async def ask_in_terminal(
    context: ClientRequestContext,  # noqa: ARG001  the name is the protocol's
    params: ElicitRequestParams,
) -> ElicitResult:
    """Show the question and read the reply; nothing but an exact one is a yes."""
    if not isinstance(params, ElicitRequestFormParams):
        return ElicitResult(action="cancel")
    return await anyio.to_thread.run_sync(_ask, params.message, params.requested_schema)


def _ask(question: str, schema: dict[str, Any]) -> ElicitResult:
    click.echo(question, err=True)
    content: dict[str, str | int | float | bool | list[str] | None] = {}
    for name, field in schema.get("properties", {}).items():
        if field.get("type") == "boolean":
            content[name] = click.confirm("Do it?", err=True)
            if not content[name]:
                return ElicitResult(action="decline")
        else:
            typed = click.prompt("Type it", default="", show_default=False, err=True)
            if not typed:
                return ElicitResult(action="decline")
            content[name] = typed
    return ElicitResult(action="accept", content=content)

"""Completion: task names for `job`, IDs of known failures for `id`."""

from collections.abc import Sequence

from mcp.server import MCPServer
from mcp.types import (
    Completion,
    CompletionArgument,
    CompletionContext,
    PromptReference,
    ResourceTemplateReference,
)

from drs_mcp.api.connections import Connections
from drs_mcp.knowledge.failures import failures
from drs_mcp.serving.lifespan import LifespanState
from drs_mcp.serving.uris import FAILURE, JOB

MOST_VALUES = 100
"""What MCP allows in one answer."""

Reference = PromptReference | ResourceTemplateReference


def serve_completion(server: MCPServer[Connections], state: LifespanState) -> None:
    """Add completion to *server*."""

    async def complete(
        ref: Reference, argument: CompletionArgument, _: CompletionContext | None
    ) -> Completion:
        if _completes(ref, argument, "job", JOB):
            known = await state.task_names.known()
            return starting(argument.value, known.names, complete=known.complete)
        if isinstance(ref, ResourceTemplateReference) and _completes(ref, argument, "id", FAILURE):
            return starting(argument.value, sorted(failure.id for failure in failures()))
        return Completion(values=[], total=0, has_more=False)

    server.completion()(complete)  # type: ignore[no-untyped-call]  # the SDK leaves it untyped


def _completes(ref: Reference, argument: CompletionArgument, name: str, template: str) -> bool:
    """Whether a value of *name* is wanted, in any prompt or in the one resource template."""
    return argument.name == name and (isinstance(ref, PromptReference) or ref.uri == template)


def starting(prefix: str, names: Sequence[str], *, complete: bool = True) -> Completion:
    """The *names* that start with *prefix*, case ignored.

    Where not all names are known, the total is not told, nor that there are no more.
    """
    found = [name for name in names if name.lower().startswith(prefix.lower())]
    cut = len(found) > MOST_VALUES
    return Completion(
        values=found[:MOST_VALUES],
        total=len(found) if complete else None,
        has_more=cut if complete or cut else None,
    )

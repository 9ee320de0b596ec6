"""Prompts: the texts of `prompts/`, served with their arguments checked by name."""

from collections.abc import Mapping
from typing import Any

from mcp import MCPError
from mcp.server import MCPServer
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.mcpserver.prompts import Prompt
from mcp.server.mcpserver.prompts.base import Message, UserMessage
from mcp.server.mcpserver.prompts.base import PromptArgument as Declared
from mcp.types import INVALID_PARAMS

from drs_mcp.api.connections import Connections
from drs_mcp.quoting.quoted import quote
from drs_mcp.serving.prompt_files import PromptText, prompt_texts


class TextPrompt(Prompt):
    """A prompt that refuses missing and unknown arguments by name."""

    @classmethod
    def of(cls, prompt: PromptText) -> "TextPrompt":
        """Make the prompt of a text."""
        return cls(
            name=prompt.name,
            title=prompt.title,
            description=prompt.description,
            arguments=[
                Declared(
                    name=argument.name, description=argument.description, required=argument.required
                )
                for argument in prompt.arguments
            ],
            fn=prompt.fill,
            context_kwarg=None,
        )

    async def render(self, arguments: dict[str, Any] | None, context: Any) -> list[Message]:
        """The text with its values, as the user's message."""
        del context
        # What shows nothing counts as left out.
        given = {
            name: str(value) if quote(str(value)).strip() else ""
            for name, value in (arguments or {}).items()
        }
        self._check(given)
        return [UserMessage(str(self.fn(given)))]

    def _check(self, given: Mapping[str, str]) -> None:
        known = self.arguments or []
        problems = [f"{a.name} is required" for a in known if a.required and not given.get(a.name)]
        for name in sorted(given.keys() - {argument.name for argument in known}):
            # The name came from the caller: repeated only as an argument name could look.
            told = name.isidentifier() and len(name) <= 40 and quote(name) == name
            shown = name if told else "what was given"
            problems.append(f"{shown} is not an argument of this prompt")
        if problems:
            takes = ", ".join(argument.name for argument in known) or "none"
            raise MCPError(
                code=INVALID_PARAMS,
                message=f"Prompt {self.name}: {'; '.join(problems)}. Arguments: {takes}.",
            )


def prompt_names() -> list[str]:
    """The names of all prompts."""
    return [prompt.name for prompt in prompt_texts()]


async def refuse_unknown_prompts(
    ctx: ServerRequestContext[Any, Any], call_next: CallNext
) -> HandlerResult:
    """Middleware of the MCP server: the SDK alone takes an unknown prompt for a fault of ours.

    Raises:
        MCPError: there is no prompt of that name.
    """
    if ctx.method == "prompts/get":
        name = (ctx.params or {}).get("name")
        if isinstance(name, str) and name not in prompt_names():
            known = ", ".join(prompt_names())
            raise MCPError(INVALID_PARAMS, f"There is no prompt of that name. Prompts: {known}.")
    return await call_next(ctx)


def serve_prompts(server: MCPServer[Connections]) -> None:
    """Add every prompt to *server*."""
    for prompt in prompt_texts():
        server.add_prompt(TextPrompt.of(prompt))
    server.middleware.append(refuse_unknown_prompts)

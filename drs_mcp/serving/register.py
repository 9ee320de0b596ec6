"""Turning a plain function into a tool: connection in, errors and answer out, arguments strict.

A tool is `async def name(drs: Connection, job: Job, …) -> SomeAnswer`. Registering it adds the
arguments every tool has (`full`, `max_chars`, `profile`) and does what is the same for all of them. A
parameter annotated `ProgressReporter` or `Asker` is no argument: it is handed MCP's progress
reporter, or the way to the human.
"""

import inspect
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any

from mcp.server.mcpserver import Context
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.mcpserver.tools import Tool
from mcp.types import CallToolResult, InputRequiredResult, ToolAnnotations
from pydantic import ConfigDict, Field, PrivateAttr, ValidationError, create_model

from drs_mcp.actions.question import Asker
from drs_mcp.api.connections import Connections
from drs_mcp.clock import SystemClock
from drs_mcp.errors import DrsError, TaskNotFound
from drs_mcp.ledger import ledger
from drs_mcp.observe.audit import AuditLog
from drs_mcp.quoting.quoted import quote, whole_texts
from drs_mcp.reads.progress_reporter import ProgressReporter
from drs_mcp.serving.accounting import Accounting
from drs_mcp.serving.arguments.lenient import lenient, nearest
from drs_mcp.serving.arguments.schema import input_schema, output_schema, published
from drs_mcp.serving.asking import HostAsker, InputNeeded
from drs_mcp.serving.budget import LEAST_CHARS, MOST_CHARS
from drs_mcp.serving.job_words import asked_again, name_the_task
from drs_mcp.serving.result import RenderOptions, receipt, result
from drs_mcp.summaries.answer import Answer, Closing, NextCall
from drs_mcp.tools.arguments import Full

MaxChars = Annotated[int, Field(ge=LEAST_CHARS, le=MOST_CHARS)]
Profile = Annotated[str, Field(max_length=64)]

ToolFunction = Callable[..., Awaitable[Answer]]

_HANDED: Mapping[object, Callable[[Context[Connections, Any]], object]] = {
    ProgressReporter: lambda ctx: ctx.report_progress,
    Asker: HostAsker,
}
"""What a parameter of that annotation is handed."""


@dataclass(frozen=True)
class Listing:
    """What hosts show of a tool, and search by where they load tools when one is wanted.

    Attributes:
        title: its name for people.
        hint: words of a person who wants it, that the description has not; also Chinese ones.
        entry: whether it is loaded always: where a conversation begins.
        acts: whether it does more than read.
    """

    title: str
    hint: str = ""
    entry: bool = False
    acts: bool = False

    @property
    def annotations(self) -> ToolAnnotations:
        """Whether it reads and nothing else; what acts can lose work, each time anew."""
        if self.acts:
            return ToolAnnotations(
                title=self.title,
                read_only_hint=False,
                destructive_hint=True,
                idempotent_hint=False,
                open_world_hint=True,
            )
        return ToolAnnotations(
            title=self.title, read_only_hint=True, destructive_hint=False, open_world_hint=False
        )

    @property
    def meta(self) -> dict[str, Any] | None:
        """What Claude Code reads; other hosts ignore it."""
        meta: dict[str, Any] = {"anthropic/searchHint": self.hint} if self.hint else {}
        return (meta | {"anthropic/alwaysLoad": True} if self.entry else meta) or None


class StrictTool(Tool):
    """A tool that refuses unknown arguments by name, publishes lean schemas and keeps account."""

    _accounting: Accounting = PrivateAttr()
    _accepted: dict[str, Any] = PrivateAttr()

    @classmethod
    def of(
        cls,
        function: ToolFunction,
        options: RenderOptions,
        accounting: Accounting | None = None,
        listing: Listing | None = None,
    ) -> "StrictTool":
        """Make the tool of a function."""
        made = _build(cls, function, options, listing).model_copy()
        made._accounting = accounting or Accounting(SystemClock(), AuditLog(SystemClock()))
        return made

    @property
    def accepted(self) -> dict[str, Any]:
        """The published schema with all bounds: arguments are read by it."""
        return self._accepted

    async def run(
        self, arguments: dict[str, Any], context: Any, convert_result: bool = False
    ) -> Any:
        """Run with what is given, read leniently."""
        given, notes = lenient(arguments, self._accepted)
        async with self._accounting.of(self.name, context) as (account, _):
            try:
                with _noting(notes):
                    result = await super().run(given, context, convert_result)
            except ToolError as error:
                cause = error.__cause__
                if isinstance(cause, ValidationError):
                    raise ToolError(_refusal(cause, self.parameters)) from cause
                if isinstance(cause, ToolError):  # without the SDK's words before it
                    raise cause from cause.__cause__
                raise
            account.answered(result)
        return result


@cache
def _build(
    kind: type[StrictTool],
    function: ToolFunction,
    options: RenderOptions,
    listing: Listing | None = None,
) -> StrictTool:
    """What all servers of a process share of a tool: its schemas are most of starting one."""
    listed = listing or Listing(function.__name__)
    made: StrictTool = kind.from_function(  # type: ignore[assignment]  # it returns cls(…)
        _wrapped(function, options),
        name=function.__name__,
        title=listed.title,
        description=inspect.cleandoc(function.__doc__ or ""),
        annotations=listed.annotations,
        meta=listed.meta,
        structured_output=False,
    )
    base = made.fn_metadata.arg_model
    strict = create_model(base.__name__, __base__=base)
    strict.model_config = ConfigDict(**{**base.model_config, "extra": "forbid"})
    strict.model_rebuild(force=True)
    made.fn_metadata.arg_model = strict
    made._accepted = input_schema(strict)
    made.parameters = published(made._accepted)
    if options.structured:
        answer = inspect.signature(function, eval_str=True).return_annotation
        made.fn_metadata.output_schema = output_schema(answer)
    return made


_HINTS = {"job": " (list_jobs names the tasks)"}

_NOTES: ContextVar[list[str]] = ContextVar("notes")


@contextmanager
def _noting(notes: list[str]) -> Iterator[None]:
    """Keep what was changed of the arguments, for the answer to say."""
    token = _NOTES.set(notes)
    try:
        yield
    finally:
        _NOTES.reset(token)


def _refusal(error: ValidationError, schema: dict[str, Any]) -> str:
    """Which argument is wrong and why, without repeating its value."""
    problems = []
    for item in error.errors(include_input=False, include_url=False, include_context=False):
        name = ".".join(str(part) for part in item["loc"])
        if item["type"] == "extra_forbidden":
            # The name came from the caller: repeated only as an argument name could look.
            told = name.isidentifier() and len(name) <= 40 and quote(name) == name
            shown = name if told else "an argument"
            meant = nearest(name, schema)
            problems.append(
                f"{shown} is not an argument of this tool{f', {meant} is' if meant else ''}"
            )
        elif item["type"] == "missing":
            problems.append(f"{name} is required{_HINTS.get(name, '')}")
        elif item["type"] == "literal_error":
            choices = ", ".join(schema["properties"].get(name, {}).get("enum", ()))
            problems.append(f"{name}: Input should be one of {choices}")
        else:
            problems.append(f"{name}: {item['msg']}")
    known = ", ".join(schema.get("properties", {}))
    return f"Invalid arguments. {'; '.join(problems)}. Arguments: {known}."


def _wrapped(
    function: ToolFunction, options: RenderOptions
) -> Callable[..., Awaitable[CallToolResult | InputRequiredResult]]:
    async def call(
        ctx: Context[Connections, Any],
        full: bool = False,
        max_chars: int = 0,
        profile: str = "",
        **arguments: Any,
    ) -> CallToolResult | InputRequiredResult:
        connections: Connections = ctx.request_context.lifespan_context
        given = {name: value for name, value in arguments.items() if value not in ("", 0, False)}
        if full:
            given["full"] = True
        if takes_full:
            arguments["full"] = full
        if (book := ledger()) is not None:
            book.arguments = given | ({"profile": profile} if profile else {})
        try:
            with whole_texts() if full else nullcontext():
                drs = await connections.open(profile)
                answer = await function(
                    drs, **arguments, **{name: hand(ctx) for name, hand in handed.items()}
                )
        except InputNeeded as needed:
            return needed.result
        except TaskNotFound as error:
            ours, line, said = str(error).partition("\n")
            raise ToolError(f"{' '.join([ours, *drs.notes])}{line}{said}") from error
        except DrsError as error:
            raise ToolError(str(error)) from error
        if (notes := [*_NOTES.get([]), *drs.notes]) and isinstance(answer, Closing):
            answer.notes = [*notes, *answer.notes]
        name_the_task(answer, drs.taken)
        told = {name: value for name, value in given.items() if value != defaults.get(name)}
        this_call = asked_again(NextCall(tool=function.__name__, args=told), drs.taken)
        stamp = receipt(drs, connections.clock)
        protocol = ctx.protocol_version or ""
        return result(answer, stamp, options, max_chars, this_call, protocol=protocol, full=full)

    signature = inspect.signature(function, eval_str=True)
    declared = list(signature.parameters.values())[1:]
    handed = {
        parameter.name: _HANDED[parameter.annotation]
        for parameter in declared
        if parameter.annotation in (ProgressReporter, Asker)
    }
    takes_full = "full" in signature.parameters
    defaults = {parameter.name: parameter.default for parameter in declared}
    keyword = inspect.Parameter.KEYWORD_ONLY
    parameters = [
        inspect.Parameter("ctx", keyword, annotation=Context[Connections, Any]),
        *(
            parameter.replace(kind=keyword)
            for parameter in declared
            if parameter.name not in {*handed, "full"}
        ),
        inspect.Parameter("full", keyword, default=False, annotation=Full),
        inspect.Parameter("max_chars", keyword, default=options.max_chars, annotation=MaxChars),
        inspect.Parameter("profile", keyword, default="", annotation=Profile),
    ]
    call.__signature__ = signature.replace(  # type: ignore[attr-defined]
        parameters=parameters, return_annotation=CallToolResult
    )
    call.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    call.__name__ = function.__name__
    return call

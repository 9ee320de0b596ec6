"""The commands: serve (the default), demo, call, simulate."""

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

import anyio
import click

from drs_mcp import __version__
from drs_mcp.errors import DrsError


class _ServeByDefault(click.Group):
    """`drs-mcp` alone, as hosts start it, serves."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        known = {"--help", "--version", *self.commands}
        if not args or args[0] not in known:
            args = ["serve", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ServeByDefault)
@click.version_option(__version__, prog_name="drs-mcp")
def main() -> None:
    """Answers about Huawei Cloud DRS migrations over the Model Context Protocol."""


@main.command()
@click.option("--demo", is_flag=True, help="Use the embedded DRS: no credentials, no network.")
def serve(demo: bool) -> None:
    """Speak MCP on stdin and stdout."""
    from drs_mcp import server, stderr_log  # noqa: PLC0415  --help need not load the server

    stderr_log.configure()
    try:
        anyio.run(server.serve_stdio, _server(demo=demo))
    except DrsError as error:
        raise click.ClickException(str(error)) from None


@main.command()
def demo() -> None:
    """Ask the embedded DRS five questions and show what comes back."""
    from drs_mcp import stderr_log  # noqa: PLC0415  --help need not load the server
    from drs_mcp.demo import run_demo  # noqa: PLC0415  the same

    stderr_log.configure()
    anyio.run(run_demo, _console())


@main.command()
@click.argument("tool")
@click.argument("arguments", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--demo", is_flag=True, help="Ask the embedded DRS.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as an assistant gets it.")
def call(tool: str, arguments: Sequence[str], demo: bool, as_json: bool) -> None:
    """Call one tool and print its answer."""
    from drs_mcp import stderr_log  # noqa: PLC0415  --help need not load the server

    stderr_log.configure()
    try:
        given = _pairs(arguments)
        text, failed = anyio.run(_call, _server(demo=demo), tool, given)
    except DrsError as error:
        raise click.ClickException(str(error)) from None
    if failed:
        click.echo(text, err=True)
        sys.exit(1)
    if as_json:
        click.echo(text)
        return
    from drs_mcp.terminal import show_answer  # noqa: PLC0415  scripts need no rich

    show_answer(_console(), json.loads(text))


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8642, show_default=True)
def simulate(port: int) -> None:
    """Run the embedded DRS alone, on loopback."""
    from drs_mcp.simulator.serve import run  # noqa: PLC0415  --help need not load uvicorn

    anyio.run(run, port)


def _server(*, demo: bool) -> Any:
    from drs_mcp.server import live_server  # noqa: PLC0415  --help need not load the server
    from drs_mcp.settings import from_environment  # noqa: PLC0415  the same

    if not demo:
        return live_server(from_environment(os.environ))
    from drs_mcp.embedded import embedded_server  # noqa: PLC0415  only here is it needed
    from drs_mcp.server import form_of  # noqa: PLC0415  the same

    return embedded_server(form_of(from_environment(os.environ)))


def _pairs(arguments: Sequence[str]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for argument in arguments:
        key, equals, value = argument.partition("=")
        if not equals:
            raise click.UsageError(f"Arguments are written KEY=VALUE, not {argument!r}.")
        given[key] = value
    return given


async def _call(server: Any, tool: str, arguments: dict[str, Any]) -> tuple[str, bool]:
    from mcp import Client  # noqa: PLC0415  half the start-up time of the rest
    from mcp.types import TextContent  # noqa: PLC0415  the same

    async with Client(server) as client:
        known = [found.name for found in (await client.list_tools()).tools]
        found = await client.call_tool(tool, arguments) if tool in known else None
    if found is None:
        raise click.UsageError(f"There is no tool {tool}. Tools: {', '.join(known)}.")
    text = "".join(block.text for block in found.content if isinstance(block, TextContent))
    return text, bool(found.is_error)


def _console() -> Any:
    from rich.console import Console  # noqa: PLC0415  scripts need no rich

    return Console(highlight=False)

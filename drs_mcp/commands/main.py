"""The commands: serve (the default), demo, call, doctor, simulate."""

import gc
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import click

from drs_mcp import __version__
from drs_mcp.errors import DrsError, SettingsError


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
@click.option(
    "--http", metavar="HOST:PORT", help="Speak Streamable HTTP there; port 0: a free one."
)
def serve(demo: bool, http: str | None) -> None:
    """Speak MCP on stdin and stdout, or over HTTP."""
    from drs_mcp.observe import stderr_log, telemetry  # noqa: PLC0415  --help need not load the server
    from drs_mcp.serving.stdio import serve_stdio  # noqa: PLC0415  the same

    stderr_log.configure()
    stderr_log.capture_stray_output()
    telemetry.configure()
    try:
        accounting = _accounting(_audit_default() if http is None else "stderr")
        if http is None:
            anyio.run(serve_stdio, _server(accounting, demo=demo, lists_tools=True))
        else:
            _serve_http(partial(_server, accounting, demo=demo), http, accounting.log)
    except DrsError as error:
        raise click.ClickException(str(error)) from None


@main.command()
def demo() -> None:
    """Ask the embedded DRS five questions and show what comes back."""
    from drs_mcp.commands.demo import run_demo  # noqa: PLC0415  the same
    from drs_mcp.observe import stderr_log  # noqa: PLC0415  --help need not load the server

    stderr_log.configure()
    anyio.run(run_demo, _console())


@main.command()
@click.argument("tool")
@click.argument("arguments", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--demo", is_flag=True, help="Ask the embedded DRS.")
@click.option("--json", "as_json", is_flag=True, help="Print the answer as an assistant gets it.")
def call(tool: str, arguments: Sequence[str], demo: bool, as_json: bool) -> None:
    """Call one tool and print its answer."""
    from drs_mcp.observe import stderr_log  # noqa: PLC0415  --help need not load the server

    stderr_log.configure()
    try:
        given = _pairs(arguments)
        server = _server(_accounting(_audit_default()), demo=demo)
        text, failed = anyio.run(_call, server, tool, given)
    except DrsError as error:
        raise click.ClickException(str(error)) from None
    if failed:
        click.echo(text, err=True)
        sys.exit(1)
    if as_json:
        click.echo(text)
        return
    from drs_mcp.commands.terminal import show_answer  # noqa: PLC0415  scripts need no rich

    show_answer(_console(), json.loads(text))


@main.command()
@click.option("--profile", default="", help="The profile to examine; by default the default one.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for scripts.")
@click.option("--demo", is_flag=True, help="Examine the embedded DRS.")
def doctor(profile: str, as_json: bool, demo: bool) -> None:
    """Say why it does not work, and what to do.

    Checks settings, DNS and TLS, the clock, credentials, project and permissions, in that order,
    by asking DRS and IAM as the server does. Shows no secrets.

    Exit codes: 0 when all is well or there are warnings only, 1 when a check failed.
    """
    from drs_mcp.doctor import case_of, demo_case, examine  # noqa: PLC0415  the same
    from drs_mcp.observe import stderr_log  # noqa: PLC0415  --help need not load the client

    stderr_log.configure()
    case = demo_case(os.environ) if demo else case_of(os.environ, profile)
    if as_json:
        report = anyio.run(examine, case)
        click.echo(report.model_dump_json(ensure_ascii=True))
    else:
        from drs_mcp.doctor.show import ReportPrinter  # noqa: PLC0415  scripts need no rich

        printer = ReportPrinter(_console())
        printer.title(__version__, case.profile)
        report = anyio.run(examine, case, printer.check)
        printer.end(report)
    sys.exit(report.exit_code)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8642, show_default=True)
def simulate(port: int) -> None:
    """Run the embedded DRS alone, on loopback."""
    from drs_mcp.simulator.serve import run  # noqa: PLC0415  --help need not load uvicorn

    anyio.run(run, port)


def _accounting(audit: str = "off") -> Any:
    """Keeps the accounts; *audit* is where lines go unless the environment says otherwise."""
    from drs_mcp.clock import SystemClock  # noqa: PLC0415  the same
    from drs_mcp.observe.audit import audit_log  # noqa: PLC0415  --help need not load it
    from drs_mcp.serving.accounting import Accounting  # noqa: PLC0415  the same

    clock = SystemClock()
    return Accounting(clock, audit_log(clock, os.environ, audit))


def _audit_default() -> str:
    """Where audit lines go unless told otherwise: an action cannot do without them."""
    actions = os.environ.get("DRS_MCP_ACTIONS", "").strip().lower()
    return "off" if actions in ("", "off") else "stderr"


@contextmanager
def _starting() -> Iterator[None]:
    """Load without garbage collections, and have later ones pass over what was loaded: it stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@_starting()
def _server(accounting: Any, *, demo: bool, lists_tools: bool = False, may_act: bool = True) -> Any:
    """The server.

    Args:
        accounting: keeps account of its calls.
        demo: over the embedded DRS.
        lists_tools: whether it starts with settings that cannot be used, for its calls to tell.
        may_act: whether actions that are turned on are there.
    """
    from drs_mcp.api.access.sources import credential_files  # noqa: PLC0415  the same
    from drs_mcp.profiles import load_profiles  # noqa: PLC0415  the same
    from drs_mcp.secret_files import warn_of_too_open  # noqa: PLC0415  the same
    from drs_mcp.server import live_server  # noqa: PLC0415  --help need not load the server
    from drs_mcp.settings import from_environment  # noqa: PLC0415  the same

    if not demo:
        try:
            profiles = load_profiles(os.environ)
        except SettingsError as error:
            if not lists_tools:
                raise
            click.echo(f"Error: {error}", err=True)
            return live_server(error, accounting)
        warn_of_too_open(credential_files(profiles))
        return live_server(profiles, accounting, may_act=may_act)
    from drs_mcp.embedded import embedded_server  # noqa: PLC0415  only here is it needed
    from drs_mcp.server import render_options_of  # noqa: PLC0415  the same

    settings = from_environment(os.environ)
    actions = settings.actions if may_act else ""
    return embedded_server(render_options_of(settings), accounting=accounting, actions=actions)


def _serve_http(make_server: Callable[..., Any], at: str, audit: Any) -> None:
    from drs_mcp.http.address import address_of  # noqa: PLC0415  stdio needs none of it
    from drs_mcp.http.serve import serve_http  # noqa: PLC0415  the same
    from drs_mcp.http.settings import http_settings, variable  # noqa: PLC0415  the same
    from drs_mcp.observe.stderr_log import say  # noqa: PLC0415  the same
    from drs_mcp.secret_files import warn_of_too_open  # noqa: PLC0415  the same

    address, settings = address_of(at), http_settings(os.environ)
    if settings.tokens_file:
        warn_of_too_open({variable("tokens_file"): Path(settings.tokens_file).expanduser()})
    server = make_server(may_act=settings.allows_actions)
    anyio.run(partial(serve_http, server, address, settings, started=say, audit=audit))


def _pairs(arguments: Sequence[str]) -> dict[str, Any]:
    given: dict[str, Any] = {}
    for argument in arguments:
        key, equals, value = argument.partition("=")
        if not equals:
            raise click.UsageError(f"Arguments are written KEY=VALUE, not {argument!r}.")
        given[key] = value
    return given


async def _call(server: Any, tool: str, arguments: dict[str, Any]) -> tuple[str, bool]:
    from mcp import Client, MCPError  # noqa: PLC0415  half the start-up time of the rest
    from mcp.types import TextContent  # noqa: PLC0415  the same

    from drs_mcp.commands.asking import ask_in_terminal  # noqa: PLC0415  the same

    # Where nobody sits, nobody can say yes.
    ask = ask_in_terminal if sys.stdin.isatty() else None
    async with Client(server, elicitation_callback=ask) as client:
        known = [found.name for found in (await client.list_tools()).tools]
        try:
            found = await client.call_tool(tool, arguments) if tool in known else None
        except MCPError as error:
            return error.message, True
    if found is None:
        raise click.UsageError(f"There is no tool {tool}. Tools: {', '.join(known)}.")
    text = "".join(block.text for block in found.content if isinstance(block, TextContent))
    return text, bool(found.is_error)


def _console() -> Any:
    from rich.console import Console  # noqa: PLC0415  scripts need no rich

    return Console(highlight=False)

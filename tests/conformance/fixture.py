"""Our server over HTTP with the one fixture that `server-stateless` calls: a tool that needs a
capability which the client did not declare. Everything else is as it is served.
"""

import sys
from functools import partial
from typing import NoReturn

import anyio
import click
from mcp import MCPError
from mcp.types import MISSING_REQUIRED_CLIENT_CAPABILITY

from drs_mcp.embedded import embedded_server
from drs_mcp.http.address import address_of
from drs_mcp.http.serve import serve_http
from drs_mcp.http.settings import HttpSettings
from drs_mcp.serving.result import RenderOptions


def test_missing_capability() -> NoReturn:
    """Needs sampling."""
    needed = {"requiredCapabilities": {"sampling": {}}}
    raise MCPError(MISSING_REQUIRED_CLIENT_CAPABILITY, "This tool needs sampling.", needed)


def main() -> None:
    server = embedded_server(RenderOptions())
    server.add_tool(test_missing_capability, structured_output=False)
    started = partial(click.echo, err=True)
    anyio.run(partial(serve_http, server, address_of(sys.argv[1]), HttpSettings(), started=started))


if __name__ == "__main__":
    main()

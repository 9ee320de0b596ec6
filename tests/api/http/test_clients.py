"""What is said when the environment names proxies or certificates that no client can use."""

import importlib.util
import os

import pytest
from mcp import Client

from drs_mcp.api.access.exchange import plain_client
from drs_mcp.api.connections import Connections
from drs_mcp.doctor import Case, examine
from drs_mcp.errors import SettingsError
from drs_mcp.server import build_server
from drs_mcp.serving.result import RenderOptions
from drs_mcp.settings import Settings
from tests.conftest import DrivenClock
from tests.support.tool_calls import SETTINGS, answer_of, client_over, error_of, replaying

ORIGIN = "https://drs.planet.invalid"
PASSWORD = "planted-password"
WITHOUT_SOCKS = pytest.mark.skipif(
    importlib.util.find_spec("socksio") is not None, reason="socksio is here"
)
NO_FILE = (
    "SSL_CERT_FILE names no certificates that can be read. Set SSL_CERT_FILE to a PEM file of "
    "certificate authorities, or unset it for the system's store."
)
NO_SOCKS = (
    "A SOCKS proxy is set (ALL_PROXY), which needs the package socksio. Install socksio beside "
    "drs-mcp, or set an http:// proxy."
)


def no_proxy(name):
    return (
        f"A proxy is set that is no URL of a proxy ({name}). Write it as http://HOST:PORT, or "
        "unset it."
    )


CASES = [
    ({"SSL_CERT_FILE": "/nonexistent/planted-password.pem"}, NO_FILE),
    ({"SSL_CERT_FILE": os.devnull}, NO_FILE),
    ({"SSL_CERT_FILE": os.sep}, NO_FILE),
    ({"HTTPS_PROXY": f"htp://me:{PASSWORD}@proxy.invalid:1"}, no_proxy("HTTPS_PROXY")),
    ({"https_proxy": f"http://proxy.invalid:{PASSWORD}"}, no_proxy("https_proxy")),
    ({"HTTP_PROXY": f"socks4://me:{PASSWORD}@proxy.invalid"}, no_proxy("HTTP_PROXY")),
    ({"HTTPS_PROXY": "http://well.invalid:1", "ALL_PROXY": "://"}, no_proxy("ALL_PROXY")),
    ({"HTTPS_PROXY": "://", "https_proxy": "ftp://x"}, no_proxy("https_proxy")),
    pytest.param(
        ({"ALL_PROXY": f"socks5://me:{PASSWORD}@proxy.invalid:1"}, NO_SOCKS), marks=WITHOUT_SOCKS
    ),
]


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    """An environment that says nothing of proxies and certificates."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith("SSL_CERT_"):
            monkeypatch.delenv(name)


@pytest.fixture(params=CASES, ids=lambda case: "-".join(case[0]))
def broken_environment(request, monkeypatch):
    """An environment that cannot be used, and what is to be said of it."""
    environ, message = request.param
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    return message


def test_the_variable_and_the_remedy_are_named_and_nothing_it_holds(broken_environment):
    with pytest.raises(SettingsError) as raised:
        plain_client(ORIGIN, None)
    assert str(raised.value) == broken_environment
    assert raised.value.__suppress_context__  # httpx2's own words could hold a password
    assert PASSWORD not in broken_environment


@pytest.mark.anyio
async def test_a_tool_call_says_so(broken_environment):
    async with client_over(None) as client:
        text = error_of(await client.call_tool("list_jobs", {}))
    assert text == str(broken_environment)


@pytest.mark.anyio
async def test_the_doctor_says_so(broken_environment):
    settings = Settings.model_validate(dict(SETTINGS) | {"endpoint": ORIGIN})
    report = await examine(Case("default", settings))
    drs = next(check for check in report.checks if check.id == "drs")
    assert (drs.outcome, f"{drs.found} {drs.fix}") == ("failed", broken_environment)
    assert PASSWORD not in report.model_dump_json()


@pytest.mark.anyio
async def test_a_call_succeeds_once_it_is_mended(monkeypatch):
    wires = [None, replaying({"jobs": [], "total_count": 0})]
    server = build_server(
        lambda: Connections({"default": SETTINGS}, DrivenClock(), lambda: wires.pop(0)),
        RenderOptions(),
    )
    monkeypatch.setenv("SSL_CERT_FILE", os.devnull)
    async with Client(server) as client:
        assert "SSL_CERT_FILE" in error_of(await client.call_tool("list_jobs", {}))
        answer_of(await client.call_tool("list_jobs", {}))

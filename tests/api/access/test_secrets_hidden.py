"""Secrets where other tests do not look: real sockets, MCP, the command line, tracebacks."""

import logging
import os
import subprocess
import sys
from datetime import UTC, datetime
from io import StringIO

import httpx2
import pytest
from pydantic import ValidationError

from drs_mcp.api.access.exchange import BufferedResponse
from drs_mcp.api.connections import Connections
from drs_mcp.clock import SystemClock
from drs_mcp.errors import ApiError, DrsError, NotAuthenticated, SettingsError
from drs_mcp.observe import stderr_log
from drs_mcp.settings import Settings, from_environment
from drs_mcp.simulator import PASSWORD, PROJECT_ID, MetadataService, Simulator
from drs_mcp.tools.jobs import list_jobs
from tests.support.cloud import Cloud, settings_of
from tests.support.credential_cases import HOME, HW_USER, KEYS, OURS, SDK, TEMPORARY, USERS, given
from tests.support.credential_failures import FAILING
from tests.support.loopback import running_app
from tests.support.planted_secrets import (
    PLANTED,
    WRONG_ACCESS_KEY,
    WRONG_PASSWORD,
    WRONG_SECRET_KEY,
    WRONG_TOKEN,
    assert_no_secrets,
    parts_of,
    texts_of,
)
from tests.support.tool_calls import client_over, error_of

CREDENTIALS = {
    "token": {"DRS_MCP_TOKEN": "demo-token-that-never-expires"},
    "wrong token": {"DRS_MCP_TOKEN": WRONG_TOKEN},
    "keys": given(SDK, KEYS),
    "unknown keys": given(SDK, (WRONG_ACCESS_KEY, WRONG_SECRET_KEY)),
    "temporary keys": given(SDK, TEMPORARY),
    "user": given(OURS, USERS),
    "wrong password": given(OURS, (USERS[0], WRONG_PASSWORD, USERS[2])),
    "agency": {},
}


@pytest.fixture(scope="module")
def loopback():
    """Where DRS with its IAM, and the metadata service, answer over real sockets."""
    simulator = Simulator(now=lambda: datetime.now(UTC), scenarios=["shop-mysql-sync"])
    with running_app(simulator.app) as drs, running_app(MetadataService(simulator).app) as ecs:
        yield {
            "DRS_MCP_REGION": "cn-north-4",
            "DRS_MCP_ENDPOINT": f"http://127.0.0.1:{drs}",
            "DRS_MCP_IAM_ENDPOINT": f"http://127.0.0.1:{drs}",
            "DRS_MCP_METADATA_ENDPOINT": f"http://127.0.0.1:{ecs}",
        }


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("kind", CREDENTIALS)
async def test_a_debug_log_over_real_sockets_holds_no_secret(
    kind, loopback, tmp_path, check_secrets, anyio_backend
):
    # There the HTTP library would log whole headers: X-Subject-Token among them.
    settings = settings_of({**loopback, **CREDENTIALS[kind]}, tmp_path)
    logging.getLogger("drs_mcp").debug("the log is listened to")
    async with Connections({"default": settings}, SystemClock()) as opened:
        if "wrong" in kind or "unknown" in kind:
            with pytest.raises(NotAuthenticated) as raised:
                await list_jobs(await opened.open())
            check_secrets(raised.value)
        else:
            assert (await list_jobs(await opened.open())).jobs.total == 1
        check_secrets(*parts_of(opened))


def test_the_log_of_the_tests_above_would_show_one(check_secrets, caplog):
    for name in ("httpx2", "httpcore2"):
        assert logging.getLogger(name).getEffectiveLevel() >= logging.WARNING
    assert logging.getLogger("drs_mcp").getEffectiveLevel() == logging.DEBUG
    with pytest.raises(AssertionError, match="is in"):
        assert_no_secrets([f"a line with {PASSWORD}"])


OF_EACH_SOURCE = {case.source: case for case in FAILING}.values()


@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("case", OF_EACH_SOURCE, ids=str)
async def test_an_assistant_reads_the_error_and_no_secret(
    case, tmp_path, check_secrets, anyio_backend
):
    environ = {name: value.replace(HOME, str(tmp_path)) for name, value in case.environ.items()}
    for name, text in case.files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    cloud = Cloud(**case.cloud)
    case.prepare(cloud)
    settings = settings_of({**environ, "DRS_MCP_PROJECT_ID": PROJECT_ID}, tmp_path)
    async with client_over(cloud, settings=settings) as client:
        text = error_of(await client.call_tool("list_jobs", {}))
    said = text.removeprefix("Error executing tool list_jobs: ").partition(" (HTTP")[0]
    assert said == case.says.partition(" (HTTP")[0]
    assert_no_secrets([text])


@pytest.mark.parametrize("arguments", [["call", "list_jobs"], ["doctor"], ["doctor", "--json"]])
def test_the_command_line_says_what_is_wrong_without_a_secret(arguments, loopback, tmp_path):
    environ = {
        **loopback,
        **given(HW_USER, (USERS[0], WRONG_PASSWORD, USERS[2])),
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "COLUMNS": "80",
    }
    command = [sys.executable, "-m", "drs_mcp", *arguments]
    ran = subprocess.run(
        command, capture_output=True, text=True, env=environ, timeout=60, check=False
    )
    assert ran.returncode == 1
    printed = ran.stdout + ran.stderr
    assert "HW_USER_PASSWORD" in printed
    assert "Traceback" not in printed
    assert_no_secrets([printed])


@pytest.mark.anyio
async def test_a_traceback_in_the_log_shows_neither_locals_nor_secrets(
    anyio_backend, check_secrets
):
    cloud = Cloud()
    cloud.simulator.faults.cut_off(None)
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(stderr_log.SafeFormatter("%(message)s"))
    logger = logging.getLogger("drs_mcp.test")
    logger.addHandler(handler)
    try:
        async with cloud.connected(settings_of(given(SDK, TEMPORARY), "")) as opened:
            await cloud.listed(opened)
    except* DrsError as group:
        logger.exception("it failed with %r", WRONG_ACCESS_KEY[:0])
        check_secrets(group)
    finally:
        logger.removeHandler(handler)
    assert "RemoteProtocolError" in stream.getvalue()
    assert_no_secrets([stream.getvalue()])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HUAWEICLOUD_SDK_AK", "planted" * 40),
        ("DRS_MCP_USER", "planted" * 40),
        ("DRS_MCP_REGION", "planted/secret"),
        ("DRS_MCP_PROJECT_ID", "planted-secret!"),
        ("HUAWEICLOUD_SDK_CREDENTIALS_FILE", "planted" * 200),
        ("DRS_MCP_TOKEN", "planted\udcff"),
        ("DRS_MCP_PASSWORD", "planted\udcff"),
        ("HUAWEICLOUD_SDK_SK", "planted\udcff"),
        ("HUAWEICLOUD_SDK_SECURITY_TOKEN", "planted\udcff"),
        ("DRS_MCP_USER", "planted\udcff"),
    ],
)
def test_a_value_in_the_wrong_variable_is_not_repeated(name, value):
    with pytest.raises(SettingsError) as raised:
        from_environment({SDK[1]: WRONG_SECRET_KEY, name: value})
    assert name in str(raised.value)
    assert_no_secrets(texts_of(raised.value))


def test_a_setting_of_the_wrong_type_is_not_repeated():
    for name in ("token", "secret_key", "security_token", "password", "access_key", "region"):
        with pytest.raises(ValidationError) as raised:
            Settings.model_validate({"token": WRONG_TOKEN} | {name: ["planted"]})
        assert_no_secrets([str(raised.value), repr(raised.value)])


def test_an_answer_with_a_token_or_keys_shows_none_of_them():
    headers = httpx2.Headers({"X-Subject-Token": "planted"})
    assert_no_secrets([repr(BufferedResponse(201, headers, {"secret": "planted"}, "planted"))])


@pytest.mark.anyio
@pytest.mark.parametrize(
    "said",
    [
        "Incorrect IAM authentication information: ak {ak} not exist",
        "Get secretKey failed,ak:{ak},err:ak not exist",
        "The signature of {ak} with {sk} and {token} is wrong",
        'unexpected "{ak}\\"',
    ],
)
async def test_a_gateway_that_repeats_credentials_is_not_repeated(said, ask):
    ak, sk, token = TEMPORARY
    body = {"error_code": "APIGW.0301", "error_msg": said.format(ak=ak, sk=sk, token=token)}
    cloud = Cloud()
    for host in cloud.hosts:
        cloud.hosts[host] = httpx2.MockTransport(lambda _: httpx2.Response(401, json=body))
    for project_id in ("", PROJECT_ID):
        environ = {**given(SDK, TEMPORARY), "DRS_MCP_PROJECT_ID": project_id}
        with pytest.raises(ApiError) as raised:
            await ask(cloud, settings_of(environ, ""))
        assert "***" in raised.value.said


def test_every_secret_of_the_embedded_cloud_is_among_the_planted():
    assert {PASSWORD, *KEYS, *TEMPORARY[2:]} <= set(PLANTED)
    assert all(any(one in value for one in PLANTED) for value in TEMPORARY)

"""`drs-mcp doctor`: one sentence and one fix for each way in which it can go wrong."""

import importlib.util
import io
import json
import logging
import os
import re
from pathlib import Path

import httpx2
import pytest
from click.testing import CliRunner
from pydantic import SecretStr
from rich.console import Console

from drs_mcp import __version__
from drs_mcp.api.http.faults import BAD_PROJECT, fault
from drs_mcp.commands.main import main
from drs_mcp.doctor import Case, Check, case_of, examine
from drs_mcp.doctor.report import TITLES
from drs_mcp.doctor.show import ReportPrinter
from drs_mcp.errors import NotPermitted
from drs_mcp.observe import stderr_log
from drs_mcp.settings import VARIABLES, Settings
from drs_mcp.simulator import (
    ACCESS_KEY,
    DOMAIN,
    PASSWORD,
    PROJECT_ID,
    REGION,
    SECRET_KEY,
    SECURITY_TOKEN,
    TEMPORARY_ACCESS_KEY,
    TEMPORARY_SECRET_KEY,
    TOKEN,
    USER,
    MetadataService,
    Simulator,
    World,
)
from tests.commands.test_commands import run
from tests.conftest import DrivenClock
from tests.support.loopback import Authority, closed_port, connect_proxy, running_app
from tests.support.snapshot import matches

pytestmark = pytest.mark.anyio

WRONG_TOKEN = "MIIplanted-wrong-token"
WRONG_SECRET = "planted/Wrong+Secret=Key0000000000000001"
WRONG_PASSWORD = "Planted-Wrong#2026"
WRONG_ACCESS_KEY = "PLANTEDACCESSKEY0001"
PROXY_PASSWORD = "planted-proxy-password"
PLANTED = (
    TOKEN,
    ACCESS_KEY,
    SECRET_KEY,
    TEMPORARY_ACCESS_KEY,
    TEMPORARY_SECRET_KEY,
    SECURITY_TOKEN,
    PASSWORD,
    WRONG_TOKEN,
    WRONG_SECRET,
    WRONG_PASSWORD,
    WRONG_ACCESS_KEY,
    PROXY_PASSWORD,
    "demo-token-",  # what the embedded IAM issues
)

BASE = {"region": REGION, "endpoint": "http://localhost", "iam_endpoint": "http://localhost"}
HOME = {"home": "/nonexistent"}
WITH_TOKEN = {"project_id": PROJECT_ID, "token": TOKEN}
WITH_KEYS = {"access_key": ACCESS_KEY, "secret_key": SECRET_KEY}
WITH_PASSWORD = {"user": USER, "password": PASSWORD, "domain": DOMAIN}
TEMPORARY = {
    "access_key": TEMPORARY_ACCESS_KEY,
    "secret_key": TEMPORARY_SECRET_KEY,
    "security_token": SECURITY_TOKEN,
}


@pytest.fixture
def anyio_backend():
    return "asyncio"  # a command has one event loop, and the doctor's is asyncio


@pytest.fixture(autouse=True)
def bare(monkeypatch):
    """An environment that says nothing about proxies, certificates or this product."""
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith(
            ("DRS_MCP_", "HUAWEICLOUD_", "HW_", "OS_", "SSL_CERT_")
        ):
            monkeypatch.delenv(name)
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "AWS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def logged():
    """Everything is logged as the command would at its loudest, and holds no secret."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    out = io.StringIO()
    stderr_log.configure("DEBUG", out)
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    assert_safe(out.getvalue())


def assert_safe(text):
    for secret in PLANTED:
        assert secret not in text


def simulator(**options):
    return Simulator(**({"scenarios": ["erp-oracle-gauss"]} | options))


def shown(report):
    """The report as a terminal of 80 columns without colour shows it."""
    out = io.StringIO()
    show = ReportPrinter(Console(file=out, width=80, highlight=False))
    show.title(report.version, report.profile)
    for check in report.checks:
        show.check(check)
    show.end(report)
    return out.getvalue()


def masked(text):
    """What differs from machine to machine; the length of ports stays, and so the line breaks."""
    text = text.replace(__version__, "VERSION")
    text = re.sub(r'"addresses":\d+', '"addresses":1', text)
    return re.sub(r"(127\.0\.0\.1|localhost):\d+", lambda found: f"{found[1]}:PORT0", text)


def snapshot(name, report):
    text = masked(shown(report))
    path = Path(__file__).parents[1] / "snapshots" / f"doctor-{name}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(text, "utf-8")
    assert text == path.read_text("utf-8")
    matches(f"doctor-{name}", json.loads(masked(report.model_dump_json())))


async def examined(given, wire=None, *, clock=None, name=None):
    """The report on these settings, with what holds for every report."""
    settings = given
    if isinstance(given, dict):
        origins = {setting: VARIABLES[setting][0] for setting in given if setting != "home"}
        settings = Settings.model_validate(HOME | given | {"origins": origins})
    case = Case("default", settings, clock or DrivenClock(), lambda: wire)
    wording = []
    report = await examine(case, wording.append)
    text, as_json = shown(report), report.model_dump_json()
    assert_safe(text)
    assert_safe(as_json)
    assert_safe(repr(case))
    assert max(map(len, text.splitlines())) <= 80
    assert text.isascii()
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    assert list(report.checks) == wording
    assert [check.id for check in report.checks] == list(TITLES)
    assert report.exit_code == (1 if any(one.outcome == "failed" for one in report.checks) else 0)
    for check in report.checks:
        assert check.found.endswith((".", "!"))
        if check.outcome in ("failed", "warning"):
            assert check.fix, check.id
            assert "broke off" not in check.found
    if name:
        snapshot(name, report)
    return report


def wired(drs=None):
    return httpx2.ASGITransport(app=(drs or simulator()).app)


def outcomes(report):
    """What is not well, by the checks' names."""
    return {check.id: check.outcome for check in report.checks if check.outcome != "ok"}


def found(report, name):
    return next(check for check in report.checks if check.id == name)


def skipped(*names):
    return dict.fromkeys(names, "skipped")


AFTER_SETTINGS = [name for name in TITLES if name not in ("settings", "files", "audit")]
AFTER_PERMISSION = ("task", "api")
AFTER_PROJECT = ("permission", *AFTER_PERMISSION)
AFTER_ACCEPTED = ("project", "permission", "task", "latency", "api")
AFTER_DRS = ("accepted", *AFTER_ACCEPTED)


# -- all is well -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "name", "wording"),
    [
        (WITH_TOKEN, "well-token", "A token from DRS_MCP_TOKEN."),
        (WITH_KEYS, "well-keys", "Access key and secret key from HUAWEICLOUD_SDK_AK."),
        (TEMPORARY, "well-temporary-keys", "Temporary keys from HUAWEICLOUD_SDK_AK."),
        (WITH_PASSWORD, "well-password", "A token from IAM user and password, good until"),
    ],
    ids=["token", "keys", "temporary keys", "password"],
)
async def test_all_is_well(given, name, wording):
    report = await examined(BASE | given, wired(), name=name)
    assert outcomes(report) == {}
    assert report.headline == "It works."
    assert found(report, "credential").found.startswith(wording)
    assert found(report, "project").found.startswith(f"Its ID begins with {PROJECT_ID[:8]}, ")
    assert PROJECT_ID not in report.model_dump_json()


async def test_the_files_of_the_vendors_tools_are_a_source_too(tmp_path):
    folder = tmp_path / ".huaweicloud"
    folder.mkdir()
    (folder / "credentials").write_text(f"[basic]\nak={ACCESS_KEY}\nsk={SECRET_KEY}\n", "utf-8")
    report = await examined(BASE | {"home": str(tmp_path)}, wired())
    assert outcomes(report) == {}
    assert "Credentials: ~/.huaweicloud/credentials." in found(report, "settings").found


async def test_no_tasks_are_no_failure():
    report = await examined(BASE | WITH_TOKEN, wired(Simulator(world=World([]))), name="no-tasks")
    assert outcomes(report) == {"task": "skipped"}
    assert found(report, "permission").measured == {"tasks": 0}


# -- settings ----------------------------------------------------------------------------------


async def test_no_settings_at_all():
    report = await examined({}, name="no-settings")
    assert outcomes(report) == {"settings": "failed", **skipped(*AFTER_SETTINGS)}


@pytest.mark.parametrize(
    ("environ", "wording", "fix"),
    [
        (
            {"HUAWEICLOUD_SDK_AK": ACCESS_KEY},
            "HUAWEICLOUD_SDK_AK is set, but not HUAWEICLOUD_SDK_SK.",
            "Set HUAWEICLOUD_SDK_SK too, or unset HUAWEICLOUD_SDK_AK.",
        ),
        (
            {"HW_SECRET_KEY": SECRET_KEY},
            "HW_SECRET_KEY is set, but not HW_ACCESS_KEY.",
            "Set HW_ACCESS_KEY too, or unset HW_SECRET_KEY.",
        ),
        (
            {"DRS_MCP_USER": USER, "DRS_MCP_DOMAIN": DOMAIN},
            "DRS_MCP_USER is set, but not DRS_MCP_PASSWORD.",
            "Set DRS_MCP_PASSWORD too, or unset DRS_MCP_USER and DRS_MCP_DOMAIN.",
        ),
        (
            {"OS_PASSWORD": PASSWORD},
            "OS_PASSWORD is set, but not OS_USERNAME and OS_DOMAIN_NAME.",
            "Set OS_USERNAME and OS_DOMAIN_NAME too, or unset OS_PASSWORD.",
        ),
    ],
)
async def test_credentials_given_by_half_name_the_other_half(environ, wording, fix):
    case = case_of({"DRS_MCP_REGION": REGION} | environ)
    report = await examined(case.settings)
    assert outcomes(report) == {"settings": "failed", **skipped(*AFTER_SETTINGS)}
    assert (found(report, "settings").found, found(report, "settings").fix) == (wording, fix)


async def test_half_a_pair_of_keys_is_told_as_a_person_reads_it():
    case = case_of({"DRS_MCP_REGION": REGION, "HUAWEICLOUD_SDK_AK": ACCESS_KEY})
    await examined(case.settings, name="half-keys")


async def test_what_is_given_by_half_but_not_used_is_a_warning():
    environ = {
        "DRS_MCP_REGION": REGION,
        "DRS_MCP_ENDPOINT": "http://localhost",
        "DRS_MCP_IAM_ENDPOINT": "http://localhost",
        "DRS_MCP_PROJECT_ID": PROJECT_ID,
        "DRS_MCP_TOKEN": TOKEN,
        "HUAWEICLOUD_SDK_AK": ACCESS_KEY,
    }
    report = await examined(case_of(environ).settings, wired())
    assert outcomes(report) == {"settings": "warning"}
    assert report.exit_code == 0
    assert "HUAWEICLOUD_SDK_AK without HUAWEICLOUD_SDK_SK" in found(report, "settings").found


async def test_an_accounts_name_beside_keys_is_no_half():
    report = await examined(BASE | WITH_KEYS | {"domain": DOMAIN}, wired())
    assert outcomes(report) == {}


async def test_settings_are_told_by_name_and_never_by_value():
    environ = {
        "DRS_MCP_REGION": "eu-west-101_secretteam",
        "HW_USER_NAME": "planted-user",
        "HW_USER_PASSWORD": WRONG_PASSWORD,
        "HW_DOMAIN_NAME": "planted-domain",
    }
    report = await examined(case_of(environ | {"DRS_MCP_ENDPOINT": "http://localhost"}).settings)
    settings = found(report, "settings")
    assert settings.details == (
        "Read: DRS_MCP_REGION, DRS_MCP_ENDPOINT, HW_USER_NAME, HW_USER_PASSWORD, HW_DOMAIN_NAME.",
    )
    for value in ("secretteam", "planted"):
        assert value not in settings.model_dump_json()


@pytest.mark.parametrize(
    ("environ", "wording"),
    [
        ({"DRS_MCP_REGION": "Narnia"}, "DRS_MCP_REGION must be a region ID"),
        ({"DRS_MCP_REGION": "xx-nowhere-1"}, "DRS_MCP_REGION names no known region."),
        ({"DRS_MCP_REGION": REGION, "DRS_MCP_ENDPOINT": "ftp://planted"}, "DRS_MCP_ENDPOINT must"),
        ({"DRS_MCP_CONFIG": "/nonexistent"}, "DRS_MCP_CONFIG: the file cannot be read"),
        ({"DRS_MCP_TOKEN": TOKEN}, "DRS_MCP_REGION is not set. Credentials: DRS_MCP_TOKEN."),
    ],
)
async def test_settings_that_cannot_be_used(environ, wording):
    report = await examined(case_of({"DRS_MCP_TOKEN": TOKEN} | environ).settings)
    assert outcomes(report) == {"settings": "failed", **skipped(*AFTER_SETTINGS)}
    assert wording in found(report, "settings").found
    assert "planted" not in report.model_dump_json()


async def test_profiles_are_examined_by_name_and_an_unknown_one_lists_those_there_are(tmp_path):
    config = tmp_path / "drs.toml"
    config.write_text(
        f'default = "prod"\n[profiles.prod]\nregion = "{REGION}"\ntoken = "{TOKEN}"\n'
        f'[profiles.lab]\nregion = "{REGION}"\naccess_key = "{ACCESS_KEY}"\nsecret_key_env = "SK"\n',
        "utf-8",
    )
    environ = {"DRS_MCP_CONFIG": str(config), "SK": SECRET_KEY}
    assert case_of(environ).profile == "prod"
    wire = httpx2.MockTransport(lambda _: httpx2.Response(404))
    lab = await examined(case_of(environ, "lab").settings, wire)
    assert found(lab, "settings").details == (
        "Read: DRS_MCP_CONFIG profile lab: region, access_key, secret_key_env.",
    )
    unknown = await examined(case_of(environ, "production").settings)
    assert found(unknown, "settings").fix == "Known profiles: lab, prod."


# -- the way to DRS and IAM --------------------------------------------------------------------


async def test_plain_http_on_loopback_is_no_failure():
    with running_app(simulator().app) as port:
        origin = f"http://127.0.0.1:{port}"
        given = BASE | {"endpoint": origin, "iam_endpoint": origin} | WITH_KEYS
        report = await examined(given, name="well-loopback")
    assert outcomes(report) == {}


async def test_an_endpoint_that_refuses_the_connection():
    port = closed_port()
    given = BASE | {"endpoint": f"http://127.0.0.1:{port}"} | WITH_TOKEN
    with running_app(simulator().app) as iam:
        given["iam_endpoint"] = f"http://127.0.0.1:{iam}"
        report = await examined(given, name="unreachable")
    assert outcomes(report) == {"drs": "failed", **skipped(*AFTER_DRS)}
    assert found(report, "drs").found == f"127.0.0.1:{port} refuses the connection."


async def test_an_endpoint_whose_name_does_not_resolve():
    given = {"region": REGION, "endpoint": "https://drs.planet.invalid"} | WITH_TOKEN
    report = await examined(given, name="unresolved")
    assert outcomes(report) == {"drs": "failed", **skipped("iam", "clock", *AFTER_DRS)}
    assert found(report, "drs").found == "The name of drs.planet.invalid does not resolve."
    assert "DRS_MCP_ENDPOINT" in found(report, "drs").fix


async def test_an_iam_that_is_not_needed_is_a_warning_and_one_that_is_needed_a_failure():
    with running_app(simulator().app) as port:
        given = BASE | {
            "endpoint": f"http://127.0.0.1:{port}",
            "iam_endpoint": f"http://127.0.0.1:{closed_port()}",
        }
        report = await examined(given | WITH_TOKEN)
        assert outcomes(report) == {"iam": "warning"}
        assert report.exit_code == 0
        report = await examined(given | WITH_KEYS)
        assert outcomes(report) == {"iam": "failed", **skipped(*AFTER_DRS)}
        report = await examined(given | WITH_PASSWORD, name="no-iam")
        assert outcomes(report) == {"iam": "failed", **skipped("credential", *AFTER_DRS)}


async def test_another_cloud_without_an_iam_needs_the_project_id():
    given = {"region": "eu-de", "endpoint": "http://localhost"}
    report = await examined(given | WITH_TOKEN, wired())
    assert outcomes(report) == {"iam": "skipped"}
    report = await examined(given | WITH_KEYS, wired())
    assert outcomes(report) == {"iam": "failed", **skipped(*AFTER_DRS)}


async def test_tls_from_an_unknown_ca_is_told_as_that_and_passes_with_ssl_cert_file(
    tmp_path, monkeypatch
):
    authority = Authority(tmp_path)
    with running_app(simulator().app, **authority.server()) as port:
        origin = f"https://localhost:{port}"
        given = BASE | {"endpoint": origin, "iam_endpoint": origin} | WITH_TOKEN
        report = await examined(given, name="unknown-ca")
        assert outcomes(report) == {
            "drs": "failed",
            "iam": "warning",
            **skipped("clock", *AFTER_DRS),
        }
        assert "signed by a CA that this machine does not know" in found(report, "drs").found
        assert "SSL_CERT_FILE" in found(report, "drs").fix

        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(authority.file))
        report = await examined(given)
        assert "REQUESTS_CA_BUNDLE is set, but not read" in found(report, "drs").fix

        monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
        report = await examined(given, name="well-own-ca")
        assert outcomes(report) == {}

        other = Authority(tmp_path / "..")
        monkeypatch.setenv("SSL_CERT_FILE", str(other.file))
        report = await examined(given)
        assert "SSL_CERT_FILE stands in for the system's store" in found(report, "drs").fix


@pytest.mark.parametrize(
    ("certificate", "wording"),
    [
        ({"days": -1}, "has expired."),
        ({"names": ("drs.example.com",)}, "is for another name."),
    ],
)
async def test_other_faults_of_certificates_are_told_as_what_they_are(
    certificate, wording, tmp_path, monkeypatch
):
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with running_app(simulator().app, **authority.server(**certificate)) as port:
        given = BASE | {"endpoint": f"https://localhost:{port}"} | WITH_TOKEN
        report = await examined(given | {"iam_endpoint": ""})
    assert found(report, "drs").found == f"The certificate of localhost:{port} {wording}"


async def test_certificates_that_cannot_be_read_are_told_by_their_variable(monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent/planted.pem")
    report = await examined(BASE | {"endpoint": "https://drs.planet.invalid"} | WITH_TOKEN)
    assert found(report, "drs").found == "SSL_CERT_FILE names no certificates that can be read."
    assert "planted" not in report.model_dump_json()


async def test_a_port_without_tls():
    with running_app(simulator().app) as port:
        given = BASE | {"endpoint": f"https://localhost:{port}", "iam_endpoint": ""} | WITH_TOKEN
        report = await examined(given)
    assert found(report, "drs").found == f"localhost:{port} does not speak TLS."


async def test_an_answer_that_is_no_http_and_one_that_never_comes():
    for error, wording in (
        (httpx2.RemoteProtocolError("x"), "cannot be connected to"),
        (httpx2.ConnectTimeout("x"), "cannot be connected to"),
    ):

        def raises(_, error=error):
            raise error

        report = await examined(BASE | WITH_TOKEN, httpx2.MockTransport(raises))
        assert wording in found(report, "drs").found


# -- proxies -----------------------------------------------------------------------------------


async def test_a_proxy_is_told_by_its_variable_and_without_its_password(tmp_path, monkeypatch):
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with running_app(simulator().app, **authority.server()) as port:
        async with connect_proxy() as (proxy, heads):
            monkeypatch.setenv("HTTPS_PROXY", f"http://me:{PROXY_PASSWORD}@127.0.0.1:{proxy}")
            origin = f"https://localhost:{port}"
            given = BASE | {"endpoint": origin, "iam_endpoint": origin} | WITH_KEYS
            report = await examined(given, name="well-proxy")
            assert outcomes(report) == {}
            assert "(HTTPS_PROXY)" in found(report, "drs").found
            assert heads[0].startswith(f"CONNECT localhost:{port} HTTP/1.1\r\n")
            assert "Proxy-Authorization: Basic" in heads[0]

            seen = len(heads)
            monkeypatch.setenv("NO_PROXY", "localhost")
            report = await examined(given)
            assert outcomes(report) == {}
            assert "proxy" not in found(report, "drs").found
            assert len(heads) == seen


@pytest.mark.parametrize(
    ("refusal", "fix"),
    [
        ("407 Proxy Authentication Required planted", "http://USER:PASSWORD@HOST:PORT"),
        ("403 Forbidden planted", "NO_PROXY"),
    ],
)
async def test_a_proxy_that_refuses(refusal, fix, monkeypatch):
    async with connect_proxy(refusal) as (proxy, _):
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy}")
        report = await examined({"region": REGION} | WITH_TOKEN)
    drs = found(report, "drs")
    assert drs.found == (
        f"The proxy 127.0.0.1:{proxy} (https_proxy) refuses "
        f"drs.cn-north-4.myhuaweicloud.com (HTTP {refusal[:3]})."
    )
    assert fix in drs.fix
    assert "planted" not in report.model_dump_json()


async def test_a_proxy_that_is_not_there(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:{PROXY_PASSWORD}@127.0.0.1:{closed_port()}")
    report = await examined({"region": REGION} | WITH_TOKEN, name="no-proxy")
    assert outcomes(report) == {"drs": "failed", "iam": "warning", **skipped("clock", *AFTER_DRS)}
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:{PROXY_PASSWORD}@proxy.invalid:3128")
    report = await examined({"region": REGION} | WITH_TOKEN)
    assert found(report, "drs").found == (
        "The name of the proxy proxy.invalid:3128 (HTTPS_PROXY) does not resolve."
    )


@pytest.mark.parametrize(
    ("proxy", "wording"),
    [
        (f"ftp://me:{PROXY_PASSWORD}@proxy.invalid", "is no URL of a proxy (ALL_PROXY)."),
        pytest.param(
            f"socks5://me:{PROXY_PASSWORD}@proxy.invalid",
            "A SOCKS proxy is set (ALL_PROXY), which needs the package socksio.",
            marks=pytest.mark.skipif(
                importlib.util.find_spec("socksio") is not None, reason="socksio is here"
            ),
        ),
    ],
)
async def test_a_proxy_that_cannot_be_used(proxy, wording, monkeypatch):
    monkeypatch.setenv("ALL_PROXY", proxy)
    report = await examined({"region": REGION} | WITH_TOKEN)
    assert wording in found(report, "drs").found


# -- the clock ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("off", "wording", "outcome"),
    [
        (59, "is right, to 59 s.", "ok"),
        (60, "is 60 s ahead.", "warning"),
        (-90, "is 90 s behind.", "warning"),
        (599, "is 599 s ahead.", "warning"),
        (600, "is 10 min ahead.", "failed"),
        (-1000, "is 17 min behind.", "failed"),
        (8 * 3600, "is 8 h ahead.", "failed"),
        (-40 * 86_400, "is 40 days behind.", "failed"),
    ],
)
async def test_a_clock_that_is_off_is_told_with_its_size_and_direction(off, wording, outcome):
    clock = DrivenClock()
    clock.forward(off)
    report = await examined(BASE | WITH_KEYS, wired(), clock=clock)
    check = found(report, "clock")
    assert (check.found, check.outcome) == (f"This machine's clock {wording}", outcome)
    assert check.measured == {"ahead_s": off}
    expected = {} if outcome == "ok" else {"clock": outcome}
    assert outcomes(report) == expected | (skipped(*AFTER_DRS) if outcome == "failed" else {})


@pytest.mark.parametrize(("off", "name"), [(1200, "clock-ahead"), (-1200, "clock-behind")])
async def test_a_skewed_clock_as_a_person_reads_it(off, name):
    clock = DrivenClock()
    clock.forward(off)
    await examined(BASE | WITH_KEYS, wired(), clock=clock, name=name)


@pytest.mark.parametrize("off", [1200, -1200])
async def test_with_a_token_the_clock_is_a_warning_only(off):
    clock = DrivenClock()
    clock.forward(off)
    report = await examined(BASE | WITH_TOKEN, wired(), clock=clock)
    assert outcomes(report) == {"clock": "warning"}
    assert report.exit_code == 0


async def test_without_a_date_nothing_is_said_of_the_clock():
    wire = httpx2.MockTransport(lambda _: httpx2.Response(200, json={"jobs": [], "total_count": 0}))
    report = await examined(BASE | WITH_TOKEN, wire)
    assert outcomes(report) == {"clock": "skipped", "task": "skipped"}


# -- credentials, project, rights --------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "wording", "fix"),
    [
        (
            WITH_KEYS | {"secret_key": WRONG_SECRET, "project_id": PROJECT_ID},
            "The credentials of HUAWEICLOUD_SDK_AK were refused by DRS (HTTP 401, APIGW.0301).",
            "belong together",
        ),
        (
            WITH_KEYS | {"access_key": WRONG_ACCESS_KEY, "project_id": PROJECT_ID},
            "The credentials of HUAWEICLOUD_SDK_AK were refused by DRS (HTTP 401, APIGW.0301).",
            "belong together",
        ),
        (
            WITH_KEYS | {"secret_key": WRONG_SECRET},
            "The credentials of HUAWEICLOUD_SDK_AK were refused by IAM (HTTP 401, APIGW.0301).",
            "belong together",
        ),
        (
            TEMPORARY | {"security_token": "", "project_id": PROJECT_ID},
            "The credentials of HUAWEICLOUD_SDK_AK were refused by DRS (HTTP 401, APIGW.0301).",
            "security token",
        ),
        (
            WITH_TOKEN | {"token": WRONG_TOKEN},
            "The credentials of DRS_MCP_TOKEN were refused by DRS (HTTP 401, APIGW.0301).",
            "put a fresh one there",
        ),
        (
            WITH_TOKEN | {"token": WRONG_TOKEN} | WITH_KEYS,
            "The credentials of DRS_MCP_TOKEN were refused by DRS (HTTP 401, APIGW.0301).",
            "Or unset it to use what comes after: HUAWEICLOUD_SDK_AK, HUAWEICLOUD_SDK_SK.",
        ),
    ],
    ids=["wrong SK", "unknown AK", "wrong SK at IAM", "no security token", "token", "token first"],
)
async def test_refused_credentials(given, wording, fix):
    report = await examined(BASE | given, wired())
    assert outcomes(report) == {"accepted": "failed", **skipped(*AFTER_ACCEPTED)}
    accepted = found(report, "accepted")
    assert accepted.found == wording
    assert fix in accepted.fix
    assert accepted.said


async def test_a_wrong_secret_key_as_a_person_reads_it():
    given = BASE | WITH_KEYS | {"secret_key": WRONG_SECRET, "project_id": PROJECT_ID}
    await examined(given, wired(), name="wrong-sk")


async def test_an_expired_token():
    drs = simulator()
    drs.faults.expire_token(None, on="list")
    report = await examined(BASE | WITH_TOKEN, wired(drs), name="expired-token")
    assert outcomes(report) == {"accepted": "failed", **skipped(*AFTER_ACCEPTED)}


async def test_a_wrong_password_is_tried_once():
    drs = simulator()
    given = BASE | WITH_PASSWORD | {"password": WRONG_PASSWORD}
    report = await examined(given, wired(drs), name="wrong-password")
    assert outcomes(report) == {"credential": "failed", **skipped(*AFTER_DRS)}
    assert [request.kind for request in drs.requests].count("tokens") == 1


async def test_no_credentials_and_an_instance_without_an_agency():
    report = await examined(BASE, wired())
    assert outcomes(report) == {"credential": "failed", **skipped(*AFTER_DRS)}
    assert "agency" in found(report, "credential").found


async def test_the_keys_of_an_ecs_agency_are_used_and_never_shown():
    drs = simulator()
    service = MetadataService(drs)
    with running_app(drs.app) as port, running_app(service.app) as metadata:
        origin = f"http://127.0.0.1:{port}"
        given = {"region": REGION, "endpoint": origin, "iam_endpoint": origin}
        report = await examined(given | {"metadata_origin": f"http://127.0.0.1:{metadata}"})
    assert outcomes(report) == {}
    assert found(report, "credential").found.startswith("Temporary keys from the ECS agency, good")
    assert len(service.requests) == 2
    for secret in service._keys[:3]:
        assert secret not in report.model_dump_json()


async def test_no_credentials_and_no_ecs_instance():
    with running_app(simulator().app) as port:
        origin = f"http://127.0.0.1:{port}"
        given = {"region": REGION, "endpoint": origin, "iam_endpoint": origin}
        nowhere = {"metadata_origin": f"http://127.0.0.1:{closed_port()}"}
        report = await examined(given | nowhere, name="no-credentials")
    assert outcomes(report) == {"credential": "failed", **skipped(*AFTER_DRS)}


async def test_an_encrypted_koocli_file_is_told_as_such(tmp_path):
    folder = tmp_path / ".hcloud"
    folder.mkdir()
    profile = {"name": "default", "accessKeyId": "a+/=", "secretAccessKey": "b+/="}
    config = {"current": "default", "profiles": [profile]}
    (folder / "config.json").write_text(json.dumps(config), "utf-8")
    report = await examined(BASE | {"home": str(tmp_path)}, wired())
    assert "encrypted" in found(report, "credential").found


async def test_a_project_that_is_not_theirs():
    report = await examined(BASE | WITH_TOKEN | {"project_id": "f" * 32}, wired())
    assert outcomes(report) == {
        "project": "failed",
        **skipped(*AFTER_PROJECT),
    }
    assert "DRS_MCP_PROJECT_ID" in found(report, "project").fix


async def test_a_project_that_iam_does_not_know():
    report = await examined(BASE | WITH_KEYS | {"region": "cn-north-1"}, wired())
    assert outcomes(report) == {"project": "failed", **skipped(*AFTER_PROJECT)}
    assert found(report, "accepted").found == "IAM accepts the signature."


def test_codes_that_are_about_the_project_are_told_as_that():
    for code in BAD_PROJECT:
        error = fault(403, {}, {"error_code": code}, what="the task list", region=REGION)
        assert isinstance(error, NotPermitted)
        assert "the project ID does not belong" in str(error)


async def test_no_permission():
    drs = simulator()
    drs.faults.forbid(None, on="list")
    report = await examined(BASE | WITH_KEYS, wired(drs), name="no-permission")
    assert outcomes(report) == {"permission": "failed", **skipped(*AFTER_PERMISSION)}
    assert found(report, "latency").outcome == "ok"


async def test_a_task_that_may_not_be_read():
    drs = simulator()
    drs.faults.forbid(None, on="detail")
    report = await examined(BASE | WITH_TOKEN, wired(drs))
    assert outcomes(report) == {"task": "failed"}


# -- the answers -------------------------------------------------------------------------------


async def test_slow_calls_are_a_warning():
    clock, drs = DrivenClock(), None
    drs = simulator(sleep=clock.sleep, now=clock.utc_now)
    drs.faults.slow(5.0, None)
    report = await examined(BASE | WITH_TOKEN, wired(drs), clock=clock)
    assert outcomes(report) == {"latency": "warning"}
    assert found(report, "latency").measured == {"median_ms": 5000, "slowest_ms": 5000}


@pytest.mark.parametrize(
    ("body", "outcome"),
    [({"jobs": []}, "warning"), ({"tasks": [], "total_count": 0}, "failed")],
)
async def test_an_answer_that_is_not_as_documented(body, outcome):
    wire = httpx2.MockTransport(lambda _: httpx2.Response(200, json=body))
    report = await examined(BASE | WITH_TOKEN, wire)
    assert found(report, "api").outcome == outcome


@pytest.mark.parametrize(
    ("answer", "wording"),
    [
        (
            httpx2.Response(404, json={"error_code": "APIGW.0101"}),
            "This cloud or region offers the older API (v3) only",
        ),
        (httpx2.Response(500, json={"error_code": "DRS.M00004"}), "DRS itself failed (HTTP 500"),
        (httpx2.Response(200, text="<html>"), "The answer is not a JSON object"),
        (httpx2.Response(302, headers={"Location": "/x"}), "The endpoint answered with a redirect"),
    ],
)
async def test_what_is_no_answer_of_drs(answer, wording):
    wire = httpx2.MockTransport(lambda _: answer)
    report = await examined(BASE | WITH_TOKEN, wire)
    assert found(report, "accepted").found.startswith(wording)


async def test_scenarios_that_a_region_does_not_offer_are_a_warning():
    def answer(request):
        if request.url.params.get("job_type") in ("migration", "replay"):
            return httpx2.Response(400, json={"error_code": "DRS.M00202", "error_msg": "invalid"})
        return httpx2.Response(200, json={"jobs": [], "total_count": 3})

    report = await examined(BASE | WITH_TOKEN, httpx2.MockTransport(answer))
    check = found(report, "permission")
    assert (check.outcome, check.measured) == ("warning", {"tasks": 6})
    assert check.fix.startswith("Not listed: migration, replay.")


async def test_what_the_other_side_writes_is_quoted_and_never_repeats_a_secret():
    message = f"\x1b[31mtoken was {TOKEN} and\u202e nonsense"

    def answer(_):
        return httpx2.Response(401, json={"error_code": "APIGW.0301", "error_msg": message})

    report = await examined(BASE | WITH_TOKEN, httpx2.MockTransport(answer))
    said = found(report, "accepted").said
    assert "nonsense" in said
    assert "***" in said
    assert said.isprintable()


def test_a_terminal_that_knows_ascii_alone_shows_what_others_wrote(tmp_path):
    check = Check(id="accepted", outcome="failed", found="Refused.", fix="Ask.", said="令牌 token")
    path = tmp_path / "ascii.txt"
    with path.open("w", encoding="ascii") as out:
        ReportPrinter(Console(file=out, width=80)).check(check)
    assert '"?? token"' in path.read_text("ascii")


async def test_a_check_that_breaks_off_stops_no_other(monkeypatch):
    async def breaks(self):
        raise RuntimeError(SECRET_KEY)

    monkeypatch.setattr("drs_mcp.doctor.api_checks.ApiChecks.credential", breaks)
    settings = Settings.model_validate(HOME | BASE | WITH_TOKEN)
    report = await examine(Case("default", settings, DrivenClock(), wired))
    wording = found(report, "credential").found
    assert re.fullmatch(
        r"The check itself broke off \(RuntimeError, test_doctor\.py:\d+\)\.", wording
    )
    assert_safe(report.model_dump_json())


def test_what_is_examined_has_no_secret_in_its_repr():
    settings = Settings(access_key=ACCESS_KEY, secret_key=SecretStr(SECRET_KEY))
    assert_safe(repr(Case("default", settings)))


# -- the command -------------------------------------------------------------------------------


def test_the_command_examines_the_embedded_drs_and_prints_one_json_object():
    ran = run("doctor", "--demo", "--json")
    assert (ran.returncode, ran.stderr) == (0, "")
    report = json.loads(ran.stdout)
    assert ran.stdout.count("\n") == 1
    assert (report["outcome"], report["exit_code"], report["profile"]) == ("ok", 0, "demo")
    assert [check["id"] for check in report["checks"]] == list(TITLES)
    assert {tuple(check) for check in report["checks"]} == {
        ("id", "outcome", "found", "fix", "said", "details", "measured")
    }


def test_the_command_exits_with_1_when_a_check_failed_and_says_the_same_to_a_person(tmp_path):
    ran = run("doctor", HOME=str(tmp_path), DRS_MCP_TOKEN=TOKEN)
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "DRS_MCP_REGION is not set. Credentials: DRS_MCP_TOKEN." in " ".join(ran.stdout.split())
    assert ran.stdout.endswith("It does not work. Failed: settings.\n")
    assert "\x1b" not in ran.stdout
    assert max(map(len, ran.stdout.splitlines())) <= 80
    assert_safe(ran.stdout)


def test_the_command_tells_its_exit_codes():
    text = " ".join(CliRunner().invoke(main, ["doctor", "--help"]).output.split())
    assert (
        "Exit codes: 0 when all is well or there are warnings only, 1 when a check failed." in text
    )

"""What the doctor says of files that other users may read, and of an audit log that cannot be."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from drs_mcp.clock import SystemClock
from drs_mcp.doctor import case_of
from drs_mcp.doctor.audit_check import AuditSettings, check_audit
from drs_mcp.doctor.files_check import check_files
from tests.http.conftest import ALICE
from tests.test_stdio import QUIET, SERVE

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(sys.platform == "win32", reason="files have no modes there"),
]


def file_of(folder, name, mode=0o600, text="x"):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    path.chmod(mode)
    return str(path)


def files_check(environ):
    return check_files(case_of(environ).files)


async def audit_check(**environ):
    settings = AuditSettings.of({f"DRS_MCP_{name}": value for name, value in environ.items()})
    return await check_audit(settings, SystemClock())


def test_every_file_that_a_secret_comes_from_is_looked_at(tmp_path):
    config = file_of(
        tmp_path,
        "config.toml",
        0o644,
        "[profiles.a]\n"
        f"access_key_file = '{file_of(tmp_path, 'ak', 0o644)}'\n"
        f"secret_key_file = '{file_of(tmp_path, 'sk')}'\n"
        "[profiles.b]\n"
        f"token_file = '{file_of(tmp_path, 'token', 0o640)}'\n",
    )
    tokens = file_of(tmp_path, "tokens", 0o666, f"alice {ALICE}")
    environ = {"DRS_MCP_CONFIG": config, "DRS_MCP_HTTP_TOKENS_FILE": tokens}
    check = files_check(environ)
    assert check.outcome == "warning"
    assert check.found == (
        "Other users may read or change: DRS_MCP_CONFIG; DRS_MCP_CONFIG profile a: "
        "access_key_file; DRS_MCP_CONFIG profile b: token_file; DRS_MCP_HTTP_TOKENS_FILE."
    )
    assert "chmod 600" in check.fix
    assert str(tmp_path) not in check.model_dump_json()


@pytest.mark.parametrize("name", [".huaweicloud/credentials", ".hcloud/config.json"])
def test_the_vendors_files_are_looked_at_where_no_credentials_are_given(
    tmp_path, monkeypatch, name
):
    file_of(tmp_path, name, 0o644)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert f"~/{name}" in files_check({}).found
    assert files_check({"DRS_MCP_TOKEN": "x" * 40}).found == "None."


def test_files_that_are_closed_are_well(tmp_path):
    check = files_check({"DRS_MCP_TOKEN_FILE": file_of(tmp_path, "token")})
    assert check.outcome == "ok"
    assert check.details == ("Looked at: DRS_MCP_TOKEN_FILE.",)


async def test_an_audit_file_is_written_to_and_says_what_becomes_of_calls(tmp_path):
    file = tmp_path / "audit.jsonl"
    check = await audit_check(AUDIT=str(file))
    assert check.outcome == "ok"
    assert check.found.endswith("counted in the next, and no call fails.")
    assert json.loads(file.read_text("utf-8"))["tool"] == "doctor"
    check = await audit_check(AUDIT=str(file), AUDIT_REQUIRED="on")
    assert check.found.endswith("A call whose line cannot be written fails.")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has a disk that is full")
async def test_a_full_disk_is_told_without_saying_where_it_is(tmp_path):
    for place in ("/dev/full", str(tmp_path), str(tmp_path / "none" / "audit")):
        check = await audit_check(AUDIT=place, AUDIT_REQUIRED="on")
        assert check.outcome == "failed"
        assert check.found == (
            "No line can be written to the file of DRS_MCP_AUDIT. "
            "DRS_MCP_AUDIT_REQUIRED is on: every call fails."
        )
        assert place not in check.model_dump_json()


async def test_an_audit_file_that_others_may_read_is_told(tmp_path):
    check = await audit_check(AUDIT=file_of(tmp_path, "audit", 0o644))
    assert check.outcome == "warning"
    assert "chmod 600" in check.fix


@pytest.mark.parametrize(
    ("to", "found"),
    [
        ("", "Off over stdio, to stderr over HTTP."),
        ("off", "Off."),
        (
            "stderr",
            "To stderr. One that cannot be written is counted in the next, and no call fails.",
        ),
    ],
)
async def test_where_lines_go_without_a_file(to, found):
    assert (await audit_check(AUDIT=to)).found == found


async def test_settings_that_do_not_go_together_are_told():
    for environ in ({"AUDIT": "off", "AUDIT_REQUIRED": "on"}, {"AUDIT_REQUIRED": "planted"}):
        check = await audit_check(**environ)
        assert check.outcome == "failed"
        assert "planted" not in check.model_dump_json()


def test_the_server_tells_at_its_start_what_is_too_open(tmp_path):
    environ = {"DRS_MCP_TOKEN_FILE": file_of(tmp_path, "token", 0o644)}
    ran = subprocess.run(
        SERVE, env=QUIET | environ, input=b"", capture_output=True, timeout=60, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, b"")
    assert b"DRS_MCP_TOKEN_FILE: other users may read or change that file" in ran.stderr
    assert os.fsencode(tmp_path) not in ran.stderr


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("environ", "outcome", "found"),
    [
        ({"ACTIONS": "checks", "AUDIT": "off"}, "warning", "no action is sent without its line"),
        ({"ACTIONS": "checks"}, "ok", "To stderr: DRS_MCP_ACTIONS is on."),
        ({"ACTIONS": "checks", "AUDIT": "stderr"}, "ok", "To stderr."),
        ({"ACTIONS": "off", "AUDIT": "off"}, "ok", "Off."),
    ],
)
async def test_actions_that_could_leave_no_line_are_told(environ, outcome, found):
    check = await audit_check(**environ)
    assert check.outcome == outcome
    assert found in check.found

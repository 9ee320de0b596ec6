"""`drs-mcp serve --http`, as an operator starts it."""

import signal
import subprocess
import sys

import pytest

from tests.http.conftest import ALICE
from tests.test_stdio import QUIET, SERVE


def refused(*arguments, **environ):
    given = {f"DRS_MCP_HTTP_{name}": value for name, value in environ.items()}
    ran = subprocess.run(
        [*SERVE, "--demo", *arguments],
        capture_output=True,
        text=True,
        timeout=20,
        env=QUIET | given,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "Traceback" not in ran.stderr
    return ran.stderr


def test_off_loopback_it_does_not_start_without_authentication():
    output = refused("--http", "0.0.0.0:0")
    assert "DRS_MCP_HTTP_TOKENS_FILE" in output
    assert "DRS_MCP_HTTP_OAUTH_ISSUER" in output


def test_tokens_that_cannot_be_used_are_no_authentication():
    output = refused("--http", "0.0.0.0:0", TOKENS="alice:too-short-a-token")
    assert "DRS_MCP_HTTP_TOKENS, entry 1" in output
    assert "too-short" not in output


def test_a_file_of_tokens_that_is_not_there_is_told(tmp_path):
    output = refused("--http", "127.0.0.1:0", TOKENS_FILE=str(tmp_path / "none"))
    assert "DRS_MCP_HTTP_TOKENS_FILE cannot be read" in output


def test_an_address_of_another_form_is_told():
    assert "--http takes HOST:PORT" in refused("--http", "8000")


@pytest.mark.skipif(sys.platform == "win32", reason="signals end a process there")
def test_off_loopback_it_says_who_is_answered():
    with subprocess.Popen(
        [*SERVE, "--demo", "--http", "0.0.0.0:0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=QUIET | {"DRS_MCP_HTTP_TOKENS": f"alice:{ALICE}"},
    ) as process:
        output = [process.stderr.readline() for _ in range(2)]
        process.send_signal(signal.SIGTERM)
        rest = process.communicate(timeout=10)
    assert "static bearer tokens" in output[0]
    assert "DRS_MCP_HTTP_ALLOWED_HOSTS" in output[1]
    assert (process.returncode, *rest) == (0, "", "")
    assert ALICE not in "".join(output)

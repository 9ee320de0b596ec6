"""What a server that is reachable by anybody writes down: no token, and nothing that looks like
another line."""

import json
import logging

import anyio
import pytest

from drs_mcp.observe.stderr_log import SafeFormatter
from tests.http.conftest import ALICE, serving
from tests.http.issuer import AUDIENCE, ISSUER, Issuer, token
from tests.http.test_malformed_requests import HEAD, JSON, send_raw, sized
from tests.http.test_shutdown import ended, process

pytestmark = pytest.mark.anyio

TOKENS = f"alice:{ALICE}"
GUESS = "guess-0123456789-0123456789-0123456789"
FORGED = "2026-01-01 00:00:00,000 ERROR drs_mcp: forged"
C1 = b"\x9b2J\x9d0;x\x9c"
"""Escape sequences in one byte: the only control characters that a header can hold."""


@pytest.fixture
def written():
    """All that is logged at the loudest, as it would be written."""
    lines = []

    class Keeping(logging.Handler):
        def emit(self, record):
            if not record.name.startswith(("httpx2", "httpcore2", "mcp.client")):  # not ours
                lines.append(self.format(record))

    handler, root = Keeping(), logging.getLogger()
    handler.setFormatter(SafeFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(level)


async def test_no_token_is_ever_written_down_however_loud_the_log_and_wherever_it_is_put(written):
    elsewhere = {
        "Cookie": f"token={ALICE}",
        "Proxy-Authorization": f"Bearer {ALICE}",
        "Mcp-Session-Id": ALICE,
    }
    async with serving(TOKENS=TOKENS) as running:
        for given in (ALICE, GUESS, None):
            await running.post(given)
            await running.post(given, headers=elsewhere)
        running.url += f"?access_token={ALICE}"
        assert (await running.post()).status_code == 401  # it counts in the header only
        async with running.client(ALICE) as client:
            await client.call_tool("list_jobs", {})
    log = "\n".join(written)
    assert log
    assert ALICE not in log
    assert GUESS not in log


async def test_a_refused_oauth_token_is_told_by_what_was_wrong_with_it_and_not_repeated(written):
    oauth = {"OAUTH_ISSUER": ISSUER, "PUBLIC_URL": AUDIENCE, "wire": Issuer().wire}
    given = [
        token(aud="https://other.example.com", sub=FORGED),
        token(exp=1),
        token(kid=FORGED),
        token(iss="https://evil.example/" + "x" * 500),
        f"{FORGED}.e30.x",
    ]
    async with serving(**oauth) as running:
        for one in given:
            assert (await running.post(one)).status_code == 401
    refused = [line for line in written if "A token was refused" in line]
    assert len(refused) == len(given)
    assert "InvalidAudienceError" in refused[0]
    assert "ExpiredSignatureError" in refused[1]
    log = "\n".join(written)
    assert "forged" not in log
    assert "evil" not in log
    assert not any(part in log for one in given for part in one.split(".") if len(part) > 20)


async def test_what_strangers_send_makes_no_line_of_its_own():
    hostile = json.dumps(
        {
            "jsonrpc": "2.0",
            "id": 1,
            "method": f"x\n{FORGED}\x1b[2J\u202e",
            "params": {"name": f"\r\n{FORGED}"},
        }
    ).encode()
    heads = (
        HEAD.replace(b"localhost", b"evil" + C1),
        HEAD + b"Origin: http://evil" + C1 + b"\r\n",
        HEAD + b"Authorization: Bearer " + C1 + b"\r\n",
        HEAD + b"MCP-Protocol-Version: " + C1 + b"\r\n",
        HEAD + b"Mcp-Session-Id: " + C1 + b"\r\nUser-Agent: " + C1 + b"\r\n",
        HEAD.replace(b"/mcp", b"/mcp%0a" + FORGED.replace(" ", "%20").encode() + b"%1b%5b2J"),
        HEAD,
    )
    with process() as (started, running):
        for head in heads:
            await send_raw(running, head, JSON, sized(hostile))
        started.terminate()
        code, err, out = await ended(started)
    assert (code, out) == (0, "")
    assert not err or all(line.isprintable() for line in err.splitlines())
    assert not any(line.startswith(FORGED[:10]) for line in err.splitlines())


async def test_every_caller_is_named_in_the_audit_and_never_by_its_token():
    audit = {"DRS_MCP_AUDIT": "stderr"}
    with process(profile=audit, TOKENS=TOKENS) as (started, running):
        async with running.client(ALICE) as client:
            await client.call_tool("list_jobs", {})
        with anyio.fail_after(5):
            line = await anyio.to_thread.run_sync(started.stderr.readline, abandon_on_cancel=True)
        started.terminate()
        _, rest, _ = await ended(started)
    written = json.loads(line)
    assert (written["caller"], written["tool"], written["outcome"]) == ("alice", "list_jobs", "ok")
    assert ALICE not in line + rest

"""Whoever is turned away at the door leaves a line, too: what is wrong, how often, what to set."""

import json

import httpx2
import pytest

from tests.http.conftest import ALICE
from tests.http.issuer import AUDIENCE, ISSUER
from tests.http.test_shutdown import ended, process

pytestmark = pytest.mark.anyio

TOKENS = f"alice:{ALICE}"
GUESS = "guess-0123456789-0123456789-0123456789"


async def lines_after(tmp_path, ask, **environ):
    """The audit lines of a server that was asked and then stopped."""
    file = tmp_path / "audit.jsonl"
    with process(profile={"DRS_MCP_AUDIT": str(file)}, **environ) as (started, running):
        await ask(running)
        started.terminate()
        code, err, _ = await ended(started)
    assert (code, err) == (0, "")
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


async def test_refused_tokens_are_told_once_and_then_counted(tmp_path):
    async def ask(running):
        for given in (None, GUESS, GUESS, GUESS):
            assert (await running.post(given)).status_code == 401

    lines = await lines_after(tmp_path, ask, TOKENS=TOKENS)
    assert [(line["login"], line["times"]) for line in lines] == [
        ("token_missing", 1), ("token_refused", 1), ("token_refused", 2),
    ]  # fmt: skip
    assert {line["setting"] for line in lines} == {"DRS_MCP_HTTP_TOKENS"}
    assert GUESS not in json.dumps(lines)


async def test_foreign_hosts_and_origins_name_the_setting_that_lets_them_in(tmp_path):
    async def ask(running):
        for name in ("Host", "Origin"):
            foreign = {name: "https://planted.example" if name == "Origin" else "planted.example"}
            assert (await running.post(headers=foreign)).status_code in (403, 421)

    host, origin = await lines_after(tmp_path, ask)
    assert (host["login"], host["setting"]) == ("host_unknown", "DRS_MCP_HTTP_ALLOWED_HOSTS")
    assert (origin["login"], origin["setting"]) == (
        "origin_unknown",
        "DRS_MCP_HTTP_ALLOWED_ORIGINS",
    )
    assert "planted" not in json.dumps([host, origin])


async def test_a_token_that_cannot_be_verified_is_told_when_it_is_refused(tmp_path):
    async def ask(running):
        assert (await running.post("no.jwt.at-all")).status_code == 401

    lines = await lines_after_noisy(tmp_path, ask)
    assert [(line["login"], line["setting"]) for line in lines] == [
        ("token_refused", "DRS_MCP_HTTP_OAUTH_ISSUER")
    ]


async def lines_after_noisy(tmp_path, ask):
    """The same for OAuth, where the log says on stderr which check failed."""
    file = tmp_path / "audit.jsonl"
    oauth = {"OAUTH_ISSUER": ISSUER, "PUBLIC_URL": AUDIENCE}
    profile = {"DRS_MCP_AUDIT": str(file)}
    with process(profile=profile, **oauth) as (started, running):
        await ask(running)
        started.terminate()
        code, _, _ = await ended(started)
    assert code == 0
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


async def test_a_call_of_a_caller_who_is_known_is_no_refused_login(tmp_path):
    async def ask(running):
        async with running.client(ALICE) as client:
            await client.call_tool("list_jobs", {})
            await client.read_resource("drs://knowledge/statuses")
        async with httpx2.AsyncClient() as http:
            assert (await http.get(f"{running.origin}/healthz")).status_code == 200

    lines = await lines_after(tmp_path, ask, TOKENS=TOKENS)
    assert [(line["access"], line["caller"]) for line in lines] == [
        ("tool", "alice"), ("resource", "alice"),
    ]  # fmt: skip

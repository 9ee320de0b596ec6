"""Over HTTP whoever may act is named by the operator; everybody else reads."""

from contextlib import asynccontextmanager

import anyio
import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp.types import ElicitResult

from drs_mcp.clock import SystemClock
from drs_mcp.embedded import embedded_server
from drs_mcp.errors import SettingsError
from drs_mcp.http.settings import http_settings
from drs_mcp.observe.audit import AuditLog
from drs_mcp.serving.accounting import Accounting
from drs_mcp.serving.result import RenderOptions
from drs_mcp.simulator import Simulator
from tests.http.conftest import ALICE, BOB, serving
from tests.http.issuer import AUDIENCE, ISSUER, Issuer, token
from tests.support.tool_calls import answer_of, error_of

pytestmark = pytest.mark.anyio
TOKENS = f"alice:{ALICE},bob:{BOB}"
PAUSE = {"job": "erp-oracle-gauss", "operation": "pause"}
OAUTH = {"OAUTH_ISSUER": ISSUER, "PUBLIC_URL": AUDIENCE}


async def yes(_, params):
    typed = params.message.rsplit('"', 2)[1]
    return ElicitResult(action="accept", content={"task": typed})


@asynccontextmanager
async def client_of(running, bearer, mode="auto"):
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    async with (
        httpx2.AsyncClient(headers=headers, timeout=30) as http,
        Client(
            streamable_http_client(running.url, http_client=http),
            mode=mode,
            elicitation_callback=yes,
        ) as client,
    ):
        yield client


@asynccontextmanager
async def acting_server(tmp_path, *, wire=lambda: None, **environ):
    clock = SystemClock()
    simulator = Simulator(scenarios=["erp-oracle-gauss"])
    server = embedded_server(
        RenderOptions(),
        simulator=simulator,
        accounting=Accounting(clock, AuditLog(clock, str(tmp_path / "audit.jsonl"))),
        actions="checks,control",
    )
    async with serving(server, wire=wire, **environ) as running:
        yield running, simulator


def sent(simulator):
    return [request for request in simulator.requests if request.kind == "action"]


async def test_a_caller_who_is_named_may_act_and_another_may_not(tmp_path):
    named = {"TOKENS": TOKENS, "ACTION_CALLERS": "alice"}
    async with acting_server(tmp_path, **named) as (running, simulator):
        async with client_of(running, BOB) as client:
            refusal = error_of(await client.call_tool("control_job", PAUSE))
        assert "DRS_MCP_HTTP_ACTION_CALLERS" in refusal
        assert sent(simulator) == []
        async with client_of(running, ALICE) as client:
            assert answer_of(await client.call_tool("control_job", PAUSE))["outcome"] == "done"
        assert len(sent(simulator)) == 1
    line = (tmp_path / "audit.jsonl").read_text("utf-8")
    assert '"access":"action","caller":"alice"' in line


@pytest.mark.parametrize(
    ("environ", "bearer"),
    [
        ({}, None),
        ({"TOKENS": TOKENS}, ALICE),
        ({"TOKENS": TOKENS, "ACTION_CALLERS": "carol"}, ALICE),
    ],
    ids=["nobody signs in", "nobody is named", "somebody else is named"],
)
async def test_nobody_acts_who_is_not_named(tmp_path, environ, bearer):
    async with (
        acting_server(tmp_path, **environ) as (running, simulator),
        client_of(running, bearer) as client,
    ):
        text = error_of(await client.call_tool("control_job", PAUSE))
    assert text.startswith("Nothing was sent")
    assert sent(simulator) == []


@pytest.mark.parametrize(
    ("settings", "claims", "acts"),
    [
        ({"ACTION_SCOPE": "drs:act"}, {"scope": "drs:read drs:act"}, True),
        ({"ACTION_SCOPE": "drs:act"}, {"scope": "drs:read"}, False),
        ({"ACTION_SCOPE": "drs:act"}, {"scope": "drs:action"}, False),
        ({"ACTION_CALLERS": "dba@example.com"}, {}, True),
        ({"ACTION_CALLERS": "dba@example.com"}, {"sub": "other@example.com"}, False),
    ],
)
async def test_over_oauth_a_scope_or_a_subject_lets_act(tmp_path, settings, claims, acts):
    issuer = Issuer()
    async with (
        acting_server(tmp_path, wire=issuer.wire, **OAUTH, **settings) as (running, simulator),
        client_of(running, token(**claims)) as client,
    ):
        found = await client.call_tool("control_job", PAUSE)
    assert found.is_error is not acts
    assert len(sent(simulator)) == acts


async def test_a_yes_that_one_caller_gave_is_nobody_elses(tmp_path):
    named = {"TOKENS": TOKENS, "ACTION_CALLERS": "alice bob"}
    async with acting_server(tmp_path, **named) as (running, simulator):
        async with client_of(running, ALICE) as client:
            first = await client.session.call_tool("control_job", PAUSE, allow_input_required=True)
        async with client_of(running, BOB) as client:
            with pytest.raises(Exception, match="requestState"):
                await client.session.call_tool(
                    "control_job",
                    PAUSE,
                    input_responses={
                        "confirm": ElicitResult(action="accept", content={"task": PAUSE["job"]})
                    },
                    request_state=first.request_state,
                    allow_input_required=True,
                )
    assert sent(simulator) == []


CHECK = {"job": "erp-oracle-gauss", "check": "diagnosis", "wait_s": 0}
CONFIRMED = {"confirm": ElicitResult(action="accept", content={"confirm": True})}


async def asked(client):
    """The state that goes with the question of a call."""
    found = await client.session.call_tool("start_check", CHECK, allow_input_required=True)
    return found.request_state


async def replied(client, state):
    return await client.session.call_tool(
        "start_check",
        CHECK,
        input_responses=CONFIRMED,
        request_state=state,
        allow_input_required=True,
    )


async def test_over_http_too_a_yes_counts_once_whatever_connection_it_comes_by(tmp_path):
    named = {"TOKENS": TOKENS, "ACTION_CALLERS": "alice"}
    async with acting_server(tmp_path, **named) as (running, simulator):
        async with client_of(running, ALICE) as client:
            state = await asked(client)
            assert answer_of(await replied(client, state))["outcome"] == "done"
        async with client_of(running, ALICE) as client:
            assert error_of(await replied(client, state)).startswith("Nothing was sent")
    assert len(sent(simulator)) == 1


async def test_over_http_too_of_two_callers_at_once_one_acts(tmp_path):
    named = {"TOKENS": TOKENS, "ACTION_CALLERS": "alice bob"}
    found = []
    async with (
        acting_server(tmp_path, **named) as (running, simulator),
        client_of(running, ALICE) as alice,
        client_of(running, BOB) as bob,
    ):
        states = [(client, await asked(client)) for client in (alice, bob)]

        async def reply(client, state):
            found.append(await replied(client, state))

        async with anyio.create_task_group() as group:
            for client, state in states:
                group.start_soon(reply, client, state)
    assert sorted(one.is_error for one in found) == [False, True]
    assert len(sent(simulator)) == 1


async def test_a_client_of_an_earlier_revision_cannot_be_asked(tmp_path):
    named = {"TOKENS": TOKENS, "ACTION_CALLERS": "alice"}
    async with (
        acting_server(tmp_path, **named) as (running, simulator),
        client_of(running, ALICE, "legacy") as client,
    ):
        assert "elicitation" in error_of(await client.call_tool("control_job", PAUSE))
    assert sent(simulator) == []


@pytest.mark.parametrize(
    ("given", "allowed"),
    [
        ({}, False),
        ({"TOKENS": TOKENS}, False),
        ({"TOKENS": TOKENS, "ACTION_CALLERS": "alice"}, True),
        ({**OAUTH, "ACTION_SCOPE": "drs:act"}, True),
        ({**OAUTH}, False),
    ],
)
def test_tools_that_act_are_there_only_where_somebody_may_use_them(given, allowed):
    made = http_settings({f"DRS_MCP_HTTP_{name}": value for name, value in given.items()})
    assert made.allows_actions is allowed


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"ACTION_CALLERS": "alice"}, "ACTION_CALLERS"),
        ({"ACTION_SCOPE": "drs:act"}, "ACTION_SCOPE"),
        ({"TOKENS": TOKENS, "ACTION_SCOPE": "drs:act"}, "ACTION_SCOPE"),
        ({"TOKENS": TOKENS, "ACTION_CALLERS": "a\tb\x00"}, "ACTION_CALLERS"),
    ],
)
def test_what_would_let_nobody_act_is_refused(given, named):
    with pytest.raises(SettingsError, match=f"DRS_MCP_HTTP_{named}"):
        http_settings({f"DRS_MCP_HTTP_{name}": value for name, value in given.items()})

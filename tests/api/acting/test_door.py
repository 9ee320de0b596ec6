"""The one door: what it lets out, how often, and what it says of it."""

from dataclasses import dataclass, field
from datetime import timedelta

import anyio
import anyio.lowlevel
import httpx2
import pytest

from drs_mcp.actions.catalogue import ACTIONS, PRECHECK_MODES
from drs_mcp.api.access.credentials import Credentials, Token
from drs_mcp.api.acting import orders
from drs_mcp.api.acting.door import ActionDoor
from drs_mcp.api.acting.turns import Turns
from drs_mcp.api.http.limits import Limits
from drs_mcp.api.transport import CONCURRENCY, Transport
from drs_mcp.errors import ActionRefused, TimedOut
from drs_mcp.observe.audit import AuditLog
from drs_mcp.observe.caller import called_by
from drs_mcp.simulator import PROJECT_ID

pytestmark = pytest.mark.anyio

ORIGIN = "https://drs.cn-north-4.myhuaweicloud.com"
TASK = "7a31c0de-11f2-4e0b-9d52-c0ffee77jb1a"
DONE = httpx2.Response(200, json={"id": TASK, "status": "success"})
ALL = frozenset({"checks", "control"})
OF_KIND = {
    "checks": [
        orders.precheck("forStartJob"),
        orders.diagnosis(),
        orders.create_compare("lines"),
        orders.cancel_compare("1"),
    ],
    "control": [orders.start(), orders.pause(), orders.resume()],
}


@dataclass
class Renewable:
    """A source that gives another token each time."""

    name: str = "tokens"
    advice: str = ""
    renew_before: timedelta = timedelta()
    given: int = 0

    async def fetch(self):
        self.given += 1
        return Token(f"token-{self.given}")


@dataclass
class Upstream:
    """Records what arrives, and answers as told: the last answer stays."""

    answers: list
    seen: list = field(default_factory=list)

    async def __call__(self, request):
        self.seen.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return await answer(request) if callable(answer) else answer


async def sent(clock, tmp_path, order, *answers, kinds=ALL, turns=None, turn=0):
    """What became of *order*, and the requests that arrived."""
    upstream = Upstream(list(answers) or [DONE])
    try:
        async with transport_to(upstream, clock) as transport:
            door = door_of(transport, clock, tmp_path, kinds, turns or Turns())
            return await door.send(TASK, order, turn=turn), upstream.seen
    except ActionRefused:
        assert upstream.seen == []
        raise


def transport_to(upstream, clock):
    return Transport(
        origin=ORIGIN,
        region="cn-north-4",
        credentials=Credentials(Renewable(), clock),
        clock=clock,
        wire=httpx2.MockTransport(upstream),
    )


def door_of(transport, clock, tmp_path, kinds=ALL, turns=None):
    log = AuditLog(clock, str(tmp_path / "audit.jsonl"))
    return ActionDoor(transport, PROJECT_ID, kinds, log, turns or Turns())


@pytest.mark.parametrize("kind", OF_KIND)
async def test_the_door_itself_lets_out_only_what_is_turned_on(clock, tmp_path, kind):
    for order in OF_KIND[kind]:
        _, seen = await sent(clock, tmp_path, order, kinds=frozenset({kind}))
        assert len(seen) == 1
        with pytest.raises(ActionRefused):
            await sent(clock, tmp_path, order, kinds=ALL - {kind})


async def test_the_door_itself_lets_nobody_act_who_may_not(clock, tmp_path):
    with called_by("somebody"), pytest.raises(ActionRefused):
        await sent(clock, tmp_path, orders.pause())


def test_door_and_catalogue_have_each_action_in_the_same_kind():
    assert {
        kind: {orders.KINDS[one.action_name] for one in made} for kind, made in OF_KIND.items()
    } == {
        "checks": {"checks"},
        "control": {"control"},
    }
    assert {one.action_name for made in OF_KIND.values() for one in made} == set(orders.KINDS)
    assert {name for name, action in ACTIONS.items() if action.kind == "control"} == {
        "start",
        "pause",
        "resume",
    }
    assert set(PRECHECK_MODES.values()) == {"forStartJob", "forRetryJob"}


@pytest.mark.parametrize("status", [200, 201, 202, 203, 206])
async def test_any_2xx_is_judged_by_its_body(clock, tmp_path, status):
    for body, outcome in (
        ({"status": "success"}, "done"),
        ({"query_id": "5d2f41aa-1"}, "done"),
        ({"status": "failed", "error_code": "DRS.M00304"}, "not_done"),
        ({"id": TASK}, "unknown"),
    ):
        answer = httpx2.Response(status, json=body)
        found, seen = await sent(clock, tmp_path, orders.pause(), answer)
        assert (found.outcome, len(seen)) == (outcome, 1)


@pytest.mark.parametrize("status", [200, 204, 300, 304, 307, 408, 500, 503, 599])
@pytest.mark.parametrize("body", [b"", b'{"id":"x"}', b"<html>"])
async def test_what_does_not_refuse_it_is_not_told_as_not_done(clock, tmp_path, status, body):
    answer = httpx2.Response(status, content=body)
    found, seen = await sent(clock, tmp_path, orders.pause(), answer)
    assert (found.outcome, len(seen)) == ("unknown", 1)


async def test_a_credential_that_is_refused_is_renewed_and_the_action_sent_again(clock, tmp_path):
    refusal = httpx2.Response(401, json={"error_code": "APIGW.0301", "error_msg": "x"})
    found, seen = await sent(clock, tmp_path, orders.pause(), refusal, DONE)
    assert found.outcome == "done"
    assert [one.headers["x-auth-token"] for one in seen] == ["token-1", "token-2"]


async def test_a_code_of_credentials_within_a_5xx_does_not_send_it_again(clock, tmp_path):
    """DRS may have begun to do it before a part behind it was refused."""
    failure = httpx2.Response(500, json={"error_code": "APIGW.0301", "error_msg": "x"})
    found, seen = await sent(clock, tmp_path, orders.pause(), failure, DONE)
    assert (found.outcome, len(seen)) == ("unknown", 1)


@pytest.mark.parametrize(("places_taken", "may_have_left"), [(CONCURRENCY, False), (0, True)])
async def test_what_waited_for_a_place_until_its_deadline_has_not_left(
    clock, places_taken, may_have_left
):
    free = anyio.Event()

    async def waits(_):
        await free.wait()
        return DONE

    upstream = Upstream([waits])
    async with transport_to(upstream, clock) as transport, anyio.create_task_group() as group:

        async def ask(method, path, deadline_s=40.0):
            limits = Limits(clock, deadline_s=deadline_s)
            await transport.ask(method, path, {}, what="it", limits=limits, repeatable=False)

        for number in range(places_taken):
            group.start_soon(ask, "GET", f"/v5/x/jobs/{number}")
        while len(upstream.seen) < places_taken:
            await anyio.lowlevel.checkpoint()
        with pytest.raises(TimedOut) as met:
            await ask("POST", "/v5/x/jobs/1/action", deadline_s=0.05)
        free.set()
    assert met.value.may_have_left is may_have_left
    assert ("POST" in {one.method for one in upstream.seen}) is may_have_left


async def test_a_yes_asked_for_while_an_action_is_under_way_is_void_when_that_is_over():
    turns = Turns()
    with turns.take(PROJECT_ID, TASK, 0):
        meanwhile = turns.of(PROJECT_ID)[TASK]
        with pytest.raises(ActionRefused), turns.take(PROJECT_ID, TASK, meanwhile):
            pass
    with pytest.raises(ActionRefused), turns.take(PROJECT_ID, TASK, meanwhile):
        pass
    with turns.take(PROJECT_ID, TASK, turns.of(PROJECT_ID)[TASK]):
        pass

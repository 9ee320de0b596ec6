"""The current credential of a profile: who renews it, who waits, and what is remembered."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import anyio
import pytest

from drs_mcp.api.access.credentials import Credentials, Keys, StaticSource, Token
from drs_mcp.api.access.files import TokenFile
from drs_mcp.api.http.single_flight import SingleFlight
from drs_mcp.errors import NotAuthenticated, ServiceFault, SettingsError

pytestmark = pytest.mark.anyio


class SlowSource:
    """A source that gives what it is told to, when it is let."""

    name, advice, renew_before = "the source", "Check it.", timedelta(minutes=5)

    def __init__(self, *gives):
        self.gives = list(gives)
        self.fetched = 0
        self.gate = anyio.Event()

    async def fetch(self):
        self.fetched += 1
        await self.gate.wait()
        given = self.gives.pop(0) if len(self.gives) > 1 else self.gives[0]
        if isinstance(given, Exception):
            raise given
        return given


async def at_once(calls, source=None):
    """The outcomes of calls that are all under way before the source is let."""
    outcomes = [None] * len(calls)

    async def run(number, call):
        try:
            outcomes[number] = await call()
        except (NotAuthenticated, ServiceFault, SettingsError) as error:
            outcomes[number] = error

    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            for number, call in enumerate(calls):
                group.start_soon(run, number, call)
            await anyio.wait_all_tasks_blocked()
            if source is not None:
                source.gate.set()
    return outcomes


async def test_the_first_use_obtains_once_for_all(clock):
    source = SlowSource(Token("t1"))
    credentials = Credentials(source, clock)
    found = await at_once([credentials.current] * 20, source)
    assert {issued.credential.value for issued in found} == {"t1"}
    assert source.fetched == 1


async def test_a_renewal_that_brings_others_is_made_once_and_true_for_all(clock):
    source = SlowSource(Token("t1"), Token("t2"))
    source.gate.set()
    credentials = Credentials(source, clock)
    refused = await credentials.current()
    source.gate = anyio.Event()
    assert await at_once([lambda: credentials.renew(refused)] * 20, source) == [True] * 20
    assert await credentials.renew(refused) is True  # a late one finds it done
    assert source.fetched == 2
    assert (await credentials.current()).number == 2


async def test_a_renewal_in_vain_is_made_once_for_those_who_wait_and_again_for_the_next(clock):
    source = SlowSource(Keys("AK", "SK"))
    source.gate.set()
    credentials = Credentials(source, clock)
    refused = await credentials.current()
    source.gate = anyio.Event()
    assert await at_once([lambda: credentials.renew(refused)] * 20, source) == [False] * 20
    assert source.fetched == 2
    assert await credentials.renew(refused) is False
    assert source.fetched == 3
    assert (await credentials.current()).number == refused.number


async def test_a_failed_renewal_is_one_error_for_those_who_wait(clock):
    source = SlowSource(Token("t1"), ServiceFault("IAM itself failed.", status=503), Token("t2"))
    source.gate.set()
    credentials = Credentials(source, clock)
    refused = await credentials.current()
    source.gate = anyio.Event()
    outcomes = await at_once([lambda: credentials.renew(refused)] * 20, source)
    assert {str(outcome) for outcome in outcomes} == {"IAM itself failed. (HTTP 503)"}
    assert all(outcome.of_credentials for outcome in outcomes)
    assert source.fetched == 2
    assert await credentials.renew(refused) is True


async def test_only_a_refusal_is_remembered(clock):
    refusal = NotAuthenticated("wrong.", status=401)
    source = SlowSource(ServiceFault("failed.", status=503), refusal, Token("t1"))
    source.gate.set()
    credentials = Credentials(source, clock)
    with pytest.raises(ServiceFault):
        await credentials.current()
    for _ in range(3):
        with pytest.raises(NotAuthenticated):
            await credentials.current()
        clock.forward(99)
    assert source.fetched == 2
    clock.forward(3)
    assert (await credentials.current()).credential == Token("t1")


async def test_one_error_raised_many_times_keeps_one_traceback(clock):
    source = SlowSource(NotAuthenticated("wrong.", status=401))
    source.gate.set()
    credentials = Credentials(source, clock)
    depths = set()
    for _ in range(5):
        with pytest.raises(NotAuthenticated) as raised:
            await credentials.current()
        depths.add(len(raised.traceback))
    assert len(depths) == 1


@pytest.mark.parametrize("value", ["", "a b", "a\nb", "a\tb", "é", "a\x7fb", "\udcff"])
async def test_what_no_header_can_carry_is_refused_before_it_is_sent(value, clock):
    for credential in (
        Token(value or " "),
        Keys(value or " ", "SK"),
        Keys("AK", "SK", f"{value} "),
    ):
        credentials = Credentials(StaticSource(credential, "the source", ""), clock)
        with pytest.raises(SettingsError, match="What the source holds cannot be sent") as raised:
            await credentials.current()
        assert repr(value) == "''" or value not in str(raised.value)


async def test_an_attempt_that_is_cancelled_is_made_again_by_who_waits():
    flight, started, outcomes = SingleFlight(), [], []
    gate = anyio.Event()

    async def attempt():
        started.append(1)
        await gate.wait()
        return len(started)

    async def follow():
        outcomes.append(await flight(attempt))

    leader = anyio.CancelScope()

    async def lead():
        with leader:
            await flight(attempt)

    with anyio.fail_after(5):
        async with anyio.create_task_group() as group:
            group.start_soon(lead)
            await anyio.wait_all_tasks_blocked()
            for _ in range(3):
                group.start_soon(follow)
            await anyio.wait_all_tasks_blocked()
            leader.cancel()
            await anyio.wait_all_tasks_blocked()
            gate.set()
    assert outcomes == [2, 2, 2]


async def test_an_outcome_is_for_those_who_waited_only():
    flight, made = SingleFlight(), []

    async def attempt():
        made.append(1)
        return len(made)

    assert [await flight(attempt) for _ in range(3)] == [1, 2, 3]


def test_no_representation_shows_a_secret():
    for thing in (Token("planted"), Keys("planted", "planted", "planted")):
        assert "planted" not in f"{thing!r}{thing}"
        assert "planted" not in repr(StaticSource(thing, "name", "advice"))
        assert set(thing.secrets) == {"planted"}


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes there")
async def test_a_pipe_or_a_device_in_place_of_a_file_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for place in (tmp_path / "pipe", Path("/dev/zero")):
        with anyio.fail_after(5), pytest.raises(SettingsError) as found:
            await TokenFile(place, "DRS_MCP_TOKEN_FILE").fetch()
        assert str(found.value).startswith("Not a file: the file of DRS_MCP_TOKEN_FILE.")

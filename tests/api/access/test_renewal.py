"""Credentials that end while they are used: renewed once for all who notice, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import anyio
import httpx2
import pytest

from drs_mcp.api.query import DetailQuery
from drs_mcp.api.transport import CONCURRENCY
from drs_mcp.errors import DrsError, NotAuthenticated, ServiceFault, SettingsError
from drs_mcp.reads.parts import run_parallel
from drs_mcp.simulator import PROJECT_ID, Limits
from drs_mcp.tools.logs import get_logs
from tests.support.cloud import IAM, Cloud, settings_of, write
from tests.support.credential_cases import KEYS, OURS, PROFILE, SDK, TEMPORARY, USERS, given, ini
from tests.support.planted_secrets import WRONG_SECRET_KEY

pytestmark = pytest.mark.anyio

SHOP = "5a0b71c4-9d2e-4f3a-b6c7-8d9e0f1jb101"
USER = settings_of(given(OURS, USERS), "")
DAY = timedelta(days=1)
MIDDLE = 30
"""The page of the log on which credentials end; it has over 120 of 100 entries each."""
OVERLAP = 2
"""Entries that each page shares with the one before, to prove that they join."""

WITHIN = "credentials: ended in the middle of a log of 12,000 entries"


class InterruptedCloud:
    """A cloud where *end* is called when DRS is asked for a page in the middle of the log."""

    def __init__(self, **more):
        self.cloud = Cloud(limits=Limits(max_limit=100), **more)
        self.cloud.before = self.before
        self.end = lambda: None
        self.pages = 0

    def before(self, request):
        if request.url.params.get("type") == "log":
            self.pages += 1
            if self.pages == MIDDLE:
                self.end()

    async def log(self, settings, check_secrets):
        async with self.cloud.connected(settings) as opened:
            answer = await get_logs(await opened.open(), SHOP)
            check_secrets(answer, *opened._profiles.values())
            return answer


@pytest.fixture(scope="module")
def whole_log():
    """What the log says when nothing ends."""

    async def read():
        return await InterruptedCloud().log(USER, lambda *_: None)

    return anyio.run(read)


async def test_a_token_that_dies_in_the_middle_costs_one_renewal_and_loses_nothing(
    whole_log, check_secrets, record_row_once
):
    interrupted = InterruptedCloud()
    interrupted.end = interrupted.cloud.simulator.expire_tokens
    assert await interrupted.log(USER, check_secrets) == whole_log
    assert interrupted.cloud.logins == 2
    record_row_once(
        WITHIN,
        {"source": "IAM user", "asked": interrupted.cloud.request_counts, "outcome": "one renewal"},
    )


async def test_an_agency_s_keys_that_end_in_the_middle_are_fetched_again_once(
    whole_log, tmp_path, check_secrets, record_row_once
):
    interrupted = InterruptedCloud(ecs={})

    def end():
        interrupted.cloud.simulator.authenticator.expire_keys()
        interrupted.cloud.metadata.fresh = DAY * 2

    interrupted.end = end
    assert await interrupted.log(settings_of({}, tmp_path), check_secrets) == whole_log
    assert len(interrupted.cloud.metadata.requests) == 4
    record_row_once(
        WITHIN,
        {
            "source": "ECS agency",
            "asked": interrupted.cloud.request_counts,
            "outcome": "one renewal",
        },
    )


async def test_a_file_that_somebody_renews_in_the_middle_is_read_again(
    whole_log, tmp_path, check_secrets, record_row_once
):
    write(tmp_path, PROFILE, ini(*TEMPORARY))
    interrupted = InterruptedCloud()
    interrupted.cloud.simulator.authenticator.issue_keys(DAY)

    def end():
        interrupted.cloud.simulator.authenticator.expire_keys()
        write(tmp_path, PROFILE, ini(*KEYS))

    interrupted.end = end
    assert await interrupted.log(settings_of({}, tmp_path), check_secrets) == whole_log
    record_row_once(
        WITHIN,
        {
            "source": f"~/{PROFILE}",
            "asked": interrupted.cloud.request_counts,
            "outcome": "read again",
        },
    )


async def test_a_credential_that_cannot_be_renewed_ends_the_read_with_a_prefix_and_its_reason(
    check_secrets, record_row_once
):
    interrupted = InterruptedCloud()
    issued = interrupted.cloud.simulator.authenticator.issue_keys(DAY)
    interrupted.end = interrupted.cloud.simulator.authenticator.expire_keys
    answer = await interrupted.log(settings_of(given(SDK, issued[:3]), ""), check_secrets)
    assert 0 < answer.read.rows < answer.read.of == 12_000
    assert (answer.read.rows - 100) % (100 - OVERLAP) == 0  # whole pages
    assert "the credentials of HUAWEICLOUD_SDK_AK were refused" in answer.read.why
    record_row_once(
        WITHIN,
        {
            "source": "HUAWEICLOUD_SDK_*",
            "asked": interrupted.cloud.request_counts,
            "outcome": f"{answer.read.rows:,} of {answer.read.of:,} read, and why",
        },
    )


# -- many calls at once ------------------------------------------------------------------------


REQUESTS = 2
"""What `status_of` asks of DRS."""


async def status_of(drs):
    """A read of two requests side by side; how many a tool makes is its own affair."""
    found = await run_parallel(
        {kind: partial(drs.client.show, SHOP, DetailQuery(kind)) for kind in ("progress", "detail")}
    )
    for part in found.values():
        if isinstance(part, DrsError):
            raise part
    return found["detail"]["status"]


async def at_once(opened, calls=20, *, alike=True):
    """The outcomes of so many calls made at once; if they are not alike, none shares an answer."""
    outcomes = []

    async def call(number):
        try:
            drs = await opened.open()
            if not alike:
                drs = replace(drs, client=replace(drs.client, language=f"en-{number:02}"))
            outcomes.append(await status_of(drs))
        except DrsError as error:
            outcomes.append(error)

    with anyio.fail_after(10):
        async with anyio.create_task_group() as group:
            for number in range(calls):
                group.start_soon(call, number)
    return outcomes


async def test_twenty_calls_at_once_log_in_once_and_look_the_project_up_once(check_secrets):
    cloud = Cloud()
    async with cloud.connected(USER) as opened:
        assert len(set(await at_once(opened))) == 1
    assert cloud.logins == 1
    assert sum(host == IAM for host, _, _ in cloud.requests) == 2


async def test_twenty_calls_that_meet_a_dead_token_at_once_cause_one_renewal(check_secrets):
    cloud = Cloud()
    async with cloud.connected(USER) as opened:
        before = await at_once(opened)
        cloud.simulator.expire_tokens()
        assert await at_once(opened, alike=False) == before
    assert cloud.logins == 2


async def test_twenty_calls_near_the_end_of_a_token_renew_it_once_before_it_is_refused(
    clock, check_secrets
):
    cloud = Cloud(clock)
    async with cloud.connected(USER) as opened:
        before = await at_once(opened)
        clock.forward(86_400 - 240)
        seen = len(cloud.requests)
        assert await at_once(opened, alike=False) == before
        assert len(cloud.requests) - seen == 1 + 20 * REQUESTS
    assert cloud.logins == 2


async def test_twenty_calls_with_a_credential_that_cannot_be_renewed_give_one_error_each(
    check_secrets,
):
    cloud = Cloud()
    wrong = given(SDK, (KEYS[0], WRONG_SECRET_KEY))
    settings = settings_of({**wrong, "DRS_MCP_PROJECT_ID": PROJECT_ID}, "")
    async with cloud.connected(settings) as opened:
        outcomes = await at_once(opened, alike=False)
    check_secrets(*outcomes)
    assert {type(outcome) for outcome in outcomes} == {NotAuthenticated}
    assert len(cloud.requests) == 20 * REQUESTS  # none twice: there is nothing else to send


async def test_good_tokens_that_drs_refuses_do_not_have_every_call_log_in(clock, check_secrets):
    cloud = Cloud(clock)
    async with cloud.connected(USER) as opened:
        await at_once(opened, 1)
        cloud.simulator.faults.expire_token(None, on="progress")
        for _ in range(20):
            (outcome,) = await at_once(opened, 1)
            assert isinstance(outcome, NotAuthenticated)
        assert cloud.logins == 2  # another token was worth a try
        clock.forward(60)
        await at_once(opened, 3, alike=False)
        assert cloud.logins == 3
        cloud.simulator.faults.clear()
        assert isinstance((await at_once(opened, 1))[0], str)


class Late(httpx2.AsyncBaseTransport):
    """Answers after whatever else is under way: so that all who are refused wait for it."""

    def __init__(self, inner):
        self.inner = inner

    async def handle_async_request(self, request):
        await anyio.wait_all_tasks_blocked()
        return await self.inner.handle_async_request(request)


async def test_a_renewal_that_fails_is_told_to_all_who_waited_for_it(check_secrets):
    cloud = Cloud()
    cloud.hosts[IAM] = Late(cloud.hosts[IAM])
    async with cloud.connected(USER) as opened:
        await at_once(opened, 1)
        cloud.simulator.expire_tokens()
        cloud.simulator.faults.fail(503, None, on="tokens")
        outcomes = await at_once(opened, CONCURRENCY // REQUESTS)
        check_secrets(*outcomes)
        assert {type(outcome) for outcome in outcomes} == {ServiceFault}
        assert cloud.logins == 2
        cloud.simulator.faults.clear()
        assert isinstance((await at_once(opened, 1))[0], str)


async def test_a_call_cancelled_while_it_renews_leaves_the_renewal_to_the_next(check_secrets):
    cloud = Cloud()
    waiting, let_go = anyio.Event(), anyio.Event()

    async def hold(_):
        waiting.set()
        await let_go.wait()

    cloud.simulator._sleep = hold
    cloud.simulator.faults.slow(1, 1, on="tokens")
    async with cloud.connected(USER) as opened:
        with anyio.fail_after(10):
            async with anyio.create_task_group() as group:
                leader = anyio.CancelScope()

                async def lead():
                    with leader:
                        await at_once(opened, 1)

                group.start_soon(lead)
                await waiting.wait()
                outcomes = []

                async def follow():
                    outcomes.extend(await at_once(opened, 3))

                group.start_soon(follow)
                await anyio.wait_all_tasks_blocked()
                leader.cancel()
        assert len(outcomes) == 3
        assert all(isinstance(outcome, str) for outcome in outcomes)
    assert cloud.logins == 2


# -- before the end ----------------------------------------------------------------------------


async def test_a_token_that_cannot_be_renewed_early_is_used_to_its_end(clock, check_secrets):
    cloud = Cloud(clock)
    async with cloud.connected(USER) as opened:
        await at_once(opened, 1)
        cloud.simulator.faults.fail(503, None, on="tokens")
        clock.forward(86_400 - 240)
        for _ in range(3):
            assert isinstance((await at_once(opened, 1))[0], str)
            clock.forward(10)
        assert cloud.logins == 2  # it is not asked again with every call
        clock.forward(240)
        assert isinstance((await at_once(opened, 1))[0], ServiceFault)


async def test_a_clock_a_day_ahead_does_not_make_every_call_log_in(clock, check_secrets):
    cloud = Cloud(clock, ahead_s=90_000)
    async with cloud.connected(USER) as opened:
        for _ in range(5):
            assert isinstance((await at_once(opened, 1))[0], str)
            clock.forward(5)
        assert cloud.logins == 1
        clock.forward(60)
        await at_once(opened, 1)
    assert cloud.logins == 2


async def test_a_file_that_goes_away_is_told_as_that(tmp_path, check_secrets):
    path = write(tmp_path, PROFILE, ini(*TEMPORARY))
    cloud = Cloud()
    cloud.simulator.authenticator.issue_keys(DAY)
    async with cloud.connected(settings_of({}, tmp_path)) as opened:
        await at_once(opened, 1)
        path.unlink()
        assert isinstance((await at_once(opened, 1))[0], str)  # nobody has refused its keys
        cloud.simulator.authenticator.expire_keys()
        (outcome,) = await at_once(opened, 1)
        assert isinstance(outcome, SettingsError)
        assert str(outcome).startswith("Cannot read ~/.huaweicloud/credentials (FileNotFoundError)")


async def test_keys_put_right_after_a_refusal_are_picked_up_by_the_next_call(
    tmp_path, check_secrets
):
    write(tmp_path, PROFILE, ini(KEYS[0], WRONG_SECRET_KEY))
    cloud = Cloud()
    async with cloud.connected(settings_of({}, tmp_path)) as opened:
        (outcome,) = await at_once(opened, 1)
        assert isinstance(outcome, NotAuthenticated)
        write(tmp_path, PROFILE, ini(*KEYS))
        (outcome,) = await at_once(opened, 1)
        assert isinstance(outcome, str)

"""watch_job over the embedded DRS, driven by a clock that moves only when somebody waits."""

import itertools
import os
import sys
import time
from contextlib import asynccontextmanager

import anyio
import httpx2
import pytest
from mcp import Client, StdioServerParameters

from drs_mcp.embedded import embedded_server, embedded_settings
from drs_mcp.errors import (
    ArgumentError,
    NotAuthenticated,
    NotPermitted,
    ServiceFault,
    TaskNotFound,
    Unreachable,
)
from drs_mcp.serving.catalogue import all_tools
from drs_mcp.serving.result import RenderOptions
from drs_mcp.simulator import Faults, Simulator, World
from drs_mcp.tools.diagnosis import diagnose_job
from drs_mcp.tools.watching import watch_job
from tests.conftest import DrivenClock
from tests.support.tool_calls import JOB, answer_of, connections, error_of

pytestmark = pytest.mark.anyio

REDIS = "1e24ada5-6172-4083-8e9f-a2b3c45jb61r"
FULL, COMPLETE, INCRE = "FULL_TRANSFER_STARTED", "FULL_TRANSFER_COMPLETE", "INCRE_TRANSFER_STARTED"


def steps(*pairs):
    return {"step": [list(pair) for pair in pairs]}


def world(clock, status=INCRE, *, info=None, alarm=60, progress=True, **more):
    """A world of one task, `orders`, that starts now."""
    task = {
        "id": JOB,
        "job": {
            "status": status,
            "base_info": {"name": "orders", "job_type": "sync", "task_type": "FULL_INCR_TRANS"},
            "alarm_notify": {"delay_time": alarm},
        },
        "progress": {"progress_info": info or {"incr_trans_delay": "5"}, **more}
        if progress
        else {},
    }
    return World([task], start=clock.now)


def simulator_of(clock, tasks=None, **options):
    return Simulator(now=clock.utc_now, sleep=clock.sleep, world=tasks, **options)


@asynccontextmanager
async def connected(simulator, clock):
    wire = httpx2.ASGITransport(app=simulator.app)
    async with connections(wire, embedded_settings(), clock) as opened:
        yield await opened.open()


async def watch_until(simulator, clock, job=JOB, **arguments):
    async with connected(simulator, clock) as drs:
        return await watch_job(drs, job, **arguments)


class RecordingReporter:
    """A reporter that keeps what it was told, and when."""

    def __init__(self, clock):
        self.clock = clock
        self.messages = []

    async def __call__(self, done, total, message):
        self.messages.append((self.clock.seconds, done, total, message))


def requests_of(simulator, kind="progress"):
    return [request for request in simulator.requests if request.kind == kind]


# -- what ends a watch -------------------------------------------------------------------------


async def test_it_returns_when_the_status_changes(clock):
    simulator = simulator_of(clock)
    clock.forward(3510)
    found = await watch_until(simulator, clock, "legacy-redis-cluster")
    assert found.why == "changed"
    assert found.headline == (
        "Task 'legacy-redis-cluster' changed within 34 s: full phase complete, incremental phase not "
        f"started, 100% done. Status {FULL} became {COMPLETE}: full phase complete, incremental "
        "phase not started. 1 more change."
    )
    assert found.changed[1:] == ["1 stage of the full phase complete: data."]
    assert (found.status, found.phase, found.progress_pct) == (COMPLETE, "full", 100)
    assert (found.waited_s, found.polls) == (33.8, 4)


async def test_it_is_called_again_until_the_wish_is_reached(clock):
    simulator = simulator_of(clock)
    since, why = "", []
    while not why or why[-1] != "reached":
        found = await watch_until(simulator, clock, REDIS, until="incremental", since=since)
        since = found.since
        why.append(found.why)
    assert why.count("changed") == 1  # full phase complete
    assert set(why[:-1]) == {"changed", "timeout"}
    assert clock.seconds == pytest.approx(3600, abs=46)
    assert found.headline == (
        "Task 'legacy-redis-cluster' is in the incremental phase: incremental phase running; "
        f"delay {found.delay_s} s."
    )
    assert found.changed[1] == "Phase full became incremental."
    assert len(requests_of(simulator)) <= 3600 / 10 + len(why)


async def test_a_wish_that_is_already_true_returns_at_once(clock):
    found = await watch_until(simulator_of(clock), clock, REDIS, until="running")
    assert (found.why, found.waited_s, found.polls) == ("reached", 0, 1)
    assert found.headline.startswith("Task 'legacy-redis-cluster' is running: full phase running")
    assert found.next[0].args == {"job": REDIS, "since": found.since}


async def test_at_the_time_limit_it_returns_the_state_so_far_and_the_call_to_go_on(clock):
    simulator = simulator_of(clock)
    found = await watch_until(simulator, clock, REDIS, until="finished")
    assert (found.why, found.waited_s, found.changed) == ("timeout", 45, [])
    assert found.headline == (
        "Task 'legacy-redis-cluster': full phase running, 41% done; flow control is in force, not "
        "finished yet; no change in 45 s."
    )
    assert [call.model_dump() for call in found.next] == [
        {
            "tool": "watch_job",
            "args": {"job": REDIS, "until": "finished", "since": found.since},
            "why": "to go on",
        }
    ]


async def test_zero_seconds_are_one_look(clock):
    simulator = simulator_of(clock)
    found = await watch_until(simulator, clock, REDIS, timeout_s=0)
    assert (found.why, found.waited_s, found.polls) == ("still", 0, 1)
    assert found.headline.endswith("; one look, nothing awaited.")
    again = await watch_until(simulator, clock, REDIS, timeout_s=0, since=found.since)
    assert again.headline.endswith("; no change since the last answer.")
    assert again.since == found.since


@pytest.mark.parametrize(
    ("job", "meaning"),
    [
        ("shop-mysql-sync", "incremental phase failed"),
        ("cache-redis-gemini", "full phase complete"),
        ("orders-paused", "paused"),
        ("crm-mysql-precheck", "still being configured"),
        ("new-task-draft", "still being configured"),
    ],
)
async def test_a_task_that_cannot_move_by_itself_returns_at_once_and_says_so(clock, job, meaning):
    simulator = simulator_of(clock)
    found = await watch_until(simulator, clock, job, timeout_s=600, until="running")
    assert (found.why, found.waited_s, len(requests_of(simulator))) == ("cannot_move", 0, 1)
    assert found.headline.startswith(f"Task '{job}' cannot move by itself: {meaning}")
    assert [call.tool for call in found.next] == ["diagnose_job"] * (
        meaning.split()[-1] in ("failed", "paused")
    )


@pytest.mark.parametrize(
    ("job", "until", "left"),
    [
        ("erp-oracle-gauss", "full", "the full phase"),
        ("erp-oracle-gauss", "configuration", "configuration"),
        (REDIS, "configuration", "configuration"),
    ],
)
async def test_a_phase_that_the_task_has_left_behind_is_not_waited_for(clock, job, until, left):
    simulator = simulator_of(clock)
    found = await watch_until(simulator, clock, job, timeout_s=600, until=until)
    assert (found.why, found.waited_s, len(requests_of(simulator))) == ("cannot_move", 0, 1)
    assert f"' has left {left} behind, which does not come back by itself: " in found.headline
    assert "until" not in found.next[0].args


async def test_a_failure_while_it_is_watched_says_that_nothing_moves_any_more(clock):
    tasks = world(clock, steps((0, INCRE), (20, "INCRE_TRANSFER_FAILED")))
    found = await watch_until(simulator_of(clock, tasks), clock, timeout_s=600)
    assert found.why == "changed"
    assert "It cannot move by itself now. The reason is not known." in found.headline
    assert [call.tool for call in found.next] == ["diagnose_job"]


PURGED = (
    "service LOGMANAGER failed, cause by: binlog mysql-bin.000031 has been purged at the source"
)
SLOT_LOST = 'ERROR: can no longer get changes from replication slot "drs_7", it was invalidated'


@pytest.mark.parametrize(
    ("link", "error"),
    [
        ("mysql-to-mysql", PURGED),
        ("postgresql-to-gaussdbv5", SLOT_LOST),
        ("oracle-to-mysql", "ORA-01031: insufficient privileges"),
    ],
)
async def test_its_advice_is_that_of_the_diagnosis(clock, link, error):
    log = [{"level": "Error", "create_time": "@-30m", "message": error}]
    tasks = world(clock, "INCRE_TRANSFER_FAILED")
    tasks.tasks[JOB]["log"] = log
    tasks.tasks[JOB]["job"]["base_info"]["engine_type"] = link
    simulator = simulator_of(clock, tasks)
    found = await watch_until(simulator, clock)
    async with connected(simulator, clock) as drs:
        diagnosis = await diagnose_job(drs, JOB)
    row = dict(zip(diagnosis.findings.columns, diagnosis.findings.rows[0], strict=True))
    assert f"{row['cause']} {row['fix']}" in found.headline
    assert ("full copy" in found.headline) == (diagnosis.resume == "full_copy")
    assert "not known" not in found.headline


@pytest.mark.parametrize(("label", "is_own"), [("shop-sync", True), ("crm-orders-sync", False)])
async def test_its_advice_is_from_lines_that_are_labelled_with_its_own_name(clock, label, is_own):
    tasks = world(clock, "INCRE_TRANSFER_FAILED")
    tasks.tasks[JOB]["job"]["base_info"]["name"] = "shop-sync"
    line = {"level": "Error", "create_time": "@-30m", "message": f"[task {label}] {PURGED}"}
    tasks.tasks[JOB]["log"] = [line]
    found = await watch_until(simulator_of(clock, tasks), clock)
    assert ("full copy" in found.headline) is is_own


async def test_without_its_log_it_advises_no_retry(clock):
    faults = Faults()
    faults.forbid(times=None, on="log")
    simulator = simulator_of(clock, world(clock, "INCRE_TRANSFER_FAILED"), faults=faults)
    found = await watch_until(simulator, clock)
    assert "Read why (diagnose_job) before a retry" in found.headline


async def test_a_task_without_progress_is_followed_by_its_detail(clock):
    tasks = world(clock, steps((0, "WAITING_FOR_START"), (30, "STARTJOBING")), progress=False)
    simulator = simulator_of(clock, tasks)
    found = await watch_until(simulator, clock)
    assert found.changed == [
        "Status WAITING_FOR_START became STARTJOBING: starting.",
        "Phase waiting became starting.",
    ]
    assert len(requests_of(simulator, "detail")) == found.polls


# -- what counts as a change -------------------------------------------------------------------


async def test_a_swinging_delay_and_a_creeping_percentage_do_not_end_it(clock):
    info = {
        "progress": {"ramp": {"from": 3, "to": 99, "over_s": 600, "as": "text"}},
        "incr_trans_delay": {"wave": {"about": 30, "by": 29, "period_s": 40, "as": "text"}},
    }
    found = await watch_until(simulator_of(clock, world(clock, info=info)), clock, timeout_s=600)
    assert (found.why, found.polls) == ("timeout", 61)


@pytest.mark.parametrize(
    ("more", "change"),
    [
        (
            {"info": {"incr_trans_delay": steps((0, "5"), (20, "75"))}},
            "Delay 75 s is above 60 s, its alarm threshold.",
        ),
        (
            {"info": {"incr_trans_delay": steps((0, "75"), (20, "5"))}},
            "Delay 5 s is back within 60 s, its alarm threshold.",
        ),
        (
            {"metrics": {"time_stamp": "@now-30s", "cpu_util": steps((0, "20"), (20, "96.5"))}},
            "The node's CPU is at 96.5%.",
        ),
        (
            {
                "migration_object_progress_info": {
                    "migration_object_overview": [
                        {"type": "VIEW", "status": steps((0, "TRANSFERING"), (20, "FAILED"))}
                    ]
                }
            },
            "1 object type failed: VIEW.",
        ),
    ],
)
async def test_a_threshold_crossed_or_a_new_finding_ends_it(clock, more, change):
    simulator = simulator_of(clock, world(clock, **more))
    found = await watch_until(simulator, clock)
    assert found.changed == [change]
    assert 20 <= found.waited_s < 45
    assert len(requests_of(simulator, "detail")) == 1
    fault = "back" not in change
    assert [call.tool for call in found.next] == ["watch_job"] + ["diagnose_job"] * fault


async def test_flow_control_that_comes_into_force_ends_it(clock):
    tasks = world(clock, FULL)
    tasks.tasks[JOB]["job"]["speed_limit"] = [{"begin": "08:00", "end": "09:00", "speed": "10"}]
    clock.forward(-30)
    found = await watch_until(simulator_of(clock, tasks), clock)
    assert found.changed == [
        "Flow control limits the full phase now: 10 MB/s, 08:00-09:00 UTC.",
    ]


# -- going on ----------------------------------------------------------------------------------


async def test_what_happened_between_two_calls_is_told_at_once(clock):
    simulator = simulator_of(clock)
    first = await watch_until(simulator, clock, REDIS)
    clock.forward(3600)
    second = await watch_until(simulator, clock, REDIS, since=first.since)
    assert (second.why, second.waited_s, second.polls) == ("changed", 0, 1)
    assert second.headline.startswith("Task 'legacy-redis-cluster' changed since the last answer: ")
    assert second.changed[0].startswith(f"Status {FULL} became {INCRE}")
    third = await watch_until(simulator, clock, REDIS, since=second.since)
    assert third.why == "timeout"


@pytest.mark.parametrize("since", ["junk", "w1.000000", "DROP TABLE orders"])
async def test_junk_in_place_of_a_handle_is_refused_before_anything_is_asked(clock, since):
    simulator = simulator_of(clock)
    with pytest.raises(ArgumentError, match="it is no handle of watch_job") as refused:
        await watch_until(simulator, clock, REDIS, since=since)
    assert since not in str(refused.value)
    assert simulator.requests == []


async def test_a_handle_of_another_task_is_refused(clock):
    simulator = simulator_of(clock)
    found = await watch_until(simulator, clock, "erp-oracle-gauss", timeout_s=0)
    with pytest.raises(ArgumentError, match="it belongs to another task"):
        await watch_until(simulator, clock, REDIS, since=found.since)


# -- how often, and what fails -----------------------------------------------------------------


class TimedTransport(httpx2.AsyncBaseTransport):
    """A wire that notes when each request goes out."""

    def __init__(self, simulator, clock):
        self.inner = httpx2.ASGITransport(app=simulator.app)
        self.clock = clock
        self.at = []

    async def handle_async_request(self, request):
        if "type=progress" in str(request.url):
            self.at.append(self.clock.seconds)
        return await self.inner.handle_async_request(request)


@pytest.mark.parametrize(
    ("timeout_s", "interval_s", "at"),
    [
        (45, 10, [0, 11.25, 22.5, 33.75, 45]),
        (40, 10, [0, 10, 20, 30, 40]),
        (120, 60, [0, 60, 120]),
        (9, 10, [0]),
    ],
)
async def test_polls_keep_their_distance_and_the_last_falls_on_the_end(
    clock, timeout_s, interval_s, at
):
    wire = TimedTransport(simulator_of(clock, world(clock)), clock)
    async with connections(wire, embedded_settings(), clock) as opened:
        drs = await opened.open()
        found = await watch_job(drs, JOB, timeout_s=timeout_s, interval_s=interval_s)
    assert wire.at == pytest.approx(at)
    assert (found.why, found.waited_s) == ("timeout", timeout_s)
    old = ["The state is that of 9 s before the end."] * (timeout_s == 9)
    assert found.notes == old


async def test_slow_answers_bring_no_two_polls_closer_and_do_not_outlast_the_watch(clock):
    faults = Faults()
    faults.slow(4, times=None, on="progress")
    wire = TimedTransport(simulator_of(clock, world(clock), faults=faults), clock)
    async with connections(wire, embedded_settings(), clock) as opened:
        found = await watch_job(await opened.open(), JOB, timeout_s=600)
    assert min(later - sooner for sooner, later in itertools.pairwise(wire.at)) >= 10
    assert 600 <= found.waited_s <= 612


async def test_polls_that_fail_are_counted_and_told_and_do_not_end_it(clock):
    faults = Faults()
    simulator = simulator_of(clock, world(clock, steps((0, INCRE), (40, "PAUSING"))), faults=faults)
    async with connected(simulator, clock) as drs:
        first = await watch_job(drs, JOB, timeout_s=0)
        faults.fail(500, times=2, on="progress")
        found = await watch_job(drs, JOB, since=first.since)
    assert found.why == "changed"
    assert found.notes == ["2 of 5 polls failed (DRS itself failed); the watch went on."]


async def test_a_last_poll_that_fails_leaves_the_state_before_it_with_its_age(clock):
    faults = Faults()
    simulator = simulator_of(clock, world(clock), faults=faults)

    async def fail_later(done, total, message):
        if done > 40 and not faults.coming:
            faults.fail(500, times=None, on="progress")

    found = await watch_until(simulator, clock, reporter=fail_later)
    assert (found.why, found.delay_s) == ("timeout", 5)
    assert found.notes == [
        "1 of 5 polls failed (DRS itself failed); the watch went on.",
        "The state is that of 11 s before the end.",
    ]


async def test_the_third_failure_in_a_row_is_raised(clock):
    faults = Faults()
    faults.fail(500, times=None, on="progress")
    simulator = simulator_of(clock, world(clock), faults=faults)
    with pytest.raises(ServiceFault):
        await watch_until(simulator, clock, timeout_s=600)
    assert len(requests_of(simulator)) == 3


async def test_an_unreachable_host_ends_a_single_look_with_the_error(clock):
    def refuse(request):
        raise httpx2.ConnectError("no route")

    async with connections(httpx2.MockTransport(refuse), clock=clock) as opened:
        with pytest.raises(Unreachable):
            await watch_job(await opened.open(), JOB, timeout_s=0)


@pytest.mark.parametrize(
    ("fault", "error"), [("forbid", NotPermitted), ("expire_token", NotAuthenticated)]
)
async def test_what_will_not_pass_is_raised_at_once(clock, fault, error):
    faults = Faults()
    simulator = simulator_of(clock, world(clock), faults=faults)
    getattr(faults, fault)(times=None)
    with pytest.raises(error):
        await watch_until(simulator, clock)
    assert clock.slept == []


async def test_an_unknown_task_is_raised_at_once(clock):
    with pytest.raises(TaskNotFound):
        await watch_until(simulator_of(clock), clock, JOB.replace("c7", "c8"))


async def test_an_unread_detail_is_told_and_read_with_the_next_poll(clock):
    faults = Faults()
    faults.fail(500, on="detail")
    simulator = simulator_of(clock, world(clock), faults=faults)
    async with connected(simulator, clock) as drs:
        found = await watch_job(drs, JOB, timeout_s=0)
        assert found.notes == [
            "The task's detail could not be read: name, thresholds and flow control are missing."
        ]
        faults.fail(500, on="detail")
        found = await watch_job(drs, JOB)
    assert (
        found.headline == "Task 'orders': incremental phase running; delay 5 s; no change in 45 s."
    )
    assert found.notes == []


# -- progress ----------------------------------------------------------------------------------


@pytest.mark.parametrize("slow_s", [0, 11])
@pytest.mark.parametrize("interval_s", [10, 60])
async def test_nobody_waits_longer_than_15_s_for_a_word(clock, interval_s, slow_s):
    faults = Faults()
    faults.slow(slow_s, times=None, on="progress")
    simulator = simulator_of(clock, world(clock), faults=faults)
    reporter = RecordingReporter(clock)
    found = await watch_until(
        simulator, clock, timeout_s=300, interval_s=interval_s, reporter=reporter
    )
    times = [at for at, *_ in reporter.messages] + [found.waited_s]
    assert times[0] == 0
    assert max(later - sooner for sooner, later in itertools.pairwise(times)) <= 15
    done = [done for _, done, *_ in reporter.messages]
    assert done == sorted(set(done))
    assert {total for _, _, total, _ in reporter.messages} == {300}


async def test_a_message_is_in_our_own_words_and_names_a_task_only_if_that_can_be_spoken(clock):
    reporter = RecordingReporter(clock)
    await watch_until(
        simulator_of(clock), clock, "legacy-redis-cluster", timeout_s=20, reporter=reporter
    )
    first, second, *_ = [message for *_, message in reporter.messages]
    assert first == "Watching 'legacy-redis-cluster'."
    assert second == (
        "Task 'legacy-redis-cluster': full phase running, 41% done; flow control is in force; "
        "0 of 20 s."
    )
    reporter = RecordingReporter(clock)
    hostile = "5de9f2fa-b6c7-45d8-93e4-f708192jb101"
    await watch_until(simulator_of(clock), clock, hostile, timeout_s=20, reporter=reporter)
    assert reporter.messages
    assert not [message for *_, message in reporter.messages if "Ignore all" in message]


def test_the_reporter_is_no_argument_of_the_tool():
    tool = next(tool for tool in all_tools(RenderOptions()) if tool.name == "watch_job")
    assert list(tool.parameters["properties"]) == [
        "job", "until", "timeout_s", "since", "interval_s", "full", "max_chars", "profile"
    ]  # fmt: skip


# -- through an MCP client ---------------------------------------------------------------------


@asynccontextmanager
async def client_of(simulator, clock, mode):
    server = embedded_server(RenderOptions(), simulator=simulator, clock=clock)
    async with Client(server, mode=mode) as client:
        yield client


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_progress_arrives_in_both_eras(clock, mode):
    said = []

    async def hear(done, total, message):
        said.append((done, total, message))

    async with client_of(simulator_of(clock), clock, mode) as client:
        found = await client.call_tool(
            "watch_job", {"job": "legacy-redis-cluster"}, progress_callback=hear
        )
    assert answer_of(found)["why"] == "timeout"
    assert said[0] == (0, 45, "Watching 'legacy-redis-cluster'.")
    assert len(said) >= 5
    assert said == sorted(said)


class BlockedClock(DrivenClock):
    """A clock on which who sleeps does not wake up."""

    def __init__(self):
        super().__init__()
        self.sleeping = anyio.Event()
        self.left = anyio.Event()

    async def sleep(self, _seconds):
        self.sleeping.set()
        try:
            await anyio.sleep_forever()
        finally:
            self.left.set()


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_cancelled_watch_ends_at_once_and_asks_nothing_more(mode):
    held = BlockedClock()
    simulator = Simulator(now=held.utc_now)
    with anyio.fail_after(10):
        async with client_of(simulator, held, mode) as client:
            async with anyio.create_task_group() as group:
                group.start_soon(client.call_tool, "watch_job", {"job": REDIS})
                await held.sleeping.wait()
                group.cancel_scope.cancel()
            with anyio.fail_after(1):
                await held.left.wait()
            held.forward(3600)
            before = len(simulator.requests)
            answer_of(await client.call_tool("get_progress", {"job": REDIS}))
    kinds = [one.kind for one in simulator.requests[before:]]
    assert sorted(kinds) == ["detail", "monitor-data", "progress"]
    assert before == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"timeout_s": "soon"}, "timeout_s: Input should be"),
        ({"until": "xyzzy"}, "until: Input should be"),
        ({"since": "x" * 421}, "since: String should have at most"),
        ({"since": "x"}, "since cannot be used"),
        ({"tell": "me"}, "tell is not an argument of this tool"),
    ],
)
async def test_wrong_arguments_are_refused_by_name(clock, arguments, message):
    simulator = simulator_of(clock)
    async with client_of(simulator, clock, "auto") as client:
        text = error_of(await client.call_tool("watch_job", {"job": REDIS, **arguments}))
    assert message in text
    assert simulator.requests == []


# -- over a real process -----------------------------------------------------------------------

QUIET = {
    name: value
    for name, value in os.environ.items()
    if not name.startswith(("DRS_MCP_", "HUAWEICLOUD_"))
}


def process(*arguments, **settings):
    command = ["-m", "drs_mcp", "serve", *arguments]
    return StdioServerParameters(command=sys.executable, args=command, env=QUIET | settings)


on_asyncio = pytest.mark.parametrize("anyio_backend", ["asyncio"])  # the server's own loop


@on_asyncio
async def test_over_stdio_progress_arrives_a_cancel_ends_it_and_a_finished_task_returns_at_once():
    records = anyio.Event()

    async def hear(done, total, message):
        if "full phase running" in message:
            records.set()

    async def watch(client):
        await client.call_tool("watch_job", {"job": REDIS}, progress_callback=hear)

    with anyio.fail_after(30):
        async with Client(process("--demo")) as client:
            async with anyio.create_task_group() as group:
                group.start_soon(watch, client)
                await records.wait()
                began = time.monotonic()
                group.cancel_scope.cancel()
            finished = {"job": "cache-redis-gemini", "timeout_s": 600}
            found = answer_of(await client.call_tool("watch_job", finished))
            assert time.monotonic() - began < 1
    assert found["why"] == "cannot_move"
    assert found["status"] == COMPLETE


@on_asyncio
async def test_over_stdio_a_cancel_hangs_up_on_drs_within_a_second():
    requests_of, hung_up = anyio.Event(), anyio.Event()

    async def never_answer(stream):
        async with stream:
            try:
                while await stream.receive():
                    requests_of.set()
            except (anyio.EndOfStream, anyio.BrokenResourceError):
                hung_up.set()

    async with (
        await anyio.create_tcp_listener(local_host="127.0.0.1") as listener,
        anyio.create_task_group() as drs,
    ):
        drs.start_soon(listener.serve, never_answer)
        port = listener.extra(anyio.abc.SocketAttribute.local_port)  # noqa: S610  not Django's
        settings = {
            "DRS_MCP_REGION": "cn-north-4",
            "DRS_MCP_PROJECT_ID": "054ba152d480d55b2f5dc0069e7ddef0",
            "DRS_MCP_TOKEN": "MIItoken",
            "DRS_MCP_ENDPOINT": f"http://127.0.0.1:{port}",
        }
        with anyio.fail_after(30):
            async with Client(process(**settings)) as client:
                async with anyio.create_task_group() as group:
                    group.start_soon(client.call_tool, "watch_job", {"job": REDIS})
                    await requests_of.wait()
                    assert not hung_up.is_set()
                    group.cancel_scope.cancel()
                with anyio.fail_after(1):
                    await hung_up.wait()
                error_of(await client.call_tool("watch_job", {"job": REDIS, "since": "x"}))
        drs.cancel_scope.cancel()


async def test_a_status_of_the_detail_is_none_of_a_later_poll():
    clock = DrivenClock()
    info = {"incr_trans_delay": "5", "transfer_status": steps((0, INCRE), (30, "PAUSING"))}
    tasks = world(clock, INCRE, info=info)
    found = await watch_until(simulator_of(clock, tasks), clock, timeout_s=60)
    assert found.why == "changed"
    assert found.status == "PAUSING"


async def test_while_detail_and_progress_tell_two_statuses_the_worse_one_is_watched():
    clock = DrivenClock()
    info = {"incr_trans_delay": "5", "transfer_status": INCRE}
    tasks = world(clock, steps((0, "PAUSING"), (30, INCRE)), info=info)
    simulator = simulator_of(clock, tasks)
    look = await watch_until(simulator, clock, timeout_s=0)
    assert "paused; DRS tells several statuses" in look.headline
    found = await watch_until(simulator, clock, timeout_s=60, until="running")
    assert found.why == "reached"
    assert found.waited_s >= 30

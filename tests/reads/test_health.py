"""What optional reads add to an answer, and that none of them can spoil one."""

import json
import logging

import anyio
import httpx2
import pytest
from trio.testing import MockClock

from drs_mcp.embedded import embedded_settings
from drs_mcp.reads.optional import LONGEST_S
from drs_mcp.serving.result import RenderOptions, receipt, result
from drs_mcp.simulator import Simulator, World
from drs_mcp.summaries.health.components import Component
from drs_mcp.summaries.health.progress import by_kind
from drs_mcp.tools.comparisons import list_compare_tasks
from drs_mcp.tools.diagnosis import check_cutover, diagnose_job
from drs_mcp.tools.jobs import get_progress
from tests.conftest import DrivenClock
from tests.support.diagnosed import diagnose, task
from tests.support.tool_calls import ask, connections, embedded

pytestmark = pytest.mark.anyio

PARTS = ("monitor-data", "increment-components-detail", "timelines", "ddl", "dirty-data")
MORE = ("compare-policy", "health-compare-jobs", "progress-data", "batch-rpo-and-rto")
NAMES = {"DDL", "monitoring", "rejected rows", "timeline"}
SAYS = {
    "400 with a code": httpx2.Response(400, json={"error_code": "DRS.M00304", "error_msg": "x"}),
    "400 without one": httpx2.Response(400, text="no"),
    "400 of a parameter": httpx2.Response(400, json={"error_code": "DRS.M00202"}),
    "403": httpx2.Response(403, json={"error_code": "APIGW.0302", "error_msg": "x"}),
    "404 of the gateway": httpx2.Response(404, json={"error_code": "APIGW.0101"}),
    "404 of somebody else": httpx2.Response(404, text="<html>"),
    "500": httpx2.Response(500, json={"error_code": "DRS.M00004"}),
    "no JSON": httpx2.Response(200, text="<html>"),
    "another object": httpx2.Response(200, json={"job": {"id": "x"}, "detail": [1]}),
    "a list": httpx2.Response(200, json=[1, 2]),
    "an error in HTTP 200": httpx2.Response(200, json={"error_code": "DRS.M05066"}),
    "an error within the job": httpx2.Response(200, json={"job": {"error_code": "DRS.M00004"}}),
}
NOT_OFFERED = ("400 with a code", "404 of the gateway")


class Failing(httpx2.AsyncBaseTransport):
    """The embedded DRS, but for the optional reads, which all fail in one way."""

    def __init__(self, world, answer):
        self.honest = httpx2.ASGITransport(app=Simulator(world=world).app)
        self.answer = answer
        self.asked = []

    async def handle_async_request(self, request):
        parts = request.url.path.strip("/").split("/")
        if not set(parts) & {*PARTS, *MORE}:
            return await self.honest.handle_async_request(request)
        self.asked.append(request.url.path)
        if self.answer is None:
            raise httpx2.ReadTimeout("no answer", request=request)
        return httpx2.Response(
            self.answer.status_code, headers=self.answer.headers, content=self.answer.content
        )


async def asked(tool, wire, job):
    """The answer as the client gets it, with what the call itself has to note."""
    async with connections(wire, embedded_settings()) as opened:
        drs = await opened.open()
        answer = await tool(drs, job=job)
        answer.notes += drs.notes
        return result(answer, receipt(drs, opened.clock), RenderOptions(), 8000).structured_content


def without(answer, *fields):
    return {name: value for name, value in answer.items() if name not in fields}


TOOLS = [diagnose_job, get_progress, check_cutover, list_compare_tasks]


@pytest.mark.costly
@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.__name__)
@pytest.mark.parametrize("how", [*SAYS, "timeout"])
async def test_with_every_optional_read_failing_the_answer_is_the_one_without_them(tool, how):
    subject = task("delay-excessive")
    plain = await ask(tool, **embedded(Simulator(world=World([subject]))), job=subject["id"])
    wire = Failing(World([subject]), SAYS.get(how))
    found = await asked(tool, wire, subject["id"])
    assert wire.asked
    # Waiting moves the clock, by which criteria are dated.
    added = ("unread", "notes", "receipt", *(["criteria"] if how == "timeout" else []))
    assert without(found, *added) == without(plain, *added)
    unread, notes = found.get("unread", {}), " ".join(found.get("notes", []))
    if how in NOT_OFFERED:
        assert not unread
        assert "Not offered for this region or engine: " in notes
    else:
        assert unread
        assert "Not offered" not in notes


async def test_what_is_not_offered_is_told_and_asked_for_once_an_hour():
    subject = task("delay-excessive")
    wire = Failing(World([subject]), SAYS["404 of the gateway"])
    clock = DrivenClock()
    async with connections(wire, embedded_settings(), clock) as opened:

        async def notes():
            drs = await opened.open()
            answer = await diagnose_job(drs, job=subject["id"])
            answer.notes += drs.notes
            found = result(answer, receipt(drs, clock), RenderOptions(), 8000).structured_content
            assert "unread" not in found
            return " ".join(found.get("notes", []))

        first, asked = await notes(), len(wire.asked)
        assert "Not offered" in first
        assert "Not offered" not in await notes()
        assert len(wire.asked) == asked
        clock.forward(3601)
        assert "Not offered" in await notes()


async def test_what_is_not_offered_to_one_task_is_asked_for_again_for_another():
    subjects = [task("delay-excessive"), task("connection-lost")]
    wire = Failing(World(subjects), SAYS["404 of the gateway"])
    async with connections(wire, embedded_settings()) as opened:
        asked = []
        for subject in subjects:
            before = len(wire.asked)
            await diagnose_job(await opened.open(), job=subject["id"])
            asked.append(len(wire.asked) - before)
    assert all(asked)


async def test_a_verdict_on_the_cut_over_tells_in_every_answer_what_is_not_offered():
    subject = task("delay-excessive")
    wire = Failing(World([subject]), SAYS["404 of the gateway"])
    async with connections(wire, embedded_settings()) as opened:
        told = []
        for _ in range(2):
            drs = await opened.open()
            await check_cutover(drs, job=subject["id"])
            told.append([note for note in drs.notes if "Not offered" in note])
    assert len(told[0]) == 1
    assert told[0] == told[1]


async def test_what_may_not_be_read_is_named_in_every_answer():
    subject = task("delay-excessive")
    wire = Failing(World([subject]), SAYS["403"])
    async with connections(wire, embedded_settings()) as opened:
        for _ in range(2):
            drs = await opened.open()
            answer = await diagnose_job(drs, job=subject["id"])
            assert answer.unread == dict.fromkeys(sorted(NAMES), "HTTP 403, APIGW.0302")
            assert "Not read" not in answer.headline


@pytest.mark.parametrize(
    "anyio_backend", [pytest.param(("trio", {"clock": MockClock(autojump_threshold=0)}), id="trio")]
)
async def test_an_optional_read_that_hangs_holds_nobody_up_for_long(anyio_backend):
    subject = task("delay-excessive")

    class Hanging(Failing):
        async def handle_async_request(self, request):
            if "monitor-data" in request.url.path:
                await anyio.sleep_forever()
            return await super().handle_async_request(request)

    wire = Hanging(World([subject]), SAYS["403"])
    with anyio.fail_after(20):
        began = anyio.current_time()
        found = await ask(diagnose_job, wire, settings=embedded_settings(), job=subject["id"])
    assert found["unread"]["monitoring"] == "no answer in time"
    assert anyio.current_time() - began == pytest.approx(LONGEST_S, abs=0.5)


# -- what they add -------------------------------------------------------------------------------

AT = "@now-40s"


def lagging(**monitor):
    figures = {"update_time": AT, "is_src_normal": True, "is_dst_normal": True, **monitor}
    return task("delay-excessive", reads={"monitor-data": figures})


DELAY = int(task("delay-excessive")["progress"]["progress_info"]["incr_trans_delay"])


@pytest.mark.parametrize(
    ("figures", "side", "says"),
    [
        ({"src_delay": 2, "dst_delay": 941}, "destination", "Applying is the slower side"),
        ({"src_delay": "9410", "dst_delay": "20"}, "source", "Reading the source is the slower"),
        ({"src_delay": 300, "dst_delay": 420}, None, "cannot be told"),
        ({"src_delay": 2, "dst_delay": 941, "update_time": "@-9h"}, None, "measured at"),
        ({"src_delay": 2, "dst_delay": 941, "update_time": "@plain:now-40s"}, None, "unknown time"),
        ({"src_delay": 2}, None, "not known"),
        ({"src_delay": 2_000, "dst_delay": 900_000}, "destination", "Applying is the slower side"),
        (
            {"src_delay": DELAY * 3 // 10, "dst_delay": DELAY * 7 // 10},
            "destination",
            " s, applying",
        ),
        ({"src_delay": DELAY * 700, "dst_delay": DELAY * 300}, "source", " ms, applying"),
        ({"src_delay": DELAY // 2, "dst_delay": DELAY // 2}, None, "cannot be told"),
        (
            {"src_delay": 1, "dst_delay": DELAY, "update_time": "@plain:now-40s"},
            "destination",
            "Applying is the slower side",
        ),
        ({"src_delay": 0, "dst_delay": 1}, None, "do not fit the delay"),
    ],
)
async def test_a_diagnosis_names_the_slower_side_or_says_that_it_cannot(figures, side, says):
    found = await diagnose(lagging(**figures))
    assert found.answer["root_cause"] == "delay_excessive"
    assert found.answer.get("side") == side
    assert says.lower() in json.dumps(found.answer).lower()
    assert found.tokens <= 900


@pytest.mark.parametrize(
    ("reads", "code", "says"),
    [
        (
            {"monitor-data": {"is_dst_normal": False, "update_time": AT}},
            "destination_disconnected",
            "no working connection to the destination",
        ),
        (
            {"monitor-data": {"used_volumes": "91.2", "node_volume_size": 100, "update_time": AT}},
            "node_disk_filling",
            "91.2% full",
        ),
        (
            {
                "dirty-data": [
                    {
                        "db_name": "shop",
                        "table_name": "orders",
                        "error_sql": "INSERT INTO orders VALUES (7, 'Mei')",
                        "error_msg": "Data too long for column 'note' at row 1",
                        "error_time": "@-1h",
                    },
                    {
                        "repeat": 20_000,
                        "row": {
                            "db_name": "shop",
                            "table_name": "items",
                            "error_sql": "x",
                            "error_time": "@-2h",
                        },
                    },
                ]
            },
            "rows_rejected",
            "20,001 rows",
        ),
        (
            {
                "ddl": [
                    {
                        "seqno": 7,
                        "status": 1,
                        "ddl_text": "ALTER TABLE t ADD c INT",
                        "exe_result": False,
                        "ddl_timestamp": "@int:-1h",
                    }
                ]
            },
            "ddl_waits",
            "1 DDL statement of the source need",
        ),
    ],
    ids=["connection", "disk", "rejected rows", "ddl"],
)
async def test_what_is_wrong_there_is_a_finding_of_its_own(reads, code, says):
    healthy = task("delay-excessive-twin", "findings/delay-excessive")
    assert (await diagnose(healthy)).answer["verdict"] == "healthy"
    found = await diagnose({**healthy, "reads": reads})
    assert found.codes == [code]
    assert found.answer["verdict"] == "attention"
    assert says in json.dumps(found.answer)
    assert "Mei" not in json.dumps(found.answer)
    assert found.tokens <= 900


@pytest.mark.parametrize(
    "reads",
    [
        {"monitor-data": {"is_dst_normal": False, "update_time": "@-9h"}},
        {"monitor-data": {"is_dst_normal": False, "update_time": "@plain:now-40s"}},
        {"monitor-data": {"is_dst_normal": False}},
    ],
    ids=["old", "without a zone", "undated"],
)
async def test_what_nothing_dates_makes_no_healthy_task_ill(reads):
    found = await diagnose(
        {**task("delay-excessive-twin", "findings/delay-excessive"), "reads": reads}
    )
    assert found.answer["verdict"] == "healthy"
    assert found.codes == ["destination_disconnected"]


async def test_a_component_that_stands_still_while_the_task_runs_is_a_finding():
    components = {
        "update_time": AT,
        "increment_components_list": [
            {"type": "capture", "status": "STARTED", "delay": "2"},
            {"type": "apply", "status": "STOPPED", "delay": "7910"},
        ],
    }
    healthy = task("node-cpu-exhausted-twin", "findings/node-cpu-exhausted")
    found = await diagnose({**healthy, "reads": {"increment-components-detail": components}})
    assert found.codes == ["apply_stopped"]
    cutover = await ask(
        check_cutover,
        **embedded(
            Simulator(
                world=World([{**healthy, "reads": {"increment-components-detail": components}}])
            )
        ),
        job=healthy["id"],
    )
    assert cutover["verdict"] == "not_ready"
    assert "stopped: apply" in cutover["headline"]


async def test_who_did_what_is_shown_and_never_logged(caplog):
    caplog.set_level(logging.DEBUG)
    done = [
        {"name": "PAUSE", "status": "success", "operation_time": "@-1h", "user_name": "mei-planted"}
    ]
    found = await diagnose({**task("paused"), "reads": {"timelines": done}})
    assert found.answer["done_to_it"]["rows"][0][0] == "PAUSE"
    assert "mei-planted" in json.dumps(found.answer)
    assert "mei-planted" not in caplog.text


async def test_rows_are_always_asked_for_without_their_values():
    simulator = Simulator(world=World([task("delay-excessive")]))
    await ask(diagnose_job, **embedded(simulator), job=task("delay-excessive")["id"])
    (asked,) = [one for one in simulator.requests if one.kind == "dirty-data"]
    assert asked.query["anonymize_mode"] == "true"


async def test_a_progress_tells_both_sides_and_a_disaster_recovery_its_points():
    found = await ask(get_progress, **embedded(Simulator()), job="erp-oracle-gauss")
    assert found["sides"]["read_rows_s"] == 412
    assert found["components"]["apply"] == "started, 2 s behind, at 93110399"
    found = await ask(get_progress, **embedded(Simulator()), job="bank-dr-standby")
    assert found["recovery"] == {"rpo_s": 1900, "rto_s": 1960}


@pytest.mark.parametrize(
    ("rpo", "rto", "codes"),
    [
        ("45", "10", {"rpo_excessive"}),
        (5, "45.5", {"rto_excessive"}),
        (30, 40, set()),
        ("-1", None, set()),
    ],
)
async def test_rpo_and_rto_are_held_against_their_own_thresholds(rpo, rto, codes):
    told = {"rpo_info": {"delay": rpo}, "rto_info": {"delay": rto}}
    near = task(
        "bank-dr-standby",
        "bank-dr-standby",
        reads={"batch-rpo-and-rto": told},
        job__alarm_notify={"rpo_delay": 30, "rto_delay": 40},
        progress__progress_info__incr_trans_delay="50",
        progress__progress_info__incr_trans_delay_millis="50000",
    )
    found = await diagnose(near)
    assert {code for code in found.codes if code.startswith(("rpo", "rto"))} == codes
    assert "delay_excessive" not in found.codes


async def test_a_full_phase_names_the_tables_that_are_not_done_the_least_complete_first():
    rows = [
        {"src_db": "shop", "src_tb": f"t{n}", "dst_db": "shop", "dst_tb": f"t{n}", "progress": n}
        for n in range(1, 101)
    ]
    subject = task("objects-failed-twin", "findings/objects-failed")
    subject = {**subject, "reads": {"progress-data": {"table": rows}}}
    found = await ask(
        get_progress, **embedded(Simulator(world=World([subject]))), job=subject["id"]
    )
    assert found["unfinished_tables"][0] == "shop.t1 1%"
    assert found["unfinished"] == 99


async def test_comparisons_on_a_schedule_and_under_way_stand_beside_the_others():
    subject = task("billing-recon", "billing-recon")
    running = {
        "id": "c0ffee00-0002-4000-8000-000000000003",
        "type": "lines",
        "status": "RUNNING",
        "start_time": "@-5m",
    }
    subject = {**subject, "comparisons": [*subject["comparisons"], running]}
    found = await ask(
        list_compare_tasks, **embedded(Simulator(world=World([subject]))), job=subject["id"]
    )
    assert found["scheduled"][0].startswith("lines successful at ")
    assert "are scheduled, next at" in found["notes"][0]
    rows = [
        dict(zip(found["tasks"]["columns"], row, strict=True)) for row in found["tasks"]["rows"]
    ]
    (told,) = [row["done"] for row in rows if row["status"] == "RUNNING"]
    assert told == "41.5% of the stock, 3 to recheck"


async def test_a_comparison_on_a_schedule_makes_nothing_ready():
    subject = task("billing-recon", "billing-recon")
    subject = {**subject, "comparisons": []}
    found = await ask(
        check_cutover, **embedded(Simulator(world=World([subject]))), job=subject["id"]
    )
    assert found["verdict"] != "ready"
    assert "does not count here" in found["notes"][-1]


async def test_what_is_refused_for_the_present_status_is_asked_for_again():
    subject = task("delay-excessive")
    wire = Failing(World([subject]), SAYS["400 with a code"])
    async with connections(wire, embedded_settings()) as opened:
        asked = []
        for _ in range(2):
            before = len(wire.asked)
            drs = await opened.open()
            await diagnose_job(drs, job=subject["id"])
            assert any("Not offered" in note for note in drs.notes)
            asked.append(len(wire.asked) - before)
    assert asked[0] == asked[1] > 0


def test_a_component_whose_kind_is_no_word_or_stands_twice_goes_by_its_place():
    kinds = ["capture", "no end of it", "apply", "apply"]
    listed = [Component(kind, "STARTED", number, None) for number, kind in enumerate(kinds)]
    assert list(by_kind(listed)) == ["capture", "other 2", "apply", "other 4"]

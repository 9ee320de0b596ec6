"""Single cases of a diagnosis that no scenario shows: a scenario's task with a fact or two changed."""

import httpx2
import pytest

from tests.support.diagnosed import diagnose, diagnosed, task

pytestmark = pytest.mark.anyio


def error(at, message):
    return {"level": "Error", "create_time": at, "message": message}


UNREACHABLE = (
    "service LOGMANAGER failed, cause by: Unable to connect to DBMS: url=jdbc:mysql://10.2.0.5:3306"
)
REFUSED = f"{UNREACHABLE} Access denied for user 'drs'"


# -- what stopped it -------------------------------------------------------------------------------


async def test_what_is_blamed_for_a_failure_is_not_ruled_out_as_well():
    found = await diagnose(
        task("fatal-error", log=[error("@-3h", UNREACHABLE), error("@-2h", UNREACHABLE)])
    )
    assert found.findings[0]["known"] == "mysql-log-unable-connect"
    assert "ruled_out" not in found.answer


async def test_an_error_that_matches_no_known_failure_is_told_as_it_stands():
    found = await diagnose(task("fatal-error", log=[error("@-2h", "worker 7 gave up")]))
    [cause] = found.findings
    assert cause["evidence"] == "worker 7 gave up"
    assert cause["fix"] == "No known failure matches: read the lines that led to it."
    assert cause["confidence"] == "observed"
    assert "known" not in cause
    assert "Likely cause" not in found.answer["headline"]


async def test_a_failure_that_is_harmless_while_a_task_runs_is_blamed_when_there_is_no_other():
    harmless = "service CAPTURER failed, cause by: core process is not healthy or crashed"
    found = await diagnose(task("fatal-error", log=[error("@-2h", harmless)]))
    assert found.findings[0]["known"] == "mysql-capturer-core-process"
    found = await diagnose(
        task("fatal-error", log=[error("@-2h4m", "worker 7 gave up"), error("@-2h", harmless)])
    )
    assert found.findings[0]["evidence"] == "worker 7 gave up"


async def test_a_stop_whose_estimated_time_has_passed_is_told_to_come_at_any_time():
    found = await diagnose(task("automatic-stop", log=[error("@-20d", "worker 7 gave up")]))
    assert "DRS stops it by itself at any time" in found.findings[1]["says"]


async def test_times_at_the_end_of_the_calendar_are_told_without_an_estimate():
    late = error("9999-12-31T23:00:00Z", "worker 7 gave up")
    for stopped in (
        task("automatic-stop", log=[late]),
        task("automatic-stop", job__base_info__expired_days="9" * 15),
    ):
        assert (await diagnose(stopped)).codes == ["fatal_error"]
    draft = task("configuration-incomplete", job__create_time="9999-12-31T23:00:00Z")
    assert "removes" not in (await diagnose(draft)).answer["headline"]


async def test_a_failed_parent_without_an_error_of_its_own_is_explained_by_its_subtask():
    parent = task("subtask-failed", job__status="INCRE_TRANSFER_FAILED")
    subtask = task("subtask-failed-02", "findings/subtask-failed")
    found = await diagnose(parent, subtask)
    assert found.codes == ["subtask_failed"]
    assert found.answer["next"][0]["args"] == {"job": subtask["id"]}


async def test_of_many_failed_subtasks_three_tell_their_causes_and_the_others_are_named():
    parent = task("subtask-failed")
    one = task("subtask-failed-02", "findings/subtask-failed")
    failed = [
        {**one, "id": f"{one['id'][:-5]}{n:05d}", "job": one["job"] | {
            "base_info": one["job"]["base_info"] | {"name": f"branch-{n:02d}"}}}
        for n in range(40)
    ]  # fmt: skip
    found = await diagnose(parent, *failed)
    assert found.codes == ["subtask_failed"] * 4
    assert [row["known"] for row in found.findings] == ["oracle-incr-log-gone"] * 3 + [None]
    assert found.findings[3]["says"] == (
        "37 other subtasks failed, too: 'branch-03', 'branch-04', 'branch-05', 'branch-06', "
        "'branch-07', 32 more"
    )
    assert found.tokens <= 900


# -- what goes on while it runs --------------------------------------------------------------------


async def test_lost_connections_and_refused_credentials_are_two_findings():
    found = await diagnose(
        task("connection-lost", log=[error("@-3m", UNREACHABLE), error("@-2m", REFUSED)])
    )
    assert set(found.codes) == {"connection_lost", "credentials_refused"}


async def test_a_refused_account_is_told_by_the_side_that_refuses_it():
    destination = REFUSED.replace("LOGMANAGER", "INCREMENT")
    found = await diagnose(task("credentials-refused", log=[error("@-2m", destination)]))
    assert found.findings[0]["says"].startswith("the destination refuses the account: 1 error")


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        ("REBUILD_NODE_STARTED", "waiting"),
        ("RELEASE_RESOURCE_STARTED", "waiting"),
        ("CREATING", "waiting"),
        ("RELEASE_RESOURCE_COMPLETE", "finished"),
        ("NODE_UPGRADE_FAILED", "failed"),
        ("CHILD_TRANSFER_STARTED", "healthy"),
    ],
)
async def test_a_status_that_is_no_phase_has_its_own_verdict(status, verdict):
    found = await diagnose(task("paused", job__status=status))
    assert found.answer["verdict"] == verdict


async def test_errors_while_a_task_is_changed_need_attention():
    found = await diagnose(task("recent-errors", job__status="CHANGE_JOB_STARTED"))
    assert found.answer["verdict"] == "attention"


# -- its load --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("delay", "threshold", "whose"),
    [
        ("301", 0, "300 s, the default threshold, as it sets none"),
        ("61", 60, "60 s, its alarm threshold"),
    ],
)
async def test_a_delay_is_judged_by_the_alarm_threshold_or_a_stated_default(
    delay, threshold, whose
):
    late = task(
        "delay-excessive",
        job__alarm_notify__delay_time=threshold,
        progress__progress_info__incr_trans_delay=delay,
    )
    found = await diagnose(late)
    assert found.findings[0]["says"] == f"the delay of {delay} s is above {whose}"


@pytest.mark.parametrize(
    ("alarms", "delay", "whose"),
    [
        (
            {"rpo_delay": 40, "rto_delay": "45"},
            "90",
            "85 s, its alarm thresholds together (RPO 40 s, RTO 45 s)",
        ),
        ({"rpo_delay": 40, "rto_delay": 45, "delay_time": 10}, "90", "10 s, its alarm threshold"),
        (
            {"rpo_delay": 40, "rto_delay": 0},
            "301",
            "300 s, the default threshold, as it sets one of RPO alone (40 s)",
        ),
    ],
)
async def test_disaster_recovery_is_judged_by_its_thresholds_of_both_halves_of_the_way(
    alarms, delay, whose
):
    late = task(
        "delay-excessive",
        job__alarm_notify=alarms,
        progress__progress_info__incr_trans_delay=delay,
    )
    found = await diagnose(late)
    assert found.findings[0]["says"] == f"the delay of {delay} s is above {whose}"


@pytest.mark.parametrize(("rpo", "rto", "delay"), [(60, 60, "110"), (0, 60, "110"), (60, 0, "300")])
async def test_a_delay_that_both_thresholds_together_allow_is_no_trouble(rpo, rto, delay):
    near = task(
        "delay-excessive",
        job__alarm_notify={"rpo_delay": rpo, "rto_delay": rto},
        progress__progress_info__incr_trans_delay=delay,
    )
    assert "delay_excessive" not in (await diagnose(near)).codes


async def test_a_delay_soon_after_the_full_phase_is_no_trouble():
    found = await diagnose(
        task(
            "delay-excessive",
            progress__migration_object_progress_info__incr_start_time="@-20m",
        )
    )
    assert (found.answer["verdict"], found.codes) == ("healthy", ["delay_excessive"])
    assert "root_cause" not in found.answer
    assert "Note: the delay of 240 s is above 120 s" in found.answer["headline"]


@pytest.mark.parametrize(
    ("measured", "processed", "verdict"),
    [
        ("@-9h", None, "unknown"),
        ("@-16m", "@-5h", "unknown"),
        ("@-9h", "@-1m", "healthy"),
        ("@-10m", None, "healthy"),
    ],
)
async def test_a_delay_that_was_measured_long_ago_makes_no_task_healthy(
    measured, processed, verdict
):
    found = await diagnose(
        task(
            "delay-excessive-twin",
            "findings/delay-excessive",
            progress__metrics__time_stamp=measured,
            progress__progress_info__process_time=processed,
        )
    )
    assert found.answer["verdict"] == verdict
    assert (", measured " in found.answer["headline"]) is (verdict == "unknown")


async def test_a_delay_of_minus_one_is_unknown():
    found = await diagnose(task("delay-excessive", progress__progress_info__incr_trans_delay="-1"))
    assert found.answer["verdict"] == "unknown"
    assert "delay not told" in found.answer["headline"]
    assert found.answer["next"][0]["tool"] == "get_progress"


async def test_a_delay_that_only_a_line_of_the_log_tells_is_known():
    lag = {"level": "Info", "create_time": "@-1m", "message": "replication lag is 3 s"}
    changes = {"progress__progress_info__incr_trans_delay": "-1", "log": [lag]}
    assert (await diagnose(task("delay-excessive", **changes))).answer["verdict"] == "healthy"


@pytest.mark.parametrize("hour", ["@-10m", "@-2h59m"])
async def test_a_full_phase_is_not_called_stalled_for_a_short_silence_alone(hour):
    silent = task("full-phase-stalled", progress__metrics={})
    silent["log"][0] = silent["log"][0] | {"create_time": hour}
    assert (await diagnose(silent)).answer["verdict"] == "healthy"


async def test_three_hours_of_silence_are_a_stalled_full_phase_without_any_metrics():
    silent = task("full-phase-stalled", progress__metrics={}, log=[])
    assert (await diagnose(silent)).codes == []  # an empty log dates nothing
    line = {"level": "Info", "create_time": "@-3h", "message": "Copied shard 7."}
    assert (await diagnose(silent | {"log": [line]})).codes == ["full_phase_stalled"]


async def test_objects_that_a_finished_full_phase_could_not_move_need_attention():
    found = await diagnose(
        task(
            "objects-failed",
            job__status="FULL_TRANSFER_COMPLETE",
            job__base_info__task_type="FULL_TRANS",
        )
    )
    assert (found.answer["verdict"], found.codes) == ("attention", ["objects_failed"])


async def test_a_flow_control_window_at_another_hour_does_not_act():
    window = [{"begin": "20:00", "end": "05:59", "speed": "10"}]
    found = await diagnose(task("flow-control", job__speed_limit=window))
    assert found.answer["verdict"] == "healthy"


# -- its comparisons -------------------------------------------------------------------------------


async def test_an_object_comparison_under_way_is_not_judged_and_not_called_consistent():
    running = task("objects-missing")
    running["comparisons"][0] = running["comparisons"][0] | {"status": "RUNNING"}
    found = await diagnose(running)
    assert found.answer["verdict"] == "healthy"
    assert not any("consistent" in line for line in found.answer["ruled_out"])


async def test_an_object_type_that_could_not_be_compared_is_not_called_different():
    failed = task("objects-missing-twin", "findings/objects-missing")
    result = failed["comparisons"][0]["result"]
    view = {"type": "VIEW", "source_count": 4, "target_count": 4, "status": "FAILED_TO_COMPARE"}
    changed = failed["comparisons"][0] | {"result": result | {"others": [view]}}
    found = await diagnose(failed | {"comparisons": [changed]})
    assert found.findings[0]["says"] == "objects do not agree: VIEW failed to compare"


async def test_a_comparison_that_passed_its_time_limit_has_failed():
    timed_out = task("comparison-failed")
    comparison = timed_out["comparisons"][0] | {"status": "TIMEOUT_INTERRUPT", "error_msg": ""}
    found = await diagnose(timed_out | {"comparisons": [comparison]})
    assert "did not finish (timeout interrupt" in found.findings[0]["says"]
    assert found.answer["next"][0]["tool"] == "list_compare_tasks"


# -- its requests ----------------------------------------------------------------------------------


class NamesOnly(httpx2.AsyncBaseTransport):
    """A DRS whose task list is filtered by names, not by IDs."""

    def __init__(self, wire):
        self._wire = wire

    async def handle_async_request(self, request):
        if len(request.url.params.get("name", "")) == 36:
            return httpx2.Response(200, json={"total_count": 0, "jobs": []})
        return await self._wire.handle_async_request(request)


def test_requests_are_four_deep_and_one_waits_for_a_place_where_the_list_takes_no_id():
    found = diagnosed("findings/subtask-failed", NamesOnly)["subtask-failed"]
    assert found.codes == ["subtask_failed"]
    assert found.findings[0]["known"] == "oracle-incr-log-gone"
    assert 4 <= found.rounds <= 5  # six are under way at most

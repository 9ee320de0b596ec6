from datetime import UTC, datetime

import pytest

from drs_mcp.serving.budget import fit
from drs_mcp.summaries.tasks.flow_windows import active_window
from drs_mcp.summaries.tasks.progress import progress_answer
from tests.support import examples

NOW = datetime(2022, 11, 14, 18, 11, 54, tzinfo=UTC)


def test_the_incremental_example_tells_the_delay_and_not_that_it_is_done():
    found = fit(
        progress_answer(
            examples.job("v5-progress-incremental"),
            {"base_info": {"name": "erp"}, "alarm_notify": {"delay_time": 10}},
            job_ref="erp",
            now=NOW,
        )
    )
    assert found["headline"] == (
        "Task 'erp': incremental phase running; delay 17.77 s, above its alarm threshold of 10 s."
    )
    assert found["delay_s"] == 17.77
    assert found["progress_pct"] == 100


def test_sentinels_are_unknown():
    found = fit(
        progress_answer(examples.job("v5-progress-full-with-sentinels"), {}, job_ref="x", now=NOW)
    )
    assert "delay_s" not in found
    assert "time_left" not in found
    assert found["objects"]["rows"][0] == [
        "TABLE_STRUCTURE", "transferring", 113, 120, 94.2,
    ]  # fmt: skip
    assert found["objects"]["rows"][1][:4] == ["TRIGGER", "moves when the task is stopped", 0, 3]


def test_what_failed_stands_first_then_what_lags():
    job = {
        "progress_info": {"transfer_status": "FULL_TRANSFER_STARTED"},
        "migration_object_progress_info": {
            "migration_object_overview": [
                {"type": "VIEW", "status": "COMPLETED", "src_count": "3", "dst_count": "3"},
                {"type": "TABLE", "status": "TRANSFERING", "src_count": "10", "dst_count": "9"},
                {"type": "INDEX", "status": " transfering", "src_count": 10, "dst_count": 2},
                {"type": "TRIGGER", "status": "FAILED", "src_count": "4", "dst_count": "1"},
            ]
        },
    }
    found = progress_answer(job, {}, job_ref="x", now=NOW)
    assert [row[0] for row in found.objects.rows] == ["TRIGGER", "INDEX", "TABLE"]
    assert found.completed_objects == "VIEW 3"
    assert found.headline == "The task: full phase running; 1 object type failed."


def test_time_left_is_estimated_from_the_average_pace_of_the_full_phase():
    job = {
        "progress_info": {"transfer_status": "FULL_TRANSFER_STARTED", "progress": "25"},
        "migration_object_progress_info": {"full_start_time": "2022-11-14T17:11:54Z"},
    }
    assert progress_answer(job, {}, job_ref="x", now=NOW).time_left_est_s == 10_800


@pytest.mark.parametrize("left", [None, "", "0", 0, "-1", "NaN", "null"])
def test_time_left_that_drs_does_not_know_is_left_out(left):
    info = {"transfer_status": "FULL_TRANSFER_STARTED", "progress": "40", "remaining_time": left}
    found = fit(progress_answer({"progress_info": info}, {}, job_ref="x", now=NOW))
    assert "time_left" not in found


def test_time_left_is_told_of_the_full_phase_alone_and_of_its_stages():
    def left(status):
        info = {
            "transfer_status": status,
            "progress": "40",
            "remaining_time": "10",
            "progress_map": {"data": {"completed": "40%", "remaining_time": "900"}, "index": {}},
        }
        found = progress_answer({"progress_info": info}, {}, job_ref="x", now=NOW)
        return found.time_left, found.stages_left

    assert left("FULL_TRANSFER_STARTED") == ("10 s", {"data": "900 s (15 min)"})
    for status in ("INCRE_TRANSFER_STARTED", "PAUSING", "FULL_TRANSFER_FAILED"):
        assert left(status) == (None, {})


@pytest.mark.parametrize(
    ("status", "progress", "expected"),
    [
        ("FULL_TRANSFER_STARTED", 100, "full phase running, 100% done"),
        ("FULL_TRANSFER_FAILED", 40, "full phase failed, 40% done"),
        ("FULL_TRANSFER_COMPLETE", 100, "full phase complete"),
        ("PAUSING", 40, "paused, 40% done"),
        ("PAUSING", 100, "paused"),
        ("INCRE_TRANSFER_STARTED", 100, "incremental phase running; delay unknown"),
        ("INCRE_TRANSFER_FAILED", 100, "incremental phase failed"),
        ("RELEASE_RESOURCE_COMPLETE", 100, "stopped"),
    ],
)
def test_percents_are_told_of_the_full_phase_while_they_say_something(status, progress, expected):
    info = {"transfer_status": status, "progress": progress, "task_mode": "FULL_TRANS"}
    found = progress_answer({"progress_info": info}, {}, job_ref="x", now=NOW)
    assert found.headline == f"The task: {expected}."


@pytest.mark.parametrize(
    ("types", "said"),
    [
        (
            [("TABLE", 113, 120), ("VIEW", 4, 4), ("TABLE_INDEX", 0, 300)],
            "100% by DRS, yet only 0 of 300 TABLE_INDEX, 113 of 120 TABLE done",
        ),
        ([("TABLE", 120, 120), ("TABLE_INDEX", 300, 300)], "100% done"),
        ([("TABLE", "120", 119), ("EVENT", None, 3)], "100% done"),
        (
            [(name, 0, 9) for name in ("TABLE", "VIEW", "EVENT", "TRIGGER")],
            "0 of 9 EVENT and 1 more type done",
        ),
    ],
)
def test_a_full_phase_at_100_percent_is_not_done_where_its_objects_are_not(types, said):
    rows = [{"type": name, "dst_count": done, "src_count": all_} for name, done, all_ in types]
    job = {
        "progress_info": {"transfer_status": "FULL_TRANSFER_STARTED", "progress": "100"},
        "migration_object_progress_info": {"migration_object_overview": rows},
    }
    assert said in progress_answer(job, {}, job_ref="x", now=NOW).headline
    job["progress_info"]["progress"] = "99"
    assert "99% done" in progress_answer(job, {}, job_ref="x", now=NOW).headline


def test_a_percentage_with_a_decimal_comma_is_no_thousands():
    stages = {"data": {"completed": "12,345 %"}}
    info = {"transfer_status": "FULL_TRANSFER_STARTED", "progress": "99,875"}
    found = progress_answer(
        {"progress_info": info | {"progress_map": stages}}, {}, job_ref="x", now=NOW
    )
    assert found.headline == "The task: full phase running, 99.88% done."
    assert (found.progress_pct, found.stages_pct) == (99.88, {"data": 12.35})


def test_a_task_paused_in_the_incremental_phase_is_not_told_to_be_done_in_percent():
    job = {
        "progress_info": {"transfer_status": "PAUSING", "progress": "57"},
        "migration_object_progress_info": {"incr_start_time": "2022-11-14T17:11:54Z"},
    }
    assert progress_answer(job, {}, job_ref="x", now=NOW).headline == "The task: paused."


def test_what_is_told_to_be_complete_but_lacks_objects_lags():
    listed = [
        {"type": "VIEW", "status": "NOT_START", "src_count": 3, "dst_count": 0},
        {"type": "TABLE", "status": "TRANSFERING", "src_count": 10, "dst_count": 11},
        {"type": "INDEX", "status": "COMPLETED", "src_count": "10", "dst_count": "9"},
    ]
    job = {"migration_object_progress_info": {"migration_object_overview": listed}}
    found = progress_answer(job, {}, job_ref="x", now=NOW)
    assert [row[:5] for row in found.objects.rows] == [
        ["INDEX", "completed", 9, 10, 90],
        ["TABLE", "transferring", 11, 10, None],
        ["VIEW", "not started", 0, 3, 0],
    ]


def test_every_complete_type_keeps_its_count_however_many_there_are():
    listed = [
        {"type": f"SOME_OBJECT_TYPE_{n}", "status": "COMPLETED", "src_count": n, "dst_count": n}
        for n in range(43)
    ]
    job = {"migration_object_progress_info": {"migration_object_overview": listed}}
    found = progress_answer(job, {}, job_ref="x", now=NOW)
    assert found.completed_objects.endswith("SOME_OBJECT_TYPE_42 42")


@pytest.mark.parametrize(("days", "expected"), [("21", 21), (30, 30), (None, 14), ("", 14)])
def test_a_failed_task_tells_after_how_many_days_it_stops_by_itself(days, expected):
    job = {"progress_info": {"transfer_status": "INCRE_TRANSFER_FAILED"}}
    found = progress_answer(job, {"base_info": {"expired_days": days}}, job_ref="x", now=NOW)
    assert f"DRS stops the task after {expected} days in this state" in found.notes[0]
    running = {"progress_info": {"transfer_status": "INCRE_TRANSFER_STARTED"}}
    assert progress_answer(running, {}, job_ref="x", now=NOW).notes == []


def test_flow_control_in_force_is_named_in_the_full_phase_only():
    limited = {"speed_limit": [{"begin": "18:00", "end": "19:59", "speed": "10"}]}
    full = {"progress_info": {"transfer_status": "FULL_TRANSFER_STARTED", "progress": "5"}}
    found = progress_answer(full, limited, job_ref="x", now=NOW)
    assert found.flow_control_now == "10 MB/s, 18:00-19:59 UTC"
    assert "flow control is in force" in found.headline
    for status in ("INCRE_TRANSFER_STARTED", "FULL_TRANSFER_FAILED", "FULL_TRANSFER_COMPLETE"):
        other = {"progress_info": {"transfer_status": status}}
        found = progress_answer(other, limited, job_ref="x", now=NOW)
        assert found.flow_control_now is None
        assert "flow control" not in found.headline


@pytest.mark.parametrize(
    ("begin", "end", "hour", "inside"),
    [
        ("16:00", "15:59", 3, True),
        ("22:00", "05:59", 23, True),
        ("22:00", "05:59", 5, True),
        ("22:00", "05:59", 6, False),
        ("08:30", "09:59", 8, True),
        ("junk", "09:59", 8, False),
    ],
)
def test_a_flow_control_window_may_pass_midnight(begin, end, hour, inside):
    job = {"speed_limit": [{"begin": begin, "end": end, "speed": "5"}]}
    at = datetime(2026, 11, 20, hour, 0, tzinfo=UTC)
    assert (active_window(job, at) is not None) is inside


def test_an_unread_detail_is_named():
    found = progress_answer(examples.job("v5-progress-incremental"), None, job_ref="x", now=NOW)
    assert any("detail could not be read" in note for note in found.notes)


@pytest.mark.parametrize(
    ("info", "said"),
    [
        ({"remaining_time": "8640"}, "about 2 h 24 min left, DRS says"),
        ({"remaining_time": "NaN"}, "about 3 h left at this pace"),
    ],
)
def test_the_headline_says_how_long_it_goes_on(info, said):
    job = {
        "progress_info": {"transfer_status": "FULL_TRANSFER_STARTED", "progress": "25"} | info,
        "migration_object_progress_info": {"full_start_time": "2022-11-14T17:11:54Z"},
    }
    assert said in progress_answer(job, {}, job_ref="x", now=NOW).headline


def test_figures_of_long_ago_are_told_with_their_age():
    job = {
        "progress_info": {"transfer_status": "INCRE_TRANSFER_STARTED", "incr_trans_delay": "8640"},
        "metrics": {"time_stamp": "2022-11-14T17:41:54Z"},
    }
    headline = progress_answer(job, {}, job_ref="x", now=NOW).headline
    assert "delay 8,640 s (2 h 24 min)" in headline
    assert "figures of 2022-11-14T17:41:54Z, 30 min ago" in headline


def _leads_to(delay: str | None, alarms: dict[str, int] | None = None, **more: str) -> list[str]:
    info = {"transfer_status": "INCRE_TRANSFER_STARTED", **more}
    if delay is not None:
        info["incr_trans_delay"] = delay
    found = progress_answer(
        {"progress_info": info}, {"alarm_notify": alarms or {}}, job_ref="erp", now=NOW
    )
    return [call.tool for call in found.next]


def test_a_task_that_is_behind_leads_to_its_diagnosis_before_its_comparisons():
    assert _leads_to("5400") == ["diagnose_job"]
    assert _leads_to("4") == ["list_compare_tasks"]
    assert _leads_to(None) == ["list_compare_tasks"]


def test_behind_is_what_is_above_the_threshold_of_the_task():
    assert _leads_to("20", {"delay_time": 10}) == ["diagnose_job"]
    assert _leads_to("900", {"delay_time": 1000}) == ["list_compare_tasks"]
    assert _leads_to("900", {"rpo_delay": 500, "rto_delay": 500}) == ["list_compare_tasks"]


def test_a_task_that_failed_leads_to_its_diagnosis():
    assert _leads_to("4", transfer_status="INCRE_TRANSFER_FAILED") == ["diagnose_job"]

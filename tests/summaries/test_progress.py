from datetime import UTC, datetime

import pytest

from drs_mcp.summaries.flow_windows import in_force
from drs_mcp.summaries.progress import progress_answer
from drs_mcp.tools.budget import fit
from tests import examples

NOW = datetime(2022, 11, 14, 18, 11, 54, tzinfo=UTC)


def test_the_incremental_example_tells_the_delay_and_not_that_it_is_done():
    found = fit(
        progress_answer(
            examples.job("v5-progress-incremental"),
            {"base_info": {"name": "erp"}, "alarm_notify": {"delay_time": 10}},
            asked="erp",
            now=NOW,
        )
    )
    assert found["headline"] == (
        "Task erp: incremental phase running; delay 17.77 s, above its alarm threshold of 10 s."
    )
    assert found["delay_s"] == 17.77
    assert found["progress_pct"] == 100


def test_sentinels_are_unknown():
    found = fit(
        progress_answer(examples.job("v5-progress-full-with-sentinels"), {}, asked="x", now=NOW)
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
    found = progress_answer(job, {}, asked="x", now=NOW)
    assert [row[0] for row in found.objects.rows] == ["TRIGGER", "INDEX", "TABLE"]
    assert found.completed_objects == "VIEW 3"
    assert found.headline == "The task: full phase running; 1 object type failed."


def test_time_left_is_estimated_from_the_average_pace_of_the_full_phase():
    job = {
        "progress_info": {"transfer_status": "FULL_TRANSFER_STARTED", "progress": "25"},
        "migration_object_progress_info": {"full_start_time": "2022-11-14T17:11:54Z"},
    }
    assert progress_answer(job, {}, asked="x", now=NOW).time_left_est_s == 10_800


def test_flow_control_in_force_is_named_in_the_full_phase_only():
    limited = {"speed_limit": [{"begin": "18:00", "end": "19:59", "speed": "10"}]}
    full = {"progress_info": {"transfer_status": "FULL_TRANSFER_STARTED", "progress": "5"}}
    incremental = {"progress_info": {"transfer_status": "INCRE_TRANSFER_STARTED"}}
    found = progress_answer(full, limited, asked="x", now=NOW)
    assert found.flow_control_now == "10 MB/s, 18:00-19:59 UTC"
    assert "flow control is in force" in found.headline
    assert progress_answer(incremental, limited, asked="x", now=NOW).flow_control_now is None


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
    assert (in_force(job, at) is not None) is inside


def test_an_unread_detail_is_named():
    found = progress_answer(examples.job("v5-progress-incremental"), None, asked="x", now=NOW)
    assert any("detail could not be read" in note for note in found.notes)

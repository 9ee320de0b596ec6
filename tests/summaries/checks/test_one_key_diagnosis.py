"""DRS's one-key diagnosis, told: what is abnormal first, and nothing vouched for that is not known."""

import pytest

from drs_mcp.summaries.checks.one_key_diagnosis import diagnosis_report
from tests.support import examples


def item(name, state, value="", fix="", **more):
    found = {"item": {"category": "TARGET_DATABASE", "name": name, "weight": 1.0}, "state": state}
    if value:
        found["result_list"] = [{"key": "k", "value": value}]
    if fix:
        found["suggestion_list"] = [{"content": fix}]
    return found | more


def told(*items, offset=0, full=False, **report):
    given = {"status": "SUCCESS", "progress": 100, "score": 71, "diagnosis_results": [*items]}
    job = {"diagnoses": [given | report]}
    return diagnosis_report(job, job_ref="erp", query_id="q1", offset=offset, full=full)


def test_the_documented_example_is_read_and_its_counts_do_not_fit_its_items():
    found = diagnosis_report(examples.job("v5-diagnosis"), job_ref="x", query_id="q")
    assert found.headline == "One-key diagnosis: all of 1 item are normal; score 100."
    assert found.score == 100
    assert found.notes[0] == "DRS counts 39 items and tells 1 of them."


def test_what_is_abnormal_comes_first_with_what_drs_suggests():
    found = told(
        item("a", "NORMAL"),
        item("b", "ALARM", "low"),
        item("c", "ABNORMAL", "2 transactions longer than 600 s", "Finish them."),
        item("d", "TIMEOUT"),
    )
    assert found.headline == (
        "One-key diagnosis: 1 abnormal, 1 timeout, 1 alarming of 4 items; score 71."
    )
    assert found.items.columns[:2] == ["item", "result"]
    assert [row[:2] for row in found.items.rows] == [
        ["c", "abnormal"],
        ["d", "timeout"],
        ["b", "alarm"],
    ]
    assert found.items.rows[0][3:] == ["k: 2 transactions longer than 600 s", "Finish them."]
    assert found.counts == {"normal": 1, "abnormal": 1, "alarm": 1, "timeout": 1}


def test_in_full_what_is_normal_is_listed_too():
    found = told(item("a", "NORMAL"), item("b", "ALARM"), full=True)
    assert [row[0] for row in found.items.rows] == ["b", "a"]


@pytest.mark.parametrize(
    ("report", "headline"),
    [
        ({"status": "RUNNING", "progress": "30"}, "still running (30%)"),
        ({"status": "INIT", "progress": None}, "still running: ask again"),
        ({"status": "NEW_WORD"}, "still running"),
        ({"status": "FAILED"}, "itself failed, so it says nothing of the task"),
        ({"diagnosis_results": None}, "told none of its items: nothing is known"),
    ],
)
def test_what_has_not_ended_well_vouches_for_nothing(report, headline):
    found = told(**report)
    assert headline in found.headline
    assert "normal" not in found.headline
    if report.get("status") in ("RUNNING", "INIT", "NEW_WORD"):
        assert found.score is None


@pytest.mark.parametrize("diagnoses", [None, [], "x", [None], {}])
def test_no_diagnosis_at_all_is_told_as_that(diagnoses):
    found = diagnosis_report({"diagnoses": diagnoses}, job_ref="x", query_id="q")
    assert "tells nothing of this diagnosis yet" in found.headline
    assert found.items.total == 0


def test_counts_of_drs_that_its_items_do_not_bear_out_are_told():
    found = told(item("a", "NORMAL"), total=2, normal_count=1, abnormal_count=1)
    assert found.notes == [
        "DRS counts 2 items and tells 1 of them.",
        "DRS counts otherwise than its items say: abnormal.",
    ]


def test_an_unknown_state_is_no_normal_one():
    found = told(item("a", "NORMAL"), item("b", "SUSPICIOUS"), item("c", None))
    assert "1 'suspicious'" in found.headline
    assert "1 pending" in found.headline
    assert [row[0] for row in found.items.rows] == ["b"]


def test_secrets_in_it_are_hidden():
    found = told(
        item("a", "ABNORMAL", "password=Hunter2!", "ALTER USER x IDENTIFIED BY 'Hunter2!'")
    )
    assert "Hunter2" not in found.model_dump_json()


def test_the_rest_of_a_long_list_is_a_call_away():
    found = told(*(item(f"i{n}", "ALARM") for n in range(5)), offset=3)
    assert [row[0] for row in found.items.rows] == ["i3", "i4"]
    assert found.items.total == 5
    assert found.items.more.args == {"job": "erp", "kind": "diagnosis", "query_id": "q1"}

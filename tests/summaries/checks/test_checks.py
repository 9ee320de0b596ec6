from drs_mcp.knowledge.prechecks import precheck_item
from drs_mcp.serving.budget import fit
from drs_mcp.summaries.checks.network import network_answer
from drs_mcp.summaries.checks.precheck import precheck_answer
from drs_mcp.summaries.tasks.object_import import object_import_answer
from drs_mcp.summaries.tasks.writable import writable_answer
from tests.support import examples


def test_failed_items_come_first_then_alarms_and_the_rest_is_counted():
    found = precheck_answer(examples.job("v5-precheck-failed"), job_ref="crm", query_id="abc")
    results = [row[1] for row in found.items.rows]
    assert results == sorted(results, key=["failed", "alarm"].index)
    assert "FAILED" not in str(found.counts)
    assert found.passed is False
    assert "binlog_row_image:MINIMAL" in str(found.items.rows)


def test_python_like_data_is_shown_without_its_punctuation():
    job = {
        "precheck_result": {
            "precheck_results": [{"item": "x", "result": "FAILED", "data": "{'size': '526'}"}]
        }
    }
    found = precheck_answer(job, job_ref="x", query_id="q")
    assert "size: 526" in found.items.rows[0]


def test_a_secret_in_the_data_is_hidden_before_the_marks_around_it_are_gone():
    found = checked(
        {"item": "x", "result": "FAILED", "data": "SET PASSWORD FOR 'drs'@'%' = 'Summer2026'"}
    )
    assert found.items.rows[0][-1] == "SET PASSWORD FOR drs@% = ***"


def test_passed_checks_pass():
    found = precheck_answer(examples.job("v5-precheck-passed-1"), job_ref="x", query_id="q")
    assert found.passed is True
    assert found.headline.startswith("39 of 39 pre-check items pass")
    assert not found.items


def test_items_without_a_result_are_pending_and_the_check_is_still_running():
    found = precheck_answer(examples.job("v5-precheck-running"), job_ref="x", query_id="q")
    assert found.counts == {"passed": 1, "pending": 1}
    assert found.passed is None
    assert "still running (35%)" in found.headline


def checked(*items):
    """The answer about a pre-check of these items."""
    job = {"precheck_result": {"process": "100%", "precheck_results": list(items)}}
    return precheck_answer(job, job_ref="x", query_id="q")


def test_a_known_item_tells_its_documented_cause_and_fix_and_what_drs_said_once():
    said = "The source database cannot be connected."
    item = {"item": "srcDbConnection", "result": " failed"}
    found = checked(item | {"failed_reason": said, "raw_error_msg": said})
    row = dict(zip(found.items.columns, found.items.rows[0], strict=True))
    known = precheck_item("srcDbConnection")
    assert (row["cause"], row["fix"], row["said"]) == (known.cause, known.fix, said)


def test_failed_items_that_are_skipped_do_not_keep_the_task_from_starting():
    failed = {"item": "a", "result": "FAILED"}
    skipped = failed | {"is_skipped": True}
    passed = {"item": "b", "result": "PASSED"}
    assert checked(skipped, passed).headline == (
        "1 of 2 pre-check items failed, 1 skipped: what is skipped does not keep the task from "
        "starting."
    )
    assert "cannot start until failed items are fixed" in checked(skipped, failed).headline
    alarm = {"item": "c", "result": "ALARM"}
    assert "can start once these are confirmed" in checked(skipped, alarm).headline
    assert checked(alarm).headline.startswith("1 of 1 pre-check item needs confirmation:")


def test_a_result_that_is_not_documented_passes_through_as_itself():
    found = checked({"item": "a", "result": "WEIRD"}, {"item": "b", "result": "PASSED"})
    assert found.counts == {"passed": 1, "weird": 1}
    assert found.items.rows == [["a", "weird"]]


def test_a_connection_test_puts_failures_first_with_their_code():
    found = fit(
        network_answer(examples.job("v5-network-mixed"), job_ref="x", kind="network", query_id="q")
    )
    assert found["headline"] == "Connection test of 2 addresses: 1 failed, 1 reached."
    assert found["results"]["rows"][0][:3] == ["192.168.0.131", "failed", "DRS.KE0002"]


def test_a_row_whose_success_and_status_disagree_is_unclear():
    job = {"network_results": [{"ip": "10.0.0.1", "success": True, "status": "failed"}]}
    found = network_answer(job, job_ref="x", kind="network", query_id="q")
    assert found.counts == {"unclear": 1}
    assert "disagree" in found.notes[0]


def test_no_results_yet_is_pending_and_not_a_failure():
    found = network_answer({"network_results": []}, job_ref="x", kind="network", query_id="q")
    assert "no results yet" in found.headline


def test_object_import_tells_limit_and_last_selection():
    found = fit(object_import_answer(examples.job("v5-file")))
    assert found == {
        "headline": "Object files may be up to 2,097,152 bytes; objects were last selected by import.",
        "max_file_bytes": 2097152,
        "last_selection": "import",
    }


def test_an_absent_writable_state_is_no_lift_known_and_not_read_only():
    found = writable_answer({})
    assert found.lifted is None
    assert "does not say it is read-only" in found.headline
    assert writable_answer(examples.job("v5-is_writable")).lifted is False
    assert writable_answer({"is_writable": "success"}).lifted is True


def items(*results, **more):
    rows = [{"item": f"i{number}", "result": result} for number, result in enumerate(results)]
    return precheck_answer(
        {"precheck_result": {"precheck_results": rows, **more}}, job_ref="n", query_id="q"
    )


def test_where_an_item_failed_it_is_not_told_as_passed_whatever_drs_says():
    found = items("FAILED", "PASSED", result=True)
    assert found.passed is None
    assert found.notes == ["DRS says that the pre-check passed, yet an item failed."]
    assert items("PASSED", result=True).passed is True
    assert items("FAILED", result=False).passed is False
    assert not items("ALARM", result=True).notes


def test_a_precheck_that_has_ended_without_items_is_not_waited_for():
    assert "run it again" in items(process="100%").headline
    assert "ask again in some seconds" in items(process="40%").headline
    assert "ask again in some seconds" in items().headline


def test_one_item_passes_and_several_pass():
    assert items("PASSED").headline == "1 of 1 pre-check item passes."
    assert items("PASSED", "PASSED").headline == "2 of 2 pre-check items pass."


def test_what_passed_is_listed_on_request_with_its_group_after_what_did_not():
    job = {
        "precheck_result": {
            "total_passed_rate": "50%",
            "precheck_results": [
                {"item": "charset", "result": "PASSED", "group": "both", "failed_reason": ""},
                {"item": "later", "result": ""},
                {
                    "item": "binlog",
                    "result": "FAILED",
                    "failed_sub_jobs": [{"id": "s-1", "name": "hr-1", "check_result": "FAILED"}],
                },
            ],
        }
    }
    short = precheck_answer(job, job_ref="n", query_id="q")
    assert [row[0] for row in short.items.rows] == ["binlog"]
    assert not short.fields
    found = precheck_answer(job, job_ref="n", query_id="q", full=True)
    rows = [dict(zip(found.items.columns, row, strict=True)) for row in found.items.rows]
    assert [(row["item"], row["result"], row["group"]) for row in rows] == [
        ("binlog", "failed", None),
        ("charset", "passed", "both"),
        ("later", "pending", None),
    ]
    assert rows[0]["subtasks"] == "hr-1 (s-1): FAILED"
    assert ["total_passed_rate", "50%"] in found.fields.rows
    assert found.headline == short.headline


def test_a_connection_test_says_whose_the_addresses_are():
    job = {"network_results": [{"ip": "10.0.0.1", "success": False, "error_code": "DRS.KE0002"}]}
    detail = {
        "source_endpoint": [
            {"endpoint": {"ip": "10.0.0.1", "db_port": "3306", "db_user": "drs_reader"}}
        ]
    }
    found = network_answer(job, detail, job_ref="x", kind="network", query_id="q")
    assert found.headline == (
        "Connection test of 1 address: 1 failed. Failed: source 10.0.0.1:3306 as 'drs_reader'."
    )
    row = dict(zip(found.results.columns, found.results.rows[0], strict=True))
    assert (row["side"], row["port"], row["user"]) == ("source", "3306", "drs_reader")

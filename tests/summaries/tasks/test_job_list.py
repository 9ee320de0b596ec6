import pytest

from drs_mcp.serving.budget import fit
from drs_mcp.summaries.tasks.job_list import JobList, jobs_answer


def row(name, status, **more):
    return {"id": f"id-{name}", "name": name, "status": status, **more}


def tasks(*rows, job_type="sync"):
    found = JobList()
    found.feed(rows, job_type)
    return found.tasks


def test_troubled_tasks_stand_first_and_newer_before_older():
    found = jobs_answer(
        tasks(
            row("fine", "INCRE_TRANSFER_STARTED"),
            row("old-failed", "FULL_TRANSFER_FAILED", create_time="2026-01-01T00:00:00Z"),
            row("new-failed", "INCRE_TRANSFER_FAILED", create_time="2026-02-01T00:00:00Z"),
            row("paused", "PAUSING"),
        )
    )
    assert [cells[0] for cells in found.jobs.rows] == ["new-failed", "old-failed", "paused", "fine"]
    assert found.headline == "4 tasks: 2 failed, 1 paused, 1 running."
    assert found.by_state == {"failed": 2, "paused": 1, "running": 1}


def test_subtasks_are_listed_under_their_parent():
    found = fit(
        jobs_answer(
            tasks(
                row(
                    "hr",
                    "INCRE_TRANSFER_STARTED",
                    children=[row("hr-1", "INCRE_TRANSFER_FAILED")],
                )
            )
        )
    )
    parent = found["jobs"]["columns"].index("parent")
    assert found["jobs"]["rows"][0][parent] == "hr"


def test_a_task_met_twice_counts_once():
    found = JobList()
    found.feed([row("a", "PAUSING")], "sync")
    found.feed([row("a", "PAUSING")], "migration")
    assert len(found.tasks) == 1


def test_filters_narrow_the_counts_and_say_of_how_many():
    known = tasks(row("erp-1", "PAUSING"), row("ERP-2", "CREATING"), row("crm", "PAUSING"))
    assert jobs_answer(known, name="erp").headline == "2 tasks of 3: 1 paused, 1 waiting."
    assert jobs_answer(known, name="erp", state="paused").by_state == {"paused": 1}
    assert jobs_answer(known, name="absent").headline == "No task matches, of 3 tasks."


def test_paging_goes_on_where_the_page_ended():
    known = tasks(*(row(f"t{n}", "PAUSING") for n in range(5)))
    found = fit(jobs_answer(known, offset=2, limit=2))
    assert (found["jobs"]["shown"], found["jobs"]["total"]) == (2, 5)
    assert found["next"][0]["args"]["offset"] == 4


def test_an_unknown_status_counts_as_unknown_and_stands_near_the_top():
    found = jobs_answer(tasks(row("a", "INCRE_TRANSFER_STARTED"), row("b", "CLONING")))
    assert found.jobs.rows[0][0] == "b"
    assert found.by_state == {"unknown": 1, "running": 1}


@pytest.mark.parametrize("word", ["*", "all", " ALL ", "null", "None", "%", "'*'"])
def test_a_word_for_every_one_lists_every_task(word):
    found = jobs_answer(tasks(row("a", "PAUSING"), row("b", "PAUSING")), name=word)
    assert found.jobs.total == 2
    assert "No task matches" not in found.headline


def test_a_task_that_is_called_all_is_found_alone():
    found = jobs_answer(tasks(row("all", "PAUSING"), row("b", "PAUSING")), name="ALL")
    assert [cells[0] for cells in found.jobs.rows] == ["all"]

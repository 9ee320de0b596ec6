"""The status that decides, of the answers that each tell one."""

import pytest

from drs_mcp.summaries.tasks.live_status import live_status


def told(progress, detail, listed="", task_type="FULL_INCR_TRANS"):
    found = live_status({"status": progress}, {"status": detail}, task_type, listed)
    return [state.value for state in found.told], found.state.value


@pytest.mark.parametrize("listed", ["INCRE_TRANSFER_FAILED", "PAUSING", "DELETED", "JOB_STOPPED_X"])
def test_the_list_counts_where_it_alone_says_that_the_task_stopped(listed):
    values, state = told("INCRE_TRANSFER_STARTED", "INCRE_TRANSFER_STARTED", listed)
    if listed == "JOB_STOPPED_X":  # nobody knows what it means
        assert values == ["INCRE_TRANSFER_STARTED"]
    else:
        assert (values, state) == (["INCRE_TRANSFER_STARTED", listed], listed)


@pytest.mark.parametrize(
    "now",
    [
        "CONFIGURATION", "WAITING_FOR_START", "FULL_TRANSFER_STARTED", "FULL_TRANSFER_COMPLETE",
        "REBUILD_NODE_STARTED", "PAUSING", "INCRE_TRANSFER_FAILED", "RELEASE_RESOURCE_COMPLETE",
    ],
)  # fmt: skip
@pytest.mark.parametrize("listed", ["INCRE_TRANSFER_STARTED", "FULL_TRANSFER_STARTED", "CREATING"])
def test_a_list_that_was_read_before_the_task_moved_on_contradicts_nothing(now, listed):
    assert told(now, now, listed) == ([now], now)


def test_a_task_that_failed_by_its_own_answers_is_not_paused_by_the_list():
    failed = "INCRE_TRANSFER_FAILED"
    assert told(failed, failed, "PAUSING") == ([failed], failed)


def test_of_two_answers_the_worse_one_decides():
    values, state = told("INCRE_TRANSFER_STARTED", "INCRE_TRANSFER_FAILED")
    assert (len(values), state) == (2, "INCRE_TRANSFER_FAILED")


def test_the_list_tells_the_status_where_nothing_else_does():
    assert told(None, None, "INCRE_TRANSFER_STARTED")[1] == "INCRE_TRANSFER_STARTED"
    assert told(None, None) == ([], "")

import pytest

from drs_mcp.knowledge.statuses import status, statuses

GROUPS = {
    "failed",
    "running",
    "waiting",
    "paused",
    "finished",
    "configuration",
    "changing",
    "deleted",
}


@pytest.mark.parametrize("found", statuses().values(), ids=lambda found: found.value)
def test_every_status_says_what_it_means_and_what_may_be_done(found):
    assert found.group in GROUPS
    assert found.phase
    assert 1 <= len(found.meaning.split()) <= 12
    assert found.next.endswith(".")


def test_every_failure_is_unhealthy_and_does_not_move_by_itself():
    for found in statuses().values():
        failed = found.value.endswith("_FAILED")
        assert (found.group == "failed") == failed == (found.healthy is False)
        assert not (failed and found.moves)


def test_pausing_means_paused():
    assert status("PAUSING").group == "paused"


def test_a_full_phase_that_is_complete_is_the_end_of_a_full_only_task():
    assert status("FULL_TRANSFER_COMPLETE", "FULL_TRANS").group == "finished"
    assert status("FULL_TRANSFER_COMPLETE", "FULL_INCR_TRANS").group == "running"


def test_an_undocumented_status_is_unknown_and_keeps_its_name():
    assert (status("CLONING").value, status("CLONING").group) == ("CLONING", "unknown")
    assert status(None).group == "unknown"

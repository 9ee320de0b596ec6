"""`check_cutover` says ready only when everything that applies is met, and says it then."""

import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drs_mcp.errors import DrsError
from drs_mcp.simulator import Faults, Simulator, World
from drs_mcp.summaries.cutover.answer import decide
from drs_mcp.summaries.cutover.evidence import Criterion
from drs_mcp.tools.diagnosis import check_cutover
from tests.support.cutover_worlds import (
    BREAKS,
    READY,
    no_value_comparison,
    ready_full_only,
    ready_read_only_migration,
    ready_redis,
    ready_standby,
    ready_sync,
    table_not_compared,
)
from tests.support.tokens import tokens
from tests.support.tool_calls import ask, embedded

pytestmark = pytest.mark.anyio
STATES = ("met", "not_met", "unknown", "not_applicable")
NAMES = (
    "phase", "delay", "objects_moved", "subtasks", "objects_consistent", "rows_consistent",
    "values_consistent", "rows_coverage", "values_coverage", "no_new_errors", "destination",
)  # fmt: skip


async def check(task, faults=None, **options):
    simulator = Simulator(world=World([task]), faults=faults)
    return await ask(check_cutover, **embedded(simulator), job=task["id"], **options)


def states(answer):
    rows = answer["criteria"]["rows"]
    return {name: state for name, state, *_ in rows}


def evidence(answer, name):
    return next(row[2] for row in answer["criteria"]["rows"] if row[0] == name)


# -- the verdict ---------------------------------------------------------------------------------


def test_over_all_combinations_ready_is_said_only_when_nothing_is_unmet_or_unknown():
    each = [[Criterion(name, state, "") for state in STATES] for name in NAMES]
    ready = 0
    for checked in itertools.product(*each):
        verdict = decide(checked)
        found = {criterion.state for criterion in checked}
        if "not_met" in found:
            assert verdict == "not_ready"
        elif "unknown" in found:
            assert verdict == "unknown"
        else:
            compared = any(
                criterion.state == "met" and criterion.name.endswith("_consistent")
                for criterion in checked
            )
            assert verdict == ("ready" if compared else "unknown")
            ready += compared
    assert ready == 2 ** len(NAMES) - 2 ** (len(NAMES) - 3)


# -- ready ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("world", READY)
async def test_a_task_that_is_ready_is_said_to_be(world):
    answer = await check(READY[world]())
    assert answer["verdict"] == "ready", answer
    assert "cannot be seen from here" in answer["headline"]
    assert set(states(answer)) == set(NAMES)
    assert set(states(answer).values()) <= {"met", "not_applicable"}
    assert tokens(json.dumps(answer, ensure_ascii=False, separators=(",", ":"))) <= 700


@pytest.mark.parametrize("world", READY)
async def test_what_does_not_apply_says_why(world):
    answer = await check(READY[world]())
    for name, state, why, *_ in answer["criteria"]["rows"]:
        assert state == "met" or len(why) > 8, name


# -- not ready -----------------------------------------------------------------------------------

_NOT_OF = {  # facts that a full-only task or Redis does not have
    "full-only migration": {"delay", "unknown_delay", "no_value_comparison", "old_comparisons",
                            "unfinished_value_comparison"},
    "Redis": {"delay", "unknown_delay", "unknown_objects", "missing_table", "no_value_comparison",
              "old_comparisons", "unfinished_value_comparison",
              "table_not_compared", "writable_pending"},
    "full and incremental synchronization": {"writable_pending"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("world", "fact"),
    [(world, fact) for world in READY for fact in BREAKS if fact not in _NOT_OF.get(world, ())],
)
async def test_one_fact_is_enough_to_lose_ready(world, fact):
    task = READY[world]()
    BREAKS[fact](task)
    answer = await check(task)
    assert answer["verdict"] in ("not_ready", "unknown")
    assert {"not_met", "unknown"} & set(states(answer).values())


@pytest.mark.costly
@given(
    world=st.sampled_from(sorted(READY)),
    facts=st.sets(st.sampled_from(sorted(BREAKS)), max_size=5),
)
@settings(max_examples=80)
async def test_no_combination_of_facts_is_ready_with_a_criterion_unmet(world, facts):
    task = READY[world]()
    for fact in sorted(facts):
        BREAKS[fact](task)
    answer = await check(task)
    bad = {"not_met", "unknown"} & set(states(answer).values())
    assert (answer["verdict"] == "ready") == (not bad)


@pytest.mark.parametrize("part", ["detail", "progress", "log", "list", "compare", "is_writable"])
@pytest.mark.parametrize(
    "world", ["full and incremental synchronization", "single-active disaster recovery"]
)
async def test_what_could_not_be_read_is_never_ready(world, part):
    faults = Faults()
    faults.fail(500, times=None, on=part)
    answer = await check(READY[world](), faults)
    assert answer["verdict"] == "unknown"
    assert "unknown" in states(answer).values()
    assert answer["unread"]


async def test_when_nothing_can_be_read_the_error_says_so():
    faults = Faults()
    faults.fail(500, times=None)
    with pytest.raises(DrsError, match="DRS itself failed"):
        await check(ready_sync(), faults)


# -- options of the caller ------------------------------------------------------------------------


async def test_tables_that_were_not_compared_may_be_accepted():
    task = ready_sync()
    table_not_compared(task)
    assert (await check(task))["verdict"] == "unknown"
    answer = await check(task, accept_uncompared=True)
    assert answer["verdict"] == "ready"
    assert evidence(answer, "rows_coverage").endswith("accepted")


async def test_a_missing_value_comparison_may_be_accepted():
    task = ready_sync()
    no_value_comparison(task)
    assert states(await check(task))["values_consistent"] == "unknown"
    answer = await check(task, accept_uncompared=True)
    assert answer["verdict"] == "ready"
    assert states(answer)["values_consistent"] == "not_applicable"


async def test_the_delay_that_is_allowed_is_the_caller_s():
    task = ready_sync()
    BREAKS["delay"](task)
    answer = await check(task)
    assert evidence(answer, "delay") == "11 s of at most 10 s"
    assert (await check(task, max_delay_s=11))["verdict"] == "ready"


async def test_the_age_of_comparisons_that_is_allowed_is_the_caller_s():
    task = ready_sync()
    BREAKS["old_comparisons"](task)
    answer = await check(task)
    assert "2 days ago: too old" in evidence(answer, "rows_consistent")
    assert (await check(task, max_compare_age_h=49))["verdict"] == "ready"


@pytest.mark.parametrize(
    ("make", "lifted", "destination", "state"),
    [
        (ready_read_only_migration, False, "writable", "not_met"),
        (ready_read_only_migration, False, "read_only", "met"),
        (ready_read_only_migration, True, "writable", "met"),
        (ready_read_only_migration, True, "read_only", "not_met"),
        (ready_read_only_migration, True, "", "met"),
        (ready_standby, False, "", "met"),
        (ready_standby, True, "", "not_met"),
        (ready_sync, False, "writable", "not_applicable"),
        (ready_sync, False, "read_only", "not_met"),
    ],
)
async def test_the_destination_is_judged_by_what_is_expected_of_it(
    make, lifted, destination, state
):
    task = make()
    if lifted:
        task["is_writable"] = "success"
    answer = await check(task, destination=destination)
    assert states(answer)["destination"] == state


@pytest.mark.parametrize("make", [ready_full_only, ready_redis])
async def test_a_full_only_task_needs_neither_delay_nor_values(make):
    answer = await check(make())
    assert states(answer)["delay"] == "not_applicable"
    assert states(answer)["values_consistent"] == "not_applicable"


@pytest.mark.parametrize("make", [ready_full_only, ready_redis])
@pytest.mark.parametrize(
    "line", ["业务已切换到目标库", "Rows of the destination were deleted by user app"]
)
async def test_what_changed_the_destination_counts_against_a_full_only_task_too(make, line):
    task = make()
    task["log"].append({"level": "Info", "message": line, "create_time": "@now-5m"})
    assert (await check(task))["verdict"] == "unknown"


async def test_a_running_full_phase_of_a_full_only_task_is_not_ready():
    task = ready_full_only()
    task["job"]["status"] = "FULL_TRANSFER_STARTED"
    task["progress"]["progress_info"]["transfer_status"] = "FULL_TRANSFER_STARTED"
    answer = await check(task)
    assert states(answer)["phase"] == "not_met"


async def test_a_task_without_any_comparison_is_unknown_whatever_is_accepted():
    task = ready_sync()
    task["comparisons"] = []
    answer = await check(task, accept_uncompared=True)
    assert answer["verdict"] == "unknown"


async def test_a_task_that_moves_no_rows_counts_its_objects():
    task = ready_sync()
    task["job"]["policy_config"]["sync_type_policy"] = "tableStructure"
    task["comparisons"] = [
        item for item in task["comparisons"] if item["type"].startswith("object")
    ]
    answer = await check(task)
    assert answer["verdict"] == "ready", answer
    assert states(answer)["rows_consistent"] == "not_applicable"


def _types(task, *others):
    """Let the object comparison tell these other types, too."""
    for item in task["comparisons"]:
        if item["type"].startswith("object"):
            item["result"]["others"] = [
                dict(zip(("type", "source_count", "target_count", "status"), one, strict=True))
                for one in others
            ]


@pytest.mark.parametrize("destination_count", [0, 3])
async def test_triggers_that_a_synchronization_leaves_behind_are_missing(destination_count):
    task = ready_sync()
    _types(task, ("TRIGGER", 5, destination_count, "INCONSISTENT"))
    answer = await check(task)
    assert answer["verdict"] == "not_ready"
    assert f"TRIGGER {destination_count} of 5" in evidence(answer, "objects_consistent")


async def test_triggers_that_the_progress_says_move_at_the_end_are_to_move():
    task = ready_sync()
    _types(task, ("TRIGGER", 5, 0, "INCONSISTENT"))
    info = task["progress"]["migration_object_progress_info"]["migration_object_overview"]
    info.append(
        {"type": "TRIGGER", "src_count": "5", "dst_count": "0", "status": "TRANSFER_WHEN_END"}
    )
    answer = await check(task)
    assert answer["verdict"] == "ready", answer
    assert "TRIGGER moves when the task is stopped (5 and 0)" in evidence(
        answer, "objects_consistent"
    )


@pytest.mark.parametrize(
    ("make", "base"),
    [
        (ready_sync, {"engine_type": "mysql-to-mysql"}),
        (ready_read_only_migration, {"job_type": "sync"}),
        (ready_read_only_migration, {"job_direction": "down"}),
        (ready_standby, {"multi_write": True}),
    ],
)
async def test_a_read_only_destination_that_nothing_says_will_be_lifted_is_not_ready(make, base):
    task = make()
    task["job"]["base_info"] |= base
    for end in task["job"]["target_endpoint"]:
        end["config"] = {"is_target_readonly": True}
    answer = await check(task)
    assert answer["verdict"] in ("unknown", "not_ready")
    assert states(answer)["destination"] == "unknown"
    assert "read-only" in evidence(answer, "destination")


async def test_a_failed_subtask_is_not_ready():
    world = World.load(["hr-multi"])
    simulator = Simulator(world=world)
    answer = await ask(check_cutover, **embedded(simulator), job="hr-multi")
    assert answer["verdict"] == "not_ready"
    assert "hr-multi-03" in evidence(answer, "subtasks")


# -- dates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("world", READY)
async def test_every_criterion_that_applies_carries_the_date_and_the_age_of_its_evidence(world):
    task = READY[world]()
    task["progress"].setdefault("progress_info", {})["process_time"] = "@now-2m"
    answer = await check(task)
    for name, state, _, at, age in answer["criteria"]["rows"]:
        assert state == "not_applicable" or (at and age), name


async def test_what_was_just_read_is_as_of_now_and_the_progress_as_of_its_own_time():
    task = ready_sync()
    task["progress"]["migration_object_progress_info"]["create_time"] = "@now-3m"
    ages = {row[0]: row[4] for row in (await check(task))["criteria"]["rows"]}
    assert {ages[name] for name in ("phase", "no_new_errors", "destination")} <= {"now", None}
    assert ages["phase"] == ages["no_new_errors"] == "now"
    assert ages["objects_moved"] == "3 min"


@pytest.mark.parametrize(
    ("part", "field", "criterion"),
    [
        ("migration_object_progress_info", "create_time", "objects_moved"),
        ("progress_info", "process_time", "delay"),
    ],
)
async def test_a_progress_of_the_future_is_no_evidence(part, field, criterion):
    task = ready_sync()
    task["progress"][part][field] = "@now+2h"
    task["progress"].get("metrics", {}).pop("time_stamp", None)
    answer = await check(task)
    assert answer["verdict"] == "unknown"
    assert states(answer)[criterion] == "unknown"
    assert "ahead of now" in evidence(answer, criterion)


# -- what stands where -------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [1_000, 8_000])
async def test_what_speaks_against_a_cut_over_stands_first_and_is_named_in_the_headline(most):
    task = ready_sync()
    for fact in ("status", "delay", "old_comparisons", "no_value_comparison", "new_error"):
        BREAKS[fact](task)
    answer = await check(task)
    told = [state for _, state, *_ in answer["criteria"]["rows"]]
    against = [state for state in told if state in ("not_met", "unknown")]
    assert told[: len(against)] == sorted(against)
    cut = await check(task, max_chars=most)
    for name, state in states(answer).items():
        assert (name in cut["headline"]) == (state == "not_met"), name


async def test_the_comparisons_of_one_run_have_one_age():
    task = ready_sync()
    for item in task["comparisons"]:
        item |= {"start_time": "@-100h", "end_time": "@-99h51m"}
    answer = await check(task)
    ages = {row[0]: row[4] for row in answer["criteria"]["rows"]}
    assert ages["rows_consistent"] == ages["values_consistent"] == "4 days 4 h"

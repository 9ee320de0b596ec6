"""What `diagnose_job` says of every scenario: the right verdict, the right cause, and what it costs."""

from typing import NamedTuple

import pytest

from drs_mcp.simulator import World
from tests.support.diagnosed import FINDINGS, WHOLE_WORLD, diagnosed, tasks_of

MOST_TOKENS = 900
MOST_ROUNDS = 4


class Wanted(NamedTuple):
    verdict: str
    codes: tuple[str, ...] = ()
    known: str | None = None
    root: bool = True
    """Whether the first finding is the root cause: what is only worth knowing is none."""


HEALTHY = Wanted("healthy")
DUPLICATE_KEY = Wanted("failed", ("fatal_error",), "mysql-incr-dup-entry")
TABLE_EXISTS = Wanted("failed", ("fatal_error",), "mysql-incr-table-exists")
LOG_GONE = Wanted("failed", ("fatal_error",), "oracle-incr-log-gone")
ONE_SUBTASK_FAILED = Wanted("failed", ("subtask_failed",), "oracle-incr-log-gone")

# Read off each scenario's `about`; every other task is healthy and has no finding.
WANTED = {
    # one finding each
    "automatic-stop": TABLE_EXISTS._replace(codes=("fatal_error", "automatic_stop")),
    "automatic-stop-twin": TABLE_EXISTS,
    "comparison-failed": Wanted("attention", ("comparison_failed",), "compare-sdv"),
    "comparison-outdated": Wanted("healthy", ("comparison_outdated",), root=False),
    "configuration-incomplete": Wanted("waiting", ("configuration_incomplete",)),
    "configuration-incomplete-twin": Wanted("waiting"),
    "connection-lost": Wanted("attention", ("connection_lost",), "mysql-log-unable-connect"),
    "credentials-refused": Wanted("attention", ("credentials_refused",), "mysql-log-access-denied"),
    "delay-excessive": Wanted("attention", ("delay_excessive",)),
    "fatal-error": DUPLICATE_KEY,
    "flow-control": Wanted("attention", ("flow_control",)),
    "full-phase-stalled": Wanted("attention", ("full_phase_stalled",)),
    "needle-in-haystack": DUPLICATE_KEY,
    "no-error-logged": Wanted("failed", ("no_error_logged",)),
    "node-cpu-exhausted": Wanted("attention", ("node_cpu_exhausted",)),
    "node-mem-exhausted": Wanted("attention", ("node_mem_exhausted",)),
    "objects-failed": Wanted("attention", ("objects_failed",)),
    "objects-missing": Wanted("attention", ("objects_missing",)),
    "paused": Wanted("waiting", ("paused",)),
    "recent-errors": Wanted("attention", ("recent_errors",), "oracle-incr-supplog"),
    "rows-inconsistent": Wanted("attention", ("rows_inconsistent",)),
    "rows-not-compared": Wanted("attention", ("rows_not_compared",)),
    "status-unknown": Wanted("unknown", ("status_unknown",)),
    "status-unknown-twin": Wanted("waiting"),
    "subtask-failed": ONE_SUBTASK_FAILED,
    "subtask-failed-02": LOG_GONE,
    "values-inconsistent": Wanted("attention", ("values_inconsistent",)),
    "values-not-compared": Wanted("attention", ("values_not_compared",)),
    # the whole world
    "bank-dr-standby": Wanted(
        "attention", ("node_cpu_exhausted", "node_mem_exhausted", "delay_excessive")
    ),
    "billing-recon": Wanted(
        "attention", ("objects_missing", "rows_inconsistent", "values_inconsistent")
    ),
    "cache-redis-gemini": Wanted("finished"),
    "crm-mysql-precheck": Wanted("waiting", ("configuration_incomplete",)),
    "DUP-TASK": Wanted("finished"),
    "hostile-names": TABLE_EXISTS,
    "hr-archive-copy": Wanted("unknown", ("status_unknown",)),
    "hr-multi": ONE_SUBTASK_FAILED,
    "hr-multi-03": LOG_GONE,
    "legacy-redis-cluster": Wanted("attention", ("flow_control",)),
    "new-task-draft": Wanted("waiting", ("configuration_incomplete",)),
    "orders-paused": Wanted("waiting", ("paused",)),
    "shop-mysql-sync": DUPLICATE_KEY,
    "warehouse-full-disk": Wanted("failed", ("fatal_error",), "mysql-full-table-full"),
}
SCENARIOS = [*FINDINGS, *WHOLE_WORLD]
TASKS = [(scenario, name) for scenario in SCENARIOS for name in tasks_of(scenario)]


@pytest.mark.parametrize(("scenario", "name"), TASKS)
def test_every_task_has_the_right_verdict_root_cause_and_known_failure(scenario, name, record_row):
    found = diagnosed(scenario)[name]
    wanted = WANTED.get(name, HEALTHY)
    record_row(
        "diagnose_job on every scenario",
        {
            "scenario": scenario,
            "task": name,
            "verdict": found.answer["verdict"],
            "cause found": found.answer.get("root_cause"),
            "known": next((row["known"] for row in found.findings if row.get("known")), None),
            "requests": found.requests,
            "deep": found.rounds,
            "tokens": found.tokens,
        },
    )
    assert found.answer["verdict"] == wanted.verdict
    assert found.codes == list(wanted.codes)
    assert found.answer.get("root_cause") == (
        wanted.codes[0] if wanted.codes and wanted.root else None
    )
    assert [row["known"] for row in found.findings if row.get("known")] == (
        [wanted.known] if wanted.known else []
    )


@pytest.mark.parametrize("scenario", FINDINGS)
def test_a_finding_is_raised_by_its_scenario_and_not_by_its_twins(scenario):
    name = scenario.removeprefix("findings/")
    code = {"needle-in-haystack": "fatal_error"}.get(name, name.replace("-", "_"))
    found = diagnosed(scenario)
    twins = [one for one in found if one.startswith(f"{name}-twin")]
    assert code in found[name].codes
    assert twins
    assert all(code not in found[twin].codes for twin in twins)


@pytest.mark.parametrize(("scenario", "name"), TASKS)
def test_no_diagnosis_costs_more_than_900_tokens(scenario, name):
    assert diagnosed(scenario)[name].tokens <= MOST_TOKENS


@pytest.mark.parametrize(("scenario", "name"), TASKS)
def test_no_request_waits_for_more_than_three_others_but_for_the_pages_of_a_list(scenario, name):
    assert 1 < diagnosed(scenario)[name].rounds <= MOST_ROUNDS


def test_among_12_000_entries_the_one_fatal_error_is_named_with_its_fix_and_how_sure_it_is():
    found = diagnosed("findings/needle-in-haystack")["needle-in-haystack"]
    [cause] = found.findings
    assert cause["says"] == "stopped by the error at 2026-11-20T07:19:00Z"
    assert "Duplicate entry ?" in cause["evidence"]
    assert cause["cause"].startswith("A row with that key exists at the destination")
    assert cause["fix"].startswith("Remove the row")
    assert (cause["known"], cause["confidence"]) == ("mysql-incr-dup-entry", "doc")
    assert "(mysql-incr-dup-entry, documented by Huawei)" in found.answer["headline"]
    harmless, ended = found.answer["ruled_out"]
    assert harmless.startswith("1,500 entries harmless while a task runs: ")
    assert {"mysql-capturer-core-process", "mysql-full-shard-table"} == set(
        harmless.partition(": ")[2].split(", ")
    )
    assert ended == "140 mysql-log-unable-connect errors, none since 2026-11-19T22:56:42Z"


@pytest.mark.parametrize(
    ("twin", "reason"),
    [
        ("objects-missing-twin", "TRIGGER, EVENT: moves when the task is stopped"),
        (
            "objects-missing-twin-index",
            "INDEX: index_trans is off: only primary and unique indexes move",
        ),
        (
            "objects-missing-twin-ddl",
            "TABLE: ddl_trans is off: objects made since the start do not follow",
        ),
        (
            "objects-missing-twin-data",
            "VIEW, PROCEDURE: sync_type_policy is tableData: only rows move",
        ),
    ],
)
def test_objects_that_need_not_be_there_are_told_as_such(twin, reason):
    assert reason in diagnosed("findings/objects-missing")[twin].answer["ruled_out"]


def test_the_scenarios_of_single_findings_stay_out_of_the_world():
    single = World.load(FINDINGS).tasks.keys()
    assert len(single) >= 2 * len(FINDINGS)
    assert not single & World.load().tasks.keys()

"""What `diagnose_job` says of failures written from public reports, and of their innocent twins.

Each scenario is judged as a DBA would: the cause, its side, whether the task can go on, when data
stopped and when DRS gave up, the next call, the words that decide. In its twin the same lines are
innocent: the task runs, was resumed since, or stopped for something else.
"""

import statistics
from functools import cache

import anyio
import pytest

from drs_mcp.serving.budget import compact
from drs_mcp.tools.diagnosis import diagnose_job
from tests.support.diagnosed import Diagnosed
from tests.support.diagnosis_judge import faults
from tests.support.diagnosis_scenarios import scenarios
from tests.support.tokens import tokens
from tests.support.tool_calls import NOW, ask
from tests.support.upstream import wire_of

SCENARIOS = {one.name: one for one in scenarios(NOW)}
MOST_TOKENS, A_SUBTASK, MEDIAN = 1100, 150, 750


@cache
def answered(name):
    return anyio.run(_ask, SCENARIOS[name], backend="trio")


async def _ask(one):
    seen = []
    wire = wire_of(one.upstream, one.engine, seen)
    answer = await ask(diagnose_job, wire, job="shop-sync")
    return Diagnosed(answer, len(seen), 0, tokens(compact(answer)))


def is_failing(name):
    return SCENARIOS[name].expect["verdict"] == "failed"


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_is_told_as_an_expert_would_tell_it(name, record_row):
    one, found = SCENARIOS[name], answered(name)
    call = found.answer.get("next", [{}])[0].get("tool")
    record_row(
        "diagnose_job on public failures",
        {
            "scenario": name,
            "verdict": found.answer["verdict"],
            "cause": found.answer.get("root_cause"),
            "side": found.answer.get("side"),
            "resume": found.answer.get("resume"),
            "stopped": found.answer.get("stopped_at"),
            "first call": call,
            "requests": found.requests,
            "tokens": found.tokens,
        },
    )
    assert faults(found.answer, one.expect) == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_no_answer_costs_more_than_its_ceiling(name):
    failed = answered(name).codes.count("subtask_failed")
    assert answered(name).tokens <= MOST_TOKENS + A_SUBTASK * min(failed, 3)


def test_half_of_the_answers_on_failing_tasks_cost_less_than_750_tokens(record_row):
    costs = [answered(name).tokens for name in SCENARIOS if is_failing(name)]
    median = statistics.median(costs)
    record_row("tokens of failing scenarios", {"median": median, "most": max(costs)})
    assert median <= MEDIAN


def test_the_scenarios_are_of_all_engines_in_two_languages_and_of_all_kinds_of_trouble():
    told = [one for name, one in SCENARIOS.items() if not name.endswith("(twin)")]
    engines = {side for one in told for side in one.engine.split("-to-")}
    assert len(told) >= 60
    assert {"mysql", "mariadb", "postgresql", "oracle", "sqlserver", "mongodb", "redis"} <= engines
    assert {"gaussdbv5", "gaussdbv5ha", "dws"} <= engines
    assert sum(one.name.endswith("-zh") for one in told) >= 6
    assert sum(one.expect["verdict"] == "troubled" for one in told) >= 10
    later = [one for one in told if one.expect["verdict"] == "failed" and _is_not_the_newest(one)]
    assert len(later) >= 20


def _is_not_the_newest(one):
    """Whether the newest error is of another service or text than the one that decides."""
    words = [word for word in one.expect["deciding_words"] if isinstance(word, str)]
    errors = [row["message"] for row in one.upstream["log"] if row["level"] in ("Error", "错误")]
    return bool(errors and words) and not any(word in errors[0] for word in words)

"""A log in any order, with rows doubled and other tasks' lines in between, has the same cause."""

from functools import cache

import anyio
from hypothesis import given, settings
from hypothesis import strategies as st

from drs_mcp.tools.diagnosis import diagnose_job
from tests.support.diagnosis_scenarios import scenarios
from tests.support.tool_calls import NOW, ask
from tests.support.upstream import wire_of

SCENARIOS = {one.name: one for one in scenarios(NOW)}
NOISE = (
    ("Info", "[task pay-sync] checkpoint mysql-bin.000{n}:{n}4, {n} rows applied"),
    ("Info", "[task pay-sync] table pay.receipt: {n} of 9,000 rows copied"),
    ("Info", "scheduler: {n} workers alive, queue of 0"),
    ("Warn", "[task hr-copy] slow heartbeat, {n} ms"),
    ("Warn", "metrics endpoint answered in {n} ms"),
)
noise = st.lists(
    st.tuples(st.sampled_from(NOISE), st.integers(0, 400), st.integers(10, 900)), max_size=40
)


def cause(name, upstream):
    one = SCENARIOS[name]
    answer = anyio.run(_ask, one.engine, upstream, backend="trio")
    findings = answer.get("findings", {"columns": [], "rows": []})
    first = (
        dict(zip(findings["columns"], findings["rows"][0], strict=True)) if findings["rows"] else {}
    )
    return (
        answer["verdict"],
        answer.get("root_cause"),
        answer.get("side"),
        answer.get("resume"),
        first.get("known"),
        first.get("cause", "").partition(":")[0],
    )


async def _ask(engine, upstream):
    return await ask(diagnose_job, wire_of(upstream, engine), job="shop-sync")


@cache
def undisturbed(name):
    return cause(name, SCENARIOS[name].upstream)


def row(kind, at, number, times):
    level, message = kind
    return {
        "level": level,
        "message": message.replace("{n}", str(number)),
        "create_time": times[at % len(times)],
    }


@settings(max_examples=40)
@given(st.sampled_from(sorted(SCENARIOS)), noise, st.randoms(use_true_random=False))
def test_the_cause_stays_the_same(name, told, random):
    upstream = SCENARIOS[name].upstream
    rows = list(upstream["log"])
    times = [one["create_time"] for one in rows]
    rows += random.choices(rows, k=random.randint(0, len(rows) // 2))
    rows += [row(*one, times) for one in told]
    random.shuffle(rows)
    assert cause(name, upstream | {"log": rows}) == undisturbed(name)

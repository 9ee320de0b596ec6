"""Overviews of comparisons, and the list of comparison tasks."""

from hypothesis import strategies as st

from tests.support.tool_calls import JOB
from tests.worlds.case import CAPS, CHANCES, SIZES, Case, counted, some, spelt
from tests.worlds.comparisons import STATUSES
from tests.worlds.drs import World
from tests.worlds.tables import NOWHERE, PAIRS, TASK, compare_tasks

_TYPES = (
    "DB", "TABLE", "VIEW", "EVENT", "ROUTINE", "INDEX", "TRIGGER", "SYNONYM", "FUNCTION",
    "PROCEDURE", "TYPE", "RULE", "DEFAULT_TYPE", "PLAN_GUIDE", "CONSTRAINT", "FILE_GROUP",
    "PARTITION_FUNCTION", "PARTITION_SCHEME", "TABLE_COLLATION", "EXTENSIONS", "新类型", "NEW_TYPE",
)  # fmt: skip


@st.composite
def objects(draw):
    """The overview of an object comparison: one row for each type of object."""
    rng = draw(CHANCES)
    statuses = some(rng, STATUSES)
    results, agreeing, words = [], [], []
    for kind in rng.sample(_TYPES, rng.randint(0, len(_TYPES))):
        status = rng.choice(statuses)
        source, number = spelt(rng, rng.randrange(3000))
        same = rng.random() < 0.7
        target, other = (source, number) if same else spelt(rng, rng.randrange(3000))
        results.append(
            {"type": kind, "source_count": source, "target_count": target, "status": status}
        )
        word = STATUSES[status]
        if word == "consistent" and None not in (number, other) and number != other:
            word = "contradictory"
        words.append(word)
        if word == "consistent" and number == other:
            agreeing.append(kind if number is None else f"{kind} {number:,}")
    info = {"compare_job_id": TASK, "status": "SUCCESSFUL", "compare_results": results}
    return Case(
        arguments={"job": JOB, "compare_type": "object_compare"},
        world=World(parts={"objects": info}),
        required={"totals": counted(words) or None},
        droppable={"compare_task_id": TASK, "consistent_types": agreeing or None},
        tables={"types": len(results) - len(agreeing)},
    )


@st.composite
def pairs(draw, compare_type, kind):
    """The overview of another comparison: one row for each pair of databases."""
    rng, suffix = draw(CHANCES), "_name" if compare_type == "line_compare" else ""
    statuses, rows, words = some(rng, STATUSES), [], []
    many = [(f"db_{n}", f"DB_{n}" if n % 7 else f"库{n}") for n in range(min(draw(SIZES), 390))]
    for source, target in rng.sample([*PAIRS, *many], rng.randint(0, len(many))):
        status = rng.choice(statuses)
        word = STATUSES[status]
        row = {f"source_db{suffix}": source, f"target_db{suffix}": target, "status": status}
        if not suffix:
            differs = rng.choice([False, True, None, "false"])
            row["compare_result"] = differs
            word = _by_flag(word, differs)
        rows += [(NOWHERE, row)] * rng.choice([1, 1, 1, 2])  # a pair listed twice counts once
        words.append(word)
    return Case(
        arguments={"job": JOB, "compare_type": compare_type},
        world=World(
            cap=draw(CAPS),
            totals=draw(st.booleans()),
            ids={compare_type: TASK},
            compared={
                ("data_compare", "list"): compare_tasks(kind),
                (compare_type, "overview"): rows,
            },
        ),
        required={"totals": counted(words) or None},
        droppable={"compare_task_id": TASK, "ended": "2026-11-05T08:00:00Z"},
        tables={"databases": sum(1 for word in words if word != "consistent")},
    )


def _by_flag(word, flag):
    """The word for a pair of databases whose flag may say something else."""
    if flag is None:
        return word
    said = "inconsistent" if flag in (False, "false") else "consistent"
    if word in ("unknown", "'something_new'", "other", "status 24"):
        return said
    opposite = {"consistent": "inconsistent", "inconsistent": "consistent"}
    differs = word in ("inconsistent", "no destination database")
    if word in opposite or differs:
        return word if differs == (said == "inconsistent") else "contradictory"
    return word


_KINDS = {
    "object": "object_compare",
    "object_comparison": "object_compare",
    "lines": "line_compare",
    "contents": "content_compare",
    "account": "account",
    "dynamic_data": "dynamic_data",
    "新": "other",
    "lines,account": "other",
    "": "other",
}
_STATES = {
    "SUCCESSFUL": "successful",
    "RUNNING": "running",
    "WAITING_FOR_RUNNING": "waiting_for_running",
    "failed": "failed",
    "TIMEOUT_INTERRUPT": "timeout_interrupt",
    "some thing": "other",
    None: "other",
}


@st.composite
def tasks(draw):
    """The comparison tasks of a task."""
    rng, rows = draw(CHANCES), {}
    kinds, states = some(rng, _KINDS), some(rng, _STATES)
    for number in range(rng.randint(0, draw(SIZES) // 2)):
        start = rng.choice(
            [f"16077{number:05}833", 1607766111833 + number, None, "2026-11-02 08:00:00"]
        )
        kind, state = rng.choice(kinds), rng.choice(states)
        row = {"id": f"08cad1f8-{number}", "type": kind, "status": state, "start_time": start}
        rows[row["id"]] = row | {"error_msg": rng.choice([None, "", 'no "access" \\ at all'])}
    sent = [*rows.values(), *list(rows.values())[:2]]  # one met twice counts once
    limit, offset = draw(st.sampled_from([50, 1, 400])), draw(st.sampled_from([0, 9]))
    return Case(
        arguments={"job": JOB, "limit": limit, "offset": offset},
        world=World(
            cap=draw(CAPS), compared={("data_compare", "list"): [(NOWHERE, row) for row in sent]}
        ),
        required={
            "by_type": counted(_KINDS[row["type"]] for row in rows.values()) or None,
            "by_status": counted(_STATES[row["status"]] for row in rows.values()) or None,
        },
        tables={"tasks": len(rows)},
        paged="tasks",
    )

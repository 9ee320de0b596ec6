"""Comparisons of rows, of values and of objects, over several databases."""

from hypothesis import strategies as st

from tests.support.tool_calls import JOB
from tests.worlds.case import CAPS, CHANCES, SIZES, Case, counted, some, whole
from tests.worlds.drs import World
from tests.worlds.tables import (
    MESSAGES,
    TASK,
    Compared,
    ComparedValues,
    check_databases,
    check_tables,
    compare_tasks,
    databases,
    directions,
    expanded,
    listed,
    numbers,
    sums,
)

STATUSES = {
    "CONSISTENT": "consistent",
    "consistent": "consistent",
    2: "consistent",
    "INCONSISTENT": "inconsistent",
    "0": "inconsistent",
    "TARGET_DB_NOT_EXIST": "no destination database",
    "TARGET_DB_NOT_EXIT": "no destination database",
    "FAILED_TO_COMPARE": "failed to compare",
    "CAN_NOT_COMPARE": "cannot be compared",
    "WAITING_FOR_COMPARISON": "waiting for comparison",
    "WAIT_FOR_COMPARE": "waiting for comparison",
    "COMPARING": "comparing",
    "CANCELED": "canceled",
    "SOMETHING_NEW": "'something_new'",
    24: "status 24",
    "不明？": "other",
    "not, really": "other",
    "": "unknown",
    None: "unknown",
}
"""What DRS writes, and the words for it."""

NUMBERED = {
    8: "source empty",
    "9": "destination empty",
    10: "both sides empty",
    "14": "no connection to source",
    17: "SQL timeout in destination",
    22: "no destination database",
    23: "too large, not compared",
    27: "timed out",
}
"""What rows and values have as numbers too."""

COMPARED = {
    "consistent",
    "inconsistent",
    "contradictory",
    "no destination database",
    "source empty",
    "destination empty",
}
_WORST = ("contradictory", "inconsistent", "no destination database", "consistent")

SHARES = st.sampled_from([0.5, 0, 0.03, 1])
_PAGES = st.one_of(
    st.just({}),
    st.fixed_dictionaries(
        {"limit": st.sampled_from([400, 7])}, optional={"offset": st.integers(0, 40)}
    ),
)


@st.composite
def rows(draw):
    """A row comparison; of one source database, if it is named."""
    rng, share = draw(CHANCES), draw(SHARES)
    pairs, named = databases(rng, draw(SIZES))
    words = STATUSES | dict(rng.sample(list(NUMBERED.items()), 3))
    statuses, messages = some(rng, words), some(rng, MESSAGES)
    tables = []
    for pair, name in named:
        target = name if rng.random() < 0.9 else rng.choice([name.upper(), f"{name}_new", ""])
        wires, raw = [], []
        for _ in range(rng.choice([1] * 30 + [2, 3])):  # parts of one table
            status = rng.choice(statuses) if rng.random() < share else "CONSISTENT"
            verdict = words[status]
            differs = verdict == "inconsistent" if rng.random() < 0.98 else rng.random() < 0.5
            written, counts = numbers(rng, differs=differs)
            wire = {"source_table_name": name, "target_table_name": target, "status": status}
            wire |= {"message": rng.choice(messages) if verdict != "consistent" else "", **written}
            if wire not in wires:
                raw.append((_checked(verdict, status, *counts), *counts))
            wires.append(wire)
            if len({row[0] for row in raw} - set(_WORST)) and len(raw) > 1:
                raw.pop()  # which of two others is worse is told elsewhere
                wires.pop()
        wires += wires[: rng.choice([0] * 20 + [1])]  # one that comes twice counts once
        verdict = min(
            (row[0] for row in raw), key=lambda word: _WORST.index(word) if word in _WORST else 2.5
        )
        tables.append(Compared(pair, name, verdict, raw, wires))
    database = rng.choice(["", "", *(source for source, _ in pairs)])
    read = [table for table in tables if database in ("", table.pair[0])]
    problem_rows = [table for table in read if table.verdict != "consistent"]
    several = len({table.pair[0] for table in problem_rows}) > 1
    overview = [
        (pair, {"source_db_name": pair[0], "target_db_name": pair[1], "status": "INCONSISTENT"})
        for pair in pairs
    ]
    return Case(
        arguments={"job": JOB, "compare_type": "line_compare", **draw(_PAGES)}
        | ({"source_db_name": database.upper()} if database else {}),
        world=World(
            cap=draw(CAPS),
            totals=draw(st.booleans()),
            ids={"line_compare": TASK},
            compared={
                ("data_compare", "list"): compare_tasks("lines"),
                ("line_compare", "overview"): overview,
                ("line_compare", "detail"): listed(tables),
            },
        ),
        required={"totals": {"tables": len(read)} | counted(table.verdict for table in read)}
        | sums(read, COMPARED),
        droppable={"compare_task_id": TASK, "ended": "2026-11-05T08:00:00Z"}
        | directions(read, COMPARED),
        paged="tables",
        check=lambda answer: check_tables(answer, problem_rows, several=several),
    )


def _of_one_side(source, target):
    """Whether one side alone tells its count: such a row shows nothing."""
    return (source is None) is not (target is None)


def _checked(verdict, status, source, target, lost):
    """The verdict on a row, held against its numbers."""
    gap = source - target if source is not None and target is not None else None
    if status in ("", None) and gap:
        return "inconsistent"
    if verdict == "both sides empty" and gap is not None:
        return "contradictory" if source or target or lost else "consistent"
    claims_nothing = verdict == "consistent" and (gap or lost)
    if verdict == "consistent" and not claims_nothing and _of_one_side(source, target):
        return "unknown"
    return (
        "contradictory" if claims_nothing or (verdict == "inconsistent" and gap == 0) else verdict
    )


_RESULTS = {
    True: "agree",
    "true": "agree",
    False: "differs",
    "false": "differs",
    None: "result unknown",
    "": "result unknown",
}


_COMPARED_VALUES = {"agree", "differs", "contradictory"}


def _checked_values(verdict, source, target, lost):
    """The verdict on a table's values, held against its numbers."""
    gap = source - target if source is not None and target is not None else None
    if verdict == "agree" and (gap or lost):
        return "contradictory"
    if verdict == "agree" and _of_one_side(source, target):
        return "result unknown"
    return "differs by count" if gap and verdict not in ("agree", "differs") else verdict


@st.composite
def values(draw):
    """A value comparison: what was compared, and what cannot be."""
    rng, share = draw(CHANCES), draw(SHARES)
    pairs, named = databases(rng, draw(SIZES))
    wanted, results = draw(st.sampled_from(["", "compare", "uncompare"])), some(rng, _RESULTS)
    messages = some(rng, MESSAGES)
    lists = {"compare": [], "uncompare": []}
    for pair, name in named:
        result = rng.choice(results) if rng.random() < share else True
        part = "uncompare" if rng.random() < share / 3 else "compare"
        verdict = _RESULTS[result] if part == "compare" else "cannot be compared"
        differs = verdict == "differs" if rng.random() < 0.95 else rng.random() < 0.5
        written, counts = numbers(rng, differs=differs)
        wire = {"source_db": pair[0], "target_db": pair[1], "source_table_name": name}
        wire |= {"target_table_name": name, "content_compare_result": result, **written}
        wire["message"] = rng.choice(messages) if verdict != "agree" else ""
        raw = (_checked_values(verdict, *counts), *counts)
        lists[part].append(ComparedValues(pair, name, raw[0], [raw], [wire]))
    read = [table for part, tables in lists.items() for table in tables if wanted in ("", part)]
    problem_rows = [table for table in read if table.verdict != "agree"]
    overview = [(pair, {"source_db": pair[0], "target_db": pair[1]}) for pair in pairs]
    return Case(
        arguments={"job": JOB, "compare_type": "content_compare", **draw(_PAGES)}
        | ({"compare_detail_type": wanted} if wanted else {}),
        world=World(
            cap=draw(CAPS),
            totals=draw(st.booleans()),
            ids={"content_compare": TASK},
            compared={
                ("data_compare", "list"): compare_tasks("contents"),
                ("content_compare", "overview"): overview,
                ("content_compare", "detail", "compare"): listed(lists["compare"]),
                ("content_compare", "detail", "uncompare"): listed(lists["uncompare"]),
            },
        ),
        required={"totals": {"tables": len(read)} | counted(table.verdict for table in read)}
        | sums(read, _COMPARED_VALUES),
        droppable={"compare_task_id": TASK} | directions(read, _COMPARED_VALUES),
        paged="tables",
        check=lambda answer: check_tables(answer, problem_rows, several=True),
    )


_SIDES = {
    "equal": lambda name: (f"`{name}`", f"`{name.upper()}`", None),
    "missing in destination": lambda name: (name, "", ""),
    "only in destination": lambda name: (None, f"`{name}`", None),
    "unequal": lambda name: (name, f"{name}_other", ""),
    "failed to compare": lambda name: (name, name, 'denied "x"'),
}


@st.composite
def objects(draw):
    """An object comparison of databases, tables and indexes."""
    rng, share = draw(CHANCES), draw(SHARES)
    _, named = databases(rng, draw(SIZES))
    wanted, problems = draw(st.sampled_from(["", "DB", "TABLE", "INDEX"])), some(rng, _SIDES)
    made = {"DB": [], "TABLE": [], "INDEX": []}
    for pair, name in named:
        problem = rng.choice(problems) if rng.random() < share else "equal"
        source, target, error = _SIDES[problem](name)
        wire = {"source_db_value": source, "target_db_value": target, "error_message": error}
        wire |= {"source_db_name": pair[0], "target_db_name": pair[1]}
        made[rng.choice(list(made))].append(Compared(pair, name, problem, [], [wire]))
    read = {kind: tables for kind, tables in made.items() if wanted in ("", kind)}
    everything = [table for tables in read.values() for table in tables]
    problem_rows = [
        (kind, table)
        for kind, tables in read.items()
        for table in tables
        if table.verdict != "equal"
    ]

    def check(answer):
        rows = whole(answer, "objects")
        if rows is not None:
            in_answer = [
                (row["type"], row["problem"], name)
                for row in rows
                for name in expanded(row["object"])
            ]
            assert sorted(in_answer) == sorted(
                (
                    kind,
                    table.verdict,
                    table.name if kind == "DB" else f"{table.pair[0]}.{table.name}",
                )
                for kind, table in problem_rows
            )
        kinds = whole(answer, "by_type")
        if kinds is not None:
            assert {row["type"]: (row["objects"], row["differing"]) for row in kinds} == {
                kind: (len(tables), sum(1 for other, _ in problem_rows if other == kind))
                for kind, tables in read.items()
            }
        check_databases(answer, [table.pair[0] for _, table in problem_rows], "objects")

    verdicts = counted(table.verdict for table in everything)
    return Case(
        arguments={"job": JOB, "compare_type": "object_compare", **draw(_PAGES)}
        | ({"object_type": wanted} if wanted else {}),
        world=World(
            cap=draw(CAPS),
            totals=draw(st.booleans()),
            ids={"object_compare": TASK},
            parts={"objects": {"compare_job_id": TASK, "status": "SUCCESSFUL"}},
            compared={
                ("object_compare", "detail", kind): listed(tables) for kind, tables in made.items()
            },
        ),
        required={
            "totals": {"objects": len(everything), "equal": verdicts.get("equal", 0)} | verdicts
        }
        if everything
        else {"totals": {"objects": 0}},
        paged="objects",
        check=check,
    )

"""Differing rows of a value comparison: keys of every kind, tables that a SELECT tells or hides."""

import re
from itertools import product
from typing import NamedTuple

from hypothesis import strategies as st

from tests.support.tool_calls import JOB
from tests.worlds.case import CAPS, CHANCES, SIZES, Case, counted, some, whole
from tests.worlds.drs import World
from tests.worlds.tables import PAIRS, TASK, compare_tasks

KINDS = {
    "only in source": (True, False),
    "only in destination": (False, True),
    "different": (True, True),
}
_STATEMENTS = (
    ("select * from {table} where id = {n}", "{db}.{table}"),
    ("SELECT `id`, `from` FROM `{db}`.`{table}` WHERE `id` = {n}", "{db}.{table}"),
    ('SELECT "A" FROM "SALES"."{table}" WHERE "A" = \'x where {n}\'', "{db}.SALES.{table}"),
    ("select 'a where b', c from {table} where id = {n}", "{db}.{table}"),
    ("call compare({n})", "{db}: table unknown"),
    (None, "{db}: table unknown"),
)


class Differing(NamedTuple):
    """A differing row as it was meant, and as DRS sends it."""

    pair: tuple[str, str]
    table: str
    kind: str
    key: tuple
    wire: dict


def _key(rng, sort, n):
    """A key of that sort, no two alike for different *n*."""
    if sort == "composite":
        return (n // 50 - 3, n % 50)
    if sort == "text":
        return (rng.choice([f"anna{n}@example.com", f"{n:07}", f"{n}.5", f"键{n}"]),)
    return (n - 40 if sort == "negative" else n * 10**24 if sort == "huge" else n,)


def _row(rng, pair, table, statement, sort, n, kind):
    sql, name = statement
    key = _key(rng, sort, n)
    written = [rng.choice([part, str(part)]) if isinstance(part, int) else part for part in key]
    said = sql.format(db=pair[0], table=table, n=n) if sql else None
    source, target = KINDS[kind]
    wire = {
        "source_key_value": written if source else rng.choice([[], None]),
        "target_key_value": written if target else rng.choice([[], None]),
        "source_select_sql": said if source else None,
        "target_select_sql": said if target else None,
    }
    return Differing(pair, name.format(db=pair[0], table=table), kind, key, wire)


def _rows(rng, most):
    pairs = some(rng, PAIRS)
    statements = {source: rng.choice(_STATEMENTS) for source, _ in pairs}
    made = []
    for pair in pairs:
        for number in range(rng.choice([0, 1, 3, 30])):
            size = rng.randint(0, max(most // 20, 2))
            keys = range(size) if rng.random() < 0.5 else rng.sample(range(4 * size), size)
            shape = (
                statements[pair[0]],
                rng.choice(["", "", "composite", "text", "negative", "huge"]),
            )
            kinds = some(rng, KINDS)
            made += [_row(rng, pair, f"订单_{number}", *shape, n, rng.choice(kinds)) for n in keys]
    return pairs, made


def spread(span):
    """The keys that a range stands for: `7`, `1–40`, `(-3)–5`, `(7, 1–40)`."""
    parts = span[1:-1].split(", ") if ", " in span else [span]
    ends = [[int(n) for n in re.findall(r"-?[0-9]+", part.replace("–", " "))] for part in parts]
    return list(product(*(range(end[0], end[-1] + 1) for end in ends)))


@st.composite
def differences(draw):
    """The differing rows of every database."""
    pairs, rows = _rows(draw(CHANCES), draw(SIZES))
    values, sql = draw(st.booleans()), draw(st.booleans())
    hidden = [row for row in rows if not all(isinstance(part, int) for part in row.key)]
    plain = [row for row in rows if row not in hidden]
    tables = counted(row.table for row in rows)

    def check(answer):
        listed = whole(answer, "tables")
        if listed is not None and len(tables) > 1:
            assert {row["table"]: row["rows"] for row in listed} == tables
        ranges = whole(answer, "ranges")
        if ranges is not None:
            in_answer = {(r["table"], r["kind"], key) for r in ranges for key in spread(r["keys"])}
            assert in_answer == {(row.table, row.kind, row.key) for row in plain}
            assert sum(row["rows"] for row in ranges) == len(plain)  # unknown tables share keys
        hidden_listed = whole(answer, "values") if values else None
        if hidden_listed is not None:
            assert sum(row["rows"] for row in hidden_listed) == len(hidden)

    overview = [(pair, {"source_db": pair[0], "target_db": pair[1]}) for pair in pairs]
    return Case(
        arguments={"job": JOB, "include_values": values, "include_sql": sql, "limit": 400},
        world=World(
            cap=draw(CAPS),
            totals=draw(st.booleans()),
            ids={"content_compare": TASK},
            compared={
                ("data_compare", "list"): compare_tasks("contents"),
                ("content_compare", "overview"): overview,
                ("content_compare", "diff"): [(row.pair, row.wire) for row in rows],
            },
        ),
        required={"totals": {"rows": len(rows)} | counted(row.kind for row in rows)},
        droppable={
            "hidden_keys": len(hidden) if hidden and not values else None,
            "compare_task_id": TASK,
        },
        tables={"tables": len(tables) if len(tables) > 1 else 0},
        paged="ranges",
        check=check,
    )

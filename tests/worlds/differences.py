"""Differing rows of a value comparison: keys of every kind, tables that a SELECT tells or hides."""

import json
import re
from collections import Counter
from dataclasses import dataclass
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
    """A differing row as it was meant, and as DRS sends it; `there` is another destination key."""

    pair: tuple[str, str]
    table: str
    kind: str
    key: tuple
    there: tuple | None
    wire: dict

    @property
    def plain(self):
        """Whether its keys are integers, which are no row data."""
        return all(isinstance(part, int) for part in (*self.key, *(self.there or ())))


def _key(rng, sort, n):
    """A key of that sort, no two alike for different *n*."""
    if sort == "composite":
        return (n // 50 - 3, n % 50)
    if sort == "text":
        return (rng.choice([f"anna{n}@example.com", f"{n:07}", f"{n}.5", f"键{n}", f'["{n}"]']),)
    if sort == "mixed":
        return (rng.choice(["EU", "EU/1", "", None]), rng.choice([n, f"1/{n}", f" {n}"]))
    return (n - 40 if sort == "negative" else n * 10**24 if sort == "huge" else n,)


def _moved(rng, key):
    """The key at the destination, if that is another."""
    if rng.random() < 0.9:
        return None
    there = tuple(part + 10**30 if isinstance(part, int) else part and part.upper() for part in key)
    return there if there != key else None


def _written(rng, key):
    """A key as DRS may send it: a list, an object, or either in a text."""
    parts = [rng.choice([part, str(part)]) if isinstance(part, int) else part for part in key]
    form = rng.choice([list, list, list, list, dict])
    made = parts if form is list else {f"c{place}": part for place, part in enumerate(parts)}
    return json.dumps(made) if rng.random() < 0.1 else made


def _row(rng, pair, table, statement, sort, n, kind):
    sql, name = statement
    key = _key(rng, sort, n)
    said = sql.format(db=pair[0], table=table, n=n) if sql else None
    source, target = KINDS[kind]
    there = _moved(rng, key) if source and target else None
    wire = {
        "source_key_value": _written(rng, key) if source else rng.choice([[], None]),
        "target_key_value": _written(rng, there or key) if target else rng.choice([[], None]),
        "source_select_sql": said if source else None,
        "target_select_sql": said if target else None,
    }
    return Differing(pair, name.format(db=pair[0], table=table), kind, key, there, wire)


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
                rng.choice(["", "", "composite", "text", "mixed", "negative", "huge"]),
            )
            kinds = some(rng, KINDS)
            made += [_row(rng, pair, f"订单_{number}", *shape, n, rng.choice(kinds)) for n in keys]
    return pairs, _told_apart(made)


def _told_apart(rows):
    """The rows, their tables with the destination's database where two pairs have such a table."""
    pairs = {}
    for row in rows:
        pairs.setdefault(row.table, set()).add(row.pair)
    return [
        row._replace(table=f"{row.table} → {row.pair[1]}") if len(pairs[row.table]) > 1 else row
        for row in rows
    ]


def spread(span):
    """The keys that a range stands for: `7`, `1–40`, `(-3)–5`, `(7, 1–40)`."""
    parts = span[1:-1].split(", ") if ", " in span else [span]
    ends = [[int(n) for n in re.findall(r"-?[0-9]+", part.replace("–", " "))] for part in parts]
    return list(product(*(range(end[0], end[-1] + 1) for end in ends)))


def keys_of(line):
    """Table, kind, key and destination key of each row that a line stands for."""
    there = line.get("destination_keys")
    other = None if there is None else parsed(there)[0]
    return Counter(
        {
            (line["table"], line["kind"], key, other): line["rows"] // len(keys)
            for keys in [parsed(line["keys"])]
            for key in keys
        }
    )


def parsed(told):
    """The keys that a cell stands for, every part as text."""
    if told.startswith("["):
        return [tuple(json.loads(told))]
    if not re.fullmatch(r"[(0-9-][0-9(), –-]*", told) or re.fullmatch(r"0[0-9]+", told):
        return [(told,)]
    return [tuple(map(str, key)) for key in spread(told)]


def as_told(rows):
    """What the lines of all rows must add up to."""
    return Counter(
        (row.table, row.kind, _texts(row.key), row.there and _texts(row.there)) for row in rows
    )


def _texts(key):
    return tuple(part if part is None else str(part) for part in key)


@dataclass(frozen=True, kw_only=True)
class DifferencesCase(Case):
    """A question about differing rows, with the rows as they were meant."""

    rows: list[Differing]


@st.composite
def differences(draw, sizes=SIZES):
    """The differing rows of every database."""
    pairs, rows = _rows(draw(CHANCES), draw(sizes))
    values, sql = draw(st.booleans()), draw(st.booleans())
    hidden = [row for row in rows if not row.plain]
    told = rows if values else [row for row in rows if row.plain]
    tables = counted(row.table for row in rows)

    def check(answer):
        listed = whole(answer, "tables")
        if listed is not None:
            assert {row["table"]: row["rows"] for row in listed} == tables
        lines = whole(answer, "ranges")
        if lines is not None:
            made, due = sum(map(keys_of, lines), Counter()), as_told(told)
            assert (made - due, due - made) == (Counter(), Counter())

    overview = [(pair, {"source_db": pair[0], "target_db": pair[1]}) for pair in pairs]
    return DifferencesCase(
        rows=rows,
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
        tables={"tables": len(tables)},
        paged="ranges",
        check=check,
    )

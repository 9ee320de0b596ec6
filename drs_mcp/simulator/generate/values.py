"""Value comparisons (Tables 47 to 50): tables that differ, and every differing row by its key.

    {"generate": "value_comparison", "seed": 7, "databases": [
        {"source": "ledger", "target": "ledger",
         "tables": ["branch", "currency"],
         "no_key": [{"table": "audit_blob", "message": "…"}],
         "differ": [
            {"table": "entry", "rows": 8000000, "key": ["id"],
             "runs": [{"only": "source", "from": 50000100, "count": 900},
                      {"only": "both", "prefix": ["7"], "from": 1, "count": 8}]},
            {"table": "customer", "rows": 120000, "key": ["email"],
             "keys": [{"only": "target", "key": ["a.b@example.com"]}]}]}]}

`only` is the side that has the row: source, target, or both with different contents. Tables
without a key cannot be compared and come in the list of their own (`uncompare`).
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from drs_mcp.simulator.generate.names import names

Row = dict[str, Any]
_ONLY = ("source", "target", "both")


class ValueDatabase(NamedTuple):
    """A pair of databases: its names, its row of the overview, its tables, its differing rows."""

    source: str
    target: str
    overview: Row
    compared: Sequence[Row]
    uncompared: Sequence[Row]
    differences: Sequence[Row]
    counts: Mapping[str, int]


def value_result(directive: Mapping[str, Any]) -> Sequence[ValueDatabase]:
    """The result of a `value_comparison` directive, in its order of databases."""
    return _result(to_json(directive))


@lru_cache(maxsize=64)
def _result(raw: bytes) -> Sequence[ValueDatabase]:
    directive = from_json(raw)
    rng = random.Random(directive["seed"])
    return [_database(database, rng) for database in directive["databases"]]


def _database(database: Mapping[str, Any], rng: random.Random) -> ValueDatabase:
    differences: list[Row] = []
    counts = dict.fromkeys(_ONLY, 0)
    compared: list[Row] = []
    for table in names(database.get("tables", [])):
        rows = int(10 ** rng.uniform(0, 6.5))
        compared.append(_table(database, table, rows, dict.fromkeys(_ONLY, 0)))
    for item in database.get("differ", []):
        own = dict.fromkeys(_ONLY, 0)
        found = []
        for only, key in _keys(item):
            own[only] += 1
            found.append(_difference(database, item, only, key))
        rng.shuffle(found)
        differences += found
        compared.append(_table(database, item["table"], item["rows"], own))
        counts = {only: counts[only] + own[only] for only in _ONLY}
    rng.shuffle(compared)
    consistent = not differences
    unfinished = database.get("status")
    overview = {
        "source_db": database["source"],
        "target_db": database["target"],
        "status": unfinished or ("CONSISTENT" if consistent else "INCONSISTENT"),
        "compare_result": None if unfinished else consistent,
    }
    return ValueDatabase(
        database["source"],
        database["target"],
        overview,
        compared,
        [_uncompared(database, item) for item in database.get("no_key", [])],
        differences,
        counts,
    )


def _keys(item: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    for run in item.get("runs", []):
        step = run.get("step", 1)
        for number in range(run["from"], run["from"] + run["count"] * step, step):
            yield run["only"], [*run.get("prefix", []), str(number)]
    for one in item.get("keys", []):
        yield one["only"], list(one["key"])


def _table(database: Mapping[str, Any], table: str, rows: int, differing: Mapping[str, int]) -> Row:
    target = rows - differing["source"] + differing["target"]
    total = sum(differing.values())
    return {
        **_sides(database, table),
        "source_row_num": rows,
        "target_row_num": target,
        "difference_row_num": total,
        "line_compare_result": rows == target,
        "content_compare_result": total == 0,
        "message": "",
    }


def _uncompared(database: Mapping[str, Any], item: Mapping[str, Any]) -> Row:
    return {
        **_sides(database, item["table"]),
        "source_row_num": item.get("rows", 0),
        "target_row_num": item.get("rows", 0),
        "message": item["message"],
    }


def _sides(database: Mapping[str, Any], table: str) -> Row:
    return {
        "source_db": database["source"],
        "target_db": database["target"],
        "source_table_name": table,
        "target_table_name": table.lower() if database.get("lower") else table,
    }


def _difference(
    database: Mapping[str, Any], item: Mapping[str, Any], only: str, key: list[str]
) -> Row:
    where = " and ".join(
        f"{column} = {_literal(value)}" for column, value in zip(item["key"], key, strict=True)
    )
    table = item["table"]
    there = table.lower() if database.get("lower") else table
    return {
        "source_key_value": [] if only == "target" else key,
        "target_key_value": [] if only == "source" else key,
        "source_select_sql": None
        if only == "target"
        else _select(database["source"], table, where),
        "target_select_sql": None
        if only == "source"
        else _select(database["target"], there, where),
    }


def _select(database: str, table: str, where: str) -> str:
    return f"select * from {database}.{table} where {where}"  # noqa: S608  shown, never run


def _literal(value: str) -> str:
    if value.lstrip("-").isdecimal():
        return value
    return "'" + value.replace("'", "''") + "'"

"""Row comparisons (Tables 45 and 46) of thousands of tables, from a seed.

    {"generate": "row_comparison", "seed": 7, "databases": [
        {"source": "ledger", "target": "ledger", "lower": false,
         "tables": ["entry", {"name": "entry_{:04d}", "from": 1, "count": 900}],
         "differ": ["entry", {"name": "entry_{:04d}", "from": 101, "count": 12}],
         "failed": [{"table": "audit_blob", "status": "FAILED_TO_COMPARE", "message": "…"}]}]}

Without `status` a database is INCONSISTENT when one of its tables differs, FAILED_TO_COMPARE when
one could not be compared, else CONSISTENT.
"""

import random
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from drs_mcp.simulator.generate.names import names

Row = dict[str, Any]


class ComparedDatabase(NamedTuple):
    """A pair of databases: its names, its row of the overview, its tables."""

    source: str
    target: str
    overview: Row
    tables: Sequence[Row]


def row_result(directive: Mapping[str, Any]) -> Sequence[ComparedDatabase]:
    """The result of a `row_comparison` directive, in its order of databases."""
    return _result(to_json(directive))


@lru_cache(maxsize=64)
def _result(raw: bytes) -> Sequence[ComparedDatabase]:
    directive = from_json(raw)
    rng = random.Random(directive["seed"])
    return [_database(database, rng) for database in directive["databases"]]


def _database(database: Mapping[str, Any], rng: random.Random) -> ComparedDatabase:
    differ = set(names(database.get("differ", [])))
    failed = {item["table"]: item for item in database.get("failed", [])}
    lower = database.get("lower", False)
    rows = []
    for table in names(database["tables"]):
        source = int(10 ** rng.uniform(0, 7.6))
        target, state, message = source, "CONSISTENT", ""
        if table in failed:
            target = 0
            state, message = failed[table]["status"], failed[table].get("message", "")
        elif table in differ:
            # A few rows more at one side; an initial load that stopped leaves many missing.
            gap = max(1, int(source * rng.choice((0.0001, 0.001, 0.02, 0.4))))
            target, state = source - gap if rng.random() < 0.8 else source + gap, "INCONSISTENT"
        rows.append(
            {
                "source_table_name": table,
                "source_row_num": str(source),
                "target_table_name": table.lower() if lower else table,
                "target_row_num": str(target),
                "difference_row_num": str(abs(source - target)) if table not in failed else "",
                "status": state,
                "message": message,
            }
        )
    overview = {
        "source_db_name": database["source"],
        "target_db_name": database["target"],
        "status": database.get("status") or _status(rows),
    }
    return ComparedDatabase(database["source"], database["target"], overview, rows)


def _status(rows: Sequence[Row]) -> str:
    states = {row["status"] for row in rows}
    if "INCONSISTENT" in states:
        return "INCONSISTENT"
    return "CONSISTENT" if states <= {"CONSISTENT"} else "FAILED_TO_COMPARE"

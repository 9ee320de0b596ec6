"""Object comparisons (Tables 41 to 43) from the tables of each database.

    {"generate": "objects", "databases": [
        {"source": "shop", "target": "shop", "lower": false, "indexes": 2,
         "tables": ["orders", {"name": "part_{:04d}", "from": 1, "count": 12}],
         "missing": ["part_0007"], "extra": ["tmp_load"],
         "missing_indexes": ["orders.idx_1"], "unequal_indexes": ["orders.idx_2"]}],
     "others": [{"type": "VIEW", "source_count": 4, "target_count": 4, "status": "CONSISTENT"}]}

`lower` writes the destination's names in lower case, as they arrive from Oracle.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from drs_mcp.simulator.generate.names import names

Row = dict[str, Any]


class ObjectResult(NamedTuple):
    """What an object comparison found: the overview's rows, and every object by type."""

    overview: Sequence[Row]
    details: Mapping[str, Sequence[Row]]


def object_result(directive: Mapping[str, Any]) -> ObjectResult:
    """The result of an `objects` directive."""
    return _result(to_json(directive))


@lru_cache(maxsize=64)
def _result(raw: bytes) -> ObjectResult:
    directive = from_json(raw)
    details: dict[str, list[Row]] = {"DB": [], "TABLE": [], "INDEX": []}
    for database in directive["databases"]:
        details["DB"].append(_row(database, database["source"], database["target"]))
        details["TABLE"] += _tables(database)
        details["INDEX"] += _indexes(database)
    overview = [_counted(kind, rows) for kind, rows in details.items()]
    return ObjectResult([*overview, *directive.get("others", [])], details)


def _tables(database: Mapping[str, Any]) -> list[Row]:
    missing = set(names(database.get("missing", [])))
    found = [
        _row(database, f"`{table}`", "" if table in missing else f"`{_there(database, table)}`")
        for table in names(database["tables"])
    ]
    extra = [_row(database, "", f"`{table}`") for table in names(database.get("extra", []))]
    return found + extra


def _indexes(database: Mapping[str, Any]) -> list[Row]:
    gone = set(names(database.get("missing", [])))
    missing = set(names(database.get("missing_indexes", [])))
    unequal = set(names(database.get("unequal_indexes", [])))
    found = []
    for table in names(database["tables"]):
        if table in gone:  # a table that is missing is not compared further
            continue
        for index in ("PRIMARY", *(f"idx_{n}" for n in range(1, database.get("indexes", 1) + 1))):
            key = f"{table}.{index}"
            there = f"`{_there(database, table)}`.`{_there(database, index)}`"
            if key in missing:
                there = ""
            elif key in unequal:
                there += "(non-unique)"
            found.append(_row(database, f"`{table}`.`{index}`", there))
    return found


def _there(database: Mapping[str, Any], name: str) -> str:
    return name.lower() if database.get("lower") else name


def _row(database: Mapping[str, Any], source: str, target: str) -> Row:
    return {
        "source_db_name": database["source"],
        "target_db_name": database["target"],
        "source_db_value": source,
        "target_db_value": target,
    }


def _counted(kind: str, rows: Sequence[Row]) -> Row:
    consistent = all(
        row["source_db_value"].lower() == row["target_db_value"].lower() for row in rows
    )
    return {
        "type": kind,
        "source_count": sum(1 for row in rows if row["source_db_value"]),
        "target_count": sum(1 for row in rows if row["target_db_value"]),
        "status": "CONSISTENT" if consistent else "INCONSISTENT",
    }

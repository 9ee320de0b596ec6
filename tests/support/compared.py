"""A task with one comparison, as DRS would send it, for tests that ask about it."""

import httpx2

from drs_mcp.tools.comparisons import get_compare_detail, get_compare_overview
from tests.support.tool_calls import JOB, ask
from tests.worlds.drs import World

NOWHERE = ("", "")
KINDS = {"line_compare": "lines", "content_compare": "contents", "object_compare": "object"}


def claim_of(answer):
    """What the headline says of the data, without when it was compared."""
    return answer["headline"].partition(" Compared ")[0]


def task(kind="lines", number=1, status="SUCCESSFUL", **more):
    """A comparison task (Table 44)."""
    start, end = f"2026-11-19T0{number}:00:00Z", f"2026-11-19T0{number}:30:00Z"
    times = {"start_time": start, "end_time": end if status == "SUCCESSFUL" else None}
    return {"id": f"cmp-{number}", "type": kind, "status": status, **times, **more}


def row(name, source, target, status="CONSISTENT", **more):
    """A table of a row comparison (Table 46)."""
    difference = abs(source - target) if None not in (source, target) else None
    return {
        "source_table_name": name,
        "target_table_name": name,
        "source_row_num": source if source is None else str(source),
        "target_row_num": target if target is None else str(target),
        "difference_row_num": difference if difference is None else str(difference),
        "status": status,
        **more,
    }


def value_row(name, source, target, *, same=True, alike=None, differing=None, **more):
    """A table of a value comparison (Table 48)."""
    found = {
        "source_db": "shop",
        "target_db": "shop",
        "source_table_name": name,
        "target_table_name": name,
        "source_row_num": source,
        "target_row_num": target,
        "difference_row_num": differing if differing is not None else abs(source - target),
        "line_compare_result": source == target if alike is None else alike,
        "content_compare_result": same,
    }
    return found | more


def rows_of(databases, *, overview="CONSISTENT", tasks=(), objects=None):
    """A row comparison: the tables of each database, or of each pair; and its overview."""
    pairs = {name if isinstance(name, tuple) else (name, name): n for name, n in databases.items()}
    states = overview if isinstance(overview, dict) else dict.fromkeys(pairs, overview)
    shown = [
        (pair, {"source_db_name": pair[0], "target_db_name": pair[1], "status": states[pair]})
        for pair in states
    ]
    return World(
        parts={"objects": objects} if objects else {},
        compared={
            ("data_compare", "list"): [(NOWHERE, one) for one in tasks or [task()]],
            ("line_compare", "overview"): shown,
            ("line_compare", "detail"): [(at, one) for at, rows in pairs.items() for one in rows],
        },
    )


def values_of(compare, uncompare=(), *, overview=True, tasks=(), objects=None):
    """A value comparison of the database shop."""
    shown = {"source_db": "shop", "target_db": "shop", "compare_result": overview}
    at = ("shop", "shop")
    return World(
        parts={"objects": objects} if objects else {},
        compared={
            ("data_compare", "list"): [(NOWHERE, one) for one in tasks or [task("contents")]],
            ("content_compare", "overview"): [(at, shown)],
            ("content_compare", "detail", "compare"): [(at, one) for one in compare],
            ("content_compare", "detail", "uncompare"): [(at, one) for one in uncompare],
        },
    )


def objects_of(types, **listed):
    """An object comparison: what its overview says of each type, and the objects of each type."""
    results = [
        {"type": kind, "source_count": source, "target_count": target, "status": status}
        for kind, (source, target, status) in types.items()
    ]
    info = {"compare_job_id": "cmp-1", "status": "SUCCESSFUL", "compare_results": results}
    return World(
        parts={"objects": info},
        compared={
            ("object_compare", "detail", kind): [
                ((one.get("source_db_name"), one.get("target_db_name")), one) for one in rows
            ]
            for kind, rows in listed.items()
        },
    )


async def detail(world, compare_type="line_compare", **arguments):
    """The answer of `get_compare_detail`."""
    wire = httpx2.MockTransport(world.answer)
    return await ask(get_compare_detail, wire, job=JOB, compare_type=compare_type, **arguments)


async def overview(world, compare_type="line_compare", **arguments):
    """The answer of `get_compare_overview`."""
    wire = httpx2.MockTransport(world.answer)
    return await ask(get_compare_overview, wire, job=JOB, compare_type=compare_type, **arguments)


def told(answer, name="tables"):
    """The rows of a table of an answer, by column."""
    found = answer.get(name, {"columns": [], "rows": []})
    return [dict(zip(found["columns"], one, strict=True)) for one in found["rows"]]

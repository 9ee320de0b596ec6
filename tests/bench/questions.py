"""The questions of the benchmark, each answered by code from the raw payload and from the answer.

A question whose answer cannot be told from the answer gives None there; anything else that differs
from the raw payload's is a wrong answer.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from drs_mcp.serving.budget import compact
from tests.bench import payload_logs

Json = dict[str, Any]


class Question(NamedTuple):
    """A question, answered from the raw payload and from the rendered answer."""

    text: str
    raw: Callable[[Any], Any]
    answered: Callable[[Json], Any]


def cells(answer: Json, table: str) -> list[Json]:
    found = answer[table]
    return [dict(zip(found["columns"], row, strict=True)) for row in found["rows"]]


def whole(answer: Json, table: str) -> bool:
    return bool(answer[table]["shown"] == answer[table]["total"])


def expanded(name: str) -> list[str]:
    """The names that a pattern with ranges stands for."""
    found = re.fullmatch(r"(.*)\[([\d,-]+)\](.*)", name)
    if found is None:
        return [name]
    head, ranges, tail = found.groups()
    names = []
    for part in ranges.split(","):
        first, _, last = part.partition("-")
        width = len(first)
        names += [f"{head}{n:0{width}}{tail}" for n in range(int(first), int(last or first) + 1)]
    return names


# -- row comparison ------------------------------------------------------------------------------


def _bad(rows: list[Json]) -> list[Json]:
    return [row for row in rows if row["status"] != "CONSISTENT"]


def _named(answer: Json) -> list[str] | None:
    if not whole(answer, "tables"):
        return None
    return sorted(name for row in cells(answer, "tables") for name in expanded(row["table"]))


def _worst(answer: Json) -> tuple[str, int] | None:
    row = cells(answer, "tables")[0]
    return None if "[" in row["table"] else (row["table"], row["differing"])


def _source_of_worst(rows: list[Json]) -> int:
    return int(max(_bad(rows), key=lambda row: int(row["difference_row_num"]))["source_row_num"])


ROWS = (
    Question("How many tables were compared?", len, lambda a: a["totals"]["tables"]),
    Question("How many differ?", lambda r: len(_bad(r)), lambda a: a["totals"]["inconsistent"]),
    Question(
        "How many agree?", lambda r: len(r) - len(_bad(r)), lambda a: a["totals"]["consistent"]
    ),
    Question(
        "Which tables differ?", lambda r: sorted(x["source_table_name"] for x in _bad(r)), _named
    ),
    Question(
        "Which differs most, by how many rows?",
        lambda r: max(((x["source_table_name"], int(x["difference_row_num"])) for x in _bad(r)), key=lambda x: x[1]),
        _worst,
    ),
    Question("How many rows has that table at the source?", _source_of_worst, lambda a: cells(a, "tables")[0]["source_rows"]),
    Question("How many rows differ in all?", lambda r: sum(int(x["difference_row_num"]) for x in r), lambda a: a["differing_rows"]),
    Question("How many rows have the sources?", lambda r: sum(int(x["source_row_num"]) for x in r), lambda a: a["source_rows"]),
    Question("How many rows have the destinations?", lambda r: sum(int(x["target_row_num"]) for x in r), lambda a: a["destination_rows"]),
    Question(
        "Are destination names the source's but for case?",
        lambda r: all(x["source_table_name"].lower() == x["target_table_name"].lower() for x in _bad(r)),
        lambda a: "destination" not in a["tables"]["columns"],
    ),
)  # fmt: skip

# -- value comparison ----------------------------------------------------------------------------


def _unlike(rows: list[Json]) -> list[Json]:
    return [row for row in rows if not row["content_compare_result"]]


def _told_unlike(answer: Json) -> list[tuple[str, int]] | None:
    if not whole(answer, "tables"):
        return None
    return sorted((row["table"], row["differing"]) for row in cells(answer, "tables"))


VALUES = (
    Question("How many tables were compared?", len, lambda a: a["totals"]["tables"]),
    Question("In how many do values differ?", lambda r: len(_unlike(r)), lambda a: a["totals"]["differs"]),
    Question("How many agree?", lambda r: len(r) - len(_unlike(r)), lambda a: a["totals"]["agree"]),
    Question("How many rows differ in all?", lambda r: sum(x["difference_row_num"] for x in r), lambda a: a["differing_rows"]),
    Question("How many rows have the sources?", lambda r: sum(x["source_row_num"] for x in r), lambda a: a["source_rows"]),
    Question(
        "Which tables differ, in how many rows?",
        lambda r: sorted((f"{x['source_db']}.{x['source_table_name']}", x["difference_row_num"]) for x in _unlike(r)),
        _told_unlike,
    ),
)  # fmt: skip

# -- value differences ---------------------------------------------------------------------------


def _kind(row: Json) -> str:
    if not row["target_key_value"]:
        return "only in source"
    return "different" if row["source_key_value"] else "only in destination"


def _table(row: Json) -> str:
    return ".".join(re.findall(r"`(\w+)`", row["source_select_sql"])[:2])


def _raw_keys(rows: list[Json]) -> list[tuple[str, str, int]]:
    return sorted(
        (_table(row), _kind(row), int((row["source_key_value"] or row["target_key_value"])[0]))
        for row in rows
    )


def _told_keys(answer: Json) -> list[tuple[str, str, int]] | None:
    if not whole(answer, "ranges"):
        return None
    keys = []
    for row in cells(answer, "ranges"):
        first, _, last = row["keys"].partition("–")
        keys += [
            (row["table"], row["kind"], key) for key in range(int(first), int(last or first) + 1)
        ]
    return sorted(keys)


DIFFERENCES = (
    Question("How many rows differ?", len, lambda a: a["totals"]["rows"]),
    Question("How many of each kind?", lambda r: Counter(map(_kind, r)), lambda a: Counter({k: n for k, n in a["totals"].items() if k != "rows"})),
    Question("Which tables are concerned?", lambda r: sorted({_table(x) for x in r}), lambda a: sorted({x["table"] for x in cells(a, "ranges")})),
    Question("How many rows of each table?", lambda r: Counter(map(_table, r)), lambda a: Counter({x["table"]: x["rows"] for x in cells(a, "tables")})),
    Question("Which keys exactly, per table and kind?", _raw_keys, _told_keys),
)  # fmt: skip

# -- cards ---------------------------------------------------------------------------------------

PRECHECK = (
    Question("How many items are there?", lambda p: len(p["precheck_results"]), lambda a: sum(a["counts"].values())),
    Question("How many failed, how many alarm?", lambda p: tuple(sum(x["result"] == r for x in p["precheck_results"]) for r in ("FAILED", "ALARM")), lambda a: (a["counts"]["failed"], a["counts"]["alarm"])),
    Question("Which items failed?", lambda p: sorted(x["item"] for x in p["precheck_results"] if x["result"] == "FAILED"), lambda a: sorted(x["item"] for x in cells(a, "items") if x["result"] == "failed")),
    Question("Which reason did DRS give for the first?", lambda p: p["precheck_results"][0]["failed_reason"], lambda a: next((x["said"] for x in cells(a, "items") if x["item"] == "srcBinlogRowImageCheck"), None)),
    Question("Which may be skipped?", lambda p: sorted(x["item"] for x in p["precheck_results"] if x["is_support_skip"]), lambda a: sorted(x["item"] for x in cells(a, "items") if x["skippable"])),
)  # fmt: skip


def _overview(payload: Json) -> list[Json]:
    found: list[Json] = payload["migration_object_progress_info"]["migration_object_overview"]
    return found


PROGRESS = (
    Question("Which percent of the phase is done?", lambda p: float(p["progress_info"]["progress"]), lambda a: a["progress_pct"]),
    Question("Which status?", lambda p: p["progress_info"]["transfer_status"], lambda a: a["status"]),
    Question("Which object types failed?", lambda p: [x["type"] for x in _overview(p) if x["status"] == "FAILED"], lambda a: [x["type"] for x in cells(a, "objects") if x["status"] == "failed"]),
    Question("How many objects of each type are done, of how many?", lambda p: {x["type"]: (int(x["dst_count"]), int(x["src_count"])) for x in _overview(p)}, lambda a: _counts(a)),
    Question("How busy is the node's CPU?", lambda p: float(p["metrics"]["cpu_util"]), lambda a: a["node"]["cpu_pct"]),
    Question("When did the full phase start?", lambda p: p["migration_object_progress_info"]["full_start_time"], lambda a: a["full_started"]),
    Question("Is a delay known?", lambda p: float(p["progress_info"]["incr_trans_delay"]) >= 0, lambda a: "delay_s" in a),
)  # fmt: skip


def _counts(answer: Json) -> dict[str, tuple[int, int]]:
    found = {row["type"]: (row["done"], row["total"]) for row in cells(answer, "objects")}
    for text in answer.get("completed_objects", "").split(", "):
        name, _, number = text.rpartition(" ")
        found[name] = (int(number), int(number))
    return found


DETAIL = (
    Question("What is the task called?", lambda j: j["base_info"]["name"], lambda a: a["name"]),
    Question("Which status?", lambda j: j["status"], lambda a: a["status"]),
    Question("Which engines?", lambda j: j["base_info"]["engine_type"], lambda a: a["engine"]),
    Question("Full, incremental or both?", lambda j: j["base_info"]["task_type"], lambda a: a["task_type"]),
    Question("Where is the source?", lambda j: j["source_endpoint"][0]["endpoint"]["ip"], lambda a: a["source"][0]["address"].partition(":")[0]),
    Question("Which instance is the destination?", lambda j: j["target_endpoint"][0]["endpoint"].get("instance_name") or j["target_endpoint"][0]["endpoint"]["instance_id"], lambda a: a["destination"][0]["instance"]),
    Question("After how many days does it stop by itself?", lambda j: int(j["base_info"]["expired_days"]), lambda a: a["auto_stop_days"]),
    Question("When was it created?", lambda j: j["create_time"], lambda a: a["created"]),
    Question("Is the database password in it?", lambda _: False, lambda a: "password" in compact(a)),
)  # fmt: skip

LOGS = payload_logs.TOOL_FUNCTIONS

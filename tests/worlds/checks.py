"""What somebody checked or may do: pre-checks, connection tests, object import, read-only state."""

from hypothesis import strategies as st

from tests.support.tool_calls import JOB
from tests.worlds.case import CHANCES, SIZES, Case, counted, some, whole
from tests.worlds.drs import World

_RESULTS = {
    "PASSED": "passed",
    "FAILED": "failed",
    "alarm": "alarm",
    "": "pending",
    None: "pending",
    "CONFIRMED": "confirmed",
    "\x1b[1mnot a word": "other",
    "也不是": "other",
}
_ITEMS = ("srcDbConnection", "dstDbDiskSize", "srcBinlogRowImageCheck", "some_new_check", "")


@st.composite
def precheck(draw):
    """A pre-check, running or done."""
    rng, items, results = draw(CHANCES), [], []
    chosen = some(rng, _RESULTS)
    for number in range(rng.randint(0, draw(SIZES) // 2)):
        result = rng.choice(chosen)
        item = {"item": f"{rng.choice(_ITEMS)}{rng.choice(['', number])}", "result": result}
        item |= {
            "failed_reason": rng.choice(["", "磁盘空间不足", 'the "binlog" is off']),
            "data": '{"a": 1}',
        }
        item |= {"is_skipped": rng.choice([False, True, "true", None])}
        items.append(
            item | {"failed_sub_jobs": rng.choice([None, [{"id": "s1", "name": "子任务"}]])}
        )
        results.append(_RESULTS[result])
    skipped = sum(1 for item in items if item["is_skipped"] in (True, "true"))
    counts = counted(results) | ({"skipped": skipped} if skipped else {})
    passed = rng.choice([True, "false", None])
    found = {
        "result": passed,
        "process": rng.choice(["35%", "100%", ""]),
        "precheck_results": items,
    }
    failed = any(
        result == "failed" and item["is_skipped"] not in (True, "true")
        for item, result in zip(items, results, strict=True)
    )
    unclear = passed is None or "pending" in results or (failed and passed is True)
    return Case(
        arguments={"job": JOB, "query_id": "q1", "offset": draw(st.sampled_from([0, 0, 5]))},
        world=World(parts={"precheck": {"precheck_result": found}}),
        required={"counts": counts or None},
        droppable={
            "passed": None if unclear else passed is True,
            "progress_pct": 35 if found["process"] == "35%" else None,
        },
        tables={"items": sum(1 for result in results if result not in ("passed", "pending"))},
        paged="items",
    )


@st.composite
def network(draw):
    """A connection test of any kind; some answers contradict themselves."""
    rng, kind = draw(CHANCES), draw(st.sampled_from(["network", "cloud_connection"]))
    results, verdicts = [], []
    for number in range(rng.randint(0, draw(SIZES))):
        success, status = (
            rng.choice([True, False, "true", None]),
            rng.choice(["success", "failed", ""]),
        )
        claims = {success in (True, "true")} if success is not None else set()
        claims |= {status == "success"} if status else set()
        verdict = {(): "pending", (True,): "reached", (False,): "failed"}.get(
            tuple(claims), "unclear"
        )
        row = {"ip": f"10.{number % 7}.0.{number}", "success": success, "status": status}
        row |= {
            "error_code": rng.choice([None, "DRS.KE0002"]),
            "error_msg": rng.choice(["", "拒绝\n连接"]),
        }
        results.append(row)
        verdicts.append(verdict)

    def check(answer):
        rows = whole(answer, "results")
        if rows is not None:
            assert counted(row["result"] for row in rows) == counted(verdicts)

    return Case(
        arguments={"job": JOB, "kind": kind, "query_id": "q1"},
        world=World(parts={kind: {"network_results": results}}),
        required={"counts": counted(verdicts) or None},
        tables={"results": len(results)},
        paged="results",
        check=check,
    )


@st.composite
def object_import(draw):
    """The limits of importing objects by file."""
    size = draw(st.sampled_from([None, "", "-1", 2097152, "2097152"]))
    mode = draw(st.sampled_from([None, "", "import", "新 方式"]))
    found = draw(st.sampled_from([None, {"file_size": size, "previous_select": mode}]))
    return Case(
        arguments={"job": JOB},
        world=World(parts={"file": {"support_import_file_resp": found}}),
        droppable={
            "max_file_bytes": 2097152 if found and str(size) == "2097152" else None,
            "last_selection": (found and mode) or None,
        },
    )


@st.composite
def writable(draw):
    """Whether the destination takes writes; absent says nothing."""
    state = draw(st.sampled_from([None, "", "pending", "SUCCESS", "reverting"]))
    return Case(
        arguments={"job": JOB},
        world=World(parts={"is_writable": {"is_writable": state} if state is not None else {}}),
        droppable={
            "is_writable": state.lower() if state else None,
            "lifted": {"pending": False, "SUCCESS": True}.get(state),
        },
    )

"""Everything of one task at once: detail, progress, log, comparisons and subtasks."""

from hypothesis import strategies as st

from tests.support.tool_calls import JOB
from tests.worlds import comparisons, logs, overviews, tasks
from tests.worlds.case import CAPS, CHANCES, Case, some, whole
from tests.worlds.drs import World

_VERDICTS = {
    "failed": {"failed"},
    "paused": {"waiting"},
    "unknown": {"unknown"},
    "running": {"healthy", "attention"},
}
_GROUPS = {
    "FULL_TRANSFER_STARTED": "running",
    "INCRE_TRANSFER_STARTED": "running",
    "INCRE_TRANSFER_FAILED": "failed",
    "PAUSING": "paused",
    "SOMETHING_NEW": "unknown",
}


@st.composite
def task(draw):
    """A task in any state, with whatever log, comparisons and subtasks."""
    rng, log = draw(CHANCES), draw(logs.entries(most=120))
    parts = draw(tasks.progress()).world.parts
    compared = {("data_compare", "list"): []}
    for kind, name in (("line_compare", "lines"), ("content_compare", "contents")):
        found = draw(overviews.pairs(kind, name)).world.compared
        compared[kind, "overview"] = found[kind, "overview"]
        compared["data_compare", "list"] += found["data_compare", "list"]
    states = some(rng, tasks.STATES)
    children = [
        tasks.listed(rng, states, number, "sync") for number in range(rng.choice([0, 2, 9]))
    ]
    failed = sum(1 for child in children if tasks.group(child) == "failed")
    status = parts["detail"]["status"]
    own = {"id": JOB, "name": "erp", "status": status, "children": children}
    parts["detail"]["base_info"] |= {"job_type": "sync", "name": "erp"}
    errors = [entry for entry in log if entry.level == "error"]

    def check(answer):
        assert answer["verdict"] in ({"failed"} if failed else _VERDICTS[_GROUPS[status]])
        rows = whole(answer, "findings")
        if rows is not None:
            codes = [row["finding"] for row in rows]
            assert ("subtask_failed" in codes) == (failed > 0)
            stopped = _GROUPS[status] == "failed"
            assert stopped or "fatal_error" not in codes
            # An error that was over or survived before the stop is told beside it, as no cause.
            assert not (stopped and errors) or {
                "fatal_error",
                "no_error_logged",
                "subtask_failed",
            } & {*codes}

    return Case(
        arguments={"job": JOB},
        world=World(
            cap=draw(CAPS),
            tasks={"sync": [own]},
            parts=parts | draw(overviews.objects()).world.parts,
            log=[entry.wire for entry in log],
            compared=compared,
        ),
        required={"status": status},
        droppable={"unread": None},
        check=check,
    )


@st.composite
def cutover(draw):
    """The same task with its comparisons table by table, asked whether it may be cut over."""
    found = draw(task())
    world, status = found.world, found.required["status"]
    tables = {}
    for case in (draw(comparisons.rows()), draw(comparisons.values())):
        tables |= {
            query: rows for query, rows in case.world.compared.items() if "list" not in query
        }
        world.ids |= case.world.ids
    world.compared |= tables
    world.parts["is_writable"] = draw(st.sampled_from([{}, {"is_writable": "success"}]))
    words = comparisons.STATUSES | comparisons.NUMBERED
    rows = [words[row["status"]] for _, row in tables["line_compare", "detail"]]
    values = [
        row["content_compare_result"] for _, row in tables["content_compare", "detail", "compare"]
    ]
    bad = {"inconsistent", "no destination database"} & {*rows} or {False, "false"} & {*values}

    def check(answer):
        lines = whole(answer, "criteria")
        states = {line["criterion"]: line["state"] for line in lines or ()}
        if _GROUPS[status] in ("failed", "paused"):
            assert answer["verdict"] == "not_ready"
        if bad:  # unknown where the row that differs contradicts itself
            assert answer["verdict"] != "ready"
        assert answer["verdict"] != "ready" or status == "INCRE_TRANSFER_STARTED"
        if lines is not None:
            assert ("not_met" in states.values()) == (answer["verdict"] == "not_ready")

    return Case(
        arguments={"job": JOB, "max_compare_age_h": 2000, "accept_uncompared": True},
        world=world,
        droppable={"unread": None},
        check=check,
    )

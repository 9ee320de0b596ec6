"""Tasks: the list of all with their subtasks, the card of one with its settings, its progress."""

from hypothesis import strategies as st

from tests.support.tool_calls import JOB
from tests.worlds.case import CAPS, CHANCES, SIZES, Case, counted, some, spelt, whole
from tests.worlds.drs import World

JOB_TYPES = ("migration", "sync", "cloudDataGuard", "replay")
STATES = {
    ("CREATE_FAILED", None): "failed",
    ("FULL_TRANSFER_FAILED", None): "failed",
    ("INCRE_TRANSFER_FAILED", None): "failed",
    ("PAUSING", None): "paused",
    ("CONFIGURATION", None): "configuration",
    ("WAITING_FOR_START", None): "waiting",
    ("INCRE_TRANSFER_STARTED", "FULL_INCR_TRANS"): "running",
    ("FULL_TRANSFER_COMPLETE", "FULL_INCR_TRANS"): "waiting",
    ("FULL_TRANSFER_COMPLETE", None): "finished",
    ("FULL_TRANSFER_COMPLETE", "FULL_TRANS"): "finished",
    ("RELEASE_RESOURCE_COMPLETE", None): "finished",
    ("CHILD_TRANSFER_STARTED", None): "running",
    ("DELETED", None): "deleted",
    ("node_upgrade_start", None): "changing",
    ("SOMETHING_NEW", None): "unknown",
    (None, None): "unknown",
}
"""Status and type of a task, and the group that they are counted in."""
_UNSPOKEN = "\x1b[1mnot a word"
_NAMES = ("DRS-{n}", "erp-{n}", '订单 "{n}"', "dup-{m}")


def listed(rng, states, number, job_type):
    status, task_type = rng.choice(states)
    name = rng.choice(_NAMES).format(n=number, m=number % 3)
    row = {"id": f"c7debc9c-8e09-4a5d-8dd6-{number:07}jb20r", "name": name, "status": status}
    row |= {
        "task_type": task_type,
        "engine_type": rng.choice(["mysql-to-mysql", "oracle-to-x", None]),
    }
    row |= {
        "create_time": rng.choice([f"2026-11-{number % 28 + 1:02}T08:00:00Z", 1607766111833, None])
    }
    scenario = job_type if rng.random() < 0.8 else rng.choice([None, "backupMigration", _UNSPOKEN])
    return row | {"job_type": scenario}


@st.composite
def job_list(draw):
    """Tasks of all scenarios, with subtasks; one may be listed twice."""
    rng, states = draw(CHANCES), None
    states, lists, known = some(rng, STATES), {}, {}
    most, number = draw(SIZES), 0
    for job_type in some(rng, JOB_TYPES):
        rows = lists.setdefault(job_type, [])
        for _ in range(rng.randint(0, most // 4)):
            number += 1
            row = listed(rng, states, number, job_type)
            children = []
            for _ in range(rng.choice([0, 0, 0, 2])):
                number += 1
                children.append(listed(rng, states, number, job_type))
            rows.append(row | {"children": rng.choice([children, children or None])})
            for task in (row, *children):
                scenario = "other" if task["job_type"] == _UNSPOKEN else task["job_type"]
                known[task["id"]] = task | {"scenario": scenario or job_type}
        rows += rows[:1]
    arguments = draw(
        st.one_of(
            st.just({}),
            st.fixed_dictionaries(
                {},
                optional={
                    "name": st.sampled_from(["ERP", "订单", "x"]),
                    "state": st.sampled_from(["failed", "running", "finished"]),
                    "job_type": st.sampled_from(JOB_TYPES),
                    "engine_type": st.sampled_from(["MySQL", "oracle"]),
                },
            ),
        )
    )
    fitting = [
        task
        for task in known.values()
        if arguments.get("name", "").lower() in task["name"].lower()
        and arguments.get("state", group(task)) == group(task)
        and arguments.get("job_type", task["scenario"]) == task["scenario"]
        and arguments.get("engine_type", "").lower() in (task["engine_type"] or "").lower()
    ]

    def check(answer):
        rows = whole(answer, "jobs")
        if rows is not None:
            alike = counted(task["name"] for task in known.values())
            assert sorted((row["name"], row.get("id") or "") for row in rows) == sorted(
                (task["name"], task["id"] if alike[task["name"]] > 1 else "") for task in fitting
            )

    return Case(
        arguments=arguments
        | {"full": True}  # a row for each: rows that stand for several are told apart elsewhere
        | {"limit": draw(st.sampled_from([50, 1, 400])), "offset": draw(st.sampled_from([0, 3]))},
        world=World(cap=draw(CAPS), totals=draw(st.booleans()), tasks=lists),
        required={"by_state": counted(group(task) for task in fitting) or None},
        droppable={"by_scenario": counted(task["scenario"] for task in fitting) or None},
        tables={"jobs": len(fitting)},
        paged="jobs",
        check=check,
    )


def group(task):
    return STATES[task["status"], task["task_type"]]


# -- one task ----------------------------------------------------------------------------------


def _endpoint(rng, number):
    database = {
        "ip": f"10.0.0.{number}",
        "db_port": 3306,
        "db_user": "root",
        "db_password": "Geheim1",
    }
    return {
        "db_type": "mysql",
        "endpoint": database,
        "ssl": {"ssl_link": rng.choice([True, False])},
    }


@st.composite
def detail(draw):
    """The card of a task, or one section of its settings."""
    rng, most = draw(CHANCES), draw(SIZES)
    number = {
        name: rng.randint(0, most // 4) for name in ("tags", "parameters", "tuning", "endpoints")
    }
    base = {"name": rng.choice(["erp", '订单 "1"', ""]), "job_type": rng.choice(JOB_TYPES)}
    tags = [
        {"key": f"k{n}", "value": rng.choice(["v", "值", 'a "b" \\ c'])}
        for n in range(number["tags"])
    ]
    common = [{"key": f"p{n}", "target_value": n} for n in range(number["parameters"])]
    tuning = [
        {"param_name": f"t{n}", "param_value": "\u200b8\x07", "availability": n % 2 == 0}
        for n in range(number["tuning"])
    ]
    endpoints = [_endpoint(rng, n) for n in range(number["endpoints"])]
    task = {"status": "PAUSING", "base_info": base | {"tags": tags}, "source_endpoint": endpoints}
    task |= {"db_param": {"common": common}, "tuning_params": {"full_sync": tuning}}
    section = draw(st.sampled_from(["", "all", "tags", "parameters", "tuning", "endpoints"]))
    fields = {
        "": 0,
        "tags": number["tags"],
        "parameters": number["parameters"],
        "tuning": number["tuning"],
        "endpoints": 5 * number["endpoints"],  # the password is none of them
    }
    fields["all"] = sum(fields.values()) + len([1 for value in base.values() if value]) + 2
    return Case(
        arguments={"job": JOB, "section": section, "offset": draw(st.sampled_from([0, 4]))},
        world=World(parts={"detail": task}),
        required={"id": JOB, "status": "PAUSING"},
        droppable={} if section else {"scenario": base["job_type"], "name": base["name"] or None},
        tables={"fields": fields[section]},
        paged="fields",
    )


_OBJECTS = ("TABLE", "TABLE_DATA", "INDEX", "VIEW", "新对象", "TRIGGER", "EVENT", "FUNCTION")


@st.composite
def progress(draw):
    """How far a task is, with sentinels for what DRS does not know."""
    rng = draw(CHANCES)
    status, phase = rng.choice(
        [
            ("FULL_TRANSFER_STARTED", "full"),
            ("INCRE_TRANSFER_STARTED", "incremental"),
            ("INCRE_TRANSFER_FAILED", "incremental"),
            ("PAUSING", "paused"),
            ("SOMETHING_NEW", None),
        ]
    )
    done, percent = spelt(rng, rng.randint(0, 100))
    seconds, delay = spelt(rng, rng.randrange(10**4))
    millis, exact = spelt(rng, rng.randrange(10**4) * 500)
    objects, left = [], 0
    for kind in rng.sample(_OBJECTS, rng.randint(0, len(_OBJECTS))):
        total, known_total = spelt(rng, rng.randrange(1, 50))
        moved, known_moved = rng.choice([(total, known_total), spelt(rng, 0)])
        state = rng.choice(["COMPLETED", "TRANSFERING", "NOT_START", "", "FAILED"])
        objects.append({"type": kind, "src_count": total, "dst_count": moved, "status": state})
        left += not (state == "COMPLETED" and known_total == known_moved)
    load = {"cpu_util": rng.choice(["1.4", "-1", "", 99, "NaN"]), "mem_util": None}
    info = {"progress": done, "incr_trans_delay": seconds, "incr_trans_delay_millis": millis}
    told = [
        known for known in (delay, None if exact is None else exact / 1000) if known is not None
    ]
    # Two fields that tell one delay: the finer one; where they contradict each other, the larger.
    apart = len(told) == 2 and abs(told[0] - told[1]) > 1
    shown_delay = max(told) if apart else told[-1] if told else None
    return Case(
        arguments={"job": JOB},
        world=World(
            parts={
                "progress": {
                    "progress_info": info | {"transfer_status": status, "remaining_time": "-1"},
                    "migration_object_progress_info": {"migration_object_overview": objects},
                    "metrics": load,
                },
                "detail": {"status": status, "base_info": {"name": "erp"}},
            }
        ),
        required={
            "status": status,
            "progress_pct": percent,
            "delay_s": None if phase == "full" else shown_delay,
        },
        droppable={
            "phase": phase,
            "time_left": None,
            "node": {"cpu_pct": float(load["cpu_util"])}
            if load["cpu_util"] in ("1.4", 99)
            else None,
        },
        tables={"objects": left},
    )


@st.composite
def watched(draw):
    """The same task, watched: once, or until nothing has happened for long enough."""
    case = draw(progress())
    return Case(
        arguments={"job": JOB, "timeout_s": draw(st.sampled_from([0, 60, 600]))},
        world=case.world,
        required={"status": case.required["status"]},
        droppable={name: case.required[name] for name in ("progress_pct", "delay_s")},
    )

"""How troubled tables and objects become lines: grouped, worst first, counted by database."""

import pytest

from drs_mcp.serving.budget import compact, fit
from drs_mcp.summaries.comparisons.name_groups import group_names
from drs_mcp.summaries.comparisons.objects import ObjectComparison
from drs_mcp.summaries.comparisons.overviews.objects import object_overview_answer
from drs_mcp.summaries.comparisons.overviews.pairs import pairs_overview_answer
from drs_mcp.summaries.comparisons.rows import RowComparison
from drs_mcp.summaries.comparisons.tasks import CompareTask
from drs_mcp.summaries.comparisons.values import ValueComparison


def grouped(names):
    return [group.name for group in group_names(names, [0] * len(names))]


# -- names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([f"orders_{n:04}" for n in range(1, 513)], ["orders_[0001-0512]"]),
        ([f"p{n:02}_log" for n in range(1, 13)], ["p[01-12]_log"]),
        ([f"orders_{n:04}.idx_1" for n in range(1, 101)], ["orders_[0001-0100].idx_1"]),
        ([f"t_{n}.pk_t_{n}" for n in range(1, 9)], ["t_[1-8].pk_t_[same]"]),
        ([f"t_{n}" for n in (1, 2, 3, 7, 8, 9)], ["t_[1-3,7-9]"]),
        ([f"t_{n}" for n in range(1, 6)], [f"t_{n}" for n in range(1, 6)]),
        (["a", "b", "c"], ["a", "b", "c"]),
    ],
)
def test_names_that_differ_in_one_number_share_a_pattern(names, expected):
    assert grouped(names) == expected


def test_a_name_is_in_the_largest_of_the_groups_it_could_be_in():
    names = [f"orders_{n:04}.idx_{k}" for n in range(1, 101) for k in range(1, 8)]
    assert grouped(names) == [f"orders_[0001-0100].idx_{k}" for k in range(1, 8)]


# -- tables ------------------------------------------------------------------------------------


def table_row(name, source, target, status="INCONSISTENT", **more):
    return {
        "source_table_name": name,
        "target_table_name": name,
        "source_row_num": str(source),
        "target_row_num": str(target),
        "difference_row_num": str(abs(source - target)),
        "status": status,
        **more,
    }


def rows_of(*databases, max_chars=8000, **how):
    """The answer about row comparisons, each of a database pair and its rows."""
    fold = RowComparison()
    for source, target, rows in databases:
        fold.feed(rows, source_db=source, target_db=target)
    return fit(fold.answer(**{"job": "x", "task": None} | how), max_chars)


def values_of(rows, **how):
    fold = ValueComparison()
    fold.feed(rows, comparable=True)
    return fit(fold.answer(**{"job": "x", "task": None} | how))


def value_row(name, target=None, database="s", moved_to=None, **more):
    return {
        "source_db": database,
        "target_db": moved_to or database,
        "source_table_name": name,
        "target_table_name": name if target is None else target,
        "difference_row_num": 3,
        "content_compare_result": False,
        **more,
    }


def test_messages_that_name_their_own_table_do_not_part_a_group():
    message = "Table 'shop.orders_{:04}' doesn't exist"
    rows = [
        table_row(f"orders_{n:04}", 9, 9, "FAILED_TO_COMPARE", message=message.format(n))
        for n in range(1, 41)
    ]
    found = rows_of(("shop", "shop", rows))["tables"]
    assert [found["rows"][0][0], found["rows"][0][-1]] == [
        "orders_[0001-0040]",
        "Table 'shop.orders_[0001-0040]' doesn't exist",
    ]


def test_statuses_that_read_alike_are_counted_together():
    statuses = ["TARGET_DB_NOT_EXIST", "TARGET_DB_NOT_EXIT", "22", "新", "other"]
    rows = [table_row(name, 1, 1, status) for name, status in zip("abcde", statuses, strict=True)]
    found = rows_of(("s", "s", rows))
    assert found["totals"] == {"tables": 5, "no destination database": 3, "'新'": 1, "other": 1}
    assert found["headline"].startswith("3 of 5 tables differ (3 no destination database)")


def test_statuses_without_end_stay_within_the_budget():
    rows = [table_row(f"t{n}x", 1, 1, f"STATUS_NUMBER_{n}") for n in range(500)]
    found = rows_of(("s", "s", rows), max_chars=1000)
    assert len(compact(found)) <= 1000
    assert sum(found["totals"].values()) == 2 * 500


def test_one_database_is_named_once_and_several_in_front_of_each_table():
    rows = [table_row("a", 2, 1)]
    found = rows_of(("订单库", "订单库", rows))
    assert found["database"] == "订单库"
    assert found["tables"]["rows"][0][0] == "a"
    found = rows_of(("crm", "crm", rows), ("hr", "hr", [table_row("hr.b", 3, 1)]))
    assert "database" not in found
    assert [row[0] for row in found["tables"]["rows"]] == ["hr.b", "crm.a"]


def test_above_fifty_tables_the_counts_by_database_come_before_the_worst_ones():
    words = [f"{a}{b}x" for a in "abcdefgh" for b in "abcdefgh"]
    rows = [table_row(name, 10 + n, 3) for n, name in enumerate(words)]
    found = rows_of(("a", "a", rows[:40]), ("b", "b", rows[40:]))
    assert found["by_database"]["rows"] == [["a", 40, 1060], ["b", 24, 1404]]
    assert found["tables"]["rows"][0][:2] == ["b.hhx", 73]
    assert (found["tables"]["shown"], found["tables"]["total"]) == (50, 64)
    assert found["next"][0]["args"]["offset"] == 50
    assert "by_database" not in rows_of(("a", "a", rows[:50]))


def test_of_many_databases_the_least_troubled_are_counted_together():
    databases = [
        (f"db{n}", f"db{n}", [table_row(f"a{k}", 5, 1) for k in range(60 - n)]) for n in range(40)
    ]
    found = rows_of(*databases)["by_database"]["rows"]
    assert len(found) == 10
    assert found[0] == ["db0", 60, 240]
    assert found[-1][0] == "other"
    assert sum(row[1] for row in found) == sum(60 - n for n in range(40))


@pytest.mark.parametrize(
    ("target", "expected", "note"),
    [
        ("t_a", None, "Destination names repeat the source's but for case."),
        ("other", "other", None),
        ("", None, None),
    ],
)
@pytest.mark.parametrize("of", ["rows", "values"])
def test_a_destination_name_is_told_unless_it_repeats_the_sources_which_is_said(
    of, target, expected, note
):
    if of == "rows":
        found = rows_of(("s", "s", [table_row("T_A", 2, 1, target_table_name=target)]))
    else:
        found = values_of([value_row("T_A", target)])
    place = {name: n for n, name in enumerate(found["tables"]["columns"])}
    assert ("destination" in place) is (expected is not None)
    if expected:
        assert found["tables"]["rows"][0][place["destination"]] == expected
    assert found.get("notes", []) == ([note] if note else [])


def test_some_destination_names_left_out_are_said_once_too():
    found = values_of([value_row("T_A", "t_a"), value_row("T_B", "other"), value_row("T_C", "")])
    assert found["notes"] == [
        "Destination names left out repeat the source's but for case, or are unknown."
    ]


def test_tables_that_moved_to_another_database_keep_their_destination_in_a_group():
    found = values_of([value_row(f"t_{n}", moved_to="other") for n in range(1, 21)])
    row = dict(zip(found["tables"]["columns"], found["tables"]["rows"][0], strict=True))
    assert (row["table"], row["destination"]) == ("s.t_[1-20]", "other.t_[1-20]")


def test_the_call_for_the_rest_asks_for_the_same_comparison_and_databases():
    task = CompareTask("c1", "line_compare", "SUCCESSFUL", None, None, None)
    arguments = {"source_db_name": "s", "target_db_name": "", "compare_task_id": ""}
    rows = [table_row(name, 9, 1) for name in "abc"]
    found = rows_of(("s", "s", rows), task=task, limit=2, arguments=arguments)
    assert found["next"] == [
        {
            "tool": "get_compare_detail",
            "args": {
                "job": "x",
                "source_db_name": "s",
                "compare_type": "line_compare",
                "compare_task_id": "c1",
                "offset": 2,
            },
        }
    ]


def test_a_comparison_that_was_named_is_named_in_what_comes_next():
    rows = [value_row(name) for name in "abc"]
    named = values_of(rows, arguments={"compare_task_id": "old", "compare_detail_type": "compare"})
    assert named["compare_task_id"] == "old"
    assert named["next"] == [
        {"tool": "get_compare_diff", "args": {"job": "x", "compare_task_id": "old"}}
    ]
    assert values_of(rows)["next"] == [{"tool": "get_compare_diff", "args": {"job": "x"}}]


# -- objects -----------------------------------------------------------------------------------


def objects_of(**kinds):
    fold = ObjectComparison()
    for kind, rows in kinds.items():
        fold.feed(rows, kind)
    return fit(fold.answer(job="x", task_id="t1"))


def missing(value):
    return {"source_db_name": "s", "source_db_value": value, "target_db_value": ""}


def test_missing_tables_come_before_missing_indexes():
    found = objects_of(TABLE=[missing("`b`")], INDEX=[missing("`a`.`i`")])["objects"]["rows"]
    assert [row[:2] for row in found] == [["TABLE", "s.b"], ["INDEX", "s.a.i"]]


def test_a_database_that_the_name_has_already_is_not_put_before_it():
    found = objects_of(TABLE=[missing("`s`.`b`")], INDEX=[missing("`s`.`PRIMARY`")])
    assert [row[1] for row in found["objects"]["rows"]] == ["s.b", "s.s.PRIMARY"]


def test_objects_that_are_called_otherwise_are_grouped_with_their_destination():
    rows = [
        {"source_db_name": "s", "source_db_value": f"t_{n}", "target_db_value": f"u_{n}"}
        for n in range(1, 61)
    ]
    found = objects_of(TABLE=rows)
    assert found["objects"]["rows"] == [["TABLE", "s.t_[1-60]", "unequal", "u_[1-60]", 60]]
    assert found["by_database"]["rows"] == [["s", 60]]


# -- overviews ---------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["RUNNING", "FAILED", "CANCELLED"])
def test_objects_are_not_consistent_before_their_comparison_has_ended_well(state):
    info = {
        "status": state,
        "compare_results": [{"type": "TABLE", "source_count": 3, "target_count": 3}],
    }
    info["compare_results"][0]["status"] = "CONSISTENT"
    headline = object_overview_answer(info, job="x").headline
    assert headline.startswith("The object comparison is ")
    assert "so far: the one object type agrees" in headline
    assert "consistent" not in headline


def test_a_headline_names_a_few_types_and_counts_the_others():
    results = [{"type": f"TYPE_{n}", "source_count": 1, "target_count": 2} for n in range(43)]
    found = object_overview_answer({"compare_results": results, "status": "SUCCESSFUL"}, job="x")
    assert found.headline.endswith("'TYPE_4', 'TYPE_5' and 37 more.")


def test_an_overview_reads_the_numbers_of_version_3_as_statuses():
    rows = [
        {"source_db_name": "a", "target_db_name": "A", "status": 0},
        {"source_db_name": "b", "target_db_name": "b", "status": "2"},
    ]
    found = fit(pairs_overview_answer(rows, "line_compare", job="x", task=None))
    assert found["totals"] == {"inconsistent": 1, "consistent": 1}
    assert found["databases"]["rows"] == [["a"]]
    assert found["notes"] == [
        "Of 1 consistent database the overview alone says so: not all tables were read.",
        "Destination names left out repeat the source's but for case.",
    ]

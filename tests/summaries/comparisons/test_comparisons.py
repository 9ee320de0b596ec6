"""What the comparison folds make of rows; every total is recounted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.serving.budget import fit
from drs_mcp.summaries.comparisons.objects import ObjectComparison
from drs_mcp.summaries.comparisons.overviews.objects import object_overview_answer
from drs_mcp.summaries.comparisons.overviews.pairs import (
    Pair,
    pairs_of,
    pairs_overview_answer,
)
from drs_mcp.summaries.comparisons.rows import RowComparison
from drs_mcp.summaries.comparisons.tasks import newest_finished, read_tasks, tasks_answer
from drs_mcp.summaries.comparisons.values import ValueComparison
from tests.support import examples


def result(name):
    return examples.job(name)["compare_result"]


def compared(rows, source_db="shop", target_db="shop", **how):
    fold = RowComparison()
    fold.feed(rows, source_db=source_db, target_db=target_db)
    return fold.answer(job="shop-sync", task=None, **how)


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


# -- tasks -------------------------------------------------------------------------------------


def test_comparison_tasks_are_read_newest_first_with_epoch_times_and_kinds():
    tasks = read_tasks(result("v5-compare-data-list")["data_compare_task_list"])
    assert [task.kind for task in tasks] == ["content_compare", "object_compare"]
    assert tasks[0].started.isoformat() == "2020-12-12T09:41:51.833000+00:00"


def test_only_a_task_that_ran_to_its_end_is_newest_finished():
    tasks = read_tasks(
        [
            {
                "id": "a",
                "type": "lines",
                "status": "SUCCESSFUL",
                "end_time": "2026-01-01T00:00:00Z",
            },
            {"id": "b", "type": "lines", "status": "RUNNING", "start_time": "2026-01-03T00:00:00Z"},
            {"id": "c", "type": "lines", "status": "FAILED", "end_time": "2026-01-04T00:00:00Z"},
            {
                "id": "d",
                "type": "contents",
                "status": "SUCCESSFUL",
                "end_time": "2026-02-01T00:00:00Z",
            },
        ]
    )
    assert newest_finished(tasks, "line_compare").id == "a"
    assert newest_finished(tasks, "object_compare") is None
    assert tasks_answer(tasks, job="x").headline == (
        "4 comparison tasks: no finished object comparison; newest finished row comparison "
        "2026-01-01T00:00:00Z, a newer one failed; newest finished value comparison 2026-02-01T00:00:00Z. "
        "Finished does not mean consistent."
    ).replace("no finished object comparison; ", "")


# -- overviews ---------------------------------------------------------------------------------


def test_consistent_objects_are_told_in_one_sentence():
    info = result("v5-compare-object-overview")["objects_compare_overview_info"]
    found = fit(object_overview_answer(info, job="x"))
    assert found["headline"] == "Objects are consistent: all 3 object types agree."
    assert found["consistent_types"] == ["DB 1", "INDEX 12", "TABLE 6"]


def test_object_types_that_differ_tell_how_many_are_missing():
    info = {
        "status": "SUCCESSFUL",
        "compare_results": [
            {"type": "VIEW", "source_count": 5, "target_count": 5, "status": "CONSISTENT"},
            {"type": "TABLE", "source_count": "9", "target_count": 7, "status": "INCONSISTENT"},
        ],
    }
    found = object_overview_answer(info, job="x")
    assert found.types.rows == [["TABLE", "inconsistent", 9, 7, 2]]
    assert found.headline == "1 of 2 object types do not agree: 'TABLE'."
    assert found.next[0].tool == "get_compare_detail"


def test_an_overview_tells_what_is_said_of_a_type_or_a_database():
    info = {
        "compare_results": [
            {"type": "VIEW", "source_count": 2, "target_count": 2, "status": "CONSISTENT"},
            {"type": "INDEX", "source_count": 4, "target_count": 4, "status": "CONSISTENT",
             "error_message": "no grant on 1 of them"},
        ]
    }  # fmt: skip
    found = fit(object_overview_answer(info, job="x"))
    (told,) = [
        dict(zip(found["types"]["columns"], row, strict=True)) for row in found["types"]["rows"]
    ]
    assert (told["type"], told["status"]) == ("INDEX", "contradictory")
    assert told["message"] == "no grant on 1 of them"
    rows = [
        {"source_db_name": "hr", "target_db_name": "hr", "status": "CONSISTENT"},
        {"source_db_name": "pay", "target_db_name": "pay", "status": "FAILED_TO_COMPARE",
         "message": "the node ran out of disk"},
    ]  # fmt: skip
    found = fit(pairs_overview_answer(rows, "line_compare", job="x", task=None))
    (told,) = [
        dict(zip(found["databases"]["columns"], row, strict=True))
        for row in found["databases"]["rows"]
    ]
    assert (told["source"], told["message"]) == ("pay", "the node ran out of disk")


def test_a_successful_comparison_that_found_differences_is_not_called_consistent():
    rows = result("v5-compare-line-overview")["line_compare_overview_infos"]
    found = pairs_overview_answer(rows, "line_compare", job="x", task=None)
    assert found.headline == "Row counts of 1 database: 1 inconsistent, 0 consistent."


def test_values_that_differ_by_the_flag_alone_are_inconsistent():
    rows = [{"source_db": "a", "target_db": "a", "compare_result": False}]
    assert pairs_overview_answer(rows, "content_compare", job="x", task=None).totals == {
        "inconsistent": 1
    }


def test_a_pair_listed_twice_is_walked_once():
    rows = [{"source_db_name": "a", "target_db_name": "b"}] * 2
    assert pairs_of(rows, "line_compare") == [Pair("a", "b", None)]


# -- rows --------------------------------------------------------------------------------------


def test_the_example_names_the_one_table_that_differs():
    rows = result("v5-compare-line-detail")["line_compare_detail_infos"]
    found = fit(compared(rows, "may_5", "may_5"))
    assert found["headline"] == "1 of 2 tables differ, by 1 row (1 surplus there); 1 agree."
    assert found["tables"]["rows"] == [["table_name_0", 0, 1, 1]]
    assert found["totals"] == {"tables": 2, "inconsistent": 1, "consistent": 1}


def test_names_that_differ_in_a_number_are_one_line_with_sums():
    rows = [table_row(f"orders_{n:04}", 10, 8) for n in range(1, 513)]
    found = compared(rows)
    assert found.tables.rows == [["orders_[0001-0512]", 5120, 4096, 1024, 512]]
    assert found.tables.columns[-1] == "tables"
    assert found.by_database.rows == [["shop", 512, 1024]]


def test_what_could_not_be_compared_comes_after_what_differs_and_says_why():
    rows = [
        table_row("b", 5, 5, "CAN_NOT_COMPARE", message="no primary key"),
        table_row("c", 5, 5, "WAITING_FOR_COMPARISON"),
        table_row("a", 5, 1),
        table_row("d", 5, 5, "CONSISTENT"),
    ]
    found = fit(compared(rows))
    assert [row[:2] for row in found["tables"]["rows"]] == [
        ["a", "inconsistent"],
        ["b", "cannot be compared"],
        ["c", "waiting for comparison"],
    ]
    assert found["tables"]["rows"][1][-1] == "no primary key"
    assert found["headline"] == (
        "1 of 4 tables differ, by 4 rows (4 missing in the destination); 1 cannot be compared; "
        "1 waiting for comparison; 1 agree."
    )


def test_destination_names_are_left_out_where_they_repeat_the_sources():
    found = compared([table_row("T_A", 2, 1, target_table_name="t_a")])
    assert "destination" not in found.tables.columns
    assert any("repeat" in note for note in found.notes)
    renamed = compared([table_row("T_A", 2, 1, target_table_name="t_b")])
    assert renamed.tables.rows[0][-1] == "t_b"


def test_version_3_numbers_are_read_as_statuses():
    found = compared([table_row("a", 1, 0, "0"), table_row("b", 1, 1, 2)])
    assert found.totals == {"tables": 2, "inconsistent": 1, "consistent": 1}


def test_tables_without_counts_are_left_out_of_the_sums_and_that_is_said():
    found = compared([table_row("a", 3, 1), {"source_table_name": "b", "status": "COMPARING"}])
    assert (found.source_rows, found.destination_rows) == (3, 1)
    assert any(note.startswith("1 table that") and "in no sum" in note for note in found.notes)


def test_the_rest_is_fetched_by_offset():
    rows = [table_row(f"{letter}x", 9, n) for n, letter in enumerate("abcdefgh")]
    found = fit(compared(rows, offset=2, limit=3))
    assert (found["tables"]["shown"], found["tables"]["total"]) == (3, 8)
    assert found["next"][0]["args"] == {
        "job": "shop-sync", "compare_type": "line_compare", "offset": 5,
    }  # fmt: skip


counts = st.one_of(
    st.integers(0, 10**12),
    st.integers(0, 10**12).map(str),
    st.sampled_from([None, "", "-1", -1, "NaN", "n/a", [], {}]),
)


@given(
    st.lists(
        st.fixed_dictionaries(
            {},
            optional={
                "source_table_name": st.one_of(st.text(max_size=8), st.none()),
                "source_row_num": counts,
                "target_row_num": counts,
                "difference_row_num": counts,
                "status": st.sampled_from(["CONSISTENT", "INCONSISTENT", "NEW", None, 2, "", []]),
            },
        ),
        max_size=30,
    )
)
def test_totals_equal_a_naive_recount(rows):
    found = compared(rows)
    tables = {row.get("source_table_name") or f"#{n}" for n, row in enumerate(rows)}
    assert found.totals["tables"] == len(tables)
    assert sum(found.totals.values()) == 2 * len(tables)

    def known(value):
        try:
            number = int(value)
        except (TypeError, ValueError):
            return None
        return number if number >= 0 else None

    seen, source, target = [], [], []
    for row in rows:
        if row in seen and row.get("source_table_name"):
            continue  # equal in every field
        seen.append(row)
        numbers = known(row.get("source_row_num")), known(row.get("target_row_num"))
        differs = row.get("status") in (None, "") and numbers[0] != numbers[1]
        if None not in numbers and (
            row.get("status") in ("CONSISTENT", "INCONSISTENT", 2) or differs
        ):
            source.append(numbers[0])
            target.append(numbers[1])
    assert (found.source_rows or 0, found.destination_rows or 0) == (sum(source), sum(target))
    gaps = [one - other for one, other in zip(source, target, strict=True)]
    assert (found.missing_rows or 0) == sum(gap for gap in gaps if gap > 0)
    assert (found.surplus_rows or 0) == -sum(gap for gap in gaps if gap < 0)
    assert (found.differing_rows or 0) == sum(map(abs, gaps))


# -- objects -----------------------------------------------------------------------------------


def objects(rows, kind="TABLE"):
    fold = ObjectComparison()
    fold.feed(rows, kind)
    return fold.answer(job="x", task_id="t1")


def test_objects_that_agree_but_for_case_agree():
    rows = [{"source_db_value": "SALES.T_A", "target_db_value": "sales.t_a"}]
    assert objects(rows).totals == {"objects": 1, "equal": 1}


def test_a_difference_is_a_missing_or_unequal_side():
    found = fit(
        objects(
            [
                {"source_db_name": "s", "source_db_value": "`a`", "target_db_value": "`a`"},
                {"source_db_name": "s", "source_db_value": "`b`", "target_db_value": ""},
                {"source_db_name": "s", "source_db_value": None, "target_db_value": "`c`"},
                {"source_db_name": "s", "source_db_value": "`d`", "target_db_value": "`e`"},
                {"source_db_name": "s", "source_db_value": "`f`", "error_message": "denied"},
            ]
        )
    )
    assert found["totals"] == {
        "objects": 5,
        "missing in destination": 1,
        "unequal": 1,
        "failed to compare": 1,
        "only in destination": 1,
        "equal": 1,
    }
    assert [row[1:3] for row in found["objects"]["rows"]] == [
        ["s.b", "missing in destination"],
        ["s.d", "unequal"],
        ["s.f", "failed to compare"],
        ["s.c", "only in destination"],
    ]


def test_the_example_of_equal_indexes_agrees():
    rows = result("v5-compare-object-detail")["objects_compare_detail_infos"]
    assert objects(rows, "INDEX").headline.startswith("All 2 compared objects agree")


# -- values ------------------------------------------------------------------------------------


def values(compare, uncompare=()):
    fold = ValueComparison()
    fold.feed(compare, comparable=True)
    fold.feed(uncompare, comparable=False)
    return fold.answer(job="x", task=None)


def value_row(name, same, differing=0, **more):
    return {
        "source_db": "s",
        "target_db": "s",
        "source_table_name": name,
        "target_table_name": name,
        "source_row_num": 10,
        "target_row_num": 10,
        "difference_row_num": differing,
        "content_compare_result": same,
        **more,
    }


def test_totals_cover_both_lists():
    found = values(
        [
            value_row("a", same=True),
            value_row("b", same=False, differing=3),
            value_row("c", same=None),
        ],
        [value_row("d", same=None, message="no primary key")],
    )
    assert found.totals == {
        "tables": 4,
        "agree": 1,
        "differs": 1,
        "result unknown": 1,
        "cannot be compared": 1,
    }
    assert found.headline == (
        "Values of 1 of 4 tables differ, in 3 rows; 1 result unknown; 1 cannot be compared; 1 agree."
    )
    assert [row[0] for row in found.tables.rows] == ["s.b", "s.c", "s.d"]


def test_what_two_walks_bring_alike_is_counted_once():
    fold = ValueComparison()
    for _ in range(2):
        fold.feed([value_row("a", same=False, differing=3)], comparable=True)
    assert fold.answer(job="x", task=None).totals == {"tables": 1, "differs": 1}


@pytest.mark.parametrize("name", ["v5-compare-content-detail"])
def test_the_example_of_values_names_the_table_that_differs(name):
    found = values(result(name)["content_compare_detail_infos"])
    assert found.totals == {"tables": 2, "agree": 1, "differs": 1}
    assert found.tables.rows[0][0] == "may_5.table_name_0"

"""A claim that two sides agree is borne out by what was read, or it is not made."""

import httpx2
import pytest

from tests.support.compared import (
    claim_of,
    detail,
    objects_of,
    overview,
    row,
    rows_of,
    task,
    told,
    value_row,
    values_of,
)
from tests.support.tool_calls import JOB

pytestmark = pytest.mark.anyio
CONTENT = "content_compare"


async def of_rows(*rows, **how):
    return await detail(rows_of({"shop": rows}, **how))


async def of_values(*compare, uncompare=(), **how):
    return await detail(values_of(compare, uncompare, **how), CONTENT)


# -- consistent twins: what agrees is said to agree ----------------------------------------------


async def test_rows_that_agree_are_said_to_agree():
    found = await of_rows(row("t", 10, 10), row("u", 7, 7))
    assert claim_of(found) == "Row counts agree in all 2 tables."
    assert (found["source_rows"], found["destination_rows"], found["differing_rows"]) == (17, 17, 0)
    assert "missing_rows" not in found


async def test_values_that_agree_are_said_to_agree():
    found = await of_values(value_row("t", 10, 10))
    assert claim_of(found) == "Values agree in the one table."


async def test_objects_that_agree_are_said_to_agree_with_the_types_that_are_not_listed():
    world = objects_of(
        {"TABLE": (1, 1, "CONSISTENT"), "VIEW": (4, 4, "CONSISTENT")},
        TABLE=[{"source_db_value": "`a`", "target_db_value": "`a`"}],
    )
    found = await detail(world, "object_compare")
    assert claim_of(found) == (
        "All 1 compared object agree (databases, tables, indexes) and the 1 other type."
    )


# -- one row against itself ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "odd",
    [
        row("t", 10, 9),
        row("t", 10, 12),
        row("t", 10, 10, difference_row_num="3"),
        row("t", 10, None, difference_row_num=2),
        row("t", 10, 10, "INCONSISTENT"),
        row("t", 10, 9, 2),
        row("t", 5, 5, 3),
    ],
)
async def test_a_status_that_does_not_fit_the_counts_is_a_contradiction(odd):
    found = await of_rows(row("a", 3, 3), row("b", 5, 1, "INCONSISTENT"), odd)
    assert found["totals"] == {
        "tables": 3, "contradictory": 1, "consistent": 1, "inconsistent": 1,
    }  # fmt: skip
    assert found["headline"].startswith("1 of 3 tables contradicts itself")
    assert [one["table"] for one in told(found)] == ["t", "b"]


@pytest.mark.parametrize(
    "message",
    [
        "Only the first 1,000,000 rows were compared",
        "Columns of type JSON are not compared: profile",
        "仅对比了主键列",
    ],
)
@pytest.mark.parametrize("made", [of_rows, of_values])
async def test_a_message_beside_a_table_that_agrees_is_told_as_that(made, message):
    agrees = row if made is of_rows else value_row
    found = await made(agrees("a", 3, 3), agrees("t", 9, 9, message=message))
    assert found["headline"].startswith(
        "1 of 2 tables is called consistent, but its message tells of a limit or a failure; "
    )
    assert told(found)[0]["message"] == message


@pytest.mark.parametrize(
    ("made", "odd"),
    [
        (of_rows, row("t", 9, 9, "INCONSISTENT", message="the checksum differs")),
        (of_values, value_row("t", 9, 9, same=True, alike=False, message="only a part")),
    ],
)
async def test_a_message_beside_a_table_that_claims_to_differ_is_not_told_as_one_that_agrees(
    made, odd
):
    agrees = row if made is of_rows else value_row
    found = await made(agrees("a", 3, 3), odd)
    assert found["headline"].startswith("1 of 2 tables contradicts itself: ")


@pytest.mark.parametrize(
    "odd",
    [
        value_row("t", 10, 9, same=True),
        value_row("t", 10, 10, same=True, alike=False),
        value_row("t", 10, 10, same=True, differing=4),
        value_row("t", 10, 9, same=False, alike=True),
        value_row("t", 10, 9, same="CONSISTENT"),
    ],
)
async def test_flags_that_do_not_fit_the_counts_are_a_contradiction(odd):
    found = await of_values(value_row("a", 3, 3), odd)
    assert found["totals"] == {"tables": 2, "contradictory": 1, "agree": 1}
    assert "agree in all" not in found["headline"]
    assert told(found)[0]["says"]


async def test_a_table_without_a_status_whose_counts_differ_differs():
    found = await of_rows(row("t", 10, 8, None), row("u", 1, 1, None))
    assert found["totals"] == {"tables": 2, "inconsistent": 1, "unknown": 1}


# -- rows that come twice ------------------------------------------------------------------------


async def test_parts_of_one_table_add_up_and_the_worst_part_counts():
    found = await of_rows(row("t", 10, 10), row("u", 1, 1), row("t", 20, 15, "INCONSISTENT"))
    assert found["totals"] == {"tables": 2, "inconsistent": 1, "consistent": 1}
    assert told(found) == [
        {"table": "t", "source_rows": 30, "destination_rows": 25, "differing": 5}
    ]
    assert (found["source_rows"], found["destination_rows"], found["missing_rows"]) == (31, 26, 5)


async def test_a_row_equal_in_every_field_counts_once():
    found = await of_values(*[value_row("t", 10, 10)] * 2, *[value_row("u", 4, 3, same=False)] * 3)
    assert found["totals"] == {"tables": 2, "agree": 1, "differs": 1}
    assert found["source_rows"] == 14


async def test_parts_that_agree_in_number_but_not_in_their_filter_are_parts():
    parts = [row("t", 10, 10, compare_line_config_filter=f"id % 2 = {n}") for n in (0, 1)]
    found = await of_rows(*parts)
    assert (found["source_rows"], found["totals"]["tables"]) == (20, 1)


async def test_what_two_sides_lack_is_summed_each_for_itself():
    found = await of_rows(row("t", 10, 12, "INCONSISTENT"), row("u", 9, 4, "INCONSISTENT"))
    assert (found["differing_rows"], found["missing_rows"], found["surplus_rows"]) == (7, 5, 2)


async def test_a_table_that_was_not_compared_is_in_no_sum():
    found = await of_rows(
        row("t", 10, 9, "INCONSISTENT"),
        row("u", 500, 0, "CAN_NOT_COMPARE"),
        row("v", 7, None, "INCONSISTENT", difference_row_num="7"),
    )
    assert (found["source_rows"], found["differing_rows"]) == (10, 1)
    assert any(note.startswith("2 tables that were not compared") for note in found["notes"])


async def test_a_missing_destination_database_is_a_difference():
    found = await of_rows(row("t", 10, None, "TARGET_DB_NOT_EXIST"), row("u", 1, 1))
    assert found["headline"].startswith("1 of 2 tables differ (1 no destination database)")


async def test_tables_that_cannot_be_compared_by_value_but_differ_by_count_are_differences():
    found = await of_values(
        value_row("a", 3, 3),
        uncompare=[value_row("t", 10, 7, same=None), value_row("u", 1, 1, same=None)],
    )
    assert found["totals"]["differs by count"] == 1
    assert found["headline"].startswith("Values of 1 of 3 tables differ (1 differs by count)")
    assert found["differing_rows"] == 0


# -- the overview against the detail -------------------------------------------------------------


@pytest.mark.parametrize("status", ["INCONSISTENT", 0])
async def test_an_overview_of_rows_that_says_inconsistent_is_not_overruled(status):
    found = await of_rows(row("t", 10, 10), overview=status)
    assert found["headline"].startswith(
        "The overview says that 1 database ('shop') is inconsistent"
    )
    assert "agree in all" not in found["headline"]


async def test_an_overview_of_values_that_says_inconsistent_is_not_overruled():
    found = await of_values(value_row("t", 10, 10), overview=False)
    assert "is inconsistent, but no table listed differs" in found["headline"]


async def test_an_overview_that_says_consistent_does_not_overrule_the_tables():
    found = await of_rows(row("t", 10, 9, "INCONSISTENT"))
    assert found["headline"].startswith("1 of 1 table differs")
    assert any(
        "says that 1 database ('shop') is consistent, but" in note for note in found["notes"]
    )


async def test_a_database_without_a_result_is_told():
    world = rows_of(
        {"shop": [row("t", 1, 1)]},
        overview={("shop", "shop"): "CONSISTENT", ("crm", "crm"): "WAITING_FOR_COMPARISON"},
    )
    found = await detail(world)
    assert any("1 database ('crm') has no result" in note for note in found["notes"])


async def test_an_overview_says_what_its_status_and_its_flag_cannot_both_mean():
    world = values_of([], overview=False)
    world.compared["content_compare", "overview"][0][1]["status"] = "CONSISTENT"
    assert (await overview(world, CONTENT))["totals"] == {"contradictory": 1}


async def test_a_database_that_comes_twice_in_an_overview_is_as_bad_as_its_worst_row():
    world = rows_of({"shop": []}, overview="CONSISTENT")
    ((pair, first),) = world.compared["line_compare", "overview"]
    world.compared["line_compare", "overview"].append((pair, first | {"status": "INCONSISTENT"}))
    assert (await overview(world))["totals"] == {"inconsistent": 1}


@pytest.mark.parametrize(
    ("counts", "word"),
    [((30, 29, "CONSISTENT"), "contradictory"), ((30, 30, 3), "not finished"),
     ((30, 30, 17), "status 17"), ((30, 29, "0"), "inconsistent")],
)  # fmt: skip
async def test_a_type_of_objects_is_held_against_its_counts_and_its_number_is_read(counts, word):
    found = await overview(objects_of({"INDEX": counts}), "object_compare")
    assert found["totals"] == {word: 1}
    assert "consistent: all" not in found["headline"].lower()


async def test_fewer_objects_listed_than_counted_is_told_and_nothing_agrees():
    listed = [
        {"source_db_value": f"`t`.`i{n}`", "target_db_value": f"`t`.`i{n}`"} for n in range(3)
    ]
    found = await detail(
        objects_of({"INDEX": (8121, 8121, "CONSISTENT")}, INDEX=listed), "object_compare"
    )
    assert claim_of(found) == "Detail lists 3 of 8,121 indexes; 3 listed objects agree."


async def test_types_that_are_not_listed_stand_by_the_overview_alone():
    found = await detail(
        objects_of(
            {"TABLE": (1, 1, "CONSISTENT"), "TRIGGER": (3, 0, "INCONSISTENT")},
            TABLE=[{"source_db_value": "a", "target_db_value": "A"}],
        ),
        "object_compare",
    )
    assert "by the overview TRIGGER do not agree" in found["headline"].lower().replace(
        "trigger", "TRIGGER"
    )
    assert told(found, "by_overview_only")[0]["source"] == 3


async def test_a_type_that_the_overview_calls_inconsistent_is_not_overruled_by_its_list():
    world = objects_of(
        {"TABLE": (1, 1, "INCONSISTENT")}, TABLE=[{"source_db_value": "a", "target_db_value": "a"}]
    )
    found = await detail(world, "object_compare")
    assert found["headline"].startswith("The overview calls TABLE inconsistent, but no object")


# -- names that were mapped ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "target", "databases", "problem"),
    [
        ("`hr`.`emp`", "`hr_t`.`emp`", ("hr", "hr_t"), "equal"),
        ("hr", "hr_t", ("hr", "hr_t"), "equal"),
        ("HR.EMP.PK(unique)", "hr_t.emp.pk(unique)", ("HR", "hr_t"), "equal"),
        ("`a.b`.`c`", "`x`.`c`", ("a.b", "x"), "equal"),
        ("`hr`.`emp`", "`hr_t`.`dept`", ("hr", "hr_t"), "unequal"),
        ("`hr`.`emp`", "`hr_t`.`emp`", (None, None), "renamed?"),
        ("`hr`.`emp`", "`crm`.`emp`", ("hr", "hr_t"), "renamed?"),
    ],
)
async def test_an_object_of_a_mapped_database_is_equal_when_only_the_mapped_part_differs(
    source, target, databases, problem
):
    listed = {"source_db_value": source, "target_db_value": target}
    listed |= {"source_db_name": databases[0], "target_db_name": databases[1]}
    found = await detail(objects_of({}, TABLE=[listed]), "object_compare")
    assert found["totals"] == {"objects": 1, problem: 1, "equal": int(problem == "equal")}


# -- what was not compared -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"lobCompare": "ignore"}, "LOB columns not compared"),
        ({"lobCompare": "length"}, "LOB columns compared by length only"),
        ('{"LobCompare": "LENGTH"}', "LOB columns compared by length only"),
        ({"lobCompare": "hash of 5 bytes"}, "an option that could not be read"),
        ({"samplingProportion": "10%"}, "only a sample of the rows compared"),
    ],
)
async def test_what_the_options_leave_out_follows_the_claim(options, words):
    found = await of_values(value_row("t", 1, 1), tasks=[task("contents", options=options)])
    assert claim_of(found) == f"Values agree in the one table, {words}."
    told_too = await overview(values_of([], tasks=[task("contents", options=options)]), CONTENT)
    assert words in told_too["headline"]


@pytest.mark.parametrize("options", [{}, None, {"lobCompare": "normal"}, {"proportion": "100"}])
async def test_options_that_leave_nothing_out_are_not_told(options):
    found = await of_values(value_row("t", 1, 1), tasks=[task("contents", options=options)])
    assert claim_of(found) == "Values agree in the one table."


async def test_a_row_filter_is_told():
    found = await of_rows(row("t", 1, 1, compare_line_config_filter="id > 100"), row("u", 1, 1))
    assert claim_of(found) == "Row counts agree in all 2 tables, 1 table in filtered rows only."


async def test_values_compared_of_some_tables_in_scope_are_told_against_all():
    objects = {"compare_results": [{"type": "TABLE", "source_count": 5000, "target_count": 5000}]}
    found = await of_values(value_row("t", 1, 1), objects=objects)
    assert claim_of(found) == "Values agree in the one table, 1 of 5,000 tables in scope compared."


@pytest.mark.parametrize(
    ("status", "delay", "start"),
    [
        ("INCRE_DOING", 0, "As of now, compared as changes come: "),
        (
            "INCRE_DOING",
            None,
            "By a continuous comparison (how far behind the changes: not told): ",
        ),
        (
            "INCRE_DOING",
            5400,
            "By a continuous comparison (how far behind the changes: 5,400, unit",
        ),
        ("FULL_DOING", None, "The row comparison has not finished (comparing what was there"),
    ],
)
async def test_a_dynamic_comparison_is_read_while_it_goes_on(status, delay, start):
    dynamic = task(
        status=status, options={"contentCompareType": "dynamic"}, dynamic_compare_delay=delay
    )
    found = await of_rows(row("t", 4, 3, "INCONSISTENT"), row("u", 1, 1), tasks=[dynamic])
    assert found["headline"].startswith(start)
    assert found["totals"]["inconsistent"] == 1


async def test_a_table_that_is_asked_for_tells_that_its_comparison_goes_on_too():
    world = rows_of({"shop": [row("t", 4, 4)]}, tasks=[task(status="INCRE_DOING")])
    found = await detail(world, table="t")
    assert found["headline"].startswith("'shop.t': by a continuous comparison (how far behind")


async def test_a_dynamic_comparison_that_holds_now_goes_before_one_that_ended():
    tasks = [task(number=1, status="INCRE_DOING"), task(number=2)]
    assert (await of_rows(row("t", 1, 1), tasks=tasks))["compare_task_id"] == "cmp-1"


async def test_a_comparison_that_is_named_and_still_runs_says_so():
    found = await detail(
        rows_of({"shop": [row("t", 1, 1)]}, tasks=[task(status="RUNNING")]), compare_task_id="cmp-1"
    )
    assert found["headline"].startswith("The row comparison has not finished (running), so far: ")


@pytest.mark.parametrize(
    ("status", "word"),
    [("CANCELLED", "canceled"), ("TIMEOUT_INTERRUPT", "timed out"), ("WAITING_FOR_RUNNING", "waiting"),
     ("FAILED", "failed")],
)  # fmt: skip
async def test_what_became_of_a_newer_comparison_is_told(status, word):
    found = await of_rows(row("t", 1, 1), tasks=[task(), task(number=2, status=status)])
    assert (
        f"A newer comparison of this type is {word} (started 2026-11-19T02:00:00Z)."
        in found["notes"]
    )


async def test_a_newer_comparison_that_waits_for_its_time_is_said_to_be_planned():
    later = task(number=2, status="WAITING_FOR_RUNNING") | {"start_time": "2026-12-01T02:00:00Z"}
    found = await of_rows(row("t", 1, 1), tasks=[task(), later])
    assert (
        "A newer comparison of this type is waiting (planned for 2026-12-01T02:00:00Z)."
        in found["notes"]
    )


async def test_a_database_that_agrees_without_any_table_listed_is_told():
    found = await detail(rows_of({"shop": [row("t", 1, 1)], "attic": []}))
    assert claim_of(found) == (
        "Row counts agree in the one table, 1 database ('attic') without any table listed."
    )
    assert "without any table" not in claim_of(await of_rows(row("t", 1, 1)))


async def test_a_list_that_was_not_sent_is_no_proof_that_there_is_nothing():
    world = rows_of({"shop": []})
    real = world.answer

    def without_list(request):
        if request.url.params.get("query_type") != "detail":
            return real(request)
        return httpx2.Response(200, json={"job": {"id": JOB, "compare_result": {}}})

    world.answer = without_list
    found = await detail(world)
    assert found["read"]["why"] == "DRS sent no list"
    assert "not every result could be read" in found["headline"].lower()


async def test_an_empty_list_is_a_list():
    found = await of_rows()
    assert "read" not in found
    assert claim_of(found) == "The row comparison lists no tables."


async def test_the_databases_that_agree_are_named_many_of_them_as_one():
    databases = {f"shop_{n:02}": [row("t", 1, 1)] for n in range(1, 13)} | {("hr", "hr_t"): []}
    found = await overview(rows_of(databases), "line_compare")
    assert claim_of(found) == (
        "Row counts are consistent in all 13 databases, by the overview alone."
    )
    assert found["consistent_databases"] == ["shop_[01-12]", "hr → hr_t"]


async def test_of_many_databases_that_agree_the_first_are_named_and_the_others_on_request():
    databases = {f"{chr(97 + n)}_shop": [row("t", 1, 1)] for n in range(20)}
    found = await overview(rows_of(databases), "line_compare")
    assert len(found["consistent_databases"]) == 12
    unread = "Of 17 consistent databases the overview alone says so: not all tables were read."
    assert found["notes"] == [
        unread,
        "8 more consistent databases or groups of them: full=true names all.",
    ]
    found = await overview(rows_of(databases), "line_compare", full=True)
    assert len(found["consistent_databases"]) == 20
    assert found["notes"] == [unread]


@pytest.mark.parametrize(
    "odd",
    [
        row("t", 100, 97, "INCONSISTENT"),
        row("t", 100, 97),
        row("t", 5, 5, "TARGET_DB_NOT_EXIST"),
    ],
)
async def test_an_overview_that_its_tables_deny_is_contradictory(odd):
    world = rows_of({"shop": [row("u", 4, 4), odd], "crm": [row("t", 1, 1)]}, overview="CONSISTENT")
    found = await overview(world, "line_compare")
    assert "1 contradictory, 1 consistent" in found["headline"]
    assert found["databases"]["rows"] == [["shop"]]
    assert found["notes"] == [
        "Of 'shop', 1 of 2 tables read deny its overview, which says consistent."
    ]
    assert found["next"][0]["tool"] == "get_compare_detail"


async def test_an_overview_of_values_is_held_against_both_of_its_lists():
    equal, other = value_row("t", 4, 4), value_row("u", 4, 3)
    found = await overview(values_of([equal], [other]), "content_compare")
    assert "1 contradictory" in found["headline"]
    assert (await overview(values_of([equal]), "content_compare"))["headline"].startswith(
        "Values are consistent in database 'shop'"
    )


async def test_of_tables_beyond_a_page_or_that_cannot_be_read_the_overview_alone_speaks():
    many = rows_of({"shop": [row(f"t{n}", 1, 1) for n in range(1200)]})
    found = await overview(many, "line_compare")
    assert claim_of(found) == (
        "Row counts are consistent in database 'shop', by the overview alone."
    )
    world = rows_of({"shop": [row("t", 1, 1)]})
    world.instead = {"line_compare:detail": {"error_code": "DRS.M00004"}}
    assert "by the overview alone" in (await overview(world, "line_compare"))["headline"]


async def test_one_database_that_agrees_is_named_in_the_headline():
    found = await overview(rows_of({"shop": [row("t", 1, 1)]}), "line_compare")
    assert claim_of(found) == "Row counts are consistent in database 'shop'."


@pytest.mark.parametrize("ask_for", [overview, detail])
async def test_a_comparison_that_is_dated_ahead_of_now_has_no_age(ask_for):
    world = rows_of(
        {"shop": [row("t", 1, 1)]}, tasks=[task() | {"end_time": "2026-11-21T09:00:00Z"}]
    )
    (note,) = (await ask_for(world, "line_compare"))["notes"]
    assert note == (
        "This comparison is dated ahead of now, 2026-11-21T09:00:00Z: how old it is cannot be said."
    )


@pytest.mark.parametrize("told", ["0", "3", "11"])
async def test_a_difference_that_is_not_that_of_the_two_counts_is_a_contradiction(told):
    found = await of_rows(row("t", 12, 10, "INCONSISTENT") | {"difference_row_num": told})
    assert found["totals"]["contradictory"] == 1


FAILED = {"error_msg": "one node was lost"}


@pytest.mark.parametrize("ask_for", [overview, detail])
async def test_a_comparison_that_ran_and_tells_an_error_says_so_beside_what_agrees(ask_for):
    world = rows_of({"shop": [row("t", 1, 1), row("u", 1, 1)]}, tasks=[task() | FAILED])
    assert "the comparison tells an error of its own" in (await ask_for(world))["headline"].lower()


@pytest.mark.parametrize("ask_for", [overview, detail])
async def test_an_object_comparison_that_tells_an_error_says_so_beside_what_agrees(ask_for):
    equal = {"source_db_name": "s", "source_db_value": "a", "target_db_value": "a"}
    world = objects_of({"TABLE": (1, 1, "CONSISTENT")}, TABLE=[equal])
    world.parts["objects"] |= FAILED
    headline = (await ask_for(world, "object_compare"))["headline"].lower()
    assert "the comparison tells an error of its own" in headline
    assert "agree" in headline


async def test_an_overview_in_a_word_that_nobody_understands_earns_no_agreement():
    found = await detail(rows_of({"shop": [row("t", 1, 1)]}, overview="SO-SO"))
    assert found["notes"] == ["By the overview 1 database ('shop') has no result."]
    assert claim_of(found).endswith("agree in the one table, 1 database without a result.")


@pytest.mark.parametrize(
    "message", ["compare failed: timeout", "ORA-01555", "统计失败", "连接超时"]
)
async def test_a_message_that_tells_a_failure_contradicts_a_row_that_agrees(message):
    found = await of_rows(row("t", 1, 1) | {"message": message})
    assert found["totals"]["contradictory"] == 1
    found = await of_values(value_row("t", 1, 1) | {"message": message})
    assert found["totals"]["contradictory"] == 1


@pytest.mark.parametrize("message", [
        "", None, "success", "compared in 3 s", "一致", "finished without errors", "0 rows failed",
        "errors: 0, compared in 3 s", "no failure", "没有错误",
    ],
)  # fmt: skip
async def test_a_message_that_tells_no_failure_contradicts_nothing(message):
    found = await of_rows(row("t", 1, 1) | {"message": message})
    assert found["totals"] == {"tables": 1, "consistent": 1}


@pytest.mark.parametrize("told", ["many", "1e400", True, [1], "-5"])
async def test_a_count_that_is_none_bears_out_nothing(told):
    found = await of_rows(row("t", 1, 1) | {"source_row_num": told, "target_row_num": told})
    assert found["totals"] == {"tables": 1, "unknown": 1}

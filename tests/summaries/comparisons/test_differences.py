"""Key ranges of differing rows: exact, per table, and silent about row data."""

import itertools
import json
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.errors import ArgumentError
from drs_mcp.serving.budget import compact, fit
from drs_mcp.summaries.comparisons.differences import ValueDifferences
from drs_mcp.summaries.comparisons.key_ranges import integers, key_runs
from drs_mcp.summaries.comparisons.name_groups import group_names
from tests.support import examples


def found(rows, counters=None, source_db="shop", max_chars=8000, **how):
    fold = ValueDifferences()
    fold.feed({**(counters or {}), "contents_infos": rows}, source_db=source_db, target_db="shop")
    return fit(fold.answer(job="shop-sync", task=None, **how), max_chars)


def row(source=(), target=(), table="shop.orders"):
    sql = f"select * from {table} where id = 1"
    return {
        "source_key_value": [str(part) for part in source],
        "target_key_value": [str(part) for part in target],
        "source_select_sql": sql if source else None,
        "target_select_sql": sql if target else None,
    }


def test_the_example_is_a_row_that_stands_only_in_the_destination():
    info = examples.job("v5-compare-content-diff")["compare_result"]["content_diff_detail_info"]
    answer = found(info["contents_infos"], info, source_db="may_5")
    assert answer["headline"] == "1 row differs in 1 table: 1 only in destination."
    assert answer["ranges"]["rows"] == [["may_5.table_name_0", "only in destination", "5", 1]]


def test_integer_keys_are_told_as_runs_and_tables_are_never_merged():
    rows = [row(source=[n]) for n in range(100, 200)]
    rows += [row(source=[n], target=[n], table="shop.items") for n in range(150, 160)]
    assert found(rows)["ranges"]["rows"] == [
        ["shop.orders", "only in source", "100–199", 100],
        ["shop.items", "different", "150–159", 10],
    ]


def test_composite_keys_run_within_their_fixed_part():
    rows = [row(source=[7, n]) for n in range(1, 41)] + [row(source=[8, 5])]
    assert [cells[2:] for cells in found(rows)["ranges"]["rows"]] == [
        ["(7, 1–40)", 40],
        ["(8, 5)", 1],
    ]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([[n, 7] for n in range(1, 901)], [("(1–900, 7)", 900)]),
        ([[1, n, 7] for n in range(90)], [("(1, 0–89, 7)", 90)]),
        ([[a, b] for a in (1, 2, 3) for b in range(1, 41)], [("(1–3, 1–40)", 120)]),
        ([[-3], [-2], [5]], [("(-3)–(-2)", 2), ("5", 1)]),
    ],
)
def test_what_is_fixed_in_a_composite_key_stands_once_wherever_it_stands(keys, expected):
    ranges = found([row(source=key) for key in keys])["ranges"]["rows"]
    assert [tuple(cells[2:]) for cells in ranges] == expected


def test_rows_only_in_the_destination_belong_to_the_table_that_has_another_name_there():
    rows = [
        both("SALES.T_ORDER", "sales.t_order", 1),
        {
            "target_key_value": ["2"],
            "target_select_sql": "select * from sales.t_order where id = 2",
        },
        both("SALES.T_ITEM", "shop.lines", 3),
        {"target_key_value": ["4"], "target_select_sql": "select * from shop.lines where id = 4"},
    ]
    answer = found(rows, source_db="SALES")
    assert answer["headline"] == "4 rows differ in 2 tables: 2 only in destination, 2 different."
    assert [cells[:3] for cells in answer["ranges"]["rows"]] == [
        ["SALES.T_ITEM", "only in destination", "4"],
        ["SALES.T_ITEM", "different", "3"],
        ["SALES.T_ORDER", "only in destination", "2"],
        ["SALES.T_ORDER", "different", "1"],
    ]


def test_tables_whose_names_differ_in_case_alone_are_two_where_the_source_has_both():
    rows = [both("shop.T", "shop.T", 1), both("shop.t", "shop.t", 2)]
    rows.append({"target_key_value": ["3"], "target_select_sql": "select * from shop.t where id=3"})
    assert [cells[:2] for cells in found(rows)["tables"]["rows"]] == [["shop.t", 2], ["shop.T", 1]]


def both(source, target, key):
    """A row that both sides have, and that differs."""
    return {
        "source_key_value": [str(key)],
        "target_key_value": [str(key)],
        "source_select_sql": f"select * from {source} where id = {key}",
        "target_select_sql": f"select * from {target} where id = {key}",
    }


def test_a_row_without_a_key_is_counted_by_its_statements_and_told_of():
    statement = "select * from shop.orders where id = ''"
    rows = [
        {"source_key_value": None, "target_key_value": [""], "source_select_sql": statement},
        {"source_select_sql": statement, "target_select_sql": statement},
    ]
    answer = found(rows)
    assert answer["totals"] == {"rows": 2, "only in source": 1, "different": 1}
    assert answer["notes"] == ["2 rows came without a key."]


def test_an_empty_part_does_not_turn_a_composite_key_into_a_shorter_one():
    answer = found([row(source=["7", ""])])
    assert "ranges" not in answer
    assert answer["hidden_keys"] == 1


def keys(answer):
    """The lines of the table of keys, without the table's name."""
    return [cells[1:] for cells in answer["ranges"]["rows"]]


def test_keys_that_are_not_integers_stay_hidden_unless_asked_for():
    rows = [row(source=["anna@example.com"]), row(source=["bert@example.com"])]
    answer = found(rows)
    assert "anna" not in compact(answer)
    assert answer["hidden_keys"] == 2
    assert answer["next"][0]["args"]["include_values"] is True
    shown = found(rows, include_values=True)
    assert shown["ranges"]["rows"] == [
        ["shop.orders", "only in source", "anna@example.com", 1],
        ["shop.orders", "only in source", "bert@example.com", 1],
    ]
    assert "hidden_keys" not in shown


def test_every_text_key_is_a_line_that_can_be_paged_to_behind_the_ranges():
    rows = [row(source=[f"{n:05}"]) for n in range(1000)] + [row(source=[n]) for n in range(1, 9)]
    told, offset, total = [], 0, None
    while offset != total:
        page = found(rows, include_values=True, offset=offset, limit=300, max_chars=30_000)[
            "ranges"
        ]
        told += [cells[2] for cells in page["rows"]]
        offset, total = offset + page["shown"], page["total"]
    assert told == ["1–8", *(f"{n:05}" for n in range(1000))]
    assert total == 1001


def test_a_key_of_several_rows_is_one_line_that_counts_them():
    shown = found([row(source=["a"]), row(source=["b"]), row(source=["a"])], include_values=True)
    assert keys(shown) == [["only in source", "a", 2], ["only in source", "b", 1]]


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (["EU/1", "2"], ["EU", "1/2"], ['["EU","1/2"]', '["EU/1","2"]']),
        (["a", None], ["a", ""], ['["a",null]', '["a",""]']),
        (["null"], ["a"], ["a", "null"]),
        (["a,b"], ["a", "b"], ['["a","b"]', "a,b"]),
        (["7", "x"], ['["7","x"]'], ['["7","x"]', r'["[\"7\",\"x\"]"]']),
        (["a  b"], ["a b"], [r'["a \u0020b"]', "a b"]),
        (["a\u200bb"], ["ab"], [r'["a\u200bb"]', "ab"]),
        ([" a"], ["a"], ['[" a"]', "a"]),
    ],
)
def test_keys_that_differ_never_look_alike(one, other, told):
    rows = [
        {"source_key_value": key, "source_select_sql": "select * from shop.orders where 1 = 1"}
        for key in (one, other)
    ]
    assert sorted(line[1] for line in keys(found(rows, include_values=True))) == sorted(told)


@pytest.mark.parametrize(
    "form", [["7", "1"], [7, 1], '["7","1"]', " [7, 1]", {"a": "7", "b": 1}, '{"a":"7","b":"1"}',
             [{"a": "7"}, {"b": "1"}]],
)  # fmt: skip
def test_a_key_is_read_from_a_list_an_object_and_either_as_text(form):
    answer = found([{"source_key_value": form, "source_select_sql": "select * from shop.orders"}])
    assert keys(answer) == [["only in source", "(7, 1)", 1]]


def test_a_null_key_is_a_key_where_its_side_has_the_row_and_no_row_is_lost():
    statement = "select * from shop.orders where id is null"
    rows = [
        {"source_key_value": [None], "source_select_sql": statement},
        {"source_key_value": [""], "source_select_sql": statement},
        {"source_key_value": ["x"], "target_key_value": [None], "source_select_sql": statement,
         "target_select_sql": statement},
    ]  # fmt: skip
    answer = found(rows, include_values=True)
    assert keys(answer) == [
        ["only in source", "[null]", 1],
        ["only in source", '[""]', 1],
        ["only in source", "x", 1],
    ]


@pytest.mark.parametrize(
    ("source", "target", "told"),
    [(["Anna"], ["anna"], ["Anna", 1, "anna"]), (["5"], ["6"], ["5", 1, "6"]),
     (["5"], ["05"], ["5", 1, "05"]), (["1", "2"], ["1", None], ['["1","2"]', 1, '["1",null]'])],
)  # fmt: skip
def test_both_keys_of_a_row_are_told_where_they_differ(source, target, told):
    rows = [
        row(source=source) | {"target_key_value": target, "target_select_sql": "select * from x"}
    ]
    assert keys(found(rows, include_values=True)) == [["different", *told]]
    hidden = not all(map(str.isdecimal, [*source, *filter(None, target)]))
    assert (found(rows).get("hidden_keys") == 1) is (hidden or None in target or "05" in target)


def test_the_call_for_the_rest_asks_for_the_same():
    rows = [row(source=[3 * number]) for number in range(9)]
    arguments = {"source_db_name": "shop", "target_db_name": ""}
    answer = found(rows, include_values=True, include_sql=True, limit=4, arguments=arguments)
    assert answer["next"][0]["args"] == {
        "job": "shop-sync",
        "source_db_name": "shop",
        "include_sql": True,
        "include_values": True,
        "offset": 4,
    }


def test_one_template_stands_for_all_statements_and_only_on_request():
    rows = [row(source=[n]) for n in range(3)]
    assert "sql" not in found(rows)
    assert found(rows, include_sql=True)["sql"] == [
        {"table": "shop.orders", "source": "select * from shop.orders where id = ?"}
    ]


def test_the_statement_and_the_name_at_the_destination_can_be_asked_for():
    answer = found([both("shop.T_ORDER", "sales.orders", 1)], include_sql=True)
    assert answer["sql"] == [
        {
            "table": "shop.T_ORDER",
            "source": "select * from shop.T_ORDER where id = ?",
            "destination": "select * from sales.orders where id = ?",
        }
    ]
    assert cells_of(answer, "tables")[0]["destination"] == "shop.sales.orders"


def cells_of(answer, name):
    table = answer[name]
    return [dict(zip(table["columns"], cells, strict=True)) for cells in table["rows"]]


def test_a_template_holds_no_value_however_it_is_quoted():
    statement = (
        'SELECT * FROM `shop`.`orders` WHERE `name` = "anna" AND "id" = 5 AND `at` = DATE '
        "'2026-01-01' AND `note` IN ('a', \"b\") AND `price` > -1.50"
    )
    answer = found([{"source_key_value": ["5"], "source_select_sql": statement}], include_sql=True)
    assert answer["sql"][0]["source"] == (
        'SELECT * FROM `shop`.`orders` WHERE `name` = ? AND "id" = ? AND `at` = DATE ? '
        "AND `note` IN (?, ?) AND `price` > ?"
    )


def test_templates_of_more_than_twenty_tables_are_cut_and_that_is_said():
    rows = [row(source=[1], table=f"shop.{letter}x") for letter in "abcdefghijklmnopqrstu"]
    answer = found(rows, include_sql=True)
    assert len(answer["sql"]) == 20
    assert "SQL of the first 20 tables only: `table` asks for another." in answer["notes"]


def test_a_statement_that_names_no_table_is_table_unknown():
    rows = [{"source_key_value": ["1"], "source_select_sql": "call something()"}]
    answer = found(rows)
    assert answer["ranges"]["rows"][0][0] == "shop: table unknown"
    assert any("no readable table" in note for note in answer["notes"])


def test_drs_own_counters_are_checked():
    rows = [row(source=[1])]
    agree = {"count": 1, "target_meta_is_null": 1, "source_meta_is_null": 0}
    assert "notes" not in found(rows, agree)
    assert found(rows, {"count": 9})["notes"] == ["DRS's own counters say otherwise: rows 9."]


def test_what_was_read_of_more_rows_that_drs_counts_is_not_told_as_all_of_them():
    rows = [row(source=[1]), row(source=[2]), row(source=[1], table="crm.u")]
    for claims in ({"count": 7_000}, {"target_meta_is_null": 6_990, "source_meta_is_null": "10"}):
        whole, one = found(rows, claims), found(rows, claims, wanted="u")
        assert whole["headline"].startswith(
            "DRS counts 7,000 differing rows and 3 of them were read: 3 in 2 tables, 3 only in"
        )
        assert whole["totals"] == {"counted_by_drs": 7_000, "rows_read": 3, "only in source": 3}
        assert " and 3 of them were read: 1 in table 'shop.crm.u', " in one["headline"]


def test_counters_below_what_was_read_leave_the_total_as_it_was_read():
    answer = found([row(source=[1]), row(source=[2])], {"count": 1})
    assert answer["totals"] == {"rows": 2, "only in source": 2}


def test_leading_zeros_make_a_key_text():
    assert integers(["007"]) is None
    assert integers(["-0"]) is None
    assert integers(["-7", "123456789012345678901234567890"]) == (
        -7,
        123456789012345678901234567890,
    )


def expand(span):
    """The keys a range stands for."""
    parts = span[1:-1].split(", ") if ", " in span else [span]
    ends = [[int(n) for n in re.findall(r"-?\d+", part.replace("–", " "))] for part in parts]
    return list(itertools.product(*(range(end[0], end[-1] + 1) for end in ends)))


@given(st.sets(st.tuples(st.integers(-50, 300)), max_size=80))
def test_every_integer_key_can_be_told_from_the_ranges(keys):
    expanded = [key for span, _ in key_runs(keys) for key in expand(span)]
    assert sorted(expanded) == sorted(keys)


@given(st.sets(st.tuples(st.integers(0, 3), st.integers(0, 60)), max_size=80))
def test_every_composite_key_can_be_told_from_the_ranges(keys):
    expanded = [key for span, _ in key_runs(keys) for key in expand(span)]
    assert sorted(expanded) == sorted(keys)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 9), st.integers(0, 2)), max_size=60))
def test_a_range_counts_rows_and_a_key_of_several_rows_is_in_as_many_ranges(keys):
    found = list(key_runs(keys))
    assert sorted(key for span, _ in found for key in expand(span)) == sorted(keys)
    assert [rows for _, rows in found] == [len(expand(span)) for span, _ in found]


@given(st.lists(st.integers(0, 500), unique=True, max_size=60))
def test_every_number_in_a_grouped_name_can_be_told(numbers):
    names = [f"orders_{n:04}" for n in numbers]
    groups = group_names(names, [0] * len(names))
    expanded = []
    for group in groups:
        inside = re.search(r"\[(.*)\]", group.name)
        if inside is None:
            expanded.append(group.name)
            continue
        for part in inside[1].split(","):
            first, _, last = part.partition("-")
            expanded += [f"orders_{n:04}" for n in range(int(first), int(last or first) + 1)]
    assert sorted(expanded) == sorted(names)


def stray(table, key):
    """A row that only the destination has."""
    sql = f"select * from {table} where id = {key}"
    return {"target_key_value": [str(key)], "target_select_sql": sql}


def test_rows_only_in_the_destination_that_come_first_belong_to_the_same_table():
    renamed = both("shop.T_ORDER", "shop.orders", 5)
    rows = [stray("shop.orders", 1), row(source=[9], table="shop.T_ORDER"), renamed]
    for order in itertools.permutations(rows):
        answer = found(list(order))
        assert [line["table"] for line in cells_of(answer, "tables")] == ["shop.T_ORDER"]
        assert answer["totals"]["rows"] == 3


def test_a_mapped_database_is_no_other_table():
    fold = ValueDifferences()
    rows = [stray("hr_t.emp", 1), row(source=[2], table="hr.emp"), stray("hr_t.Dept", 3)]
    fold.feed({"contents_infos": rows}, source_db="hr", target_db="hr_t")
    answer = fit(fold.answer(job="x", task=None))
    told = {
        line["table"]: (line["rows"], line.get("destination"))
        for line in cells_of(answer, "tables")
    }
    assert told == {"hr.emp": (2, None), "hr.Dept": (1, "hr_t.Dept")}


def test_a_schema_that_is_another_at_the_destination_is_no_other_table_where_one_fits():
    rows = [row(source=[1], table="SALES.T_A"), stray("public.t_a", 2), stray("public.t_b", 3)]
    rows += [stray("other.t_b", 4), row(source=[5], table="SALES.T_B")]
    answer = found(rows, source_db="orcl")
    told = {line["table"]: line["rows"] for line in cells_of(answer, "tables")}
    assert told == {
        "orcl.SALES.T_A": 2,
        "orcl.SALES.T_B": 1,
        "orcl.public.t_b": 1,
        "orcl.other.t_b": 1,
    }


def test_tables_are_told_apart_by_the_parts_of_their_names():
    fold = ValueDifferences()
    for database, table in (("a", "`b.c`"), ("a.b", "`c`"), ("a", "`b`.`c`")):
        fold.feed(
            {"contents_infos": [row(source=[1], table=table)]}, source_db=database, target_db="z"
        )
    answer = fit(fold.answer(job="x", task=None))
    assert sorted(line["table"] for line in cells_of(answer, "tables")) == [
        '"a.b".c',
        'a."b.c"',
        "a.b.c",
    ]


def test_a_database_that_was_compared_with_two_others_has_its_tables_twice():
    fold = ValueDifferences()
    for target in ("one", "two"):
        fold.feed(
            {"contents_infos": [row(source=[1], table="t")]}, source_db="shop", target_db=target
        )
    answer = fit(fold.answer(job="x", task=None))
    assert [cells[0] for cells in answer["ranges"]["rows"]] == ["shop.t → one", "shop.t → two"]
    again = fold.answer(job="x", task=None)
    assert fit(again) == answer  # telling changes nothing
    chosen = fit(fold.answer(job="x", task=None, wanted="shop.t → two"))
    assert [cells[0] for cells in chosen["ranges"]["rows"]] == ["shop.t → two"]


# -- one table ---------------------------------------------------------------------------------

SEVERAL = [
    row(source=[1], table="shop.orders"),
    row(source=[2], table="shop.order_item"),
    row(source=["anna"], table='"SALES"."T x"'),
    both("shop.Log", "shop.audit", 4),
]


@pytest.mark.parametrize(
    ("wanted", "tables"),
    [
        ("shop.orders", ["shop.orders"]),
        ("orders", ["shop.orders"]),
        ("ORDERS", ["shop.orders"]),
        (" `shop`.[Orders] ", ["shop.orders"]),
        ("shop.SALES.T x", ["shop.SALES.T x"]),
        ("tx", ["shop.SALES.T x"]),
        ("shop.audit", ["shop.Log"]),
        ("audit", ["shop.Log"]),
        ("shop.order*", ["shop.order_item", "shop.orders"]),
        ("*o*", ["shop.Log", "shop.SALES.T x", "shop.order_item", "shop.orders"]),
        ("*X", ["shop.SALES.T x"]),
        *((every, ["shop.Log", "shop.SALES.T x", "shop.order_item", "shop.orders"])
          for every in ("", "*", "all", "null", "None")),
    ],
)  # fmt: skip
def test_a_table_is_asked_for_by_its_name_or_by_what_it_is_nearly_called(wanted, tables):
    answer = found(SEVERAL, wanted=wanted, include_values=True)
    assert sorted({cells[0] for cells in answer["ranges"]["rows"]}) == tables
    assert answer["totals"]["rows"] == len(tables)
    assert "notes" not in answer


def test_one_table_is_named_in_the_headline_and_what_is_left_out_is_said():
    answer = found(SEVERAL, wanted="orders")
    assert answer["headline"] == (
        "1 row differs in table 'shop.orders': 1 only in source. 3 other tables left out."
    )
    assert "hidden_keys" not in answer
    answer = found(SEVERAL, wanted="T x")
    assert answer["headline"].startswith("1 row differs in 1 table: 1 only in source. 3 other")
    assert answer["next"][0]["args"]["table"] == "T x"


@pytest.mark.parametrize("wanted", ["order", "shop", "shop.*x*z", "crm.orders", "''", "."])
def test_a_table_that_is_not_among_them_is_an_error_that_lists_them(wanted):
    with pytest.raises(ArgumentError) as refused:
        found(SEVERAL, wanted=wanted)
    assert str(refused.value) == (
        "No differing rows are listed for a table of that name. Tables with differing rows: "
        "'shop.Log', 'shop.order_item', 'shop.orders', 1 more."
    )


def test_a_name_that_fits_several_but_for_case_is_an_error_that_lists_those():
    rows = [row(source=[1], table="shop.T"), row(source=[1], table="shop.t"), *SEVERAL]
    assert found(rows, wanted="shop.t")["totals"]["rows"] == 1
    with pytest.raises(
        ArgumentError, match=r"Several tables fit that name: 'shop\.T', 'shop\.t'\. "
    ):
        found(rows, wanted="[t]")


def test_where_nothing_differs_no_table_is_missed():
    assert found([], {"count": 0}, wanted="orders")["headline"] == (
        "The value comparison lists no differing rows."
    )


def test_a_hostile_pattern_is_answered_at_once():
    began = time.monotonic()
    rows = [row(source=[1], table="shop." + "a" * 100)]
    with pytest.raises(ArgumentError):
        found(rows, wanted="a*" * 127 + "b")
    assert time.monotonic() - began < 1


# -- columns -----------------------------------------------------------------------------------


def keyed(where, key, **more):
    return {
        "source_key_value": key,
        "source_select_sql": f"SELECT * FROM `shop`.`t` WHERE {where}",
        **more,
    }


@pytest.mark.parametrize(
    ("where", "key", "columns"),
    [
        ("`id`=5", ["5"], "id"),
        ("`region` = 7 AND `id` = 5", ["5", "7"], "id, region"),
        ("`id` = 5 AND `deleted` = 0 AND `region` = 'EU'", ["5"], "id"),
        ("(`a`=-5) and t.`b`='6'", ["-5", "6"], "a, b"),
        ("1=1", {"id": "5"}, "id"),
        ("1=1", ["1"], None),
        ("`a` = 5 AND `b` = 5", ["5"], None),
        ("`a` = 5 OR `b` = 6", ["5", "6"], None),
        ("`a` > 5", ["5"], None),
    ],
)
def test_the_columns_of_a_key_are_told_where_the_statement_proves_them(where, key, columns):
    assert cells_of(found([keyed(where, key)]), "tables")[0].get("key") == columns


def test_the_columns_of_keys_that_are_row_data_are_told_with_the_values():
    rows = [keyed("`region` = 'EU' AND `id` = 5", ["EU", "5"])]
    assert "key" not in cells_of(found(rows), "tables")[0]
    assert cells_of(found(rows, include_values=True), "tables")[0]["key"] == "region, id"


@pytest.mark.parametrize("form", [dict, json.dumps, lambda key: [{one: key[one]} for one in key]])
def test_the_parts_of_an_object_belong_to_its_names_in_whatever_order_they_come(form):
    keys = [{"id": 5, "line": 7}, {"line": 5, "id": 7}, {"LINE": 9, "ID": 7}]
    answer = found([keyed("1=1", form(key)) for key in keys])
    assert cells_of(answer, "ranges")[0]["keys"] == "(5, 7)"
    assert [one["keys"] for one in cells_of(answer, "ranges")[1:]] == ["(7, 5)", "(7, 9)"]
    assert cells_of(answer, "tables")[0]["key"] == "id, line"


@pytest.mark.parametrize(
    ("there", "told"),
    [
        ({"line": 7, "id": 5}, None),
        ({"LINE": 7, "ID": 5}, None),
        ({"line": 8, "id": 5}, "(5, 8)"),
        ({"line": 5, "id": 7}, "(7, 5)"),
        ({"LINE_NO": 5, "ORDER_ID": 7}, None),  # other names: by position, as they came
    ],
)
def test_the_parts_of_the_destination_s_key_stand_in_the_order_of_the_source_s(there, told):
    rows = [
        keyed(
            "1=1",
            {"id": 5, "line": 7},
            target_key_value=there,
            target_select_sql="SELECT * FROM `shop`.`t` WHERE 1=1",
        )
    ]
    (line,) = cells_of(found(rows), "ranges")
    assert (line["keys"], line.get("destination_keys")) == ("(5, 7)", told)


def test_text_keys_of_the_same_values_under_exchanged_names_are_two_keys():
    keys = [{"first": "anna", "last": "kim"}, {"last": "anna", "first": "kim"}]
    told = found([keyed("1=1", key) for key in keys], include_values=True)
    assert [line["keys"] for line in cells_of(told, "ranges")] == [
        '["anna","kim"]',
        '["kim","anna"]',
    ]


def test_rows_that_only_one_side_has_are_told_in_the_same_order_of_names():
    there = {"line": 2, "id": 5}
    rows = [
        keyed("1=1", {"id": 5, "line": 1}),
        {"target_key_value": there, "target_select_sql": "SELECT * FROM `shop`.`t` WHERE 1=1"},
    ]
    told = [(line["kind"], line["keys"]) for line in cells_of(found(rows), "ranges")]
    assert told == [("only in source", "(5, 1)"), ("only in destination", "(5, 2)")]


def test_names_that_differ_in_case_alone_within_an_object_are_two_columns():
    keys = [{"id": 1, "ID": 2}, {"ID": 1, "id": 2}]
    told = cells_of(found([keyed("1=1", key) for key in keys]), "ranges")
    assert [line["keys"] for line in told] == ["(1, 2)", "(2, 1)"]


def test_a_list_has_no_names_and_is_read_by_position():
    told = cells_of(found([keyed("1=1", ["5", "7"]), keyed("1=1", ["7", "5"])]), "ranges")
    assert [line["keys"] for line in told] == ["(5, 7)", "(7, 5)"]


def test_no_columns_are_told_of_keys_that_came_under_several_names():
    told = found([keyed("1=1", {"id": "5"}), keyed("1=1", {"number": "6"})])
    assert "key" not in cells_of(told, "tables")[0]


# -- what is claimed ---------------------------------------------------------------------------


def test_no_list_is_no_list_of_none():
    fold = ValueDifferences()
    fold.feed({}, source_db="a", target_db="a")
    assert fit(fold.answer(job="x", task=None))["headline"] == (
        "DRS sent no list of differing rows: whether rows differ is unknown."
    )
    fold.feed({"contents_infos": []}, source_db="b", target_db="b")
    answer = fit(fold.answer(job="x", task=None))
    assert answer["headline"] == "The value comparison lists no differing rows."
    assert answer["notes"] == ["DRS sent no list for 1 database: unknown there."]


@pytest.mark.parametrize(
    ("claims", "told"),
    [({"count": 9}, "9 differing rows"), ({"source_meta_is_null": "1"}, "1 differing row"),
     ({"count": 0, "target_meta_is_null": 2, "source_meta_is_null": 3}, "5 differing rows")],
)  # fmt: skip
def test_rows_that_are_counted_and_not_listed_are_no_agreement(claims, told):
    assert found([], claims)["headline"] == f"DRS counts {told} but lists none."


# -- row data ----------------------------------------------------------------------------------

_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="0123456789-"), min_size=1)


def literal(value):
    return "'" + value.replace("'", "''") + "'"


@given(st.lists(st.tuples(_TEXTS, _TEXTS), min_size=1, max_size=12, unique_by=lambda pair: pair[0]))
def test_without_values_an_answer_does_not_depend_on_what_rows_hold(texts):
    def answer(side):
        rows = []
        for number, pair in enumerate(texts):
            sql = f"SELECT * FROM shop.t WHERE name = {literal(pair[side])} AND n = {number}"
            rows.append(
                {
                    "source_key_value": [pair[side], str(number)],
                    "target_key_value": [pair[side], str(number)] if number % 2 else [],
                    "source_select_sql": sql,
                }
            )
        return found(rows)

    assert answer(0) == answer(1)


# What a terminal would obey leaves an answer, and so do secrets: such keys are not told whole.
_HARMLESS = st.text(
    st.characters(codec="utf-8", exclude_characters=["\x1b", *map(chr, range(0x7F, 0xA0))])
)


def test_a_secret_in_a_key_is_hidden_however_it_is_spelt():
    rows = [
        row(source=["pass\u200bword\u001b[0m = Qz7hunter2Xy9"]),
        row(source=["token: Qz7hunter2Xy9"]),
    ]
    told = compact(found(rows, include_values=True))
    assert "hunter2" not in told
    assert "***" in told


@given(st.lists(st.lists(st.one_of(st.none(), _HARMLESS), min_size=1, max_size=3), max_size=20))
def test_different_keys_are_told_differently_and_every_one_is(keys_):
    rows = [
        {"source_key_value": key, "source_select_sql": "select * from t where 1=1"} for key in keys_
    ]
    told = found(rows, include_values=True, limit=400, max_chars=30_000)
    if not told.get("ranges"):
        return
    lines = [line[1] for line in keys(told)]
    assert len(lines) == len(set(lines))
    texts = {tuple(key) for key in keys_ if integers(key) is None}
    assert len([line for line in lines if not re.fullmatch(r"[\d(][\d–, ()-]*", line)]) <= len(
        texts
    )
    assert sum(line[2] for line in keys(told)) == len(keys_)

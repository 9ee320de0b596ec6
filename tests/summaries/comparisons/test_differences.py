"""Key ranges of differing rows: exact, per table, and silent about row data."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.serving.budget import compact, fit
from drs_mcp.summaries.comparisons.differences import ValueDifferences
from drs_mcp.summaries.comparisons.key_ranges import integers, key_runs
from drs_mcp.summaries.comparisons.name_groups import group_names
from drs_mcp.summaries.comparisons.select_sql import selected
from tests.support import examples


def found(rows, counters=None, source_db="shop", **how):
    fold = ValueDifferences()
    fold.feed({**(counters or {}), "contents_infos": rows}, source_db=source_db, target_db="shop")
    return fit(fold.answer(job="shop-sync", task=None, **how))


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


def test_keys_that_are_not_integers_stay_hidden_unless_asked_for():
    rows = [row(source=["anna@example.com"]), row(source=["bert@example.com"])]
    answer = found(rows)
    assert "anna" not in compact(answer)
    assert answer["hidden_keys"] == 2
    assert answer["next"][0]["args"]["include_values"] is True
    shown = found(rows, include_values=True)
    assert shown["values"]["rows"] == [
        ["shop.orders", "only in source", 2, "anna@example.com", "bert@example.com"]
    ]


def test_shown_keys_are_grouped_by_what_is_fixed_in_them_with_first_last_and_samples():
    rows = [row(source=["EU", n]) for n in range(1, 901)] + [row(source=["US", 7])]
    shown = found(rows, include_values=True)
    assert shown["values"]["rows"] == [
        ["shop.orders", "only in source", 900, "EU/1", "EU/900", "EU/2, EU/3, EU/4, EU/5, EU/6"],
        ["shop.orders", "only in source", 1, "US/7", None, None],
    ]
    assert "hidden_keys" not in shown


def test_texts_that_share_nothing_are_one_group():
    rows = [row(source=[f"{number:x}@example.com"]) for number in range(500)]
    shown = found(rows, include_values=True)["values"]
    assert [cells[2] for cells in shown["rows"]] == [500]


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
        ["shop.orders", "select * from shop.orders where id = ?"]
    ]


def test_a_template_holds_no_value_however_it_is_quoted():
    statement = (
        'SELECT * FROM `shop`.`orders` WHERE `name` = "anna" AND "id" = 5 AND `at` = DATE '
        "'2026-01-01' AND `note` IN ('a', \"b\") AND `price` > -1.50"
    )
    answer = found([{"source_key_value": ["5"], "source_select_sql": statement}], include_sql=True)
    assert dict(answer["sql"])["shop.orders"] == (
        'SELECT * FROM `shop`.`orders` WHERE `name` = ? AND "id" = ? AND `at` = DATE ? '
        "AND `note` IN (?, ?) AND `price` > ?"
    )


def test_templates_of_more_than_twenty_tables_are_cut_and_that_is_said():
    rows = [row(source=[1], table=f"shop.{letter}x") for letter in "abcdefghijklmnopqrstu"]
    answer = found(rows, include_sql=True)
    assert len(answer["sql"]) == 20
    assert "SQL of the first 20 tables only." in answer["notes"]


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


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ("select * from may_5.table_name_0 where id = 5", "may_5.table_name_0"),
        ("SELECT `a`,`from` FROM `shop`.`order``s` WHERE `id`='x'", "shop.order`s"),
        ('SELECT "A" FROM "SALES"."T_ORDER" WHERE "ID" = 1', "SALES.T_ORDER"),
        ("SELECT [a] FROM [dbo].[t x]", "dbo.t x"),
        ("SELECT 'x from evil.t' FROM good.t", "good.t"),
        ("SELECT * FROM\n  db . t", "db.t"),
        ("SELECT * FROM (SELECT 1)", None),
        ("DELETE FROM shop.orders", None),
        ("", None),
        ("select 1", None),
    ],
)
def test_the_table_is_read_from_the_select_or_is_unknown(sql, table):
    assert selected(sql).table == table


@given(st.text(max_size=200))
def test_any_text_can_be_read(sql):
    selected(sql)

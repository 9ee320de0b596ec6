"""Key ranges of differing rows: exact, per table, and silent about row data."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.summaries.compare_differences import ValueDifferences
from drs_mcp.summaries.key_ranges import integers, key_runs
from drs_mcp.summaries.name_groups import group_names
from drs_mcp.summaries.select_sql import selected
from drs_mcp.tools.budget import compact, fit
from tests import examples


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


def test_one_template_stands_for_all_statements_and_only_on_request():
    rows = [row(source=[n]) for n in range(3)]
    assert "sql" not in found(rows)
    assert found(rows, include_sql=True)["sql"] == {
        "shop.orders": "select * from shop.orders where id = ?"
    }


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
    fixed, _, last = (
        span.strip("()").rpartition(", ")
        if span.startswith("(") and ", " in span
        else ("", "", span)
    )
    first, *end = re.findall(r"-?\d+", last.replace("–", " "))
    prefix = tuple(int(part) for part in fixed.split(", ")) if fixed else ()
    stop = int(end[0]) if end else int(first)
    return [(*prefix, number) for number in range(int(first), stop + 1)]


@given(st.sets(st.tuples(st.integers(-50, 300)), max_size=80))
def test_every_integer_key_can_be_told_from_the_ranges(keys):
    told = [key for span, _ in key_runs(keys) for key in expand(span)]
    assert sorted(told) == sorted(keys)


@given(st.sets(st.tuples(st.integers(0, 3), st.integers(0, 60)), max_size=80))
def test_every_composite_key_can_be_told_from_the_ranges(keys):
    told = [key for span, _ in key_runs(keys) for key in expand(span)]
    assert sorted(told) == sorted(keys)


@given(st.lists(st.integers(0, 500), unique=True, max_size=60))
def test_every_number_in_a_grouped_name_can_be_told(numbers):
    names = [f"orders_{n:04}" for n in numbers]
    groups = group_names(names, [0] * len(names))
    told = []
    for group in groups:
        inside = re.search(r"\[(.*)\]", group.name)
        if inside is None:
            told.append(group.name)
            continue
        for part in inside[1].split(","):
            first, _, last = part.partition("-")
            told += [f"orders_{n:04}" for n in range(int(first), int(last or first) + 1)]
    assert sorted(told) == sorted(names)


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

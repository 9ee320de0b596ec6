"""`by=table`: the tables that a log names, most errors first."""

import pytest

from tests.support.log_rows import START, at, cells, entries, entry, tables

MISSING = "Table '{}' doesn't exist"


def ranked(found):
    columns = ("table", "errors", "warnings", "entries")
    return [tuple(row[one] for one in columns) for row in cells(found, "tables")]


def test_tables_are_ranked_by_errors_then_warnings_then_entries():
    rows = [
        *(entry(MISSING.format("shop.orders"), "Error", n) for n in range(3)),
        entry(MISSING.format("shop.order-item"), "Error", 10),
        entry("Slow apply on SHOP.T_PRICE: 5 ms", "Warn", 20),
        *(entry("Applied 5 rows to SHOP.T_STOCK", "Info", n) for n in range(30, 50)),
        entry("Heartbeat", "Info", 100),
    ]
    found = tables(rows)
    assert ranked(found) == [
        ("shop.orders", 3, 0, 3),
        ("shop.order-item", 1, 0, 1),
        ("SHOP.T_PRICE", 0, 1, 1),
        ("SHOP.T_STOCK", 0, 0, 20),
    ]
    assert found["headline"] == (
        "4 tables named in 26 log entries; most by 'shop.orders': 3 errors."
    )
    assert (found["naming"], found["levels"]) == (25, {"error": 4, "warn": 1, "info": 21})


@pytest.mark.parametrize(
    "message",
    [
        "Applied {n} rows to shop.orders.",
        "Applied {n} rows to shop.orders. Next batch in 5 s",
        "copied shop.orders, {n} rows",
        "rows of shop.orders: {n}",
        "shop.orders; {n} rows left",
    ],
)
def test_a_name_may_end_a_sentence(message):
    rows = [entry(message.format(n=n), "Info", n) for n in range(100, 140)]
    found = tables([*rows, entry("write table shop.orders failed", "Error", 200)])
    assert [(row["table"], row["entries"]) for row in cells(found, "tables")] == [
        ("shop.orders", 41)
    ]


@pytest.mark.parametrize(
    "message", ["at com.shop.Orders.apply", "see shop.orders..backup", "shop.orders.a.b"]
)
def test_what_goes_on_behind_a_name_is_no_table(message):
    found = tables([entry("write table shop.item failed", "Error", 1), entry(message, "Error", 2)])
    assert "shop.orders" not in [row["table"] for row in cells(found, "tables")]


def test_a_table_carries_when_it_was_named_and_the_newest_entry_of_its_gravest_level():
    rows = [
        entry(MISSING.format("shop.orders"), "Error", 10),
        entry(MISSING.format("shop.orders") + " at all", "Error", 20),
        entry("table shop.orders is skipped", "Warn", 100),
        entry("begun", "Info", 0),
    ]
    row = cells(tables(rows), "tables")[0]
    assert (row["first"], row["last"]) == (at(10), at(100))
    assert row["newest"] == MISSING.format("shop.orders") + " at all"
    assert row["time"] == "0990000009"


def test_filters_apply_to_the_counts_and_the_headline():
    rows = [
        *(entry(MISSING.format("shop.orders"), "Error", n) for n in range(4)),
        *(entry("table shop.stock is slow", "Warn", n) for n in range(4, 7)),
    ]
    found = tables(rows, level="warn")
    assert ranked(found) == [("shop.stock", 0, 3, 3)]
    assert found["headline"] == (
        "1 table named in 3 matching of 7 log entries; most by 'shop.stock': 3 warnings."
    )
    assert ranked(tables(rows, since=START.replace(second=3), contains="orders")) == [
        ("shop.orders", 1, 0, 1)
    ]
    assert tables(entries("nothing here"))["headline"] == "No table is named in 1 log entry."


def test_tables_come_in_pages_that_ask_for_the_same():
    rows = entries(*(MISSING.format(f"shop.t_{n:03}") for n in range(120)))
    names, offset = [], 0
    while True:
        found = tables(rows, level="error", offset=offset, limit=50)
        names += [name for name, *_ in ranked(found)]
        if "next" not in found:
            break
        args = found["next"][0]["args"]
        assert (args["by"], args["level"], args["limit"]) == ("table", "error", 50)
        offset = args["offset"]
    assert names == [f"shop.t_{n:03}" for n in range(120)]


def test_a_host_is_no_table_unless_it_stands_among_tables_of_its_schema():
    rows = entries("cannot reach db.internal", "write shop.orders failed", "table shop.item failed")
    assert [name for name, *_ in ranked(tables(rows))] == ["shop.item", "shop.orders"]


def test_where_nothing_is_plainly_a_table_all_that_may_be_one_is_told():
    rows = entries(
        "apply to shop.orders failed", "apply to shop.items failed", "apply to shop.orders failed"
    )
    assert ranked(tables(rows)) == [("shop.orders", 2, 0, 2), ("shop.items", 1, 0, 1)]


def test_tables_are_named_as_patterns_name_them():
    rows = entries(
        'copy of table "public"."Order Details" failed: timeout',
        "Invalid object name '[dbo].[Order Details]'.",
        "表 `商城`.`订单 明细` 写入失败",
        "apply event=[type=table_data, schema_name=shop, object_name=items, n=5] occur error",
    )
    assert sorted(name for name, *_ in ranked(tables(rows))) == [
        "dbo.Order Details", "public.Order Details", "shop.items", "商城.订单 明细",
    ]  # fmt: skip

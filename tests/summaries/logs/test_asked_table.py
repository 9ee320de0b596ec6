"""Which lines name the table that is asked for, however they write its name."""

import pytest

from drs_mcp.summaries.logs.naming.asked import AskedTable


@pytest.mark.parametrize(
    "line",
    [
        "Applied 5 rows to shop.orders.",
        "write table SHOP.ORDERS failed: Duplicate entry",
        "ALTER TABLE `shop`.`orders` ADD COLUMN `geo` GEOMETRY NULL",
        'INSERT INTO "shop"."orders" failed',
        "violation in [shop].[orders]",
        "violation in [shop].[dbo].[orders]",
        "apply event=[index=7, schema_name=shop, object_name=orders, record_num=800] occur error",
        "read table shop.public.orders failed",
        "库shop表orders写入失败",
        "写表shop.orders失败",
        "write table `orders` failed: Lock wait timeout exceeded",
        "database=shop, table=orders: Duplicate entry",
    ],
)
def test_a_line_names_the_table_in_whatever_way_it_writes_the_name(line):
    assert AskedTable(("shop", "orders")).is_named_in(line)


@pytest.mark.parametrize(
    "line",
    [
        "Applied 5 rows to shop.orders_2024.",
        "Applied 5 rows to eshop.orders.",
        "Applied 5 rows to crm.orders.",
        "apply event=[schema_name=crm, object_name=orders] occur error",
        "apply event=[schema_name=shop, object_name=orders_archive] occur error",
        "database=crm, table `orders`: Duplicate entry",
        "the orders of the day were carried out",
        "写表shop.orders_bak失败",
    ],
)
def test_a_line_about_another_table_does_not_name_it(line):
    assert not AskedTable(("shop", "orders")).is_named_in(line)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Applied 5 rows to crm.orders.", True),
        ("object_name=orders, record_num=3", True),
        ("写表crm.orders失败", True),
        ("Applied 5 rows to crm.orders_2024.", False),
        ("Applied 5 rows to crm.reorders.", False),
    ],
)
def test_a_name_without_a_database_is_that_of_any(line, named):
    assert AskedTable(("orders",)).is_named_in(line) is named


def test_a_chinese_name_may_be_touched_by_the_words_around_it():
    assert AskedTable(("crm", "客户")).is_named_in("写表crm.客户失败")


def test_a_closing_quote_within_a_name_may_stand_twice():
    asked = AskedTable(("dbo", "a ] b"))
    assert asked.is_named_in("write table [dbo].[a ]] b] failed")
    assert asked.is_named_in("write table dbo.a ] b failed")
    assert not asked.is_named_in("write table [dbo].[a ]]] b] failed")
    assert AskedTable(("a`",)).is_named_in("table `shop`.`a```")

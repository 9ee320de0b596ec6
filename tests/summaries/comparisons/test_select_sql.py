"""The table that a SELECT reads, in the words of every dialect; what cannot be read is unknown."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.summaries.comparisons.sql.from_clause import head_of, table_of
from drs_mcp.summaries.comparisons.sql.tokens import Kind, Unreadable, read, tokens
from drs_mcp.summaries.comparisons.sql.where_clause import key_columns, template_of

READ = [
    ("select * from may_5.table_name_0 where id = 5", ("may_5", "table_name_0")),
    ("SELECT `a`,`from` FROM `shop`.`order``s` WHERE `id`='x'", ("shop", "order`s")),
    ('SELECT "A" FROM "SALES"."T_ORDER" WHERE "ID" = 1', ("SALES", "T_ORDER")),
    ("SELECT [a] FROM [dbo].[t x]", ("dbo", "t x")),
    ("SELECT[a]FROM[dbo].[t]]x]WHERE[a]=1", ("dbo", "t]x")),
    ("SELECT 'x from evil.t' FROM good.t", ("good", "t")),
    ("SELECT * FROM\n  db . t", ("db", "t")),
    (
        'SELECT EXTRACT(EPOCH FROM "updated_at"), "id" FROM "public"."orders" WHERE "id"=1',
        ("public", "orders"),
    ),
    (
        "SELECT SUBSTRING(x FROM 1 FOR 2), TRIM(BOTH ' ' FROM y), OVERLAY(a PLACING b FROM 1) FROM t",
        ("t",),
    ),
    ("SELECT * FROM ONLY public.orders WHERE id=1", ("public", "orders")),
    ("SELECT * FROM ONLY (public.orders) WHERE id=1", ("public", "orders")),
    ("SELECT * FROM only WHERE id=1", ("only",)),
    ("SELECT /* copied from old_orders */ * FROM `shop`.`orders` WHERE `id`=1", ("shop", "orders")),
    ("SELECT -- from x\n * FROM t", ("t",)),
    ("SELECT # from x\n * FROM t", ("t",)),
    ("SELECT * FROM #tmp WHERE a = 1", ("#tmp",)),
    ("SELECT * FROM tempdb..#tmp", ("tempdb", "#tmp")),
    ("SELECT * FROM [srv].[shop].[dbo].[orders] WHERE id=1", ("shop", "dbo", "orders")),
    ("SELECT * FROM srv.shop..orders", ("shop", "orders")),
    (
        "/*+ SET_VAR(max_execution_time=0) */ SELECT * FROM `shop`.`orders` WHERE `id`=1",
        ("shop", "orders"),
    ),
    ("(SELECT * FROM shop.orders WHERE id=1)", ("shop", "orders")),
    ("-- x\nSELECT * FROM t", ("t",)),
    ("SELECT /*+ PARALLEL(t, 4) FULL(t) */ * FROM t", ("t",)),
    ("SELECT * FROM shop..orders", ("shop", "orders")),
    ('SELECT * FROM "a.b"."c d"."e""f"', ("a.b", "c d", 'e"f')),
    ("WITH x AS (SELECT * FROM evil) SELECT * FROM shop.orders", ("shop", "orders")),
    ("WITH x AS (SELECT * FROM shop.orders WHERE id = 1) SELECT * FROM x", ("shop", "orders")),
    (
        "WITH RECURSIVE x(a, b) AS MATERIALIZED (SELECT 1), y AS (SELECT * FROM x) SELECT * FROM s.t JOIN y ON 1=1",
        ("s", "t"),
    ),
    ("WITH x AS (SELECT * FROM x) SELECT * FROM x", ("x",)),
    ("SELECT * FROM (shop.orders)", ("shop", "orders")),
    ("SELECT * FROM ((shop.orders))", ("shop", "orders")),
    ("SELECT * FROM (SELECT a FROM shop.orders WHERE b = 1) t", ("shop", "orders")),
    ("SELECT * FROM (SELECT * FROM a UNION ALL SELECT * FROM a) t", ("a",)),
    ("SELECT * FROM shop.orders AS o, LATERAL (SELECT 1 FROM x) y", ("shop", "orders")),
    ("SELECT * FROM shop.orders o CROSS JOIN LATERAL (SELECT 1 FROM x) y", ("shop", "orders")),
    ("SELECT o.* FROM shop.orders o WHERE EXISTS (SELECT 1 FROM evil)", ("shop", "orders")),
    ("SELECT (SELECT max(a) FROM evil), b FROM good.t", ("good", "t")),
    ('SELECT*FROM"public"."orders"WHERE"id"=1', ("public", "orders")),
    ("SELECT*FROM`shop`.`orders`WHERE`id`=1", ("shop", "orders")),
    ("SELECT N'x FROM evil', E'it\\'s FROM evil' FROM t", ("t",)),
    ("SELECT $$ FROM evil $$, $q$ it's FROM evil $q$ FROM t", ("t",)),
    ("SELECT q'[it's FROM evil]' FROM t", ("t",)),
    ("SELECT nq'!it's FROM evil!' FROM t", ("t",)),
    ("select * from 销售.订单 where 编号 = 1", ("销售", "订单")),
    ("SeLeCt * FrOm Shop.Orders wHeRe x=1", ("Shop", "Orders")),
    ("SELECT * FROM Größe.straße", ("Größe", "straße")),
    ("SELECT a IS DISTINCT FROM b AS c FROM t", ("t",)),
    ("SELECT a IS NOT DISTINCT FROM b FROM t", ("t",)),
    ("SELECT DISTINCT a FROM t", ("t",)),
    ("SELECT * FROM dbo.t (NOLOCK) WHERE a=1", ("dbo", "t")),
    ("SELECT * FROM dbo.t WITH (NOLOCK) WHERE a=1", ("dbo", "t")),
    ("SELECT TOP 1 * FROM [dbo].[t]", ("dbo", "t")),
    ("SELECT * FROM `shop`.`t` PARTITION (p0) WHERE a=1", ("shop", "t")),
    ("SELECT * FROM sys.orders@remote WHERE a=1", ("sys", "orders")),
    ("SELECT * FROM shop.orders AS OF SCN 12 WHERE a=1", ("shop", "orders")),
    ("SELECT * FROM 2024_orders", ("2024_orders",)),
    ("SELECT * FROM db.2024_orders", ("db", "2024_orders")),
    ("SELECT * FROM V$SESSION", ("V$SESSION",)),
    ("SELECT * FROM APEX#1.T#2", ("APEX#1", "T#2")),
    ("SELECT `a FROM b` FROM t", ("t",)),
    ('SELECT "a FROM b" FROM t', ("t",)),
    ("SELECT a[1], ARRAY[1,2] FROM t", ("t",)),
    ("SELECT data->>'x', data#>'{a}' FROM t", ("t",)),
    ("SELECT 'C:\\' FROM a WHERE b = 'x'", ("a",)),
    ("SELECT 'it\\'s FROM evil' FROM t", ("t",)),
    ("SELECT FROM t", ("t",)),
    ("SELECT INTERVAL '1' DAY FROM t", ("t",)),
    ("SELECT CASE WHEN a THEN 'FROM b' END FROM t", ("t",)),
    ("SELECT a FROM t;", ("t",)),
    ("SELECT * FROM shop.window", ("shop", "window")),
    ("SELECT * FROM start WHERE a=1", ("start",)),
    ("SELECT * FROM \u3000t", ("t",)),
    ("SELECT STRAIGHT_JOIN * FROM a JOIN b", ("a",)),
    ("SELECT POSITION('a' IN b), a.from FROM t", ("t",)),
]
UNREAD = [
    "SELECT * FROM (SELECT 1)",
    "DELETE FROM shop.orders",
    "",
    "select 1",
    "SELECT * FROM a.b.c.d.e",
    "WITH x AS (SELECT 1 UNION ALL SELECT a+1 FROM x) SELECT * FROM x",
    "SELECT * FROM (SELECT * FROM a JOIN b ON 1=1) t",
    "SELECT * FROM (SELECT * FROM a, b) t",
    "SELECT * FROM (SELECT * FROM a UNION ALL SELECT * FROM b) t",
    "SELECT * FROM generate_series(1, 2)",
    "SELECT * FROM TABLE(f(1)) x",
    "SELECT * FROM t WHERE a = 'unclosed",
    "SELECT * FROM (t",
    "SELECT /* FROM x",
    "SELECT * FROM",
    "SELECT /* a /* b */ FROM x */ * FROM t",
    "call compare(1)",
    "SELECT * FROM 'orders'",
    "SELECT * FROM 5",
    "SELECT 1 UNION SELECT 2 FROM t",
    "SELECT x FROM a UNION SELECT x FROM b",
    "SELECT * FROM (VALUES (1)) v",
    'SELECT * FROM U&"d\\0061ta"',
    "SELECT * FROM ``",
    "EXPLAIN SELECT * FROM t",
    "SELECT /* FROM x */ 1",
    "SELECT '\\' FROM a --' FROM b",
]


@pytest.mark.parametrize(("sql", "parts"), READ)
def test_the_table_is_read_from_the_select(sql, parts):
    assert table_of(sql) == parts


@pytest.mark.parametrize("sql", UNREAD)
def test_what_cannot_be_read_or_could_be_read_in_two_ways_has_no_table(sql):
    assert table_of(sql) is None


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12)
_QUOTES = {"`": "`", '"': '"', "[": "]"}


@given(st.lists(NAMES, min_size=1, max_size=3), st.sampled_from(sorted(_QUOTES)), st.booleans())
def test_a_quoted_name_is_read_whatever_it_holds(parts, quote, spaced):
    end = _QUOTES[quote]
    dot = " . " if spaced else "."
    name = dot.join(quote + part.replace(end, end * 2) + end for part in parts)
    if "\\" not in name:
        assert table_of(f"SELECT*FROM{name}WHERE 1=1") == tuple(parts)
        assert table_of(f"SELECT a, 'x FROM y', f(b FROM c) FROM ({name}) AS x") == tuple(parts)


@given(st.text(max_size=200))
def test_any_text_can_be_read(sql):
    for text in (sql, f"SELECT * FROM {sql}", f"WITH {sql}", f"SELECT * FROM t WHERE {sql}"):
        table_of(text)
        template_of(text)
        key_columns(text, ["1"])
        assert text.startswith(head_of(text))


@pytest.mark.parametrize(
    "hostile",
    ["/*" * 500_000, "'" * 999_999, '"' * 999_999, "$a$" * 300_000, "[" * 10**6, "#" * 10**6, "(" * 10**6,
     "_a" * 500_000, "1" * 10**6, "q'[" * 300_000, "\\'" * 500_000, "--" * 500_000, "a." * 500_000,
     "SELECT * FROM (" * 60_000, "WITH a AS (" * 90_000, "SELECT * FROM t UNION " * 40_000,
     "WITH " + ",".join(f"c{n} AS (SELECT * FROM c{n + 1} UNION SELECT * FROM c{n + 1})" for n in range(40))
     + " SELECT * FROM c0"],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_hostile_text_is_read_in_time_that_grows_with_its_length(hostile):
    began = time.monotonic()
    for text in (hostile, hostile[:99_000]):
        table_of(text)
        template_of(text)
        key_columns(text, ["1"])
    assert time.monotonic() - began < 8


def test_a_statement_of_more_than_100_000_characters_is_not_read():
    with pytest.raises(Unreadable):
        tokens("SELECT " + "a," * 50_000, escapes=False)
    assert read("SELECT 'open") == []


def test_each_character_but_of_blanks_and_comments_is_in_one_token():
    sql = "SELECT a->>'x', `b`--c\n,[d]/* e */FROM t"
    found = tokens(sql, escapes=False)
    assert "".join(token.written for token in found) == "SELECTa->>'x',`b`,[d]FROMt"
    assert all(sql[token.start : token.end] == token.written for token in found)
    assert [token.written for token in found if token.kind is Kind.NAME] == ["`b`", "[d]"]


# -- what stands behind WHERE ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "template"),
    [
        ("select * from t where id = 5", "select * from t where id = ?"),
        ("select /* anna */ a -- bert\n from t", "select a from t"),
        ("select * from t where a = 'it''s' and b = N'x'", "select * from t where a = ? and b = ?"),
        ("select * from t where name = anna@example.com or b = New York",
         "select * from t where name = ? or b = ?"),
        ("select * from t where a between 1 and 5 and b is not null order by c limit 5",
         "select * from t where a between ? and ? and b is not null order by c limit ?"),
        ("SELECT * FROM t2 WHERE x = 0x4142 AND LOWER(`n`) = 'x'", "SELECT * FROM t2 WHERE x = ? AND LOWER(`n`) = ?"),
        ("SELECT * FROM t WHERE at = TO_DATE('2026', 'YYYY')", "SELECT * FROM t WHERE at = TO_DATE(?, ?)"),
        ('SELECT * FROM t WHERE "a"."b" LIKE "anna" AND c IN (1, -2)',
         'SELECT * FROM t WHERE "a"."b" LIKE ? AND c IN (?, ?)'),
        ("SELECT * FROM t WHERE id = 'C:\\'", "SELECT * FROM t WHERE id = ?"),
        ("SELECT * FROM t WHERE id = 'anna", ""),
    ],
)  # fmt: skip
def test_a_template_is_the_statement_without_values_and_comments(sql, template):
    assert template_of(sql) == template


@given(st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=3, max_size=12))
def test_no_value_is_in_a_template_however_it_is_written(value):
    value = f"zq{value}"
    for written in (
        f"'{value}'",
        f'"{value}"',
        value,
        f"N'{value}'",
        f"$${value}$$",
        f"q'[{value}]'",
    ):
        for where in (f"a = {written}", f"a IN (1, {written})", f"a LIKE {written} AND b = 5"):
            assert value not in template_of(
                f"SELECT * FROM t /* {value} */ WHERE {where} -- {value}"
            )


def test_columns_belong_to_the_parts_of_a_key_by_their_values_alone():
    sql = "SELECT * FROM t WHERE `b` = 'x''y' AND a = -5 AND c IS NULL AND d = 9"
    assert key_columns(sql, ["-5", "x'y", None]) == ("a", "b", "c")
    assert key_columns(sql, ["9", "9"]) == key_columns(sql, ["8"]) == ()
    assert key_columns("SELECT * FROM t WHERE a = 5 AND b = 5", ["5", "5"]) == ("a", "b")
    assert key_columns("SELECT * FROM t WHERE (a = 5 OR b = 6) AND c = 7", ["7"]) == ("c",)
    assert key_columns("SELECT * FROM t", ["7"]) == ()

"""What the values of a kind did: numbers with their course and sums, names with their counts."""

import pytest

from drs_mcp.summaries.logs.kinds.numbers import amount, numbers
from drs_mcp.summaries.logs.kinds.slots import places
from drs_mcp.summaries.logs.masks import Keys
from tests.support.log_rows import cells, entries, entry, facts, patterns


def slot(kind, label, unit=None):
    """The slot of a kind after a word, and before another one."""
    return next(
        one for one in kind.slots if one.label == label and (unit is None or one.unit == unit)
    )


@pytest.mark.parametrize(
    ("words", "values", "unit"),
    [
        (["5", "70"], [5, 70], ""),
        (["5,", "70,"], [5, 70], ""),
        (["(12%,", "(7%,"], [12, 7], "%"),
        (["rows=5;", "rows=12;"], [5, 12], ""),
        (["1,200,000", "35"], [1200000, 35], ""),
        (["7.9", "8"], [7.9, 8], ""),
        (["-3", "4"], [-3, 4], ""),
        (["2KB", "1MB"], [2048, 2**20], "bytes"),
        (["250ms", "2s"], [0.25, 2], "s"),
        (["已等待60秒", "已等待7200秒。"], [60, 7200], "s"),
        (["已写入12行"], [12], "行"),
    ],
)
def test_numbers_are_read_with_the_unit_glued_to_them(words, values, unit):
    read = numbers(words)
    assert (read.values, read.base) == (values, unit)


@pytest.mark.parametrize(
    "words", [["five"], ["5", "many"], ["10.0.0.1"], ["0x1f"], ["2026-11-20"], ["3kg"], ["nan"]]
)
def test_what_is_no_number_is_none(words):
    assert numbers(words) is None


def test_a_slot_is_told_by_the_words_around_it():
    key = Keys().key("waiting 60 s for table shop.t_1, used=7 of 8 GB")
    told = [(place.label, place.unit) for place in places(key)]
    assert told == [("waiting", "s"), ("table", ""), ("used", "of"), ("of", "GB")]


def test_the_numbers_of_a_kind_keep_first_last_least_greatest_and_sum():
    waits = [60, 120, 7200, 30, 240]
    rows = [entry(f"waiting {wait} s for a slot", "Warn", n) for n, wait in enumerate(waits)]
    (kind,) = facts(rows[::-1]).warnings
    one = slot(kind, "waiting", "s")
    assert (one.first, one.last, one.least, one.greatest) == (60, 240, 30, 7200)
    assert (one.total, one.count, one.moves) == (sum(waits), 5, True)


def test_numbers_that_move_inside_of_one_kind_are_found_in_lines_of_different_length():
    rows = [
        entry("used 7.1 of 8.0 GB on node 10.0.0.1", "Warn", 1),
        entry("used 7.9 of 8.0 GB on node 10.0.0.1 port 22", "Warn", 2),
    ]
    (kind,) = facts(rows).warnings
    assert (slot(kind, "used").first, slot(kind, "used").last) == (7.1, 7.9)
    assert slot(kind, "of").greatest == 8


def test_counts_are_summed_for_each_table_of_the_same_line():
    rows = entries(
        *(f"Applied {n} rows to shop.t_{n % 2} in {n} ms" for n in range(1, 11)), level="Info"
    )
    (kind,) = facts(rows).infos
    one = slot(kind, "Applied", "rows")
    assert one.total == 55
    assert one.by_name == {"shop.t_0": 30, "shop.t_1": 25}
    assert slot(kind, "in", "ms").by_name == {}
    found = patterns(rows)
    assert cells(found, "sums") == [
        {"of": "Applied * rows", "sum": 55, "table": "shop.t_0", "table_sum": 30}
    ]


def test_the_table_that_errors_name_most_is_the_one_whose_sum_is_told():
    rows = entries(*(f"Applied {n} rows to shop.t_{n}" for n in range(1, 6)), level="Info")
    rows += entries(*["write table shop.t_2 failed: boom"] * 2, "apply of shop.t_2 stopped at 5")
    assert cells(patterns(rows), "sums")[0]["table"] == "shop.t_2"


def test_sums_of_times_and_numbers_without_a_word_for_what_they_count_are_not_told():
    rows = entries(*(f"took {n} ms for shop.t_{n % 3}, retry {n} of 9" for n in range(9)))
    assert "sums" not in patterns(rows)


# -- how kinds are shown -----------------------------------------------------------------------


def test_a_kind_of_one_entry_stands_there_as_it_is():
    rows = [*entries("newest", level="Error"), *entries("slow on shop.t_1: 12 ms", level="Warn")]
    assert cells(patterns(rows))[1]["sample"] == "slow on shop.t_1: 12 ms"


def test_what_is_the_same_in_all_entries_is_not_masked():
    rows = entries(*(f"slow on shop.t_1: {n} ms, session {n}" for n in (5, 70)), level="Warn")
    assert cells(patterns(rows))[0]["sample"] == "slow on shop.t_1: 5 → 70 ms, session *"


def test_a_word_that_turned_out_to_be_a_name_is_masked():
    names = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta")
    rows = entries(*(f"worker {name} of the pool stopped" for name in names), level="Warn")
    assert cells(patterns(rows))[0]["sample"] == "worker * of the pool stopped"


def test_names_that_differ_are_all_told_up_to_five_with_their_counts():
    rows = entries(*["Duplicate entry '?' for key 'uk_email'"] * 6)
    rows += entries(*["Duplicate entry '?' for key 'uk_phone'"] * 5)
    assert cells(patterns(rows))[0]["names"] == "key uk_email 6, uk_phone 5"


def test_of_many_names_the_most_frequent_is_told_and_how_many_more():
    rows = entries(
        *(f"Unknown column 'c{n % 20}'" for n in range(40)), *["Unknown column 'x'"] * 20
    )
    assert cells(patterns(rows))[0]["names"] == "column x 20, 20 more"
    rows = entries(*(f"Unknown column 'c{n}'" for n in range(20)))
    assert cells(patterns(rows))[0]["names"] == "20 columns"


def test_tables_of_any_script_and_with_blanks_and_dashes_are_named():
    rows = entries(
        *["write table `商城`.`订单 明细` failed"] * 3, *["write table `a-b`.`c d` failed"] * 2
    )
    assert cells(patterns(rows))[0]["names"] == "商城.订单 明细 3, a-b.c d 2"


def test_names_in_small_letters_are_tables_where_others_plainly_are():
    rows = entries(*["rows of shop.orders lost"] * 3, "rows of shop.order_item lost")
    assert cells(patterns(rows))[0]["names"] == "shop.orders 3, shop.order_item 1"
    assert "names" not in patterns(entries("lost db.prod for 5 s"))["patterns"]["columns"]


def test_the_parts_of_a_dump_make_one_name():
    dump = "apply event=[type=table_data, schema_name=shop, object_name={}, n=5] failed"
    rows = entries(*[dump.format("t_1")] * 2, dump.format("t_2"))
    assert cells(patterns(rows))[0]["names"] == "shop.t_1 2, shop.t_2 1"


def test_codes_of_warnings_are_counted():
    rows = entries(*["retry: ORA-03113 in 5 s"] * 3, "retry: ORA-12541 in 7 s", level="Warn")
    assert facts(rows).warnings[0].codes == {"ORA-03113": 3, "ORA-12541": 1}


def test_amounts_are_written_as_a_person_writes_them():
    assert [amount(5, "%"), amount(0.250001, "s"), amount(7.9 * 2**30, "bytes", "GB")] == [
        "5%", "0.25s", "7.9GB",
    ]  # fmt: skip
    assert [amount(3 * 2**29, "bytes"), amount(12, "bytes"), amount(7200, commas=True)] == [
        "1.5GB", "12 bytes", "7,200",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "sample"),
    [
        (["waiting 60 s", "waiting 600 s", "waiting 7,200 s"], "waiting 60 → 7,200 s"),
        (["waiting 7200 s", "waiting 60 s"], "waiting 7200 → 60 s"),
        (["took 5 ms", "took 70 ms", "took 6 ms"], "took 5…70 ms"),
        (["used 1.2 of 8.0 GB", "used 7.9 of 8.0 GB"], "used 1.2 → 7.9 of 8.0 GB"),
        (["copied 1200/9000 rows", "copied 8100/9000 rows"], "copied 1200 → 8100/9000 rows"),
        (["disk 512MB", "disk 2048MB"], "disk 512 → 2048MB"),
        (["disk 512MB", "disk 2GB"], "disk 512MB → 2GB"),
        (["磁盘已用 70%", "磁盘已用 99%"], "磁盘已用 70 → 99%"),
        (["已等待60秒后重试", "已等待7200秒后重试"], "已等待60 → 7200秒后重试"),
        (["copied 1,200 of 9,000 rows", "copied 8,100 of 9,000 rows"],
         "copied 1,200 → 8,100 of 9,000 rows"),
        (["thread 7 stopped", "thread 9 stopped"], "thread * stopped"),
    ],
)  # fmt: skip
def test_a_number_that_moves_is_told_from_where_to_where(lines, sample):
    assert cells(patterns(entries(*lines, level="Warn")))[0]["sample"] == sample


def test_what_was_hidden_before_stays_as_it_was_hidden():
    said = "login user=*** with *** refused: Duplicate entry ? for key 'uk' after {} ms"
    rows = entries(said.format(5), said.format(70), level="Warn")
    sample = cells(patterns(rows))[0]["sample"]
    assert sample.startswith("login user=*** with *** refused")
    assert facts(rows).warnings[0].deciding == said.format(70)


def test_the_numbers_of_errors_that_are_shown_whole_are_told_beside_them():
    lines = ["waiting 60 s for lock 7", "waiting 600 s for lock 9", "waiting 7,200 s for lock 8"]
    rows = [*entries(*lines), entry("the newest is another", seconds=60)]
    newest, older = cells(patterns(rows))
    assert (older["sample"], older["moved"]) == (lines[-1], "waiting 60 → 7,200 s")
    assert newest["moved"] is None
    assert cells(patterns(rows[:3]))[0]["moved"] == "waiting 60 → 7,200 s"
    assert cells(patterns(rows[:3], full=True))[0]["moved"] == "waiting 60 → 7,200 s"


# -- what takes turns in one kind --------------------------------------------------------------

TURNS = [
    ('violates unique constraint "{}"', ("uk_email", "uk_phone"), "constraint uk_email 3, uk_phone 2"),
    ("ORA-00001: unique constraint ({}) violated", ("SHOP.UK_A", "SHOP.UK_B"),
     "constraint SHOP.UK_A 3, SHOP.UK_B 2"),
    ("Invalid object name '{}'.", ("dbo.Users", "dbo.Order Details"),
     "dbo.Users 3, dbo.Order Details 2"),
    ("write table {} failed: timeout", ("[dbo].[Order Details]", "[dbo].[Users]"),
     "dbo.Order Details 3, dbo.Users 2"),
    ("copy to {} failed, table {}", ('"public"."Order Details"', '"public"."users"'),
     "public.Order Details 3, public.users 2"),
    ("apply to {} failed: connection lost", ("shop.orders", "shop.items"),
     "shop.orders 3, shop.items 2"),
    ("write failed for {} again", ("T_ORDERS", "T_ITEMS"), "T_ORDERS 3, T_ITEMS 2"),
    ("connect to {} failed: refused", ("10.0.0.1:3306", "10.0.0.2:3306"),
     "10.0.0.1:3306 3, 10.0.0.2:3306 2"),
    ("Access denied for user '{}'@'10.0.0.1'", ("drs_a", "drs_b"), "user drs_a 3, drs_b 2"),
    ('违反唯一约束 "{}"', ("订单_主键", "客户_主键"), "constraint 订单_主键 3, 客户_主键 2"),
    ("表“{}”不存在", ("商城.订单", "商城.客户"), "商城.订单 3, 商城.客户 2"),
    ("写入表`{}`失败：主键冲突", ("商城`.`订单明细", "商城`.`客户"), "商城.订单明细 3, 商城.客户 2"),
    ("switch to {} failed", ("mode=ROW", "mode=STATEMENT"), "mode=ROW 3, mode=STATEMENT 2"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "words", "told"), TURNS)
def test_what_takes_turns_in_one_kind_is_told_with_its_counts(line, words, told):
    lines = [
        line.replace("{}", word)
        for word, times in zip(words, (3, 2), strict=True)
        for _ in range(times)
    ]
    (row,) = cells(patterns(entries(*lines)))
    assert (row["count"], row["names"]) == (5, told)


def test_columns_in_parentheses_are_no_tables():
    line = (
        "foreign key constraint fails (`shop`.`items`, CONSTRAINT `fk_{0}` FOREIGN KEY (`{0}_id`) "
        "REFERENCES `{0}s` (`id`, `no`))"
    )
    (row,) = cells(patterns(entries(*[line.format("order")] * 3, *[line.format("user")] * 2)))
    assert row["names"].startswith("shop.items; column id 5, no 5, order_id 3")
    assert row["names"].endswith("parent table orders 3, users 2")


def test_words_that_come_once_each_are_not_told_as_names():
    rows = entries(*(f"batch b{n}x failed" for n in range(4)))
    assert "names" not in cells(patterns(rows))[0]


def test_a_line_that_names_a_table_twice_counts_once():
    line = "apply table=`shop`.`{0}` failed: Table 'shop.{0}' doesn't exist"
    rows = entries(*[line.format("orders")] * 3, *[line.format("items")] * 2)
    assert cells(patterns(rows))[0]["names"] == "shop.orders 3, shop.items 2"
    assert cells(patterns(rows[:3]))[0]["names"] == "shop.orders"
    rows = entries(
        *[f"apply to shop.a_{n % 2} failed: table shop.a_{n % 2} is full" for n in range(9)]
    )
    assert cells(patterns(rows))[0]["names"] == "shop.a_0 5, shop.a_1 4"

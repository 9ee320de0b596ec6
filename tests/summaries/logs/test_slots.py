"""What the values of a kind did: numbers with their course and sums, names with their counts."""

import pytest

from drs_mcp.summaries.logs.kinds.slots import amount, numbers, places
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
    ],
)
def test_numbers_are_read_with_the_unit_glued_to_them(words, values, unit):
    assert numbers(words) == (values, unit)


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
    assert cells(patterns(rows))[0]["sample"] == "slow on shop.t_1: 5…70 ms, session *"


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
    rows = entries(*(f"Unknown column 'c{n % 20}'" for n in range(40)))
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
    assert [amount(5, "%"), amount(0.250001, "s"), amount(7.9, "GB")] == ["5%", "0.25s", "7.9 GB"]


def test_what_was_hidden_before_stays_as_it_was_hidden():
    said = "login user=*** with *** refused: Duplicate entry ? for key 'uk' after {} ms"
    rows = entries(said.format(5), said.format(70), level="Warn")
    sample = cells(patterns(rows))[0]["sample"]
    assert sample.startswith("login user=*** with *** refused")
    assert facts(rows).warnings[0].deciding == said.format(70)

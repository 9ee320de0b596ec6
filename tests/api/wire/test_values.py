import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.api.wire.values import (
    amount,
    count,
    flag,
    moment,
    number,
    record,
    records,
    share,
    span,
    text,
    texts,
    word,
)
from drs_mcp.quoting.decoding import decode, is_secret_key

AT = datetime(2026, 11, 20, 8, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(5, 5), ("5", 5), ("5%", 5), ("1,234.5", 1234.5), (0, 0), ("-1", -1), (True, None), ("", None),
     ("NaN", None), (None, None), ("null", None), ([], None), (float("inf"), None),
     ("1_0", None), ("9" * 400, None), (10**400, None)],
)  # fmt: skip
def test_numbers_are_read_from_what_looks_like_one(value, expected):
    assert number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("17,771", 17771), ("1,234,567", 1234567), ("12,34,567", 1234567), ("-1,234", -1234),
     ("1,234,567.5%", 1234567.5), ("012,345", 12345)],
)  # fmt: skip
def test_a_comma_before_three_digits_parts_thousands(value, expected):
    assert number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("17,5", 17.5), ("0,175", 0.175), ("-0,175", -0.175), ("00,500", 0.5), ("1,2345", 1.2345),
     ("99,99 %", 99.99), ("1.234,5", 1234.5), ("1.234.567,25", 1234567.25)],
)  # fmt: skip
def test_any_other_comma_is_a_decimal_one(value, expected):
    assert number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("1 234", 1234), ("1\u00a0234,5", 1234.5), ("1\u202f234\u202f567", 1234567), ("1'234.5", 1234.5),
     ("1.234.567", 1234567), ("\u221217", -17), ("\uff0b\uff11\uff12\uff0e\uff15", 12.5),
     ("\u0661\u066c\u0662\u0663\u0664\u066b\u0665", 1234.5), ("63\uff05", 63)],
)  # fmt: skip
def test_numbers_of_other_countries_and_scripts_are_read(value, expected):
    assert number(value) == expected


@pytest.mark.parametrize(
    "value",
    ["1,2,3", "1,234,56", "0,175,000", "1 23", "1 234'567", "1.2.3", "1,", ",5", "7%%", "5 s", "--7",
     "0x10", "10\u00b2", "\u2467", "1e9999", "(7)"],
)  # fmt: skip
def test_what_is_no_number_is_unknown(value):
    assert number(value) is None


@given(st.integers(0, 10**17))
def test_a_count_is_read_to_the_last_digit_however_its_thousands_are_parted(things):
    for written in (
        f"{things:,}",
        f"{things:,}".replace(",", "'"),
        f"{things:,}".replace(",", " "),
    ):
        assert count(written) == things
    assert number(f"{things:,}.5") == float(f"{things}.5")


@pytest.mark.parametrize(
    ("value", "expected"),
    [("7", 7), (7.9, 7), (-1, None), ("-1", None), (True, None), ("x", None), ("17,771", 17771),
     ("-2", None), ("17.771", None), ("17,5", None), ("\uff17", 7), ("7.0", 7)],
)  # fmt: skip
def test_a_count_is_never_negative_and_never_a_fraction(value, expected):
    assert count(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("17.7712", 17.77), ("17.0", 17), ("-1", None), ("NaN", None)]
)
def test_a_measured_amount_has_at_most_two_decimals(value, expected):
    assert amount(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("99.999", 99.99), ("99,9951%", 99.99), (99.994, 99.99), (100, 100), ("100.0", 100),
     (0.0004, 0.0004), ("0,001", 0.001), (0, 0), ("0.00", 0)],
)  # fmt: skip
def test_what_is_not_quite_all_or_nothing_is_not_rounded_to_it(value, expected):
    assert amount(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("99,875 %", 99.88), ("9,875", 9.88), ("99,999", 99.99), ("０，５０１％", 0.5),
        ("97，436", 97.44), ("17,5", 17.5), ("100,000", 100), (" 100 % ", 100), ("45", 45),
        (99.999, 99.99), (17771, None), ("250", None), ("101", None), (100.5, None), ("-1", None), ("", None),
    ],
)  # fmt: skip
def test_a_comma_in_a_percentage_parts_no_thousands(value, expected):
    assert share(value) == expected


def test_the_same_text_as_a_number_of_rows_parts_thousands():
    assert (count("17,771"), amount("17,771"), share("17,771")) == (17771, 17771, 17.77)


@pytest.mark.parametrize(
    "value",
    ["2026-11-20T08:01:02Z", "2026-11-20 08:01:02", "2026-11-20T16:01:02+08:00", 1795161662,
     "1795161662000", 1795161662000, "2026-11-20 08:01:02,000", "20261120T080102Z", "20261120080102",
     20261120080102, "20261120080102000", "2026/11/20 08:01:02", "2026.11.20 8:01:02",
     "2026-11-20 08:01:02 UTC", "2026-11-20T08:01:02 gmt", "2026-11-20 08:01:02 z",
     "2026-11-20 16:01:02 +0800", "20261120T160102+0800", "2026-11-20 03:01:02-05", "2026-11-20 13:31:02 UTC+5:30",
     "2026-11-20 05:01:02 \u22123:00", 1795161662000000, "1795161662000000", 1795161662.0,
     "1795161662000000000", "1795161662.0", " 2026-11-20T08:01:02.000000000Z ",
     "\uff12\uff10\uff12\uff16-11-20\u300008\uff1a01\uff1a02"],
)  # fmt: skip
def test_times_are_read_in_every_form_that_is_plain_to_read(value):
    assert moment(value) == AT
    assert span(value) == (AT, AT)


@pytest.mark.parametrize(
    "value",
    ["", "0", 0, "-1", -1, None, "soon", "9" * 30, True, [], 1e300, "--5", "-", math.nan, math.inf,
     pytest.param(10**400, id="a number of 401 digits"), "2026-11-20T08:01:02 CST", "20/11/2026",
     "2026-02-30", "2026-11-20T25:00", "2026-11-20T24:01", "2026-11-20T08:61", "2026-11-20-08:00",
     "2026-11-20T08:01:02+15:00", "2026-11-20T08:01:02+01:75", "2026-11-20X08:01:02", "2026-W47-5",
     "Z", "UTC", "2026", "202611", "20261320", "2026-11-20T08:01:02Z+08:00", "2026-11", "5 o'clock"],
)  # fmt: skip
def test_what_is_no_time_is_unknown(value):
    assert moment(value) is span(value) is None


@pytest.mark.parametrize(
    "value",
    ["0001-01-01T00:00:00Z", "0001-01-01 00:00:00", "0001-01-01T00:00:00+08:00", "00010101",
     "1970-01-01T00:00:00Z", "1970-01-01T08:00:00+08:00", "1999-12-31T23:59:59Z", "9999-12-31",
     "2101-01-01T00:00:00Z", "99991231235959", 1, 86_400_000, 5_000_000_000, "946684799"],
)  # fmt: skip
def test_a_time_outside_of_the_years_2000_to_2100_is_unknown(value):
    assert moment(value) is None


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [("2026-03-05", "2026-03-05T00:00:00", "2026-03-05T23:59:59"),
     ("20260305", "2026-03-05T00:00:00", "2026-03-05T23:59:59"),
    ("2026年3月5日", "2026-03-05T00:00:00", "2026-03-05T23:59:59"),
    ("2026年03月05日 17:00", "2026-03-05T17:00:00", "2026-03-05T17:00:59"),
    ("2026年3月5号17点05分", "2026-03-05T17:05:00", "2026-03-05T17:05:59"),
    ("2026年3月5日 17时0分30秒+08:00", "2026-03-05T09:00:30", "2026-03-05T09:00:30"),
     (20260305, "2026-03-05T00:00:00", "2026-03-05T23:59:59"),
     ("2026-3-5 +08:00", "2026-03-04T16:00:00", "2026-03-05T15:59:59"),
     ("2026/03/05 17:00", "2026-03-05T17:00:00", "2026-03-05T17:00:59"),
     ("2026-03-05T17:00Z", "2026-03-05T17:00:00", "2026-03-05T17:00:59"),
     ("202603051700", "2026-03-05T17:00:00", "2026-03-05T17:00:59"),
     ("20260305T17", "2026-03-05T17:00:00", "2026-03-05T17:59:59"),
     ("2026-03-05T24:00", "2026-03-06T00:00:00", "2026-03-06T00:00:00"),
     ("2026-03-05T23:59:60Z", "2026-03-06T00:00:00", "2026-03-06T00:00:00"),
     ("2026-03-05 17:00:00.25", "2026-03-05T17:00:00.250000", "2026-03-05T17:00:00.250000")],
)  # fmt: skip
def test_a_time_names_a_span_and_counts_from_its_start(value, first, last):
    expected = [datetime.fromisoformat(end).replace(tzinfo=UTC) for end in (first, last)]
    assert list(span(value)) == expected
    assert moment(value) == expected[0]


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Y2K, Y2100 = 946_684_800, 4_102_444_799


@given(st.integers(Y2K * 10**6, Y2100 * 10**6))
def test_whatever_the_unit_an_epoch_number_is_the_moment_it_counts(micros):
    at = EPOCH + timedelta(microseconds=micros)
    assert moment(micros) == moment(str(micros)) == moment(micros * 1000) == at
    for per_second, unit in ((10**6, "seconds"), (10**3, "milliseconds")):
        whole = at - timedelta(microseconds=micros % per_second)
        assert moment(micros // per_second) == moment(str(micros // per_second)) == whole, unit


@given(st.integers(Y2K, Y2100))
def test_a_time_without_signs_in_between_is_the_same_time(seconds):
    at = EPOCH + timedelta(seconds=seconds)
    for form in ("%Y%m%d", "%Y%m%d%H%M", "%Y%m%d%H%M%S", "%Y%m%dT%H%M%SZ"):
        with_signs = {"%Y%m%d": "%Y-%m-%d", "%Y%m%d%H%M": "%Y-%m-%d %H:%M"}
        usual = with_signs.get(form, "%Y-%m-%dT%H:%M:%SZ")
        assert span(at.strftime(form)) == span(at.strftime(usual))


def test_booleans_come_as_words_and_numbers_too():
    assert [flag(value) for value in (True, "true", "1", 1, "False", 0)] == [True] * 4 + [False] * 2
    assert flag("maybe") is flag(None) is flag(2) is None


def test_enum_values_are_stripped_and_upper_case():
    assert word(" pausing") == "PAUSING"
    assert word("") is None


ANY_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=6,
)


@given(ANY_JSON)
def test_any_json_can_be_read_by_every_reader(value):
    found = number(value)
    assert found is None or math.isfinite(found)
    assert (count(value) or 0) >= 0
    for reader in (amount, flag, moment, span, text, word, texts, record, records):
        reader(value)


@pytest.mark.parametrize(
    "key", ["password", "db_password", "ssl_cert_key", "ssl_cert_password", "full_trans_user_pwd"]
)
def test_a_secret_key_is_known(key):
    assert is_secret_key(key)


@pytest.mark.parametrize(
    "key",
    ["is_set_password", "is_global_password", "set_private_key_password", "token_count", "min_token",
     "table_name_with_token", "source_key_value", "password_policy"],
)  # fmt: skip
def test_a_decoy_survives(key):
    assert not is_secret_key(key)
    assert decode(f'{{"{key}": true}}'.encode()) == {key: True}


def test_secrets_are_dropped_at_any_depth():
    body = b'{"a": [{"b": {"db_password": "x", "db_user": "root"}}], "ssl_cert_key": "y"}'
    assert decode(body) == {"a": [{"b": {"db_user": "root"}}]}

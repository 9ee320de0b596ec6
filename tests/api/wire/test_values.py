import math
from datetime import UTC, datetime

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
    ("value", "expected"), [("7", 7), (7.9, 7), (-1, None), ("-1", None), (True, None), ("x", None)]
)
def test_a_count_is_never_negative(value, expected):
    assert count(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("17.7712", 17.77), ("17.0", 17), ("-1", None), ("NaN", None)]
)
def test_a_measured_amount_has_at_most_two_decimals(value, expected):
    assert amount(value) == expected


@pytest.mark.parametrize(
    "value",
    ["2026-11-20T08:01:02Z", "2026-11-20 08:01:02", "2026-11-20T16:01:02+08:00", 1795161662,
     "1795161662000", 1795161662000, "2026-11-20 08:01:02,000"],
)  # fmt: skip
def test_times_are_read_in_every_form_that_drs_writes(value):
    assert moment(value) == AT


@pytest.mark.parametrize(
    "value",
    ["", "0", 0, "-1", -1, None, "soon", "9" * 30, True, [], 1e300, "--5", "-",
     pytest.param(10**400, id="a number of 401 digits")],
)  # fmt: skip
def test_what_is_no_time_is_unknown(value):
    assert moment(value) is None


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
    for reader in (amount, flag, moment, text, word, texts, record, records):
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

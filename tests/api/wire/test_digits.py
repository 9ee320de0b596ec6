"""Whole numbers of many rows are read at once, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.api.wire.digits import whole_numbers


@given(st.lists(st.integers(0, 10**20), min_size=1, max_size=20))
def test_whole_numbers_are_read_as_int_reads_each(numbers):
    assert whole_numbers(",".join(map(str, numbers)), len(numbers)) == numbers


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("", 0), ("", 1), ("1,234", 1), ("1,,2", 2), ("1,", 1), (",1", 1), ("01,2", 2), ("-1,2", 2),
        ("1.5,2", 2), ("1e3,2", 2), ("1_0,2", 2), ("1, 2", 2), ("true,2", 2), ("١,2", 2), ("１,2", 2),
    ],
)  # fmt: skip
def test_anything_else_is_left_to_be_looked_at(written, number):
    assert whole_numbers(written, number) is None

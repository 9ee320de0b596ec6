"""Servers whose log nobody reads, whose audit disk is full or whose host is gone: real processes.

The same with thousands of calls is part of `make fuzz`.
"""

import sys

import pytest

from tests.fuzz import sinks

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals end a process there")

CALLS = 300


@pytest.mark.costly
@pytest.mark.parametrize("number", range(len(list(sinks.cases(CALLS)))))
def test_every_call_is_answered_and_the_process_leaves_in_time(number, record_row):
    outcome = list(sinks.cases(CALLS))[number]()
    record_row("Sinks that fail", outcome.row)
    assert outcome.violations == []


def test_a_server_that_stands_still_is_a_violation():
    outcome = sinks.Outcome("a case", 10, answered=4, refused=1)
    assert len(outcome.violations) == 2
    assert outcome.row["kept"] == "no"

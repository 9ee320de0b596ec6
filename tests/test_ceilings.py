"""What an answer may cost, and the facts it must keep, on the payloads of the benchmark."""

import pytest

from tests.bench.cases import cases
from tests.support.tokens import tokens

CASES = {case.name: case for case in cases(large=False)}
CEILINGS = {  # payload -> o200k tokens, facts kept
    "job detail": (420, 9),
    "10,000 log entries": (1600, 14),
    "5,000 tables, 37 differ": (920, 10),
    "value detail of 5,000 tables": (1500, 6),
    "2,000 differing rows": (400, 5),
    "pre-check of 45 items": (510, 5),
    "progress of 12": (330, 7),
}


@pytest.mark.parametrize("name", CASES)
def test_an_answer_stays_under_its_ceiling_keeps_its_facts_and_tells_nothing_wrong(name):
    most, facts = CEILINGS[name]
    text = CASES[name].answer()
    right, wrong = CASES[name].facts(text)
    assert tokens(text) <= most
    assert right >= facts
    assert wrong == []

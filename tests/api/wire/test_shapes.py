"""The wire shapes agree with the reference page, table by table."""

import json
from pathlib import Path
from typing import get_type_hints

import pytest

from drs_mcp.api.wire.job import ADDED, TABLES
from drs_mcp.knowledge.statuses import statuses
from tests.support.enums import TaskStatus

REFERENCE = json.loads(
    (Path(__file__).parents[2] / "fixtures" / "reference_tables.json").read_text("utf-8")
)


def test_every_response_table_has_a_shape():
    assert sorted(TABLES) == list(range(4, 57)) == sorted(map(int, REFERENCE))


@pytest.mark.parametrize("number", TABLES)
def test_a_shape_has_exactly_the_fields_of_its_table(number):
    documented = set(REFERENCE[str(number)]["fields"])
    assert set(get_type_hints(TABLES[number])) == documented | ADDED.get(number, frozenset())


def test_all_29_statuses_are_listed_and_known():
    assert len(TaskStatus) == 29
    assert {member.value for member in TaskStatus} == set(statuses())

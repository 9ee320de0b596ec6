"""The wire shapes agree with the reference page, table by table."""

import json
from pathlib import Path
from typing import get_type_hints

import pytest

from drs_mcp.api import enums
from drs_mcp.api.enums import TaskStatus, known
from drs_mcp.api.wire.job import ADDED, TABLES
from drs_mcp.knowledge.statuses import statuses

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


def test_a_value_is_matched_without_case_and_blanks_and_a_new_one_passes_as_itself():
    assert known(TaskStatus, " pausing ") is TaskStatus("PAUSING")
    assert known(enums.JobDirection, "NON-DBS") is enums.JobDirection("non-dbs")
    assert known(TaskStatus, "CLONING") == "CLONING"
    assert known(TaskStatus, None) is None
    assert known(TaskStatus, 5) == "5"

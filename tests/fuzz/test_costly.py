"""Answers and texts that were made to cost much: some of those of `make fuzz`, and what finds them."""

import re
import sys

import pytest

from tests.fuzz import bodies, patterns, scanners
from tests.fuzz.expressions import Expression, expressions

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="timers and signals are others there"
)

SHARE = 24
EVERY_LINE = "drs_mcp.summaries.logs.kinds.cores."
BODIES = (
    "gzip of empty objects",
    "many long keys",
    "lines of SQL",
)


@pytest.mark.costly
@pytest.mark.skipif(not bodies.MEASURED, reason="memory is read from /proc")
def test_a_hostile_body_takes_little_memory_and_holds_up_nobody(record_row):
    found = [row for name in BODIES for row in bodies.run(name)]
    for outcome in found:
        record_row("Hostile bodies", outcome.row)
    assert len(found) >= len(BODIES)
    assert [violation for outcome in found for violation in outcome.violations] == []


def test_what_takes_memory_time_or_the_loop_is_a_violation():
    outcome = bodies.Outcome("a body", "get_logs", 50, 201, 0.31, "")
    assert len(outcome.violations) == 3
    assert outcome.row["kept"] == "no"


@pytest.mark.costly
def test_a_share_of_the_patterns_takes_time_that_grows_with_the_text():
    # Of whose number each depends on all before it; and those that read every line of a log.
    always = [one for one in expressions() if one.where.startswith(EVERY_LINE)]
    found = [*patterns.run(0, SHARE), *map(patterns.slowest, always)]
    assert always
    assert len(found) > 20
    assert [str(one) for one in found if not one.kept] == []


def test_every_pattern_of_the_package_is_known_by_where_it_stands():
    found = {one.where: one for one in expressions()}
    assert len(found) > 250
    assert found["drs_mcp.summaries.logs.frames._INLINE"].anchored is False
    assert found["drs_mcp.summaries.logs.frames._LINE"].anchored
    assert "drs_mcp.knowledge.failures._index" in found  # made when it is first asked for


@pytest.mark.costly
@pytest.mark.parametrize(
    "form",
    [r"\s*x", r"(\w+)\.(\w+)=", r"(?:a|b)*c", r'"[^x]*x', r".*?\(.*?\);", r"x\s*y\s*\s*z"],
)
def test_a_pattern_that_takes_more_is_found_with_the_text(form):
    found = patterns.slowest(Expression("here", re.compile(form), anchored=False))
    assert not found.kept
    assert found.size < patterns.LARGE


@pytest.mark.parametrize("form", [r"(?<!\s)\s*+x", r"(?<!\w)\w++=", r"'[^'\n]{0,40}+'", r"\d{1,9}"])
def test_one_that_does_not_is_timed_on_a_whole_megabyte(form):
    found = patterns.slowest(Expression("here", re.compile(form), anchored=False))
    assert found.kept
    assert found.size == patterns.LARGE


@pytest.mark.parametrize("name", scanners.SCANNERS)
def test_what_reads_texts_by_hand_takes_time_that_grows_with_the_text(name):
    costs = [scanners.cost(name, unit) for unit in scanners.COMMON_UNITS[::4]]
    assert [violation for one in costs for violation in one.violations] == []


@pytest.mark.costly
def test_a_scanner_that_takes_more_is_found(monkeypatch):
    monkeypatch.setitem(scanners.SCANNERS, "slow", lambda text: re.findall(r"\s*x", text))
    assert scanners.cost("slow", " ").violations

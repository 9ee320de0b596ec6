from datetime import UTC, datetime

import pytest

from drs_mcp.summaries.comparisons.headlines import date_headline
from drs_mcp.summaries.comparisons.rows import RowComparisonAnswer

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ended", "headline"),
    [
        ("2026-11-20T05:36:00Z", "All agree. Compared 2026-11-20T05:36:00Z, 2 h 24 min ago."),
        ("2026-11-21T05:36:00Z", "All agree. Compared 2026-11-21T05:36:00Z."),
        (None, "All agree."),
    ],
)
def test_the_headline_says_when_it_was_compared(ended, headline):
    answer = RowComparisonAnswer(headline="All agree.", ended=ended)
    date_headline(answer, NOW)
    assert answer.headline == headline

"""What a server process needs at most, as the kernel counts it; figures are in docs/benchmarks.md."""

import json

import pytest

from tests.bench.memory import MEASURED, ROWS, VALUES, measuring

pytestmark = pytest.mark.skipif(not MEASURED, reason="read from /proc")


def test_neither_a_bomb_nor_60_mb_cost_the_server_much(record_row, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    with measuring() as server:
        bomb = server.bomb()
        rows = server.details(ROWS, "line_compare")
        values = server.details(VALUES, "content_compare")
    for name, cost in (("gzip bomb", bomb), ("rows", rows), ("values", values)):
        row = {"MB in": cost.sent // 10**6, "requests": cost.requests}
        record_row("Memory", {"case": name, **row, "at most MB": f"{cost.most_mb:.0f}"})
    assert "larger than 12 MB" in bomb.answer
    assert bomb.added_mb < 20
    for cost, payload, said in (
        (rows, ROWS, {"tables": 297_000, "consistent": 296_703, "inconsistent": 297}),
        (values, VALUES, {"tables": 245_000, "agree": 244_755, "differs": 245}),
    ):
        assert json.loads(cost.answer)["totals"] == said
        assert cost.sent > 60_000_000
        assert cost.requests >= payload.number / 1_000
        assert cost.most_mb < 175

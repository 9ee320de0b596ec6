"""What a cut-over says of a line of the log that speaks against it: what happened, where, the line."""

import pytest

from tests.support.ready_world import BEFORE, FRESH, SINCE, Ready

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend():
    return "asyncio"


def evidence_of(answer):
    return {row[0]: row[2] for row in answer["criteria"]["rows"] if row[1] == "unknown"}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "archived log thread 1 sequence 4411 is missing and was skipped; mining continues",
            "changes of the source were passed over",
        ),
        (
            "Destination instance restored to a point in time two hours ago",
            "the destination was set back or built anew",
        ),
        (
            "TRUNCATE TABLE `shop`.`t` executed at the destination by dba@10.0.0.5; not replicated",
            "was emptied, dropped or made anew there ('shop.t')",
        ),
        (
            "table shop.t was dropped in the destination by app_admin (not a statement of this task)",
            "was emptied, dropped or made anew there ('shop.t')",
        ),
        (
            "14 updates of shop.t affected 0 rows",
            "changes did not meet the row that they were of at the destination ('shop.t')",
        ),
        (
            "takeover BY FORCE: 36 transactions are at the destination but not at the new primary",
            "its source was set back to an older state",
        ),
        ("2 values of shop.t.fee were rounded before they were written", "('shop.t.fee')"),
        (
            "trigger shop.tr_a and event shop.ev_b were not migrated",
            "an object was left out ('shop.ev_b', 'shop.tr_a')",
        ),
        (
            "createIndex on shop.t failed; the unique index: uk_mail was left out",
            "an object was left out ('uk_mail')",
        ),
    ],
)
async def test_it_says_what_happened_and_where_and_shows_the_line(line, told):
    world = Ready()
    world.line("Warn", line, SINCE)
    answer = await world.check()
    assert answer["verdict"] == "unknown"
    evidence = evidence_of(answer)
    assert told in evidence["objects_consistent"]
    assert evidence["rows_consistent"].endswith("since then the same (see objects_consistent)")
    assert answer["headline"].count(told) == 1
    assert [words for by, words in answer["said"]["rows"] if by == "log" and line[:60] in words]
    call = next(one for one in answer["next"] if one["tool"] == "get_logs")
    assert call["args"]["around"] == SINCE


@pytest.mark.parametrize(
    "line",
    [
        "sequence shop.t_id_seq: LAST_NUMBER at the destination 5000, at the source 88100",
        "目标库表 shop.t 的 AUTO_INCREMENT=100 小于最大主键 90350",
        "trigger trg_t_points was not disabled at the destination and fired 318 times",
    ],
)
async def test_no_comparison_of_rows_shows_a_sequence_or_a_trigger_to_be_mended(line):
    world = Ready()
    world.line("Warn", line, BEFORE)
    answer = await world.check()
    assert answer["verdict"] == "unknown"
    assert "no comparison of rows or values shows it" in evidence_of(answer)["destination_objects"]


@pytest.mark.parametrize(
    ("line", "later"),
    [
        (
            "sequence shop.t_id_seq: last_value 1200 at the destination is lower than 90350 at the source",
            "sequence shop.t_id_seq set to 90351 at the destination",
        ),
        (
            "trigger shop.trg_points was not disabled at the destination and fired 318 times",
            "trigger shop.trg_points was disabled at the destination",
        ),
        (
            "table shop.t was re-created at the destination by app_admin and is empty",
            "table shop.t was reloaded",
        ),
    ],
)
async def test_a_later_line_that_says_that_it_was_mended_ends_it(line, later):
    world = Ready()
    world.line("Warn", line, BEFORE)
    world.line("Info", later, FRESH)
    assert "destination_objects" not in evidence_of(await world.check())

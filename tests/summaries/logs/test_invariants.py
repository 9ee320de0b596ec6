"""Whatever the order, number and surroundings of entries, their kinds and facts are the same."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.log_shapes import generate
from tests.support.log_rows import entry, facts, lines, patterns

PIECES = st.sampled_from(
    ["apply of {t} failed", "lost connection to {h}", "used {n} of 8.0 GB", "waiting {n} s for {t}",
     "reconnected to {h}", "user {u} refused from {h} port {n}", "Duplicate entry '?' for key '{k}'",
     "表 `{k}` 写入失败 {n}", "ORA-01555: snapshot of {t} too old", "retry {n} succeeded", "table {w} is lost", "used {n}{u} of it"]
)  # fmt: skip
ENTRY = st.builds(
    lambda text, t, h, n, u, k, level, second: entry(
        text.format(
            t=f"shop.t_{t}", h=f"10.0.0.{h}:3306", n=n, u="abcdefgh"[u] * 3, w=["7", "t_1", "`a b`", "ORDERS"][u % 4], k=f"uk_{'xyz'[k]}"
        ),
        level,
        second,
    ),
    PIECES, st.integers(0, 3), st.integers(1, 3), st.integers(0, 9999), st.integers(0, 7),
    st.integers(0, 2), st.sampled_from(["Error", "Warn", "Info"]), st.integers(0, 100_000),
)  # fmt: skip
LOG = st.lists(ENTRY, min_size=1, max_size=60)


def told(kind):
    """All that is known of a kind, comparable."""
    return (
        kind.level, kind.count, kind.first, kind.last, kind.message, kind.moments.spans(),
        sorted(kind.slots, key=repr), sorted(kind.names.items()), sorted(kind.codes.items()),
        kind.recovery, kind.is_recovery,
    )  # fmt: skip


def kinds(log):
    return sorted(map(told, [*log.errors, *log.warnings, *log.infos, *log.unread]), key=repr)


@settings(deadline=None)
@given(LOG, st.randoms(), st.integers(1, 70))
def test_the_order_of_entries_and_the_size_of_pages_change_nothing(rows, chance, page):
    mixed = list(rows)
    chance.shuffle(mixed)
    assert kinds(facts(mixed, page=page)) == kinds(facts(rows))


@settings(deadline=None)
@given(LOG, st.integers(2, 4))
def test_entries_that_are_repeated_are_the_same_kinds_counted_more_often(rows, times):
    once, more = facts(rows), facts(rows * times)
    assert [kind.message for kind in more.errors] == [kind.message for kind in once.errors]
    assert [kind.count for kind in more.errors] == [times * kind.count for kind in once.errors]


NOISE = [entry(line.text, "Info", 7 * n) for n, line in enumerate(generate("hdfs", 300, 5))]


@settings(deadline=None)
@given(LOG, st.randoms())
def test_noise_of_other_software_between_the_entries_changes_nothing(rows, chance):
    mixed = [*rows, *NOISE]
    chance.shuffle(mixed)
    for level in ("errors", "warnings"):
        alone, among = getattr(facts(rows), level), getattr(facts(mixed), level)
        assert list(map(told, alone)) == list(map(told, among))


@settings(deadline=None)
@given(LOG, st.randoms())
def test_the_answer_is_the_same_in_any_order(rows, chance):
    mixed = list(rows)
    chance.shuffle(mixed)
    one, other = patterns(rows), patterns(mixed)
    for answer in (one, other):
        answer.pop("line_before", None)  # of two in one second either is the last
    assert one == other


# -- hostile lines -----------------------------------------------------------------------------

MEGABYTE = 1_000_000
HOSTILE = {
    "blanks": " " * MEGABYTE,
    "tabs and line ends": "\t\n" * (MEGABYTE // 2),
    "frames without end": "\n at" * (MEGABYTE // 4),
    "at and blanks": "at" + " " * MEGABYTE,
    "blanks and at": "boom" + " " * MEGABYTE + "at x",
    "single quotes": "'" * MEGABYTE,
    "quotes and blanks": "' " * (MEGABYTE // 2),
    "double quotes": '"a ' * (MEGABYTE // 3),
    "back-ticks": "`" * MEGABYTE,
    "opening brackets": "(" * MEGABYTE,
    "brackets": "[{(<" * (MEGABYTE // 4),
    "digits": "1" * MEGABYTE,
    "numbers": "1 " * (MEGABYTE // 2),
    "dots": "a." * (MEGABYTE // 2),
    "labels": "a=" * (MEGABYTE // 2),
    "pairs": "a=1, " * (MEGABYTE // 5),
    "words": "ab cd " * (MEGABYTE // 6),
    "capitals": "Aa" * (MEGABYTE // 2),
    "table after table": "table " * (MEGABYTE // 6),
    "causes": "caused by: " * (MEGABYTE // 11),
    "chinese": "错误" * (MEGABYTE // 2),
    "codes": "ORA-00001 " * (MEGABYTE // 10),
    "stars": "*" * MEGABYTE,
    "address": "1.1.1.1" * (MEGABYTE // 7),
    "retries": "retry a " * (MEGABYTE // 8),
}


@pytest.mark.parametrize("head", ["", "boom "])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_line_of_a_megabyte_costs_less_than_a_second(name, head):
    rows = [entry(head + HOSTILE[name], level) for level in ("Error", "Warn", "Info", "?")]
    began = time.process_time()
    patterns(rows)
    facts(rows)
    lines(rows, contains="boom")
    assert time.process_time() - began < 3  # four lines, three readings


def test_the_time_grows_no_faster_than_the_log():
    def cost(number):
        chance = random.Random(number)
        rows = [
            entry(line.text, chance.choice(["Error", "Info"]), n)
            for n, line in enumerate(generate("postgresql", number, 1))
        ]
        best = float("inf")
        for _ in range(3):
            began = time.process_time()
            patterns(rows)
            best = min(best, time.process_time() - began)
        return best

    assert cost(8000) < 8 * cost(2000)

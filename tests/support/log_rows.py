"""Log entries for tests, and the answers that the folds give of them."""

import random
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta

from drs_mcp.quoting.quoted import whole_texts
from drs_mcp.serving.budget import fit
from drs_mcp.summaries.answer import NextCall
from drs_mcp.summaries.logs.facts import log_facts
from drs_mcp.summaries.logs.filters import Filter
from drs_mcp.summaries.logs.fold import LogLines, LogPatterns, LogTables

START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def at(seconds):
    """A time of the test's log, as DRS writes it."""
    return f"{START + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%SZ}"


def entry(message, level="Error", seconds=0, **more):
    return {"create_time": at(seconds), "level": level, "message": message, **more}


def entries(*messages, level="Error"):
    """One entry a message, a second apart, oldest first."""
    return [entry(message, level, number) for number, message in enumerate(messages)]


def kinds(number):
    """So many messages that have nothing in common."""
    chance = random.Random(number)
    return [
        " ".join("".join(chance.choices("abcdefghijklm", k=7)) for _ in range(3 + n % 5))
        for n in range(number)
    ]


FILTERS = ("level", "contains", "since", "until")


def fed(fold, rows, page):
    for start in range(0, len(rows), page):
        fold.feed(rows[start : start + page])
    return fold


def folded_log(rows, *, page=1000, **filters):
    """What the fold of `view=patterns` found."""
    return fed(LogPatterns(Filter(**filters)), rows, page).folded_log()


def facts(rows, *, page=1000):
    """A log as a diagnosis sees it."""
    return log_facts(folded_log(rows, page=page))


def patterns(rows, *, page=1000, max_chars=30000, offset=0, full=False, **filters):
    """The answer of `view=patterns`."""
    fold = fed(LogPatterns(Filter(**filters)), rows, page)
    return fit(fold.answer(job="erp", offset=offset, full=full), max_chars)


def lines(rows, *, page=1000, max_chars=30000, **how):
    """The answer of `view=lines`."""
    full = how.get("full", False)
    wanted = Filter(**{name: how.pop(name) for name in FILTERS if name in how})
    fold = fed(LogLines(wanted, **how), rows, page)
    with whole_texts() if full else nullcontext():
        answer = fold.answer(job="erp")
    again = NextCall(tool="get_logs", args={"job": "erp", "max_chars": 30000})
    return fit(answer, max_chars, again, full=full)


def tables(rows, *, page=1000, offset=0, limit=50, **filters):
    """The answer of `by=table`."""
    fold = fed(LogTables(Filter(**filters)), rows, page)
    return fit(fold.answer(job="erp", offset=offset, limit=limit), 30000)


def cells(answer, table="patterns"):
    """The rows of a table by column; a column left out is unknown in every row."""
    found = answer.get(table, {})
    return [dict(zip(found["columns"], row, strict=True)) for row in found.get("rows", [])]


def counts(answer, level="error"):
    """The counts of a level's patterns, in their order."""
    return [row["count"] for row in cells(answer) if row["level"] == level]

"""Tables of several databases: which there are, and the comparison tasks that compared them."""

import re
from typing import NamedTuple

from tests.worlds.case import known, some, spelt, whole

TASK = "08cad1f8-9de2-42fa-b8ce-6c36daf730f6"
NOWHERE = ("", "")
PAIRS = (
    ("shop", "shop"),
    ("shop", "shop_copy"),
    ("crm", "CRM"),
    ("ledger", "ledger_new"),
    ("archive", "ledger_new"),
    ("订单库", "orders"),
    ("hr", "hr"),
)
MESSAGES = ("", "", None, "no primary key", '连接 "x" 失败', "timeout after 30 s\n\tat row 7")
_HEADS = ("t_", "SALES.T_ORDER_", "订单_", "log$", "a1b", "Item ")
_TAILS = ("", "", "_bak", "期")


def databases(rng, most):
    """Some pairs of databases, each with the names of its tables."""
    pairs = some(rng, PAIRS)
    return pairs, [
        (pair, name)
        for pair in pairs
        for name in names(rng, rng.randint(0, most // len(pairs) + 1))
    ]


def names(rng, number):
    """Table names of one database, all different."""
    shape = rng.choice(["runs", "scattered", "mixed", "words"])
    if shape == "words":
        return sorted({"".join(rng.choices("abcdefghij", k=9)) for _ in range(number)})
    numbers = range(1, number + 1) if shape == "runs" else rng.sample(range(9 * number + 9), number)
    heads, tails = (_HEADS, _TAILS) if shape == "mixed" else (rng.sample(_HEADS, 1), ("",))
    width = rng.choice([0, 4])
    return [f"{rng.choice(heads)}{n:0{width}}{rng.choice(tails)}" for n in numbers]


def expanded(name):
    """The table names that a name with ranges stands for."""
    found = re.fullmatch(r"(.*?)\[([\d,-]+)\](.*)", name, re.DOTALL)
    if not found:
        return [name]
    head, ranges, tail = found.groups()
    made = []
    for part in ranges.split(","):
        first, _, last = part.partition("-")
        numbers = (f"{n:0{len(first)}}" for n in range(int(first), int(last or first) + 1))
        made += [f"{head}{number}{tail.replace('[same]', number)}" for number in numbers]
    return made


class Compared(NamedTuple):
    """A compared table as it was meant, and as DRS sends it."""

    pair: tuple[str, str]
    name: str
    verdict: str
    numbers: tuple
    wire: dict


def numbers(rng, *, differs):
    """Rows in the source, in the destination, and lost, each as written and as known."""
    source = rng.randrange(10**7)
    lost = rng.randrange(1, 900) if differs else 0
    spellings = [spelt(rng, number) for number in (source, max(source - lost, 0), lost)]
    written = dict(
        zip(
            ("source_row_num", "target_row_num", "difference_row_num"),
            [wire for wire, _ in spellings],
            strict=True,
        )
    )
    return written, tuple(number for _, number in spellings)


def listed(tables):
    return [(table.pair, table.wire) for table in tables]


def sums(tables):
    """The three sums over all tables; None where no table tells its number."""
    columns = ("source_rows", "destination_rows", "differing_rows")
    return {
        column: known(table.numbers[place] for table in tables)
        for place, column in enumerate(columns)
    }


def compare_tasks(kind):
    """The list of comparison tasks, in which `TASK` is the newest one of its kind to have ended."""
    made = []
    for name, status, day in (
        ("old", "SUCCESSFUL", 1),
        (TASK, "SUCCESSFUL", 5),
        ("x", "RUNNING", 9),
    ):
        start = f"2026-11-0{day}T08:00:00Z"
        row = {"id": name, "type": kind, "status": status, "start_time": start}
        made.append((NOWHERE, row | {"end_time": start if status == "SUCCESSFUL" else None}))
    return made


def check_tables(answer, problem_rows, *, several):
    """Every troubled table can be told from the lines, with its rows; and so from the databases."""
    rows = whole(answer, "tables")
    if rows is not None:
        found_names = sorted(name for row in rows for name in expanded(row["table"]))
        assert found_names == sorted(
            f"{table.pair[0]}.{table.name}" if several else table.name for table in problem_rows
        )
        assert sum(row.get("tables") or 1 for row in rows) == len(problem_rows)
        for place, column in enumerate(("source_rows", "destination_rows", "differing")):
            total = known(table.numbers[place] for table in problem_rows)
            assert known(row.get(column) for row in rows) == total
    check_databases(answer, [table.pair[0] for table in problem_rows], "tables")


def check_databases(answer, databases, column):
    """Above fifty troubled things, the counts by database are told as well."""
    rows = whole(answer, "by_database") if len(databases) > 50 else None
    if rows is not None:
        found_names = {row["database"]: row[column] for row in rows}
        assert found_names == {name: databases.count(name) for name in databases}

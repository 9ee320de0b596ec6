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


UNCOMPARED = {
    "cannot be compared",
    "result unknown",
    "failed to compare",
    "waiting for comparison",
    "comparing",
    "canceled",
    "'something_new'",
    "status 24",
    "other",
    "unknown",
    "both sides empty",
    "no connection to source",
    "SQL timeout in destination",
    "too large, not compared",
    "timed out",
}


class Compared(NamedTuple):
    """A compared table as it was meant, and the rows that DRS sends about it, recounted.

    `raw` holds (verdict, source rows, destination rows, told difference) of each row that counts.
    """

    pair: tuple[str, str]
    name: str
    verdict: str
    raw: list
    wires: list

    @property
    def numbers(self):
        """Rows in the source, in the destination, and differing, as far as they are known."""
        return (
            known(source for _, source, _, _ in self.raw),
            known(target for _, _, target, _ in self.raw),
            known(self.differing(row) for row in self.raw),
        )

    def differing(self, row):
        verdict, source, target, lost = row
        if source is None or target is None or verdict in UNCOMPARED:
            return lost
        return abs(source - target)


class ComparedValues(Compared):
    """The same where values were compared: rows may differ in value, too."""

    def differing(self, row):
        if row[0] in UNCOMPARED:
            return row[3]
        found = [number for number in (super().differing(row), row[3]) if number is not None]
        return max(found, default=None)


def numbers(rng, *, differs):
    """Rows in the source, in the destination, and lost, each as written and as known."""
    source = rng.randrange(10**7)
    lost = rng.randrange(1, 900) if differs else 0
    target = max(source - lost, 0) if rng.random() < 0.7 else source + lost
    signed = source - target
    found_names = (
        signed if differs and signed not in (0, -1) and rng.random() < 0.1 else abs(signed)
    )
    spellings = [spelt(rng, number) for number in (source, target)]
    lost_as = (found_names, abs(found_names)) if found_names < 0 else spelt(rng, found_names)
    if rng.random() < 0.02 and found_names >= 0:
        lost_as = (f"-{found_names}", found_names) if found_names not in (0, 1) else lost_as
    names = ("source_row_num", "target_row_num", "difference_row_num")
    written = dict(zip(names, [wire for wire, _ in [*spellings, lost_as]], strict=True))
    return written, (*(number for _, number in spellings), lost_as[1])


def listed(tables):
    return [(table.pair, wire) for table in tables for wire in table.wires]


def sums(tables, compared):
    """The sums over the rows that were compared and tell both counts."""
    rows = [(table, row) for table in tables for row in table.raw]
    counted = [
        (table, row)
        for table, row in rows
        if row[0] in compared and row[1] is not None and row[2] is not None
    ]
    found = {
        "source_rows": sum(row[1] for _, row in counted),
        "destination_rows": sum(row[2] for _, row in counted),
        "differing_rows": sum(table.differing(row) for table, row in counted),
    }
    return found if counted or not tables else dict.fromkeys(found)


def directions(tables, compared):
    """How many rows the destination lacks, and how many it has beyond the source's."""
    gaps = [
        row[1] - row[2]
        for table in tables
        for row in table.raw
        if row[0] in compared and row[1] is not None and row[2] is not None
    ]
    return {
        "missing_rows": sum(gap for gap in gaps if gap > 0) or None,
        "surplus_rows": -sum(gap for gap in gaps if gap < 0) or None,
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
        check_worst(rows, problem_rows, several=several)
    check_databases(answer, [table.pair[0] for table in problem_rows], "tables")


def check_worst(rows, problem_rows, *, several):
    """Tables stand by how many rows differ in the worst; a group tells it, where one stands out."""
    sizes = {}
    for table in problem_rows:
        name = f"{table.pair[0]}.{table.name}" if several else table.name
        sizes.setdefault(name, []).append((table.name, table.numbers[2] or 0))
    for row in rows:
        if not row.get("worst"):
            continue
        name, _, number = row["worst"].rpartition(": ")
        members = [size for member in expanded(row["table"]) for size in sizes[member]]
        assert (name, int(number)) in members
        if all(len(sizes[member]) == 1 for member in expanded(row["table"])):
            assert int(number) == max(size for _, size in members)


def check_databases(answer, databases, column):
    """Above fifty troubled things, the counts by database are told as well."""
    rows = whole(answer, "by_database") if len(databases) > 50 else None
    if rows is not None:
        found_names = {row["database"]: row[column] for row in rows}
        assert found_names == {name: databases.count(name) for name in databases}

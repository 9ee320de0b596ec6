"""Differing rows of a value comparison (Tables 49, 50): per table and kind, as keys."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from drs_mcp.api.wire.values import Row, count, records
from drs_mcp.clock import iso
from drs_mcp.quoting.names import as_name
from drs_mcp.summaries.answer import NO_ARGUMENTS, Cell, NextCall, plural, table
from drs_mcp.summaries.comparisons.difference_answer import (
    STATEMENTS,
    KeyTable,
    ValueDifferencesAnswer,
    key_lines,
    statements,
    table_counts,
)
from drs_mcp.summaries.comparisons.differing_tables import (
    DIFFERENT,
    KINDS,
    ONLY_SOURCE,
    ONLY_TARGET,
    DifferingTable,
    NamedTable,
    Pair,
    Place,
    joined,
    named,
)
from drs_mcp.summaries.comparisons.key_ranges import is_natural
from drs_mcp.summaries.comparisons.keys import KeyReader, present
from drs_mcp.summaries.comparisons.sql.from_clause import head_of, table_of
from drs_mcp.summaries.comparisons.table_choice import chosen
from drs_mcp.summaries.comparisons.tasks import CompareTask

_CLAIMS = {
    "target_meta_is_null": ONLY_SOURCE,
    "source_meta_is_null": ONLY_TARGET,
    "source_target_meta_not_null": DIFFERENT,
}
_FIELDS = ("source_key_value", "target_key_value", "source_select_sql", "target_select_sql")
_fields = itemgetter(*_FIELDS)
_HEADS_KEPT = 5000


@dataclass
class _Compared:
    """What is known of one pair of databases beside its tables.

    Attributes:
        claims: DRS's own counters.
        listed: whether DRS sent a list, be it empty.
        heads: the tables by what their statements begin with, at the source and at the destination.
    """

    pair: Pair
    claims: dict[str, int] = field(default_factory=dict)
    listed: bool = False
    heads: tuple[dict[str, DifferingTable], dict[str, DifferingTable]] = field(
        default_factory=lambda: ({}, {})
    )


class ValueDifferences:
    """Folds pages of differing rows; keeps their keys, and of each table one statement a side."""

    def __init__(self) -> None:
        self._tables: dict[Place, DifferingTable] = {}
        self._pairs: dict[Pair, _Compared] = {}
        self._keys = KeyReader()
        self._keyless = 0

    def feed(self, info: Row, *, source_db: str, target_db: str) -> None:
        """Take one page (Table 49) of one database pair."""
        pair = (source_db, target_db)
        compared = self._pairs.setdefault(pair, _Compared(pair))
        for name in ("count", *_CLAIMS):
            number = count(info.get(name))
            if number is not None:
                compared.claims[name] = max(number, compared.claims.get(name, 0))
        rows = info.get("contents_infos")
        compared.listed = compared.listed or isinstance(rows, list)
        for row in records(rows):
            if not _taken_plainly(row, compared):
                self._take(row, compared)

    def _take(self, row: Row, compared: _Compared) -> None:
        source_key, target_key, source_sql, target_sql = (row.get(name) for name in _FIELDS)
        here, there = self._keys.read(source_key), self._keys.read(target_key)
        source, target = here.key, there.key
        if not (all(source) and all(target)):
            source, target = present(source, target, selected=(bool(source_sql), bool(target_sql)))
        if source or target:
            kind = _kind(source, target)
        else:
            self._keyless += 1
            kind = _kind(source_sql, target_sql)
        statement = source_sql or target_sql
        statement = statement if isinstance(statement, str) else ""
        found = self._table_of(statement, compared, in_destination=not source_sql)
        if found.target is None and source_sql and isinstance(target_sql, str) and target_sql:
            found.target, found.target_sql = table_of(target_sql) or (), target_sql
        found.take(kind, source, target, (here if source else there).names, statement)

    def _table_of(
        self, statement: str, compared: _Compared, *, in_destination: bool
    ) -> DifferingTable:
        """The table that a statement reads; those of one table are alike up to their WHERE."""
        heads, head = compared.heads[in_destination], head_of(statement)
        if head in heads:
            return heads[head]
        # Where the WHERE stands in a text, what is before it is no statement.
        read = table_of(head)
        place = Place.of(compared.pair, read or table_of(statement), in_destination=in_destination)
        found = self._tables.setdefault(place, DifferingTable())
        if in_destination:
            found.target_sql = found.target_sql or statement
        else:
            found.source_sql = found.source_sql or statement
        if read and len(heads) < _HEADS_KEPT:
            heads[head] = found
        return found

    def answer(
        self,
        *,
        job: str,
        task: CompareTask | None,
        include_values: bool = False,
        include_sql: bool = False,
        offset: int = 0,
        limit: int = 50,
        wanted: str = "",
        complete: bool = True,
        against: str = "",
        arguments: Mapping[str, str] = NO_ARGUMENTS,
    ) -> ValueDifferencesAnswer:
        """Summarise what was fed.

        Args:
            job: the caller's word for the task.
            task: the comparison.
            include_values: whether keys that are not integers are told.
            include_sql: whether a SELECT of each table is told, for both sides.
            offset: lines of keys to skip.
            limit: lines to tell.
            wanted: the table that is asked for, by name or with `*`; empty for all.
            complete: whether every row was read.
            against: what the overview says, where it says that values differ.
            arguments: what else narrowed the call down.

        Raises:
            ArgumentError: there are tables with differing rows, but none of the name that is asked
                for.
        """
        every = named(joined(self._tables))
        left = chosen([one.names for one in every], wanted, complete=complete) if every else []
        found = [every[place] for place in left]
        kinds = sum((one.table.counts for one in found), Counter[str]())
        lines, keys = key_lines(found, values=include_values), 0
        shown: list[list[Cell]] = []
        for line in lines:  # of as many as there are rows, those that are told are kept
            if offset <= keys < offset + limit:
                shown.append(line.cells())
            keys += 1
        hidden = 0 if include_values else sum(one.table.hidden for one in found)
        args: dict[str, str | int | bool] = {"job": job, **arguments, "table": wanted}
        task_id = task.id if task else arguments.get("compare_task_id", "")
        args |= {"compare_task_id": task_id, "include_sql": include_sql}
        again = NextCall(tool="get_compare_diff", args=args | {"include_values": include_values})
        return ValueDifferencesAnswer(
            headline=self._headline(kinds, found, others=len(every) - len(found))
            + (f" But {against}." if against and not every else ""),
            compare_task_id=task_id or None,
            totals=self._rows(kinds) | {kind: kinds[kind] for kind in KINDS if kinds[kind]},
            tables=table_counts(found, values=include_values),
            ranges=table(
                ("table", "kind", "keys", "rows", "destination_keys"),
                shown,
                total=keys,
                start=offset,
                more=again,
                form=KeyTable,
            ),
            hidden_keys=hidden or None,
            sql=statements(found) if include_sql else [],
            ended=iso(task.ended) if task and task.ended else None,
            notes=self._notes(cut_sql=include_sql and len(found) > STATEMENTS),
            next=[
                NextCall(
                    tool="get_compare_diff",
                    args=args | {"include_values": True},
                    why="hidden keys: not integers, so row data; ask only if you may see it",
                )
            ]
            if hidden
            else [],
        )

    def _headline(self, kinds: Counter[str], found: Sequence[NamedTable], *, others: int) -> str:
        total = kinds.total()
        if not total:
            if most := self._most_claimed():
                return f"DRS counts {plural(most, 'differing row')} but lists none."
            if any(pair.listed or "count" in pair.claims for pair in self._pairs.values()):
                return "The value comparison lists no differing rows."
            return "DRS sent no list of differing rows: whether rows differ is unknown."
        told = ", ".join(f"{kinds[kind]:,} {kind}" for kind in KINDS if kinds[kind])
        verb = "differs" if total == 1 else "differ"
        name = as_name(found[0].names[0]) if others and len(found) == 1 else None
        where = f"table {name}" if name else plural(len(found), "table")
        more = f" {plural(others, 'other table')} left out." if others else ""
        if not self._unread():
            return f"{plural(total, 'row')} {verb} in {where}: {told}.{more}"
        lead = f"DRS counts {self._most_claimed():,} differing rows and {self._read().total():,} of them were read"
        return f"{lead}: {total:,} in {where}, {told}.{more}"

    def _rows(self, kinds: Counter[str]) -> dict[str, int]:
        """How many rows differ: what was read is not called all of them where DRS counts more."""
        if not self._unread():
            return {"rows": kinds.total()}
        return {"counted_by_drs": self._most_claimed(), "rows_read": kinds.total()}

    def _unread(self) -> bool:
        """Whether DRS counts more rows than were read."""
        return self._most_claimed() > self._read().total()

    def _read(self) -> Counter[str]:
        return sum((found.counts for found in self._tables.values()), Counter[str]())

    def _most_claimed(self) -> int:
        claimed = self._claimed()
        return max(claimed["count"], claimed.total() - claimed["count"])

    def _claimed(self) -> Counter[str]:
        claimed: Counter[str] = Counter()
        for pair in self._pairs.values():
            claimed.update(pair.claims)
        return claimed

    def _notes(self, *, cut_sql: bool) -> list[str]:
        notes = []
        if any(not place.parts for place in self._tables):
            notes.append("Some statements name no readable table: those rows are under that name.")
        if self._keyless:
            notes.append(f"{plural(self._keyless, 'row')} came without a key.")
        if cut_sql:
            notes.append(f"SQL of the first {STATEMENTS} tables only: `table` asks for another.")
        silent = sum(
            not pair.listed and "count" not in pair.claims for pair in self._pairs.values()
        )
        if silent and len(self._pairs) > 1:
            notes.append(f"DRS sent no list for {plural(silent, 'database')}: unknown there.")
        claimed = self._claimed()
        read = self._read()
        wrong = [
            f"{kind} {claimed[name]:,}"
            for name, kind in _CLAIMS.items()
            if name in claimed and claimed[name] != read[kind]
        ]
        if "count" in claimed and claimed["count"] != read.total():
            wrong.insert(0, f"rows {claimed['count']:,}")
        if wrong:
            notes.append(f"DRS's own counters say otherwise: {', '.join(wrong)}.")
        return notes


def _taken_plainly(row: Row, compared: _Compared) -> bool:
    """Take a row of a known table whose key is one number, as nearly all are; False for any other.

    It does what `ValueDifferences._take` would, at half the price.
    """
    try:
        source, target, source_sql, target_sql = _fields(row)
    except KeyError:
        return False
    key = source or target
    if type(key) is not list or len(key) != 1 or not is_natural(key[0]):
        return False
    if source and target:
        kind = DIFFERENT
        if source != target:
            return False
    else:
        kind = ONLY_SOURCE if source else ONLY_TARGET
        other = target if source else source
        if other is not None and other != []:
            return False
    statement = source_sql or target_sql
    if type(statement) is not str:
        return False
    found = compared.heads[not source_sql].get(head_of(statement))
    if found is None or (found.target is None and source_sql and target_sql):
        return False
    return found.take_number(kind, int(key[0]))


def _kind(source: object, target: object) -> str:
    if source and not target:
        return ONLY_SOURCE
    return ONLY_TARGET if target and not source else DIFFERENT

"""Differing rows of a value comparison (Tables 49, 50): per table and kind, as key ranges."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from drs_mcp.api.wire.values import Row, count, records, text
from drs_mcp.clock import iso
from drs_mcp.quoting.quoted import Name, Quoted
from drs_mcp.summaries.answer import (
    NO_ARGUMENTS,
    Answer,
    Cell,
    Closing,
    NextCall,
    Table,
    plural,
    table,
)
from drs_mcp.summaries.comparisons.key_ranges import Key, integers, key_runs, text_families
from drs_mcp.summaries.comparisons.name_groups import qualified
from drs_mcp.summaries.comparisons.select_sql import selected
from drs_mcp.summaries.comparisons.tasks import CompareTask

ONLY_SOURCE, ONLY_TARGET, DIFFERENT = "only in source", "only in destination", "different"
_KINDS = (ONLY_SOURCE, ONLY_TARGET, DIFFERENT)
_CLAIMS = {
    "target_meta_is_null": ONLY_SOURCE,
    "source_meta_is_null": ONLY_TARGET,
    "source_target_meta_not_null": DIFFERENT,
}
UNREAD_TABLE = "table unknown"
_SAMPLES = 5
_HEADS_KEPT = 5000
_TEMPLATES = 20


class ValueDifferencesAnswer(Answer, Closing):
    """Answer of `get_compare_diff`."""

    essential = frozenset({"totals"})
    samples = frozenset({"samples"})

    compare_task_id: Name | None = None
    totals: dict[str, int] = {}
    tables: Table = Table()
    ranges: Table = Table()
    hidden_keys: int | None = None
    values: Table = Table()
    sql: list[tuple[Name, Quoted]] = []
    ended: Name | None = None


@dataclass
class _TableDifferences:
    """One table of one database pair."""

    counts: Counter[str] = field(default_factory=Counter)
    integer_keys: dict[str, list[tuple[int, ...]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    other_keys: dict[str, list[Key]] = field(default_factory=lambda: defaultdict(list))
    template: str = ""
    target: str | None = None
    """Its name in the destination, where a row had a SELECT of both sides."""

    def with_rows_of(self, other: "_TableDifferences") -> "_TableDifferences":
        """Both tables' rows as this one's."""
        joined = _TableDifferences(
            self.counts + other.counts, template=self.template, target=self.target
        )
        for found in (self, other):
            for kind, integers_ in found.integer_keys.items():
                joined.integer_keys[kind] += integers_
            for kind, others in found.other_keys.items():
                joined.other_keys[kind] += others
        return joined


class _Place(NamedTuple):
    """Where a SELECT reads; `there` if it is the destination's, the source having no such row."""

    database: str
    table: str
    in_destination: bool


class ValueDifferences:
    """Folds pages of differing rows; keeps keys, never whole statements."""

    def __init__(self) -> None:
        self._tables: dict[_Place, _TableDifferences] = {}
        self._heads: dict[_Place, _TableDifferences] = {}
        self._claims: dict[tuple[str, str], dict[str, int]] = {}
        self._keyless = 0

    def feed(self, info: Row, *, source_db: str, target_db: str) -> None:
        """Take one page (Table 49) of one database pair."""
        claims = self._claims.setdefault((source_db, target_db), {})
        for name in ("count", *_CLAIMS):
            number = count(info.get(name))
            if number is not None:
                claims[name] = max(number, claims.get(name, 0))
        for row in records(info.get("contents_infos")):
            source, target = _key(row.get("source_key_value")), _key(row.get("target_key_value"))
            key = source or target
            kind = _kind(source, target)
            if not key:
                self._keyless += 1
                kind = _kind(row.get("source_select_sql"), row.get("target_select_sql"))
            found = self._table_of(row, source_db)
            found.counts[kind] += 1
            numbers = integers(key)
            if numbers:
                found.integer_keys[kind].append(numbers)
            elif key:
                found.other_keys[kind].append(key)

    def _table_of(self, row: Row, source_db: str) -> _TableDifferences:
        """The table that a row's SELECT reads; statements of one table begin alike."""
        statement = row.get("source_select_sql")
        in_destination = not statement
        if in_destination:
            statement = row.get("target_select_sql")
        if not isinstance(statement, str):
            statement = ""
        place = statement.find(" where ")
        if place < 0:
            place = statement.find(" WHERE ")
        head = _Place(source_db, statement[:place], in_destination)
        # A string in the head could hold the word itself: such statements are read whole.
        known = place >= 0 and "'" not in head.table
        found = self._heads.get(head) if known else None
        if found is None:
            read = selected(statement)
            at = _Place(source_db, read.table or UNREAD_TABLE, in_destination)
            found = self._tables.setdefault(at, _TableDifferences(template=read.template))
            if not in_destination and found.target is None:
                found.target = selected(str(row.get("target_select_sql") or "")).table
            if known and len(self._heads) < _HEADS_KEPT:
                self._heads[head] = found
        return found

    def _joined(self) -> dict[tuple[str, str], _TableDifferences]:
        """The tables by database and name; rows that only the destination has join their table.

        Its name there is told by a row that both sides have, or it is the source's but for case.
        """
        tables = {
            (at.database, at.table): self._tables[at]
            for at in self._tables
            if not at.in_destination
        }
        for at, found in self._tables.items():
            if not at.in_destination:
                continue
            here = [name for name in tables if name[0] == at.database]
            name = (at.database, at.table)
            for alike in (
                [known for known in here if tables[known].target == at.table],
                [known for known in here if known == name],
                [known for known in here if known[1].lower() == at.table.lower()],
            ):
                if len(alike) == 1:
                    name = alike[0]
                    break
            tables[name] = tables[name].with_rows_of(found) if name in tables else found
        return tables

    def answer(
        self,
        *,
        job: str,
        task: CompareTask | None,
        include_values: bool = False,
        include_sql: bool = False,
        offset: int = 0,
        limit: int = 50,
        arguments: Mapping[str, str] = NO_ARGUMENTS,
    ) -> ValueDifferencesAnswer:
        """Summarise what was fed.

        Args:
            job: the caller's word for the task.
            task: the comparison.
            include_values: whether keys that are not integers are told.
            include_sql: whether a SELECT template of each table is told.
            offset: lines of ranges to skip.
            limit: lines to tell.
            arguments: what else narrowed the call down.
        """
        tables = self._joined()
        places = sorted(tables, key=lambda place: (-tables[place].counts.total(), place))
        found = [(_name(*place), tables[place]) for place in places]
        kinds = sum((one.counts for _, one in found), Counter[str]())
        lines, ranges = _ranges(found), 0
        listed: list[list[Cell]] = []
        for line in lines:  # of as many as there are rows, those that are told are kept
            if offset <= ranges < offset + limit:
                listed.append(line)
            ranges += 1
        hidden = sum(len(keys) for _, one in found for keys in one.other_keys.values())
        args: dict[str, str | int | bool] = {"job": job, **arguments}
        task_id = task.id if task else arguments.get("compare_task_id", "")
        args |= {"compare_task_id": task_id, "include_sql": include_sql}
        return ValueDifferencesAnswer(
            headline=_headline(kinds, len(places)),
            compare_task_id=task_id or None,
            totals={"rows": kinds.total()} | {kind: kinds[kind] for kind in _KINDS if kinds[kind]},
            tables=_table_counts(found) if len(found) > 1 else Table(),
            ranges=table(
                ("table", "kind", "keys", "rows"),
                listed,
                total=ranges,
                start=offset,
                more=NextCall(
                    tool="get_compare_diff",
                    args=args | {"include_values": include_values},
                ),
            ),
            hidden_keys=hidden if hidden and not include_values else None,
            values=_value_table(found) if include_values else Table(),
            sql=_templates(found) if include_sql else [],
            ended=iso(task.ended) if task and task.ended else None,
            notes=self._notes(kinds, cut_sql=include_sql and len(found) > _TEMPLATES),
            next=[
                NextCall(
                    tool="get_compare_diff",
                    args=args | {"include_values": True},
                    why="hidden keys: not integers, so row data; ask only if you may see it",
                )
            ]
            if hidden and not include_values
            else [],
        )

    def _notes(self, kinds: Counter[str], *, cut_sql: bool) -> list[str]:
        notes = []
        if any(at.table == UNREAD_TABLE for at in self._tables):
            notes.append("Some statements name no readable table: those rows are under that name.")
        if self._keyless:
            notes.append(f"{plural(self._keyless, 'row')} came without a key.")
        if cut_sql:
            notes.append(f"SQL of the first {_TEMPLATES} tables only.")
        claimed: Counter[str] = Counter()
        for claims in self._claims.values():
            claimed.update(claims)
        wrong = [
            f"{kind} {claimed[name]:,}"
            for name, kind in _CLAIMS.items()
            if name in claimed and claimed[name] != kinds[kind]
        ]
        if "count" in claimed and claimed["count"] != kinds.total():
            wrong.insert(0, f"rows {claimed['count']:,}")
        if wrong:
            notes.append(f"DRS's own counters say otherwise: {', '.join(wrong)}.")
        return notes


def _ranges(found: Iterable[tuple[str, _TableDifferences]]) -> Iterator[list[Cell]]:
    """The lines of the table of ranges."""
    for name, one in found:
        for kind in _KINDS:
            for span, number in key_runs(one.integer_keys.get(kind, [])):
                yield [name, kind, span, number]


def _kind(source: object, target: object) -> str:
    if source and not target:
        return ONLY_SOURCE
    return ONLY_TARGET if target and not source else DIFFERENT


def _key(value: object) -> Key:
    """The parts of a key; () where there is none, which an empty text means, too."""
    if type(value) is list and len(value) == 1 and type(value[0]) is str and value[0]:
        return (value[0],)  # the common case, kept cheap
    parts = value if isinstance(value, list) else [value]
    key = tuple(part if isinstance(part, str) else text(part) or "" for part in parts)
    return key if any(key) else ()


def _templates(found: Sequence[tuple[str, _TableDifferences]]) -> list[tuple[str, str]]:
    return [(name, one.template) for name, one in found[:_TEMPLATES] if one.template]


def _table_counts(found: Sequence[tuple[str, _TableDifferences]]) -> Table:
    return table(
        ("table", "rows", "only_source", "only_destination", "different"),
        [
            (name, one.counts.total(), *(one.counts[kind] or None for kind in _KINDS))
            for name, one in found
        ],
    )


def _value_table(found: Sequence[tuple[str, _TableDifferences]]) -> Table:
    rows: list[list[Cell]] = []
    for name, one in found:
        for kind in _KINDS:
            for family in text_families(one.other_keys.get(kind, [])):
                first, *others = ("/".join(key) for key in family)
                between = ", ".join(others[:-1][:_SAMPLES])
                rows.append(
                    [name, kind, len(family), first, others[-1] if others else None, between]
                )
    return table(("table", "kind", "rows", "first", "last", "samples"), rows)


def _name(database: str, name: str) -> str:
    """The table with its database, unless its own name has it already."""
    if name == UNREAD_TABLE:
        return f"{database}: {name}" if database else name
    return qualified(database, name)


def _headline(kinds: Counter[str], tables: int) -> str:
    total = kinds.total()
    if not total:
        return "The value comparison lists no differing rows."
    counts = ", ".join(f"{kinds[kind]:,} {kind}" for kind in _KINDS if kinds[kind])
    verb = "differs" if total == 1 else "differ"
    return f"{plural(total, 'row')} {verb} in {plural(tables, 'table')}: {counts}."

"""Differing rows of a value comparison (Tables 49, 50): per table and kind, as key ranges."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from drs_mcp.api.values import Row, count, records, texts
from drs_mcp.clock import iso
from drs_mcp.quoted import Name, Quoted
from drs_mcp.summaries.answer import Answer, Cell, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.compare_tasks import CompareTask
from drs_mcp.summaries.key_ranges import integers, key_runs
from drs_mcp.summaries.select_sql import selected

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


class ValueDifferencesAnswer(Answer, Closing):
    """Answer of `get_compare_diff`."""

    essential = frozenset({"totals"})

    compare_task_id: Name | None = None
    totals: dict[str, int] = {}
    tables: Table = Table()
    ranges: Table = Table()
    hidden_keys: int | None = None
    values: Table = Table()
    sql: dict[Name, Quoted] = {}
    ended: Name | None = None


@dataclass
class _Found:
    """One table of one database pair."""

    counts: dict[str, int] = field(default_factory=dict)
    integer_keys: dict[str, list[tuple[int, ...]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    other_keys: dict[str, list[tuple[str, ...]]] = field(default_factory=lambda: defaultdict(list))
    template: str = ""


class ValueDifferences:
    """Folds pages of differing rows; keeps keys, never whole statements."""

    def __init__(self) -> None:
        self._tables: dict[tuple[str, str], _Found] = {}
        self._heads: dict[tuple[str, str], _Found] = {}
        self._claims: dict[tuple[str, str], dict[str, int]] = {}

    def feed(self, info: Row, *, source_db: str, target_db: str) -> None:
        """Take one page (Table 49) of one database pair."""
        claims = self._claims.setdefault((source_db, target_db), {})
        for name in ("count", *_CLAIMS):
            number = count(info.get(name))
            if number is not None:
                claims[name] = max(number, claims.get(name, 0))
        for row in records(info.get("contents_infos")):
            source, target = _key(row.get("source_key_value")), _key(row.get("target_key_value"))
            kind = DIFFERENT if source and target else ONLY_SOURCE if source else ONLY_TARGET
            found = self._table_of(row, source_db)
            found.counts[kind] = found.counts.get(kind, 0) + 1
            key = source or target
            numbers = integers(key)
            if numbers:
                found.integer_keys[kind].append(numbers)
            elif key:
                found.other_keys[kind].append(key)

    def _table_of(self, row: Row, source_db: str) -> _Found:
        """The table that a row's SELECT reads; statements of one table begin alike."""
        statement = row.get("source_select_sql") or row.get("target_select_sql")
        if not isinstance(statement, str):
            statement = ""
        place = statement.find(" where ")
        if place < 0:
            place = statement.find(" WHERE ")
        head = statement[:place]
        # A string in the head could hold the word itself: such statements are read whole.
        known = place >= 0 and "'" not in head
        found = self._heads.get((source_db, head)) if known else None
        if found is None:
            read = selected(statement)
            at = (source_db, read.table or UNREAD_TABLE)
            found = self._tables.setdefault(at, _Found(template=read.template))
            if known and len(self._heads) < _HEADS_KEPT:
                self._heads[source_db, head] = found
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
    ) -> ValueDifferencesAnswer:
        """Summarise what was fed; *offset* and *limit* count lines of ranges."""
        places = sorted(
            self._tables, key=lambda place: (-sum(self._tables[place].counts.values()), place)
        )
        names = {place: _name(*place) for place in places}
        kinds: Counter[str] = Counter()
        for found in self._tables.values():
            kinds.update(found.counts)
        ranges, hidden, values = self._keys(places, names)
        args: dict[str, str | int | bool] = {"job": job}
        if task and task.id:
            args["compare_task_id"] = task.id
        calls = []
        if hidden and not include_values:
            calls.append(
                NextCall(
                    tool="get_compare_diff",
                    args=args | {"include_values": True},
                    why="keys that are row data, if you may see them",
                )
            )
        return ValueDifferencesAnswer(
            headline=_headline(kinds, len(places)),
            compare_task_id=task.id if task else None,
            totals={"rows": kinds.total()} | {kind: kinds[kind] for kind in _KINDS if kinds[kind]},
            tables=table(
                ("table", "rows", "only_source", "only_destination", "different"),
                [
                    (
                        names[place],
                        sum(self._tables[place].counts.values()),
                        *(self._tables[place].counts.get(kind) for kind in _KINDS),
                    )
                    for place in places
                ],
            )
            if len(places) > 1
            else Table(),
            ranges=table(
                ("table", "kind", "keys", "rows"),
                ranges[offset : offset + limit],
                total=len(ranges),
                start=offset,
                more=NextCall(tool="get_compare_diff", args=args, why="the other ranges"),
            ),
            hidden_keys=hidden if hidden and not include_values else None,
            values=table(("table", "kind", "rows", "first", "last", "samples"), values)
            if include_values
            else Table(),
            sql={names[place]: self._tables[place].template for place in places[:20]}
            if include_sql
            else {},
            ended=iso(task.ended) if task and task.ended else None,
            notes=self._notes(kinds, hidden=bool(hidden) and not include_values),
            next=calls,
        )

    def _keys(
        self, places: list[tuple[str, str]], names: dict[tuple[str, str], str]
    ) -> tuple[list[list[Cell]], int, list[list[Cell]]]:
        ranges: list[list[Cell]] = []
        values: list[list[Cell]] = []
        hidden = 0
        for place in places:
            found = self._tables[place]
            for kind in _KINDS:
                ranges += [
                    [names[place], kind, span, number]
                    for span, number in key_runs(found.integer_keys.get(kind, []))
                ]
                others = sorted(found.other_keys.get(kind, []))
                if others:
                    hidden += len(others)
                    shown = ["/".join(key) for key in others]
                    values.append(
                        [
                            names[place],
                            kind,
                            len(others),
                            shown[0],
                            shown[-1],
                            ", ".join(shown[1 : 1 + _SAMPLES]) if len(shown) > 2 else None,
                        ]
                    )
        return ranges, hidden, values

    def _notes(self, kinds: Counter[str], *, hidden: bool) -> list[str]:
        notes = []
        if hidden:
            notes.append("Keys that are not integers are row data and stay hidden.")
        if any(table_name == UNREAD_TABLE for _, table_name in self._tables):
            notes.append("Some statements name no readable table: those rows are under that name.")
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


def _key(value: object) -> tuple[str, ...]:
    if type(value) is list and len(value) == 1 and type(value[0]) is str and value[0]:
        return (value[0],)  # the common case, kept cheap
    return tuple(texts(value)) if value else ()


def _name(database: str, name: str) -> str:
    """The table with its database, unless its own name has it already."""
    if not database or name.lower().startswith(f"{database.lower()}."):
        return name
    return f"{database}.{name}" if name != UNREAD_TABLE else f"{database}: {name}"


def _headline(kinds: Counter[str], tables: int) -> str:
    total = kinds.total()
    if not total:
        return "The value comparison lists no differing rows."
    told = ", ".join(f"{kinds[kind]:,} {kind}" for kind in _KINDS if kinds[kind])
    verb = "differs" if total == 1 else "differ"
    return f"{plural(total, 'row')} {verb} in {plural(tables, 'table')}: {told}."

"""An object comparison (Table 43): objects missing on one side or unequal, and what was not listed.

DRS lists databases, tables and indexes one by one; of other types it tells counts only, in the
overview (Table 42).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drs_mcp.api.wire.values import Row, moment, text
from drs_mcp.clock import iso
from drs_mcp.summaries.answer import (
    NO_ARGUMENTS,
    Cell,
    NextCall,
    Table,
    table,
)
from drs_mcp.summaries.comparisons.evidence.objects import (
    EQUAL,
    FAILED,
    MISSING,
    ORDER,
    PROBLEMS,
    RENAMED,
    SURPLUS,
    UNEQUAL,
    ObjectFacts,
    object_facts,
    object_problem,
)
from drs_mcp.summaries.comparisons.name_groups import group_names, listed, qualified, renamed, shape
from drs_mcp.summaries.comparisons.object_answer import (
    ObjectComparisonAnswer,
    headline,
    notes,
    others,
)
from drs_mcp.summaries.comparisons.overviews.objects import state_of
from drs_mcp.summaries.comparisons.requested.names import RequestedTable, not_there, parts
from drs_mcp.summaries.comparisons.tables import MANY, by_database

_SYNONYMS = {
    "missing": MISSING,
    "inconsistent": "",
    "differs": "",
    "differing": "",
    "consistent": EQUAL,
    "agree": EQUAL,
    "surplus": SURPLUS,
    "failed": FAILED,
    "renamed": RENAMED,
}


_COLUMNS = ("type", "object", "problem", "destination", "destination_db", "objects", "message")


class _ProblemObject(NamedTuple):
    problem: str
    type: str
    database: str
    source: str
    target: str
    message: str | None
    target_db: str

    @property
    def mapped(self) -> bool:
        """Whether the destination's database is called otherwise than the source's."""
        return self.target_db.casefold() not in ("", self.database.casefold())


class ObjectComparison:
    """Folds pages of compared objects; keeps only those whose sides differ, or that are asked for.

    Args:
        table: a table, or an object's name or pattern: only such objects are told.
        status: what is wrong, in the words of an answer: only such objects are told.
    """

    def __init__(self, *, table: str = "", status: str = "") -> None:
        self._asked = RequestedTable(table) if table.strip() else None
        word = status.strip().lower().replace("_", " ")
        self._status = _SYNONYMS.get(word, word)
        self._told = bool(word) or self._asked is not None
        self._seen: set[int] = set()
        self._read: Counter[str] = Counter()
        self._sources: Counter[str] = Counter()
        self._differing: Counter[str] = Counter()
        self._problems: Counter[str] = Counter()
        self._kept: list[tuple[int, _ProblemObject]] = []
        self._names: list[str] = []

    def feed(self, rows: Sequence[Row], object_type: str) -> None:
        """Take one page of objects of one type."""
        self._read[object_type] += 0  # a type without any was listed, too
        for row in rows:
            equal = hash(object_type + repr(sorted(row.items())))
            if equal in self._seen:
                continue
            self._seen.add(equal)
            self._take(row, object_type)

    def _take(self, row: Row, object_type: str) -> None:
        source, target = text(row.get("source_db_value")), text(row.get("target_db_value"))
        databases = text(row.get("source_db_name")), text(row.get("target_db_name"))
        problem = object_problem(row)
        self._read[object_type] += 1
        self._sources[object_type] += source is not None
        self._problems[problem] += 1
        self._differing[object_type] += problem != EQUAL
        if problem == EQUAL and not self._told:
            return
        database = databases[0] or databases[1] or ""
        found = _ProblemObject(
            problem,
            object_type,
            database,
            _bare(source),
            _bare(target),
            text(row.get("error_message")),
            databases[1] or "",
        )
        rank = self._rank(found)
        if rank is not None:
            self._kept.append((rank, found))
        else:
            self._names.append(_full(found, found.source or found.target))

    def _rank(self, found: _ProblemObject) -> int | None:
        """How well an object fits what is asked: by its name, or its table's."""
        if self._asked is None:
            return 0
        name = found.source or found.target
        owner = ".".join(parts(name)[:-1]) if found.type == "INDEX" else name
        ranks = [self._asked.rank(found.database, one, found.target) for one in (name, owner)]
        return min((rank for rank in ranks if rank is not None), default=None)

    def _chosen(self) -> list[_ProblemObject]:
        best = min((rank for rank, _ in self._kept), default=0)
        found = [one for rank, one in self._kept if rank == best]
        if self._asked is not None and not found:
            raise not_there("table or object", self._asked.requested, self._names)
        if self._status in ORDER:
            return [one for one in found if one.problem == self._status]
        if self._asked is not None and not self._status:
            return found
        return [one for one in found if one.problem != EQUAL]

    def facts(self, overview: Row, *, complete: bool = True) -> ObjectFacts:
        """What was found, held against the overview (Table 41)."""
        return object_facts(
            self._read, self._sources, self._differing, self._problems, overview, complete=complete
        )

    def answer(
        self,
        *,
        job: str,
        task_id: str,
        offset: int = 0,
        limit: int = MANY,
        arguments: Mapping[str, str] = NO_ARGUMENTS,
        overview: Row = NO_ARGUMENTS,
        complete: bool = True,
    ) -> ObjectComparisonAnswer:
        """Summarise what was fed.

        Args:
            job: the caller's word for the task.
            task_id: the comparison.
            offset: lines of objects to skip.
            limit: lines to tell.
            arguments: what else narrowed the call down.
            overview: what DRS says of each type (Table 41).
            complete: every list was sent, and read to its end.

        Raises:
            ArgumentError: no object has the name that was asked for.
        """
        whole = not (arguments.get("source_db_name") or arguments.get("target_db_name"))
        facts = self.facts(overview if whole else NO_ARGUMENTS, complete=complete)
        total = self._read.total()
        chosen = self._chosen()
        counted = {one.type: one.source for one in facts.types}
        lines = self._lines(chosen)
        args: dict[str, str | int | bool] = {
            "job": job,
            "compare_type": "object_compare",
            **arguments,
        }
        args["compare_task_id"] = task_id
        started = moment(overview.get("start_time")) or moment(overview.get("create_time"))
        narrowed = bool(arguments.get("object_type"))
        return ObjectComparisonAnswer(
            headline=headline(facts, total, state_of(overview), narrowed=narrowed),
            compare_task_id=task_id or None,
            totals={"objects": total}
            | {name: self._problems[name] for name in PROBLEMS if self._problems[name]}
            | ({EQUAL: self._problems[EQUAL]} if total else {}),
            by_type=table(
                ("type", "objects", "differing", "in_overview"),
                [
                    (
                        kind,
                        number,
                        self._differing[kind],
                        counted.get(kind) if kind in facts.short else None,
                    )
                    for kind, number in self._read.items()
                ],
            ),
            by_overview_only=others(facts) if not narrowed else Table(),
            by_database=by_database([(row.database, None) for row in chosen], "objects"),
            objects=table(
                _COLUMNS,
                lines[offset : offset + limit],
                total=len(lines),
                start=offset,
                more=NextCall(tool="get_compare_detail", args=args),
            ),
            started=iso(started) if started else None,
            notes=notes(facts, total),
        )

    def _lines(self, chosen: Sequence[_ProblemObject]) -> list[list[Cell]]:
        kinds = list(self._read)  # databases before tables before indexes
        problem_objects = sorted(
            chosen,
            key=lambda row: (
                ORDER[row.problem],
                kinds.index(row.type),
                row.database,
                row.source or row.target,
            ),
        )
        groups = group_names(
            [row.source or row.target for row in problem_objects],
            [
                (*row[:3], shape(row.target), renamed(row.message, row.source), row.target_db)
                for row in problem_objects
            ],
        )
        made: list[list[Cell]] = []
        for group in groups:
            members = [problem_objects[position] for position in group.members]
            first = members[0]
            unequal = first.problem in (UNEQUAL, RENAMED)
            made.append(
                [
                    first.type,
                    _full(first, group.name),
                    first.problem,
                    listed(row.target for row in members) if unequal else None,
                    first.target_db if first.mapped else None,
                    len(members) if len(members) > 1 else None,
                    renamed(first.message, first.source, group.name),
                ]
            )
        return made


def _full(row: _ProblemObject, name: str) -> str:
    """The name with its database: of an index, whose table may be called like the database, too."""
    if row.type == "DB":
        return name
    if row.type == "INDEX" and row.database and name.count(".") < 2:
        return f"{row.database}.{name}"
    return qualified(row.database, name)


def _bare(value: str | None) -> str:
    """An object's name without the backticks DRS puts around each part."""
    return (value or "").replace("`", "")

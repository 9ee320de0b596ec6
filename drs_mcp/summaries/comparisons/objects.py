"""An object comparison (Table 43): objects missing on one side or unequal, derived from the sides.

These rows carry no status: the two sides are all there is to judge by.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from drs_mcp.api.wire.values import Row, text
from drs_mcp.quoting.quoted import Name
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
from drs_mcp.summaries.comparisons.name_groups import group_names, listed, qualified, renamed, shape
from drs_mcp.summaries.comparisons.tables import MANY, by_database

_PROBLEMS = ("missing in destination", "unequal", "failed to compare", "only in destination")
"""Worst first."""


class ObjectComparisonAnswer(Answer, Closing):
    """Answer of `get_compare_detail` for objects."""

    essential = frozenset({"totals"})

    compare_task_id: Name | None = None
    totals: dict[str, int] = {}
    by_type: Table = Table()
    by_database: Table = Table()
    objects: Table = Table()


class _ProblemObject(NamedTuple):
    problem: str
    type: str
    database: str
    source: str
    target: str
    message: str | None


class ObjectComparison:
    """Folds pages of compared objects; keeps only those whose sides differ."""

    def __init__(self) -> None:
        self._read: Counter[str] = Counter()
        self._problem_objects: list[_ProblemObject] = []

    def feed(self, rows: Sequence[Row], object_type: str) -> None:
        """Take one page of objects of one type."""
        self._read[object_type] += len(rows)
        for row in rows:
            source, target = text(row.get("source_db_value")), text(row.get("target_db_value"))
            error = text(row.get("error_message"))
            problem = _problem(source, target, error)
            if problem:
                database = text(row.get("source_db_name")) or text(row.get("target_db_name")) or ""
                self._problem_objects.append(
                    _ProblemObject(
                        problem, object_type, database, _bare(source), _bare(target), error
                    )
                )

    def answer(
        self,
        *,
        job: str,
        task_id: str,
        offset: int = 0,
        limit: int = MANY,
        arguments: Mapping[str, str] = NO_ARGUMENTS,
    ) -> ObjectComparisonAnswer:
        """Summarise what was fed.

        Args:
            job: the caller's word for the task.
            task_id: the comparison.
            offset: lines of objects to skip.
            limit: lines to tell.
            arguments: what else narrowed the call down.
        """
        total = self._read.total()
        problems = Counter(row.problem for row in self._problem_objects)
        differing = Counter(row.type for row in self._problem_objects)
        lines = self._lines()
        args: dict[str, str | int | bool] = {
            "job": job,
            "compare_type": "object_compare",
            **arguments,
        }
        args["compare_task_id"] = task_id
        return ObjectComparisonAnswer(
            headline=_headline(problems, total),
            compare_task_id=task_id or None,
            totals={"objects": total}
            | {name: problems[name] for name in _PROBLEMS if problems[name]}
            | ({"equal": total - problems.total()} if total else {}),
            by_type=table(
                ("type", "objects", "differing"),
                [(kind, number, differing[kind]) for kind, number in self._read.items()],
            ),
            by_database=by_database(
                [(row.database, None) for row in self._problem_objects], "objects"
            ),
            objects=table(
                ("type", "object", "problem", "destination", "objects", "message"),
                lines[offset : offset + limit],
                total=len(lines),
                start=offset,
                more=NextCall(tool="get_compare_detail", args=args),
            ),
            notes=[]
            if total
            else ["No objects were listed; an object comparison may not have run yet."],
        )

    def _lines(self) -> list[list[Cell]]:
        kinds = list(self._read)  # databases before tables before indexes
        problem_objects = sorted(
            self._problem_objects,
            key=lambda row: (
                _PROBLEMS.index(row.problem),
                kinds.index(row.type),
                row.database,
                row.source or row.target,
            ),
        )
        groups = group_names(
            [row.source or row.target for row in problem_objects],
            [
                (*row[:3], shape(row.target), renamed(row.message, row.source))
                for row in problem_objects
            ],
        )
        made: list[list[Cell]] = []
        for group in groups:
            members = [problem_objects[position] for position in group.members]
            first = members[0]
            unequal = first.problem == "unequal"
            made.append(
                [
                    first.type,
                    _full(first, group.name),
                    first.problem,
                    listed(row.target for row in members) if unequal else None,
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


def _problem(source: str | None, target: str | None, error: str | None) -> str | None:
    if error:
        return "failed to compare"
    if source and not target:
        return "missing in destination"
    if target and not source:
        return "only in destination"
    # Names match without case: Oracle's upper-case names arrive in lower case.
    if source and target and source.lower() != target.lower():
        return "unequal"
    return None


def _headline(problems: Counter[str], total: int) -> str:
    if not total:
        return "The object comparison lists no objects."
    if not problems:
        return f"All {plural(total, 'compared object')} agree (databases, tables, indexes)."
    counts = ", ".join(f"{problems[name]:,} {name}" for name in _PROBLEMS if problems[name])
    return f"Of {plural(total, 'compared object')}: {counts}."

"""The answer about compared tables, whether their rows were counted or their values compared."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from heapq import nsmallest
from typing import Generic, TypeVar

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
from drs_mcp.summaries.comparisons.counting.tally import ComparedTable, Part, Sums, Tally
from drs_mcp.summaries.comparisons.evidence.checks import Counts
from drs_mcp.summaries.comparisons.evidence.facts import ComparisonFacts, Reach, checked
from drs_mcp.summaries.comparisons.headlines import Wording, asked_headline, headline
from drs_mcp.summaries.comparisons.name_groups import NAMED, qualified
from drs_mcp.summaries.comparisons.requested.wanted import Wanted
from drs_mcp.summaries.comparisons.status import Kind, Reason
from drs_mcp.summaries.comparisons.tables import (
    MANY,
    ProblemRow,
    by_database,
    columns,
    destinations_note,
    grouped,
    lines,
    trouble,
)
from drs_mcp.summaries.comparisons.tasks import CompareTask

_REPEATED = 2
_OPEN = frozenset({Kind.NOT_COMPARED, Kind.PENDING, Kind.UNREAD})
"""What leaves open whether a table agrees."""

EVERYTHING = Reach()
"""Everything was read, and nothing else is known."""


class TablesAnswer(Answer, Closing):
    """Answer of `get_compare_detail` for rows and for values.

    A table name with [ranges] stands for many `tables`, its numbers are their sums. The sums run
    over compared tables whose two counts are known; `missing_rows` and `surplus_rows` are those of
    the destination, going by the counts. `message` is that of every table listed.
    """

    essential = frozenset({"totals", "source_rows", "destination_rows", "differing_rows"})

    compare_task_id: Name | None = None
    totals: dict[str, int] = {}
    source_rows: int | None = None
    destination_rows: int | None = None
    differing_rows: int | None = None
    missing_rows: int | None = None
    surplus_rows: int | None = None
    by_database: Table = Table()
    database: Name | None = None
    message: Quoted | None = None
    tables: Table = Table()
    ended: Name | None = None


Made = TypeVar("Made", bound=TablesAnswer)


_MESSAGES = 2
"""So many messages of tables are told beside a verdict on all."""
_DENIALS = ("differ", "inconsistent")
"""The words of a claim that does not say that all agrees."""


class TableComparison(Generic[Made]):
    """Folds pages of compared tables; keeps only those that do not agree or are asked for.

    Args:
        made: the answer that it makes.
        wording: of which kind the comparison is.
        agreed: the verdict of a table that agrees.
        table: a name or pattern: only such tables are told, though they agree.
        status: a word for what was found: only such tables are told.
    """

    def __init__(
        self,
        made: type[Made],
        wording: Wording,
        agreed: str,
        *,
        table: str = "",
        status: str = "",
    ) -> None:
        self._made = made
        self._wording = wording
        self._status = status
        self._agreed = agreed
        self.narrow(table)

    def narrow(self, table: str) -> None:
        """Tell only tables of that name or pattern; to be said before the first page."""
        self._wanted = Wanted(table, self._status, self._wording.described)
        self._tally = Tally(
            self._agreed,
            kind=self._wording.kind,  # no method of ours: a circle would outlive the call
            rank=self._wording.rank,
            wanted=self._wanted.keep if self._wanted else None,
        )

    def facts(self, task: CompareTask | None, reach: Reach = EVERYTHING) -> ComparisonFacts:
        """What the rows that were fed earn, whichever of them are asked for; with names of tables."""
        return replace(self._facts(task, reach), names=self._names(), messages=self._messages())

    def _facts(self, task: CompareTask | None, reach: Reach) -> ComparisonFacts:
        """The same without names, which the answer about the tables themselves does not need."""
        kinds: Counter[Kind] = Counter()
        open_ = set()
        for verdict, number in self._tally.counted().items():
            kind = self._wording.kind(verdict)
            kinds[kind] += number
            if kind in _OPEN:
                open_.add(verdict)
        kept = list(self._tally.kept())
        check = checked(reach.pairs, self._tally.places())
        return ComparisonFacts(
            tables=len(self._tally),
            kinds=kinds,
            not_compared=Counter(self._wording.reason(one) for one in kept if one.verdict in open_),
            sums=self._tally.sums,
            filtered=sum(1 for one in kept if one.filter),
            by_message=sum(1 for one in kept if self._is_message_alone(one)),
            disputed=check.disputed,
            denied=check.denied,
            unsettled=check.unsettled,
            uncovered=check.uncovered,
            missing_databases=check.missing,
            empty=check.empty,
            listed=self._tally.listed(),
            task=task,
            reach=reach,
        )

    def _names(self) -> dict[Kind | Reason, Sequence[str]]:
        """The first few names of tables by their kind, and by why they were not compared."""
        names: defaultdict[Kind | Reason, list[str]] = defaultdict(list)
        for one in self._tally.kept():
            name = qualified(one.place[0], one.source or one.target)
            kind = self._wording.kind(one.verdict)
            if kind is not Kind.AGREES:
                names[kind].append(name)
            if kind in _OPEN:
                names[self._wording.reason(one)].append(name)
        return {key: nsmallest(NAMED + 1, told) for key, told in names.items()}

    def _is_message_alone(self, one: ComparedTable) -> bool:
        """Whether nothing but its message contradicts what a table says of itself."""
        alike = one.source_rows == one.target_rows and not one.differing
        agrees = alike and not any(word in one.claim for word in _DENIALS)
        return bool(one.message) and agrees and self._wording.kind(one.verdict) is Kind.CONTRADICTS

    def _messages(self) -> list[tuple[str, str]]:
        found = [
            (qualified(one.place[0], one.source or one.target), one.message or "")
            for one in self._tally.kept()
            if self._is_message_alone(one)
        ]
        return nsmallest(_MESSAGES, found)

    def answer(
        self,
        *,
        job: str,
        task: CompareTask | None,
        offset: int = 0,
        limit: int = MANY,
        arguments: Mapping[str, str] = NO_ARGUMENTS,
        reach: Reach = EVERYTHING,
    ) -> Made:
        """Summarise what was fed.

        Args:
            job: the caller's word for the task.
            task: the comparison.
            offset: lines of tables to skip.
            limit: lines to tell.
            arguments: what else narrowed the call down.
            reach: how far the comparison was read.

        Raises:
            ArgumentError: no table is what was asked for.
        """
        facts, words = self._facts(task, reach), self._wording
        kept = list(self._tally.kept())
        chosen = self._wanted.chosen(kept)
        verdicts = self._tally.counted()
        if self._wanted:
            verdicts = Counter(one.verdict for one in chosen)
        problem_rows = self._problem_rows(chosen)
        sums = _summed(chosen, words.kind) if self._wanted else facts.sums
        databases = {row.database for row in problem_rows}
        single = not words.qualify and len(problem_rows) <= MANY and len(databases) == 1
        task_id = task.id if task else arguments.get("compare_task_id", "")
        told = lines(
            problem_rows,
            databases=words.qualify or len(databases) > 1,
            problems=bool(self._wanted)
            or words.qualify
            or {row.problem for row in problem_rows} != {words.usual},
            claims=bool(self._wanted),
        )
        totals = words.ordered(verdicts)
        told, message = _without_repeated(told, columns(words.judged).index("message"))
        answer = self._made(
            headline=asked_headline(words, problem_rows, totals, facts)
            if self._wanted
            else headline(words, facts, verdicts, totals),
            compare_task_id=task_id or None,
            totals={"tables": verdicts.total()} | totals,
            source_rows=sums.source if sums.counted or not verdicts else None,
            destination_rows=sums.target if sums.counted or not verdicts else None,
            differing_rows=sums.differing if sums.counted or not verdicts else None,
            missing_rows=sums.missing or None,
            surplus_rows=sums.surplus or None,
            by_database=by_database(
                [(row.database, row.differing) for row in problem_rows], "tables"
            ),
            database=databases.pop() or None if single else None,
            message=message,
            tables=table(
                columns(words.judged),
                told[offset : offset + limit],
                total=len(told),
                start=offset,
                more=NextCall(
                    tool="get_compare_detail",
                    args={
                        "job": job,
                        "compare_type": words.compare_type,
                        **arguments,
                        "compare_task_id": task_id,
                    },
                ),
            ),
            ended=iso(task.ended) if task and task.ended else None,
            notes=_notes(problem_rows, facts, sums, ranges=grouped(told)),
        )
        self._complete(answer, kept, job, arguments.get("compare_task_id", ""))
        return answer

    def _complete(
        self, answer: Made, kept: Sequence[ComparedTable], job: str, requested_id: str
    ) -> None:
        """Add what only one kind of comparison has to say of the tables that were kept."""

    def _problem_rows(self, chosen: Sequence[ComparedTable]) -> list[ProblemRow]:
        words = self._wording
        told = {
            verdict: (words.described(verdict)[0], words.rank(verdict))
            for verdict in {one.verdict for one in chosen}
        }
        return [trouble(one, *told[one.verdict]) for one in chosen]


def _without_repeated(
    told: Sequence[Sequence[Cell]], place: int
) -> tuple[list[list[Cell]], str | None]:
    """The rows, without the text at *place* where all of them say the same; and that text."""
    texts = {row[place] for row in told}
    text = texts.pop() if len(texts) == 1 else None
    if len(told) < _REPEATED or not isinstance(text, str):
        return [list(row) for row in told], None
    return [[*row[:place], None, *row[place + 1 :]] for row in told], text


def _summed(chosen: Sequence[ComparedTable], kind: Callable[[str], Kind]) -> Sums:
    sums = Sums()
    for one in chosen:
        counts = Counts(one.source_rows, one.target_rows, None)
        part = Part(one.place, "", "", one.verdict, counts, one.differing)
        sums.add(part, kind(one.verdict))
    return sums


def _notes(
    problem_rows: Sequence[ProblemRow], facts: ComparisonFacts, sums: Sums, *, ranges: bool
) -> list[str]:
    notes = destinations_note(problem_rows)
    if ranges:
        notes.append("A name with [ranges] stands for many tables; its numbers are sums.")
    if sums.uncounted and sums.counted:
        one = sums.uncounted == 1
        notes.append(
            f"{plural(sums.uncounted, 'table')} that {'was' if one else 'were'} not compared, or "
            f"{'lacks' if one else 'lack'} a row count, {'is' if one else 'are'} in no sum."
        )
    return notes + facts.notes()

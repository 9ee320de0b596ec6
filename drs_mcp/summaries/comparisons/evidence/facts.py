"""What a comparison of rows or values earns: claims that its rows bear out, and what they leave out.

Everything here is typed, for whoever decides by it; `notes` and `caveats` say it in words.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from drs_mcp.quoting.names import as_name
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.comparisons.counting.listed import ListedTables
from drs_mcp.summaries.comparisons.counting.tally import Place, Sums
from drs_mcp.summaries.comparisons.evidence.options import LEFT_OUT, Option
from drs_mcp.summaries.comparisons.overviews.pairs import Pair
from drs_mcp.summaries.comparisons.status import (
    COMPARED,
    Kind,
    Reason,
    kind_of,
    normalise,
    status_words,
)
from drs_mcp.summaries.comparisons.tasks import TELLS_ERROR, CompareTask

_BAD = (Kind.DIFFERS, Kind.CONTRADICTS)
_OPEN = (Kind.NOT_COMPARED, Kind.PENDING)
_NAMED = 3


@dataclass(frozen=True)
class Reach:
    """How far a comparison was read, and what it was asked of.

    Attributes:
        pairs: the database pairs that were read, with what the overview says of them.
        complete: every list was sent, and read to its end.
        scope: how many tables the object comparison counts at the source, if it is known.
    """

    pairs: Sequence[Pair] = ()
    complete: bool = True
    scope: int | None = None


@dataclass(frozen=True)
class ComparisonFacts:
    """What was compared, what was found, and what was not compared.

    Attributes:
        tables: how many tables it lists.
        kinds: how many of them agree, differ, contradict themselves, and so on.
        not_compared: why tables were not compared, with the number of tables.
        names: the first few source names of tables that do not agree, by what was found of them and
            by why they were not compared.
        messages: what DRS says, beside the name of each, of the first few tables that agree by all
            but this message; other tables' messages are left to the answers about them.
        sums: rows over the compared tables whose two counts are known.
        filtered: tables of which a filter let some rows be compared only.
        disputed: databases that the overview calls inconsistent while no table of theirs differs.
        denied: databases that the overview calls consistent while tables of theirs differ.
        unsettled: databases that the overview calls unfinished, failed or canceled while every table
            listed of them was compared.
        uncovered: databases of the overview without a result.
        missing_databases: databases that the overview says are on one side only.
        empty: databases that the overview calls consistent, of which no table is listed.
        listed: the tables that it lists, by name.
        options: what the comparison was told to do.
        task: the comparison; None if the list of comparisons does not have it.
        reach: how far it was read.
    """

    tables: int = 0
    kinds: Mapping[Kind, int] = field(default_factory=dict)
    not_compared: Mapping[Reason, int] = field(default_factory=dict)
    names: Mapping[Kind | Reason, Sequence[str]] = field(default_factory=dict, compare=False)
    messages: Sequence[tuple[str, str]] = field(default=(), compare=False)
    by_message: int = 0
    """How many tables contradict themselves by their message alone."""
    sums: Sums = field(default_factory=Sums)
    filtered: int = 0
    disputed: Sequence[Pair] = ()
    denied: Sequence[Pair] = ()
    unsettled: Sequence[Pair] = ()
    uncovered: Sequence[Pair] = ()
    missing_databases: Sequence[Pair] = ()
    empty: Sequence[Pair] = ()
    listed: ListedTables = field(default_factory=ListedTables, compare=False)
    task: CompareTask | None = None
    reach: Reach = field(default_factory=Reach)

    @property
    def options(self) -> frozenset[Option]:
        """What the comparison was told to do."""
        return self.task.options if self.task else frozenset()

    @property
    def evidence(self) -> datetime | None:
        """When it was compared; None where it is not told, and where it holds as of now."""
        if self.task is None or self.task.as_of_now or self.task.misdated:
            return None
        return self.task.ended or self.task.started

    @property
    def began(self) -> datetime | None:
        """When it began: what happened after that, it may have passed already."""
        if self.evidence is None or self.task is None:
            return None
        return self.task.started or self.task.ended

    @property
    def finished(self) -> bool:
        """Whether everything was compared once: it ended, or compares changes since."""
        return self.task is None or self.task.finished or self.task.as_of_now

    @property
    def failed(self) -> bool:
        """Whether it tells why it failed, though its state says that it ran."""
        return self.task is not None and bool(self.task.error)

    @property
    def contradictions(self) -> list[str]:
        """What is said of tables that contradict themselves: by a message alone, or by counts."""
        contradict, tables = self.kinds.get(Kind.CONTRADICTS, 0), plural(self.tables, "table")
        told = []
        if limited := self.by_message:
            verb, whose = (
                ("is", "its message tells") if limited == 1 else ("are", "their messages tell")
            )
            told.append(
                f"{limited:,} of {tables} {verb} called consistent, but {whose} of a limit or a failure"
            )
        if more := contradict - limited:
            told.append(
                f"1 of {tables} contradicts itself: what it says does not fit its counts"
                if more == 1
                else f"{more:,} of {tables} contradict themselves: what they say does not fit their counts"
            )
        return told

    @property
    def understood(self) -> bool:
        """Whether the verdict on every table was read and fits its counts."""
        return not self.kinds.get(Kind.UNREAD) and not self.kinds.get(Kind.CONTRADICTS)

    @property
    def compared(self) -> int:
        """How many tables were compared, whatever was found."""
        return sum(self.kinds.get(kind, 0) for kind in COMPARED)

    @property
    def agree(self) -> bool | None:
        """Whether what was compared agrees; None where that is not borne out."""
        if self.kinds.get(Kind.DIFFERS) or self.missing_databases:
            return False
        against = self.disputed or self.unsettled or self.uncovered or self.failed
        open_ = self.kinds.get(Kind.PENDING) or against
        read = self.reach.complete and self.finished and self.understood
        return True if read and not open_ and self.kinds.get(Kind.AGREES) else None

    @property
    def whole(self) -> bool:
        """Whether all rows of all tables in scope were compared, with all their columns."""
        scope = self.reach.scope
        left_out = self.options & LEFT_OUT.keys() or self.uncovered or self.unsettled
        partly = self.filtered or left_out
        return (
            not partly
            and not self.not_compared
            and self.reach.complete
            and (scope is None or self.compared >= scope)
        )

    # -- in words ------------------------------------------------------------------------------

    @property
    def left_out(self) -> list[str]:
        """What its options left out of each table."""
        return [LEFT_OUT[option] for option in LEFT_OUT if option in self.options]

    @property
    def caveats(self) -> list[str]:
        """What agreement leaves out, to follow it in a headline."""
        told = self.left_out
        if self.filtered:
            told.append(f"{plural(self.filtered, 'table')} in filtered rows only")
        if self.uncovered:
            told.append(f"{plural(len(self.uncovered), 'database')} without a result")
        if self.empty and self.tables:
            told.append(f"{_databases(self.empty, '', '')[0]} without any table listed")
        scope = self.reach.scope
        if scope is not None and self.compared < scope:
            told.append(f"{self.compared:,} of {plural(scope, 'table')} in scope compared")
        return told

    @property
    def doubts(self) -> list[str]:
        """What speaks against what the rows say, to come first in a headline."""
        told = []
        if self.missing_databases:
            number, verb = _databases(self.missing_databases, "is", "are")
            told.append(f"the overview says that {number} {verb} on one side only")
        if self.disputed:
            told.append(f"{inconsistent(self.disputed)}, but no table listed differs")
        if self.unsettled:
            number, _ = _databases(self.unsettled, "is", "are")
            words = ", ".join(
                sorted({status_words(normalise(one.status)) for one in self.unsettled})
            )
            told.append(f"the overview says of {number}: {words}")
        if self.failed:
            told.append(f"{TELLS_ERROR} (list_compare_tasks)")
        if not self.reach.complete:
            told.append("not every result could be read")
        return told

    def notes(self) -> list[str]:
        """What else is to be known of the comparison."""
        told = []
        if self.denied:
            number, verb = _databases(self.denied, "is", "are")
            told.append(
                f"The overview says that {number} {verb} consistent, but tables listed differ."
            )
        if self.uncovered:
            number, verb = _databases(self.uncovered, "has", "have")
            told.append(f"By the overview {number} {verb} no result.")
        if Option.STATIC in self.options and self.kinds.get(Kind.DIFFERS):
            told.append("Compared statically: rows written meanwhile show as differences.")
        if Option.MANY_TO_ONE in self.options:
            told.append("Compared many to one.")
        if self.task and self.task.delay:
            told.append(f"DRS tells a delay of {self.task.delay:,} of this dynamic comparison.")
        return told


def inconsistent(pairs: Sequence[Pair]) -> str:
    """What the overview says of databases that it calls inconsistent; empty where it does not."""
    found = [pair for pair in pairs if kind_of(normalise(pair.status)) in _BAD]
    number, verb = _databases(found, "is", "are")
    return f"the overview says that {number} {verb} inconsistent" if found else ""


def _databases(pairs: Sequence[Pair], one: str, many: str) -> tuple[str, str]:
    """`2 databases (shop, crm)` and the verb that follows."""
    names = [name for pair in pairs[:_NAMED] if (name := as_name(pair.source_db or pair.target_db))]
    told = f" ({', '.join(names)})" if names else ""
    return f"{plural(len(pairs), 'database')}{told}", one if len(pairs) == 1 else many


@dataclass(frozen=True)
class OverviewCheck:
    """An overview against the tables of its databases: neither overrules the other."""

    disputed: list[Pair] = field(default_factory=list)
    denied: list[Pair] = field(default_factory=list)
    unsettled: list[Pair] = field(default_factory=list)
    uncovered: list[Pair] = field(default_factory=list)
    missing: list[Pair] = field(default_factory=list)
    empty: list[Pair] = field(default_factory=list)


_ONE_SIDED = frozenset(
    {"TARGET_DB_NOT_EXIST", "SOURCE_DB_NOT_EXIST", "TARGET_MISSING", "SOURCE_MISSING"}
)


def checked(pairs: Sequence[Pair], places: Mapping[Place, Counter[Kind]]) -> OverviewCheck:
    """Hold what the overview says of each database against what its tables say.

    Where the tables' databases are not told, all tables stand against all databases.
    """
    found = OverviewCheck()
    folded: dict[Place, Counter[Kind]] = defaultdict(Counter)
    for (source, target), kinds in places.items():
        ours, theirs = source.casefold(), target.casefold()
        # A pair may tell one of its databases only.
        for place in {(ours, theirs), (ours, ""), ("", theirs)} - {("", "")}:
            folded[place] += kinds
    everything = sum(places.values(), Counter[Kind]())
    apart = ("", "") not in places
    for pair in pairs:
        status = normalise(pair.status)
        own = folded.get((pair.source_db.casefold(), pair.target_db.casefold()), Counter[Kind]())
        kinds = own if apart else everything
        differs = any(kinds[kind] for kind in _BAD)
        kind = kind_of(status)
        if kind in _BAD and not differs:
            (found.missing if status in _ONE_SIDED else found.disputed).append(pair)
        elif kind is Kind.AGREES and differs and apart:
            found.denied.append(pair)
        elif kind is Kind.AGREES and apart and not own.total():
            found.empty.append(pair)
        elif (kind is Kind.UNREAD and (pair.status or (apart and not own.total()))) or (
            kind in _OPEN and not (apart and own.total())
        ):  # a word that nobody understands, or none and no table either
            found.uncovered.append(pair)
        elif kind in _OPEN and not any(own[one] for one in _OPEN):  # no table accounts for it
            found.unsettled.append(pair)
    return found

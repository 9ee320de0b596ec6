"""The one sentence about compared tables: what speaks against them first, then what was found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from drs_mcp.api.wire.values import moment
from drs_mcp.clock import iso
from drs_mcp.quoting.names import as_name
from drs_mcp.summaries.ages import age, in_words
from drs_mcp.summaries.answer import Answer, plural, top_counts
from drs_mcp.summaries.comparisons.counting.tally import ComparedTable, Sums
from drs_mcp.summaries.comparisons.evidence.checks import AGREE, Counts
from drs_mcp.summaries.comparisons.evidence.facts import ComparisonFacts
from drs_mcp.summaries.comparisons.name_groups import qualified
from drs_mcp.summaries.comparisons.status import CONSISTENT, Kind, Reason, status_words
from drs_mcp.summaries.comparisons.tables import ProblemRow
from drs_mcp.summaries.comparisons.tasks import COMPARISON_NAMES

_MOST_TOLD = 4
"""Words of a kind that a headline tells; the totals have them all."""


@dataclass(frozen=True)
class Wording:
    """What differs between the two kinds of comparison.

    Attributes:
        compare_type: as the API names it.
        subject: what agrees, in a sentence.
        of: what of a table differs, before the number of tables.
        by: before the number of differing rows.
        sides: what the rows missing on either side are told by, if that needs saying.
        judged: the column that holds the verdict.
        described: a verdict in words, and what it is worth.
        rank: 0 for the worst verdict.
        ordered: verdicts and their numbers as totals.
        reason: why a table was not compared.
        qualify: whether a table's database is always told.
        usual: the words for a table that differs.
    """

    compare_type: str
    subject: str
    of: str
    by: str
    sides: str
    judged: str
    described: Callable[[str], tuple[str, Kind]]
    rank: Callable[[str], int]
    ordered: Callable[[Mapping[str, int]], dict[str, int]]
    reason: Callable[[ComparedTable], Reason]
    qualify: bool
    usual: str

    def kind(self, verdict: str) -> Kind:
        """What a verdict is worth."""
        return self.described(verdict)[1]


def headline(
    words: Wording, facts: ComparisonFacts, verdicts: Mapping[str, int], totals: Mapping[str, int]
) -> str:
    """What was found of all tables."""
    told = "; ".join([*facts.doubts, *_found(words, facts, verdicts, totals)])
    return f"{_standing(words, facts)}{told[0].upper()}{told[1:]}."


def _standing(words: Wording, facts: ComparisonFacts) -> str:
    """In which state of the comparison the following was found, unless it has ended."""
    name = COMPARISON_NAMES[words.compare_type]
    return facts.task.standing(name) if facts.task is not None else ""


def _found(
    words: Wording, facts: ComparisonFacts, verdicts: Mapping[str, int], totals: Mapping[str, int]
) -> list[str]:
    agreeing = facts.kinds.get(Kind.AGREES, 0)
    tables = plural(facts.tables, "table")
    caveats = "".join(f", {caveat}" for caveat in facts.caveats)
    if not facts.tables:
        return [f"the {COMPARISON_NAMES[words.compare_type]} lists no tables"]
    if agreeing == facts.tables:
        if facts.doubts:
            return [f"{agreeing:,} of the {tables} read agree{caveats}"]
        where = f"all {tables}" if facts.tables > 1 else "the one table"
        return [f"{words.subject.lower()} agree in {where}{caveats}"]
    contradictory = facts.kinds.get(Kind.CONTRADICTS, 0)
    differing = facts.kinds.get(Kind.DIFFERS, 0)
    told = facts.contradictions
    kinds = dict(map(words.described, verdicts))
    if differing:
        recheck = ", to be rechecked" if facts.task and facts.task.as_of_now else ""
        verb = "differs" if differing == 1 and facts.tables == 1 else "differ"
        others = {
            word: number
            for word, number in totals.items()
            if kinds.get(word) is Kind.DIFFERS and word != words.usual
        }
        listed = ", ".join(f"{n:,} {word}" for word, n in top_counts(others, _MOST_TOLD).items())
        of_them = f" ({listed})" if others else ""
        told.append(
            f"{words.of}{differing:,} of {tables} {verb}{of_them}{_by(words, facts.sums)}{recheck}"
        )
    elif not contradictory:
        told.append(f"no table differs of {tables}")
    unsettled = {
        word: number
        for word, number in totals.items()
        if kinds.get(word) not in (Kind.AGREES, Kind.DIFFERS, Kind.CONTRADICTS)
    }
    told += [f"{number:,} {word}" for word, number in top_counts(unsettled, _MOST_TOLD).items()]
    return [*told, f"{agreeing:,} agree{caveats}"]


def _by(words: Wording, sums: Sums) -> str:
    """By how many rows, and on which side they are missing."""
    if not sums.differing:
        return ""
    sides = []
    if sums.missing:
        sides.append(f"{sums.missing:,} missing in the destination")
    if sums.surplus:
        sides.append(f"{sums.surplus:,} surplus there")
    both = f" ({', '.join(sides)}{words.sides})" if sides else ""
    return f", {words.by} {plural(sums.differing, 'row')}{both}"


_AGREEING = (AGREE, status_words(CONSISTENT))


def asked_headline(
    words: Wording,
    problem_rows: Sequence[ProblemRow],
    totals: Mapping[str, int],
    facts: ComparisonFacts,
) -> str:
    """What was found of the tables that were asked for."""
    doubts = "".join(f" But {doubt}." for doubt in facts.doubts)
    of = f" of {facts.tables:,}" if facts.tables > len(problem_rows) else ""
    if len(problem_rows) != 1:
        found = ", ".join(f"{number:,} {word}" for word, number in totals.items())
        told = f": {found}" if found else ""
        number = plural(len(problem_rows), "table")
        return f"{_standing(words, facts)}{number}{of} asked for{told}.{doubts}"
    one = problem_rows[0]
    name = as_name(qualified(one.database, one.table)) or "The table"
    gap = Counts(one.source_rows, one.target_rows, None).gap or 0
    side = "missing there" if gap > 0 else "surplus there"
    differs = f", {abs(gap):,} {side}" if gap else ""
    rows = (
        f"{plural(one.source_rows, 'row')} in the source, {one.target_rows:,} in the destination"
        if one.source_rows is not None and one.target_rows is not None
        else "not both row counts are told"
    )
    limits = [*facts.left_out, *(["in its filtered rows only"] if one.filter else [])]
    left_out = "".join(f", {part}" for part in limits) if one.problem in _AGREEING else ""
    standing = _standing(words, facts)
    standing = f"{standing[:1].lower()}{standing[1:]}"
    return f"{name}: {standing}{one.problem}{left_out}; {rows}{differs}.{doubts}"


def date_headline(answer: Answer, now: datetime) -> None:
    """Add when the comparison that an *answer* is of ended, or began where only that is told."""
    at = moment(getattr(answer, "ended", None)) or moment(getattr(answer, "started", None))
    if at is not None:
        old = age(at, now)
        ago = f", {in_words(old)} ago" if old is not None else ""
        answer.headline += f" Compared {iso(at)}{ago}."

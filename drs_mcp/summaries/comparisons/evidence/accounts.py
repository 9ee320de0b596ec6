"""What a comparison of accounts earns: who is missing or has other privileges at the destination."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.api.wire.values import Row, flag, text
from drs_mcp.quoting.names import as_name
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.comparisons.evidence.checks import says_failed
from drs_mcp.summaries.comparisons.name_groups import in_brackets
from drs_mcp.summaries.comparisons.status import Kind, kind_of, normalise
from drs_mcp.summaries.comparisons.tasks import CompareTask


@dataclass(frozen=True)
class AccountFacts:
    """The accounts of one comparison, by name: those that differ, and those without a result.

    Attributes:
        agree: how many are the same on both sides.
        differing: those that are missing at the destination or differ there.
        open: those that were not compared, or that contradict themselves.
        unseen: how many more there are than were read.
    """

    agree: int
    differing: Sequence[str]
    open: Sequence[str]
    unseen: int

    @property
    def says(self) -> str:
        """It in our own words."""
        total = self.agree + len(self.differing) + len(self.open) + self.unseen
        of = f"of {plural(total, 'account')}"
        if not total:
            return "it lists no account"
        told = [
            f"{len(names):,} {of} {words}{in_brackets(names)}"
            for names, words in (
                (self.differing, "missing at the destination or not the same there"),
                (self.open, "without a result"),
            )
            if names
        ]
        if self.unseen:
            told.append(f"{self.unseen:,} {of} not read")
        return "; ".join(told) or f"{self.agree:,} {of} agree"


class AccountComparison(NamedTuple):
    """The newest comparison of accounts, and what it found; None where that was not read."""

    task: CompareTask
    facts: AccountFacts | None


def account_facts(page: FirstRows) -> AccountFacts:
    """What the rows of `compare/users/{id}` earn."""
    kinds = [(_kind(row), _name(row)) for row in page.rows]
    return AccountFacts(
        sum(kind is Kind.AGREES for kind, _ in kinds),
        [name for kind, name in kinds if kind is Kind.DIFFERS],
        [name for kind, name in kinds if kind not in (Kind.AGREES, Kind.DIFFERS)],
        page.known - len(page.rows),
    )


def _kind(row: Row) -> Kind:
    kind = kind_of(normalise(row.get("compare_result")))
    if kind is not Kind.AGREES:
        return kind
    return (
        Kind.CONTRADICTS
        if flag(row.get("is_target_existed")) is False or says_failed(row)
        else kind
    )


def _name(row: Row) -> str:
    """The account without its host: `app` of `app@%`."""
    name = text(row.get("src_user_name")) or text(row.get("tar_user_name")) or ""
    return name if as_name(name) else name.partition("@")[0].strip("'`\"")

"""Which compared tables a caller asks for: by name, by what was found of them, or both."""

from collections.abc import Callable, Iterable

from drs_mcp.errors import ArgumentError
from drs_mcp.quoting.names import is_every
from drs_mcp.quoting.quoted import as_identifier
from drs_mcp.summaries.comparisons.counting.tally import ComparedTable, Part
from drs_mcp.summaries.comparisons.requested.names import RequestedTable, not_there
from drs_mcp.summaries.comparisons.status import Kind, documented, normalise, status_words

Described = Callable[[str], tuple[str, Kind]]
"""A verdict in words, and what it is worth."""

_KINDS = {
    "contradicts": Kind.CONTRADICTS,
    "contradictory": Kind.CONTRADICTS,
    "differs": Kind.DIFFERS,
    "differ": Kind.DIFFERS,
    "differing": Kind.DIFFERS,
    "different": Kind.DIFFERS,
    "inconsistent": Kind.DIFFERS,
    "false": Kind.DIFFERS,
    "not compared": Kind.NOT_COMPARED,
    "uncompare": Kind.NOT_COMPARED,
    "uncompared": Kind.NOT_COMPARED,
    "pending": Kind.PENDING,
    "unread": Kind.UNREAD,
    "unknown": Kind.UNREAD,
    "agrees": Kind.AGREES,
    "agree": Kind.AGREES,
    "agreeing": Kind.AGREES,
    "consistent": Kind.AGREES,
    "equal": Kind.AGREES,
    "true": Kind.AGREES,
}


_LEAST = 4
"""So many letters of a status name it: `failed` is `failed to compare`."""


class Wanted:
    """The tables that are asked for; every one that does not agree if nothing is asked.

    Args:
        table: a name or pattern, as `RequestedTable` reads it.
        status: a word of an answer, of DRS, or a number of version 3.
        described: what verdicts mean.
    """

    def __init__(self, table: str, status: str, described: Described) -> None:
        self.table = RequestedTable(table) if table.strip() else None
        self.status = "" if is_every(status) else status.strip()
        self._every = bool(status.strip()) and not self.status
        self._described = described
        self._names: list[str] = []

    def __bool__(self) -> bool:
        return self.table is not None or bool(self.status) or self._every

    def keep(self, part: Part) -> bool:
        """Whether a table that agrees may be one of those asked for."""
        if self.table is None:
            return self._every or self._fits(part.verdict)
        self._names.append(_name(part.place[0] or part.place[1], part.source or part.target))
        return self._rank(part) is not None

    def chosen(self, tables: Iterable[ComparedTable]) -> list[ComparedTable]:
        """Those asked for.

        Raises:
            ArgumentError: no table has the name, or nothing has a status of that name.
        """
        found = list(tables)
        if not self:
            return [one for one in found if self._described(one.verdict)[1] is not Kind.AGREES]
        if self.table is not None:
            ranks = [self._rank(one) for one in found]
            known = [rank for rank in ranks if rank is not None]
            if not known:
                names = [
                    _name(one.place[0] or one.place[1], one.source or one.target) for one in found
                ]
                raise not_there("table", self.table.requested, [*names, *self._names])
            best = min(known)
            found = [one for one, rank in zip(found, ranks, strict=True) if rank == best]
        if self.status:
            words = {self._described(one.verdict)[0] for one in found}
            found = [one for one in found if self._fits(one.verdict)]
            if not found and not self._known():
                raise _no_status(self.status, words)
        return found

    def _rank(self, one: Part | ComparedTable) -> int | None:
        if self.table is None:
            return 0
        source_db, target_db = one.place
        return self.table.rank(source_db or target_db, one.source or one.target, one.target)

    def _fits(self, verdict: str) -> bool:
        words, kind = self._described(verdict)
        requested = self.status.lower().replace("_", " ")
        return (
            requested in (words, verdict.lower())
            or (len(requested) >= _LEAST and words.startswith(requested))
            or status_words(normalise(self.status)) == words
            or (_KINDS.get(requested) is kind)
        )

    def _known(self) -> bool:
        requested = self.status.lower().replace("_", " ")
        return requested in _KINDS or documented(normalise(self.status))


def _name(database: str, table: str) -> str:
    return f"{database}.{table}" if database else table


def _no_status(requested: str, words: Iterable[str]) -> ArgumentError:
    there = ", ".join(sorted(words)) or "none"
    return ArgumentError(
        f"No table has the status {as_identifier(requested) or 'asked for'}. The tables that are not "
        f"consistent have: {there}."
    )

"""Which table a caller means: by its exact name, by a pattern, or by a name that is nearly so."""

from collections.abc import Iterable, Sequence

from drs_mcp.errors import ArgumentError
from drs_mcp.quoting.names import as_name, is_every
from drs_mcp.summaries.comparisons.requested.names import folded, same_but_for_schema

_MOST_TOLD = 20
_QUOTES = str.maketrans("", "", "\"'`[]")

Names = Sequence[str]
"""What a table is called, in the order of worth: with its database, without, at the destination."""


def chosen(tables: Sequence[Names], wanted: str, *, complete: bool = True) -> list[int]:
    """The positions of the tables that *wanted* names, all of them where it says so.

    An exact name may be several tables', one of each database, and so may a pattern with `*`.
    Quotes, blanks, case and what stands before the name itself do not matter where one table is
    left.

    Args:
        tables: the names of each table, the last one without any schema.
        wanted: the caller's word.
        complete: whether *tables* are all there are.

    Raises:
        ArgumentError: no table is called so, or several nearly are; the message lists them.
    """
    for way in range(max(map(len, tables), default=1) - 1):
        if wanted and (found := [at for at, names in enumerate(tables) if names[way] == wanted]):
            return found
    if is_every(wanted):
        return list(range(len(tables)))
    if "*" in wanted and (
        found := [at for at, names in enumerate(tables) if any(_fits(wanted, n) for n in names)]
    ):
        return found
    loose = _loose(wanted)
    for part in (slice(None, -1), slice(-1, None)):
        found = [
            at
            for at, names in enumerate(tables)
            if loose and loose in (_loose(name) for name in names[part])
        ]
        if len(found) == 1:
            return found
        if found:
            told = _listed(tables[at][0] for at in found)
            raise ArgumentError(f"Several tables fit that name: {told}. Name one exactly so.")
    asked = folded(wanted)  # the first two names have the database, where it is known
    found = [
        at
        for at, names in enumerate(tables)
        if len(asked) > 1 and any(same_but_for_schema(asked, folded(name)) for name in names[:2])
    ]
    if len(found) == 1:
        return found
    told = _listed(names[0] for names in tables)
    unread = "" if complete else " Not every differing row was read."
    raise ArgumentError(
        f"No differing rows are listed for a table of that name. Tables with differing rows: {told}."
        + unread
    )


def _loose(name: str) -> str:
    return "".join(name.translate(_QUOTES).split()).casefold()


def _fits(pattern: str, name: str) -> bool:
    """Whether a name is what a pattern with `*` says, whatever its case."""
    first, *others = _loose(pattern).split("*")
    left = _loose(name)
    if not left.startswith(first):
        return False
    left = left[len(first) :]
    *inner, last = others
    for piece in inner:
        _, found, left = left.partition(piece) if piece else ("", "*", left)
        if not found:
            return False
    return left.endswith(last)


def _listed(names: Iterable[str]) -> str:
    """Names in identifier form, which alone may stand in our sentences; the others are counted."""
    every = list(dict.fromkeys(names))
    told = [shown for name in every if (shown := as_name(name))][:_MOST_TOLD]
    left = len(every) - len(told)
    if left and told:
        told.append(f"{left:,} more")
    return ", ".join(told) or f"{left:,}, whose names are no plain identifiers"

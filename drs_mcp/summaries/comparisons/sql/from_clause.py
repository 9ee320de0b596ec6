"""The table a SELECT reads: value differences name their table nowhere else (Table 50).

The statement is read as far as its FROM goes, whatever the dialect; what cannot be read, or could
be read in two ways, has no table rather than a wrong one.
"""

import re
from collections.abc import Mapping, Sequence

from drs_mcp.summaries.comparisons.sql.tokens import Kind, Token, Unreadable, bare, tokens

Parts = tuple[str, ...]
"""A table's name with what stands before it, unquoted: database, schema, name."""

_WHERE = re.compile(r"\bWHERE\b", re.IGNORECASE)
_MOST_PARTS = 4
_DEEPEST = 20
_MOST_QUERIES = 200
_SET_OPERATIONS = ("UNION", "INTERSECT", "EXCEPT", "MINUS")
_RESERVED = frozenset({
    "SELECT", "FROM", "WHERE", "WITH", "JOIN", "ON", "GROUP", "ORDER", "HAVING", "UNION", "VALUES",
    "AS", "AND", "OR",
})  # fmt: skip
_BEHIND_TABLES = _RESERVED | {
    "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "USING", "LIMIT", "OFFSET", "FETCH", "FOR",
    "WINDOW", "INTERSECT", "EXCEPT", "MINUS", "CONNECT", "START",
}  # fmt: skip
_JOINS = ("JOIN", "STRAIGHT_JOIN", "APPLY")
_ENDS = ("WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "FETCH", "CONNECT", "WINDOW")
_LOCKS = (
    "NOLOCK",
    "READUNCOMMITTED",
    "READPAST",
    "HOLDLOCK",
    "UPDLOCK",
    "TABLOCK",
    "ROWLOCK",
    "INDEX",
)


def table_of(sql: str) -> Parts | None:
    """The table that a SELECT reads, the server's name in front left out; None if it is not plain.

    Of several tables that are joined it is the first one; of a subquery or a common table
    expression the one it reads, if that is the only one.
    """
    # Whether a backslash escapes a quote depends on the dialect: a reading that has an end counts.
    ways = (True, False) if "\\" in sql else (True,)
    found = set()
    for escapes in ways:
        try:
            found.add(_Statement(tokens(sql, escapes=escapes)).table())
        except Unreadable:
            continue
    found.discard(None)
    return found.pop() if len(found) == 1 else None


class _Statement:
    """The tokens of a statement, and where each of its parentheses is closed."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._tokens = found
        self._closing: dict[int, int] = {}
        self._left = _MOST_QUERIES
        opened = []
        for place, token in enumerate(found):
            if token.is_sign("("):
                opened.append(place)
            elif token.is_sign(")"):
                if not opened:
                    raise Unreadable
                self._closing[opened.pop()] = place
        if opened:
            raise Unreadable

    def table(self) -> Parts | None:
        return self._query(0, len(self._tokens), {}, _DEEPEST, alone=False)

    def _query(
        self, at: int, end: int, known: Mapping[str, tuple[int, int]], depth: int, *, alone: bool
    ) -> Parts | None:
        """The table of a query, in parentheses or not; *known* are common table expressions."""
        self._left -= 1
        if self._left < 0:
            raise Unreadable
        while self._is_one_group(at, end):
            at, end = at + 1, end - 1
        if depth == 0 or at >= end:
            return None
        if self._tokens[at].is_word("WITH"):
            at, known = self._expressions(at + 1, end, known)
        branches = self._branches(at, end)
        if len(branches) > 1:
            tables = {self._query(*branch, known, depth - 1, alone=True) for branch in branches}
            return tables.pop() if len(tables) == 1 else None
        if at >= end:
            return None
        if self._is_one_group(at, end):
            return self._query(at, end, known, depth - 1, alone=alone)
        if not self._tokens[at].is_word("SELECT"):
            return None
        place = self._from(at, end)
        return None if place is None else self._source(place + 1, end, known, depth, alone=alone)

    def _is_one_group(self, at: int, end: int) -> bool:
        return at < end and self._closing.get(at) == end - 1

    def _outside(self, at: int, end: int) -> list[int]:
        """The places of the tokens that stand in no parentheses; of a group, where it opens."""
        places = []
        while at < end:
            places.append(at)
            at = self._closing.get(at, at) + 1
        return places

    def _expressions(
        self, at: int, end: int, known: Mapping[str, tuple[int, int]]
    ) -> tuple[int, Mapping[str, tuple[int, int]]]:
        """Where the query behind WITH begins, and what stands before it, by name."""
        found = dict(known)
        name = None
        for place in self._outside(at, end):
            token = self._tokens[place]
            if token.is_word("SELECT"):
                return place, found
            if token.is_sign("("):
                before = self._tokens[place - 1]
                if name is not None and before.is_word("AS", "MATERIALIZED"):
                    found[name.lower()] = (place + 1, self._closing[place])
                    name = None
                elif name is None:
                    return place, found  # the query itself, in parentheses
            elif name is None and not token.is_sign(",") and not token.is_word("RECURSIVE"):
                name = bare(token.written)
        return end, found

    def _branches(self, at: int, end: int) -> list[tuple[int, int]]:
        """The parts of a query that UNION or its like joins."""
        cuts = [
            place
            for place in self._outside(at, end)
            if self._tokens[place].is_word(*_SET_OPERATIONS) and self._begins(place + 1, end)
        ]
        behind = (cut + 1 + self._tokens[cut + 1].is_word("ALL", "DISTINCT") for cut in cuts)
        begins = [at, *behind]
        return list(zip(begins, [*cuts, end], strict=True))

    def _begins(self, at: int, end: int) -> bool:
        """Whether a query may begin here."""
        return at < end and (
            self._tokens[at].is_word("SELECT", "ALL", "DISTINCT", "WITH", "VALUES", "TABLE")
            or self._tokens[at].is_sign("(")
        )

    def _from(self, at: int, end: int) -> int | None:
        """Where FROM stands: not that of EXTRACT(… FROM …), of IS DISTINCT FROM or a column."""
        for place in self._outside(at, end):
            if self._tokens[place].is_word("FROM"):
                before, first = self._tokens[place - 1], self._tokens[place - 2]
                compared = before.is_word("DISTINCT") and first.is_word("IS", "NOT")
                if not compared and not before.is_sign("."):  # `a.from` is a column
                    return place
        return None

    def _source(
        self, at: int, end: int, known: Mapping[str, tuple[int, int]], depth: int, *, alone: bool
    ) -> Parts | None:
        """The first table of a FROM; none where another one follows and it should be alone."""
        if depth == 0 or (alone and self._is_joined(at, end)):
            return None
        while at + 1 < end and self._tokens[at].is_word("ONLY", "LATERAL"):
            following = self._tokens[at + 1]
            if following.kind is Kind.WORD and following.written.upper() in _BEHIND_TABLES:
                break  # a table of that name
            at += 1
        if at >= end:
            return None
        if at in self._closing:
            inside, closed = at + 1, self._closing[at]
            while inside in self._closing and self._closing[inside] == closed - 1:
                inside, closed = inside + 1, closed - 1
            if self._begins(inside, closed) and not self._is_source(inside, closed):
                return self._query(inside, closed, known, depth - 1, alone=True)
            return self._source(inside, closed, known, depth - 1, alone=True)
        return self._named(at, end, known, depth)

    def _is_source(self, at: int, end: int) -> bool:
        """Whether what begins with a parenthesis is a table in it that others are joined to."""
        return at in self._closing and len(self._branches(at, end)) == 1

    def _is_joined(self, at: int, end: int) -> bool:
        for place in self._outside(at, end):
            token = self._tokens[place]
            if token.is_word(*_ENDS):
                return False
            if token.is_sign(",") or token.is_word(*_JOINS):
                return True
        return False

    def _named(
        self, at: int, end: int, known: Mapping[str, tuple[int, int]], depth: int
    ) -> Parts | None:
        """The name that stands here, its parts parted by dots."""
        parts: list[str] = []
        named = True  # a part may follow; between two dots it may be missing
        while at < end:
            token = self._tokens[at]
            if token.is_sign(".") and parts:
                parts += [""] if named else []
                named = True
            elif named and _is_name(token, first=not parts):
                parts.append(bare(token.written))
                named = False
            else:
                break
            at += 1
        if named or not parts[-1] or len(parts) > _MOST_PARTS or self._is_function(at, end):
            return None
        if len(parts) == 1 and parts[0].lower() in known:
            body = known[parts[0].lower()]
            # A recursive expression reads itself: its own name is no table.
            rest = {name: place for name, place in known.items() if name != parts[0].lower()}
            return self._query(*body, rest, depth - 1, alone=True)
        return tuple(part for part in parts[-_MOST_PARTS + 1 :] if part)

    def _is_function(self, at: int, end: int) -> bool:
        """Whether a parenthesis behind a name makes it a function; SQL Server's locks do not."""
        return (
            at < end and self._tokens[at].is_sign("(") and not self._tokens[at + 1].is_word(*_LOCKS)
        )


def _is_name(token: Token, *, first: bool) -> bool:
    if token.kind is Kind.NAME:
        return not token.written.startswith(("U&", "u&"))  # its letters may be written as codes
    return token.kind is Kind.WORD and not (first and token.written.upper() in _RESERVED)


def head_of(sql: str) -> str:
    """The statement up to its first WHERE, which may stand in a text; empty if there is none."""
    place = sql.find(" where ")
    if place < 0:
        place = sql.find(" WHERE ")
    if place < 0:
        found = _WHERE.search(sql)
        place = found.start() if found else 0
    return sql[:place]

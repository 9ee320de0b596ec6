"""What a SELECT says after its WHERE: its form without any value, and the columns of its key."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from drs_mcp.summaries.comparisons.sql.tokens import Kind, Token, bare, read

_OPERATORS = frozenset("=<>!~")
_OPERATOR_WORDS = ("LIKE", "ILIKE", "RLIKE", "REGEXP", "BETWEEN", "IN")
_NAMES_BEFORE = (*_OPERATOR_WORDS, "IS", "NOT")
_ENDS = (
    "OR", "ORDER", "GROUP", "HAVING", "LIMIT", "OFFSET", "FETCH", "FOR", "UNION", "OPTION", "WINDOW",
)  # fmt: skip
_NO_VALUES = ("NULL", "TRUE", "FALSE")
_VALUES = re.compile(r"\?(?:[\s@.:/+-]*+\?)++")
_TEXT = re.compile(r"(?:[nN]|[eE]|_\w+)?'(.*)'", re.DOTALL)


def template_of(sql: str) -> str:
    """The statement without its comments and with `?` for every value; empty if it has no end.

    A text in double quotes is a name where one must stand, as in `"id" = 5`; behind an operator it
    is a value, as in MySQL, and so is every bare word there.
    """
    found = read(sql)
    masking = _Masking()
    made = []
    for place, token in enumerate(found):
        gap = " " if place and found[place - 1].end < token.start else ""
        following = found[place + 1] if place + 1 < len(found) else None
        made.append(gap + masking.shown(token, following))
    return _VALUES.sub("?", "".join(made))


class _Masking:
    """Goes through a statement and knows whether a value may stand where it is."""

    def __init__(self) -> None:
        self._in_conditions = False
        self._behind_operator = False
        self._between = False

    def shown(self, token: Token, following: Token | None) -> str:
        if token.kind in (Kind.TEXT, Kind.NUMBER):
            return "?"
        if not self._in_conditions:
            self._in_conditions = token.is_word("WHERE")
            return token.written
        if token.kind is Kind.WORD:
            return self._word(token, following)
        if token.kind is Kind.NAME:
            plain = token.written[0] in "`["
            return token.written if plain or self._is_name(following) else "?"
        if token.written in _OPERATORS:
            self._behind_operator = True
        signed = self._behind_operator and token.written in ("-", "+")
        return "" if signed and following and following.kind is Kind.NUMBER else token.written

    def _word(self, token: Token, following: Token | None) -> str:
        if token.is_word("AND"):
            # The one of BETWEEN … AND … has a value behind it as well.
            self._behind_operator, self._between = self._between, False
        elif token.is_word(*_ENDS):
            self._behind_operator = False
        elif token.is_word(*_OPERATOR_WORDS):
            self._behind_operator, self._between = True, token.is_word("BETWEEN")
        elif self._behind_operator or token.written[0].isdigit():
            typed = following is not None and (
                following.kind is Kind.TEXT or following.is_sign("(")
            )  # DATE '…', UPPER(…)
            return token.written if typed or token.is_word(*_NO_VALUES) else "?"
        return token.written

    def _is_name(self, following: Token | None) -> bool:
        """Whether a text in double quotes is a name, by what stands around it."""
        return (
            not self._behind_operator
            and following is not None
            and (following.written in (*_OPERATORS, ".") or following.is_word(*_NAMES_BEFORE))
        )


def key_columns(sql: str, key: Sequence[str | None]) -> tuple[str, ...]:
    """The columns of a row's key, in the key's order; none where the statement does not prove them.

    A column belongs to a part of the key if the statement asks for it to be equal to just that, and
    asks so for no other column than the key has such parts. Whether a backslash in a text stands
    for itself or escapes what follows, the key tells.
    """
    found = list(_equalities(sql))
    if "\\" in sql:
        unescaped = [(column, value and _ESCAPED.sub(_meant, value)) for column, value in found]
        return _columns_of(found, key) or _columns_of(unescaped, key)
    return _columns_of(found, key)


_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_MEANT = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "b": "\b", "Z": "\x1a"}


def _meant(escape: re.Match[str]) -> str:
    return _MEANT.get(escape[1], escape[1])


def _columns_of(
    equalities: Sequence[tuple[str, str | None]], key: Sequence[str | None]
) -> tuple[str, ...]:
    columns: dict[str | None, list[str]] = {}
    for column, value in equalities:
        columns.setdefault(value, []).append(column)
    if any(len(columns.get(part, ())) != number for part, number in Counter(key).items()):
        return ()
    return tuple(columns[part].pop(0) for part in key)


def _equalities(sql: str) -> Iterator[tuple[str, str | None]]:
    """The columns that must be equal to a value, with it (None: NULL), if all are joined by AND."""
    conditions: list[list[Token]] = [[]]
    inside = 0
    found = read(sql)
    begin = next((n for n, token in enumerate(found) if token.is_word("WHERE")), len(found))
    for token in found[begin + 1 :]:
        inside += token.is_sign("(") - token.is_sign(")")
        if inside == 0 and token.is_word("OR"):
            return
        if inside == 0 and (token.is_word(*_ENDS) or token.is_sign(";")):
            break
        if inside == 0 and token.is_word("AND"):
            conditions.append([])
        else:
            conditions[-1].append(token)
    for condition in conditions:
        while len(condition) > 2 and condition[0].is_sign("(") and condition[-1].is_sign(")"):
            condition = condition[1:-1]  # noqa: PLW2901  without what is around it
        read_one = _equality(condition)
        if read_one is not None:
            yield read_one


def _equality(condition: Sequence[Token]) -> tuple[str, str | None] | None:
    named = 1
    while named + 1 < len(condition) and condition[named].is_sign("."):
        named += 2  # `o`.`id`
    if named > len(condition) or condition[named - 1].kind not in (Kind.NAME, Kind.WORD):
        return None
    column, rest = bare(condition[named - 1].written), condition[named:]
    if len(rest) == 2 and rest[0].is_word("IS") and rest[1].is_word("NULL"):
        return column, None
    if not rest or not rest[0].is_sign("="):
        return None
    value = _value(rest[1:])
    return None if value is None else (column, value)


def _value(written: Sequence[Token]) -> str | None:
    if len(written) == 2 and written[0].is_sign("-") and written[1].kind is Kind.NUMBER:
        return f"-{written[1].written}"
    if len(written) != 1:
        return None
    only = written[0]
    if only.kind is Kind.TEXT:
        found = _TEXT.fullmatch(only.written)
        return found[1].replace("''", "'") if found else None
    if only.kind is Kind.NAME:
        return bare(only.written) if only.written[0] == '"' else None
    return only.written if only.kind in (Kind.NUMBER, Kind.WORD) else None

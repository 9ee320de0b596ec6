"""What a keyword does to a statement: which clause it begins, and what may follow it.

Many words of SQL are words of prose as well. Where SQL cannot go on with one, the statement has
ended before it.
"""

from typing import Final, NamedTuple

from drs_mcp.quoting.sql.keywords import (
    BESIDE,
    COMPARING,
    CONDITIONS,
    CONSTANTS,
    FIRST,
    GUARDED,
    JOINING,
    NAMES,
)

OPERANDS: Final = frozenset({"name", "number", "string"})
_NOT_AMONG_NAMES = frozenset({"and", "or", "not", "like", "case", "then"})


class State(NamedTuple):
    """Where a statement is.

    Attributes:
        clause: names (of tables and columns), select, condition or assignment.
        previous: what stands before: start, keyword, operator, comma, open, dot, or an operand,
            which is name, number or string.
        word: the last word, in lower case.
        committed: whether it is a statement, and not prose with a word of SQL.
        fragment: whether it began with SET, as an UPDATE whose beginning is cut off.
    """

    clause: str
    previous: str = "start"
    word: str = ""
    committed: bool = False
    fragment: bool = False


class Level(NamedTuple):
    """What surrounds a parenthesis.

    Attributes:
        clause: names, select, condition or assignment.
        right: whether the parenthesis stands where a value does.
    """

    clause: str
    right: bool


def after_keyword(state: State, low: str, text: str, end: int) -> State | bool:
    """The state behind a word; False: the statement ended before it; True: it is no keyword here.

    Args:
        state: the state before it.
        low: the word, in lower case.
        text: the text.
        end: where the word ends.
    """
    guard = GUARDED.get(low)
    if guard is not None:
        if not guard.match(text, end):
            return state.previous not in OPERANDS
        return _guarded(state, low)
    begun = _begins(state, low)
    return begun if begun is not None else _joins(state, low)


def _guarded(state: State, low: str) -> State:
    compares = low in ("in", "is") and state.clause == "condition"
    return state._replace(
        clause="condition" if low in ("on", "do") else state.clause,
        previous="operator" if low == "in" else "keyword",
        word=low,
        committed=state.committed or compares,
    )


def _begins(  # noqa: C901  one clause a branch
    state: State, low: str
) -> State | bool | None:
    """Words that begin a clause."""
    clause, previous, committed = state.clause, state.previous, state.committed
    fragment = state.fragment
    if low == "set":
        if clause == "names" and previous not in ("name", "keyword", "start"):
            return False
        fragment = previous == "start"
        committed |= previous == "name"
        clause = "assignment"
    elif low == "select":
        if previous in OPERANDS and not committed and clause != "names":
            return False
        # INSERT INTO t SELECT …, and UNION SELECT …: no prose is like it.
        committed |= previous in OPERANDS or state.word in ("union", "all")
        clause = "select"
    elif low == "update" and state.word == "key":  # ON DUPLICATE KEY UPDATE
        clause = "assignment"
    elif low == "from" and state.word == "distinct" and clause in ("condition", "assignment"):
        return state._replace(previous="operator", word=low)  # IS DISTINCT FROM
    elif low in NAMES:
        committed |= low == "from" and clause == "select"
        clause = "names"
    elif low in CONDITIONS:
        if clause == "names" and previous not in ("name", "start"):
            return False
        committed |= fragment
        clause = "condition"
    elif low not in FIRST or (state.word not in NAMES and state.word not in FIRST):
        return None
    return State(clause, "keyword", low, committed, fragment)


def _joins(state: State, low: str) -> State | bool:
    """Words between and beside operands."""
    previous, committed = "keyword", state.committed
    if low in JOINING:
        if state.clause == "names" and low in _NOT_AMONG_NAMES:
            return False
        if low in COMPARING or (low == "and" and state.word == "between"):
            previous = "operator"
            committed |= state.clause == "condition"
    elif low in CONSTANTS and state.clause != "names":
        previous = "name"
    elif low in BESIDE:
        previous = "name" if low in ("end", "true", "false") else "keyword"
    else:
        return True
    clause = "assignment" if low in ("limit", "offset", "by") else state.clause
    return State(clause, previous, low, committed, state.fragment)

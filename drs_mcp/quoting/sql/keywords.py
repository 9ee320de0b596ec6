"""The words of SQL that tell where a statement's values stand, and where it goes on."""

import re
from typing import Final

NAMES: Final = frozenset({"from", "join", "into", "using", "update", "insert", "delete", "replace",
                          "merge", "table", "returning", "partition"})  # fmt: skip
"""Names of tables and columns follow."""

CONDITIONS: Final = frozenset({"where", "having", "when"})

JOINING: Final = frozenset({"and", "or", "not", "between", "like", "ilike", "rlike", "regexp",
                            "similar", "xor", "div", "mod", "case", "then", "else", "escape",
                            "collate", "any", "some", "exists", "distinct", "limit", "offset",
                            "by", "over"})  # fmt: skip
"""An operand follows."""

COMPARING: Final = frozenset({"like", "ilike", "rlike", "regexp", "between", "then", "else",
                              "escape"})  # fmt: skip
"""A value follows."""

BESIDE: Final = frozenset({"left", "right", "inner", "outer", "cross", "full", "natural", "union",
                           "all", "intersect", "except", "minus", "group", "order", "partition",
                           "asc", "desc", "end", "true", "false", "unknown", "matched", "nothing",
                           "duplicate", "conflict", "key", "without", "time", "zone", "varying",
                           "precision", "ignore", "share", "nowait", "skip", "locked",
                           "overriding", "system", "value"})  # fmt: skip
"""May stand beside an operand."""

FIRST: Final = frozenset({"low_priority", "delayed", "high_priority", "ignore", "overwrite", "all",
                          "first", "only", "into", "quick"})  # fmt: skip
"""Stand between a verb and its table."""

CONSTANTS: Final = frozenset({"null", "default", "sysdate", "systimestamp", "current_timestamp",
                              "current_date", "current_time", "localtimestamp"})  # fmt: skip
"""Words that are operands, and no row's own."""

TYPES: Final = frozenset({"date", "time", "timestamp", "timestamptz", "interval", "binary",
                          "datetime"})  # fmt: skip
"""A literal follows: DATE '2026-01-01'."""

UNITS: Final = frozenset({"day", "hour", "minute", "second", "month", "year", "week",
                          "microsecond"})  # fmt: skip

_NEXT = {
    "in": r"\s*\(",
    "is": r"\s+(?:not|null|true|false|unknown|distinct|json)\b",
    "for": r"\s+(?:update|share|no\s+key|key\s+share)\b",
    "at": r"\s+time\s+zone\b",
    "with": r"\s*\(|\s+(?:time\s+zone|ties|rollup)\b",
    "on": r"\s*[(\"`\[]|\s+(?:duplicate\s+key|conflict)\b"
    r"|\s+[\w$.]{1,128}\s*(?:[=<>!]|(?:like|in|is)\b)",
    "as": r"\s",
    "do": r"\s+(?:update|nothing)\b",
}
GUARDED: Final = {word: re.compile(after, re.IGNORECASE) for word, after in _NEXT.items()}
"""Words of SQL that are words of prose as well, and what follows them in SQL."""

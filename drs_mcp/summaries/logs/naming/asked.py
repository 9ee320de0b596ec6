"""Whether a line names the table that is asked for, however it writes its name."""

import re
from collections.abc import Sequence

from drs_mcp.summaries.logs.names import MAYBE_TABLE, PARENT, TABLE, named_in

_TABLES = frozenset((TABLE, MAYBE_TABLE, PARENT))
_BETWEEN = r"[`\"'\]]?\s?\.\s?[`\"'\[]?"
_LETTER = "[A-Za-z0-9_$#]"
"""What a name in Latin letters goes on with: Chinese may touch it (`写表shop.t失败`)."""


_CLOSING = re.compile(r"[`\"'\]]")


def _spelt(part: str) -> str:
    """A part of a name as a line may hold it: within quotes the closing one stands twice."""
    signs = (re.escape(sign) + ("{1,2}" if _CLOSING.match(sign) else "") for sign in part)
    return "".join(signs)


class AskedTable:
    """A table by the parts of its name in lower case: `("shop", "orders")`, or `("orders",)`.

    A line names it as `shop.orders`, in quotes, as `schema_name=shop, object_name=orders`, with a schema
    between, or by its last part alone where the line speaks of no other database.
    """

    def __init__(self, parts: Sequence[str]) -> None:
        self._parts = tuple(parts)
        whole = _BETWEEN.join(map(_spelt, self._parts))
        first, last = self._parts[0][:1], self._parts[-1][-1:]
        ahead = rf"(?<!{_LETTER})" if re.match(_LETTER, first) else ""
        behind = rf"(?!{_LETTER})" if re.match(_LETTER, last) else ""
        self._written = re.compile(f"{ahead}{whole}{behind}")
        self._longest = max(_CLOSING.split(self._parts[-1]), key=len)

    def is_named_in(self, message: str) -> bool:
        """Whether a line names it."""
        folded = message.casefold()
        if self._longest not in folded:
            return False
        if self._written.search(folded):
            return True
        return len(self._parts) > 1 and self._is_among_names(message)

    def _is_among_names(self, message: str) -> bool:
        named = [(one.kind, tuple(one.name.casefold().split("."))) for one in named_in(message)]
        tables = [parts for kind, parts in named if kind in _TABLES]
        if any(len(parts) > 1 and self._is(parts) for parts in tables):
            return True
        heads = {part for kind, parts in named if kind == "database" for part in parts}
        heads |= {parts[0] for parts in tables if len(parts) > 1}
        alone = self._parts[-1:] in tables
        return alone and (not heads or not heads.isdisjoint(self._parts[:-1]))

    def _is(self, parts: Sequence[str]) -> bool:
        """Whether a name is one with it where the longer alone tells a schema or a database."""
        short, long = sorted((self._parts, parts), key=len)
        left = iter(long)
        return short[-1] == long[-1] and all(part in left for part in short)

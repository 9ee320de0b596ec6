"""Fitting an answer to its budget of characters: one mechanism for every tool.

What goes, in this order, and only as far as needed: suggested calls, samples, table rows (the
longest prefix that fits, found by bisection, with room reserved for the notice and for the call
that fetches the rest), then fields from the last to the first, named in `cut`. The first row of a table that leads goes after
them, where it fits at all beside a call for the rest. What stays: the headline, the totals, the newest
error, the receipt. Should even these be too long, their long texts are shortened, and the calls for
the rest go last of all.

Where whole texts were asked for, none goes for the sake of another: as many rows as fit, and where
not even one does, its longest texts are cut and say by how much.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel
from pydantic_core import to_json

from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table

DEFAULT_CHARS = 8000
LEAST_CHARS = 1000
MOST_CHARS = 30000

MOST_CALLS = 3
"""So many calls are suggested."""

_SHORT_TEXTS = (120, 80)

_CLOSING = frozenset(Closing.model_fields)
_OURS = _CLOSING | {"headline"}
"""Fields of our own sentences: never cut."""


def compact(value: Mapping[str, Any]) -> str:
    """The one rendering: JSON without white space, non-ASCII as itself."""
    return to_json(value, ensure_ascii=False, inf_nan_mode="null").decode()


def fit(
    answer: Answer,
    max_chars: int = DEFAULT_CHARS,
    again: NextCall | None = None,
    *,
    full: bool = False,
) -> dict[str, Any]:
    """The answer as a JSON object of at most *max_chars* characters when rendered by `compact`.

    Empty values are left out (0 and false stay); inside table rows an unknown cell is null.

    Args:
        answer: what to render.
        max_chars: the budget.
        again: the call with a larger budget, for tables that cannot be paged.
        full: whether texts are to be whole.
    """
    parts = _Parts.of(answer, again, full=full)
    whole = parts.render(parts.rows_in_all)
    if len(compact(whole)) <= max_chars:
        return whole
    parts.drop_suggestions()
    if len(compact(found := parts.render(parts.rows_in_all))) <= max_chars:
        return found
    if full and (found := _with_whole_texts(parts, max_chars)):
        return found
    if parts.leads:
        if found := _cut(_Parts.of(answer, again, full=full), max_chars, least=1, calls=1):
            return found
        told = _Parts.of(answer, again, full=full)
        told.leading = frozenset()
        if found := _cut(told, max_chars, calls=1):
            return found
    parts.leading, parts.briefly = frozenset(), True
    return _cut(parts, max_chars) or parts.render(0)


def _cut(parts: "_Parts", max_chars: int, least: int = 0, calls: int = 0) -> dict[str, Any]:
    """With as many rows as fit, and fields for the sake of *least*; empty where that does not do.

    With *calls* so many calls for the rest stay, and the others go before a text is shortened.
    """
    parts.drop_suggestions()
    parts.drop_samples()
    while True:
        kept = _longest(
            parts.rows_in_all, lambda rows: len(compact(parts.render(rows))) <= max_chars
        )
        if kept is not None and kept >= least:
            return parts.render(kept)
        more = parts.drop_last_field() or (calls and parts.drop_rest(calls))
        if not (more or parts.shorten() or parts.drop_rest(calls)):
            return {}


def _with_whole_texts(parts: "_Parts", max_chars: int) -> dict[str, Any]:
    """The rows that fit as they are; else one, its texts cut; empty where that does not do."""
    most = parts.rows_in_all
    kept = _longest(most, lambda rows: len(compact(parts.render(rows))) <= max_chars)
    if kept or (kept == 0 and not most):
        return parts.render(kept)
    made = parts.render(min(1, most))
    if parts.again is not None:
        made["next"] = [plain(parts.again)]
    made["cut"] = [*made.get("cut", []), "texts"]
    limit = _longest(max_chars, lambda chars: len(compact(_texts_cut(made, chars))) <= max_chars)
    return {} if limit is None else _texts_cut(made, limit)


def _texts_cut(made: Mapping[str, Any], most: int) -> dict[str, Any]:
    return {
        name: value if name in _OURS else _text_cut(value, most) for name, value in made.items()
    }


def _text_cut(value: Any, most: int) -> Any:
    if isinstance(value, str) and len(value) > most:
        return f"{value[:most]}… ({len(value) - most:,} more characters)"
    if isinstance(value, dict):
        return {
            name: _text_cut(item, most) for name, item in value.items() if name != "columns"
        } | {name: item for name, item in value.items() if name == "columns"}
    return [_text_cut(item, most) for item in value] if isinstance(value, list) else value


def _longest(most: int, fits: Callable[[int], bool]) -> int | None:
    """The largest number from 0 to *most* that fits, by bisection; None when none does."""
    if not fits(0):
        return None
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low


@dataclass
class _Parts:
    """An answer taken apart: plain fields, tables in order, and what closes it."""

    answer: Answer
    fields: dict[str, Any]
    tables: dict[str, Table]
    closing: dict[str, Any]
    suggestions: list[NextCall]
    samples: frozenset[str]
    essential: frozenset[str]
    leading: frozenset[str]
    again: NextCall | None
    full: bool = False
    most_rest: int = 3
    """So many calls for the rest are told."""

    briefly: bool = False
    """Whether the headline leaves out what a row would tell."""

    @classmethod
    def of(cls, answer: Answer, again: NextCall | None, *, full: bool) -> "_Parts":
        fields: dict[str, Any] = {}
        tables: dict[str, Table] = {}
        closing: dict[str, Any] = {}
        suggestions: list[NextCall] = []
        for name in type(answer).model_fields:
            value = getattr(answer, name)
            if isinstance(value, Table):
                tables[name] = value
                fields[name] = None  # keeps the place
            elif name == "next":
                suggestions = value
            elif name in _CLOSING:
                closing[name] = plain(value)
            else:
                fields[name] = plain(value)
        kept = type(answer).essential | {"headline"}
        samples, leads = type(answer).samples, type(answer).leading
        return cls(answer, fields, tables, closing, suggestions, samples, kept, leads, again, full)

    @property
    def leads(self) -> bool:
        """Whether the first row there is may not go before the fields."""
        first = next((name for name, found in self.tables.items() if found.rows), "")
        return first in self.leading

    @property
    def rows_in_all(self) -> int:
        return sum(len(found.rows) for found in self.tables.values())

    def render(self, rows: int) -> dict[str, Any]:
        """The answer with *rows* table rows, dealt to the tables in their order."""
        made: dict[str, Any] = {}
        rest: list[NextCall] = []
        places: dict[str, range] = {}
        for name, value in self.fields.items():
            found = self.tables.get(name)
            if found is None:
                made[name] = value
                continue
            shown = min(rows, len(found.rows))
            rows -= shown
            places[name] = found.kept(shown)
            made[name] = _table(found, places[name])
            if found.start + shown < found.total and self.most_rest:
                rest += self._rest(found, shown)
        made["headline"] = self.answer.told(places, briefly=self.briefly)
        made |= {name: value for name, value in self.closing.items() if name != "receipt"}
        rest = [call for i, call in enumerate(rest) if not _repeats(call, rest[:i])]
        rest = rest[: self.most_rest]
        calls = rest + [call for call in self.suggestions if not _repeats(call, rest)]
        made["next"] = [plain(call) for call in calls[:MOST_CALLS]]
        made["receipt"] = self.closing.get("receipt")
        return {name: value for name, value in made.items() if not _empty(value)}

    def _rest(self, found: Table, shown: int) -> list[NextCall]:
        if found.more is not None:
            args = found.more.args | {"offset": found.start + shown}
            if self.full:
                args["full"] = True
            return [found.more.model_copy(update={"args": args})]
        # A larger budget helps where the budget cut, be it every row.
        cut = shown < len(found.rows) or not found.rows
        return [self.again] if self.again is not None and cut else []

    def drop_suggestions(self) -> None:
        self.suggestions = []

    def drop_samples(self) -> None:
        for name in self.samples & self.fields.keys() - self.tables.keys():
            if not _empty(self.fields[name]):
                self.fields[name] = None
                self._say_cut(name)
        for name, found in self.tables.items():
            keep = [i for i, column in enumerate(found.columns) if column not in self.samples]
            if len(keep) < len(found.columns):
                self._say_cut(f"{name}: samples")
                self.tables[name] = found.model_copy(
                    update={
                        "columns": [found.columns[i] for i in keep],
                        "rows": [[row[i] for i in keep] for row in found.rows],
                    }
                )

    def drop_last_field(self) -> bool:
        """Drop the last field that is not essential, or a table down to its counts."""
        for name in reversed(self.fields):
            if name in self.essential or name in self.leading:
                continue
            found = self.tables.get(name)
            if found is not None and found.columns:
                self.tables[name] = found.model_copy(update={"columns": [], "rows": []})
                return True
            if found is None and not _empty(self.fields[name]):
                self.fields[name] = None
                self._say_cut(name)
                return True
        if self.closing.get("notes"):
            self.closing["notes"] = []
            self._say_cut("notes")
            return True
        return False

    def shorten(self) -> bool:
        """Shorten the texts inside of what stays, such as the newest error's message.

        In JSON a text may be twice as long as it reads.
        """
        for most in _SHORT_TEXTS:
            for name in [name for name in self.fields if name in self.essential]:
                value = self.fields[name]
                if isinstance(value, dict) and (shorter := _shortened(value, most)) != value:
                    self.fields[name] = shorter
                    if (said := f"{name}: text") not in self.closing.get("cut", []):
                        self._say_cut(said)
                    return True
        return False

    def drop_rest(self, least: int = 0) -> bool:
        """Leave out all calls for the rest but one, then that, too, where *least* allows.

        The counts of every table still say what is missing.
        """
        if self.most_rest <= least:
            return False
        self.most_rest = 1 if self.most_rest > 1 else 0
        if not self.most_rest:
            self._say_cut("next")
        return True

    def _say_cut(self, name: str) -> None:
        self.closing["cut"] = [*self.closing.get("cut", []), name]


def plain(value: object) -> Any:
    """A model, or a container of models, as JSON data without its empty parts."""
    if isinstance(value, BaseModel):
        return plain(value.model_dump(mode="json", exclude_none=True))
    if isinstance(value, dict):
        return {key: kept for key, item in value.items() if not _empty(kept := plain(item))}
    if isinstance(value, list | tuple):
        return [kept for item in value if not _empty(kept := plain(item))]
    return value


def _shortened(value: Mapping[str, Any], most: int) -> dict[str, Any]:
    return {
        key: quote(item, most) if isinstance(item, str) else item for key, item in value.items()
    }


def _table(found: Table, places: range) -> dict[str, Any] | None:
    if not found.total:
        return None
    made: dict[str, Any] = {}
    if places:
        rows = found.rows[places.start - found.start : places.stop - found.start]
        made = {"columns": found.columns, "rows": rows}
    return made | {"shown": len(places), "total": found.total}


def _repeats(call: NextCall, others: Sequence[NextCall]) -> bool:
    return any(call.tool == other.tool and call.args == other.args for other in others)


def _empty(value: object) -> bool:
    return value is None or value in ("", [], {})

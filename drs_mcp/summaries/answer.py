"""The form every answer shares: headline first, tables with totals, what to call next, a receipt.

Models here and in the other summaries hold only our own words (fields named in
`OWN_WORDS`), numbers, times and `Quoted` text. Rendering and the budget live in `tools`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from drs_mcp.quoting.quoted import quote_all

MAX_ROWS = 400
"""Rows a table may hold before the budget: no budget lets more through (30,000 characters)."""

CELL_CAP = 240

ROOMY_CELL = 1_200
_ROOMY = 2_400
"""A table with no more text than this shows longer cells: there is room for what they end with."""

OWN_WORDS = frozenset(
    {"headline", "notes", "cut", "why", "tool", "columns", "region", "project", "as_of", "profile"}
)
"""Fields of type `str` that only ever hold sentences, names and times of our own."""


def _clean_rows(rows: object) -> object:
    if not isinstance(rows, list | tuple):
        return rows
    texts = [cell for row in rows for cell in row if isinstance(cell, str)]
    roomy = sum(map(len, texts)) <= _ROOMY
    shown = iter(quote_all(texts, ROOMY_CELL if roomy else CELL_CAP))
    return [[next(shown) if isinstance(cell, str) else cell for cell in row] for row in rows]


Cell = str | int | float | bool | None
Rows = Annotated[list[list[Any]], BeforeValidator(_clean_rows)]
"""Table cells: quoted text, numbers, booleans or null."""


def _clean_arguments(given: object) -> object:
    if not isinstance(given, dict):
        return given
    told = {name: value for name, value in given.items() if value != "" and value is not False}
    shown = iter(quote_all([value for value in told.values() if isinstance(value, str)], 256))
    return {name: next(shown) if isinstance(value, str) else value for name, value in told.items()}


Arguments = Annotated[dict[str, str | int | bool], BeforeValidator(_clean_arguments)]
"""Arguments of a call: quoted text, numbers or booleans; empty ones are left to their defaults."""


NO_ARGUMENTS: Mapping[str, str] = MappingProxyType({})
"""No arguments that narrow a call down."""


class NextCall(BaseModel):
    """A call worth making now, with its arguments filled in."""

    model_config = ConfigDict(extra="forbid")

    tool: str
    args: Arguments = {}
    why: str = ""


class Receipt(BaseModel):
    """Where and when the answer was read."""

    region: str
    project: str
    as_of: str
    profile: str = ""


class Read(BaseModel):
    """How much was read, when it was not everything."""

    rows: int
    of: int | None = None
    why: str


class Table(BaseModel):
    """Rows under named columns; `shown` < `total` means cut, and `next` fetches the rest.

    `more` is the call for the rest: it gains `offset` = `start` + `shown` when rows are cut. Where
    there is a `middle`, rows are cut from both ends, those around that place staying longest.
    """

    columns: list[str] = []
    rows: Rows = []
    shown: int = 0
    total: int = 0
    start: int = Field(default=0, exclude=True)
    more: NextCall | None = Field(default=None, exclude=True)
    middle: int | None = Field(default=None, exclude=True)

    def __bool__(self) -> bool:
        return bool(self.total)

    def kept(self, number: int) -> range:
        """The places of the rows that stay where only so many do, in the whole table."""
        left = len(self.rows) - number
        ahead = min(max(self.middle - number // 2, 0), left) if self.middle is not None else 0
        return range(self.start + ahead, self.start + ahead + number)


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    total: int | None = None,
    start: int = 0,
    more: NextCall | None = None,
    form: type[Table] = Table,
) -> Table:
    """Build a table of *rows*, the ones from *start* on of *total*, of that *form*.

    A column unknown in every row is dropped. Rows beyond `MAX_ROWS` are left to *more*.
    """
    kept = list(rows[:MAX_ROWS])
    used = [
        index
        for index in range(len(columns))
        if any(row[index] is not None and row[index] != "" for row in kept)
    ]
    return form(
        columns=[columns[index] for index in used],
        rows=[[None if row[index] == "" else row[index] for index in used] for row in kept],
        shown=len(kept),
        total=len(rows) + start if total is None else total,
        start=start,
        more=more,
    )


class Answer(BaseModel):
    """Base of all answers.

    Subclasses declare their fields in the order of their worth: when even the rows are gone and
    the answer is still too long, fields are dropped from the last to the first and named in `cut`.
    """

    # What is assigned later is cleaned as what an answer is made with.
    model_config = ConfigDict(validate_assignment=True)

    essential: ClassVar[frozenset[str]] = frozenset()
    """Fields, beside the headline and the totals, that no budget may drop."""

    samples: ClassVar[frozenset[str]] = frozenset()
    """Table columns and fields that only illustrate; they go before rows do."""

    leading: ClassVar[frozenset[str]] = frozenset()
    """The table that comes first, if its first row goes only after every field that may go."""

    repeatable: ClassVar[bool] = True
    """Whether to ask again, for whole texts, costs and changes nothing."""

    linked: ClassVar[frozenset[str]] = frozenset()
    """Table columns that hold IDs of known failures: the first few become resource links."""

    headline: str

    def told(self, shown: Mapping[str, range], *, briefly: bool = False) -> str:  # noqa: ARG002
        """The headline where the budget leaves these rows of each table; *briefly*: no word more."""
        return self.headline


class Closing(BaseModel):
    """What follows the body of every answer."""

    read: Read | None = None
    notes: list[str] = []
    cut: list[str] = []
    next: list[NextCall] = []
    receipt: Receipt | None = None


def top_counts(counts: Mapping[str, int], most: int = 12) -> dict[str, int]:
    """The counts, largest first; of too many words the rarest are counted together as `other`."""
    ordered = Counter(counts).most_common()
    kept = dict(ordered if len(ordered) <= most else ordered[: most - 1])
    rest = sum(counts.values()) - sum(kept.values())
    return kept | {"other": kept.get("other", 0) + rest} if rest else kept


def percent(part: float, whole: float) -> float:
    """*part* of *whole* in percent, to one decimal; 100 only when nothing is missing."""
    if whole <= 0:
        return 0.0
    share = round(part * 100 / whole, 1)
    return 99.9 if share >= 100 and part < whole else share


def plural(number: int, noun: str, nouns: str | None = None) -> str:
    """`1 table`, `2 tables`, with thousands separated."""
    return f"{number:,} {noun if number == 1 else nouns or noun + 's'}"

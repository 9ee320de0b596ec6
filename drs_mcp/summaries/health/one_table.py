"""The answer of `get_table`: one table everywhere, by the answers about each part of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from drs_mcp.api.wire.first_rows import FirstRows
from drs_mcp.api.wire.values import Row, share, text
from drs_mcp.errors import ApiError, ArgumentError, DrsError, NoComparison, NothingListed
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import Name, Quoted
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table
from drs_mcp.summaries.comparisons.detail import TablesAnswer
from drs_mcp.summaries.comparisons.difference_answer import KeyTable, ValueDifferencesAnswer
from drs_mcp.summaries.comparisons.object_answer import ObjectComparisonAnswer
from drs_mcp.summaries.comparisons.requested.names import folded, same_but_for_schema
from drs_mcp.summaries.comparisons.tasks import NEWER
from drs_mcp.summaries.logs.doubt.doubtful import doubt_in
from drs_mcp.summaries.logs.fold import LogsAnswer
from drs_mcp.summaries.logs.kinds.lost.came_back import comes_back
from drs_mcp.summaries.logs.kinds.lost.losses import loss_in
from drs_mcp.summaries.logs.levels import ERROR, UNREAD, WARN

_MOST_MAPPED = 10
_MOST_LINES = 10
_CALLED = {
    "rows": "row comparison",
    "values": "value comparison",
    "objects": "object comparison",
    "keys": "differing keys",
    "log": "log",
}


class TableAnswer(Answer, Closing):
    """Answer of `get_table`.

    `rows`, `values` and `objects` are of the newest comparison of each kind, of which `compared`
    tells the time; `keys` are those that differ; `missing` says why a part is not told.
    """

    essential = frozenset({"missing"})

    mapping: list[Quoted] = []
    progress_pct: int | float | None = None
    compared: dict[Name, Name] = {}
    rows: Table = Table()
    values: Table = Table()
    objects: Table = Table()
    keys: KeyTable = KeyTable()
    hidden_keys: int | None = None
    log: Table = Table()
    missing: dict[Name, Quoted] = {}


@dataclass(frozen=True)
class FoundTable:
    """What was read of a table: answers, or the errors in their place.

    `mapping` and `progress` are optional, `unread` says why they could not be read.
    """

    parts: Mapping[str, Answer | DrsError]
    mapping: FirstRows | None = None
    progress: FirstRows | None = None
    unread: Mapping[str, str] = field(default_factory=dict)


def table_answer(found: FoundTable, *, table: str) -> TableAnswer:
    """Put together what each part says.

    Raises:
        ArgumentError: no part knows the table; tells those that one does.
    """
    answer = TableAnswer(headline="", mapping=_mapped(found.mapping, table))
    answer.progress_pct = _progress(found.progress, table)
    missing: dict[str, str] = dict(found.unread)
    said: list[str] = []
    for name, part in found.parts.items():
        if isinstance(part, DrsError):
            missing[_CALLED[name]] = _why(part)
        else:
            said += _add(answer, name, part)
    known = answer.mapping or answer.progress_pct is not None or answer.log or said
    not_there = [part for part in found.parts.values() if _is_absent(part)]
    if not known and not_there:
        first = not_there[0]
        assert isinstance(first, DrsError)  # noqa: S101  what is absent is an error
        raise first
    answer.missing = missing
    called = as_name(table.strip())
    opening = f"Table {called}" if called else "What was asked for"
    none = any(isinstance(found.parts.get(name), NoComparison) for name in ("rows", "values"))
    uncompared = f"it was not compared{': no comparison has finished' if none else ''}."
    told = [*(said or [uncompared]), *_trouble_since(answer)]
    answer.headline = f"{opening}: {' '.join(told)}"
    return answer


def _add(answer: TableAnswer, name: str, part: Answer) -> list[str]:
    """Add one part; what the headline says of it."""
    if isinstance(part, Closing):
        answer.notes += [
            f"{_CALLED[name]}: {note}"
            for note in part.notes
            if part.read is not None or (name != "keys" and note.startswith(NEWER))
        ]
        if part.read is not None:
            answer.read = part.read
    if isinstance(part, TablesAnswer):
        if name == "rows":
            answer.rows = part.tables
        else:
            answer.values = part.tables
        if part.ended:
            answer.compared[name] = part.ended
        return [f"{name.capitalize()}: {_without_name(part.headline)}"]
    if isinstance(part, ObjectComparisonAnswer):
        answer.objects = part.objects
        if part.started:
            answer.compared[name] = part.started
    elif isinstance(part, ValueDifferencesAnswer):
        answer.keys = KeyTable(**dict(part.ranges))
        answer.hidden_keys = part.hidden_keys
        answer.next += part.next
    elif isinstance(part, LogsAnswer):
        _add_lines(answer, part)
    return []


def _add_lines(answer: TableAnswer, part: LogsAnswer) -> None:
    found = getattr(part, "lines", None)
    if not isinstance(found, Table):
        return
    answer.log = _telling(found)
    if answer.log.total > answer.log.shown and answer.log.more is None and found.more is not None:
        args = {name: value for name, value in found.more.args.items() if value}
        answer.next.append(NextCall(tool="get_logs", args=args, why="every line that names it"))


def _trouble_since(answer: TableAnswer) -> list[str]:
    """What the log tells of the table after its comparison, or where there is none: errors, then losses."""
    columns = answer.log.columns
    at, level, text = (
        columns.index(name) if name in columns else -1 for name in ("at", "level", "message")
    )
    compared = min(answer.compared.values(), default="")
    rows = [
        (str(row[at]), row[level], str(row[text]))
        for row in answer.log.rows
        if row[at] and str(row[at]) > compared
    ]
    since = "since that comparison" if compared else "in its log"
    told = [when for when, what, _ in rows if what == ERROR]
    said = [f"Errors name it {since}, last {max(told)}."] if told else []
    return said + _loss_since([row for row in rows if row[1] != ERROR], since)


def _loss_since(rows: Sequence[tuple[str, object, str]], since: str) -> list[str]:
    """The newest loss that lines, by time, level and text, tell and no later one says was made good."""
    for when, level, said in sorted(rows, key=itemgetter(0), reverse=True):
        words = loss_in(said)
        later = [text for at, _, text in rows if at > when]
        if words and not any(comes_back(said, words, one) for one in later):
            return [f"A line {since} says that {words}, {when}."]
        if not words and level in (WARN, UNREAD) and doubt_in(said, warns=True):
            return [f"A warning {since} may tell of something that did not come, {when}."]
    return []


def _telling(found: Table) -> Table:
    """Ten of the lines that name it: those that tell of trouble before the others, newest first."""
    level, text = (
        found.columns.index(name) if name in found.columns else -1 for name in ("level", "message")
    )
    grave = [
        place
        for place, row in enumerate(found.rows)
        if row[level] in (ERROR, WARN, UNREAD) or loss_in(str(row[text]))
    ][:_MOST_LINES]
    others = [place for place in range(len(found.rows)) if place not in set(grave)]
    places = sorted([*grave, *others[: _MOST_LINES - len(grave)]])
    rows = [found.rows[place] for place in places]
    # What is no page has no page after it.
    more = found.more if places == list(range(len(places))) else None
    return found.model_copy(update={"rows": rows, "shown": len(rows), "more": more})


def _without_name(headline: str) -> str:
    """A headline about one table without the name it begins with."""
    if not headline.startswith("'"):
        return headline
    return headline.partition("': ")[2] or headline


def _mapped(page: FirstRows | None, table: str) -> list[str]:
    """Which objects of that name became which."""
    wanted, found = folded(table), []
    for row in page.rows if page is not None else ():
        source, target = _named(row, "source"), _named(row, "target")
        if same_but_for_schema(wanted, folded(source)):
            found.append(f"{source or '?'} → {target or '?'}")
    return found[:_MOST_MAPPED]


def _named(row: Row, side: str) -> str:
    levels = (text(row.get(f"{side}_{level}_name")) for level in ("db", "schema", "table"))
    return ".".join(filter(None, levels))


def _progress(page: FirstRows | None, table: str) -> float | int | None:
    """Percent of the one table of that name."""
    wanted = folded(table)
    fits = [
        row
        for row in (page.rows if page is not None else ())
        if same_but_for_schema(
            wanted, folded(f"{text(row.get('src_db'))}.{text(row.get('src_tb'))}")
        )
    ]
    return share(fits[0].get("progress")) if len(fits) == 1 else None


def _why(error: DrsError) -> str:
    if isinstance(error, NoComparison):
        return "none has finished"
    if isinstance(error, NothingListed):
        return "it is empty"
    if isinstance(error, ArgumentError):
        return "it does not list the table"
    return f"HTTP {error.status}" if isinstance(error, ApiError) else "could not be read"


def _is_absent(part: Answer | DrsError) -> bool:
    return isinstance(part, ArgumentError) and not isinstance(part, NoComparison | NothingListed)

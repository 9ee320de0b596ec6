"""A seeded log in the shape of `type=log`, and questions that code can answer from it.

Nineteen kinds of line over three levels, about 68 o200k tokens an entry, newest first. Each
question is answered twice: naively from the raw rows, and from the rendered answer alone; an
answer of None says that the answer does not hold the fact.
"""

import random
import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from drs_mcp.knowledge.failures import match

START = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
SCHEMAS = ("SALES", "CRM", "FIN")
NAMES = ("ORDER", "ORDER_ITEM", "CUSTOMER", "INVOICE", "PAYMENT", "STOCK", "PRICE", "SHIPMENT")
TABLES = [
    f"{schema}.T_{name}_{year}" for schema in SCHEMAS for name in NAMES for year in (2024, 25)
]
BUSY = "SALES.T_ORDER_ITEM_2024"
"""The table that errors name most."""

Draw = Callable[[random.Random], str]


class Kind(NamedTuple):
    """One kind of line: its marker occurs in no other kind."""

    level: str
    weight: float
    marker: str
    draw: Draw


def _uuid(rng: random.Random) -> str:
    digits = f"{rng.getrandbits(128):032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _table(rng: random.Random) -> str:
    return rng.choice(TABLES)


def _erring(rng: random.Random) -> str:
    return BUSY if rng.random() < 0.3 else rng.choice(TABLES)


def _ip(rng: random.Random) -> str:
    return f"192.168.{rng.randrange(256)}.{rng.randrange(1, 255)}"


_TIMEOUTS = ("ORA-12170", "ORA-03113", "ORA-12541")

KINDS = (
    Kind("Info", 40, "Applied", lambda r: f"Applied {r.randrange(1, 5000)} rows to {_table(r)} in {r.randrange(1, 9000)} ms, worker {r.randrange(16)}, session {_uuid(r)}"),
    Kind("Info", 18, "Checkpoint saved", lambda r: f"Checkpoint saved: scn {r.randrange(10**9, 10**10)}, file /log/o1_mf_1_{r.randrange(10**4)}.arc, position {r.randrange(10**8)}, transaction {r.randrange(99)}.{r.randrange(99)}.{r.randrange(10**6)}"),
    Kind("Info", 12, "Heartbeat", lambda r: f"Heartbeat from node {_ip(r)}: cpu {r.randrange(100)}%, memory {r.randrange(100)}%, queue {r.randrange(9000)}, delay {r.randrange(9000)} ms"),
    Kind("Info", 8, "Full copy", lambda r: f"Full copy of table {_table(r)} finished: {r.randrange(10**7)} rows in {r.randrange(10**6)} ms, batch {_uuid(r)}"),
    Kind("Info", 5, "Create table", lambda r: f"Create table {_table(r)} on target succeeded in {r.randrange(9000)} ms, task {_uuid(r)}"),
    Kind("Info", 4, "Create index", lambda r: f"Create index IDX_{r.randrange(10**6)} on table {_table(r)} succeeded in {r.randrange(9000)} ms, task {_uuid(r)}"),
    Kind("Info", 2, "log file parsed", lambda r: f"Archived log file parsed: thread {r.randrange(3)} sequence {r.randrange(10**6)}, {r.randrange(10**6)} changes, from {START + timedelta(seconds=r.randrange(10**5)):%Y-%m-%d %H:%M:%S}"),
    Kind("Warn", 4, "Retry", lambda r: f"Retry {r.randrange(1, 10)} of 10 for batch {_uuid(r)} on table {_table(r)}: {r.choice(_TIMEOUTS)}; wait {r.randrange(100, 9000)} ms"),
    Kind("Warn", 2, "Slow apply", lambda r: f"Slow apply on {_table(r)}: {r.randrange(10**5)} ms for {r.randrange(5000)} rows, SQL id {r.getrandbits(64):016x}, session {r.randrange(5000)}"),
    Kind("Warn", 1.5, "Replication delay", lambda r: f"Replication delay {r.randrange(10**6)} ms exceeds threshold 30000 ms on channel {r.randrange(16)}, node {_ip(r)}"),
    Kind("Warn", 1, "core process is not healthy", lambda _: "service CAPTURER failed, cause by: core process is not healthy or crashed"),
    Kind("Warn", 0.5, "no primary key", lambda r: f"Table {_table(r)} has no primary key: {r.randrange(10**6)} rows are matched by all columns, task {_uuid(r)}"),
    Kind("Error", 0.8, "Duplicate entry", lambda r: f"service INCREMENT failed, cause by: write table {_erring(r)} failed: Duplicate entry '{r.randrange(10**7)}-{r.randrange(99)}' for key 'PRIMARY'"),
    Kind("Error", 0.5, "snapshot too old", lambda r: f'ORA-01555: snapshot too old: rollback segment number {r.randrange(99)} with name "_SYSSMU{r.randrange(10**9)}$" too small, reading {_erring(r)} at scn {r.randrange(10**9, 10**10)}'),
    Kind("Error", 0.3, "Communications link", lambda r: f"service DATAMOVE failed, cause by: Communications link failure The last packet sent successfully to the server was {r.randrange(10**5)} milliseconds ago: {_ip(r)}:3306"),
    Kind("Error", 0.2, "DRS.M06101", lambda r: f"DRS.M06101: apply of {_erring(r)} stopped in batch {_uuid(r)}: ORA-00001: unique constraint (SALES.PK_{r.randrange(10**5)}) violated"),
    Kind("Error", 0.2, "Lock wait timeout", lambda _: "service INCREMENT failed, cause by: Lock wait timeout exceeded; try restarting transaction"),
    Kind("Error", 0, "No space left", lambda r: f"Error writing file '/tmp/MY{r.randrange(10**6)}' (errno: 28 - No space left on device)"),
    Kind("Error", 0, "get next Oracle log file", lambda r: f"service CAPTURE failed,cause by: get next Oracle log file error. The next file is: {r.randrange(10**5)}.log, DRS.M09014: timeout when get next file log, maybe has been deleted, please check"),
)  # fmt: skip
_ONCE = {0.61: KINDS[-2], 0.97: KINDS[-1]}
"""Lines that come once, and where in the log."""


def logs(entries: int, seed: int = 7) -> list[dict[str, Any]]:
    """That many entries, newest first, no two in the same second."""
    rng = random.Random(seed)
    single = {int(entries * share): kind for share, kind in _ONCE.items()}
    weights = [kind.weight for kind in KINDS]
    step = 5 * 86400 // entries + 1
    at = START
    rows = []
    for place in range(entries):
        at += timedelta(seconds=rng.randint(1, 2 * step))
        kind = single.get(place)
        if kind is None:
            # No error after the last of the lines that come once.
            calm = place > max(single)
            kind = rng.choices(KINDS, weights)[0]
            while calm and kind.level == "Error":
                kind = rng.choices(KINDS, weights)[0]
        rows.append(
            {
                "level": kind.level,
                "message": kind.draw(rng),
                "create_time": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            }
        )
    return rows[::-1]


_ANNOUNCING = (
    ", primary key 4", "; tokens: 5", ", password unchanged", " where scn > 7", ", value 7",
    ", author 12", ", auth ok", ", secret of step 3 rotated", ", signature checked", " (select 3)",
)  # fmt: skip


def announcing(entries: int, seed: int = 7) -> list[dict[str, Any]]:
    """The same log, with a word in every line that secrets or values of rows stand behind."""
    markers = [kind.marker for kind in KINDS]
    rows = logs(entries, seed)
    for row in rows:
        kind = next(place for place, marker in enumerate(markers) if marker in row["message"])
        row["message"] += _ANNOUNCING[kind % len(_ANNOUNCING)]
    return rows


# -- questions -----------------------------------------------------------------------------------

Rows = list[dict[str, Any]]
Body = dict[str, Any]
_CODE = re.compile(r"\b(?:ORA-\d{5}|DRS\.M\d{5}|errno:? \d+)")


class Question(NamedTuple):
    """A question, answered from the raw rows and from the rendered answer."""

    text: str
    raw: Callable[[Rows], Any]
    answered: Callable[[Body], Any]


def _of(rows: Rows, level: str) -> Rows:
    return [row for row in rows if row["level"] == level]


def _kind(text: str) -> str | None:
    return next((kind.marker for kind in KINDS if kind.marker in text), None)


def _kinds(rows: Rows, level: str) -> Counter[str | None]:
    return Counter(_kind(row["message"]) for row in _of(rows, level))


def _times(rows: Rows) -> list[str]:
    return sorted(row["create_time"] for row in rows)


def _newest_error(rows: Rows) -> dict[str, Any]:
    return max(_of(rows, "Error"), key=lambda row: row["create_time"])


def _line_before(rows: Rows) -> dict[str, Any]:
    end = _newest_error(rows)["create_time"]
    return max((r for r in rows if r["create_time"] < end), key=lambda row: row["create_time"])


def _code_set(texts: list[str]) -> frozenset[str]:
    found = {code for text in texts for code in _CODE.findall(text)}
    return frozenset(code.replace("errno: ", "errno ") for code in found)


def _patterns(body: Body, level: str = "error") -> list[dict[str, Any]]:
    listed = body["patterns"]
    rows = [dict(zip(listed["columns"], row, strict=True)) for row in listed["rows"]]
    for row in rows:  # the newest error's sample stands in `newest_error`
        row["sample"] = row["sample"] or body["newest_error"]["message"]
    return [row for row in rows if row["level"] == level]


def _whole(body: Body, name: str = "patterns") -> bool:
    return body[name]["shown"] == body[name]["total"]


def _span(body: Body, code: str) -> tuple[str, str] | None:
    rows = [row for row in _patterns(body) if code in row["sample"]]
    if not rows or not _whole(body):
        return None
    return min(r.get("first") or r["last"] for r in rows), max(r["last"] for r in rows)


def _raw_span(rows: Rows, code: str) -> tuple[str, str]:
    times = _times([row for row in _of(rows, "Error") if code in row["message"]])
    return times[0], times[-1]


def _table_most_in_errors(rows: Rows) -> str:
    counts = Counter(
        table
        for row in _of(rows, "Error")
        for table in set(re.findall(r"\b[A-Z]+\.T_[A-Z_]+\d+", row["message"]))
    )
    return counts.most_common(1)[0][0]


def _most_frequent(body: Body) -> tuple[str | None, int]:
    row = max(_patterns(body), key=lambda row: row["count"])
    return _kind(row["sample"]), row["count"]


def _told_codes(body: Body) -> frozenset[str] | None:
    if not _whole(body):
        return None
    return _code_set([row["sample"] for row in _patterns(body)])


def _info_kinds(body: Body) -> tuple[int, int]:
    return body["info_kinds"], max(count for _, count in body["info"])


def _rows_applied(body: Body) -> int | None:
    sums = body.get("sums", {"columns": [], "rows": []})
    rows = [dict(zip(sums["columns"], row, strict=True)) for row in sums["rows"]]
    answered = (
        r["table_sum"] for r in rows if r["of"].startswith("Applied") and r["table"] == BUSY
    )
    return next(answered, None)


def _cause(message: str) -> str | None:
    known = match(message)
    return known.id if known else None


TOOL_FUNCTIONS = (
    Question("How many entries are there?", len, lambda body: body["entries"]),
    Question(
        "How many errors and how many warnings?",
        lambda rows: (len(_of(rows, "Error")), len(_of(rows, "Warn"))),
        lambda body: (body["levels"]["error"], body["levels"]["warn"]),
    ),
    Question(
        "From when to when does the log reach?",
        lambda rows: (_times(rows)[0], _times(rows)[-1]),
        lambda body: (body["first"], body["last"]),
    ),
    Question(
        "When was the newest error?",
        lambda rows: _newest_error(rows)["create_time"],
        lambda body: body["newest_error"]["at"],
    ),
    Question(
        "Which code has the newest error?",
        lambda rows: _code_set([_newest_error(rows)["message"]]),
        lambda body: _code_set(
            [body["newest_error"]["message"], body["newest_error"].get("codes", "")]
        ),
    ),
    Question(
        "Which known failure is the newest error?",
        lambda rows: _cause(_newest_error(rows)["message"]),
        lambda body: body["newest_error"].get("known"),
    ),
    Question(
        "What was the last line before it, and when?",
        lambda rows: (_line_before(rows)["create_time"], _line_before(rows)["message"][:40]),
        lambda body: (body["line_before"]["at"], body["line_before"]["message"][:40]),
    ),
    Question(
        "Which error is the most frequent, and how often did it come?",
        lambda rows: _kinds(rows, "Error").most_common(1)[0],
        _most_frequent,
    ),
    Question(
        "Which errors came only once?",
        lambda rows: {kind for kind, number in _kinds(rows, "Error").items() if number == 1},
        lambda body: (
            {_kind(row["sample"]) for row in _patterns(body) if row["count"] == 1}
            if _whole(body)
            else None
        ),
    ),
    Question(
        "Which table do errors name most?",
        _table_most_in_errors,
        lambda body: next((name for name, _ in body.get("error_tables", [])), None),
    ),
    Question(
        "Which error codes occur in errors?",
        lambda rows: _code_set([row["message"] for row in _of(rows, "Error")]),
        _told_codes,
    ),
    Question(
        "When did ORA-01555 occur first and last?",
        lambda rows: _raw_span(rows, "ORA-01555"),
        lambda body: _span(body, "ORA-01555"),
    ),
    Question(
        "How many kinds of info entries are there, and how often came the most frequent?",
        lambda rows: (len(_kinds(rows, "Info")), _kinds(rows, "Info").most_common(1)[0][1]),
        _info_kinds,
    ),
    Question(
        "How many rows were applied to the busiest table?",
        lambda rows: sum(
            int(row["message"].split()[1])
            for row in rows
            if row["message"].startswith("Applied") and f" {BUSY} " in row["message"]
        ),
        _rows_applied,
    ),
)

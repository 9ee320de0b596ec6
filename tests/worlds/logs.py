"""Logs: every spelling of level and time, bursts of like entries, long and foreign messages."""

from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from hypothesis import strategies as st

from tests.support.tool_calls import JOB
from tests.worlds.case import CAPS, CHANCES, SIZES, Case, counted, shown, some, whole
from tests.worlds.drs import World

_START = datetime(2026, 11, 18, tzinfo=UTC)
_CHINA = timezone(timedelta(hours=8))
_NO_TIMES = (None, "", "-1", 0, "0000-00-00 00:00:00", "yesterday")

LEVELS = {
    "error": ("Error", "ERROR", "error ", "Fatal", "SEVERE"),
    "warn": ("Warn", "WARNING", "warn"),
    "info": ("Info", "info", "NOTICE"),
    "debug": ("Debug", "trace"),
    "audit": ("Audit", "AUDIT"),
}
_MESSAGES = (
    "Applied {n} rows in 67 transactions to shop.orders_{m}.",
    'ORA-0{m}: snapshot too old: rollback segment number {n} with name "_SYSSMU{m}$" too small',
    'ORA-01555: snapshot too old while reading "SALES"."T_{n}"',
    "service INCREMENT failed, cause by: Duplicate entry '{n}-x' for key 'PRIMARY', Error_code: 1062",
    '{{"code":"DRS.M0{m}","detail":"C:\\\\data\\\\redo{n}.log","hint":"\\"{m}\\""}}',
    "源数据库表 shop.订单_{n} 同步失败:连接超时({m} 毫秒)",
    "url=jdbc:mysql://10.0.0.{m}:3306?useSSL=false user=root password=Geheim{n} refused",
    "\x1b[31mred {n}\x1b[0m \u202eevil\u202c \u200b{m}",
    "INSERT INTO `t{m}` VALUES ({n}, 'anna@example.com') failed: " + '"\\' * 400,
    "long " + "tail of {n} " * 300,
    "kind{n}{w} of {w}{m}: {w}",
    "",
)
_FRAME = "\tat com.huawei.drs.Capturer.run(Capturer.java:{n})"


class Entry(NamedTuple):
    """A log entry as it was meant, and as DRS sends it."""

    at: datetime | None
    level: str
    message: str
    frame: bool
    wire: dict


def _time(rng, at):
    """A time in one of DRS's spellings, and the time it tells."""
    whole_second = at.replace(microsecond=0)
    return rng.choice(
        [
            (f"{at:%Y-%m-%dT%H:%M:%S}Z", whole_second),
            (f"{at:%Y-%m-%d %H:%M:%S}", whole_second),
            (at.astimezone(_CHINA).isoformat(), at),
            (int(at.timestamp() * 1000), at),
            (str(int(at.timestamp() * 1000)), at),
        ]
    )


def _message(rng, kinds):
    numbers = {"n": rng.randrange(10**6), "m": rng.randrange(1000, 1999)}
    word = "".join(rng.choices("abcdefgh", k=6))
    return rng.choice(kinds).format(**numbers, w=word)


def _entry(rng, levels, kinds, undated, span):
    level = rng.choice(levels)
    frame = rng.random() < 0.05
    message = _message(rng, [_FRAME] if frame else kinds)
    stated = rng.choice(LEVELS[level])
    if rng.random() < 0.05:  # a level that only the message tells, if anything does
        stated, level = rng.choice([None, "", []]), "unread"
        if not frame and rng.random() < 0.5:
            message, level = f"[ERROR] {message}", "error"
    at = _START + timedelta(milliseconds=rng.randrange(span) * 250)
    written, at = _time(rng, at)
    if rng.random() < undated:
        written, at = rng.choice(_NO_TIMES), None
    if not message and not at:
        message = "-"  # of an entry without time and message there is nothing to tell
    wire = {"level": stated, "message": message or rng.choice(["", None]), "create_time": written}
    return Entry(at, level, message, frame, wire)


@st.composite
def entries(draw, most=400):
    """A log in any order."""
    rng, size = draw(CHANCES), min(draw(SIZES), most)
    levels, kinds = some(rng, LEVELS), some(rng, _MESSAGES)
    undated, span = rng.choice([0, 0, 0.1, 1]), rng.choice([3, 1000, 10**6])
    made = [_entry(rng, levels, kinds, undated, span) for _ in range(rng.randint(0, size))]
    order = draw(st.sampled_from(["any", "newest", "oldest"]))
    if order != "any":
        made.sort(key=lambda entry: entry.at or _START, reverse=order == "newest")
    return made


def _numbered(number, entry):
    """An entry unlike every other: lines that repeat would be folded."""
    return entry.wire | {"message": f"{entry.wire['message'] or ''} #{number}"}


def iso(at):
    return f"{at:%Y-%m-%dT%H:%M:%S}Z"


def newest_error(log):
    """The time of the newest error, by looking at every entry; and whether there is an error."""
    errors = [entry for entry in log if entry.level == "error"]
    # A frame that came as an entry of its own is no failure where there is another one.
    errors = [entry for entry in errors if not entry.frame] or errors
    times = [entry.at for entry in errors if entry.at]
    return (iso(max(times)) if times else None), bool(errors)


def _taken(entry, arguments):
    """Whether an entry fits text and time of a question."""
    text, since, until = (arguments.get(name) for name in ("contains", "since", "until"))
    if text and text.casefold() not in entry.message.casefold():
        return False
    if not (since or until):
        return True
    if not entry.at or (since and entry.at < datetime.fromisoformat(since)):
        return False
    # The end's whole second belongs to the span.
    return not until or entry.at < datetime.fromisoformat(until) + timedelta(seconds=1)


_TIMES = st.integers(0, 3 * 86400).map(lambda second: iso(_START + timedelta(seconds=second)))
_ASKED = st.one_of(
    st.just({}),
    st.fixed_dictionaries(
        {},
        optional={
            "level": st.sampled_from(["error", "warn", "info"]),
            "contains": st.sampled_from(["ORA-", "失败", "TAIL of", "nowhere " * 20]),
            "since": _TIMES,
            "until": _TIMES,
        },
    ).filter(lambda asked: asked.get("since", "") <= asked.get("until", "later")),
)


@st.composite
def patterns(draw):
    """A log as patterns, under any filter."""
    log, arguments = draw(entries()), draw(_ASKED)
    taken = [entry for entry in log if _taken(entry, arguments)]
    levels = counted(entry.level for entry in taken)
    level = arguments.get("level", "")
    listed = [level] if level else [name for name in levels if name not in ("info", "debug")]
    times = sorted(iso(entry.at) for entry in taken if entry.at)
    at, failed = newest_error(taken)

    def check(answer):
        assert ("newest_error" in answer) == failed
        assert answer.get("newest_error", {}).get("at") == at
        rows = whole(answer, "patterns")
        if rows is not None and not arguments.get("offset"):
            in_answer = {
                name: sum(r["count"] for r in rows if r["level"] == name) for name in listed
            }
            assert in_answer == {name: levels.get(name, 0) for name in listed}

    return Case(
        arguments={"job": JOB, **arguments},
        world=World(cap=draw(CAPS), log=[entry.wire for entry in log]),
        required={
            "entries": len(log),
            "matching": len(taken) if arguments.keys() - {"level"} else None,
            "levels": levels or None,
        },
        droppable={
            "first": times[0] if times else None,
            "last": times[-1] if times and times[-1] != times[0] else None,
        },
        paged="patterns",
        check=check,
    )


@st.composite
def lines(draw):
    """A log as plain lines, one page of them."""
    log, arguments = draw(entries()), draw(_ASKED)
    order = draw(st.sampled_from(["newest", "oldest"]))
    offset, limit = draw(st.sampled_from([0, 0, 7, 500])), draw(st.sampled_from([50, 7, 400]))
    taken = [entry for entry in log if _taken(entry, arguments)]
    levels = counted(entry.level for entry in taken)
    fitting = [entry for entry in taken if arguments.get("level", entry.level) == entry.level]
    dated = sorted((e.at for e in fitting if e.at), reverse=order == "newest")
    times = [iso(at) for at in dated] + [None] * (len(fitting) - len(dated))

    def check(answer):
        rows = shown(answer, "lines")
        assert [row.get("at") for row in rows] == times[offset : offset + len(rows)]

    return Case(
        arguments={"job": JOB, "view": "lines", "order": order, **arguments}
        | {"offset": offset, "limit": limit},
        world=World(cap=draw(CAPS), log=[_numbered(*pair) for pair in enumerate(log)]),
        required={
            "entries": len(log),
            "matching": len(fitting) if arguments else None,
            "levels": levels or None,
        },
        tables={"lines": len(fitting)},
        paged="lines",
        check=check,
    )

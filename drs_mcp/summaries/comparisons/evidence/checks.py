"""Is a row in contradiction with itself: its status or flags against its two counts?

A row that agrees has two equal counts and no difference. What claims to agree and shows one, or
claims to differ and shows none, is contradictory: neither claim is taken.
"""

import re
from typing import NamedTuple

from drs_mcp.api.wire.numerals import latin
from drs_mcp.api.wire.values import Row, amount, count, flag, number, text
from drs_mcp.summaries.comparisons.status import (
    CONSISTENT,
    CONTRADICTORY,
    INCONSISTENT,
    Kind,
    Reason,
    kind_of,
    normalise,
)

AGREE, DIFFERS, BY_COUNT = "agree", "differs", "differs by count"
CONTRADICTS, UNKNOWN, CANNOT = "contradictory", "result unknown", "cannot be compared"
WORST = (CONTRADICTS, DIFFERS, BY_COUNT, UNKNOWN, CANNOT, "canceled", "comparing", "waiting")
"""The verdicts on a table of a value comparison, worst first."""

KINDS = {
    AGREE: Kind.AGREES,
    DIFFERS: Kind.DIFFERS,
    BY_COUNT: Kind.DIFFERS,
    CONTRADICTS: Kind.CONTRADICTS,
    CANNOT: Kind.NOT_COMPARED,
    "canceled": Kind.NOT_COMPARED,
    "comparing": Kind.PENDING,
    "waiting": Kind.PENDING,
    UNKNOWN: Kind.UNREAD,
}

_RUNNING = {"-1": "comparing", "-3": "waiting", "-4": "canceled"}
"""The state of a table while values are compared, as version 3 numbers it; -2 is done."""

_PLACE = frozenset({"source_db", "source_db_name", "target_db", "target_db_name"})
_NO_KEY = ("primary key", "unique key", "unique index", "主键", "唯一键")


class Counts(NamedTuple):
    """Rows in the source, in the destination, and the difference that DRS tells, by size."""

    source: int | None
    target: int | None
    told: int | None
    is_share: bool = False
    """Whether a difference is told as a share (`0.5%`, 0.4): not none, and no number of rows."""

    @property
    def gap(self) -> int | None:
        """How many rows the destination lacks, below 0 if it has more; None if it is not known."""
        if self.source is None or self.target is None:
            return None
        return self.source - self.target

    @property
    def differing(self) -> int | None:
        """By how many rows the two sides differ in number; None where it is not told."""
        gap = self.gap
        return self.told if gap is None else abs(gap)


def counts_of(row: Row) -> Counts:
    """The three numbers of a row (Tables 46, 48). A signed difference counts by its size."""
    source, target = count(row.get("source_row_num")), count(row.get("target_row_num"))
    difference = row.get("difference_row_num")
    plain = count(difference)
    if plain is not None and (type(difference) is int or str(difference).isdecimal()):
        return Counts(source, target, plain)
    found = number(difference)
    if found is None:
        return Counts(source, target, None)
    if found == -1 and (source is None or target is None or source - target != -1):
        return Counts(source, target, None)  # the sentinel, unless it is the difference indeed
    if found and (found != int(found) or "%" in latin(str(difference))):
        return Counts(source, target, None, is_share=True)
    if plain is not None:
        return Counts(source, target, plain)
    return Counts(source, target, None if abs(found) >= 10**18 else abs(int(found)))


def said_of(row: Row, counts: Counts) -> str | None:
    """What DRS says of a row beside its counts, a difference that is a share among it."""
    share = f"difference_row_num {text(row.get('difference_row_num'))}" if counts.is_share else None
    return message_of(row) or share


_COUNTED = ("source_row_num", "target_row_num")
_UNTOLD = frozenset({"", "-", "--", "n/a", "nan", "null", "none", "unknown"})
_MESSAGES = ("message", "error_msg", "error_message")
_FINE = re.compile(
    r"(?:\W|(?!0+\s?[行条])\d+(?:\.\d+)?\s?(?:秒|毫秒|分钟?|行|条)|(?:no|(?<![\d.,])0|without(?: any)?) (?:\w+ )?(?:errors?|failures?|failed|exceptions?|time-?outs?|differences?|lost"
    r"|differ(?:s|ed|ing|ent)?|skipped|missing|mismatch(?:es)?|inconsisten\w+)(?: (?:was |were )?(?:found|detected))?\b|(?:errors?|failures?|failed|skipped|lost|differences?)\s*[:=]\s*0\b"
    r"|\A(?:all (?:the )?(?:rows?|values?|data) )?match(?:ed|es)?\b|(?:无|没有|未发现|未见|没有发现)(?:任何)?(?:错误|异常|失败|差异|不一致|缺失)"
    r"|(?:错误|失败|差异|不一致|缺失|丢失)(?:行数?|记录数?|数)?\s?(?:为|[:：=])?\s?0(?![\d.])[行条个]?"
    r"|(?:ok|none|null|nil|n/a|successful(?:ly)?|success|succeeded|pass(?:ed)?|consistent|same|equal|identical|normal"
    r"|finished|completed?|done|compared|comparison|rows?|values?|tables?|the|data|are|is|and|all|of|in|at|on|by|primary|key"
    r"|\A0+\Z|(?!0+(?![\d.])(?! ?(?:m?s|sec|min)))\d+(?:\.\d+)?|ms|s|sec(?:onds?)?|min(?:utes?)?)\b|耗时|共|一致|相同|成功|正常|通过|完成|已|对比|比对|数据|行数)*+\Z",
    re.IGNORECASE,
)
"""A message that tells no failure: nothing but such words."""


_HOW = re.compile(
    r"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(?:Z\b|[+-]\d\d:?\d\d)?)?|\b\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
    r"|(?<![a-z0-9])(?:scn|lsn|gtid(?:\s?set)?|position|offset)s?[\s:=]{1,3}(?=[\w./:-]{0,60}\d)[\w./:-]{1,200}"
    r"|\b(?:consistent|repeatable)\s++read\b|\bsnapshot(?:[\s_](?:time(?:stamp)?|id|isolation|taken|used)\b|(?=_)_|\b)|\b(?:start|end|begin|compare)(?:ed)?[\s_]time\b"
    r"|\b(?:checksums?|hash(?:es)?|md5|crc(?:32|64)?|sha-?\d{0,3})\b(?:\s*+[:=]?\s*+0x[0-9a-f]{1,64}\b)?"
    r"|\b(?:using|used|with|as\s++of|took|elapsed|costs?|duration|threads?|shards?|chunks?|counted|both\s++sides|isolation)\b"
    r"|快照(?:时间|位点|号)?|一致性读|可重复读|开始时间|结束时间|对比时间|校验和|基于|使用|采用|位点|分片|线程数?|用时|隔离级别",
    re.IGNORECASE,
)
"""How it was compared: as of when or of which position, by what, for how long."""
_SHARE = re.compile(
    r"(?<![\d/.,:-])(?P<some>\d[\d,]{0,20})\s?(?:/|of|out\s++of)\s?(?P<all>\d[\d,]{0,20})(?![\d/.:-])"
    r"|(?<![\d.,])(?P<pct>\d{1,3}(?:\.\d{1,9})?)\s?[%％]",
    re.IGNORECASE,
)


def _tells_none(told: str) -> bool:
    """Whether a text tells no failure: all of it went well, however it was compared."""
    rest = _HOW.sub(" ", told).strip()
    if _FINE.match(rest) is None:
        return False
    return not any(_is_part(found) for found in _SHARE.finditer(rest))


def _is_part(found: re.Match[str]) -> bool:
    """Whether some of a number, or less than 100 percent, was compared."""
    if found["pct"] is not None:
        return float(found["pct"]) < _WHOLE
    some, whole = (int(found[one].replace(",", "")) for one in ("some", "all"))
    return some < whole


def garbled(row: Row) -> bool:
    """Whether the numbers of a row bear out nothing: one that is none, or a count of one side alone.

    No count at all is none to doubt: then what the row says stands by itself.
    """
    told = [row.get(name) for name in _COUNTED]
    one_side = (count(told[0]) is None) is not (count(told[1]) is None)
    difference = row.get("difference_row_num")
    return (
        one_side or any(map(_is_no_count, told)) or bool(difference and _is_no_number(difference))
    )


def _is_no_count(told: object) -> bool:
    return _is_no_number(told) or (count(told) is None and number(told) not in (-1, None))


def _is_no_number(told: object) -> bool:
    if isinstance(told, bool | list | dict):
        return True
    return number(told) is None and _plain(told) not in _UNTOLD


def _plain(value: object) -> str:
    return (text(value) or "").strip().lower()


def says_failed(row: Row) -> bool:
    """Whether a row tells why it failed, whatever its status claims.

    Its message is the cause of a failure by the reference page (Tables 46, 48), in whatever words.
    """
    message = message_of(row)
    return message is not None and not _tells_none(message)


def error_of(row: Row) -> str | None:
    """The error that a comparison tells of itself; a text for none, such as `null` or `-`, is none."""
    told = text(row.get("error_msg"))
    return told if told is not None and not _tells_none(told) else None


def message_of(row: Row) -> str | None:
    """What DRS says of a row, in whichever of its fields."""
    for name in _MESSAGES:
        if (given := row.get(name)) and (told := text(given)):
            return told
    return None


def unfinished(row: Row) -> bool:
    """Whether not all of a table was compared, by its pieces or its share (version 3)."""
    done, total = count(row.get("complete_shard_count")), count(row.get("total_shard_count"))
    share = amount(row.get("progress"))
    some = done is not None and total is not None and done < total
    return some or (share is not None and 0 <= share < _WHOLE)


_WHOLE = 100


def row_status(row: Row, counts: Counts) -> str:
    """The status of a table whose rows were counted (Table 46), checked against its counts."""
    status = normalise(row.get("status"))
    if status == CONSISTENT and says_failed(row):
        return CONTRADICTORY
    gap = counts.gap
    if status == "UNKNOWN" and row.get("status") in (None, "") and gap:
        return INCONSISTENT  # nothing is claimed, and the counts say it
    if status == CONSISTENT and (gap or counts.told or counts.is_share):
        return CONTRADICTORY
    if status == CONSISTENT and garbled(row):
        return "UNKNOWN"
    if status == "BOTH_EMPTY" and None not in (counts.source, counts.target):
        empty = not counts.source and not counts.target and not counts.told and not counts.is_share
        return CONSISTENT if empty and not says_failed(row) else CONTRADICTORY
    if status == CONSISTENT and unfinished(row):
        return "UNFINISHED"
    if status == INCONSISTENT and (gap == 0 or _misfit(counts.told, gap)):
        return CONTRADICTORY
    if (status == "TARGET_MISSING" and counts.target) or (
        status == "SOURCE_MISSING" and counts.source
    ):
        return CONTRADICTORY
    return status


def _misfit(told: int | None, gap: int | None) -> bool:
    """Whether the difference that is told is another than that of the two counts."""
    return told is not None and gap is not None and told != abs(gap)


def value_verdict(row: Row, counts: Counts, *, comparable: bool) -> str:
    """The verdict on a table whose values were compared, or cannot be (Table 48).

    That row counts differ is a difference of values, too, whether these could be compared or not.
    """
    same = _same(row.get("content_compare_result"))
    alike = flag(row.get("line_compare_result"))
    gap = counts.gap
    unequal = bool(gap) or alike is False
    if (alike and gap) or (alike is False and gap == 0):
        return CONTRADICTS
    if not comparable:
        return BY_COUNT if unequal else CANNOT
    state = _RUNNING.get(text(row.get("status")) or "") or (
        "comparing" if unfinished(row) else None
    )
    if same and (unequal or counts.told or counts.is_share or says_failed(row)):
        return CONTRADICTS
    if same and (garbled(row) or _unread_flag(row.get("line_compare_result"))):
        return UNKNOWN
    if state and not same and not unequal:
        return state
    if same is False:
        return DIFFERS
    if same:
        return state or AGREE
    return BY_COUNT if unequal else UNKNOWN


def reason_of(verdict: str, message: str | None) -> Reason:
    """Why the values of a table were not compared."""
    if verdict == "canceled":
        return Reason.CANCELED
    if verdict in ("comparing", "waiting"):
        return Reason.PENDING
    if verdict == UNKNOWN:
        return Reason.UNREAD
    told = (message or "").lower()
    if not told or any(words in told for words in _NO_KEY):
        return Reason.NO_KEY  # DRS documents no other reason
    if "time" in told and "out" in told:
        return Reason.TIMED_OUT
    return Reason.UNSUPPORTED


def home(row: Row, place: tuple[str, str]) -> tuple[str, str]:
    """The database pair of a row: its own words for it, or else where it was asked for."""
    if _PLACE.isdisjoint(row):
        return place
    source = text(row.get("source_db")) or text(row.get("source_db_name"))
    target = text(row.get("target_db")) or text(row.get("target_db_name"))
    if (source and source == place[0]) or (target and target == place[1]):
        return source or place[0], target or place[1]
    return (source or target or "", target or source or "") if source or target else place


def filter_of(row: Row) -> str | None:
    """The condition that rows of a table had to meet to be compared; None if all were."""
    given = row.get("compare_line_config_filter")
    if given is None:
        return None
    told = text(given) if not isinstance(given, dict | list) else str(given) if given else None
    return None if told in (None, "{}", "[]", "null") else told


def _unread_flag(value: object) -> bool:
    """Whether a flag was sent that says neither yes nor no."""
    return value not in (None, "") and _same(value) is None


def _same(value: object) -> bool | None:
    """Whether values are the same, told by a flag or, as version 3 does, by a status."""
    found = flag(value)
    if found is None and value not in (None, ""):
        kind = kind_of(normalise(value))
        return {Kind.AGREES: True, Kind.DIFFERS: False}.get(kind)
    return found

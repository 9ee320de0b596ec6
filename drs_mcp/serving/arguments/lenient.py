"""Arguments as hosts and models send them, read as the tool's schema means them.

What is plainly meant is taken: empty words for absent ones, an enum value in another case or in
DRS's own word, a number as text, a value beyond its bound. What could mean two things is left as
it is, for the schema to refuse.
"""

import difflib
import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

ANY: Final = "any"
"""How an enum publishes the choice that an absent argument means."""

_ABSENT = frozenset({"", "null", "none", "nil", "undefined"})
_ALL = "all"
_WILD = frozenset({ANY, _ALL, "*"})
_LATEST = frozenset({"latest", "newest", "last", "current", ANY})
_LEAST_OF_A_CHOICE = 3
_HOST_KEYS = frozenset({"toolcallid", "sessionid", "action", "chatinput", "meta"})
"""Arguments that hosts are known to add to every call, folded: n8n's, and the protocol's own."""

# DRS's own words, and those of people, for a value of an argument: folded word -> value.
_SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "compare_type": {
        "lines": "line_compare", "line": "line_compare", "rows": "line_compare",
        "row": "line_compare", "rowcompare": "line_compare", "linecomparison": "line_compare",
        "contents": "content_compare", "content": "content_compare", "values": "content_compare",
        "value": "content_compare", "valuecompare": "content_compare",
        "data": "content_compare", "contentcomparison": "content_compare",
        "object": "object_compare", "objects": "object_compare",
        "objectcomparison": "object_compare",
        "行数对比": "line_compare", "行数比对": "line_compare", "行数": "line_compare",
        "内容对比": "content_compare", "内容比对": "content_compare", "内容": "content_compare",
        "对象对比": "object_compare", "对象比对": "object_compare", "对象": "object_compare",
    },
    "level": {
        "warning": "warn", "warnings": "warn", "alarm": "warn", "err": "error", "errors": "error",
        "fatal": "error", "critical": "error", "severe": "error", "information": "info",
        "informational": "info", "notice": "info", "错误": "error", "告警": "warn", "警告": "warn",
        "信息": "info",
    },
    "section": {
        "网络": "network", "策略": "policy", "参数": "parameters", "账号": "users", "用户": "users",
        "节点": "node", "告警": "alarms", "计费": "billing", "标签": "tags", "全部": "all",
    },
    "object_type": {
        "database": "DB", "databases": "DB", "schema": "DB", "tables": "TABLE",
        "indexes": "INDEX", "indices": "INDEX",
    },
    "compare_detail_type": {"compared": "compare", "uncompared": "uncompare",
                            "notcompared": "uncompare"},
    "job_type": {
        "synchronization": "sync", "synchronisation": "sync", "realtimesync": "sync",
        "disasterrecovery": "cloudDataGuard", "dr": "cloudDataGuard",
        "workloadreplay": "replay", "迁移": "migration", "同步": "sync", "灾备": "cloudDataGuard",
        "录制回放": "replay",
    },
    "until": {
        "complete": "finished", "completed": "finished", "stopped": "finished",
        "incre": "incremental", "error": "failed", "start": "running", "started": "running",
    },
    "destination": {"writeable": "writable", "write": "writable", "ro": "read_only"},
    "kind": {"cloud": "cloud_connection", "cloudconnection": "cloud_connection"},
    "order": {"desc": "newest", "descending": "newest", "newestfirst": "newest",
              "asc": "oldest", "ascending": "oldest", "oldestfirst": "oldest"},
    "view": {"pattern": "patterns", "line": "lines", "plain": "lines", "raw": "lines"},
}  # fmt: skip

_NAMES = frozenset({"job", "table", "source_db_name", "target_db_name"})
"""Arguments that hold a name: a task or database may be called `null`, so the name decides."""

_AS_SENT = _NAMES | {"name", "contains"}
"""Arguments whose blanks may be meant: what reads names takes the exact one first."""

_AROUND = "\"'`"

_OTHER_NAMES = {
    "task": "job", "taskname": "job", "taskid": "job", "name": "job", "id": "job",
    "migration": "job", "database": "sourcedbname", "db": "sourcedbname", "dbname": "sourcedbname",
    "schema": "sourcedbname", "tablename": "table", "search": "contains", "query": "contains",
    "keyword": "contains", "grep": "contains", "text": "contains", "from": "since", "start": "since",
    "starttime": "since", "to": "until", "end": "until", "endtime": "until", "size": "maxchars",
    "page": "offset", "top": "limit", "count": "limit", "timeout": "timeouts",
}  # fmt: skip
"""What an argument is called elsewhere, folded: only told, as it may mean something else there."""

_SEVERAL = frozenset({"state"})
"""Arguments that take several words in one text."""

_WHOLE = re.compile(r"[-+]?\d{1,18}(?:\.0+)?")
_TRUE, _FALSE = frozenset({"true", "yes", "1", "on"}), frozenset({"false", "no", "0", "off"})


class Lenient(NamedTuple):
    """The arguments as the schema takes them, and what was changed beyond their form."""

    arguments: dict[str, Any]
    notes: list[str]


def lenient(given: Mapping[str, Any], schema: Mapping[str, Any]) -> Lenient:
    """Read what was *given* for a tool whose published input is *schema*."""
    properties: Mapping[str, Any] = schema.get("properties", {})
    read: dict[str, Any] = {}
    notes: list[str] = []
    for name, sent in given.items():
        known = properties.get(name)
        if known is None:
            if _folded(name) not in _HOST_KEYS:
                read[name] = sent  # refused by name, with the nearest right one
            continue
        value = _bare(name, _of_list(name, sent))
        if value is None or (isinstance(value, str) and _is_absent(name, value)):
            continue
        taken = _read(name, value, known, notes)
        if taken is not None:
            read[name] = taken
    return Lenient(read, notes)


def nearest(name: str, schema: Mapping[str, Any]) -> str:
    """The argument that a wrong name is most like; empty if none is."""
    known = {_folded(one): one for one in schema.get("properties", {})}
    meant = _OTHER_NAMES.get(_folded(name), "")
    if meant in known:
        return str(known[meant])
    found = difflib.get_close_matches(_folded(name), known, n=1, cutoff=0.6)
    return known[found[0]] if found else ""


def _folded(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).lower()


def _is_absent(name: str, value: str) -> bool:
    word = value.strip().lower()
    if name == "compare_task_id" and word in _LATEST:  # so it is without one
        return True
    return not word or (word in _ABSENT and name not in _NAMES)


def _read(name: str, value: Any, known: Mapping[str, Any], notes: list[str]) -> Any:
    """The value as its schema has it; None where it means that nothing was asked for."""
    if "enum" in known:
        return _choice(name, value, known["enum"])
    kind = known.get("type")
    if kind in ("integer", "number"):
        return _number(name, value, known, notes)
    if kind == "boolean" and not isinstance(value, bool):
        word = str(value).strip().lower()
        return word in _TRUE if word in _TRUE | _FALSE else value
    if kind == "string" and type(value) in (int, float):
        whole = isinstance(value, float) and value.is_integer() and name != "contains"
        return str(int(value) if whole else value)
    return value


def _bare(name: str, value: Any) -> Any:
    """A word, ID or time without blanks, line breaks and quotes around it, as names are read."""
    if not isinstance(value, str) or name in _AS_SENT:
        return value
    bare = value.strip()
    return bare.strip(_AROUND).strip() or bare


def _of_list(name: str, value: Any) -> Any:
    """What a list means where one value is wanted: its only one, or all where several are taken."""
    if not isinstance(value, list):
        return value
    if len(value) == 1:
        return _of_list(name, value[0])
    if name in _SEVERAL and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return value


def _choice(name: str, value: Any, choices: list[str]) -> Any:
    if not isinstance(value, str):
        return value
    word = _folded(value) or value.strip()
    known = {_folded(choice): choice for choice in choices}
    if word in known:
        found = known[word]
        return None if found == ANY else found
    synonym = _SYNONYMS.get(name, {}).get(word)
    if synonym in choices:
        return synonym
    if word in _WILD:
        return _ALL if _ALL in choices else None if ANY in choices else value
    begun = [choice for folded, choice in known.items() if _is_short_for(word, folded)]
    return begun[0] if len(begun) == 1 else value


def _is_short_for(word: str, folded: str) -> bool:
    """Whether a choice is said in the other number, or by how it begins."""
    plural = word in (f"{folded}s", f"{folded}es")
    return plural or (len(word) >= _LEAST_OF_A_CHOICE and folded.startswith(word))


def _number(name: str, value: Any, known: Mapping[str, Any], notes: list[str]) -> Any:
    if isinstance(value, str):
        word = value.strip().replace(",", "").replace("_", "")
        if not _WHOLE.fullmatch(word):
            return value
        value = int(word.partition(".")[0])
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    least, most = known.get("minimum"), known.get("maximum")
    if value == 0 and least is not None and least > 0:
        return None  # proxies fill in 0 where a number is absent
    if least is not None and value < least:
        notes.append(f"{name}: {least} is the least; it was taken.")
        return least
    if most is not None and value > most:
        notes.append(f"{name}: {most:,} is the most; it was taken.")
        return most
    return value

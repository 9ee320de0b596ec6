"""Coordinates among the fields of a document: where in a log or a topic a change stands.

Topic, partition and offset, the file and position of a binary log, LSN, SCN and GTID tell where to
look and where to resume; they are no row's values. A field is one by its name together with the
shape of its value, and where a column may have such a name as well, by the fields beside it, too.
Sources: the records of Kafka's clients, the envelope of Debezium, Oracle's LogMiner, the oplog and
the change events of MongoDB.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from drs_mcp.quoting.row_values.spans import Span

_Shapes = dict[str, re.Pattern[str]]

_NUMBER = re.compile(r"-?\d{1,20}|null|none")
_WORD = re.compile(r"[a-z_]{1,24}|\d{1,2}")
_TOPIC = re.compile(r"[\w.\-]{1,249}")
_OBJECT = re.compile(r"[\w$\-]{1,64}(?:\.[\w$\-]{1,64}){0,2}")
_FILE = re.compile(r"[\w\-]{1,64}(?:\.[\w\-]{1,64}){0,3}\.\d{5,10}")
_PLACE = re.compile(
    r"\d{1,20}|[0-9a-f]{1,8}/[0-9a-f]{1,8}|(?:0x)?[0-9a-f]{4,8}(?::[0-9a-f]{4,8}){2}|null|none"
)
_GTIDS = re.compile(
    r"[0-9a-f\-]{36}:\d[\d:\-]{0,60}(?:, ?[0-9a-f\-]{36}:\d[\d:\-]{0,60}){0,20}"
    r"|\d{1,5}-\d{1,12}-\d{1,20}|null"
)


def _shaped(shape: re.Pattern[str], names: str) -> _Shapes:
    return dict.fromkeys(names.split(), shape)


# Names without what parts their words.
_KAFKA: Final = tuple(
    {f"{before}topic": _TOPIC, f"{before}partition": _NUMBER, f"{before}offset": _NUMBER}
    for before in ("", "kafka")
)
_BESIDE_OFFSET: Final = _shaped(
    _NUMBER,
    "timestamp createtime logappendtime leaderepoch serializedkeysize serializedvaluesize"
    " currentoffset committedoffset startoffset endoffset",
) | _shaped(_WORD, "timestamptype")
_LOG: Final = _shaped(
    _PLACE,
    "lsn commitlsn changelsn startlsn restartlsn lsnproc lsncommit confirmedflushlsn"
    " scn commitscn startscn snapshotscn csn",
) | _shaped(_GTIDS, "gtid gtids gtidset executedgtidset")
_CLUSTER_TIME: Final = _shaped(
    re.compile(r"timestamp\(\d{1,12}, ?\d{1,9}\)"), "clustertime operationtime"
)
_PARTS_OF_TIME: Final = _shaped(_NUMBER, "t i")
"""Of `{"$timestamp": {"t": 1732694400, "i": 5}}`, MongoDB's own form of it in JSON."""
"""Such a name hardly a column has."""
_FILES: Final = _shaped(_FILE, "file binlogfile binlogfilename logfile logfilename journalname")
_POSITIONS: Final = _shaped(
    _NUMBER, "pos position binlogpos binlogposition logpos logposition logfileoffset"
)
_OPERATION: Final = _shaped(
    re.compile(r"[cdinru]|insert|update|replace|delete|drop|rename|invalidate"),
    "op operationtype type eventtype optype",
)
_BESIDE_LOG: Final = (
    _OPERATION
    | _shaped(_OBJECT, "table tablename schema segowner db database collection")
    | _shaped(
        _NUMBER,
        "xid txid transactionid xmin tsms tsus tsns tsusec tssec serverid thread seqno rba row event"
        " eventserialno",
    )
    | _shaped(_WORD, "op operation snapshot")
)
_CONNECTOR: Final = _shaped(re.compile(r"[a-z\d]{2,20}"), "connector")
_BESIDE_CONNECTOR: Final = _shaped(re.compile(r"\d[\w.\-]{0,20}"), "version") | _shaped(
    _TOPIC, "name"
)
_ENVELOPE: Final = frozenset(
    {"before", "after", "source", "o", "fulldocument", "documentkey", "ns", "data", "old"}
)
"""Documents beside which stands what was done to them."""
_BESIDE_OPERATION: Final = (
    _shaped(re.compile(r"timestamp\(\d{1,12}, ?\d{1,9}\)|\d{1,20}"), "ts")
    | _shaped(_OBJECT, "ns database schema table")
    | _shaped(_NUMBER, "tsms tsus tsns es xid")
    | _shaped(re.compile("true|false"), "isddl")
)
_NAMESPACE: Final = _shaped(_OBJECT, "db coll")


class Field(NamedTuple):
    """A field of a document.

    Attributes:
        level: where the bracket opens that it stands in.
        name: its name as `plain` gives it.
        value: where its value stands; nowhere, that is from an end to itself, if it is a document.
    """

    level: int
    name: str
    value: Span


_TELLING: Final = frozenset(
    name
    for family in (
        *_KAFKA,
        _LOG,
        _CLUSTER_TIME,
        _PARTS_OF_TIME,
        _FILES,
        _CONNECTOR,
        _OPERATION,
        _NAMESPACE,
    )
    for name in family
)
_PARTING: Final = str.maketrans("", "", "_-. ")
_QUOTES: Final = "\\\"' "


def plain(name: str) -> str:
    """A name in lower case without what parts its words."""
    return name.lower().translate(_PARTING)


def coordinates(text: str, fields: Sequence[Field]) -> set[Span]:
    """The values among those of *fields* that are coordinates."""
    levels: dict[int, list[Field]] = {field.level: [] for field in fields if field.name in _TELLING}
    for field in fields if levels else ():
        if field.level in levels:
            levels[field.level].append(field)
    kept: set[Span] = set()
    for level, beside in levels.items():
        shapes = _PARTS_OF_TIME if _is_cluster_time(level, fields) else _shapes(text, beside)
        kept |= {field.value for field in beside if _fits(text, field, shapes)}
    return kept


def _is_cluster_time(level: int, fields: Sequence[Field]) -> bool:
    """Whether the document at *level* is that of a `$timestamp` of the cluster's time, not of a row's."""
    around = [field for field in fields if field.value == (level, level)]
    if not around or around[0].name != "$timestamp":
        return False
    outer = around[0].level
    return any(field.value == (outer, outer) and field.name in _CLUSTER_TIME for field in fields)


def _shapes(text: str, fields: Sequence[Field]) -> _Shapes:
    """The shapes that values of coordinates have in this company, by name."""

    def fitting(shapes: _Shapes) -> set[str]:
        return {field.name for field in fields if _fits(text, field, shapes)}

    names = {field.name for field in fields}
    shapes = _LOG | _CLUSTER_TIME
    for family in _KAFKA:
        if len(fitting(family)) > 1:
            shapes |= family | _BESIDE_OFFSET
    filed = bool(fitting(_FILES) and fitting(_POSITIONS))
    if filed:
        shapes |= _FILES | _POSITIONS
    if filed or fitting(_LOG) or fitting(_CONNECTOR):
        shapes |= _BESIDE_LOG
    if fitting(_CONNECTOR) and fitting(_BESIDE_LOG):
        shapes |= _CONNECTOR | _BESIDE_CONNECTOR
    inside = {field.name for field in fields if field.value[0] == field.value[1]}
    if fitting(_OPERATION) and ("ns" in names or inside & _ENVELOPE):
        shapes |= _OPERATION | _BESIDE_OPERATION
    if names == _NAMESPACE.keys():
        shapes |= _NAMESPACE
    return shapes


def _fits(text: str, field: Field, shapes: _Shapes) -> bool:
    shape = shapes.get(field.name)
    if shape is None:
        return False
    start, end = field.value
    return shape.fullmatch(text[start:end].strip(_QUOTES).lower()) is not None

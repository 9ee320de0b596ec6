"""Error codes in a message, each with the dialect that its spelling gives away."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from drs_mcp.knowledge.engines.catalogue import SQLSTATE

NUMBER = "number"
"""The dialect of a bare vendor number: any engine may have one of that value."""

_OS_ERRORS = 1000
"""Below this an `errno` is the operating system's."""

_CODE = re.compile(
    r"(?<![A-Za-z0-9_])(?:"
    r"ORA-0{0,2}600:[ ]internal error code, arguments:[ ]-(?P<oceanbase>\d{4,5})"
    r"|(?:ORA|TNS)-(?P<oracle>\d{1,6})"
    r"|(?P<gaussdb>GAUSS-\d{1,6})"
    r"|MY-(?P<mysql>\d{4,6})"
    r"|SQL(?P<db2>\d{4,5})[CEINW]"
    r"|Code:[ ](?P<clickhouse>\d{1,4})(?=\.[ ]DB::|,[ ]e\.)"
    r"|(?i:ERROR)[ ](?P<client>\d{4})[ ]\((?P<state>[0-9A-Z]{5})\)"
    r"|Msg[ ](?P<sqlserver>\d{1,5}),[ ]?Level"
    r"|(?i:Error):[ ](?P<severe>\d{1,5}),[ ]Severity"
    r"|E(?P<mongodb>1100[01])"
    r"|(?i:error)[ ](?P<command>\d{1,8})[ ]\((?P<name>[A-Z][A-Za-z]{2,60})\)"
    r"|(?i:codeName)\W{1,6}(?P<named>[A-Z][A-Za-z]{2,60})"
    r"|(?P<redis>MOVED|ASK)(?=[ ]\d{1,5}[ ]\S{1,60}:\d)"
    r"|\[(?P<boxed>[0-9A-Z]{5})\][ ]?\[(?P<inner>\d{1,5})\]"
    r"|\[[a-z]{2,12}:(?P<tidb>[89]\d{3})(?=\])"
    r"|\[-(?P<bracketed>\d{3,5})(?=\])"
    r"|(?i:sqlstate)[^\w\n]{0,4}(?P<sqlstate>[0-9A-Z]{5})"
    r"|(?:ERROR|FATAL|PANIC|错误|致命错误):[ ]{0,3}(?P<told>[0-9A-Z]{5}):"
    r"|(?i:err(?:or)?[_ ]?no)[^\w\n]{0,4}(?P<errno>\d{1,6})"
    r"|(?i:sqlcode|vendor[_ ]?code)[^\w\n]{0,4}(?P<vendor>\d{1,6})"
    r"|(?i:err(?:or)?(?:[_ ]?(?:code|number))?(?:[ ]is)?)[^\w\n]{0,4}(?P<error>\d{3,6})"
    r"|错误(?:代码|码|号)?[^\w\n]{0,4}(?P<chinese>\d{3,6})"
    r"|(?<!status[ ])(?<!exit[ ])(?<!http[ ])code[\"']?[=:][ ]?(?P<field>\d{1,8})"
    r")(?![A-Za-z0-9_])"
)
_DIALECT = {
    "oracle": "oracle",
    "oceanbase": "oceanbase",
    "gaussdb": "gaussdb",
    "mysql": "mysql",
    "db2": "db2",
    "clickhouse": "clickhouse",
    "tidb": "tidb",
    "client": "mysql",
    "state": SQLSTATE,
    "sqlserver": "sqlserver",
    "severe": "sqlserver",
    "mongodb": "mongodb",
    "command": "mongodb",
    "name": "mongodb",
    "named": "mongodb",
    "field": "mongodb",
    "redis": "redis",
    "boxed": SQLSTATE,
    "sqlstate": SQLSTATE,
    "told": SQLSTATE,
}
_LISTED = re.compile(r"[0-9A-Z]{5}")


class Code(NamedTuple):
    """One code: its dialect (an engine, `sqlstate` or `number`), its value, where it stands."""

    dialect: str
    value: str
    at: int


def codes_of(text: str, listed: Iterable[str] = ()) -> Iterator[Code]:
    """The codes of a message, and those that a caller has read from it before.

    *listed* are spelt as a message spells them: `ORA-01555`, `SQLSTATE 42P01`, `errno 1062`; a
    value alone is a bare number, or an SQLSTATE where it has five places and no other reading.
    """
    yield from _read(text)
    for told in listed:
        found = list(_read(told))
        yield from (code._replace(at=len(text)) for code in found)
        if not found and told.isdecimal() and len(told) < 5:
            yield Code(NUMBER, str(int(told)), len(text))
        elif not found and _LISTED.fullmatch(told):
            yield Code(SQLSTATE, told, len(text))


def _read(text: str) -> Iterator[Code]:
    for found in _CODE.finditer(text):
        for group, value in found.groupdict().items():
            if value is None or (group == "errno" and int(value) < _OS_ERRORS):
                continue
            plain = str(int(value)) if value.isdecimal() and len(value) != 5 else value
            dialect = _DIALECT.get(group, NUMBER)
            if dialect != SQLSTATE and value.isdecimal():
                plain = str(int(value))
            yield Code(dialect, plain, found.start())

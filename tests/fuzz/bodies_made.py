"""Bodies of JSON that were made to cost much: by depth, by number, by length, and by what texts hold."""

import json
import zlib
from collections.abc import Callable, Mapping

MB = 1_000_000
_MOST = 12 * 1024 * 1024 - 1_000
"""A little less than is read of any answer."""


def gzipped(body: bytes) -> bytes:
    """The body as small as gzip makes it."""
    packing = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return packing.compress(body) + packing.flush()


def _filled(item: str, size: int, opening: str = "[", closing: str = "]") -> bytes:
    """A list of as many equal items as fit."""
    times = max(1, size // (len(item.encode()) + 1))
    return (opening + ",".join([item] * times) + closing).encode()


def _counted(item: str, size: int, opening: str = "[", closing: str = "]") -> bytes:
    """The same with `%d` in each item replaced by its number."""
    times = max(1, size // (len(item) + 6))
    return (opening + ",".join(item % number for number in range(times)) + closing).encode()


def _text(unit: str, size: int) -> bytes:
    return json.dumps(unit * (size // len(json.dumps(unit)[1:-1]))).encode()


def _rows(message: str, size: int, *, length: int) -> bytes:
    """Rows of a log, or of a comparison, whose texts repeat a unit up to that length."""
    line = (message * (length // len(message) + 1))[:length]
    row = json.dumps({"create_time": "2026-11-20T08:01:02Z", "level": "error", "message": line})
    return ",".join([row] * max(1, size // (len(row) + 1))).encode()


_Made = Mapping[str, tuple[int, Callable[[], bytes]]]

MADE: _Made = {
    "empty objects": (_MOST, lambda: _filled("{}", _MOST)),
    "empty lists": (_MOST, lambda: _filled("[]", _MOST)),
    "gzip of empty objects": (_MOST, lambda: _filled("{}", _MOST)),
    "gzip of objects": (_MOST, lambda: _filled('{"a":1}', _MOST)),
    "objects of one key": (_MOST, lambda: _filled('{"a":1}', _MOST)),
    "objects of other keys": (_MOST, lambda: _counted('{"k%d":1}', _MOST)),
    "one object of many keys": (_MOST, lambda: _counted('"k%d":1', _MOST, "{", "}")),
    "one object of keys that are alike": (_MOST, lambda: _filled('"k":1', _MOST, "{", "}")),
    "one long key": (_MOST, lambda: b"{" + _text("a", _MOST) + b":1}"),
    "one long key of words": (_MOST, lambda: b"{" + _text("aB_", _MOST) + b":1}"),
    "long keys": (_MOST, lambda: _counted('"%%d%s":1' % ("aB_" * 3000), _MOST, "{", "}")),
    "many long keys": (4 * MB, lambda: _counted('"%%d%s":1' % ("aB_" * 30), 4 * MB, "{", "}")),
    "one long text": (_MOST, lambda: _text("a", _MOST)),
    "one long text of blanks": (_MOST, lambda: _text(" ", _MOST)),
    "one long text of secrets": (_MOST, lambda: _text("password=x ", _MOST)),
    "one long text of escapes": (_MOST, lambda: _text("\n", _MOST)),
    "one text of half characters": (_MOST, lambda: _text("\ud800", _MOST)),
    "one text of control characters": (_MOST, lambda: b'"' + b"\x01" * _MOST + b'"'),
    "one text that is no UTF-8": (_MOST, lambda: b'"' + b"\xff" * _MOST + b'"'),
    "short texts": (_MOST, lambda: _filled('"a b"', _MOST)),
    "short texts of secrets": (_MOST, lambda: _filled('"password=x"', _MOST)),
    "empty texts": (_MOST, lambda: _filled('""', _MOST)),
    "digits": (_MOST, lambda: _filled("1", _MOST)),
    "numbers": (_MOST, lambda: _counted("1234567%d", _MOST)),
    "long numbers": (_MOST, lambda: _filled("9" * 4_000, _MOST)),
    "fractions": (_MOST, lambda: _filled("1.5e300", _MOST)),
    "nothing": (_MOST, lambda: _filled("null", _MOST)),
    "blanks": (_MOST, lambda: b" " * _MOST + b"1"),
    "gzip of blanks": (300 * MB, lambda: b" " * 300 * MB + b"1"),
    "lists in each other": (_MOST, lambda: b"[" * (_MOST // 2) + b"]" * (_MOST // 2)),
    "many deep lists": (_MOST, lambda: _filled("[" * 180 + "]" * 180, _MOST)),
    "many deep objects": (_MOST, lambda: _filled('{"a":' * 180 + "1" + "}" * 180, _MOST)),
    "objects without end": (_MOST, lambda: b'{"a":' * (_MOST // 5)),
    "objects that break off": (_MOST, lambda: _filled("{}", _MOST)[:-1]),
    "objects, small": (1_000, lambda: _filled("{}", 1_000)),
    "objects, middling": (100_000, lambda: _filled('{"a":[]}', 100_000)),
    "a text that ends in a backslash": (1_000, lambda: b'"' + b"\\" * 1_001),
}

UNITS = {
    "blanks": " ", "letters": "a", "assignments": "value=a name=password ", "single quotes": "'",
    "double quotes": '"', "brackets": "(", "backslashes": "\\", "equals signs": "=", "colons": ":",
    "braces": "{", "frames": " at a.b.c(", "digits": "1", "SQL": "insert into t values ('a', 1); ",
    "tabs": "\t", "lines": "\n", "slashes": "/", "at signs": "@", "dots": "a.", "Chinese": "密码",
    "percent signs": "%25", "commas": ",", "URLs": "mysql://a:b@c ", "Base64": "eyJhbGciOi",
    "keys": "Key (a)=(b) already exists ", "options": "--password x -p y ",
}  # fmt: skip

NUMBERED: _Made = {
    **{
        f"lines of {name}": (300_000, lambda unit=unit: _rows(unit, 300_000, length=1_000))
        for name, unit in UNITS.items()
    },
    "one line of assignments": (MB, lambda: _rows("value=a name=password ", MB, length=MB)),
    "rows of nothing": (_MOST, lambda: _filled("{}", _MOST)[1:-1]),
    "rows of lists": (_MOST, lambda: _filled("[]", _MOST)[1:-1]),
    "rows of short lines": (4 * MB, lambda: _rows("a", 4 * MB, length=3)),
    "rows of other keys": (4 * MB, lambda: _counted('{"k%d":"v"}', 4 * MB)[1:-1]),
}

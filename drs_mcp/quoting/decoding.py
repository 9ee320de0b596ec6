"""Secrets leave no answer: keys known to hold them are dropped while decoding."""

import codecs
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from operator import is_not, itemgetter
from typing import Any, Final

from pydantic_core import from_json, to_json

from drs_mcp.quoting import body_bounds
from drs_mcp.quoting.beside import HiddenBeside
from drs_mcp.quoting.body_bounds import MOST_KEY, TooMuch
from drs_mcp.quoting.hidden import HIDDEN
from drs_mcp.quoting.known_secrets import SHORTEST, holds_known
from drs_mcp.quoting.pages import redacted, redacting
from drs_mcp.quoting.secrets import hide_secrets
from drs_mcp.quoting.secrets.keys import Weight, is_secret_name, weigh
from drs_mcp.quoting.secrets.weighing import is_switch
from drs_mcp.slices import CLOSE_LOOK, Meter, Slices, finish
from drs_mcp.text_cache import text_cache

is_secret_key = text_cache(4096)(is_secret_name)
"""Whether a field of that name holds a secret (`db_password`; not `is_set_password`)."""


def decode(body: bytes, *, rows: bool = False) -> Any:
    """What `decoding` returns, at once."""
    return finish(decoding(body, rows=rows))


def decoding(body: bytes, *, rows: bool = False) -> Slices[Any]:
    """Decode JSON as it may be read: without secrets, row values and invisible characters.

    Args:
        body: the bytes.
        rows: whether this is a page of log entries or of compared things (Tables 30 and 40 to 50).
            Of these only the free texts are redacted, all of a page together. Names are redacted
            where they are shown; keys and statements of differing rows are kept as they came, for
            equality, counts and `include_values`.

    Raises:
        ValueError: the bytes are not JSON.
        TooMuch: they hold more than is read of any answer.
    """
    yield from body_bounds.check(body)
    try:
        value = _parsed(body)
    except ValueError as error:
        if str(error).startswith(_TOO_DEEP):
            raise TooMuch("is too deep") from None
        yield
        value = _parsed((yield from _repaired(body)))
    del body
    yield
    if rows:
        yield from _redact_rows(value)
        return value
    return (yield from _Walk().without_secrets(value))


_TOO_DEEP: Final = "recursion limit exceeded"
"""What the parser says of the 201st level; an answer of DRS has six."""

_FREE_TEXTS = ("message", "error_message", "error_msg", "failed_reason", "comment")
"""Fields of a row that hold sentences."""


def _redact_rows(value: Any, deep: int = 5) -> Slices[None]:
    """Redact the free texts of every list of rows, in place."""
    if isinstance(value, dict):
        _check_names(value)
        for name, item in value.items():
            if isinstance(item, dict | list) and deep:
                yield from _redact_rows(item, deep - 1)
            elif isinstance(item, str) and name in _FREE_TEXTS:
                value[name] = redacted(item)
    elif isinstance(value, list):
        rows = value
        if list(map(type, value)).count(dict) != len(value):
            rows = [row for row in value if type(row) is dict]
        beside = yield from _redact_texts(rows)
        if beside:
            value[:] = [beside.get(id(row), row) for row in value]


def _redact_texts(rows: Sequence[dict[str, Any]]) -> Slices[dict[int, HiddenBeside]]:
    """Redact the free texts of a list of rows, in place.

    Returns:
        What stands for the rows that show less because of others, by their `id`.
    """
    names = set().union(*rows)  # of some tens of thousands the few that there are, at once
    _check_names(names)
    alone: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for name in filter(_FREE_TEXTS.__contains__, names):
        holders, texts = rows, _told(rows, name)
        if not texts:  # as where tables agree
            continue
        if len(texts) < len(rows) or set(map(type, texts)) != {str}:
            holders = [row for row in rows if row.get(name) and type(row[name]) is str]
            texts = [row[name] for row in holders]
        order, newest_first = _order_of_time(holders)
        if order is not None:
            holders, texts = [holders[at] for at in order], [texts[at] for at in order]
        page = yield from redacting(texts, newest_first=newest_first)
        for place in compress(range(len(texts)), map(is_not, page.texts, texts)):
            holders[place][name] = page.texts[place]
        for place, text in page.alone.items():
            alone[id(holders[place])][name] = text
    if not alone:
        return {}
    return {id(row): HiddenBeside(row, alone[id(row)]) for row in rows if id(row) in alone}


def rows_redacted(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Rows of one list, redacted together: those that change are copies."""
    copies = [dict(row) for row in rows]
    finish(_redact_texts(copies))
    return [row if row == copy else copy for row, copy in zip(rows, copies, strict=True)]


def _told(rows: Sequence[Mapping[str, Any]], name: str) -> list[Any]:
    """One field of each row that tells anything there."""
    try:
        return list(filter(None, map(itemgetter(name), rows)))
    except KeyError:
        return [row[name] for row in rows if row.get(name)]


def _check_names(names: Iterable[str]) -> None:
    if max(map(len, names), default=0) > MOST_KEY:
        raise TooMuch(f"names a field with more than {MOST_KEY:,} characters")


def _order_of_time(rows: Sequence[Mapping[str, Any]]) -> tuple[Sequence[int] | None, bool | None]:
    """How rows stand by their times, since a secret may go on in the next one of time.

    Returns:
        Their places in order of time where they stand in none, and whether the newest is first;
        None for the latter: their times do not tell.
    """
    times: list[Any] = [row.get("create_time") for row in rows]
    kinds = set(map(type, times))
    if len(kinds) != 1 or not kinds <= {str, int, float}:
        return None, None
    ordered = sorted(times)
    if ordered[0] == ordered[-1]:
        return None, None
    if times in (ordered, ordered[::-1]):
        return None, times != ordered
    if len(set(map(len, map(str, ordered)))) > 1:  # forms that do not sort together
        return None, None
    order = sorted(range(len(rows)), key=times.__getitem__)
    return order, False if len(set(times)) == len(times) else None


def _parsed(body: bytes | bytearray) -> Any:
    # Infinite numbers are no JSON, yet some serialisers send them; values.number() drops them.
    return from_json(body, allow_inf_nan=True, cache_strings="keys")


_CONTROLS: Final = bytes(32 if code < 32 or code == 127 else code for code in range(256))
_HALF = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    rb"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_MOST_HALVES: Final = 100_000
_BLOCK: Final = 1024 * 1024
_LONGEST_REPAIRED: Final = 16 * 1024 * 1024


def _repaired(body: bytes) -> Slices[bytearray]:
    """JSON without a byte-order mark, half characters and raw control characters.

    Strict JSON forbids them, and one of them must not hide the rest. It is made block by block: of
    a large body each copy counts.
    """
    reader = codecs.getincrementaldecoder("utf-8-sig")("replace")
    whole, rest, left = bytearray(), b"", _MOST_HALVES
    for start in range(0, len(body), _BLOCK):
        last = start + _BLOCK >= len(body)
        block = rest + reader.decode(body[start : start + _BLOCK], last).encode()
        end = len(block) if last else _between_escapes(block)
        block, rest = block[:end].translate(_CONTROLS), block[end:]
        if left and b"\\u" in block:
            block, found = _without_halves(block, left)
            left -= found
        whole += block
        if len(whole) + len(rest) > _LONGEST_REPAIRED:  # what is no UTF-8 takes three bytes for one
            raise TooMuch("is no text")
        yield
    return whole


_FIRST_HALF = re.compile(rb"\\u[dD][89abAB][0-9a-fA-F]{2}")
_LONGEST_ESCAPE: Final = 12
"""A character of two halves."""


def _between_escapes(block: bytes) -> int:
    """Where a block can be parted: what follows is read alike without what stands before."""
    if b"\\" not in block[-_LONGEST_ESCAPE:]:
        return len(block)
    begin = len(block[: block.rindex(b"\\")].rstrip(b"\\"))
    if begin >= 6 and _FIRST_HALF.match(block, begin - 6):
        begin = len(block[: begin - 6].rstrip(b"\\"))
    return begin


def _without_halves(block: bytes, most: int) -> tuple[bytes, int]:
    """The block with at most so many half characters replaced, and how many there were."""
    # Behind this each backslash begins an escape: there is no other control character left.
    marked, found = _HALF.subn(rb"\\ufffd", block.replace(b"\\\\", b"\0\0"), count=most)
    return marked.replace(b"\0\0", b"\\\\"), found


def redact_values(body: bytes, values: Iterable[str]) -> bytes:
    """An error's body without *values*, which gateways like to repeat."""
    for value in values:
        if len(value) >= SHORTEST:
            for form in (value.encode("utf-8", "replace"), to_json(value)[1:-1]):
                body = body.replace(form, b"***")
    return body


_PLAIN = re.compile(r"[A-Za-z0-9_.:+-]{0,64}\Z")
"""One name, number or time, as most values are. A long one could be a token."""

_NAMES = ("key", "name", "param_name", "parameter_name", "tag_key")
"""Fields that name what stands beside them: parameters, tags, options."""


_USERS = ("db_user", "user", "user_name", "username")
_USER_AND_PASSWORD = re.compile(r"[\w$#.\-]{1,64}/(?=\S)")


def _is_secret(name: str, value: Any) -> bool:
    """Whether a pair of that name holds a secret; some names do where their value looks like one."""
    if is_switch(name, value):
        return False
    if not isinstance(value, str) or weigh(name) is not Weight.WEAK:
        return is_secret_key(name)
    pair = f"{name}={value}"
    return is_secret_key(name) or hide_secrets(pair) != pair


def _without_password(value: Any) -> Any:
    """A user's name without the password that Oracle's notation has behind a slash."""
    user = _USER_AND_PASSWORD.match(value) if isinstance(value, str) else None
    return user[0] + HIDDEN if user else value


_NODES: Final = 20_000
"""So many values are a slice of looking through an answer."""


class _Walk:
    """One way through an answer that is copied without secrets."""

    def __init__(self) -> None:
        self._meter = Meter(_NODES)

    def without_secrets(self, value: Any) -> Slices[Any]:
        """The value without what its fields' names tell to be secret, its texts redacted."""
        if self._meter.full(1):
            yield
        if isinstance(value, dict):
            return (yield from self._fields(value))
        if isinstance(value, list):
            items = []
            for item in value:
                items.append((yield from self.without_secrets(item)))  # noqa: PERF401  it yields
            return items
        if isinstance(value, str) and (holds_known(value) or not _PLAIN.match(value)):
            if self._meter.full(_NODES // 50 + _NODES * len(value) // CLOSE_LOOK):
                yield
            return redacted(value)
        return value

    def _fields(self, value: Mapping[str, Any]) -> Slices[dict[str, Any]]:
        names = [name for key in _NAMES if isinstance(name := value.get(key), str)]
        _check_names(value)
        made: dict[str, Any] = {}
        for key, item in value.items():
            if self._meter.full(len(key) // 4):
                yield
            if is_secret_key(key) and not is_switch(key, item):
                continue
            if key.endswith("value") and any(_is_secret(name[:MOST_KEY], item) for name in names):
                made[key] = HIDDEN
            else:
                told = _without_password(item) if key in _USERS else item
                made[key] = yield from self.without_secrets(told)
        return made

"""Damage to an answer of DRS: a few edits, each printable and each of them one that can be left out.

Whatever is drawn depends on the seed and on the answer alone, so a case can be made again by itself.
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from pydantic_core import from_json

from tests.fuzz import values
from tests.support.any_json import paths

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Edit:
    """One change: what is done, where, and the new value.

    `set`, `remove` and `everywhere` (in every field of that name) change the decoded answer, `bytes`
    the encoded one; `answer` puts an error in its place.
    """

    do: str
    path: Path = ()
    value: Any = None

    def __str__(self) -> str:
        shown = repr(self.value)
        if len(shown) > 300:
            shown = f"{shown[:300]}… ({len(shown):,} characters)"
        return f"{self.do} {'.'.join(map(str, self.path)) or '(the whole)'} = {shown}"


@dataclass(frozen=True)
class DamagedAnswer:
    """An answer as it goes out."""

    status: int
    body: bytes
    headers: Sequence[tuple[str, str]] = (("Content-Type", "application/json"),)


def edits(rng: Random, body: Any) -> list[Edit]:
    """What happens to one answer: mostly little, since much of it is seldom read on."""
    roll = rng.random()
    if roll < 0.04:
        return [_error(rng)]
    if roll < 0.08:
        return [Edit("bytes", (), (rng.choice(_BYTES), rng.random()))]
    places = [path for path in paths(body) if path]
    if not places:
        return [Edit("set", (), values.anything(rng))]
    if roll < 0.13:
        place = rng.choice([path for path in places if len(path) <= 2])
        return [Edit("set", place, values.anything(rng))]
    many = 1 if roll < 0.7 else rng.randrange(2, 8)
    return [_edit(rng, body, rng.choice(places), places) for _ in range(many)]


def damaged(status: int, honest: bytes, done: Sequence[Edit]) -> DamagedAnswer:
    """The answer after *done*."""
    raw: list[Edit] = []
    made = from_json(honest)
    for edit in done:
        if edit.do == "answer":
            code, headers, body = edit.value
            return DamagedAnswer(code, values.encoded(body), headers)
        if edit.do == "bytes":
            raw.append(edit)
        else:
            made = _changed(made, edit)
    encoded = values.encoded(made)
    for edit in raw:
        encoded = _torn(encoded, *edit.value)
    return DamagedAnswer(status, encoded)


# -- decoded -------------------------------------------------------------------------------------


def _changed(body: Any, edit: Edit) -> Any:
    if edit.do == "everywhere":
        return _everywhere(body, edit.path[-1], edit.value)
    if not edit.path:
        return copy.deepcopy(edit.value)
    place = body
    try:
        for step in edit.path[:-1]:
            place = place[step]
        if edit.do == "remove":
            del place[edit.path[-1]]
        else:
            place[edit.path[-1]] = copy.deepcopy(edit.value)
    except (KeyError, IndexError, TypeError):
        pass  # an edit before this one took the place away
    return body


def _everywhere(value: Any, name: str | int, new: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: copy.deepcopy(new) if key == name else _everywhere(item, name, new)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_everywhere(item, name, new) for item in value]
    return value


def _at(body: Any, path: Path) -> Any:
    for step in path:
        body = body[step]
    return body


def _edit(rng: Random, body: Any, path: Path, places: Sequence[Path]) -> Edit:
    value = _at(body, path)
    roll = rng.random()
    if roll < 0.08:
        return Edit("remove", path)
    if roll < 0.14:
        return Edit("set", path, None)
    if roll < 0.22:
        # Wrong nesting: something from elsewhere, or the whole in its own part.
        return Edit("set", path, copy.deepcopy(_at(body, rng.choice(places))))
    if roll < 0.28:
        return Edit("set", path, rng.choice(([value], {"value": value}, [[value]], {})))
    if roll < 0.36 and isinstance(path[-1], str):
        return Edit("everywhere", path, values.scalar(rng))
    if isinstance(value, dict):
        return _in_object(rng, path)
    if isinstance(value, list):
        return _in_list(rng, path, value)
    if roll < 0.46:
        return Edit("set", path, _other_type(value))
    if roll < 0.52 and isinstance(value, str):
        return Edit("set", path, f"{value} {rng.choice((values.hostile, values.telling))(rng)}")
    return Edit("set", path, _fitting(rng, path, value))


def _fitting(rng: Random, path: Path, value: Any) -> Any:
    """What could almost stand there."""
    name = str(path[-1])
    if rng.random() < 0.25:
        return values.anything(rng)
    if "count" in name or "total" in name or isinstance(value, int | float):
        return values.number(rng)
    return values.text(rng)


def _in_object(rng: Random, path: Path) -> Edit:
    if rng.random() < 0.6:
        return Edit("set", (*path, rng.choice(values.SECRET_KEYS)), values.secret(rng))
    return Edit("set", (*path, values.key(rng)), values.anything(rng))


def _in_list(rng: Random, path: Path, items: list[Any]) -> Edit:
    roll = rng.random()
    if roll < 0.1:
        return Edit("set", path, [])
    if roll < 0.45:
        return Edit("set", path, items * rng.choice((2, 2, 3, 10, 60)))
    if roll < 0.65:
        return Edit("set", path, rng.sample(items, len(items)))
    if roll < 0.85:
        return Edit("set", path, [*items, values.anything(rng)])
    return Edit("set", path, [values.anything(rng) for _ in items])


def _other_type(value: Any) -> Any:
    """The same, as the wrong type."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, str):
        digits = value.lstrip("-")
        return int(value) if digits.isascii() and digits.isdigit() else len(value)
    return value is None


# -- encoded -------------------------------------------------------------------------------------

_BYTES = (
    "cut", "empty", "null", "list", "text", "number", "not utf-8", "mark", "twice", "trailing",
    "infinite", "html", "half a pair", "deep",
)  # fmt: skip


def _torn(body: bytes, how: str, where: float) -> bytes:
    place = int(len(body) * where)
    whole = {
        "empty": b"",
        "null": b"null",
        "list": b"[" + body + b"]",
        "text": b'"' + values.CANARY.encode() + b'"',
        "number": b"-" + b"9" * 4400,
        "html": b"<html><body>" + values.CANARY.encode() + b"</body></html>",
        "mark": b"\xef\xbb\xbf" + body,
        "twice": body + body,
        "trailing": body + b" trailing",
        "deep": b'{"job":' * 3000 + b"1" + b"}" * 3000,
        "cut": body[:place],
        "not utf-8": body[:place] + b"\xff\xfe\xc3\x28" + body[place:],
        "half a pair": body.replace(b'": "', b'": "\\ud83d', 3),
        "infinite": body.replace(b'": "', b'": -Infinity, "', 1),
    }
    return whole[how]


# -- errors --------------------------------------------------------------------------------------


def _error(rng: Random) -> Edit:
    status = rng.choice((200, 400, 400, 401, 403, 404, 404, 409, 418, 429, 500, 502, 503, 504, 302))
    code = rng.choice(("DRS.M00004", "DRS.10000010", "APIG.0308", "APIGW.0301", values.text(rng)))
    said = rng.choice((values.hostile, values.telling, values.scalar))(rng)
    body: Any = {"error_code": code, "error_msg": said, "db_password": values.secret(rng)}
    roll = rng.random()
    if roll < 0.2:
        body = {"error": {"code": code, "message": said}}
    elif roll < 0.3:
        body = values.anything(rng)
    headers = [("Content-Type", rng.choice(("application/json", "text/html", "image/png", "")))]
    if rng.random() < 0.3:
        headers.append(("X-Request-Id", rng.choice(("r-1", "r 2", f"r-{'x' * 300}"))))
    if rng.random() < 0.3:
        headers.append(("Retry-After", rng.choice(("1", "0", "-5", "nan", "soon", "9" * 30))))
    if status == 302:
        headers.append(("Location", "http://169.254.169.254/latest/meta-data"))
    return Edit("answer", (), (status, tuple(headers), body))

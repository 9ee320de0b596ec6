"""Two worlds that differ only in secrets and in values of rows, mapped one to one, and their wire."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any, Final

import httpx2

from drs_mcp.simulator import START
from tests.attacks import row_values, secrets
from tests.attacks.open_forms import OPEN
from tests.hostile.planting import Planter, request_kind

PIECE: Final = 5
"""So many characters of a secret in a row are a leak."""

_TEXT_FIELDS = frozenset(
    {
        "description",
        "error_msg",
        "error_message",
        "failed_reason",
        "raw_error_msg",
        "data",
        "message",
    }
)
"""Fields whose text others write; each takes texts in turn."""

_LEVELS = ("Error", "Warn", "Info", "Error", "Error")
_INNOCENT = (
    ("Info", "Applied 512 rows to shop.orders in 40 ms"),
    ("Warn", "Replication delay 40000 ms exceeds threshold 30000 ms on channel 3"),
    ("Error", "service CAPTURER failed, cause by: core process is not healthy or crashed"),
)
_QUOTINGS = ("SELECT `id`, `note` FROM `shop`.`orders` WHERE `note` = {}",
             'SELECT "id" FROM "crm"."people" WHERE "mail" = {} AND "n" = 7',
             "SELECT [id] FROM [dbo].[t] WHERE [k] = N{}")  # fmt: skip


@dataclass(frozen=True)
class Planted:
    """A form with what is hidden in it, in both worlds.

    Attributes:
        form: the form's name.
        rows: its rows, of the one world and of the other.
        pieces: what must not be seen, of each.
        values: the values of rows by themselves, of each; none for a secret.
        place: a field's name for a text of that field; ending in `{}` for an object that stands there;
            empty for rows of the log.
    """

    form: str
    rows: tuple[tuple[str, ...], tuple[str, ...]]
    pieces: tuple[frozenset[str], frozenset[str]]
    values: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    place: str = ""

    @property
    def same(self) -> "Planted":
        """The same in both worlds, as the first one has it: nothing of it counts any more."""
        nothing = (frozenset[str](), frozenset[str]())
        return Planted(self.form, (self.rows[0],) * 2, nothing, (self.values[0],) * 2, self.place)


def planted_secret(form: secrets.RenderOptions, rng: Random) -> Planted:
    """The form with two secrets that share no piece."""
    one = secrets.secret_for(form, rng)
    while True:
        other = secrets.secret_for(form, rng)
        alike = len(form.render(one)) == len(form.render(other))
        if alike and not _windows(one) & _windows(other):
            break
    bare = _windows("\n".join(form.render("")))
    pieces = tuple(
        _windows(secret).union(*map(_unescaped_windows, form.shown(secret))) - bare
        for secret in (one, other)
    )
    common = pieces[0] & pieces[1]
    place = form.family.removeprefix("field:") if form.kind == "field" else ""
    return Planted(
        form.id,
        (form.render(one), form.render(other)),
        (pieces[0] - common, pieces[1] - common),
        place=place,
    )


def planted_values(form: row_values.RenderOptions, rng: Random) -> Planted:
    """The form with the values of two worlds."""
    one, other = row_values.two_worlds(form, rng.randrange(10**9))
    pairs = zip(one, other, strict=True)
    # A key that is an integer is told.
    texts = [pair for pair in pairs if not any(text.lstrip("-").isdecimal() for text in pair)]
    return Planted(
        form.id,
        (form.render(one), form.render(other)),
        (_fragments(one), _fragments(other)),
        (tuple(mine for mine, _ in texts), tuple(its for _, its in texts)),
    )


def _windows(text: str) -> frozenset[str]:
    return frozenset(text[at : at + PIECE] for at in range(len(text) - PIECE + 1))


def _unescaped_windows(text: str) -> frozenset[str]:
    """Without those that are but escapes."""
    return frozenset(piece for piece in _windows(text) if piece.isalnum() and "u00" not in piece)


def _fragments(values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(
        piece for value in values for piece in row_values.fragments(value) if len(piece) >= PIECE
    )


@dataclass
class TwinPlan:
    """What one of the two worlds holds; both are made from the same seed.

    Attributes:
        planted: the forms.
        side: which world, 0 or 1.
        seed: draws where what stands.
        refuses: whether DRS answers every request with an error that holds texts of them.
        turn: which texts stand in fields of which there are few: others in each call.
        served: the forms that have stood in an answer.
    """

    planted: Sequence[Planted] = ()
    side: int = 0
    seed: str = ""
    refuses: bool = False
    turn: int = 0
    served: set[str] = field(default_factory=set)

    def text(self, name: str, turn: int) -> str | None:
        """What a field of that name holds: a text for it alone, or any row that stands alone."""
        own = [one for one in self.planted if one.place == name]
        rows = [one for one in self.planted if not one.place and len(one.rows[self.side]) == 1]
        fitting = own if own and (turn % 2 == 0 or not rows) else rows
        return self._serve(fitting[turn // 2 % len(fitting)])[0] if fitting else None

    def objects(self, name: str) -> list[Any]:
        """The objects that stand in a list of that name."""
        return [
            json.loads(self._serve(one)[0]) for one in self.planted if one.place == f"{name}{{}}"
        ]

    def _serve(self, one: Planted) -> tuple[str, ...]:
        self.served.add(one.form)
        return one.rows[self.side]

    def log(self) -> list[dict[str, str]]:
        """Every row of the log, newest first or oldest first."""
        rng = Random(f"log {self.seed}")
        entries: list[tuple[str, str]] = []
        for one in self.planted:
            if one.place:
                continue
            level = rng.choice(_LEVELS)
            entries += [(level, row) for row in self._serve(one)]
            if rng.random() < 0.3:
                entries.append(rng.choice(_INNOCENT))
        at = START - timedelta(seconds=20 * len(entries))
        rows = [
            {
                "level": level,
                "message": message,
                "create_time": f"{at + timedelta(seconds=20 * place):%Y-%m-%dT%H:%M:%SZ}",
            }
            for place, (level, message) in enumerate(entries)
        ]
        return rows[::-1] if rng.random() < 0.7 else rows

    def differences(self) -> list[dict[str, Any]]:
        """Differing rows: values as keys and in SELECTs, secrets in both."""
        rng = Random(f"differences {self.seed}")
        rows = []
        for place, one in enumerate(self.planted):
            found = list(one.values[self.side][:2])
            if not found and not one.place and len(one.rows[self.side]) == 1:
                found = [one.rows[self.side][0]] if place % 3 == 0 else []
            for text in found:
                sides = rng.choice(("source", "target", "both"))
                quoted = "'" + text.replace("\\", "\\\\").replace("'", "''") + "'"
                sql = rng.choice(_QUOTINGS).format(quoted)
                row: dict[str, Any] = {}
                for side in ("source", "target"):
                    if sides in (side, "both"):
                        row[f"{side}_key_value"] = [text, "7"] if place % 5 == 0 else [text]
                        row[f"{side}_select_sql"] = sql
                rows.append(row)
        return rows


@dataclass
class TwinWire(Planter):
    """The wire to one of the two worlds."""

    wire: httpx2.AsyncBaseTransport
    answers: dict[str, tuple[int, Any]]
    world: TwinPlan = field(default_factory=TwinPlan)

    def __post_init__(self) -> None:
        super().__init__(self.wire, self.answers)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The honest answer with the world's texts in it."""
        kind = request_kind(request)
        status, body = await self._honest(request)
        if self.world.refuses:
            chosen = self.world.text("error_msg", self.world.turn) or ""
            code = ("DRS.M00004", chosen)[self.world.turn // 3 % 2]
            return _response(400, {"error_code": code, "error_msg": chosen})
        later = int(request.url.params.get("offset", 0)) > 0
        return _response(status, _emptied(body) if later else self._filled(body, kind))

    def _filled(self, body: Any, kind: str) -> Any:
        made = self._with_texts(
            body, kind, _Turn(_number(f"{self.world.seed} {kind}") + self.world.turn)
        )
        job = made.get("job") if isinstance(made, dict) else None
        if not isinstance(job, dict):
            return made
        if kind == "log":
            job["logs"] = self.world.log()
            job["total_count"] = len(job["logs"])
        if kind == "content_compare/diff":
            found = {"contents_infos": self.world.differences()}
            job["compare_result"] = {"content_diff_detail_info": found}
            job["total_count"] = len(found["contents_infos"])
        if kind == "detail":
            self._add_objects(job)
        return made

    def _add_objects(self, job: dict[str, Any]) -> None:
        objects = self.world.objects
        parameters = [
            {**one, "target_value": one.get("target_value") or one.get("source_value")}
            for one in objects("params")
        ]
        lists: tuple[tuple[tuple[str, ...], list[Any]], ...] = (
            (("db_param", "common"), parameters),
            (("tuning_params", "full_sync"), objects("tuning_params")),
            (("base_info", "tags"), objects("tags")),
            (("user_migration", "user_list"), objects("user_list")),
            (("diagnoses",), [*objects("result_list"), *objects("suggestion_list")]),
        )
        for path, found in lists:
            holder = job
            for name in path[:-1]:
                holder = holder.setdefault(name, {})
            holder[path[-1]] = [*(holder.get(path[-1]) or []), *found]
        for name in ("endpoint", "ssl"):
            for one, end in zip(objects(name), job.get("source_endpoint") or [], strict=False):
                end[name] = {**(end.get(name) or {}), **one}

    def _with_texts(self, value: Any, name: str, turn: "_Turn") -> Any:
        if isinstance(value, dict):
            return {key: self._with_texts(item, key, turn) for key, item in value.items()}
        if isinstance(value, list):
            return [self._with_texts(item, name, turn) for item in value]
        if isinstance(value, str) and name in _TEXT_FIELDS:
            return self.world.text(name, turn.next(name)) or value
        return value


class _Turn:
    """Counts for each field, from a number on: all texts get their turn in one batch or another."""

    def __init__(self, first: int) -> None:
        self._first = first
        self._given: dict[str, int] = {}

    def next(self, name: str) -> int:
        """The next number for that field."""
        self._given[name] = self._given.get(name, -1) + 1
        return self._first + self._given[name]


def _number(text: str) -> int:
    return Random(text).randrange(10**6)


def _response(status: int, body: Any) -> httpx2.Response:
    headers = {"Content-Type": "application/json"}
    return httpx2.Response(status, content=json.dumps(body).encode(), headers=headers)


def _emptied(value: Any) -> Any:
    if isinstance(value, list):
        return []
    if isinstance(value, dict):
        return {key: _emptied(item) for key, item in value.items()}
    return value


Draw = Callable[[Any, Random], Planted]


def drawn(forms: Sequence[Any], number: int, draw: Draw, rng: Random) -> Iterator[Planted]:
    """That many of the forms that are hidden, each with two worlds' texts, others in each run."""
    hidden = [form for form in forms if form.id not in OPEN]
    for form in rng.sample(hidden, min(number, len(hidden))):
        yield draw(form, Random(f"{rng.random()} {form.id}"))

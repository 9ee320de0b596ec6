"""A wire that plants payloads in the string fields of what the embedded DRS answers."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints, is_typeddict

import httpx2

from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.types import Text

STRUCTURAL = frozenset(
    {
        "id", "status", "type", "job_type", "transfer_status", "task_mode", "level", "result",
        "create_time", "start_time", "end_time", "full_start_time", "incr_start_time",
        "source_db_name", "target_db_name", "source_db", "target_db", "compare_job_id",
        "source_select_sql", "target_select_sql", "parent", "master_job_id", "process",
    }
)  # fmt: skip
"""Fields that decide what else is read or shown: planted one at a time, the others all at once."""


@dataclass(frozen=True)
class Payload:
    """A text, the word that marks it, and what must not be left of it."""

    kind: str
    canary: str
    text: str
    gone: tuple[str, ...] = ()


def payloads() -> list[Payload]:
    """Every payload of the file."""
    found = json.loads(Path(__file__).with_name("payloads.json").read_text("utf-8"))["payloads"]
    return [
        Payload(
            one["class"],
            one["canary"],
            one["text"] + one.get("then", "") * one.get("times", 0),
            tuple(one.get("gone", ())),
        )
        for one in found
    ]


PAYLOADS = payloads()
KINDS = tuple(dict.fromkeys(payload.kind for payload in PAYLOADS))

Field = tuple[str, ...]
"""What was asked for, then the steps to a field; places in a list are `*`."""


@dataclass
class PlantingPlan:
    """Which payloads go where: in rotation, into every field that *wanted* takes."""

    payloads: list[Payload] = field(default_factory=list)
    wanted: Any = lambda _: False
    start: int = 0
    planted: list[tuple[Field, str]] = field(default_factory=list)

    def text(self, place: Field) -> str:
        """The next payload, for that place."""
        chosen = self.payloads[(self.start + len(self.planted)) % len(self.payloads)]
        self.planted.append((place, chosen.canary))
        return chosen.text


class Planter(httpx2.AsyncBaseTransport):
    """Answers as the embedded DRS does, with payloads in the fields that the plan wants.

    Every answer is asked for once and kept, with short lists, widened by the string fields it
    lacks. Lists have one page: beyond it there is nothing.

    Args:
        wire: the way to the embedded DRS.
        answers: the answers known so far, by address; for planters over the same world.
    """

    def __init__(
        self, wire: httpx2.AsyncBaseTransport, answers: dict[str, tuple[int, Any]] | None = None
    ) -> None:
        self._wire = wire
        self._answers = {} if answers is None else answers
        self.plan = PlantingPlan()
        self.requests: list[httpx2.Request] = []
        self.fields: set[Field] = set()
        self.respond: Any = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The planted answer."""
        self.requests.append(request)
        if self.respond is not None:
            response: httpx2.Response = self.respond(request)
            return response
        status, body = await self._honest(request)
        if int(request.url.params.get("offset", 0)) > 0:
            body = shortened(body, 0)
        body = self._planted(body, (request_kind(request),))
        # Lone surrogates travel as JSON escapes.
        headers = {"Content-Type": "application/json"}
        return httpx2.Response(status, content=json.dumps(body).encode(), headers=headers)

    async def _honest(self, request: httpx2.Request) -> tuple[int, Any]:
        query = request.url.params
        if "offset" in query:
            query = query.set("offset", "0").set("limit", "100")
        url = request.url.copy_with(params=query)
        first = httpx2.Request(request.method, url, content=request.content)
        first.headers = request.headers
        address = f"{url} {request.content.decode()}"
        if address not in self._answers:
            answer = await self._wire.handle_async_request(first)
            body = shortened(json.loads(await answer.aread()))
            self._answers[address] = answer.status_code, _with_rare(widened(body, request))
        return self._answers[address]

    def _planted(self, value: Any, place: Field) -> Any:
        if isinstance(value, dict):
            made = {}
            for key, item in value.items():
                name = key
                if key == KEY:
                    name = self.plan.text((*place, KEY)) if self._takes((*place, KEY)) else key
                made[name] = self._planted(item, (*place, key))
            return made
        if isinstance(value, list):
            return [self._planted(item, (*place, "*")) for item in value]
        if isinstance(value, str) and self._takes(place):
            return self.plan.text(place)
        return value

    def _takes(self, place: Field) -> bool:
        self.fields.add(place)
        return bool(self.plan.wanted(place))


MOST = 8
"""Items that a list may have: more are more of the same."""


def shortened(value: Any, most: int = MOST) -> Any:
    """The answer with short lists, and totals that say so."""
    if isinstance(value, list):
        return [shortened(item, most) for item in value[:most]]
    if isinstance(value, dict):
        return {
            key: min(int(item), MOST) if key == "total_count" else shortened(item, most)
            for key, item in value.items()
        }
    return value


KEY = "a key that others chose"
"""Stands in objects whose keys are no names of the API."""


def request_kind(request: httpx2.Request) -> str:
    """What a request is for, such as `log` or `content_compare/diff`."""
    query = request.url.params
    if "compare_type" in query:
        return f"{query['compare_type']}/{query.get('query_type', '')}"
    return query.get("type") or request.url.path.rpartition("/")[2]


def widened(body: Any, request: httpx2.Request) -> Any:
    """The answer with every string field that its shape knows and this world does not fill."""
    job = body.get("job") if isinstance(body, dict) else None
    if job is None:
        return body
    whole = request_kind(request) == "detail"
    return {**body, "job": _filled(job, Job, absent=whole)}


_RARE = {
    "precheck_results": {"failed_sub_jobs": [{"id": "x", "name": "x", "check_result": "x"}]},
    "objects_compare_detail_infos": {"error_message": "x"},
    "contents_infos": {"target_select_sql": "SELECT a FROM b.c"},
    "jobs": {"job_mode_role": "x"},
}
"""List -> the fields that this world leaves out in its items."""


def _with_rare(value: Any, within: str = "") -> Any:
    if isinstance(value, list):
        rare = _RARE.get(within, {})
        return [
            _with_rare(
                item | {name: made for name, made in rare.items() if not item.get(name)}
                if isinstance(item, dict)
                else item
            )
            for item in value
        ]
    if isinstance(value, dict):
        return {key: _with_rare(item, key) for key, item in value.items()}
    return value


_ELSEWHERE = frozenset(
    {
        "logs", "network_results", "precheck_result", "progress_info", "metrics", "compare_result",
        "migration_object_progress_info", "support_import_file_resp", "is_writable", "diagnoses",
        "total_count", "speed_limit",
    }
)  # fmt: skip
"""What a detail does not hold, or what would change what it means."""


def _filled(value: Any, shape: Any, *, absent: bool, within: tuple[Any, ...] = ()) -> Any:
    kind = _shape(shape)
    if is_typeddict(kind):
        if not isinstance(value, dict):
            return value
        made = dict(value)
        for name, hint in _hints(kind).items():
            item = made.get(name)
            if item is None and absent and not (not within and name in _ELSEWHERE):
                item = None if within.count(kind) > 1 else _empty(hint)
            if item is not None:
                made[name] = _filled(item, hint, absent=absent, within=(*within, kind))
        return made
    if get_origin(kind) is list and isinstance(value, list):
        (item,) = get_args(kind)
        return [_filled(one, item, absent=absent, within=within) for one in value]
    if get_origin(kind) is dict and isinstance(value, dict):
        return {**value, KEY: "x"}
    return value


_hints = cache(get_type_hints)


def _shape(hint: Any) -> Any:
    """The object or list in `Shape | None`."""
    for part in (hint, *get_args(hint)):
        if is_typeddict(part) or get_origin(part) in (list, dict):
            return part
    return hint


def _empty(hint: Any) -> Any:
    kind = _shape(hint)
    if is_typeddict(kind):
        return {}
    if get_origin(kind) is list:
        return [{}] if is_typeddict(_shape(get_args(kind)[0])) else None
    if get_origin(kind) is dict:
        return {}
    return "x" if hint == Text else None


def strings(value: Any, place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str, bool]]:
    """Every string of an answer: where it stands, itself, and whether it is a key.

    Cells stand under table and column.
    """
    if isinstance(value, dict):
        if isinstance(value.get("columns"), list) and isinstance(value.get("rows"), list):
            yield from ((place, column, True) for column in value["columns"])
            for row in value["rows"]:
                for column, cell in zip(value["columns"], row, strict=True):
                    yield from strings(cell, (*place, column))
            return
        for key, item in value.items():
            yield place, key, True
            yield from strings(item, (*place, key))
    elif isinstance(value, list):
        for item in value:
            yield from strings(item, place)
    elif isinstance(value, str):
        yield place, value, False

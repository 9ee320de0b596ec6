"""The wire to a DRS that answers with damage, and that notes what it was asked."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import blake2b
from random import Random
from typing import Any

import httpx2
from pydantic_core import from_json, to_json

from drs_mcp.api.paths import only_reads, template_of
from drs_mcp.simulator import PROJECT_ID
from tests.fuzz.damage import DamagedAnswer, Edit, damaged, edits
from tests.hostile.planting import request_kind, shortened, widened

_PARAMETERS = frozenset(
    {
        "type", "query_id", "compare_type", "query_type", "object_type", "compare_task_id",
        "source_db_name", "target_db_name", "compare_detail_type", "offset", "limit",
        "job_type", "name", "status", "anonymize_mode", "task_mode", "search_name",
    }
)  # fmt: skip
_PAGING = re.compile(rb"(?<=[?&])(offset|limit)=(\d+)")
_ROWS = 8
_FIRST = {b"offset": 0, b"limit": _ROWS}
_MOST = 40
"""Damaged answers within one call: what comes after them is whole, so that pages come to an end."""


@dataclass
class DamagePlan:
    """What happens to the answers of one call.

    Attributes:
        seed: what the damage is drawn from; empty: none is done.
        page: rows that the server hands out at most.
        keep: whether an edit is made, by the place of its answer and its own; to find the few that
            are to blame.
    """

    seed: str = ""
    page: int = _ROWS
    keep: Callable[[tuple[str, int]], bool] = lambda _: True


@dataclass
class Wire(httpx2.AsyncBaseTransport):
    """Answers as the embedded DRS does, with the plan's damage."""

    honest: httpx2.AsyncBaseTransport
    plan: DamagePlan = field(default_factory=DamagePlan)
    payloads: Counter[str] = field(default_factory=Counter)
    fingerprints: set[bytes] = field(default_factory=set)
    done: dict[tuple[str, int], Edit] = field(default_factory=dict)
    strays: list[str] = field(default_factory=list)
    _served: Counter[str] = field(default_factory=Counter)
    _kept: dict[bytes, tuple[int, bytes]] = field(default_factory=dict)

    def begin(self, plan: DamagePlan) -> None:
        """Another call, with its own plan."""
        self.plan = plan
        self.payloads, self.fingerprints, self.done, self.strays = Counter(), set(), {}, []
        self._served = Counter()

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """The damaged answer; it counts as a payload when it is not the honest one."""
        if stray := stray_of(request):
            self.strays.append(stray)
            return httpx2.Response(404)
        status, honest = await self._honest(request)
        address = request.url.raw_path.decode("ascii")
        self._served[address] += 1
        raw, headers = honest, [("Content-Type", "application/json")]
        if self.plan.seed and self.payloads.total() < _MOST:
            label = f"{address} #{self._served[address]}"
            chosen = edits(Random(f"{self.plan.seed} {label}"), from_json(honest))
            made = {
                (label, number): edit
                for number, edit in enumerate(chosen)
                if self.plan.keep((label, number))
            }
            self.done |= made
            served = damaged(status, honest, list(made.values()))
            raw, headers = served.body, list(served.headers)
            if raw != damaged(status, honest, []).body or served.status != status:
                self.payloads[request_kind(request)] += 1
                self.fingerprints.add(_fingerprint(request, served))
            status = served.status
        return httpx2.Response(status, content=raw, headers=headers)

    async def _honest(self, request: httpx2.Request) -> tuple[int, bytes]:
        """The honest answer, read once and cut to a few rows, as one page of them."""
        address = request.url.raw_path
        paging = {name: int(number) for name, number in _PAGING.findall(address)}
        first = _PAGING.sub(lambda found: b"%s=%d" % (found[1], _FIRST[found[1]]), address)
        key = first + request.content
        if key not in self._kept:
            url = request.url.copy_with(raw_path=first)
            whole = httpx2.Request(request.method, url, content=request.content)
            whole.headers = request.headers
            answer = await self.honest.handle_async_request(whole)
            body = widened(shortened(from_json(await answer.aread())), request)
            self._kept[key] = answer.status_code, to_json(body)
        status, raw = self._kept[key]
        offset, limit = paging.get(b"offset", 0), paging.get(b"limit", _ROWS)
        limit = min(limit, self.plan.page)
        if not paging or (offset == 0 and limit >= _ROWS):
            return status, raw
        return status, to_json(_page(from_json(raw), slice(offset, offset + limit)))


def _fingerprint(request: httpx2.Request, served: DamagedAnswer) -> bytes:
    """Tells one payload from another."""
    whole = b"%s %d %r %s" % (
        request_kind(request).encode(),
        served.status,
        served.headers,
        served.body,
    )
    return blake2b(whole, digest_size=8).digest()


def _page(value: Any, rows: slice, depth: int = 3) -> Any:
    """The answer with those rows of its lists."""
    if isinstance(value, list):
        return value[rows]
    if isinstance(value, dict) and depth:
        return {key: _page(item, rows, depth - 1) for key, item in value.items()}
    return value


def stray_of(request: httpx2.Request) -> str:
    """What is wrong with a request that this server must never send; empty when all is well."""
    path, _, query = request.url.raw_path.decode("latin-1").partition("?")
    if not only_reads(request.method, path):
        return f"{request.method} {path}"
    if (request.url.scheme, request.url.host, request.url.port) != ("http", "localhost", None):
        return f"a request to {request.url.host}"
    if template_of(path) == "other" or PROJECT_ID not in path:
        return f"a request to the path {path}"
    unknown = set(httpx2.QueryParams(query)) - _PARAMETERS
    return f"the parameters {sorted(unknown)}" if unknown else ""

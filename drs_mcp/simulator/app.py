"""The embedded DRS: its routes, what it records, and the trouble it makes when told to."""

import hashlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import anyio
import httpx2
from pydantic_core import to_json
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from drs_mcp.simulator import cloud_eye
from drs_mcp.simulator.access.auth import Authenticator
from drs_mcp.simulator.access.projects import DEFAULT, Project, Projects
from drs_mcp.simulator.actions import TaskActions
from drs_mcp.simulator.faults import Fault, Faults, html_of, refusal_of
from drs_mcp.simulator.paging import Limits
from drs_mcp.simulator.refusal import Refusal, json_object, no_such_api, refused
from drs_mcp.simulator.script import ScriptPosition
from drs_mcp.simulator.task_detail import TaskDetails
from drs_mcp.simulator.task_list import task_list
from drs_mcp.simulator.task_reads import LISTS, OBJECTS, TaskReads
from drs_mcp.simulator.world import World

_KEPT_HEADERS = (
    "content-type",
    "user-agent",
    "x-language",
    "x-project-id",
    "x-sdk-date",
)
_JSON = "application/json;charset=UTF-8"

Answer = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class RecordedRequest:
    """What was asked, without its credentials."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes = b""

    @property
    def kind(self) -> str:
        """What the request is for: its `type`; `list`, `tokens`, `projects`; or the path's own word."""
        parts = self.path.strip("/").split("/")
        named = {"jobs": "list", "tokens": "tokens", "projects": "projects"}
        if parts[-1] in named:
            return named[parts[-1]]
        if "jobs" in parts[:3] and len(parts) > 4:
            return parts[4]
        return self.query.get("type", "") if parts[0] == "v5" else parts[-1]


class Simulator:
    """An embedded DRS with its IAM: `app` is served in-process or by uvicorn.

    Args:
        now: the clock that drives the world; without one, time stands still at its start.
        limits: the limits that the API does not document.
        faults: trouble to make; can be switched on at any time.
        scenarios: the scenario files to load; all by default.
        world: the tasks, in place of scenario files.
        projects: the projects that IAM knows; all of them hold the same tasks.
        sleep: how a slow answer waits; by default on the running event loop.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime] | None = None,
        limits: Limits | None = None,
        faults: Faults | None = None,
        scenarios: Iterable[str] | None = None,
        world: World | None = None,
        projects: Iterable[Project] = DEFAULT,
        sleep: Callable[[float], Awaitable[None]] = anyio.sleep,
    ) -> None:
        if world is None:
            start = {} if now is None else {"start": now().replace(microsecond=0)}
            world = World.load(scenarios, **start)
        self.world = world
        self.limits = limits or Limits()
        self.faults = faults or Faults()
        self.requests: list[RecordedRequest] = []
        self.now = now or (lambda: self.world.start)
        self._sleep = sleep
        self._projects = Projects(projects)
        self.authenticator = Authenticator(self.now, self._projects)
        self._details = TaskDetails(world)
        self._reads = TaskReads(world)
        self._actions = TaskActions(world)
        self.app = Starlette(
            routes=[
                self._route("/v5/{project_id}/jobs", self._list),
                self._route("/v5/{project_id}/jobs/{job_id}", self._show),
                *self._further_reads(),
                self._route("/v5/{project_id}/jobs/{job_id}/actions", self._available),
                self._route("/v5/{project_id}/jobs/{job_id}/action", self._act, "POST"),
                self._route("/v3/projects", self._list_projects),
                self._route("/v3/auth/tokens", self._tokens, "POST"),
            ],
            exception_handlers={HTTPException: self._unknown},
        )

    def expire_tokens(self) -> None:
        """End every token that IAM has issued; `TOKEN` stays good."""
        self.authenticator.expire_tokens()

    # -- routes --------------------------------------------------------------------------------

    async def _list(self, request: Request) -> Response:
        await self._admit(request)
        query = dict(request.query_params)
        return self._json(task_list(self.world, query, self.limits, self._position(request)))

    async def _show(self, request: Request) -> Response:
        await self._admit(request)
        query = dict(request.query_params)
        job_id: str = request.path_params["job_id"]
        return self._json(self._details.answer(job_id, query, self.limits, self._position(request)))

    def _further_reads(self) -> list[Route]:
        task, batch = "/v5/{project_id}/jobs/{job_id}", "/v3/{project_id}/jobs"
        return [
            *(self._route(f"{task}/{part}", self._read_part) for part in (*LISTS, *OBJECTS)),
            self._route(f"{task}/progress-data/{{type}}", self._object_progress),
            self._route(f"{task}/compare-progress/{{compare_id}}", self._compare_progress),
            self._route(f"{task}/compare/users/{{compare_id}}", self._compared_accounts),
            self._route(
                f"{task}/health-compare-jobs/object/{{compare_id}}", self._scheduled_objects
            ),
            self._route(f"{task}/object-mappings", self._mappings, "POST"),
            self._route("/V1.0/{project_id}/metrics", self._figures),
            self._route("/V1.0/{project_id}/batch-query-metric-data", self._over_time, "POST"),
            self._route(f"{batch}/batch-precheck-result", self._batch, "POST"),
            self._route(f"{batch}/batch-rpo-and-rto", self._batch, "POST"),
        ]

    async def _read_part(self, request: Request) -> Response:
        await self._admit(request)
        job_id: str = request.path_params["job_id"]
        part = request.url.path.rpartition("/")[2]
        query = dict(request.query_params)
        return self._json(
            self._reads.read(job_id, part, query, self.limits, self._position(request))
        )

    async def _object_progress(self, request: Request) -> Response:
        await self._admit(request)
        path, query = request.path_params, dict(request.query_params)
        found = self._reads.object_progress(
            path["job_id"], path["type"], query, self.limits, self._position(request)
        )
        return self._json(found)

    async def _compare_progress(self, request: Request) -> Response:
        await self._admit(request)
        path = request.path_params
        found = self._reads.compare_progress(
            path["job_id"], path["compare_id"], self._position(request)
        )
        return self._json(found)

    async def _compared_accounts(self, request: Request) -> Response:
        await self._admit(request)
        path, query = request.path_params, dict(request.query_params)
        found = self._reads.compared_accounts(
            path["job_id"], path["compare_id"], query, self.limits, self._position(request)
        )
        return self._json(found)

    async def _scheduled_objects(self, request: Request) -> Response:
        await self._admit(request)
        path = request.path_params
        found = self._reads.scheduled_objects(
            path["job_id"], path["compare_id"], self._position(request)
        )
        return self._json(found)

    async def _mappings(self, request: Request) -> Response:
        await self._admit(request)
        body = json_object(await request.body())
        job_id: str = request.path_params["job_id"]
        return self._json(self._reads.mappings(job_id, body, self.limits, self._position(request)))

    async def _figures(self, request: Request) -> Response:
        await self._admit(request)
        return self._json(cloud_eye.figures(self.world, dict(request.query_params)))

    async def _over_time(self, request: Request) -> Response:
        await self._admit(request)
        body = json_object(await request.body())
        return self._json(cloud_eye.over_time(self.world, body, self.now()))

    async def _batch(self, request: Request) -> Response:
        await self._admit(request)
        body = json_object(await request.body())
        part = request.url.path.rpartition("/")[2]
        return self._json(self._reads.batch(part, body, self._position(request)))

    async def _available(self, request: Request) -> Response:
        await self._admit(request)
        job_id: str = request.path_params["job_id"]
        return self._json(self._actions.available(job_id, self._position(request)))

    async def _act(self, request: Request) -> Response:
        await self._admit(request)
        job_id: str = request.path_params["job_id"]
        answered = self._actions.perform(job_id, await request.body(), self._position(request))
        return self._json(answered.body, answered.status)

    async def _list_projects(self, request: Request) -> Response:
        await self.authenticator.check(request)
        return self._json(self._projects.listed(request.query_params.get("name", "")))

    async def _tokens(self, request: Request) -> Response:
        token, body = self.authenticator.issue(await request.body())
        return self._json(body, 201, {"X-Subject-Token": token})

    async def _admit(self, request: Request) -> None:
        await self.authenticator.check(request)
        if request.path_params["project_id"] not in self._projects:
            raise refused(403, "DRS.M00261", "Invalid project ID.")

    def _unknown(self, request: Request, error: Exception) -> Response:
        self._record(request)
        status = error.status_code if isinstance(error, HTTPException) else 500
        headers = dict(getattr(error, "headers", None) or {})
        return self._refuse(Refusal(status, no_such_api().body, headers))

    # -- around every answer -------------------------------------------------------------------

    def _route(self, path: str, answer: Answer, method: str = "GET") -> Route:
        async def handle(request: Request) -> Response:
            fault = self.faults.take(self._record(request, await request.body()).kind)
            if fault is not None and fault.kind == "slow":
                await self._sleep(fault.seconds)
            try:
                page = html_of(fault) if fault else None
                if page is not None:
                    return Response(page, 502, self._headers(), "text/html")
                refusal = refusal_of(fault) if fault else None
                if refusal is not None:
                    raise refusal
                response = await answer(request)
            except Refusal as refusal:
                return self._refuse(refusal)
            return self._damaged(response, fault)

        route = Route(path, handle, methods=[method])
        route.methods = {method}  # without the HEAD that Starlette adds: DRS has none
        return route

    def _record(self, request: Request, body: bytes = b"") -> RecordedRequest:
        kept = {name: request.headers[name] for name in _KEPT_HEADERS if name in request.headers}
        recorded = RecordedRequest(
            request.method, request.url.path, dict(request.query_params), kept, body
        )
        self.requests.append(recorded)
        return recorded

    def _position(self, request: Request) -> ScriptPosition:
        language = request.headers.get("X-Language", "en-us").lower()
        return ScriptPosition(
            self.world.start, self.now(), language, "X-Language" in request.headers
        )

    def _headers(self) -> dict[str, str]:
        number = len(self.requests)
        request_id = hashlib.blake2b(str(number).encode(), digest_size=16).hexdigest()
        return {
            "X-Request-Id": request_id,
            "Date": format_datetime(self.now().astimezone(UTC), usegmt=True),
        }

    def _json(
        self, body: Any, status: int = 200, headers: dict[str, str] | None = None
    ) -> Response:
        return Response(to_json(body), status, {**self._headers(), **(headers or {})}, _JSON)

    def _refuse(self, refusal: Refusal) -> Response:
        headers = self._headers()
        body = refusal.body
        if str(body.get("error_code", "")).startswith("APIG"):
            body = {**body, "request_id": headers["X-Request-Id"]}
        return self._json(body, refusal.status, refusal.headers)

    def _damaged(self, response: Response, fault: Fault | None) -> Response:
        if fault is None or fault.kind not in ("cut_off", "truncate"):
            return response
        whole = bytes(response.body)
        half = whole[: len(whole) // 2]
        if fault.kind == "truncate":
            return Response(half, response.status_code, self._headers(), _JSON)

        headers = {**self._headers(), "Content-Length": str(len(whole))}
        return _CutOff(half, response.status_code, headers, _JSON)


class _CutOff(Response):
    """A response whose connection ends before its body does."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code,
                "headers": self.raw_headers,
            }
        )
        await send({"type": "http.response.body", "body": self.body, "more_body": True})
        # A server closes the connection on any error of an application that has begun to answer.
        # In-process there is no connection: there the client meets this very exception.
        raise httpx2.RemoteProtocolError("peer closed connection without sending complete body")

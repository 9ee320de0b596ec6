"""The checks that ask DRS and IAM, through the client's own transport and credentials."""

import statistics
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from drs_mcp.api.access.credentials import Credential, Credentials, Keys, SourceWrapper
from drs_mcp.api.client import DrsClient
from drs_mcp.api.http.faults import BAD_PROJECT
from drs_mcp.api.http.limits import Limits
from drs_mcp.api.query import DetailQuery, page_parameters
from drs_mcp.api.reading import ReadingTransport
from drs_mcp.api.transport import Transport
from drs_mcp.api.wire.values import Row, count, record, records, text
from drs_mcp.clock import Clock, iso
from drs_mcp.doctor.messages import ErrorMessage, message_of
from drs_mcp.doctor.report import Check
from drs_mcp.doctor.settings_check import CREDENTIAL_WAYS, ResolvedSettings
from drs_mcp.errors import (
    ApiError,
    DrsError,
    NotAuthenticated,
    NotPermitted,
    RequestRefused,
    SettingsError,
)
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import as_identifier
from drs_mcp.reads.tasks import JOB_TYPES

_SLOW_S: Final = 2.0
_API_FIX: Final = (
    "Check that the endpoint is DRS with API v5 and that nothing rewrites its answers; else drs-mcp "
    "may be older than this API: update it."
)

_T = TypeVar("_T")


@dataclass
class RecordingSource(SourceWrapper):
    """A source that records what it fetched, so that reports can leave it out."""

    fetched: list[Credential] = field(default_factory=list, repr=False)

    async def fetch(self) -> Credential:
        """What the source fetches."""
        self.fetched.append(credential := await super().fetch())
        return credential


class ApiChecks:
    """The checks, and what they share: credential, project, what was listed, how long it took."""

    def __init__(self, resolved: ResolvedSettings, clock: Clock) -> None:
        self.resolved = resolved
        self.source = RecordingSource(resolved.source)
        self._clock = clock
        self._credentials = Credentials(self.source, clock)
        self._project_id = resolved.settings.project_id
        self._no_project: ErrorMessage | None = None
        self._unlisted: dict[str, ErrorMessage] = {}
        self._forbidden: ErrorMessage | None = None
        self._lists: dict[str, Row] = {}
        self._job: Row | None = None
        self._durations: list[float] = []

    def transport(self) -> Transport:
        """The client's transport, made as the server makes it."""
        settings = self.resolved.settings
        return Transport(
            origin=self.resolved.origin,
            region=settings.region,
            credentials=self._credentials,
            clock=self._clock,
            project_id=settings.project_id,
            wire=self.resolved.iam.wire(),
        )

    async def credential(self) -> Check:
        """Whether there is a credential, and from where."""
        try:
            credential = (await self._credentials.current()).credential
        except DrsError as error:
            parts = message_of(error)
            if self.resolved.last and not parts.advised:
                parts = ErrorMessage(parts.found, f"Give one of: {CREDENTIAL_WAYS}.", parts.said)
            return parts.failed("credential")
        if not isinstance(credential, Keys):
            kind = "A token"
        elif credential.security_token:
            kind = "Temporary keys"
        else:
            kind = "Access key and secret key"
        end = credential.expires_at
        until = f", good until {iso(end)}" if end else ""
        return _ok("credential", f"{kind} from {self.source.name}{until}.")

    async def accepted(self, transport: ReadingTransport) -> Check:
        """Whether DRS takes the credential; IAM too, where the project has to be looked up."""
        try:
            if not self._project_id:
                await self._look_up()
            if self._project_id:
                await self._first_list(transport)
        except DrsError as error:
            parts = message_of(error)
            if isinstance(error, NotAuthenticated):
                parts = self._refused(parts)
            return parts.failed("accepted")
        what = "signature" if self.resolved.signs else "token"
        return _ok("accepted", f"{self._verifier()} accepts the {what}.")

    def _verifier(self) -> str:
        return "DRS" if self._project_id else "IAM"

    def _refused(self, parts: ErrorMessage) -> ErrorMessage:
        found = parts.found.replace("were refused", f"were refused by {self._verifier()}")
        fix = parts.fix
        if self.resolved.unused:
            fix = f"{fix} Or unset it to use what comes after: {self.resolved.unused}."
        return ErrorMessage(found, fix, parts.said)

    async def _look_up(self) -> None:
        settings = self.resolved.settings
        named = settings.label("project_name") if settings.project_name else ""
        try:
            self._project_id = await self._timed(
                self.resolved.iam.project_id(self._credentials, settings.project, named=named)
            )
        except NotAuthenticated:
            raise
        except SettingsError as error:
            self._no_project = message_of(error)
        except ApiError as error:
            if error.status >= 500:
                raise
            self._no_project = message_of(error)

    async def _first_list(self, transport: ReadingTransport) -> None:
        first = JOB_TYPES[0]
        try:
            await self._list(transport, first)
        except NotPermitted as error:
            if error.code.upper() in BAD_PROJECT:
                self._no_project = message_of(error)
            else:
                self._forbidden = message_of(error)
        except RequestRefused as error:
            if error.status == 404:
                raise
            self._unlisted[first] = message_of(error)

    def project(self) -> Check:
        """Whether the region's project is known."""
        if self._no_project is not None:
            return self._no_project.failed("project")
        settings = self.resolved.settings
        if settings.project_id:
            origin = f"given by {settings.label('project_id')}"
        else:
            by = f" by {settings.label('project_name')}" if settings.project_name else ""
            origin = f"looked up at IAM{by}"
        return _ok("project", f"Its ID begins with {self._project_id[:8]}, {origin}.")

    async def permission(self, transport: ReadingTransport) -> Check:
        """Whether tasks may be listed, of every scenario."""
        for job_type in JOB_TYPES[1:]:
            if self._forbidden is not None:
                return self._forbidden.failed("permission")
            try:
                await self._list(transport, job_type)
            except NotPermitted as error:
                self._forbidden = message_of(error)
            except DrsError as error:
                self._unlisted[job_type] = message_of(error)
        if self._forbidden is not None:
            return self._forbidden.failed("permission")
        if not self._lists:
            return next(iter(self._unlisted.values())).failed("permission")
        tasks = sum(count(body.get("total_count")) or 0 for body in self._lists.values())
        found = f"Tasks may be listed: {tasks:,} in this project and region."
        check = Check(id="permission", outcome="ok", found=found, measured={"tasks": tasks})
        if not self._unlisted:
            return check
        return check.model_copy(
            update={
                "outcome": "warning",
                "fix": f"Not listed: {', '.join(self._unlisted)}. The region may not offer that; "
                "list_jobs says what it could not read.",
                "said": next(iter(self._unlisted.values())).said,
            }
        )

    async def task(self, transport: ReadingTransport) -> Check:
        """Whether one task can be read."""
        first = next((row for rows in self._lists.values() for row in _jobs(rows)), None)
        if first is None:
            return Check(
                id="task",
                outcome="skipped",
                found="There is no task in this project and region to read.",
            )
        settings = self.resolved.settings
        limits = Limits(self._clock)
        client = DrsClient(transport, self._project_id, limits, language=settings.language)
        try:
            job = await self._timed(client.show(text(first.get("id")) or "", DetailQuery("detail")))
        except DrsError as error:
            return message_of(error).failed("task")
        self._job = record(job)
        name = as_name(text(first.get("name")))
        return _ok("task", f"Task {name} can be read." if name else "A task can be read.")

    def latency(self) -> Check:
        """How long the calls took."""
        median, slowest = statistics.median(self._durations), max(self._durations)
        found = (
            f"{median * 1000:,.0f} ms, as the median of {len(self._durations)} calls; slowest "
            f"{slowest * 1000:,.0f} ms."
        )
        measured = {"median_ms": round(median * 1000, 1), "slowest_ms": round(slowest * 1000, 1)}
        check = Check(id="latency", outcome="ok", found=found, measured=measured)
        if median <= _SLOW_S:
            return check
        fix = "Reading big tasks takes hundreds of calls: look for a slow proxy or a far region."
        return check.model_copy(update={"outcome": "warning", "fix": fix})

    def api(self) -> Check:
        """Whether the answers have the documented form."""
        bodies = self._lists.values()
        if not all(isinstance(body.get("jobs"), list) for body in bodies):
            return ErrorMessage(
                "The task list has no `jobs`: it is no answer of API v5.", _API_FIX
            ).failed("api")
        missing = []
        if any(count(body.get("total_count")) is None for body in bodies):
            missing.append("the task list has no `total_count`")
        if self._job is not None and not {"id", "status"} <= self._job.keys():
            missing.append("the task's detail has no `id` and `status`")
        if missing:
            found = f"Not as documented: {' and '.join(missing)}."
            return Check(id="api", outcome="warning", found=found, fix=_API_FIX)
        version = as_identifier(text((self._job or {}).get("task_version")))
        version_note = f"; the task is of version {version}" if version else ""
        return _ok("api", f"v5, as documented{version_note}.")

    async def _list(self, transport: ReadingTransport, job_type: str) -> None:
        body = await self._timed(
            transport.get(
                f"/v5/{self._project_id}/jobs",
                {"job_type": job_type, **page_parameters(0, 1)},
                what="the task list",
                limits=Limits(self._clock),
                language=self.resolved.settings.language,
            )
        )
        self._lists[job_type] = record(body)

    async def _timed(self, call: Awaitable[_T]) -> _T:
        start = self._clock.monotonic()
        try:
            return await call
        finally:
            self._durations.append(self._clock.monotonic() - start)


def _jobs(body: Mapping[str, Any]) -> list[Row]:
    return records(body.get("jobs"))


def _ok(check: str, found: str) -> Check:
    return Check(id=check, outcome="ok", found=found)

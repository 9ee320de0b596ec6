"""IAM: a token for a user and password, and the ID of a region's project.

The only POST of this package is here: IAM hands out tokens that way.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import httpx2

from drs_mcp.api.access.credentials import (
    REFUSAL_CACHED_S,
    RENEW_BEFORE,
    Credentials,
    IssuedCredential,
    Token,
)
from drs_mcp.api.access.exchange import BufferedResponse, Wire, plain_client, send
from drs_mcp.api.access.refusals import clock_skew, why_refused
from drs_mcp.api.access.request_auth import CredentialAuth, credential_of
from drs_mcp.api.http.on_the_way import refused_on_the_way
from drs_mcp.api.wire.values import moment, record, records, text
from drs_mcp.clock import Clock
from drs_mcp.errors import (
    ApiError,
    BadAnswer,
    Blocked,
    NotAuthenticated,
    NotPermitted,
    RequestRefused,
    ServiceFault,
    SettingsError,
    Throttled,
)
from drs_mcp.quoting.known_secrets import register_secrets
from drs_mcp.quoting.quoted import as_identifier

_TOKENS = "/v3/auth/tokens"
_PROJECTS = "/v3/projects"
_TOKEN_FAILED = "Could not get a token from IAM"  # noqa: S105  a sentence
_PROJECT_FAILED = "Could not get the project ID from IAM"


@dataclass(frozen=True)
class Iam:
    """IAM of one region.

    Attributes:
        origin: where it answers; empty when it is not known.
        clock: dates signatures.
        wire: makes httpx2's own transport, the seam for tests and the embedded DRS.
    """

    origin: str
    clock: Clock
    wire: Wire

    @asynccontextmanager
    async def _http(self, auth: httpx2.Auth | None = None) -> AsyncIterator[httpx2.AsyncClient]:
        if not self.origin:
            raise SettingsError(
                "DRS_MCP_ENDPOINT is of another cloud: set DRS_MCP_IAM_ENDPOINT to its IAM, or give "
                "DRS_MCP_PROJECT_ID and a token or keys, which need none."
            )
        async with plain_client(self.origin, self.wire(), auth=auth) as http:
            yield http

    async def token(self, user: "IamUser", project: str) -> Token:
        """A token of *user* for the project of that name: the region's, or another one.

        Raises:
            NotAuthenticated: user, password or domain is wrong. It is not tried again.
            NotPermitted: the user is locked or disabled. It is not tried again either.
            ApiError: IAM refused the request otherwise, or failed.
            TransportError: IAM could not be reached, or answered nonsense.
        """
        payload = {
            "auth": {
                "identity": {
                    "methods": ["password"],
                    "password": {
                        "user": {
                            "name": user.name,
                            "password": user.password,
                            "domain": {"name": user.domain},
                        }
                    },
                },
                "scope": {"project": {"name": project}},
            }
        }
        async with self._http() as http:
            request = http.build_request("POST", f"{_TOKENS}?nocatalog=true", json=payload)
            answer = await send(http, request, "a token", "IAM", sent=(user.password,))
        if answer.status >= 300:
            raise _token_error(answer, user, project)
        token = answer.headers.get("X-Subject-Token")
        if not token:
            raise BadAnswer(
                f"Could not get a token from IAM: its answer holds none (HTTP {answer.status}). "
                "Check DRS_MCP_IAM_ENDPOINT and any proxy on the way."
            )
        expires = moment(record(record(answer.body).get("token")).get("expires_at"))
        return Token(token, expires)

    async def project_id(self, credentials: Credentials, project: str, *, named: str = "") -> str:
        """The ID of the project of that name: a region's, or a sub-project (`cn-north-4_team`).

        *named* is the setting that gave the name, where it is not the region's.

        Raises:
            NotAuthenticated: IAM refused the credentials, renewed ones too.
            ApiError: IAM refused the request otherwise, or failed.
            SettingsError: there is no such project, or more than one.
            TransportError: IAM could not be reached, or answered nonsense.
        """
        auth = CredentialAuth(credentials, self.origin, self.clock) if self.origin else None
        async with self._http(auth) as http:
            answer, issued = await _projects(http, project)
            if answer.status == 401 and issued and await credentials.renew(issued):
                answer, issued = await _projects(http, project)
        if answer.status == 401:
            skew_s = clock_skew(answer.headers.get("Date", ""), self.clock.utc_now())
            credential = issued.credential if issued else None
            why = why_refused(credentials.source, credential, skew_s, "IAM")
            raise NotAuthenticated(f"{_PROJECT_FAILED}: {why}", **answer.facts)
        if answer.status != 200:
            raise _common_error(answer, _PROJECT_FAILED) or RequestRefused(
                f"{_PROJECT_FAILED}: IAM does not tell it. Set DRS_MCP_PROJECT_ID.", **answer.facts
            )
        found = [text(project.get("id")) for project in _projects_named(answer.body, project)]
        if len(found) != 1 or not found[0]:
            there = f"{len(found)} projects" if found else "no project"
            as_set = f"as {named} says" if named else "as the region"
            raise SettingsError(
                f"IAM knows {there} named {as_identifier(project) or as_set} for these "
                f"credentials. Set DRS_MCP_PROJECT_ID, or check {named or 'DRS_MCP_REGION'}."
            )
        return found[0]


async def _projects(
    http: httpx2.AsyncClient, project: str
) -> tuple[BufferedResponse, IssuedCredential | None]:
    request = http.build_request("GET", f"{_PROJECTS}?name={quote(project, safe='')}")
    answer = await send(http, request, "the project ID", "IAM")
    return answer, credential_of(request)


def _token_error(answer: BufferedResponse, user: "IamUser", project: str) -> ApiError:
    facts = answer.facts
    common = _common_error(answer, _TOKEN_FAILED)
    if isinstance(common, Blocked):
        return common
    if answer.status < 500 and "project" in facts["said"].lower():
        return RequestRefused(
            f"{_TOKEN_FAILED}: this user has no project {as_identifier(project) or 'of that name'} to scope it "
            f"to. Check {user.project_setting}, and that {user.settings} are of that cloud.",
            **facts,
        )
    if answer.status in (401, 403):
        kind, refused = (
            (NotAuthenticated, "user, password or domain is wrong")
            if answer.status == 401
            else (NotPermitted, "this user may not log in: it may be locked or disabled")
        )
        return kind(
            f"{_TOKEN_FAILED}: {refused}. Check {user.settings} (the account's name); it must be an "
            "IAM user with programmatic access, not a HUAWEI ID. It is not tried again for "
            f"{REFUSAL_CACHED_S / 60:.0f} minutes, as IAM locks accounts.",
            **facts,
        )
    return common or RequestRefused(
        f"{_TOKEN_FAILED}: it refused the request. Check {user.settings}, and {user.project_setting}.",
        **facts,
    )


def _common_error(answer: BufferedResponse, prefix: str) -> ApiError | None:
    """The error for an answer that says nothing about who asks."""
    facts = answer.facts
    if way := refused_on_the_way(
        answer.status, facts["code"].upper(), facts["said"], foreign=answer.body is None
    ):
        return Blocked(f"{prefix}: {way}", **facts)
    if answer.status == 429:
        return Throttled(f"{prefix}: IAM is asked too often. Wait a minute.", **answer.facts)
    if answer.status >= 500:
        return ServiceFault(f"{prefix}: IAM itself failed. Ask again in a minute.", **answer.facts)
    return None


def _projects_named(body: object, name: str) -> list[Mapping[str, Any]]:
    return [
        project
        for project in records(record(body).get("projects"))
        if text(project.get("name")) == name
    ]


@dataclass(frozen=True)
class IamUser:
    """An IAM user, its password and its account (domain), where the three and the project were set."""

    name: str
    password: str = field(repr=False)
    domain: str
    settings: str = "DRS_MCP_USER, DRS_MCP_PASSWORD and DRS_MCP_DOMAIN"
    project_setting: str = "DRS_MCP_REGION"


@dataclass(frozen=True)
class PasswordSource:
    """Tokens for an IAM user: fetched, kept until shortly before their end, fetched anew."""

    iam: Iam
    user: IamUser
    project: str
    name: str = "IAM user and password"
    advice: str = "A fresh token was refused too: check the user's rights to DRS."
    renew_before: timedelta = RENEW_BEFORE

    async def fetch(self) -> Token:
        """A fresh token."""
        register_secrets((self.user.password,))
        return await self.iam.token(self.user, self.project)

"""Who is asking: IAM tokens, and AK/SK signatures that are computed again and compared.

Keys are permanent, or temporary ones that the metadata service gives out and that end.
"""

import hmac
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from pydantic_core import from_json
from starlette.requests import Request

from drs_mcp.api.access.signing import (
    canonical_request,
    parse_authorization,
    parse_date,
    signature,
    string_to_sign,
)
from drs_mcp.simulator.access.identity import (
    ACCESS_KEY,
    DOMAIN,
    DOMAIN_ID,
    PASSWORD,
    SECRET_KEY,
    SECURITY_TOKEN,
    TEMPORARY_ACCESS_KEY,
    TEMPORARY_SECRET_KEY,
    TOKEN,
    USER,
    USER_ID,
)
from drs_mcp.simulator.access.projects import Project, Projects
from drs_mcp.simulator.refusal import Refusal, iam_refused, refused, unauthenticated

SKEW = timedelta(minutes=15)
"""How far a signature's date may lie from the server's."""

LIFETIME = timedelta(hours=24)


class Key(NamedTuple):
    """A secret key, and the security token that goes with a temporary one, which may end."""

    secret: str
    security_token: str = ""
    end: datetime | None = None


class TemporaryKeys(NamedTuple):
    """Keys as the metadata service gives them out."""

    access: str
    secret: str
    security_token: str
    end: datetime


class _IssuedToken(NamedTuple):
    """A token's end, and the project it is scoped to."""

    end: datetime
    project: Project | None


_KEYS = {
    ACCESS_KEY: Key(SECRET_KEY),
    TEMPORARY_ACCESS_KEY: Key(TEMPORARY_SECRET_KEY, SECURITY_TOKEN),
}


class Authenticator:
    """Knows the tokens and temporary keys it has issued and when they end; `TOKEN` is always good."""

    def __init__(self, now: Callable[[], datetime], projects: Projects) -> None:
        self._now = now
        self._projects = projects
        self._keys = dict(_KEYS)
        self._issued_keys = 0
        self._tokens: dict[str, _IssuedToken] = {}

    def expire_tokens(self) -> None:
        """End every token issued so far."""
        now = self._now()
        self._tokens = {token: issued._replace(end=now) for token, issued in self._tokens.items()}

    def expire_keys(self) -> None:
        """End every temporary key issued so far."""
        now = self._now()
        self._keys = {
            access: key._replace(end=now) if key.end else key for access, key in self._keys.items()
        }

    def issue_keys(self, lifetime: timedelta) -> TemporaryKeys:
        """New temporary keys; the first are `TEMPORARY_ACCESS_KEY` and what belongs to it."""
        self._issued_keys += 1
        number = f"{self._issued_keys:02d}"
        issued = TemporaryKeys(
            TEMPORARY_ACCESS_KEY[:-2] + number,
            TEMPORARY_SECRET_KEY[:-2] + number,
            SECURITY_TOKEN if self._issued_keys == 1 else f"{SECURITY_TOKEN}{number}",
            self._now() + lifetime,
        )
        self._keys[issued.access] = Key(issued.secret, issued.security_token, issued.end)
        return issued

    async def check(self, request: Request) -> None:
        """Let *request* pass, or not.

        Raises:
            Refusal: its credentials are missing, wrong or outdated (401).
        """
        token = request.headers.get("X-Auth-Token")
        if token is not None:
            self._check_token(token, request)
        elif "Authorization" in request.headers:
            self._check_signature(request, await request.body())
        else:
            raise unauthenticated("x-auth-token not found")

    def _check_token(self, token: str, request: Request) -> None:
        if hmac.compare_digest(token.encode(), TOKEN.encode()):
            return
        issued = self._tokens.get(token)
        if issued is None:
            raise unauthenticated("decrypt token fail")
        if issued.end <= self._now():
            raise refused(401, "APIGW.0307", "The token must be updated.")
        project_id = request.path_params.get("project_id")
        if project_id is not None and (issued.project is None or issued.project.id != project_id):
            raise refused(403, "DRS.M00261", "Invalid project ID.")

    def _check_signature(self, request: Request, body: bytes) -> None:
        given = parse_authorization(request.headers["Authorization"])
        if given is None:
            raise unauthenticated("authorization header format error")
        key = self._keys.get(given.access_key)
        if key is None:
            raise unauthenticated(f"Get secretKey failed,ak:{given.access_key},err:ak not exist")
        if request.headers.get("X-Security-Token", "") != key.security_token:
            raise unauthenticated("verify aksk security token fail")
        if key.end is not None and key.end <= self._now():
            raise unauthenticated("security token expired")
        date = request.headers.get("X-Sdk-Date", "").strip()
        moment = parse_date(date)
        if moment is None or "x-sdk-date" not in given.signed_headers:
            raise unauthenticated("x-sdk-date not found")
        if abs(self._now() - moment) > SKEW:
            raise unauthenticated("x-sdk-date expired")
        try:
            canonical = canonical_request(
                request.method,
                request.scope["raw_path"].decode("ascii"),
                parse_qsl(request.scope["query_string"].decode("ascii"), keep_blank_values=True),
                _headers(request),
                body,
                signed=given.signed_headers,
            )
        except (KeyError, UnicodeError):
            raise unauthenticated("verify aksk signature fail") from None
        made = signature(key.secret, string_to_sign(canonical, date))
        if not hmac.compare_digest(made, given.signature):
            raise unauthenticated("verify aksk signature fail")

    def issue(self, body: bytes) -> tuple[str, dict[str, Any]]:
        """A new token for the name and password in *body*: the token, and IAM's answer.

        Raises:
            Refusal: the request is none (400), or the name or password is wrong (401).
        """
        project = _identified(body, self._projects)
        number = len(self._tokens) + 1
        token = f"demo-token-{number:06d}"
        now = self._now()
        self._tokens[token] = _IssuedToken(now + LIFETIME, project)
        domain = {"id": DOMAIN_ID, "name": DOMAIN}
        scope = {"id": project.id, "name": project.name, "domain": domain} if project else None
        return token, {
            "token": {
                "methods": ["password"],
                "issued_at": stamp(now),
                "expires_at": stamp(now + LIFETIME),
                "user": {"id": USER_ID, "name": USER, "domain": domain},
                "roles": [{"id": "0", "name": "drs_readonly"}],
                **({"project": scope} if scope else {}),
            }
        }


def _identified(body: bytes, projects: Projects) -> Project | None:
    """Check name and password; the project that the token is to be scoped to, if any."""
    try:
        auth = from_json(body)["auth"]
        identity = auth["identity"]
        user = identity["password"]["user"]
        login = (user["name"], user["domain"]["name"], user["password"])
        project = auth.get("scope", {}).get("project", {})
        methods = identity["methods"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _illegal() from None
    if methods != ["password"] or not isinstance(project, dict):
        raise _illegal()
    if login != (USER, DOMAIN, PASSWORD):
        raise iam_refused(401, "Unauthorized", "Authentication failed")
    if not project:
        return None
    found = projects.scoped(project.get("name"), project.get("id"))
    if found is None:
        raise iam_refused(401, "Unauthorized", "The project does not exist.")
    return found


def _illegal() -> Refusal:
    return iam_refused(400, "Bad Request", "Illegal request")


def _headers(request: Request) -> Mapping[str, str]:
    # Clients sign the text of a header and send its UTF-8 bytes.
    return {
        name.decode("ascii"): value.decode("utf-8", "replace")
        for name, value in request.headers.raw
    }


def stamp(moment: datetime) -> str:
    """A time as IAM and the metadata service write it."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

"""Who is asking: IAM tokens, and AK/SK signatures that are computed again and compared."""

import hmac
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from pydantic_core import from_json
from starlette.requests import Request

from drs_mcp.api.signing import (
    canonical_request,
    parse_authorization,
    parse_date,
    signature,
    string_to_sign,
)
from drs_mcp.simulator.identity import (
    ACCESS_KEY,
    DOMAIN,
    DOMAIN_ID,
    PASSWORD,
    PROJECT_ID,
    REGION,
    SECRET_KEY,
    SECURITY_TOKEN,
    TEMPORARY_ACCESS_KEY,
    TEMPORARY_SECRET_KEY,
    TOKEN,
    USER,
    USER_ID,
)
from drs_mcp.simulator.refusal import Refusal, iam_refused, refused, unauthenticated

SKEW = timedelta(minutes=15)
"""How far a signature's date may lie from the server's."""

LIFETIME = timedelta(hours=24)


class Key(NamedTuple):
    """A secret key, and the security token that goes with a temporary one."""

    secret: str
    security_token: str = ""


_KEYS = {
    ACCESS_KEY: Key(SECRET_KEY),
    TEMPORARY_ACCESS_KEY: Key(TEMPORARY_SECRET_KEY, SECURITY_TOKEN),
}


class Gate:
    """Knows the tokens it has issued and when they end; `TOKEN` is always good."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._ends: dict[str, datetime] = {}

    def expire_tokens(self) -> None:
        """End every token issued so far."""
        self._ends = dict.fromkeys(self._ends, self._now())

    async def check(self, request: Request) -> None:
        """Let *request* pass, or not.

        Raises:
            Refusal: its credentials are missing, wrong or outdated (401).
        """
        token = request.headers.get("X-Auth-Token")
        if token is not None:
            self._check_token(token)
        elif "Authorization" in request.headers:
            self._check_signature(request, await request.body())
        else:
            raise unauthenticated("x-auth-token not found")

    def _check_token(self, token: str) -> None:
        if hmac.compare_digest(token.encode(), TOKEN.encode()):
            return
        end = self._ends.get(token)
        if end is None:
            raise unauthenticated("decrypt token fail")
        if end <= self._now():
            raise refused(401, "APIGW.0307", "The token must be updated.")

    def _check_signature(self, request: Request, body: bytes) -> None:
        given = parse_authorization(request.headers["Authorization"])
        if given is None:
            raise unauthenticated("authorization header format error")
        key = _KEYS.get(given.access_key)
        if key is None:
            raise unauthenticated(f"Get secretKey failed,ak:{given.access_key},err:ak not exist")
        if request.headers.get("X-Security-Token", "") != key.security_token:
            raise unauthenticated("verify aksk security token fail")
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
        scoped = _identified(body)
        number = len(self._ends) + 1
        token = f"demo-token-{number:06d}"
        issued = self._now()
        self._ends[token] = issued + LIFETIME
        domain = {"id": DOMAIN_ID, "name": DOMAIN}
        project = {"id": PROJECT_ID, "name": REGION, "domain": domain}
        return token, {
            "token": {
                "methods": ["password"],
                "issued_at": _stamp(issued),
                "expires_at": _stamp(self._ends[token]),
                "user": {"id": USER_ID, "name": USER, "domain": domain},
                "roles": [{"id": "0", "name": "drs_readonly"}],
                **({"project": project} if scoped else {}),
            }
        }


def projects(name: str) -> dict[str, Any]:
    """IAM's answer to `GET /v3/projects`: the projects of that name, all when it is empty."""
    known = {
        "id": PROJECT_ID,
        "name": REGION,
        "domain_id": DOMAIN_ID,
        "parent_id": DOMAIN_ID,
        "is_domain": False,
        "enabled": True,
        "description": "",
    }
    return {"projects": [known] if name in ("", REGION) else [], "links": {}}


def _identified(body: bytes) -> bool:
    """Check name and password; whether the token is to be scoped to the project."""
    try:
        auth = from_json(body)["auth"]
        identity = auth["identity"]
        user = identity["password"]["user"]
        asked = (user["name"], user["domain"]["name"], user["password"])
        project = auth.get("scope", {}).get("project", {})
        methods = identity["methods"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _illegal() from None
    if methods != ["password"] or not isinstance(project, dict):
        raise _illegal()
    if asked != (USER, DOMAIN, PASSWORD):
        raise iam_refused(401, "Unauthorized", "Authentication failed")
    if project.get("name", REGION) != REGION or project.get("id", PROJECT_ID) != PROJECT_ID:
        raise iam_refused(401, "Unauthorized", "Authentication failed")
    return bool(project)


def _illegal() -> Refusal:
    return iam_refused(400, "Bad Request", "Illegal request")


def _headers(request: Request) -> Mapping[str, str]:
    # Clients sign the text of a header and send its UTF-8 bytes.
    return {
        name.decode("ascii"): value.decode("utf-8", "replace")
        for name, value in request.headers.raw
    }


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

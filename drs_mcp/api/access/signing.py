"""SDK-HMAC-SHA256: how Huawei Cloud signs a request with an access key and its secret key.

Pure functions for both sides: a client signs with `authorization`, a verifier parses the header
with `parse_authorization` and computes the `signature` again.
"""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple
from urllib.parse import quote, unquote

ALGORITHM: Final = "SDK-HMAC-SHA256"
DATE_HEADER: Final = "X-Sdk-Date"
CONTENT_HASH_HEADER: Final = "X-Sdk-Content-Sha256"
UNSIGNED: Final = "UNSIGNED-PAYLOAD"

Pairs = Iterable[tuple[str, str]]
"""Query parameters, decoded; a repeated key is a repeated pair."""

_DATE = "%Y%m%dT%H%M%SZ"
_EMPTY_HASH = hashlib.sha256(b"").hexdigest()
_AUTHORIZATION = re.compile(
    rf"{ALGORITHM} +Access=([^, ]+), *SignedHeaders=([^, ]+), *Signature=([0-9a-fA-F]+)"
)


class Authorization(NamedTuple):
    """What an `Authorization` header of this algorithm holds."""

    access_key: str
    signed_headers: tuple[str, ...]
    signature: str


def signing_date(moment: datetime) -> str:
    """A moment as `X-Sdk-Date` writes it: `20261123T010203Z`, in UTC."""
    return moment.astimezone(UTC).strftime(_DATE)


def parse_date(value: str) -> datetime | None:
    """The moment of an `X-Sdk-Date` header; None when it is not one."""
    try:
        return datetime.strptime(value.strip(), _DATE).replace(tzinfo=UTC)
    except ValueError:
        return None


def canonical_uri(path: str) -> str:
    """The path as it is signed: every segment encoded anew, a slash at the end."""
    encoded = "/".join(_encode(segment) for segment in unquote(path).split("/"))
    return encoded if encoded.endswith("/") else f"{encoded}/"


def canonical_query(query: Pairs) -> str:
    """The query as it is signed, and as it should be sent: pairs in order of their raw text."""
    return "&".join(f"{_encode(key)}={_encode(value)}" for key, value in sorted(query))


def signed_names(headers: Mapping[str, str]) -> tuple[str, ...]:
    """The headers that get signed: all, in order, but for names with an underscore."""
    return tuple(sorted(name.lower() for name in headers if "_" not in name))


def canonical_request(
    method: str,
    path: str,
    query: Pairs,
    headers: Mapping[str, str],
    body: bytes = b"",
    *,
    signed: Iterable[str] | None = None,
) -> str:
    """The text whose hash is signed.

    Args:
        method: the HTTP method.
        path: the path, encoded or not.
        query: the query parameters.
        headers: the headers, `Host` among them; names match without case.
        body: the body that is sent.
        signed: which headers are signed; by default those of `signed_names`.

    Raises:
        KeyError: a header of *signed* is not among *headers*.
    """
    values = {name.lower(): value.strip() for name, value in headers.items()}
    names = signed_names(headers) if signed is None else tuple(signed)
    lines = "".join(f"{name}:{values[name]}\n" for name in names)
    # An empty body has its own hash, whatever the header says.
    given = values.get(CONTENT_HASH_HEADER.lower())
    digest = (given or hashlib.sha256(body).hexdigest()) if body else _EMPTY_HASH
    return "\n".join(
        (
            method.upper(),
            canonical_uri(path),
            canonical_query(query),
            lines,
            ";".join(names),
            digest,
        )
    )


def string_to_sign(canonical: str, date: str) -> str:
    """What the secret key is applied to; *date* is the value of `X-Sdk-Date`."""
    return f"{ALGORITHM}\n{date}\n{hashlib.sha256(canonical.encode()).hexdigest()}"


def signature(secret_key: str, to_sign: str) -> str:
    """The signature, in hexadecimal: the secret key is used as it is, nothing is derived."""
    return hmac.new(secret_key.encode(), to_sign.encode(), hashlib.sha256).hexdigest()


def payload_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The header to add before signing when the content type's body is not signed."""
    kind = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    if not kind or kind.startswith(("application/json", "application/bson")):
        return {}
    return {CONTENT_HASH_HEADER: UNSIGNED}


def authorization(
    access_key: str,
    secret_key: str,
    *,
    method: str,
    path: str,
    query: Pairs,
    headers: Mapping[str, str],
    body: bytes = b"",
) -> str:
    """The value of the `Authorization` header.

    *headers* are those that will be sent, with `Host`, `X-Sdk-Date` and what `payload_headers`
    adds already among them.

    Raises:
        KeyError: there is no `X-Sdk-Date`.
    """
    date = {name.lower(): value.strip() for name, value in headers.items()}[DATE_HEADER.lower()]
    names = signed_names(headers)
    canonical = canonical_request(method, path, query, headers, body, signed=names)
    made = signature(secret_key, string_to_sign(canonical, date))
    return f"{ALGORITHM} Access={access_key}, SignedHeaders={';'.join(names)}, Signature={made}"


def parse_authorization(value: str) -> Authorization | None:
    """The parts of an `Authorization` header; None when it is of another algorithm or broken."""
    found = _AUTHORIZATION.fullmatch(value.strip())
    if found is None:
        return None
    access_key, names, made = found.groups()
    return Authorization(access_key, tuple(names.lower().split(";")), made.lower())


def _encode(text: str) -> str:
    return quote(text, safe="~")

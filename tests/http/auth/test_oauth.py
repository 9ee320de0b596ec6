"""The resource server: which tokens are for us, and how often the issuer is asked."""

import hmac
import json
import time

import anyio
import httpx2
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.utils import base64url_encode
from mcp.server.auth.middleware.bearer_auth import BearerAuthBackend
from starlette.requests import HTTPConnection

from drs_mcp.errors import SettingsError
from drs_mcp.http.auth.access import verifier_of
from drs_mcp.http.auth.keys import FRESH_S, STALE_S, IssuerKeys, metadata_urls
from drs_mcp.http.auth.oauth import IssuerUnavailable, JwtVerifier
from drs_mcp.http.settings import http_settings
from tests.http import issuer as oauth_issuer
from tests.http.conftest import serving
from tests.http.issuer import (
    AUDIENCE,
    EC,
    ED,
    ISSUER,
    JWKS_URL,
    KEYS,
    METADATA_URL,
    OPENID_URL,
    OTHER_RSA,
    RSA,
    Issuer,
    jwk,
    token,
)

pytestmark = pytest.mark.anyio


@pytest.fixture
def issuer():
    return Issuer()


@pytest.fixture
def verifier(issuer, clock):
    return JwtVerifier(ISSUER, AUDIENCE, IssuerKeys(ISSUER, clock, wire=issuer.wire))


async def test_a_good_token_says_who_asks_and_what_is_allowed(verifier):
    given = token()
    found = await verifier.verify_token(given)
    assert (found.client_id, found.scopes) == ("dba@example.com", ["drs:read", "profile"])
    assert found.expires_at > time.time()
    assert given not in repr(found)


RSA_ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")


@pytest.mark.parametrize(
    ("key", "algorithm", "kid"),
    [
        *((RSA, algorithm, "rsa") for algorithm in RSA_ALGORITHMS),
        (EC, "ES256", "ec"),
        (ED, "EdDSA", "ed"),
    ],
)
async def test_signatures_by_private_keys_are_understood(verifier, key, algorithm, kid):
    assert await verifier.verify_token(token(key, algorithm, kid)) is not None
    assert await verifier.verify_token(token(key, algorithm, kid) + "x") is None


PEM = RSA.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
NOW = int(time.time())


def by_public_key():
    """HS256 with what everybody knows of the issuer as its secret."""
    head = base64url_encode(json.dumps({"alg": "HS256", "kid": "rsa"}).encode())
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "x", "exp": NOW + 300}
    signed = head + b"." + base64url_encode(json.dumps(claims).encode())
    signature = hmac.digest(PEM, signed, "sha256")
    return (signed + b"." + base64url_encode(signature)).decode()


WRONG = {
    "no token": "",
    "no JWT": "not.a.jwt",
    "one part": "x" * 40,
    "not ASCII": "é.é.é",
    "nested without end": base64url_encode(b"[" * 10_000).decode() + ".e30.eA",
    "expiry without end": token(exp=float("inf")),
    "too long": token(padding="x" * 20_000),
    "another issuer": token(iss="https://evil.example"),
    "issuer with a slash": token(iss=ISSUER + "/"),
    "issuer in a list": token(iss=[ISSUER]),
    "another audience": token(aud="https://other.example.com"),
    "only other audiences": token(aud=["https://other.example.com", "account"]),
    "no audience": token(without=["aud"]),
    "no issuer": token(without=["iss"]),
    "no expiry": token(without=["exp"]),
    "expired": token(exp=NOW - 60),
    "not yet valid": token(nbf=NOW + 600),
    "expiry of no kind": token(exp="soon"),
    "nobody": token(without=["sub"]),
    "a blank subject": token(sub=" "),
    "a subject that is the server's own name for a caller": token(sub="Stdio"),
    "an ID token, by the hash of its access token": token(at_hash="9Bz"),
    "an ID token, by its nonce and its want of scopes": token(nonce="n-0S6", without=["scope"]),
    "an ID token, as Keycloak calls it": token(typ="ID"),
    "bound to a key": token(cnf={"jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}),
    "bound to a certificate": token(
        cnf={"x5t#S256": "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2"}
    ),
    "bound to nothing that is known": token(cnf=None),
    "a proof for another token": token(header={"typ": "dpop+jwt"}),
    "a logout token": token(header={"typ": "logout+jwt"}),
    "another key": token(OTHER_RSA),
    "another key's ID": token(RSA, kid="ec"),
    "unknown key ID": token(kid="unknown"),
    "algorithm of another key": token(EC, "ES256", "rsa"),
    "unsigned": token("", "none"),
    "HS256": token("a" * 64, "HS256"),
    "HS256 by the public key": by_public_key(),
    "an extension that must be known": token(header={"crit": ["b64", "exp"], "b64": True}),
}


@pytest.mark.parametrize("given", WRONG.values(), ids=WRONG.keys())
async def test_a_token_that_is_not_for_us_is_nobodys(verifier, given):
    assert await verifier.verify_token(given) is None


@pytest.mark.parametrize(
    "written",
    [
        {"header": {"typ": "JWT"}},
        {"header": {"typ": "application/at+jwt"}},
        {"header": {"typ": None}},
        {"typ": "Bearer", "nonce": "n-0S6"},  # as Keycloak writes access tokens
    ],
)
async def test_access_tokens_are_known_whatever_their_issuer_calls_them(verifier, written):
    assert await verifier.verify_token(token(**written)) is not None


async def test_a_key_in_the_token_itself_is_not_looked_at(verifier):
    header = {"jwk": jwk(OTHER_RSA, "RS256"), "jku": "https://evil.example/keys"}
    assert await verifier.verify_token(token(OTHER_RSA, header=header)) is None


async def test_an_audience_may_be_one_of_several(verifier):
    assert await verifier.verify_token(token(aud=["account", AUDIENCE])) is not None


@pytest.mark.parametrize(
    ("claims", "scopes"),
    [
        ({"scope": "a b"}, ["a", "b"]),
        ({"scope": ["a", "b"]}, ["a", "b"]),
        ({"scope": "", "scp": ["a"]}, ["a"]),
        ({"scope": None, "scp": "a b"}, ["a", "b"]),
        ({"scope": 7, "scp": {"a": True}}, []),
    ],
)
async def test_scopes_are_found_where_issuers_put_them(verifier, claims, scopes):
    assert (await verifier.verify_token(token(**claims))).scopes == scopes


async def test_a_client_that_asks_for_itself_is_known_by_its_own_name(verifier):
    given = token(without=["sub"], azp="nightly-report")
    assert (await verifier.verify_token(given)).client_id == "nightly-report"


async def test_a_name_is_fit_for_a_log_line(verifier):
    name = (await verifier.verify_token(token(sub="eve\n\x1b[2J" + "x" * 500))).client_id
    assert name.isprintable()
    assert len(name) <= 128


async def test_keys_are_found_once_and_kept_a_while(verifier, issuer, clock):
    for _ in range(5):
        assert await verifier.verify_token(token()) is not None
    assert issuer.requests == [METADATA_URL, JWKS_URL]
    clock.forward(FRESH_S)
    assert await verifier.verify_token(token()) is not None
    assert issuer.requests == [METADATA_URL, JWKS_URL] * 2


async def test_many_at_once_share_one_look(verifier, issuer):
    found = []

    async def verify():
        found.append(await verifier.verify_token(token()))

    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(verify)
    assert len(found) == 20
    assert None not in found
    assert issuer.requests == [METADATA_URL, JWKS_URL]


async def test_a_key_that_is_not_known_is_looked_for_once(verifier, issuer, clock):
    assert await verifier.verify_token(token()) is not None
    issuer.pages[JWKS_URL] = {"keys": [*KEYS, jwk(OTHER_RSA, "RS256", "new")]}
    clock.forward(11)
    assert await verifier.verify_token(token(OTHER_RSA, kid="new")) is not None
    assert len(issuer.requests) == 4
    for number in range(50):  # key IDs made up by somebody cost the issuer nothing
        assert await verifier.verify_token(token(kid=f"made-up-{number}")) is None
    assert len(issuer.requests) == 4


async def test_a_key_that_is_withdrawn_is_forgotten(verifier, issuer, clock):
    assert await verifier.verify_token(token()) is not None
    issuer.pages[JWKS_URL] = {"keys": KEYS[1:]}
    clock.forward(FRESH_S)
    assert await verifier.verify_token(token()) is None


async def test_a_token_without_a_key_id_needs_there_to_be_one_key(clock):
    for keys, known in (([jwk(RSA, "RS256")], True), ([*KEYS, jwk(OTHER_RSA, "RS256")], False)):
        wire = Issuer(keys).wire
        verifier = JwtVerifier(ISSUER, AUDIENCE, IssuerKeys(ISSUER, clock, wire=wire))
        assert (await verifier.verify_token(token(kid=None)) is not None) is known


async def test_keys_for_something_else_are_passed_over(clock):
    keys = [
        jwk(RSA, "RS256", "rsa", use="enc"),
        {"kty": "oct", "kid": "rsa", "k": "c2VjcmV0", "alg": "HS256"},
        {"kty": "RSA", "kid": "rsa-broken", "n": "!", "e": "AQAB"},
        {"kty": "OKP", "crv": "X25519", "kid": "ed", "x": "AA"},
        "no key",
        jwk(EC, "ES256", "ec"),
    ]
    verifier = JwtVerifier(ISSUER, AUDIENCE, IssuerKeys(ISSUER, clock, wire=Issuer(keys).wire))
    assert await verifier.verify_token(token(EC, "ES256", "ec")) is not None
    assert await verifier.verify_token(token()) is None
    assert await verifier.verify_token(token(kid="rsa-broken")) is None
    assert await verifier.verify_token(token(ED, "EdDSA", "ed")) is None


async def test_a_key_keeps_to_its_algorithm_and_its_curve(clock):
    p384 = ec.generate_private_key(ec.SECP384R1())
    p521 = ec.generate_private_key(ec.SECP521R1())
    small = rsa.generate_private_key(65537, 1024)  # noqa: S505  that is the point
    keys = [
        jwk(RSA, "RS256", "rsa", alg="RS256"),
        jwk(p384, "ES384", "p384"),
        jwk(p521, "ES512", "p521"),
        jwk(small, "RS256", "small"),
    ]
    verifier = JwtVerifier(ISSUER, AUDIENCE, IssuerKeys(ISSUER, clock, wire=Issuer(keys).wire))
    assert await verifier.verify_token(token()) is not None
    assert await verifier.verify_token(token(algorithm="RS512")) is None
    assert await verifier.verify_token(token(p384, "ES384", "p384")) is not None
    assert await verifier.verify_token(token(p521, "ES512", "p521")) is not None
    with pytest.warns(jwt.warnings.InsecureKeyLengthWarning):
        weak = token(small, kid="small")
    assert await verifier.verify_token(weak) is None


async def test_an_issuer_that_is_away_is_no_reason_to_refuse_a_token(verifier, issuer, clock):
    issuer.away = True
    with pytest.raises(IssuerUnavailable):
        await verifier.verify_token(token())
    with pytest.raises(IssuerUnavailable):  # and it is not asked again at once
        await verifier.verify_token(token())
    assert len(issuer.requests) == 1
    issuer.away = False
    clock.forward(10)
    assert await verifier.verify_token(token()) is not None


async def test_known_keys_serve_an_hour_while_the_issuer_is_away(verifier, issuer, clock):
    assert await verifier.verify_token(token()) is not None
    issuer.away = True
    clock.forward(STALE_S - 1)
    assert await verifier.verify_token(token()) is not None
    clock.forward(2)
    with pytest.raises(IssuerUnavailable):
        await verifier.verify_token(token())


@pytest.mark.parametrize(
    "page",
    [
        {"issuer": "https://evil.example", "jwks_uri": JWKS_URL},
        {"issuer": ISSUER},
        {"issuer": ISSUER, "jwks_uri": "http://id.example.com/keys"},
        {"issuer": ISSUER, "jwks_uri": "http://169.254.169.254/keys"},
        {"issuer": ISSUER, "jwks_uri": "http://127.0.0.1:9000/keys"},
        {"issuer": ISSUER, "jwks_uri": "https://id.example.com:99999/keys"},
        {"issuer": ISSUER, "jwks_uri": "file:///etc/passwd"},
        {"issuer": ISSUER, "jwks_uri": 7},
        httpx2.Response(302, headers={"Location": "https://evil.example"}),
        httpx2.Response(500),
        httpx2.Response(200, content=b"<html>"),
        httpx2.Response(200, content=b"[]"),
        httpx2.Response(200, content=b"x" * 2_000_000),
    ],
    ids=range(13),
)
async def test_metadata_that_cannot_be_trusted_are_not_followed(verifier, issuer, page):
    issuer.pages[METADATA_URL] = page
    with pytest.raises(IssuerUnavailable):
        await verifier.verify_token(token())
    assert issuer.requests == [METADATA_URL]


async def test_metadata_may_be_where_openid_puts_them(verifier, issuer):
    issuer.pages[OPENID_URL] = issuer.pages.pop(METADATA_URL)
    assert await verifier.verify_token(token()) is not None
    assert issuer.requests == [METADATA_URL, OPENID_URL, JWKS_URL]


async def test_an_explicit_url_of_the_keys_spares_the_metadata(issuer, clock):
    keys = IssuerKeys(ISSUER, clock, JWKS_URL, wire=issuer.wire)
    assert await JwtVerifier(ISSUER, AUDIENCE, keys).verify_token(token()) is not None
    assert issuer.requests == [JWKS_URL]


async def test_an_issuer_on_loopback_may_name_itself_over_http_and_nobody_else(clock):
    own = "http://127.0.0.1:9000"
    metadata = f"{own}/.well-known/oauth-authorization-server"
    for keys_url, known in ((f"{own}/keys", True), ("http://127.0.0.1:9001/keys", False)):
        issuer = Issuer()
        issuer.pages = {
            metadata: {"issuer": own, "jwks_uri": keys_url},
            keys_url: {"keys": KEYS},
        }
        verifier = JwtVerifier(own, AUDIENCE, IssuerKeys(own, clock, wire=issuer.wire))
        if known:
            assert await verifier.verify_token(token(iss=own)) is not None
        else:
            with pytest.raises(IssuerUnavailable):
                await verifier.verify_token(token(iss=own))
            assert issuer.requests == [metadata]


async def test_keys_are_not_looked_for_where_a_redirect_leads(verifier, issuer):
    evil = "https://evil.example/keys"
    issuer.pages[JWKS_URL] = httpx2.Response(302, headers={"Location": evil})
    issuer.pages[evil] = {"keys": KEYS}
    with pytest.raises(IssuerUnavailable):
        await verifier.verify_token(token())
    assert issuer.requests == [METADATA_URL, JWKS_URL]


async def test_the_issuer_is_told_nothing_of_the_token(verifier, issuer):
    given = token(kid="unknown")
    assert await verifier.verify_token(given) is None
    text = json.dumps([issuer.requests, issuer.heads])
    assert "authorization" not in text.lower().replace("oauth-authorization-server", "")
    assert not any(part in text for part in given.split("."))


async def test_made_up_key_ids_at_once_have_the_keys_fetched_once(verifier, issuer, clock):
    assert await verifier.verify_token(token()) is not None
    clock.forward(11)
    async with anyio.create_task_group() as group:
        for number in range(50):
            group.start_soon(verifier.verify_token, token(kid=f"made-up-{number}"))
        group.start_soon(verifier.verify_token, token())
    assert issuer.requests == [METADATA_URL, JWKS_URL] * 2


@pytest.mark.parametrize(
    ("claims", "known"),
    [
        ({"exp": -20}, True),
        ({"exp": -40}, False),
        ({"nbf": 20, "iat": 20}, True),
        ({"nbf": 40}, False),
        ({"iat": 40}, False),
    ],
)
async def test_half_a_minute_between_two_clocks_is_forgiven(verifier, claims, known):
    now = time.time()
    given = token(**{claim: int(now) + after for claim, after in claims.items()})
    found = await BearerAuthBackend(verifier).authenticate(bearing(given))
    assert (found is not None) is known


def bearing(given):
    """A request with that token, as the SDK's own look at it takes one."""
    headers = [(b"authorization", f"Bearer {given}".encode())]
    return HTTPConnection({"type": "http", "headers": headers})


async def test_certificates_that_cannot_be_read_are_said_before_anybody_asks(monkeypatch, clock):
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent/planted.pem")
    text = http_settings({"DRS_MCP_HTTP_OAUTH_ISSUER": ISSUER, "DRS_MCP_HTTP_PUBLIC_URL": AUDIENCE})
    with pytest.raises(SettingsError, match="SSL_CERT_FILE names no certificates"):
        verifier_of(text, clock, lambda: None)


async def test_certificates_that_become_unreadable_do_not_end_what_is_known(
    monkeypatch, clock, caplog
):
    issuer, wires = Issuer(), []
    keys = IssuerKeys(ISSUER, clock, wire=lambda: wires.pop() if wires else None)
    verifier = JwtVerifier(ISSUER, AUDIENCE, keys)
    wires += [issuer.wire(), issuer.wire()]
    assert await verifier.verify_token(token()) is not None
    monkeypatch.setenv("SSL_CERT_FILE", "/nonexistent/planted.pem")
    clock.forward(FRESH_S)
    assert await verifier.verify_token(token()) is not None
    assert "SSL_CERT_FILE names no certificates" in caplog.text
    clock.forward(STALE_S)
    with pytest.raises(IssuerUnavailable):
        await verifier.verify_token(token())
    assert "planted" not in caplog.text


@pytest.mark.parametrize("page", [{"keys": []}, {}, {"keys": "none"}, httpx2.Response(404)])
async def test_an_issuer_without_keys_is_away(verifier, issuer, page):
    issuer.pages[JWKS_URL] = page
    with pytest.raises(IssuerUnavailable):
        await verifier.verify_token(token())


def test_metadata_are_looked_for_with_and_without_a_path():
    assert metadata_urls("https://id.example.com/")[0].endswith("/oauth-authorization-server")
    assert metadata_urls(ISSUER) == [METADATA_URL, OPENID_URL]


@pytest.fixture
def oauth(issuer):
    return {
        "wire": issuer.wire,
        "OAUTH_ISSUER": ISSUER,
        "OAUTH_SCOPES": "drs:read",
        "PUBLIC_URL": AUDIENCE,
    }


async def test_over_http_a_token_must_be_for_us_and_have_the_scope(oauth, issuer):
    async with serving(**oauth) as running:
        assert (await running.post(token())).status_code == 200
        for given in (None, "x", token(aud="https://other.example.com"), token(exp=NOW - 60)):
            answer = await running.post(given)
            assert answer.status_code == 401
            challenge = answer.headers["www-authenticate"]
            assert challenge.startswith("Bearer ")
            assert f'resource_metadata="{oauth_issuer.RESOURCE_METADATA_URL}"' in challenge
        without = await running.post(token(scope="profile"))
        assert without.status_code == 403
        assert "insufficient_scope" in without.headers["www-authenticate"]


async def test_another_audience_and_the_keys_own_url_can_be_set(oauth, issuer):
    given = {"OAUTH_AUDIENCE": "drs-api", "OAUTH_JWKS_URL": JWKS_URL}
    async with serving(**oauth, **given) as running:
        assert (await running.post(token(aud="drs-api"))).status_code == 200
        assert (await running.post(token())).status_code == 401
    assert issuer.requests == [JWKS_URL]


async def test_a_server_that_leaves_does_not_wait_for_the_issuer(oauth, caplog):
    requested = anyio.Event()

    async def never(_):
        requested.set()
        await anyio.sleep_forever()

    answers = []
    given = oauth | {"wire": lambda: httpx2.MockTransport(never), "DRAIN_S": "0"}
    async with serving(**given) as running, anyio.create_task_group() as group:

        async def ask():
            answers.append(await running.post(token()))

        group.start_soon(ask)
        with anyio.fail_after(5):
            await requested.wait()
        running.stop.set()
    assert (answers[0].status_code, answers[0].headers["retry-after"]) == (503, "2")
    assert "stopping" in answers[0].json()["error"]["message"]
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_clients_are_told_where_to_get_a_token(oauth):
    async with serving(**oauth) as running, httpx2.AsyncClient() as http:
        path = httpx2.URL(oauth_issuer.RESOURCE_METADATA_URL).path
        answer = await http.get(running.origin + path)
    assert answer.json() == {
        "resource": AUDIENCE,
        "authorization_servers": [ISSUER],
        "scopes_supported": ["drs:read"],
        "bearer_methods_supported": ["header"],
        "resource_name": "drs-mcp",
    }


async def test_while_the_issuer_is_away_clients_are_told_to_come_back(oauth, issuer):
    issuer.away = True
    async with serving(**oauth) as running:
        answer = await running.post(token())
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "10")

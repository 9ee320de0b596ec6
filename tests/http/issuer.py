"""An OAuth issuer of our own: keys, tokens, and a wire that publishes the keys."""

import json
import time

import httpx2
import jwt
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from jwt.algorithms import get_default_algorithms

ISSUER = "https://id.example.com/realms/drs"
AUDIENCE = "https://drs.example.com/mcp"
JWKS_URL = "https://id.example.com/keys"
METADATA_URL = "https://id.example.com/.well-known/oauth-authorization-server/realms/drs"
RESOURCE_METADATA_URL = "https://drs.example.com/.well-known/oauth-protected-resource/mcp"
OPENID_URL = "https://id.example.com/realms/drs/.well-known/openid-configuration"

_signer = jwt.PyJWS()

RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC = ec.generate_private_key(ec.SECP256R1())
ED = ed25519.Ed25519PrivateKey.generate()


def jwk(key, algorithm, kid=None, **more):
    """The public half, as an issuer publishes it; *algorithm* says of which kind."""
    made = get_default_algorithms()[algorithm].to_jwk(key.public_key(), as_dict=True)
    made = {name: value for name, value in made.items() if name != "key_ops"}
    return {**made, "use": "sig", **({"kid": kid} if kid else {}), **more}


KEYS = [jwk(RSA, "RS256", "rsa"), jwk(EC, "ES256", "ec"), jwk(ED, "EdDSA", "ed")]


def token(key=RSA, algorithm="RS256", kid="rsa", *, header=None, without=(), **claims):
    """A good token, but for what is said."""
    now = int(time.time())
    whole = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "dba@example.com",
        "scope": "drs:read profile",
        "iat": now,
        "nbf": now,
        "exp": now + 300,
        **claims,
    }
    kept = {name: value for name, value in whole.items() if name not in without}
    headers = {"typ": "at+jwt", **({"kid": kid} if kid else {}), **(header or {})}
    # One floor below `jwt.encode`, which would refuse to make some of what must be refused.
    return _signer.encode(json.dumps(kept).encode(), key, algorithm=algorithm, headers=headers)


class Issuer:
    """Answers what is asked of it, and keeps what was asked."""

    def __init__(self, keys=KEYS):
        self.pages = {
            METADATA_URL: {"issuer": ISSUER, "jwks_uri": JWKS_URL},
            JWKS_URL: {"keys": keys},
        }
        self.requests = []
        self.heads = []
        self.away = False

    def answer(self, request):
        self.requests.append(str(request.url))
        self.heads.append(dict(request.headers))
        if self.away:
            raise httpx2.ConnectError("away", request=request)
        page = self.pages.get(str(request.url))
        if isinstance(page, httpx2.Response):
            return page
        if page is None:
            return httpx2.Response(404)
        return httpx2.Response(200, content=json.dumps(page))

    def wire(self):
        return httpx2.MockTransport(self.answer)

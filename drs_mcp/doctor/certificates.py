"""What is wrong with a certificate, and where httpx2 looks for certificate authorities.

It reads `SSL_CERT_FILE`, else `SSL_CERT_DIR`, in place of the system's store; no other variable.
"""

import ssl
from collections.abc import Iterable, Mapping
from typing import Final

from drs_mcp.api.http.clients import CERTIFICATES
from drs_mcp.quoting.quoted import quote

_UNTRUSTED: Final = frozenset({18, 19, 20, 21})
_NOT_YET: Final = 9
_EXPIRED: Final = 10
_OTHER_NAME: Final = frozenset({62, 64})
"""OpenSSL's X509_V_ERR_*; other stores tell theirs in words."""

_UNREAD: Final = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS", "AWS_CA_BUNDLE")


def advise_certificate(
    whom: str, causes: Iterable[BaseException], environ: Mapping[str, str]
) -> tuple[str, str]:
    """What was found and what to do, when TLS to *whom* failed."""
    refused = next((one for one in causes if isinstance(one, ssl.SSLCertVerificationError)), None)
    if refused is None:
        return (
            f"{_start(whom)} does not speak TLS.",
            "Check the port. A proxy that takes plain http is written http://, not https://.",
        )
    code = getattr(refused, "verify_code", None)
    if code == _NOT_YET:
        return (
            f"The certificate of {whom} is not valid yet.",
            "This machine's clock may be behind: set it right.",
        )
    if code == _EXPIRED:
        return (
            f"The certificate of {whom} has expired.",
            "If this machine's clock is right, whoever runs the endpoint must renew it.",
        )
    if code in _OTHER_NAME:
        return (
            f"The certificate of {whom} is for another name.",
            "Use the name that stands in the certificate; a proxy may be answering in its place.",
        )
    if code in _UNTRUSTED:
        found = f"The certificate of {whom} is signed by a CA that this machine does not know."
    else:
        reason = quote(getattr(refused, "verify_message", "") or "no reason given", 120)
        found = f"The certificate of {whom} cannot be verified: {reason}."
    return found, f"Proxies that look into TLS have such a CA. {_add_ca(environ)}"


def _add_ca(environ: Mapping[str, str]) -> str:
    name = next((one for one in CERTIFICATES if environ.get(one)), "")
    if name:
        return f"{name} stands in for the system's store: add the CA there, or unset it."
    others = [one for one in _UNREAD if environ.get(one)]
    hint = f" {others[0]} is set, but not read: its file may hold that CA." if others else ""
    return (
        "Add the CA to the system's store, or set SSL_CERT_FILE to a PEM file that holds it beside "
        f"the usual ones, as the file stands in for the store.{hint}"
    )


def _start(whom: str) -> str:
    return whom[:1].upper() + whom[1:] if whom.startswith("the ") else whom

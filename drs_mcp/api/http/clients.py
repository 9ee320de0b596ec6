"""HTTP clients for outgoing requests, with the proxies and certificates of the environment.

httpx2 reads proxies from `HTTPS_PROXY`, `HTTP_PROXY` and `ALL_PROXY`, and certificate authorities
from `SSL_CERT_FILE`, else `SSL_CERT_DIR`. What it cannot use fails when a client is made, with words
that name no variable.
"""

import os
from collections.abc import Iterator, Mapping
from typing import Any, Final

import httpx2

from drs_mcp.errors import SettingsError
from drs_mcp.quoting.known_secrets import register_secrets

CERTIFICATES: Final = {
    "SSL_CERT_FILE": "a PEM file of certificate authorities",
    "SSL_CERT_DIR": "a directory of certificate authorities",
}
"""Where httpx2 looks for certificate authorities, in its order, and what each takes."""


def client(**options: Any) -> httpx2.AsyncClient:
    """httpx2's client with these *options*, which follows no redirects.

    Raises:
        SettingsError: the environment names a proxy or certificates that cannot be used.
    """
    register_secrets(_passwords(os.environ))
    try:
        return httpx2.AsyncClient(follow_redirects=False, **options)
    except OSError:
        raise SettingsError(_no_certificates(os.environ)) from None
    except ImportError:
        raise SettingsError(_no_socks(os.environ)) from None
    except (ValueError, httpx2.InvalidURL):
        raise SettingsError(_no_proxy(os.environ)) from None


def _no_certificates(environ: Mapping[str, str]) -> str:
    for name, meaning in CERTIFICATES.items():
        if environ.get(name):
            return (
                f"{name} names no certificates that can be read. Set {name} to {meaning}, or unset "
                "it for the system's store."
            )
    return (
        "The system's certificate authorities cannot be read. Install the system's "
        "ca-certificates, or set SSL_CERT_FILE to a PEM file of them."
    )


def _no_socks(environ: Mapping[str, str]) -> str:
    names = [name for name, url in _proxies(environ) if url.lower().startswith("socks")]
    return (
        f"A SOCKS proxy is set ({_listed(names)}), which needs the package socksio. Install socksio "
        "beside drs-mcp, or set an http:// proxy."
    )


def _no_proxy(environ: Mapping[str, str]) -> str:
    names = [name for name, url in _proxies(environ) if not _is_proxy(url)]
    return (
        f"A proxy is set that is no URL of a proxy ({_listed(names)}). Write it as "
        "http://HOST:PORT, or unset it."
    )


def _proxies(environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The variables that apply, with what they hold; in small letters they come first."""
    for scheme in ("http", "https", "all"):
        small = f"{scheme}_proxy"
        name = small if small in environ else small.upper()
        if url := environ.get(name, ""):
            yield name, url


def _passwords(environ: Mapping[str, str]) -> Iterator[str]:
    """The passwords in the proxies' URLs."""
    for _, url in _proxies(environ):
        if _is_proxy(url):
            yield httpx2.URL(url if "://" in url else f"http://{url}").password


def _is_proxy(url: str) -> bool:
    try:
        httpx2.Proxy(url if "://" in url else f"http://{url}")
    except (ValueError, httpx2.InvalidURL):
        return False
    return True


def _listed(names: list[str]) -> str:
    return ", ".join(names) or "the system's proxy settings"

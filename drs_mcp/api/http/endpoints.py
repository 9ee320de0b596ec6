"""Where DRS answers: the region table, and a check of endpoints given by hand."""

import ipaddress
from functools import cache
from importlib.resources import files

import httpx2
from pydantic_core import from_json

from drs_mcp.errors import SettingsError

_GLOBAL_IAM = "https://iam.myhuaweicloud.com"
_OWN_DOMAINS = (".myhuaweicloud.com", ".myhuaweicloud.eu", ".myhuaweicloud.cn")


@cache
def _table() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = from_json(
        files("drs_mcp.api.http").joinpath("regions.json").read_bytes()
    )
    return found


def regions() -> list[str]:
    """The IDs of the regions whose endpoints are known."""
    return sorted(_table())


def drs_endpoint(region: str, explicit: str = "", *, private: bool = False) -> str:
    """The base URL of DRS in *region*, or the *explicit* one after a check.

    A sub-project's region (`cn-north-4_team`) has its region's endpoint. *private* allows an
    explicit endpoint that is a private address.

    Raises:
        SettingsError: the region is unknown, or the explicit endpoint cannot be trusted.
    """
    if explicit:
        return checked(explicit, "DRS_MCP_ENDPOINT", private=private)
    found = _table().get(region.partition("_")[0])
    if found is None:
        known = ", ".join(regions())
        raise SettingsError(
            f"DRS_MCP_REGION names no known region. Known: {known}. "
            "For another cloud built on the same API, set DRS_MCP_ENDPOINT too."
        )
    return found["drs"]


def cloud_eye_endpoint(region: str, explicit: str = "") -> str:
    """The base URL of Cloud Eye beside DRS in *region*; empty where it is not known.

    Of Huawei's own clouds alone: another cloud's credentials must not be sent to them. An embedded
    DRS on loopback has its own.
    """
    if explicit:
        return explicit if _is_loopback(httpx2.URL(explicit).host) else ""
    found = _table().get(region.partition("_")[0])
    drs = found["drs"] if found else ""
    return drs.replace("//drs.", "//ces.", 1) if "//drs." in drs else ""


def iam_endpoint(
    region: str, explicit: str = "", drs_explicit: str = "", *, private: bool = False
) -> str:
    """The base URL of IAM for *region*, or the *explicit* one after a check.

    Empty when DRS has an endpoint of its own outside of Huawei's domains and IAM has none: another
    cloud's credentials must not be sent to Huawei's IAM.

    Raises:
        SettingsError: the explicit endpoint cannot be trusted.
    """
    if explicit:
        return checked(_without_path(explicit), "DRS_MCP_IAM_ENDPOINT", private=private)
    if drs_explicit and not drs_explicit.rstrip("/").endswith(_OWN_DOMAINS):
        return ""
    found = _table().get(region.partition("_")[0])
    return found["iam"] if found else _GLOBAL_IAM


def _without_path(url: str) -> str:
    # The vendor's tools write IAM's URL with the version at its end.
    return url.rstrip("/").removesuffix("/v3")


def checked(url: str, setting: str, *, private: bool = False) -> str:
    """An endpoint as an origin: https, or http on loopback; no user, path, query or fragment.

    Without a scheme https is meant. An address is refused but for loopback and, where *private*
    says so, those of private networks: link-local ones (metadata services) never.

    Raises:
        SettingsError: names the *setting* and what is wrong with its value.
    """

    def refuse(reason: str) -> SettingsError:
        return SettingsError(
            f"{setting} {reason}. It takes an origin such as https://drs.example.com, "
            "or http://127.0.0.1:PORT for a simulator."
        )

    if not url.isascii() or not url.isprintable() or any(sign in url for sign in " \\@#?"):
        raise refuse("has characters that an endpoint cannot have")
    try:
        parsed = httpx2.URL(url if "://" in url else f"https://{url}")
    except (httpx2.InvalidURL, ValueError):
        raise refuse("is not a URL") from None
    host = parsed.host
    if not host or parsed.path not in ("", "/"):
        raise refuse("must be a host without a path")
    if parsed.scheme == "http":
        if not _is_loopback(host):
            raise refuse("uses http, which is allowed on loopback only")
    elif parsed.scheme != "https":
        raise refuse("must start with https://")
    elif _is_address(host) and not _is_loopback(host) and not (private and _is_private(host)):
        raise refuse(
            "must name a host, not an address: the name that stands in its certificate, made known "
            "by DNS or the hosts file"
            + (
                "; or set DRS_MCP_ALLOW_PRIVATE=on, if the certificate is for this private address"
                if _is_private(host) and not private
                else ""
            )
        )
    return f"{parsed.scheme}://{parsed.netloc.decode('ascii')}"


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


_PRIVATE = tuple(
    map(ipaddress.ip_network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"))
)
_PRIVATE_6 = ipaddress.ip_network("fc00::/7")


def _is_private(host: str) -> bool:
    """Whether it is an address of RFC 1918, RFC 6598 or RFC 4193."""
    if not _is_address(host):
        return False
    address = ipaddress.ip_address(host)
    return any(address in network for network in (*_PRIVATE, _PRIVATE_6))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    return _is_address(host) and ipaddress.ip_address(host).is_loopback

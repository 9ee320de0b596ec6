"""What refused a request where neither rights nor credentials are missing: the way to the cloud.

A firewall or a proxy answers with a page of its own, the cloud's gateway by a list of addresses
(0401, 0402 and 0404 of its error codes).
"""

import re
from typing import Final

_TOLD: Final = frozenset({400, 401, 402, 404, 413, 429})
"""Statuses that tell what to do, whoever sent them."""

_LISTED: Final = re.compile(r"APIGW?\.0402")
_UNKNOWN_CLIENT: Final = re.compile(r"APIGW?\.0401")
_BACKEND: Final = re.compile(r"APIGW?\.0404")
_ADDRESS: Final = re.compile(
    r"\bip\b.{0,40}\b(?:not (?:allowed|authori[sz]ed|permitted|in the)|denied|forbidden|blocked|restrict\w*)"
    r"|\bip\b.{0,60}\b(?:black|white|allow|deny)[ -]?list|\b(?:black|white|allow|deny)[ -]?list\w*.{0,60}\bip\b"
    r"|IP.{0,16}(?:不允许|禁止|拒绝|受限|未授权|[黑白]名单)|[黑白]名单.{0,16}IP",
    re.IGNORECASE,
)
_FIREWALL: Final = re.compile(
    r"\bfirewall\b|\bwaf\b|\b(?:request|access|url|site|page) (?:was |has been |is )?(?:blocked|denied) (?:by|due to)\b"
    r"|\bsecurity (?:policy|gateway)\b|\bweb filter\b|防火墙|安全(?:策略|网关)|拦截",
    re.IGNORECASE,
)

_OF_AN_ADDRESS: Final = (
    "the IP address that this request came from may not use the API: a list of allowed or blocked "
    "addresses refused it, no rights are missing. Ask the account's administrator to let the address in."
)
_OF_A_PAGE: Final = (
    "a firewall, proxy or gateway on the way refused the request: the answer is none of the "
    "cloud's. Check HTTPS_PROXY and the endpoint, and ask whoever runs the network."
)


def refused_on_the_way(status: int, code: str, said: str, *, foreign: bool) -> str:
    """What refused it and the next step, in our own words; empty where that was not the way.

    Args:
        status: the HTTP status.
        code: the error code, in capitals; empty for none.
        said: the message.
        foreign: whether the answer is no JSON: a page, a text or nothing.
    """
    if status == 407:
        return "the proxy asks for a user and a password. Put both into HTTPS_PROXY."
    if status == 511:
        return "the network asks to sign in first. Do so in a browser, then ask again."
    if _BACKEND.fullmatch(code):
        return "the gateway may not reach what is behind it. Ask the cloud's support."
    if _UNKNOWN_CLIENT.fullmatch(code):
        return (
            "the gateway could not tell the IP address that this request came from: no rights are "
            "missing. Check any proxy on the way, or ask the cloud's support."
        )
    if _LISTED.fullmatch(code) or (
        400 <= status < 500 and code[:4] != "DRS." and _ADDRESS.search(said)
    ):
        return _OF_AN_ADDRESS
    if not 400 <= status < 500 or status in _TOLD:
        return ""
    return _OF_A_PAGE if foreign or (not code and _FIREWALL.search(said)) else ""

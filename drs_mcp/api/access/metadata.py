"""Temporary keys of the ECS instance's agency, from its metadata service."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from drs_mcp.api.access.credentials import Keys
from drs_mcp.api.access.exchange import BufferedResponse, Wire, plain_client, send
from drs_mcp.api.wire.values import moment, record, text
from drs_mcp.errors import BadAnswer, SettingsError
from drs_mcp.quoting.known_secrets import register_secrets

ORIGIN: Final = "http://169.254.169.254"
_TOKEN = "/meta-data/latest/api/token"  # noqa: S105  a path
_KEYS = "/openstack/latest/securitykey"
_TOKEN_FORM = re.compile(r"[!-~]{1,4096}")
_LIFETIME_S = "21600"
_TIMEOUT_S = 3.0
_ADVICE = "Ask again in a minute, or set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK."
_WITHOUT_TOKEN = frozenset({404, 405, 503})
"""Answers of a metadata service that knows no tokens: then it is asked without one."""


@dataclass(frozen=True)
class MetadataSource:
    """The agency's keys; renewed early, as others on the instance share their end."""

    wire: Wire
    origin: str = ORIGIN
    name: str = "the ECS agency"
    advice: str = (
        "Its keys are fetched again by themselves: check that the agency still exists and may "
        "read DRS."
    )
    renew_before: timedelta = timedelta(minutes=40)

    async def fetch(self) -> Keys:
        """Fresh temporary keys.

        Raises:
            SettingsError: the instance has no agency.
            Unreachable, TimedOut: there is no metadata service here.
            BadAnswer: the service answered nonsense.
        """
        # No proxy may stand between: the address is this machine's own link.
        client = plain_client(self.origin, self.wire(), timeout_s=_TIMEOUT_S, trust_env=False)
        async with client as http:
            put = http.build_request(
                "PUT", _TOKEN, headers={"X-Metadata-Token-Ttl-Seconds": _LIFETIME_S}
            )
            answer = await send(http, put, "a token", self.name, text=True)
            get = http.build_request("GET", _KEYS, headers=_token_headers(answer))
            found = await send(http, get, "keys", self.name, secret=True)
        return _keys(found)


def _token_headers(answer: BufferedResponse) -> dict[str, str]:
    if answer.status in _WITHOUT_TOKEN:
        return {}
    token = answer.text.strip()
    if answer.status != 200 or not _TOKEN_FORM.fullmatch(token):
        raise BadAnswer(f"The ECS metadata service gave no token (HTTP {answer.status}). {_ADVICE}")
    register_secrets((token,))
    return {"X-Metadata-Token": token}


def _keys(found: BufferedResponse) -> Keys:
    if found.status in (401, 403, 404):
        raise SettingsError(
            f"This ECS instance has no agency that may be used (HTTP {found.status}). Configure a "
            "cloud service agency with read access to DRS for it, or set HUAWEICLOUD_SDK_AK and "
            "HUAWEICLOUD_SDK_SK."
        )
    credential = record(record(found.body).get("credential"))
    access, secret = text(credential.get("access")), text(credential.get("secret"))
    token = text(credential.get("securitytoken"))
    if found.status != 200 or not access or not secret or not token:
        raise BadAnswer(f"The ECS metadata service gave no keys (HTTP {found.status}). {_ADVICE}")
    return Keys(access, secret, token, moment(credential.get("expires_at")))

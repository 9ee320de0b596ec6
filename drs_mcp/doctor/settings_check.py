"""The first check: which settings were found and where, and which credentials they choose."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from drs_mcp.api.access.credentials import Source, StaticSource, Token
from drs_mcp.api.access.exchange import Wire
from drs_mcp.api.access.files import TokenFile
from drs_mcp.api.access.iam import Iam, PasswordSource
from drs_mcp.api.access.metadata import MetadataSource
from drs_mcp.api.access.sources import source_of
from drs_mcp.api.http.endpoints import drs_endpoint, iam_endpoint, regions
from drs_mcp.clock import Clock
from drs_mcp.doctor.messages import message_of
from drs_mcp.doctor.report import Check
from drs_mcp.errors import DrsError, SettingsError
from drs_mcp.settings import CREDENTIALS, MEANING, Settings

CREDENTIAL_WAYS: Final = (
    "DRS_MCP_TOKEN; HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK; DRS_MCP_USER, DRS_MCP_PASSWORD and "
    "DRS_MCP_DOMAIN; a file ~/.huaweicloud/credentials; an agency of the ECS instance"
)
"""Every way to give credentials, in the order in which they are looked for."""

_KEYS: Final = ("access_key", "secret_key")
_SETS: Final = (
    ("token",),
    ("token_file",),
    _KEYS,
    ("user", "password", "domain"),
    ("credentials_file",),
)
"""What makes a source, in the order in which sources are looked for."""


@dataclass(frozen=True)
class ResolvedSettings:
    """Settings, with the endpoint, the IAM and the source of credentials that follow from them."""

    settings: Settings
    origin: str
    iam: Iam
    source: Source

    @property
    def signs(self) -> bool:
        """Whether requests are signed with keys: then this machine's clock matters."""
        if isinstance(self.source, StaticSource):
            return not isinstance(self.source.credential, Token)
        return not isinstance(self.source, PasswordSource | TokenFile)

    @property
    def from_iam(self) -> bool:
        """Whether the credential itself comes from IAM."""
        return isinstance(self.source, PasswordSource)

    @property
    def needs_iam(self) -> bool:
        """Whether nothing works without IAM."""
        return not self.settings.project_id or self.from_iam

    @property
    def last(self) -> bool:
        """Whether no credentials were given, so that only an ECS agency is left."""
        return _is_last(self.source)

    @property
    def unused(self) -> str:
        """The credentials that are given, yet come after the source that is used, by name."""
        return _places(_unused(self.settings))


def check_settings(
    settings: Settings | DrsError, clock: Clock, wire: Wire
) -> tuple[Check, ResolvedSettings | None]:
    """The check, and the resolved settings where it passed."""
    if isinstance(settings, DrsError):
        return message_of(settings).failed("settings"), None
    details = _details(settings)
    try:
        private = settings.allow_private == "on"
        iam_origin = iam_endpoint(
            settings.region, settings.iam_endpoint, settings.endpoint, private=private
        )
        iam = Iam(iam_origin, clock, wire)
    except SettingsError as error:
        return message_of(error).failed("settings", details=details), None
    try:
        source = source_of(settings, iam, wire)
    except SettingsError as error:
        return _by_half(settings, error, details), None
    if not settings.region:
        return _no_region(source, details), None
    try:
        origin = drs_endpoint(settings.region, settings.endpoint, private=private)
    except SettingsError as error:
        return message_of(error).failed("settings", details=details), None
    found = f"{_region(settings)} Credentials: {_source_label(source)}."
    halves = _halves(settings)
    if not halves:
        check = Check(id="settings", outcome="ok", found=found, details=details)
    else:
        found += f" Given by half, and not used: {'; '.join(half.label for half in halves)}."
        fix = " ".join(half.fix for half in halves)
        check = Check(id="settings", outcome="warning", found=found, fix=fix, details=details)
    return check, ResolvedSettings(settings, origin, iam, source)


def _by_half(settings: Settings, error: SettingsError, details: tuple[str, ...]) -> Check:
    """The credentials that come first lack a part."""
    parts = message_of(error)
    found = parts.found if settings.region else f"{parts.found} Nor is DRS_MCP_REGION set."
    fix = next((half.fix for half in _halves(settings)), parts.fix)
    return Check(id="settings", outcome="failed", found=found, fix=fix, details=details)


def _no_region(source: Source, details: tuple[str, ...]) -> Check:
    region = f"DRS_MCP_REGION to {MEANING['region']}"
    if _is_last(source):
        return Check(
            id="settings",
            outcome="failed",
            found="Neither DRS_MCP_REGION nor credentials are set.",
            fix=f"Set {region}, and give one of: {CREDENTIAL_WAYS}. To look around without any: "
            "drs-mcp serve --demo.",
            details=details,
        )
    return Check(
        id="settings",
        outcome="failed",
        found=f"DRS_MCP_REGION is not set. Credentials: {_source_label(source)}.",
        fix=f"Set {region}.",
        details=details,
    )


def _region(settings: Settings) -> str:
    if settings.region.partition("_")[0] in regions():
        return "The region is known."
    return f"The region is in no table; {settings.label('endpoint')} leads to its DRS."


def _source_label(source: Source) -> str:
    return "none given, so the ECS agency is asked" if _is_last(source) else source.name


def _is_last(source: Source) -> bool:
    return source.name == MetadataSource.name


def _details(settings: Settings) -> tuple[str, ...]:
    if not settings.origins:
        return ()
    details = [f"Read: {_places(settings.origins)}."]
    unused = _places(_unused(settings))
    if unused and not _halves(settings):
        details.append(f"Not used: {unused}.")
    return tuple(details)


def _places(origins: Mapping[str, str]) -> str:
    """Variables by name; keys of a file behind the name of their profile."""
    grouped: dict[str, list[str]] = {}
    for origin in origins.values():
        place, colon, key = origin.rpartition(": ")
        grouped.setdefault(place if colon else "", []).append(key)
    return "; ".join(
        f"{place}: {', '.join(keys)}" if place else ", ".join(keys)
        for place, keys in grouped.items()
    )


def _unused(settings: Settings) -> dict[str, str]:
    """The credentials that come after the source that is used, and where they are given."""
    given = [names for names in _SETS if any(settings.given(name) for name in names[:2])]
    if not given:
        return {}
    used = {*given[0], *(("security_token",) if given[0] == _KEYS else ())}
    return {
        name: settings.label(name)
        for name in CREDENTIALS
        if settings.given(name) and name not in used
    }


@dataclass(frozen=True)
class _Half:
    """Credentials of which a part is missing, by name."""

    there: str
    missing: str

    @property
    def label(self) -> str:
        return f"{self.there} without {self.missing}"

    @property
    def fix(self) -> str:
        return f"Set {self.missing} too, or unset {self.there}."


def _halves(settings: Settings) -> list[_Half]:
    halves = []
    for names in _SETS:
        missing = [name for name in names if not settings.given(name)]
        # An account's name alone is no half of anything: Terraform has it beside keys.
        if missing and any(settings.given(name) for name in names[:2]):
            halves.append(([name for name in names if name not in missing], missing))
    if settings.given("security_token") and not any(map(settings.given, _KEYS)):
        halves.append((["security_token"], list(_KEYS)))
    return [
        _Half(
            " and ".join(map(settings.label, there)),
            " and ".join(settings.label_beside(name, there[0]) for name in missing),
        )
        for there, missing in halves
    ]

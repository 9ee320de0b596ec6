"""What to examine: a profile of this environment, or the embedded DRS."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import httpx2

from drs_mcp.api.access.sources import credential_files
from drs_mcp.clock import SystemClock
from drs_mcp.doctor.audit_check import AuditSettings
from drs_mcp.doctor.checks import Case
from drs_mcp.errors import ArgumentError, SettingsError
from drs_mcp.http.settings import variable
from drs_mcp.profiles import load_profiles
from drs_mcp.quoting.quoted import quote
from drs_mcp.settings import DEFAULT_PROFILE


def case_of(environ: Mapping[str, str], profile: str = "") -> Case:
    """The *profile* of that name, or the default one."""
    audit = AuditSettings.of(environ)
    callers = _caller_files(environ)
    try:
        profiles = load_profiles(environ)
    except SettingsError as unusable:
        return Case(quote(profile, 64) or DEFAULT_PROFILE, unusable, files=callers, audit=audit)
    files = credential_files(profiles) | callers
    name = profile or profiles.default
    settings = profiles.settings.get(name)
    if settings is None:
        known = ", ".join(sorted(profiles.settings))
        error = ArgumentError(f"There is no such profile. Known profiles: {known}.")
        return Case(quote(name, 64), error, files=files, audit=audit)
    return Case(name, settings, files=files, audit=audit)


def _caller_files(environ: Mapping[str, str]) -> dict[str, Path]:
    """The file that the HTTP server knows its callers by."""
    name = variable("tokens_file")
    given = environ.get(name, "").strip()
    return {name: Path(given).expanduser()} if given else {}


def demo_case(environ: Mapping[str, str] = MappingProxyType({})) -> Case:
    """The embedded DRS, IAM and all; audit lines go where *environ* says."""
    from drs_mcp.embedded import PROFILE, embedded_settings  # noqa: PLC0415  only for the demo
    from drs_mcp.simulator import Simulator  # noqa: PLC0415  the same

    clock = SystemClock()
    settings = embedded_settings()
    settings = settings.model_copy(update={"iam_endpoint": settings.endpoint})
    wire = httpx2.ASGITransport(app=Simulator(now=clock.utc_now).app)
    return Case(PROFILE, settings, clock, lambda: wire, audit=AuditSettings.of(environ))

"""What to examine: a profile of this environment, or the embedded DRS."""

from collections.abc import Mapping

import httpx2

from drs_mcp.clock import SystemClock
from drs_mcp.doctor.checks import Case
from drs_mcp.errors import ArgumentError, SettingsError
from drs_mcp.profiles import load_profiles
from drs_mcp.quoting.quoted import quote
from drs_mcp.settings import DEFAULT_PROFILE


def case_of(environ: Mapping[str, str], profile: str = "") -> Case:
    """The *profile* of that name, or the default one."""
    try:
        profiles = load_profiles(environ)
    except SettingsError as unusable:
        return Case(quote(profile, 64) or DEFAULT_PROFILE, unusable)
    name = profile or profiles.default
    settings = profiles.settings.get(name)
    if settings is None:
        known = ", ".join(sorted(profiles.settings))
        error = ArgumentError(f"There is no such profile. Known profiles: {known}.")
        return Case(quote(name, 64), error)
    return Case(name, settings)


def demo_case() -> Case:
    """The embedded DRS, IAM and all."""
    from drs_mcp.embedded import PROFILE, embedded_settings  # noqa: PLC0415  only for the demo
    from drs_mcp.simulator import Simulator  # noqa: PLC0415  the same

    clock = SystemClock()
    settings = embedded_settings()
    settings = settings.model_copy(update={"iam_endpoint": settings.endpoint})
    wire = httpx2.ASGITransport(app=Simulator(now=clock.utc_now).app)
    return Case(PROFILE, settings, clock, lambda: wire)

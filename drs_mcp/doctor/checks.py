"""The doctor: every check in its order; one that failed skips those that need it."""

import traceback
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from drs_mcp import __version__
from drs_mcp.api.access.credentials import Keys
from drs_mcp.api.access.exchange import Wire
from drs_mcp.api.reading import ReadingTransport
from drs_mcp.clock import Clock, SystemClock, iso
from drs_mcp.doctor.api_checks import ApiChecks
from drs_mcp.doctor.audit_check import AuditSettings, check_audit
from drs_mcp.doctor.endpoint_probe import EndpointProbe, ProbeResult
from drs_mcp.doctor.files_check import check_files
from drs_mcp.doctor.report import TITLES, Check, Report, report
from drs_mcp.doctor.settings_check import ResolvedSettings, check_settings
from drs_mcp.errors import DrsError
from drs_mcp.settings import Settings

_WARN_S: Final = 60.0
_FAIL_S: Final = 600.0
"""A signature is refused at about 900 s; the clock that drifted so far will get there."""

Reporter = Callable[[Check], None]


def _report_nothing(_: Check) -> None:
    """Report to nobody."""


def _network() -> None:
    """The network itself: no transport of our own."""


@dataclass(frozen=True)
class Case:
    """What is to be examined.

    Attributes:
        profile: the profile's name.
        settings: its settings, or why there are none.
        clock: the one clock.
        wire: the seam for tests and the embedded DRS.
        files: the files that secrets come from, by what messages call them.
        audit: where audit lines go, and whether they are required.
    """

    profile: str
    settings: Settings | DrsError
    clock: Clock = field(default_factory=SystemClock)
    wire: Wire = _network
    files: Mapping[str, Path] = field(default_factory=dict)
    audit: AuditSettings = field(default_factory=AuditSettings)


async def examine(case: Case, report_check: Reporter = _report_nothing) -> Report:
    """Make every check, and pass each to *report_check* as it is done."""
    async with AsyncExitStack() as stack:
        checks = await _Examination(case, stack).all(report_check)
    return report(
        checks, version=__version__, profile=case.profile, as_of=iso(case.clock.utc_now())
    )


class _Examination:
    def __init__(self, case: Case, stack: AsyncExitStack) -> None:
        self._case = case
        self._stack = stack
        self._resolved: ResolvedSettings | None = None
        self._api_checks: ApiChecks | None = None
        self._transport: ReadingTransport | None = None
        self._probed: dict[str, ProbeResult] = {}
        self._done: dict[str, Check] = {}
        self._failed_by: dict[str, str] = {}

    async def all(self, report_check: Reporter) -> list[Check]:
        checks: Mapping[str, Callable[[], Awaitable[Check]]] = {
            "settings": self._settings,
            "files": self._files,
            "audit": self._audit,
            "drs": self._drs,
            "iam": self._iam,
            "clock": self._clock,
            "credential": self._credential,
            "accepted": self._accepted,
            "project": self._project,
            "permission": self._permission,
            "task": self._task,
            "latency": self._latency,
            "api": self._api,
        }
        for name, check in checks.items():
            done = self._skipped(name) or await self._run(name, check)
            done = done.without(self._secrets())
            self._done[name] = done
            if done.outcome == "failed":
                self._failed_by[name] = name
            report_check(done)
        return list(self._done.values())

    def _needs(self, name: str) -> list[str]:
        resolved = self._resolved
        if name in ("settings", "files", "audit"):
            return []
        if name in ("drs", "iam", "clock") or resolved is None:
            return ["settings"]
        iam = ["iam"] if resolved.needs_iam else []
        return {
            "credential": iam if resolved.from_iam else [],
            "accepted": ["credential", "drs", *iam, *(["clock"] if resolved.signs else [])],
            "project": ["accepted"],
            "permission": ["project"],
            "task": ["permission"],
            "latency": ["accepted"],
            "api": ["permission"],
        }[name]

    def _skipped(self, name: str) -> Check | None:
        for need in self._needs(name):
            if need in self._failed_by:
                self._failed_by[name] = blamed = self._failed_by[need]
                found = f"Not made, as {TITLES[blamed]} failed."
                return Check(id=name, outcome="skipped", found=found)
        return None

    async def _run(self, name: str, check: Callable[[], Awaitable[Check]]) -> Check:
        try:
            return await check()
        except Exception as error:  # noqa: BLE001  a doctor that dies tells of no other check
            # Where it was, never its text: that could hold anything.
            *_, last = traceback.extract_tb(error.__traceback__)
            where = f"{type(error).__name__}, {Path(last.filename).name}:{last.lineno}"
            return Check(
                id=name,
                outcome="failed",
                found=f"The check itself broke off ({where}).",
                fix="This is a fault of drs-mcp: please report it, together with this report.",
            )

    def _secrets(self) -> list[str]:
        """Every value that must never be shown, the credentials that were fetched among them."""
        settings = self._case.settings
        found = []
        if isinstance(settings, Settings):
            found = [
                settings.access_key,
                settings.token.get_secret_value(),
                settings.secret_key.get_secret_value(),
                settings.security_token.get_secret_value(),
                settings.password.get_secret_value(),
            ]
        for credential in self._api_checks.source.fetched if self._api_checks else []:
            if isinstance(credential, Keys):
                found += [credential.access_key, credential.secret_key, credential.security_token]
            else:
                found.append(credential.value)
        return found

    # -- the checks ------------------------------------------------------------------------------

    async def _settings(self) -> Check:
        case = self._case
        check, self._resolved = check_settings(case.settings, case.clock, case.wire)
        if self._resolved is not None:
            self._api_checks = ApiChecks(self._resolved, case.clock)
        return check

    async def _files(self) -> Check:
        return check_files(self._case.files)

    async def _audit(self) -> Check:
        return await check_audit(self._case.audit, self._case.clock)

    async def _drs(self) -> Check:
        resolved = self._require_resolved()
        setting = "DRS_MCP_ENDPOINT" if resolved.settings.endpoint else "DRS_MCP_REGION"
        result = await self._probe("drs", resolved.origin, setting)
        if result.answered:
            return Check(id="drs", outcome="ok", found=result.found, measured=result.measured)
        return Check(id="drs", outcome="failed", found=result.found, fix=result.fix)

    async def _iam(self) -> Check:
        resolved = self._require_resolved()
        needed = resolved.needs_iam
        if not resolved.iam.origin:
            if not needed:
                found = "Not known for another cloud, and not needed: the project ID is given."
                return Check(id="iam", outcome="skipped", found=found)
            return Check(
                id="iam",
                outcome="failed",
                found="DRS_MCP_ENDPOINT is of another cloud, whose IAM is not known.",
                fix="Set DRS_MCP_IAM_ENDPOINT; or give DRS_MCP_PROJECT_ID and a token or keys.",
            )
        setting = "DRS_MCP_IAM_ENDPOINT" if resolved.settings.iam_endpoint else "DRS_MCP_REGION"
        result = await self._probe("iam", resolved.iam.origin, setting)
        if result.answered:
            return Check(id="iam", outcome="ok", found=result.found, measured=result.measured)
        same = result.fix == self._probed["drs"].fix
        fix = f"As for {TITLES['drs']}." if same else result.fix
        if needed:
            return Check(id="iam", outcome="failed", found=result.found, fix=fix)
        found = f"{result.found} It is not needed: project ID and credentials are given."
        return Check(id="iam", outcome="warning", found=found, fix=fix)

    async def _clock(self) -> Check:
        offsets = [one.ahead_s for one in self._probed.values() if one.ahead_s is not None]
        if not offsets:
            return Check(id="clock", outcome="skipped", found="No answer told the time.")
        ahead = offsets[0]
        off, direction = abs(ahead), "ahead" if ahead > 0 else "behind"
        measured = {"ahead_s": round(ahead, 1)}
        if off < _WARN_S:
            found = f"This machine's clock is right, to {max(1.0, off):.0f} s."
            return Check(id="clock", outcome="ok", found=found, measured=measured)
        signs = self._require_resolved().signs
        return Check(
            id="clock",
            outcome="failed" if signs and off >= _FAIL_S else "warning",
            found=f"This machine's clock is {_length(off)} {direction}.",
            fix="Set it right, best by NTP: "
            + (
                "DRS refuses signatures that are about 15 min off."
                if signs
                else "a token works all the same, yet times in answers are judged by this clock."
            ),
            measured=measured,
        )

    async def _credential(self) -> Check:
        return await self._require_api_checks().credential()

    async def _accepted(self) -> Check:
        transport = self._require_api_checks().transport()
        self._transport = ReadingTransport(await self._stack.enter_async_context(transport))
        return await self._require_api_checks().accepted(self._transport)

    async def _project(self) -> Check:
        return self._require_api_checks().project()

    async def _permission(self) -> Check:
        return await self._require_api_checks().permission(self._require_transport())

    async def _task(self) -> Check:
        return await self._require_api_checks().task(self._require_transport())

    async def _latency(self) -> Check:
        return self._require_api_checks().latency()

    async def _api(self) -> Check:
        return self._require_api_checks().api()

    # -- what they share -------------------------------------------------------------------------

    async def _probe(self, name: str, origin: str, setting: str) -> ProbeResult:
        result = await EndpointProbe(self._case.clock, self._case.wire).probe(origin, setting)
        self._probed[name] = result
        return result

    def _require_resolved(self) -> ResolvedSettings:
        assert self._resolved is not None  # noqa: S101  the settings passed, or this was skipped
        return self._resolved

    def _require_api_checks(self) -> ApiChecks:
        assert self._api_checks is not None  # noqa: S101  the same
        return self._api_checks

    def _require_transport(self) -> ReadingTransport:
        assert self._transport is not None  # noqa: S101  the same
        return self._transport


def _length(seconds: float) -> str:
    if seconds < 600:
        return f"{seconds:.0f} s"
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    if seconds < 172_800:
        return f"{seconds / 3600:.0f} h"
    return f"{seconds / 86_400:,.0f} days"

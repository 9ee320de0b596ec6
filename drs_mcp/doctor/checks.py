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
from drs_mcp.api.transport import Transport
from drs_mcp.clock import Clock, SystemClock, iso
from drs_mcp.doctor.api_checks import Asking
from drs_mcp.doctor.endpoint_probe import Reached, Reacher
from drs_mcp.doctor.report import TITLES, Check, Report, report
from drs_mcp.doctor.settings_check import Plan, check_settings
from drs_mcp.errors import DrsError
from drs_mcp.settings import Settings

_WARN_S: Final = 60.0
_FAIL_S: Final = 600.0
"""A signature is refused at about 900 s; the clock that drifted so far will get there."""

Tell = Callable[[Check], None]


def _silent(_: Check) -> None:
    """Tell nobody."""


def _network() -> None:
    """No wire but the network."""


@dataclass(frozen=True)
class Case:
    """What is to be examined.

    Attributes:
        profile: the profile's name.
        settings: its settings, or why there are none.
        clock: the one clock.
        wire: the seam for tests and the embedded DRS.
    """

    profile: str
    settings: Settings | DrsError
    clock: Clock = field(default_factory=SystemClock)
    wire: Wire = _network


async def examine(case: Case, tell: Tell = _silent) -> Report:
    """Make every check, and *tell* of each as it is done."""
    async with AsyncExitStack() as stack:
        checks = await _Examination(case, stack).all(tell)
    return report(
        checks, version=__version__, profile=case.profile, as_of=iso(case.clock.utc_now())
    )


class _Examination:
    def __init__(self, case: Case, stack: AsyncExitStack) -> None:
        self._case = case
        self._stack = stack
        self._plan: Plan | None = None
        self._asking: Asking | None = None
        self._transport: Transport | None = None
        self._reached: dict[str, Reached] = {}
        self._done: dict[str, Check] = {}
        self._blame: dict[str, str] = {}

    async def all(self, tell: Tell) -> list[Check]:
        checks: Mapping[str, Callable[[], Awaitable[Check]]] = {
            "settings": self._settings,
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
            done = self._skipped(name) or await self._made(name, check)
            done = done.without(self._secrets())
            self._done[name] = done
            if done.outcome == "failed":
                self._blame[name] = name
            tell(done)
        return list(self._done.values())

    def _needs(self, name: str) -> list[str]:
        plan = self._plan
        if name == "settings":
            return []
        if name in ("drs", "iam", "clock") or plan is None:
            return ["settings"]
        iam = ["iam"] if plan.needs_iam else []
        return {
            "credential": iam if plan.from_iam else [],
            "accepted": ["credential", "drs", *iam, *(["clock"] if plan.signs else [])],
            "project": ["accepted"],
            "permission": ["project"],
            "task": ["permission"],
            "latency": ["accepted"],
            "api": ["permission"],
        }[name]

    def _skipped(self, name: str) -> Check | None:
        for need in self._needs(name):
            if need in self._blame:
                self._blame[name] = blamed = self._blame[need]
                found = f"Not made, as {TITLES[blamed]} failed."
                return Check(id=name, outcome="skipped", found=found)
        return None

    async def _made(self, name: str, check: Callable[[], Awaitable[Check]]) -> Check:
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
        for credential in self._asking.source.gave if self._asking else []:
            if isinstance(credential, Keys):
                found += [credential.access_key, credential.secret_key, credential.security_token]
            else:
                found.append(credential.value)
        return found

    # -- the checks ------------------------------------------------------------------------------

    async def _settings(self) -> Check:
        case = self._case
        check, self._plan = check_settings(case.settings, case.clock, case.wire)
        if self._plan is not None:
            self._asking = Asking(self._plan, case.clock)
        return check

    async def _drs(self) -> Check:
        plan = self._planned()
        setting = "DRS_MCP_ENDPOINT" if plan.settings.endpoint else "DRS_MCP_REGION"
        reached = await self._reach("drs", plan.origin, setting)
        if reached.well:
            return Check(id="drs", outcome="ok", found=reached.found, measured=reached.measured)
        return Check(id="drs", outcome="failed", found=reached.found, fix=reached.fix)

    async def _iam(self) -> Check:
        plan = self._planned()
        needed = plan.needs_iam
        if not plan.iam.origin:
            if not needed:
                found = "Not known for another cloud, and not needed: the project ID is given."
                return Check(id="iam", outcome="skipped", found=found)
            return Check(
                id="iam",
                outcome="failed",
                found="DRS_MCP_ENDPOINT is of another cloud, whose IAM is not known.",
                fix="Set DRS_MCP_IAM_ENDPOINT; or give DRS_MCP_PROJECT_ID and a token or keys.",
            )
        setting = "DRS_MCP_IAM_ENDPOINT" if plan.settings.iam_endpoint else "DRS_MCP_REGION"
        reached = await self._reach("iam", plan.iam.origin, setting)
        if reached.well:
            return Check(id="iam", outcome="ok", found=reached.found, measured=reached.measured)
        same = reached.fix == self._reached["drs"].fix
        fix = f"As for {TITLES['drs']}." if same else reached.fix
        if needed:
            return Check(id="iam", outcome="failed", found=reached.found, fix=fix)
        found = f"{reached.found} It is not needed: project ID and credentials are given."
        return Check(id="iam", outcome="warning", found=found, fix=fix)

    async def _clock(self) -> Check:
        told = [one.ahead_s for one in self._reached.values() if one.ahead_s is not None]
        if not told:
            return Check(id="clock", outcome="skipped", found="No answer told the time.")
        ahead = told[0]
        off, way = abs(ahead), "ahead" if ahead > 0 else "behind"
        measured = {"ahead_s": round(ahead, 1)}
        if off < _WARN_S:
            found = f"This machine's clock is right, to {max(1.0, off):.0f} s."
            return Check(id="clock", outcome="ok", found=found, measured=measured)
        signs = self._planned().signs
        return Check(
            id="clock",
            outcome="failed" if signs and off >= _FAIL_S else "warning",
            found=f"This machine's clock is {_length(off)} {way}.",
            fix="Set it right, best by NTP: "
            + (
                "DRS refuses signatures that are about 15 min off."
                if signs
                else "a token works all the same, yet times in answers are judged by this clock."
            ),
            measured=measured,
        )

    async def _credential(self) -> Check:
        return await self._asked().credential()

    async def _accepted(self) -> Check:
        transport = self._asked().transport()
        self._transport = await self._stack.enter_async_context(transport)
        return await self._asked().accepted(transport)

    async def _project(self) -> Check:
        return self._asked().project()

    async def _permission(self) -> Check:
        return await self._asked().permission(self._opened())

    async def _task(self) -> Check:
        return await self._asked().task(self._opened())

    async def _latency(self) -> Check:
        return self._asked().latency()

    async def _api(self) -> Check:
        return self._asked().api()

    # -- what they share -------------------------------------------------------------------------

    async def _reach(self, name: str, origin: str, setting: str) -> Reached:
        reached = await Reacher(self._case.clock, self._case.wire).reach(origin, setting)
        self._reached[name] = reached
        return reached

    def _planned(self) -> Plan:
        assert self._plan is not None  # noqa: S101  the settings passed, or this was skipped
        return self._plan

    def _asked(self) -> Asking:
        assert self._asking is not None  # noqa: S101  the same
        return self._asking

    def _opened(self) -> Transport:
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

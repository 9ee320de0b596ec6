"""Faults to switch on: what a network, a gateway and a service under strain do."""

from dataclasses import dataclass, field
from typing import Literal

from drs_mcp.simulator.refusal import Refusal, iam_refused, no_such_api, refused

Kind = Literal[
    "throttle", "fail", "slow", "cut_off", "truncate", "expire_token", "forbid", "not_offered"
]

_OF_IAM = ("tokens", "projects")
_BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


@dataclass
class Fault:
    """One kind of trouble for the next *times* requests (None: for all of them)."""

    kind: Kind
    times: int | None = 1
    on: str = ""
    status: int = 500
    retry_after: str = ""
    seconds: float = 0.0


@dataclass
class Faults:
    """The trouble to come, in the order in which it was switched on.

    Every switch takes how many requests it is for (`times`, None: all until `clear`) and which:
    `on` is the query's `type`, the path's own word (`monitor-data`), `list` for the task list,
    `tokens` or `projects` for IAM, and empty for any request.
    """

    coming: list[Fault] = field(default_factory=list)

    def throttle(self, times: int | None = 1, *, retry_after: str = "", on: str = "") -> None:
        """429 of the gateway, with a `Retry-After` header if one is given."""
        self.coming.append(Fault("throttle", times, on, retry_after=retry_after))

    def fail(
        self,
        status: Literal[500, 502, 503] = 500,
        times: int | None = 1,
        *,
        on: str = "",
    ) -> None:
        """A server error; 502 comes as a proxy's HTML."""
        self.coming.append(Fault("fail", times, on, status=status))

    def slow(self, seconds: float, times: int | None = 1, *, on: str = "") -> None:
        """The answer comes late, by the simulator's own clock."""
        self.coming.append(Fault("slow", times, on, seconds=seconds))

    def cut_off(self, times: int | None = 1, *, on: str = "") -> None:
        """The connection ends in the middle of the body."""
        self.coming.append(Fault("cut_off", times, on))

    def truncate(self, times: int | None = 1, *, on: str = "") -> None:
        """A whole answer with half its JSON."""
        self.coming.append(Fault("truncate", times, on))

    def expire_token(self, times: int | None = 1, *, on: str = "") -> None:
        """401: the token must be updated."""
        self.coming.append(Fault("expire_token", times, on))

    def forbid(self, times: int | None = 1, *, on: str = "") -> None:
        """403: the user may not call this API."""
        self.coming.append(Fault("forbid", times, on))

    def not_offer(self, times: int | None = None, *, on: str = "") -> None:
        """404 of the gateway: the region does not have this API."""
        self.coming.append(Fault("not_offered", times, on))

    def clear(self) -> None:
        """No more trouble."""
        self.coming.clear()

    def take(self, kind: str) -> Fault | None:
        """The fault for a request of type *kind*, spent by one."""
        for fault in self.coming:
            if fault.on not in ("", kind):
                continue
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    self.coming.remove(fault)
            return fault
        return None


def refusal_of(fault: Fault) -> Refusal | None:
    """The error answer of a fault; None when it answers otherwise."""
    if fault.kind == "throttle":
        refusal = refused(
            429,
            "APIG.0308",
            "The throttling threshold has been reached: policy user over ratelimit,limit:50,"
            "time:1 second",
        )
        if fault.retry_after:
            refusal.headers["Retry-After"] = fault.retry_after
        return refusal
    if fault.kind == "expire_token":
        return refused(401, "APIGW.0307", "The token must be updated.")
    if fault.kind == "not_offered":
        return no_such_api()
    if fault.kind == "forbid":
        return refused(403, "APIGW.0302", "The IAM user is not authorized to access the API.")
    if fault.kind == "fail" and fault.on in _OF_IAM and fault.status != 502:
        return iam_refused(fault.status, "Internal Server Error", "The server failed.")
    if fault.kind == "fail" and fault.status == 500:
        return refused(500, "DRS.M00004", "Service is abnormal. Check logs.")
    if fault.kind == "fail" and fault.status == 503:
        return refused(503, "APIG.0613", "IAM is not available.")
    return None


def html_of(fault: Fault) -> str | None:
    """The page that a proxy answers in place of the service; None when it does not."""
    return _BAD_GATEWAY if fault.kind == "fail" and fault.status == 502 else None

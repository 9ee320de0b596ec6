"""Every error of drs-mcp, in one tree.

    DrsError
    ├── SettingsError            a setting is missing or cannot be used
    ├── AuditError               an audit line that had to be written could not be
    ├── ActionRefused            a lock held or nobody said yes: no action was sent
    ├── ArgumentError            refused before anything was sent
    │   ├── MissingQueryId       only whoever started the check knows its query_id
    │   ├── TaskNameNotFound     no task has that name
    │   ├── AmbiguousTaskName    several tasks have it
    │   ├── NoComparison         there is no finished comparison to read
    │   └── NothingListed        what was to be searched for a name lists nothing
    ├── ApiError                 DRS, its gateway or IAM answered with an error
    │   ├── NotAuthenticated     401: token or signature refused
    │   ├── NotPermitted         403: known, but not allowed
    │   ├── Blocked              a firewall, proxy or list of addresses refused it
    │   ├── TaskNotFound         DRS.10000010 and its kin
    │   ├── Throttled            429 or a throttling code
    │   ├── RequestRefused       any other 4xx
    │   └── ServiceFault         5xx
    └── TransportError           no usable answer came back
        ├── Unreachable          connection, DNS or TLS failed
        ├── TimedOut             the read timeout or the call's deadline passed
        └── BadAnswer            not JSON, too large, or a redirect

A message says what failed, for which task and region, and the next step. What the other side wrote
follows as a last line, `DRS said: "…"` (or IAM), quoted: it is never part of our own sentences.
"""

from typing import Self, TypeVar

from drs_mcp.quoting.names import in_quotes
from drs_mcp.quoting.quoted import as_identifier, quote


class DrsError(Exception):
    """Base of all errors that a caller may read.

    Attributes:
        of_credentials: whether they could not be obtained: another request would fare no better.
    """

    of_credentials: bool = False


class SettingsError(DrsError):
    """A setting is missing or cannot be used; names the setting, never its value."""


class AuditError(DrsError):
    """An audit line that had to be written could not be; never says where it should have gone."""

    @classmethod
    def not_written(cls, why: str) -> Self:
        """The error, with *why* in our own words or an exception's type."""
        return cls(
            f"The audit line of this call was not written ({why}), so nothing is answered. Whoever "
            "runs drs-mcp can find out more with `drs-mcp doctor`: DRS_MCP_AUDIT says where lines "
            "go, DRS_MCP_AUDIT_REQUIRED that none may be missing."
        )


class ActionRefused(DrsError):
    """No action was sent: one of the locks held, or no human said yes."""


class ArgumentError(DrsError):
    """An argument was refused before anything was sent."""


class MissingQueryId(ArgumentError):
    """A check's result can be read only with the query_id its start returned."""


class TaskNameNotFound(ArgumentError):
    """No task of the project has the name."""


class AmbiguousTaskName(ArgumentError):
    """Several tasks have the name; the message lists them."""


class NoComparison(ArgumentError):
    """The task has no finished comparison of the wanted type."""


class NothingListed(ArgumentError):
    """What was to be searched for a name lists nothing at all."""


class ApiError(DrsError):
    """DRS, its gateway or IAM answered with an error.

    Attributes:
        status: the HTTP status.
        code: the upstream `error_code` (Table 56), such as `DRS.10000010`; empty if it has none,
            or one that is no identifier: then it is part of what was said.
        said: the upstream message, quoted; may be empty.
        request_id: the upstream's request ID, if it is an identifier; may be empty.
        speaker: who answered, `DRS` or `IAM`.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int,
        code: str = "",
        said: str = "",
        request_id: str = "",
        speaker: str = "DRS",
    ) -> None:
        self.status = status
        self.speaker = speaker
        self.code = quote(as_identifier(code) or "")
        self.said = quote(said if self.code or not code else f"{code}: {said}", 300)
        self.request_id = quote(as_identifier(request_id) or "")
        super().__init__(self._with_facts(message))

    def _with_facts(self, message: str) -> str:
        facts = [f"HTTP {self.status}"]
        if self.code:
            facts.append(f"error code {self.code}")
        if self.request_id:
            facts.append(f"request {self.request_id}")
        text = f"{message} ({', '.join(facts)})"
        if self.said:
            text += f"\n{self.speaker} said: {in_quotes(self.said)}"
        return text

    def with_message(self, message: str) -> Self:
        """The same error with another message of our own."""
        self.args = (self._with_facts(message),)
        return self


class NotAuthenticated(ApiError):
    """The token or the signature was refused.

    Attributes:
        skew_s: seconds that this machine's clock is ahead of the one that answered, if it told.
    """

    skew_s: float | None = None


class NotPermitted(ApiError):
    """The caller is known but not allowed."""


class Blocked(ApiError):
    """A firewall, a proxy or a list of addresses refused the request: no rights are missing."""


class TaskNotFound(ApiError):
    """DRS knows no task of that ID in this project and region."""


class Throttled(ApiError):
    """The gateway or DRS asked for fewer requests."""


class RequestRefused(ApiError):
    """DRS refused the request's parameters."""


class ServiceFault(ApiError):
    """DRS or its gateway failed."""


class TransportError(DrsError):
    """No usable answer came back.

    Attributes:
        may_have_left: whether the request can have reached the other side.
    """

    may_have_left: bool = True


TransportErrorT = TypeVar("TransportErrorT", bound=TransportError)


class Unreachable(TransportError):
    """The connection, the name look-up or TLS failed."""


class TimedOut(TransportError):
    """A time limit passed before the answer was there."""


class BadAnswer(TransportError):
    """The answer was not JSON, was too large, or was a redirect."""


def never_sent(error: TransportErrorT) -> TransportErrorT:
    """The error, saying that its request never left."""
    error.may_have_left = False
    return error

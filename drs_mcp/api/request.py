"""One request to DRS, and what came of it."""

from dataclasses import dataclass, field
from typing import Any

from drs_mcp.api.http.error_bodies import ANYTHING, Asked
from drs_mcp.api.http.limits import Limits
from drs_mcp.api.http.retries import RetryableError
from drs_mcp.errors import DrsError
from drs_mcp.ledger import ledger


@dataclass(frozen=True)
class RequestSpec:
    """What one request asks for; reads whose specifications are equal share an exchange."""

    method: str
    path: str
    parameters: tuple[tuple[str, str], ...]
    body: bytes
    what: str
    language: str
    rows: bool
    repeatable: bool
    asked: Asked = ANYTHING

    @property
    def answered_as_is(self) -> bool:
        """Whether whoever asked judges a 2xx himself: it may say that nothing was done."""
        return not self.repeatable


@dataclass
class ExchangeResult:
    """The result of one exchange, shared by every call that waited for it: the body is read only."""

    sent: int = 0
    request_ids: list[str | None] = field(default_factory=list)
    bytes: int = 0
    body: Any = None
    error: DrsError | RetryableError | None = None

    def charge(self, limits: Limits) -> None:
        """Count to one of those calls what it cost."""
        limits.requests += max(0, self.sent - 1)  # the first one was counted before
        limits.request_ids += [found for found in self.request_ids if found]
        if (book := ledger()) is not None:
            for request_id in self.request_ids:
                book.answered(request_id)
            book.bytes += self.bytes

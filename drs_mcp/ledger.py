"""What one tool call costs and meets, counted wherever it happens, for the audit line.

A call opens a ledger; the client and `Quoted` add to the one of their context. Tasks that a call
starts share its ledger. Without one nothing is counted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

_MOST_IDS = 20


@dataclass
class Ledger:
    """The counts of one call.

    Attributes:
        arguments: the arguments as they were validated.
        requests: requests sent to DRS or IAM.
        bytes: decoded bytes that came back.
        request_ids: the first of DRS's request IDs.
        quoted: pieces of third-party text that needed a closer look.
        sanitised: of those, how many lost characters that nobody can see.
        redacted: of those, in how many a secret or a literal was hidden.
        cut_texts: texts as they are shown where there was no room for all of them.
    """

    arguments: dict[str, Any] = field(default_factory=dict)
    requests: int = 0
    bytes: int = 0
    request_ids: list[str] = field(default_factory=list)
    quoted: int = 0
    sanitised: int = 0
    redacted: int = 0
    cut_texts: set[str] = field(default_factory=set)

    def count_text(self, written: str, clean: str, shown: str) -> None:
        """Count a piece of third-party text: as written, sanitised, and redacted as well."""
        self.quoted += 1
        if clean != written and "".join(clean.split()) != "".join(written.split()):
            self.sanitised += 1
        if shown != clean:
            self.redacted += 1

    def answered(self, request_id: str | None) -> None:
        """Count one request that was answered."""
        self.requests += 1
        if request_id and len(self.request_ids) < _MOST_IDS:
            self.request_ids.append(request_id)


_CURRENT: ContextVar[Ledger | None] = ContextVar("drs_mcp_ledger", default=None)


def ledger() -> Ledger | None:
    """The ledger of the call that runs here, if one is kept."""
    return _CURRENT.get()


@contextmanager
def open_ledger() -> Iterator[Ledger]:
    """Keep a ledger while a call runs."""
    made = Ledger()
    token = _CURRENT.set(made)
    try:
        yield made
    finally:
        _CURRENT.reset(token)

"""The caller's name, for whatever writes it down, such as the audit log.

Over stdio it is the host that started the server. Over HTTP it is the name of a token, the subject
of an OAuth token, or nobody in particular on loopback. The name holds for one request and for the
tasks that it starts.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

STDIO: Final = "stdio"
ANONYMOUS: Final = "anonymous"
"""Over HTTP on loopback, where no authentication was asked for."""
RESERVED: Final = (STDIO, ANONYMOUS)
"""Names that no token may give its holder: audit lines would speak of somebody else."""


def is_reserved(name: str) -> bool:
    """Whether the server itself calls callers so; without regard to case."""
    return name.strip().casefold() in RESERVED


_caller: ContextVar[str] = ContextVar("caller", default=STDIO)


def caller() -> str:
    """The name of who is asking; never a token."""
    return _caller.get()


@contextmanager
def called_by(name: str) -> Iterator[None]:
    """Set the caller's name for what is done inside."""
    token = _caller.set(name)
    try:
        yield
    finally:
        _caller.reset(token)

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
_may_act: ContextVar[bool] = ContextVar("may_act", default=True)


def caller() -> str:
    """The name of who is asking; never a token."""
    return _caller.get()


def may_act() -> bool:
    """Whether who is asking may act, where actions are on; over stdio whoever started the server."""
    return _may_act.get()


def close_to_actions() -> None:
    """From here on nobody may act but whom `called_by` lets: for servers that many can reach."""
    _may_act.set(False)


@contextmanager
def called_by(name: str, *, acts: bool = False) -> Iterator[None]:
    """Set the caller's name for what is done inside, and whether it may act."""
    named, acting = _caller.set(name), _may_act.set(acts)
    try:
        yield
    finally:
        _may_act.reset(acting)
        _caller.reset(named)

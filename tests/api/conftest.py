"""What every test about credentials is asked beside its own question: was a secret told?"""

import logging
from io import StringIO

import pytest

from drs_mcp.observe import stderr_log
from tests.support.kept import Listener, assert_kept, parts_of, texts_of


@pytest.fixture
def kept(capsys):
    """`kept(thing)` asserts that a thing shows no secret; so does all that is logged and printed.

    Logging is as the server sets it up, at DEBUG.
    """
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    stderr_log.configure("DEBUG")
    written = StringIO()
    root.handlers[0].setStream(written)
    listener = Listener()
    root.addHandler(listener)
    yield lambda *things: [assert_kept(texts_of(thing)) for thing in things]
    root.handlers[:], root.level = handlers, level
    printed = capsys.readouterr()
    assert len(written.getvalue().splitlines()) >= len(listener.heard)
    assert_kept([*listener.heard, written.getvalue(), printed.out, printed.err])


@pytest.fixture
def tell_once(tell, anyio_backend):
    """`tell`, for tests that run on both event loops and find the same on each."""
    return tell if anyio_backend == "asyncio" else lambda *_: None


@pytest.fixture
def ask(kept):
    """Ask a cloud for its tasks: what comes back or is raised, neither with a secret."""

    async def ask(cloud, settings):
        kept(settings)
        async with cloud.connected(settings) as opened:
            try:
                return await cloud.listed(opened)
            except Exception as error:
                kept(error)
                raise
            finally:
                kept(*parts_of(opened))

    return ask

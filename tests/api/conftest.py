"""Fixtures for tests about credentials, which all check that no secret is shown."""

import logging
from io import StringIO

import pytest

from drs_mcp.observe import stderr_log
from tests.support.planted_secrets import LogCollector, assert_no_secrets, parts_of, texts_of


@pytest.fixture
def check_secrets(capsys):
    """`check_secrets(thing)` asserts that a thing shows no secret, and nothing logged or printed does.

    Logging is as the server sets it up, at DEBUG.
    """
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    written = StringIO()
    stderr_log.configure("DEBUG", written)
    listener = LogCollector()
    root.addHandler(listener)
    yield lambda *things: [assert_no_secrets(texts_of(thing)) for thing in things]
    root.handlers[:], root.level = handlers, level
    printed = capsys.readouterr()
    assert len(written.getvalue().splitlines()) >= len(listener.records)
    assert_no_secrets([*listener.records, written.getvalue(), printed.out, printed.err])


@pytest.fixture
def record_row_once(record_row, anyio_backend):
    """`record_row`, for tests that run on both event loops and find the same on each."""
    return record_row if anyio_backend == "asyncio" else lambda *_: None


@pytest.fixture
def ask(check_secrets):
    """Ask a cloud for its tasks: what comes back or is raised, neither with a secret."""

    async def ask(cloud, settings):
        check_secrets(settings)
        async with cloud.connected(settings) as opened:
            try:
                return await cloud.listed(opened)
            except Exception as error:
                check_secrets(error)
                raise
            finally:
                check_secrets(*parts_of(opened))

    return ask

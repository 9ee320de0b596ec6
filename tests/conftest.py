"""Fixtures of the whole suite: both event loops, a driven clock, report tables."""

import gc
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.support.report_tables import print_tables, row_recorder

settings.register_profile(
    "offline", derandomize=True, deadline=None, suppress_health_check=list(HealthCheck)
)
settings.load_profile("offline")

os.environ["SSL_CERT_FILE"] = str(Path(__file__).parent / "fixtures" / "authority.pem")
"""One authority, of which nobody has the key: to load all of a system's takes each client 20 ms."""


@pytest.hookimpl(wrapper=True)
def pytest_collection():
    """Collect without garbage collections, and have later ones pass over what was collected.

    The tests and the modules stay to the end: to look through them again and again would take a
    third of the time of collecting, and a tenth of that of running.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request):
    return request.param


class DrivenClock:
    """A clock that stands still; sleeping moves it at once."""

    def __init__(self, start: datetime = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)) -> None:
        self.now = start
        self.seconds = 0.0
        self.slept: list[float] = []

    def utc_now(self) -> datetime:
        return self.now

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.forward(seconds)

    def forward(self, seconds: float) -> None:
        self.seconds += seconds
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock():
    return DrivenClock()


@pytest.fixture
def record_row(record_property):
    """Adds a row to a table that is printed at the end of the run: `record_row("table", {…})`."""
    return row_recorder(record_property)


def pytest_terminal_summary(terminalreporter):
    print_tables(terminalreporter)

"""How a long read tells that it is alive: progress with a message, for whoever asked."""

from typing import Protocol


class ProgressReporter(Protocol):
    """Reports how far a question is. A tool that has a parameter of this type is handed one.

    What it says is our own words, as in a headline.
    """

    async def __call__(self, done: float, total: float, message: str, /) -> None:
        """Say that *done* of *total* is over; *done* must grow from call to call."""


async def ignore_progress(done: float, total: float, message: str, /) -> None:
    """Tell nobody."""
    del done, total, message

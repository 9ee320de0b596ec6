"""Reporting the progress of a long read to whoever asked, with a message."""

from typing import Protocol


class ProgressReporter(Protocol):
    """Reports how far a call is. A tool that has a parameter of this type is handed one.

    The message is in our own words, as in a headline.
    """

    async def __call__(self, done: float, total: float, message: str, /) -> None:
        """Say that *done* of *total* is over; *done* must grow from call to call."""


async def ignore_progress(done: float, total: float, message: str, /) -> None:
    """Report to nobody."""
    del done, total, message

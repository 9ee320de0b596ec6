"""Leaving in time, whatever hangs: a signal's handler that needs no event loop, and a last resort."""

import atexit
import faulthandler
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Final

from drs_mcp.observe.line_writer import flush_all

_FLUSH_S: Final = 0.5
"""For lines that still wait; then whoever does not read them has had its time."""
_SPARE_S: Final = 0.6
"""For a machine that has more to do than to run this thread."""
_WATCHDOG_S: Final = 0.4
"""So much later the process ends even if Python itself stands still."""
_FINISH_S: Final = 6.0
"""For Python to take itself down, which takes long where much else runs."""
_LONGEST_S: Final = 9.5
"""For everything from the signal on."""

SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)


def exit_within(seconds: float) -> None:
    """End the process by then, with exit code 0, unless it has ended by itself.

    The event loop need not run. Where no Python code runs at all, such as in a regular expression
    that does not come to an end, a watchdog that needs no interpreter ends it a moment later.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    faulthandler.dump_traceback_later(seconds + _WATCHDOG_S, exit=True, file=nowhere)
    atexit.register(_let_finish, time.monotonic() + _LONGEST_S, nowhere)
    timer = threading.Timer(max(seconds / 2, seconds - _FLUSH_S - _SPARE_S), _leave)
    timer.daemon = True
    timer.start()


def _let_finish(until: float, nowhere: int) -> None:
    """All threads have ended: what Python still does takes time, and is no reason to end with 1."""
    left = max(_WATCHDOG_S, min(_FINISH_S, until - time.monotonic()))
    faulthandler.dump_traceback_later(left, exit=True, file=nowhere)


def _leave() -> None:
    flush_all(_FLUSH_S)
    os._exit(0)


def on_signal(stop: Callable[[], object], within_s: float) -> None:
    """From now on SIGINT and SIGTERM call *stop*, and end the process within that time.

    For the main thread. Python runs a handler between two instructions, and while a system call
    waits: the loop may be blocked by either.

    Args:
        stop: begins to leave; called in the main thread, wherever that is.
        within_s: how long leaving may take.
    """

    def handle(_signal: int, _frame: FrameType | None) -> None:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)  # one is enough: it is on its way
        exit_within(within_s)
        with suppress(RuntimeError):  # the loop has ended already
            stop()

    for number in SIGNALS:
        signal.signal(number, handle)

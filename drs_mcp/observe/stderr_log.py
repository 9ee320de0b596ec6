"""Logging to stderr, without secrets: stdout belongs to the protocol.

Records go through a queue: a log that nobody reads holds up nobody. A record that is made again and
again is written a few times and then counted: strangers can cause records, and must not fill disks.
"""

import logging
import re
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Final, TextIO

from drs_mcp.observe.line_writer import AT_EXIT_S, Lines, stderr_writer
from drs_mcp.quoting.invisible import sanitise
from drs_mcp.quoting.known_secrets import redact_known
from drs_mcp.quoting.secrets import hide_secrets

# These print whole URLs, headers and bodies; never, even when debugging.
QUIET = ("httpx2", "httpcore2", "hpack", "uvicorn.access", "sse_starlette")

FORMAT: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"
MOST_CHARS: Final = 32_768
"""Of one record; a name of a megabyte may stand in an error's text."""
_AHEAD: Final = 4096
"""Read beyond what is kept, so that no secret is cut where its form can no longer be seen."""

REPEATS: Final = 20
"""Records of one form that are written in each period of `PERIOD_S`; the rest are counted."""
PERIOD_S: Final = 10.0
_MOST_FORMS: Final = 1000

_FURTHER = "\n | "
"""Begins every line of a record but the first, so that no text can look like another record."""

_ESCAPED = re.compile(r"\\[xuU](?P<code>(?<=x)[0-9a-f]{2}|(?<=u)[0-9a-f]{4}|(?<=U)[0-9a-f]{8})")


class SafeFormatter(logging.Formatter):
    """Formats, traceback and all, then cleans and redacts: nothing is rendered after it."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as safe text, line breaks of the traceback kept."""
        text = redact_known(super().format(record))
        lines = text[: MOST_CHARS + _AHEAD].splitlines()
        clean = (sanitise(_ESCAPED.sub(_unescape_invisible, line)) for line in lines)
        shown = hide_secrets(_FURTHER.join(line for line in clean if line.strip()))
        if len(text) <= MOST_CHARS:
            return shown
        return f"{shown[:MOST_CHARS]}{_FURTHER}… and {len(text) - MOST_CHARS:,} characters more."


def _unescape_invisible(escaped: re.Match[str]) -> str:
    """A character that nobody can see, where `repr` or JSON wrote it out: it must not split a key."""
    code = int(escaped["code"], 16)
    return chr(code) if code <= sys.maxunicode and not sanitise(chr(code)) else escaped[0]


class RepeatFilter(logging.Filter):
    """Lets a few records of one form through in each period, and tells how many it left out.

    The form is what the code says, not the values that it puts in.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._now = now
        self._lock = threading.Lock()
        self._seen: dict[tuple[str, int, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is to be written; the first of a new period tells what was left out."""
        form, now = (record.name, record.levelno, str(record.msg)[:500]), self._now()
        with self._lock:
            if len(self._seen) >= _MOST_FORMS and form not in self._seen:
                self._seen.clear()
            began, count = self._seen.get(form, (now, 0))
            over = now - began >= PERIOD_S
            left_out = max(0, count - REPEATS) if over else 0
            began, count = (now, 1) if over else (began, count + 1)
            self._seen[form] = (began, count)
        if left_out:
            record.msg = f"{record.getMessage()} (and {left_out:,} more like it before this one)"
            record.args = None
        return count <= REPEATS


class QueueingHandler(logging.Handler):
    """Hands records, as text, to the writer of stderr."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = Lines(stderr_writer(), _told)

    def emit(self, record: logging.LogRecord) -> None:
        """Queue one record; never waits."""
        try:
            self.lines.put(self.format(record))
        except Exception:  # noqa: BLE001  logging fails nobody
            self.handleError(record)


def _told(line: str, dropped: int) -> str:
    were = "line was" if dropped == 1 else "lines were"
    return f"{dropped:,} {were} dropped here: nobody read stderr.\n{line}"


def _is_http_chatter(record: logging.LogRecord) -> bool:
    """Whether a record is chatter of an HTTP library, whatever level somebody has set for it."""
    chatty = any(f"{record.name}.".startswith(f"{name}.") for name in QUIET)
    return chatty and record.levelno < logging.WARNING


def configure(level: str = "WARNING", stream: TextIO | None = None) -> None:
    """Send all logs to stderr at *level*; the HTTP client's own never below WARNING.

    Args:
        level: the least level that is written.
        stream: written to at once, in place of stderr through the queue.
    """
    handler = QueueingHandler() if stream is None else logging.StreamHandler(stream)
    handler.setFormatter(SafeFormatter(FORMAT))
    handler.addFilter(lambda record: not _is_http_chatter(record))
    if stream is None:
        handler.addFilter(RepeatFilter())
    logging.raiseExceptions = False  # else a record that cannot be written is shown as it was given
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def say(text: str) -> None:
    """Tell whoever started the server something that is no record; never waits."""
    Lines(stderr_writer(), _told).put(text)


def capture_stray_output() -> None:
    """Log what Python itself would print to stderr: it would wait for a pipe that nobody reads."""
    logging.captureWarnings(capture=True)
    logger = logging.getLogger("drs_mcp")

    def uncaught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        logger.critical("The process ends by an error", exc_info=(kind, error, trace))
        stderr_writer().flush(AT_EXIT_S)

    def uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            found = (args.exc_type, args.exc_value, args.exc_traceback)
            logger.error("A thread ended by an error", exc_info=found)

    def unraisable(args: "sys.UnraisableHookArgs") -> None:
        logger.error("An error was raised where nobody could catch it", exc_info=args.exc_value)

    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread
    sys.unraisablehook = unraisable

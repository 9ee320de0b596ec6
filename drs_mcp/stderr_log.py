"""Logging to stderr, without secrets: stdout belongs to the protocol."""

import logging
import sys

from drs_mcp.known_secrets import without_known
from drs_mcp.quoted import redact, sanitise

# These print whole URLs, headers and bodies; never, even when debugging.
_QUIET = ("httpx2", "httpcore2", "hpack", "uvicorn.access", "sse_starlette")

_FURTHER = "\n | "
"""Begins every line of a record but the first, so that no text can look like another record."""


class SafeFormatter(logging.Formatter):
    """Formats, traceback and all, then cleans and redacts: nothing is rendered after it."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as safe text, line breaks of the traceback kept."""
        lines = map(sanitise, without_known(super().format(record)).splitlines())
        return redact(_FURTHER.join(line for line in lines if line.strip()))


def _talks_of_requests(record: logging.LogRecord) -> bool:
    """Whether a record is chatter of an HTTP library, whatever level somebody has set for it."""
    chatty = any(f"{record.name}.".startswith(f"{name}.") for name in _QUIET)
    return chatty and record.levelno < logging.WARNING


def configure(level: str = "WARNING") -> None:
    """Send all logs to stderr at *level*; the HTTP client's own never below WARNING."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(SafeFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(lambda record: not _talks_of_requests(record))
    logging.raiseExceptions = False  # else a record that cannot be written is shown as it was given
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)

"""Logging to stderr, without secrets: stdout belongs to the protocol."""

import logging
import sys

from drs_mcp.quoted import redact, sanitise

# These print whole URLs, headers and bodies; never, even when debugging.
_QUIET = ("httpx2", "httpcore2", "hpack", "uvicorn.access")


class SafeFormatter(logging.Formatter):
    """Formats, traceback and all, then redacts: nothing is rendered after it."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as safe text, line breaks of the traceback kept."""
        lines = redact(super().format(record)).splitlines()
        return "\n".join(sanitise(line) for line in lines)


def configure(level: str = "WARNING") -> None:
    """Send all logs to stderr at *level*; the HTTP client's own never below WARNING."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(SafeFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)

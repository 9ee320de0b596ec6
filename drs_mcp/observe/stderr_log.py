"""Logging to stderr, without secrets: stdout belongs to the protocol."""

import logging
import re
import sys

from drs_mcp.quoting.invisible import sanitise
from drs_mcp.quoting.known_secrets import redact_known
from drs_mcp.quoting.secrets import hide_secrets

# These print whole URLs, headers and bodies; never, even when debugging.
QUIET = ("httpx2", "httpcore2", "hpack", "uvicorn.access", "sse_starlette")

_FURTHER = "\n | "
"""Begins every line of a record but the first, so that no text can look like another record."""

_ESCAPED = re.compile(r"\\[xuU](?P<code>(?<=x)[0-9a-f]{2}|(?<=u)[0-9a-f]{4}|(?<=U)[0-9a-f]{8})")


class SafeFormatter(logging.Formatter):
    """Formats, traceback and all, then cleans and redacts: nothing is rendered after it."""

    def format(self, record: logging.LogRecord) -> str:
        """One record as safe text, line breaks of the traceback kept."""
        lines = redact_known(super().format(record)).splitlines()
        clean = (sanitise(_ESCAPED.sub(_unescape_invisible, line)) for line in lines)
        return hide_secrets(_FURTHER.join(line for line in clean if line.strip()))


def _unescape_invisible(escaped: re.Match[str]) -> str:
    """A character that nobody can see, where `repr` or JSON wrote it out: it must not split a key."""
    code = int(escaped["code"], 16)
    return chr(code) if code <= sys.maxunicode and not sanitise(chr(code)) else escaped[0]


def _is_http_chatter(record: logging.LogRecord) -> bool:
    """Whether a record is chatter of an HTTP library, whatever level somebody has set for it."""
    chatty = any(f"{record.name}.".startswith(f"{name}.") for name in QUIET)
    return chatty and record.levelno < logging.WARNING


def configure(level: str = "WARNING") -> None:
    """Send all logs to stderr at *level*; the HTTP client's own never below WARNING."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(SafeFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(lambda record: not _is_http_chatter(record))
    logging.raiseExceptions = False  # else a record that cannot be written is shown as it was given
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)

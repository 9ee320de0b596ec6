"""Captures what the server logs to stderr, at the most verbose level."""

import logging
from contextlib import contextmanager

from drs_mcp.observe import stderr_log

CHATTY = (
    *stderr_log.QUIET,
    "httpcore2.http11",
    "httpcore2.connection",
    "hpack.hpack",
    "sse_starlette.sse",
)
"""Loggers of HTTP libraries, which the server keeps quiet."""


@contextmanager
def captured_log(stream):
    """Send all that the server logs to *stream*, as it would to stderr; put back afterwards.

    Within one phase of a test only: pytest changes the root logger's handlers between them.
    """
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in CHATTY}
    try:
        stderr_log.configure("DEBUG", stream)
        yield stream
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        logging.raiseExceptions = True
        for name, before in levels.items():
            logging.getLogger(name).setLevel(before)

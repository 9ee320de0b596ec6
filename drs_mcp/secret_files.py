"""Files that hold secrets: read only if they are files and small, and told if others may read them.

Whatever a setting names, nothing waits for a pipe, and no device is read to its end.
"""

import errno
import logging
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 256 * 1024
CLOSE_IT: Final = "Leave it to its owner alone: chmod 600."

_logger = logging.getLogger(__name__)


class NotAFile(OSError):
    """It is a folder, a pipe, a socket or a device."""


class TooLargeFile(OSError):
    """It is larger than any file of its kind."""


def read_secret_file(path: Path, most_bytes: int = MOST_BYTES) -> bytes:
    """The content of a regular file; of a link, of what it leads to.

    Raises:
        NotAFile: it is none.
        TooLargeFile: it has more than *most_bytes*.
        OSError: it cannot be read.
        ValueError: it is no path.
    """
    flags = os.O_RDONLY
    for name in ("O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_NOINHERIT"):
        flags |= getattr(os, name, 0)
    if not stat.S_ISREG(path.stat().st_mode):  # opening a device can already do something
        raise NotAFile(errno.EINVAL, "not a regular file")
    descriptor = os.open(path, flags)
    with os.fdopen(descriptor, "rb") as file:
        state = os.fstat(descriptor)  # what was opened may be another than what was looked at
        if not stat.S_ISREG(state.st_mode):
            raise NotAFile(errno.EINVAL, "not a regular file")
        if state.st_size > most_bytes:
            raise TooLargeFile(errno.EFBIG, "too large")
        content = file.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise TooLargeFile(errno.EFBIG, "too large")
    return content


def is_too_open(path: Path) -> bool:
    """Whether users who need not read or change the file may do so; False where nothing is known.

    Our own file is for us alone. One that another user owns, such as a mounted secret, may let our
    group read it: there is no other way. Windows has no such modes.
    """
    if os.name == "nt":
        return False
    try:
        state = path.stat()
    except (OSError, ValueError):
        return False
    ours = state.st_uid == os.geteuid()
    return bool(stat.S_IMODE(state.st_mode) & (0o077 if ours else 0o037))


def too_open(files: Mapping[str, Path]) -> list[str]:
    """The labels of those *files* that are too open, in order."""
    return [label for label, path in files.items() if is_too_open(path)]


def warn_of_too_open(files: Mapping[str, Path]) -> None:
    """Log which of *files* are too open, by their labels; never by their paths."""
    for label in too_open(files):
        _logger.warning("%s: other users may read or change that file. %s", label, CLOSE_IT)

"""Lines for stderr or a file, written by a thread of their own: nobody who leaves one waits.

A pipe that nobody reads takes 64 KiB and then blocks whoever writes; a disk may be full or slow. So
lines wait in a bounded queue; what finds no room in it, and what cannot be written, is counted, and
the count is told by the next line of its kind that gets through.
"""

import atexit
import os
import stat
import sys
import threading
import time
import weakref
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from io import UnsupportedOperation
from pathlib import Path
from typing import Final, Protocol, TextIO

MOST_LINES: Final = 4096
MOST_CHARS: Final = 4 * 1024 * 1024
"""What may wait in one queue."""

_IDLE_S: Final = 5.0
"""After that long without a line the thread ends; the next line starts another."""
_PAUSE_S: Final = 0.02
AT_EXIT_S: Final = 1.0
"""For lines that still wait when the process ends."""


class Sink(Protocol):
    """Where lines end up."""

    def write(self, data: bytes, *, durable: bool) -> None:
        """Write a line, to the disk itself where it must be *durable*.

        Raises:
            OSError: it could not be written, or not all of it.
            ValueError: there is nothing to write to any more.
        """


class StreamSink:
    """A stream such as stderr; past its buffer, so that no lock of it is held when we hang."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    def write(self, data: bytes, *, durable: bool) -> None:  # noqa: ARG002  a stream has no disk
        """Write a line; blocks as long as nobody reads."""
        if self._stream is None:
            raise ValueError
        try:
            descriptor = self._stream.fileno()
        except (UnsupportedOperation, AttributeError):
            self._stream.write(data.decode("utf-8"))
            self._stream.flush()
            return
        _write_all(descriptor, data, patient=True)


class FileSink:
    """A file that is opened for each line: whoever rotates it need not tell us.

    It is made readable by its owner alone. A named pipe is not waited for.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._torn = False

    def write(self, data: bytes, *, durable: bool) -> None:
        """Append a line."""
        descriptor = self._open()
        try:
            if self._torn:  # what was left of a line when the disk was full must not swallow this
                data = b"\n" + data
            self._torn = True
            _write_all(descriptor, data, patient=False)
            self._torn = False
            if durable and stat.S_ISREG(os.fstat(descriptor).st_mode):
                os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def check(self) -> None:
        """Make the file if it is not there.

        Raises:
            OSError: it cannot be opened for writing.
        """
        os.close(self._open())

    def _open(self) -> int:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        for name in ("O_CLOEXEC", "O_NONBLOCK", "O_NOCTTY", "O_BINARY", "O_NOINHERIT"):
            flags |= getattr(os, name, 0)
        return os.open(self._path, flags, 0o600)


def _write_all(descriptor: int, data: bytes, *, patient: bool) -> None:
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(descriptor, rest) :]
        except BlockingIOError:
            if not patient:
                raise
            time.sleep(
                _PAUSE_S
            )  # somebody has made the stream non-blocking; in this thread we wait


@dataclass(eq=False)
class _Entry:
    line: str
    kind: "Lines"
    durable: bool = False
    done: Future[None] = field(default_factory=Future)


class LineWriter:
    """The queue and the thread of one sink."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._changed = threading.Condition()  # reentrant: a signal's handler may log
        self._waiting: deque[_Entry] = deque()
        self._chars = 0
        self._writing = False
        self._thread: threading.Thread | None = None
        _writers.add(self)

    def put(self, entry: _Entry) -> bool:
        """Queue an entry; whether there was room. Never waits for the sink."""
        with self._changed:
            full = len(self._waiting) >= MOST_LINES or self._chars >= MOST_CHARS
            if full or not self._started():
                return False
            self._waiting.append(entry)
            self._chars += len(entry.line)
            self._changed.notify_all()
            return True

    def flush(self, within_s: float) -> bool:
        """Wait until nothing waits any more, but not longer; whether that is so."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not self._waiting and not self._writing, timeout=within_s
            )

    def _started(self) -> bool:
        if self._thread is None:
            # A daemon: a sink that hangs must not keep the process.
            self._thread = threading.Thread(target=self._run, name="line-writer", daemon=True)
            try:
                self._thread.start()
            except RuntimeError:  # the interpreter is going down
                self._thread = None
                return False
        return True

    def _run(self) -> None:
        while (entry := self._next()) is not None:
            entry.kind.write(entry, self._sink)

    def _next(self) -> _Entry | None:
        with self._changed:
            self._writing = False
            self._changed.notify_all()
            if not self._changed.wait_for(lambda: self._waiting, timeout=_IDLE_S):
                self._thread = None
                return None
            self._writing = True
            entry = self._waiting.popleft()
            self._chars -= len(entry.line)
            return entry


class Lines:
    """Lines of one kind: logs, or audit lines.

    Args:
        writer: writes them.
        told: a line with the number of lines before it that were dropped.
    """

    def __init__(self, writer: LineWriter, told: Callable[[str, int], str]) -> None:
        self._writer = writer
        self._told = told
        self._lock = threading.RLock()
        self._dropped = 0

    @property
    def dropped(self) -> int:
        """How many were dropped and not yet told."""
        return self._dropped

    def put(self, line: str) -> None:
        """Have a line written, or count it; never waits, never fails."""
        if not self._writer.put(_Entry(line, self)):
            self._drop(1)

    def put_durably(self, line: str) -> Future[None] | None:
        """Have a line written and flushed: the result comes once it is, or the error.

        Cancelling the result withdraws a line that is not being written yet. None: no room.
        """
        entry = _Entry(line, self, durable=True)
        if self._writer.put(entry):
            return entry.done
        self._drop(1)
        return None

    def flush(self, within_s: float) -> bool:
        """Wait until all are written or dropped, but not longer; whether that is so."""
        return self._writer.flush(within_s)

    def write(self, entry: _Entry, sink: Sink) -> None:
        """Write one to *sink*; for the writer's thread."""
        if not entry.done.set_running_or_notify_cancel():
            self._drop(1)
            return
        with self._lock:
            dropped, self._dropped = self._dropped, 0
        line = self._told(entry.line, dropped) if dropped else entry.line
        try:
            sink.write(line.encode("utf-8", "backslashreplace") + b"\n", durable=entry.durable)
        except Exception as error:  # noqa: BLE001  whatever a sink does, the next line has its turn
            self._drop(dropped + 1)
            entry.done.set_exception(error)
        else:
            entry.done.set_result(None)

    def _drop(self, number: int) -> None:
        with self._lock:
            self._dropped += number


_writers: "weakref.WeakSet[LineWriter]" = weakref.WeakSet()
_on_stderr: list[tuple[TextIO | None, LineWriter]] = []


def stderr_writer() -> LineWriter:
    """The one writer of stderr as it is now: logs and audit lines do not run into each other."""
    if not _on_stderr or _on_stderr[0][0] is not sys.stderr:
        _on_stderr[:] = [(sys.stderr, LineWriter(StreamSink(sys.stderr)))]
    return _on_stderr[0][1]


@atexit.register
def flush_all(within_s: float = AT_EXIT_S) -> None:
    """Give all lines that wait one more chance, together no longer than that."""
    until = time.monotonic() + within_s
    with suppress(RuntimeError):  # the set changed: another thread made a writer
        for writer in list(_writers):
            writer.flush(max(0.0, until - time.monotonic()))

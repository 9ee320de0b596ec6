"""Whoever leaves a line never waits for it: it is written by another thread, or counted."""

import os
import stat
import sys
import threading
from concurrent.futures import CancelledError, wait
from io import StringIO

import pytest

from drs_mcp.observe.line_writer import (
    MOST_CHARS,
    MOST_LINES,
    FileSink,
    Lines,
    LineWriter,
    StreamSink,
)

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="files have no modes there")


class Gate:
    """A sink that hangs until it is opened, and then keeps what it is given."""

    def __init__(self):
        self.open, self.reached = threading.Event(), threading.Event()
        self.written = []

    def write(self, data, *, durable):  # noqa: ARG002  as sinks are written to
        self.reached.set()
        assert self.open.wait(10)
        self.written.append(data.decode().removesuffix("\n"))


class Failing:
    """A sink that refuses the first lines."""

    def __init__(self, failures):
        self.failures = failures
        self.written = []

    def write(self, data, *, durable):  # noqa: ARG002  as sinks are written to
        if self.failures:
            self.failures -= 1
            raise OSError(28, "No space left on device")
        self.written.append(data.decode())


def lines(sink):
    return Lines(LineWriter(sink), lambda line, dropped: f"{dropped} dropped before {line}")


def test_what_finds_no_room_is_dropped_at_once_and_told_by_the_next_line():
    gate = Gate()
    kind = lines(gate)
    kind.put("first")
    assert gate.reached.wait(10)
    for number in range(MOST_LINES + 7):
        kind.put(str(number))
    assert kind.dropped == 7
    gate.open.set()
    assert kind.flush(10)
    kind.put("last")
    assert kind.flush(10)
    assert gate.written[0] == "first"
    assert gate.written[1] == "7 dropped before 0"
    assert gate.written[-1] == "last"
    assert len(gate.written) == MOST_LINES + 2


def test_long_lines_fill_the_queue_as_many_do():
    gate = Gate()
    kind = lines(gate)
    kind.put("first")
    assert gate.reached.wait(10)
    for _ in range(6):
        kind.put("x" * (MOST_CHARS // 4))
    assert kind.dropped == 2
    gate.open.set()
    assert kind.flush(10)


def test_a_line_that_cannot_be_written_is_counted_with_those_that_it_would_have_told():
    sink = Failing(3)
    kind = lines(sink)
    for number in range(5):
        kind.put(str(number))
    assert kind.flush(10)
    assert sink.written == ["3 dropped before 3\n", "4\n"]


def test_kinds_of_one_sink_are_counted_apart():
    sink = Failing(1)
    writer = LineWriter(sink)
    logs = Lines(writer, lambda line, dropped: f"{dropped} logs, {line}")
    audit = Lines(writer, lambda line, dropped: f"{dropped} audit lines, {line}")
    logs.put("a log")
    assert writer.flush(10)
    audit.put("an audit line")
    logs.put("another log")
    assert writer.flush(10)
    assert sink.written == ["an audit line\n", "1 logs, another log\n"]


def test_a_sink_that_hangs_holds_up_nobody_longer_than_they_want():
    gate = Gate()
    kind = lines(gate)
    kind.put("one")
    assert not kind.flush(0.05)
    gate.open.set()
    assert kind.flush(10)


def test_a_durable_line_says_when_it_is_written_and_why_it_is_not():
    kind = lines(Failing(1))
    refused, written = kind.put_durably("one"), kind.put_durably("two")
    wait([refused, written], 10)
    assert isinstance(refused.exception(), OSError)
    assert written.exception() is None


def test_a_line_that_is_withdrawn_in_time_is_never_written():
    gate = Gate()
    kind = lines(gate)
    kind.put("first")
    assert gate.reached.wait(10)
    late = kind.put_durably("late")
    assert late.cancel()
    gate.open.set()
    assert kind.flush(10)
    assert gate.written == ["first"]
    with pytest.raises(CancelledError):
        late.result(0)


def test_a_stream_without_a_file_is_written_to_and_one_that_is_closed_is_not():
    stream = StringIO()
    StreamSink(stream).write("ä\n".encode(), durable=True)
    assert stream.getvalue() == "ä\n"
    stream.close()
    for gone in (stream, None):
        with pytest.raises(ValueError, match=r".*"):
            StreamSink(gone).write(b"x\n", durable=False)


@POSIX
def test_a_pipe_that_does_not_block_is_waited_for_all_the_same():
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    received = []

    def read():
        while found := os.read(reading, 65_536):
            received.append(found)

    reader = threading.Thread(target=read)
    with os.fdopen(writing, "w") as stream:
        thread = threading.Thread(
            target=StreamSink(stream).write, args=(b"x" * 300_000,), kwargs={"durable": False}
        )
        thread.start()
        reader.start()
        thread.join(10)
    reader.join(10)
    os.close(reading)
    assert sum(map(len, received)) == 300_000


@POSIX
def test_a_file_is_made_for_its_owner_alone_and_may_be_rotated(tmp_path):
    file = tmp_path / "audit.jsonl"
    sink = FileSink(file)
    sink.write(b"one\n", durable=True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.rename(tmp_path / "audit.1")
    sink.write(b"two\n", durable=False)
    assert file.read_bytes() == b"two\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@POSIX
def test_a_file_that_is_there_keeps_its_mode(tmp_path):
    file = tmp_path / "audit.jsonl"
    file.touch(0o640)
    FileSink(file).write(b"one\n", durable=False)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


@POSIX
def test_what_is_left_of_a_line_does_not_swallow_the_next(tmp_path):
    resource = pytest.importorskip("resource")
    signal = pytest.importorskip("signal")
    file = tmp_path / "audit.jsonl"
    sink = FileSink(file)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[1]))
        with pytest.raises(OSError, match="too large"):
            sink.write(b"x" * 20 + b"\n", durable=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, ignored)
    sink.write(b"next\n", durable=False)
    assert file.read_bytes() == b"x" * 10 + b"\nnext\n"


@POSIX
def test_a_named_pipe_is_not_waited_for(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match=r".*"):
        FileSink(pipe).check()

"""A signal ends the process in time, whatever stands still: the loop, a pipe, or Python itself."""

import os
import signal
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals end a process there")

BEGIN = """
import asyncio, os, re, sys, threading, time
from drs_mcp.serving.exit_timer import on_signal
on_signal(lambda: os.write(1, b"stopping\\n"), 1.0)
ready = lambda: os.write(1, b"ready\\n")
soon = threading.Timer(0.3, ready)
"""
HANGING = {
    "the loop": "asyncio.run(asyncio.to_thread(time.sleep, 15))",
    "the main thread": "time.sleep(15)",
    "a pipe that nobody reads": "os.write(os.pipe()[1], bytes(1_000_000))",
    "a pipe with stderr": "sys.stderr.write('x' * 1_000_000)",
}
# It says that it is ready once it hangs: Python handles no signal that comes right before a system
# call until that returns. Within a regular expression no other thread runs, and signals are handled.
HANGING = {name: f"soon.start(); {how}" for name, how in HANGING.items()} | {
    "a regular expression": "ready(); re.match(r'(a+)+$', 'a' * 64 + 'b')"
}


@pytest.mark.parametrize("hanging", HANGING.values(), ids=HANGING)
def test_a_signal_ends_the_process_whatever_hangs(hanging):
    with subprocess.Popen(
        [sys.executable, "-c", BEGIN + hanging],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "ready\n"
        os.kill(process.pid, signal.SIGTERM)
        began = time.monotonic()
        process.wait(10)
        assert time.monotonic() - began < 8
        assert process.stdout.read() == "stopping\n"


def test_one_that_ends_by_itself_in_time_ends_as_it_would():
    ended = subprocess.run(
        [sys.executable, "-c", BEGIN + "os.kill(os.getpid(), 15); sys.exit(7)"],
        capture_output=True,
        timeout=20,
        check=False,
    )
    assert ended.returncode == 7

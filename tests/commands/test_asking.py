"""`drs-mcp call` asks the person at the terminal, and acts for nobody else."""

import os
import pty
import select
import subprocess
import sys
import time

import pytest

from tests.commands.test_commands import COMMAND, run
from tests.test_stdio import QUIET

CHECK = ("call", "--demo", "start_check", "job=crm-mysql-precheck", "check=precheck", "wait_s=0")
PAUSE = ("call", "--demo", "control_job", "job=erp-oracle-gauss", "operation=pause")
ON = {"DRS_MCP_ACTIONS": "checks,control"}


def test_without_a_terminal_nobody_can_say_yes():
    ran = run(*CHECK, **ON)
    assert ran.returncode == 1
    assert any(line.startswith("Nothing was sent") for line in ran.stderr.splitlines())


def test_without_the_setting_there_is_no_such_tool():
    ran = run(*CHECK)
    assert ran.returncode == 2
    assert "There is no tool start_check" in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of POSIX")
@pytest.mark.parametrize(
    ("call", "typed", "said"),
    [
        (CHECK, "y", "The pre-check was started for task 'crm-mysql-precheck'"),
        (CHECK, "n", "the person who was asked declined"),
        (PAUSE, "erp-oracle-gauss", "The pause was accepted for task 'erp-oracle-gauss'"),
        (PAUSE, "erp", "what was typed is not the task as it is called"),
        (PAUSE, "", "the person who was asked declined"),
    ],
)
def test_at_a_terminal_the_question_is_shown_and_the_reply_counts(call, typed, said):
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *call],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=QUIET | {"COLUMNS": "200", "TERM": "dumb"} | ON,
        close_fds=True,
    )
    os.close(theirs)
    try:
        shown = read_until(ours, ("Do it?", "Type it"))
        assert "in cn-north-4, profile demo?" in shown
        os.write(ours, typed.encode() + b"\n")
        shown = read_until(ours, ())
        assert process.wait(timeout=30) in (0, 1)
    finally:
        process.kill()
        os.close(ours)
    assert said in " ".join(shown.split())


def read_until(terminal, marks, seconds=60):
    """What a terminal shows until one of *marks* stands in it, or it is closed."""
    shown, until = "", time.monotonic() + seconds
    while time.monotonic() < until and not any(mark in shown for mark in marks):
        if not select.select([terminal], [], [], 1)[0]:
            continue
        try:
            read = os.read(terminal, 4096)
        except OSError:  # the other end is gone
            break
        if not read:
            break
        shown += read.decode("utf-8", "replace")
    return shown

"""What stderr may show: no secret by form or by value, no header or body, no forged record."""

import io
import json
import logging
import subprocess
import sys

import httpx2
import pytest

from drs_mcp.observe.stderr_log import (
    MOST_CHARS,
    PERIOD_S,
    REPEATS,
    RepeatFilter,
    SafeFormatter,
)
from drs_mcp.quoting.known_secrets import redact_known, register_secrets
from tests.hostile.planting import PAYLOADS
from tests.support.characters import hidden_in
from tests.support.fault_server import FaultServer
from tests.support.log_capture import CHATTY, captured_log

SECRET = "Summer2026-Nights"


async def answers(exchange):
    await exchange.json({"token": SECRET}, 200, f"X-Subject-Token: {SECRET}")


@pytest.mark.parametrize("talkative", [False, True], ids=["as configured", "set to debug by hand"])
@pytest.mark.anyio
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_http_libraries_print_no_header_and_no_body(talkative, anyio_backend):
    with captured_log(io.StringIO()) as stderr:
        if talkative:
            for name in CHATTY:
                logging.getLogger(name).setLevel(logging.DEBUG)
        records = []
        listening = logging.Handler()
        listening.emit = lambda record: records.append(record.getMessage())
        logging.getLogger("httpcore2").addHandler(listening)
        try:
            with FaultServer(answers) as server:
                async with httpx2.AsyncClient(trust_env=False) as http:
                    found = await http.get(
                        f"{server.origin}/v5/x?secret={SECRET}",
                        headers={"X-Auth-Token": SECRET, "Authorization": f"Bearer {SECRET}"},
                    )
            assert found.json() == {"token": SECRET}
        finally:
            logging.getLogger("httpcore2").removeHandler(listening)
        if talkative:  # they do talk, where they are let
            assert any(SECRET in text for text in records)
        logging.getLogger("drs_mcp").debug("the log is on")
        shown = stderr.getvalue()
        assert "the log is on" in shown
        assert SECRET not in shown
        assert not any(f" DEBUG {name}" in shown for name in CHATTY)


def test_a_warning_of_an_http_library_is_shown():
    with captured_log(io.StringIO()) as stderr:
        logging.getLogger("httpcore2").warning("the pool is full")
        assert "the pool is full" in stderr.getvalue()


def test_a_secret_that_the_server_was_given_is_hidden_wherever_it_stands():
    with captured_log(io.StringIO()) as stderr:
        register_secrets([SECRET, 'with "quotes"\\'])
        logger = logging.getLogger("drs_mcp.test")
        logger.error("the word was %s, they say", SECRET)
        logger.error(r"as JSON: %s", r"with \"quotes\"\\ in it")
        logger.error("it failed", exc_info=ValueError(f"got {SECRET}"))
        shown = stderr.getvalue()
        assert SECRET not in shown
        assert "quotes" not in shown
        assert "ValueError: got ***" in shown


def test_a_character_that_repr_wrote_out_does_not_split_the_key_of_a_secret():
    with captured_log(io.StringIO()) as stderr:
        logger = logging.getLogger("drs_mcp.test")
        logger.error(
            "refused: %r", [f"pass\u200bword = {SECRET}", f"\x1b[0mto\U000e0041ken={SECRET}"]
        )
        logger.error("refused: %s", json.dumps({"订单 pass\u200bword": SECRET}))
        logger.error("in C:\\users\\xaver, \\u00e9, \\Uffffffff")
        shown = stderr.getvalue()
        assert SECRET not in shown
        assert "refused: ['password = ***', 'token=***']" in shown
        assert r"in C:\users\xaver, \u00e9, \Uffffffff" in shown


def test_short_values_are_not_hunted_and_the_oldest_of_very_many_are_forgotten():
    register_secrets(["five5", *(f"secret-{number}" for number in range(70))])
    assert redact_known("five5 secret-0 secret-69.") == "five5 secret-0 ***."


def test_of_two_secrets_that_begin_alike_nothing_is_left():
    register_secrets(["kq7zvm", "kq7zvmxw2j"])
    assert redact_known("kq7zvmxw2j kq7zvm") == "*** ***"


def test_a_record_that_cannot_be_written_is_not_shown_as_it_was_given(capsys):
    with captured_log(io.StringIO()) as stderr:
        stderr.close()
        logging.getLogger("drs_mcp").error("the word was %s", SECRET)
        assert capsys.readouterr().err == ""


@pytest.mark.parametrize("payload", PAYLOADS, ids=lambda payload: payload.canary)
def test_no_text_looks_like_a_record_of_its_own_or_hides_anything(payload):
    record = logging.LogRecord("drs_mcp", logging.ERROR, "", 0, "%s", (payload.text,), None)
    first, *further = SafeFormatter("ERROR drs_mcp: %(message)s").format(record).split("\n")
    assert first.startswith("ERROR drs_mcp:")
    assert all(line.startswith(" | ") for line in further)
    assert not any(hidden_in(line) for line in (first, *further))


def test_the_lines_of_a_traceback_stay_lines():
    failed = (ValueError, ValueError("one\ntwo"), None)
    record = logging.LogRecord("a", logging.ERROR, "", 0, "it failed", (), failed)
    lines = SafeFormatter("%(message)s").format(record).split("\n")
    assert lines == ["it failed", " | ValueError: one", " | two"]


def record(message, *args):
    return logging.LogRecord("drs_mcp", logging.WARNING, "", 0, message, args, None)


def test_a_record_that_is_made_again_and_again_is_written_a_few_times_and_then_counted():
    now = [0.0]
    few = RepeatFilter(lambda: now[0])
    passed = [few.filter(record("refused: %s", number)) for number in range(1000)]
    assert passed == [True] * REPEATS + [False] * (1000 - REPEATS)
    assert few.filter(record("something else: %s", 1))
    now[0] = PERIOD_S
    next_one = record("refused: %s", 1000)
    assert few.filter(next_one)
    assert next_one.getMessage() == "refused: 1000 (and 980 more like it before this one)"
    quiet = record("refused: %s", 1001)
    assert few.filter(quiet)
    assert quiet.getMessage() == "refused: 1001"


def test_forms_without_end_take_no_memory_without_end():
    few = RepeatFilter(lambda: 0.0)
    for number in range(5000):
        few.filter(record(f"form {number}"))
    assert len(few._seen) <= 1000


def test_a_long_record_is_cut_and_shows_no_part_of_a_secret_at_the_cut():
    register_secrets([SECRET])
    formatter = SafeFormatter("%(message)s")
    for before in range(MOST_CHARS - 40, MOST_CHARS + 1, 4):
        text = "x" * before + f" password={SECRET} and {SECRET} " + "y " * 500_000
        shown = formatter.format(record("%s", text))
        assert len(shown) < MOST_CHARS + 100
        assert SECRET[:4] not in shown
        assert "characters more." in shown


def test_warnings_and_errors_that_python_itself_would_print_go_to_the_log():
    code = (
        "import threading, warnings\n"
        "from drs_mcp.observe import stderr_log\n"
        "stderr_log.configure(); stderr_log.capture_stray_output()\n"
        "warnings.warn('password=hunter2-hunter2')\n"
        "class Bad:\n    def __del__(self): raise ValueError('password=hunter2-hunter2')\n"
        "bad = Bad(); del bad\n"
        "def fail(): raise KeyError('in a thread')\n"
        "thread = threading.Thread(target=fail); thread.start(); thread.join()\n"
        "raise RuntimeError('at last')\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 1
    assert "hunter2" not in ran.stderr
    for name in ("UserWarning", "ValueError", "KeyError: 'in a thread'", "RuntimeError: at last"):
        assert name in ran.stderr
    assert all(line.startswith((" | ", "2")) for line in ran.stderr.splitlines())

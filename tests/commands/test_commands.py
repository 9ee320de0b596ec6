"""The commands, as a person or a script runs them."""

import json
import subprocess
import sys
import urllib.error
import urllib.request

import pytest
from rich.console import Console

from drs_mcp.commands.demo import QUESTIONS, run_demo
from drs_mcp.commands.terminal import show_answer
from tests.test_stdio import QUIET

COMMAND = [sys.executable, "-m", "drs_mcp"]


def run(*arguments, **environment):
    return subprocess.run(
        [*COMMAND, *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        env=QUIET | {"COLUMNS": "80"} | environment,
        check=False,
    )


def test_call_prints_an_answer_for_a_person():
    ran = run("call", "--demo", "get_progress", "job=erp-oracle-gauss")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("Task 'erp-oracle-gauss': incremental phase running; delay 2 s.")
    assert max(map(len, ran.stdout.splitlines())) <= 80


def test_call_prints_compact_json_for_scripts():
    ran = run("call", "--demo", "--json", "get_logs", "job=shop-mysql-sync", "level=error")
    assert ran.returncode == 0
    assert json.loads(ran.stdout)["levels"]["error"] == 141


def test_a_failed_call_says_why_on_stderr_and_exits_with_1():
    ran = run("call", "--demo", "get_progress", "job=nothing")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "No task is named 'nothing'" in ran.stderr


def test_a_call_without_credentials_names_the_missing_settings_and_never_falls_back():
    ran = run("call", "list_jobs")
    assert ran.returncode == 1
    assert "DRS_MCP_REGION" in ran.stderr
    assert ran.stdout == ""


def test_an_unknown_tool_lists_the_tools():
    ran = run("call", "--demo", "get_everything")
    assert ran.returncode == 2
    assert "get_compare_diff" in ran.stderr


def test_arguments_must_be_pairs():
    assert run("call", "--demo", "get_logs", "shop").returncode == 2


def test_a_setting_that_cannot_be_used_is_named_without_its_value():
    ran = run("call", "list_jobs", DRS_MCP_MAX_CHARS="lots")
    assert ran.returncode == 1
    assert "DRS_MCP_MAX_CHARS" in ran.stderr
    assert "lots" not in ran.stderr


def test_a_setting_that_cannot_be_used_does_not_end_the_server_at_its_start():
    ran = run("serve", DRS_MCP_MAX_CHARS="lots")  # stdin is at its end at once
    assert ran.returncode == 0
    assert "DRS_MCP_MAX_CHARS" in ran.stderr
    assert "lots" not in ran.stderr


def test_simulate_serves_the_embedded_drs_on_loopback_and_says_how_to_reach_it():
    process = subprocess.Popen(
        [*COMMAND, "simulate", "--port", "0"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env=QUIET,
    )
    try:
        lines = [process.stderr.readline() for _ in range(3)]
        url = next(word for word in lines[0].split() if word.startswith("http://127.0.0.1:"))
        with pytest.raises(urllib.error.HTTPError) as raised:
            urllib.request.urlopen(f"{url}/v5/x/jobs?job_type=sync")  # noqa: S310  our own loopback
        assert raised.value.code == 401
        raised.value.close()
    finally:
        process.terminate()
        process.wait(timeout=10)
        process.stderr.close()


@pytest.mark.anyio
async def test_the_demo_shows_question_call_answer_and_cost_within_80_columns(tmp_path):
    path = tmp_path / "demo.txt"
    with path.open("w", encoding="utf-8") as out:
        await run_demo(Console(file=out, width=80))
    text = path.read_text("utf-8")
    assert max(map(len, text.splitlines())) <= 80
    for question in QUESTIONS:
        assert question.text in text
        assert f"tool: {question.tool}" in text
    assert text.count("Raw answers of DRS:") == len(QUESTIONS) == 5
    assert "tokens in" in text


def test_a_table_too_wide_for_the_terminal_becomes_lines(tmp_path):
    wide = {
        "headline": "Wide.",
        "rows": {
            "columns": ["name", "n"],
            "rows": [["x" * 90, 5], [None, 7]],
            "shown": 2,
            "total": 9,
        },
    }
    path = tmp_path / "wide.txt"
    with path.open("w", encoding="utf-8") as out:
        show_answer(Console(file=out, width=40), wide)
    text = path.read_text("utf-8")
    assert "rows: 2 of 9" in text
    assert "n 5" in text
    assert max(map(len, text.splitlines())) <= 40

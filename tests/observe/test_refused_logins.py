"""Requests that are refused at the door: one line for many, with the setting to change."""

import json
import logging

import pytest

from drs_mcp.observe.audit import AuditLog
from drs_mcp.observe.refused_logins import PERIOD_S, RefusedLogins
from tests.conftest import DrivenClock

SETTING = "DRS_MCP_HTTP_TOKENS_FILE"


@pytest.fixture
def told(tmp_path):
    """A clock, what to tell of refusals, and the lines that were written of them."""
    clock = DrivenClock()
    file = tmp_path / "audit.jsonl"
    log = AuditLog(clock, str(file))

    def lines():
        assert log.flush()
        return [json.loads(line) for line in file.read_text("utf-8").splitlines()]

    return clock, RefusedLogins(clock, log), lines


def test_the_first_is_told_at_once_with_the_setting_to_change(told):
    _, refused, lines = told
    refused.refused("token_refused", SETTING)
    (line,) = lines()
    assert line.items() >= {
        "access": "login", "login": "token_refused", "outcome": "refused", "times": 1,
        "setting": SETTING,
    }.items()  # fmt: skip


def test_a_flood_is_one_line_in_a_while_and_every_one_is_counted(told):
    clock, refused, lines = told
    for _ in range(5000):
        refused.refused("token_refused", SETTING)
        clock.forward(PERIOD_S / 1000)
    refused.tell_rest()
    times = [line["times"] for line in lines()]
    assert len(times) <= 7
    assert sum(times) == 5000


def test_kinds_are_counted_apart(told):
    _, refused, lines = told
    refused.refused("token_missing", SETTING)
    refused.refused("token_missing", SETTING)
    refused.refused("host_unknown", "DRS_MCP_HTTP_ALLOWED_HOSTS")
    assert [line["login"] for line in lines()] == ["token_missing", "host_unknown"]


def test_without_an_audit_log_it_is_the_log_that_tells(caplog):
    clock = DrivenClock()
    refused = RefusedLogins(clock, AuditLog(clock))
    with caplog.at_level(logging.WARNING):
        refused.refused("token_refused", SETTING)
        refused.refused("token_refused", SETTING)
    (message,) = caplog.messages
    assert SETTING in message

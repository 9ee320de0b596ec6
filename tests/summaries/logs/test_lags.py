"""How far behind a line says that the destination is, and what only looks like it."""

import pytest

from drs_mcp.summaries.logs.kinds.lags import lag_in, lag_is_over

TOLD = [
    ("Warning: the delay exceeds 300 s", 300),
    ("2 h 30 min behind the source", 9000),
    ("applier lag: 12.5 minutes", 750),
    ("delay of 6,000,000 ms", 6000),
    ("Seconds_Behind_Source=90", 90),
    ("RPO is 1 day", 86_400),
    ("lag 02:10:00", 7800),
    ("delay 5400 s is above the threshold of 60 s", 5400),
    ("lag grew from 10 s to 4000 s", 4000),
    ("delay dropped from 5400 s to 2 s", 2),
    ("目标库落后源库 1小时30分", 5400),
    ("同步延迟已达 2 小时，超过阈值 60 秒", 7200),
    ("时延：300000毫秒", 300),
    ("同步延時 5400 秒", 5400),
    ("同步延时 5400 秒", 5400),
    ("延迟从 5400 秒降到 2 秒", 2),
    ("lag 0 s, alarm at 3600 s", 0),
    ("Rückstand: 2 Stunden", 7200),
]
NONE = [
    "delay threshold set to 3600 s",
    "maximum delay 3600 s",
    "an alarm is sent if the delay exceeds 3600 s",
    "retry with a delay of 600 s",
    "delay below 3600 s",
    "RPO objective 3600 s",
    "delay 5400 MB",
    "no lag; uptime 3600 s",
    "caught up after a lag of 5400 s",
    "table shop.delay: 90 s for 10 rows",
    "延迟告警阈值：1小时",
    "延迟超过 60 秒时告警",
    "重试延迟 600 秒",
    "延迟已从 5400 秒恢复",
    "无延迟",
]


@pytest.mark.parametrize(("line", "seconds"), TOLD)
def test_a_lag_is_read_with_its_unit(line, seconds):
    assert lag_in(line) == seconds


@pytest.mark.parametrize("line", NONE)
def test_limits_other_delays_and_what_is_over_are_no_lag(line):
    assert lag_in(line) is None


@pytest.mark.parametrize("line", ["caught up with the source", "延迟已追平", "the lag was cleared"])
def test_the_end_of_a_lag_is_read(line):
    assert lag_is_over(line)


@pytest.mark.parametrize("line", ["not caught up yet, lag 90 s", "connection recovered"])
def test_what_is_not_over_or_is_something_else_ends_no_lag(line):
    assert not lag_is_over(line)

"""Chinese lines lead to a cause that is told in English as English lines do."""

import pytest

from drs_mcp.api.wire.values import moment
from drs_mcp.summaries.diagnosis.lines.leads import leads
from tests.support.log_rows import at, entry, facts

CAUSES = {
    "read-only": "The cluster is read-only: the usage of a disk passed its threshold (90 %).",
    "memory": "The destination has reached maxmemory and takes no more writes: its memory is used up.",
    "slot": "The replication slot was invalidated and its WAL is lost.",
    "password": "The source refuses the login: user name or password is wrong.",
}


def led(cause, text, values):
    """The lines that lead to a failure half an hour after the last of some, ten minutes apart."""
    rows = [entry(text.format(value), "Warn", 600 * place) for place, value in enumerate(values)]
    end = 600 * len(values) + 1200
    rows += [entry("Applied 5 rows.", "Info", 30), entry(CAUSES[cause], "Error", end)]
    found = leads(facts(rows), ["write failed", CAUSES[cause]], [moment(at(end))], moment(at(end)))
    return [lead.kind.message for lead in found]


@pytest.mark.parametrize(
    ("cause", "text", "values"),
    [
        ("read-only", "目标集群磁盘使用率 {} %。", (84, 86, 88, 89)),
        ("read-only", "目標叢集磁碟空间即將不足，剩余 {} GB，磁盘使用率偏高。", (9, 7, 5, 3)),
        ("memory", "目标实例内存已用 {} %，接近上限。", (70, 74, 79, 85)),
        ("slot", "源库复制槽落后 {} MB，超过阈值。", (900, 1900, 2900, 3900)),
        ("password", "源库账号密码将在 {} 天后过期。", (3, 2, 1)),
    ],
)
def test_a_chinese_warning_about_what_the_cause_speaks_of_leads_to_it(cause, text, values):
    assert any(text[:4] in line for line in led(cause, text, values))


@pytest.mark.parametrize("text", ["源库心跳检测响应 {} 毫秒。", "备份窗口开始于 {} 时。"])
def test_a_chinese_warning_about_something_else_does_not(text):
    assert led("read-only", text, (1, 2, 3)) == []

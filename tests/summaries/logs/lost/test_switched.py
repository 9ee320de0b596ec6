"""Which lines say that the business is at the destination."""

import pytest

from drs_mcp.summaries.logs.kinds.lost.losses import SWITCHED, is_final, loss_in

TOLD = [
    "business cutover to the destination finished at 02:00",
    "App servers reconnected to the target and write there since 02:01",
    "目标库开始承接生产流量",
    "业务写流量已打到目标库",
    "生产库已切换为目标库",
    "Clients have been moved over to the destination",
    "the shop application went live on the target",
    "the load balancer routes writes to the destination now",
    "business traffic was switched to the destination at 10:00",
    "Applications now write to the destination",
    "Clients were repointed to the target instance",
    "the application has been connected to the target and writes there",
    "Business switched over to the destination database",
    "DNS of the application now points to the target; writes arrive there",
    "cutover done: the business runs on the destination",
    "destination accepted 40 writes of the business",
    "production traffic moved to the target cluster",
    "VIP switched to the destination, applications write to it",
    "业务已切换到目标库",
    "业务流量已切至目标端",
    "应用已连接目标库并开始写入",
    "业务割接完成，目标库承载写入",
    "業務已切換至目標資料庫",
    "已将应用连接串改为目标库",
    "Traffic was cut over to the target at 02:00",
    "The application has been pointed at the new target instance",
    "writes of the business arrive at the destination since 02:00",
    "production now runs on the target database",
    "web clients write directly to the destination",
    "业务已割接至目标实例",
    "应用流量已切到目标库",
    "the application was not yet switched to the destination, but the business was switched to the destination at 08:00",
]
NOT_TOLD = [
    "cutover rehearsal finished, business stays on the source",
    "割接演练完成",
    "the applier reconnected to the target",
    "load balancer health check of the destination ok",
    "business may be switched to the destination",
    "生产流量仍在源库",
    "准备将业务切换到目标库",
    "切换演练：未将业务切换到目标库",
    "application name of the session at the target: drs_apply",
    "client encoding of the target is utf8",
    "business will be switched to the destination on Friday",
    "Before the business is switched to the destination compare again",
    "business was not switched to the destination",
    "If the business is switched to the destination, stop the task",
    "business was switched back from the destination to the source",
    "Can the business be switched to the destination?",
    "the reader was switched to the destination's standby",
    "Read-only reports were switched to the destination",
    "业务未切换到目标库",
    "计划周五将业务切换到目标库",
    "业务切换前请先完成对比",
    "是否已将业务切换到目标库？",
    "业务切换到目标库失败",
    "业务已回切到源库",
    "切换日志到目标库",
    "the application still points to the source",
    "Traffic will be cut over to the target on Friday",
    "cutover of the business to the target was canceled",
    "apply thread now writes to the destination",
    "readers switched to another log of the source",
    "业务仍在源库运行",
    "业务切换到目标库已取消",
    "当业务切换到目标库后，请停止任务",
]


@pytest.mark.parametrize("line", TOLD)
def test_a_business_that_was_switched_is_read(line):
    assert loss_in(line) == SWITCHED
    assert is_final(line)


@pytest.mark.parametrize("line", NOT_TOLD)
def test_a_plan_readers_a_switch_back_and_a_failure_are_no_switch(line):
    assert loss_in(line) == ""

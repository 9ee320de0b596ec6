"""All tools, in the order a host lists them, and what hosts search by before they load one.

Those that act are there only where they are turned on.
"""

from collections.abc import Collection

from drs_mcp.serving.accounting import Accounting
from drs_mcp.serving.register import Listing, StrictTool, ToolFunction
from drs_mcp.serving.result import RenderOptions
from drs_mcp.tools.actions import control_job, start_check
from drs_mcp.tools.checks import get_network_test, get_precheck
from drs_mcp.tools.comparisons import (
    get_compare_detail,
    get_compare_diff,
    get_compare_overview,
    list_compare_tasks,
)
from drs_mcp.tools.destination import get_object_import, get_writable_status
from drs_mcp.tools.diagnosis import check_cutover, diagnose_job
from drs_mcp.tools.history import get_history
from drs_mcp.tools.jobs import get_job_detail, get_progress, list_jobs
from drs_mcp.tools.logs import get_logs
from drs_mcp.tools.one_table import get_table
from drs_mcp.tools.watching import watch_job

LISTINGS: dict[ToolFunction, Listing] = {
    list_jobs: Listing("Tasks", "what migrations run 有哪些任务在跑", entry=True),
    diagnose_job: Listing(
        "Diagnosis",
        "why did the migration fail, broken, stuck, slow 任务失败挂了什么原因 延时变大",
        entry=True,
    ),
    check_cutover: Listing(
        "Cut-over check", "switch over, go live, promote 割接 切换上线 满足条件", entry=True
    ),
    get_job_detail: Listing(
        "Settings", "source target ip port, spec, price 配置 规格 计费 冲突策略"
    ),
    get_progress: Listing("Progress", "replication lag, how long left 进度 同步延迟多少"),
    watch_job: Listing("Watch", "ping me, let me know, notify 等跑完再告诉我 盯着"),
    get_logs: Listing("Log", "grep, last errors, warnings 最近的错误 报错日志"),
    get_history: Listing(
        "History",
        "who paused it, skipped ddl, dirty data, lag yesterday 谁停的 操作记录 脏数据 加字段的语句",
    ),
    get_precheck: Listing("Pre-check", "binlog, privileges, disk 预检查没通过"),
    get_network_test: Listing(
        "Connection test", "cannot connect to source database 测试连接失败 ip不通"
    ),
    list_compare_tasks: Listing("Comparisons", "when last verified 对比任务跑完了吗"),
    get_compare_overview: Listing(
        "Comparison result", "same data on both sides 数据校验结果 哪个库对不上"
    ),
    get_compare_detail: Listing("Differing tables", "row counts not matching 哪些表不一致 行数"),
    get_compare_diff: Listing("Differing rows", "missing primary keys in target 少了哪几行 主键"),
    get_table: Listing("One table", "is orders complete, this table 某张表 单表 同步到哪"),
    get_object_import: Listing("Object file", "upload table list, excel 文件批量导入对象"),
    get_writable_status: Listing(
        "Read-only state", "cannot write after promote 目标库只读 写不进去"
    ),
}

TOOL_FUNCTIONS: tuple[ToolFunction, ...] = tuple(LISTINGS)


ACTION_LISTINGS: dict[str, tuple[ToolFunction, Listing]] = {
    "checks": (
        start_check,
        Listing(
            "Start a check",
            "rerun precheck, verify data now 重新预检查 发起对比 一键诊断",
            acts=True,
        ),
    ),
    "control": (
        control_job,
        Listing(
            "Control a task", "retry, stop, continue, launch 启动 暂停 重试 恢复任务", acts=True
        ),
    ),
}
"""Kind of actions -> the tool that has them."""


def all_tools(
    options: RenderOptions,
    accounting: Accounting | None = None,
    action_kinds: Collection[str] = (),
) -> list[StrictTool]:
    """The tools, answering in *options*, each call accounted for.

    Args:
        options: how answers are rendered.
        accounting: keeps account of every call.
        action_kinds: the kinds of actions that are turned on.
    """
    listed = list(LISTINGS.items())
    listed += [ACTION_LISTINGS[kind] for kind in ACTION_LISTINGS if kind in action_kinds]
    return [StrictTool.of(function, options, accounting, listing) for function, listing in listed]

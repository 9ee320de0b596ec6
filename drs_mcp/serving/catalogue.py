"""All tools, in the order a host lists them."""

from drs_mcp.serving.accounting import Accounting
from drs_mcp.serving.register import StrictTool, ToolFunction
from drs_mcp.serving.result import RenderOptions
from drs_mcp.tools.checks import get_network_test, get_precheck
from drs_mcp.tools.comparisons import (
    get_compare_detail,
    get_compare_diff,
    get_compare_overview,
    list_compare_tasks,
)
from drs_mcp.tools.destination import get_object_import, get_writable_status
from drs_mcp.tools.diagnosis import check_cutover, diagnose_job
from drs_mcp.tools.jobs import get_job_detail, get_progress, list_jobs
from drs_mcp.tools.logs import get_logs
from drs_mcp.tools.watching import watch_job

TOOL_FUNCTIONS: tuple[ToolFunction, ...] = (
    list_jobs,
    diagnose_job,
    check_cutover,
    get_job_detail,
    get_progress,
    watch_job,
    get_logs,
    get_precheck,
    get_network_test,
    list_compare_tasks,
    get_compare_overview,
    get_compare_detail,
    get_compare_diff,
    get_object_import,
    get_writable_status,
)


def all_tools(options: RenderOptions, accounting: Accounting | None = None) -> list[StrictTool]:
    """The tools, answering in *options*, each call accounted for."""
    return [StrictTool.of(function, options, accounting) for function in TOOL_FUNCTIONS]

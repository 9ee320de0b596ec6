"""The comparison tools."""

from typing import Annotated, Literal

from pydantic import Field

from drs_mcp.api.connections import Connection
from drs_mcp.reads.comparisons.details import (
    read_differences,
    read_rows,
    read_values,
)
from drs_mcp.reads.comparisons.objects import read_objects
from drs_mcp.reads.comparisons.overview_tables import hold_overview
from drs_mcp.reads.comparisons.overviews import read_overview
from drs_mcp.reads.comparisons.under_way import read_all_comparisons
from drs_mcp.reads.tasks import resolve
from drs_mcp.summaries.comparisons.difference_answer import ValueDifferencesAnswer
from drs_mcp.summaries.comparisons.differences import ValueDifferences
from drs_mcp.summaries.comparisons.evidence.facts import inconsistent
from drs_mcp.summaries.comparisons.headlines import date_headline
from drs_mcp.summaries.comparisons.object_answer import ObjectComparisonAnswer
from drs_mcp.summaries.comparisons.objects import ObjectComparison
from drs_mcp.summaries.comparisons.overviews.objects import (
    ObjectOverviewAnswer,
    object_overview_answer,
)
from drs_mcp.summaries.comparisons.overviews.pairs import PairOverviewAnswer, pairs_overview_answer
from drs_mcp.summaries.comparisons.rows import RowComparison, RowComparisonAnswer
from drs_mcp.summaries.comparisons.tasks import CompareTasksAnswer, tasks_answer
from drs_mcp.summaries.comparisons.values import ValueComparison, ValueComparisonAnswer
from drs_mcp.summaries.health.comparisons import add_scheduled
from drs_mcp.tools.arguments import (
    CompareTaskId,
    CompareType,
    Full,
    Job,
    Limit,
    Offset,
    SourceDb,
    TableName,
    TargetDb,
)


async def list_compare_tasks(
    drs: Connection, job: Job, offset: Offset = 0, limit: Limit = 50, full: Full = False
) -> CompareTasksAnswer:
    """Which data comparisons of a DRS task ran, when, newest first: type, status, times.

    SUCCESSFUL: it ran, not that the data agree (get_compare_overview).
    """
    found = await read_all_comparisons(drs, await resolve(drs, job))
    answer = tasks_answer(
        found.tasks,
        job=job,
        offset=offset,
        limit=limit,
        full=full,
        running={name: one.says for name, one in found.running.items()},
    )
    answer.read, answer.unread = found.read, dict(found.unread)
    add_scheduled(answer, found.scheduled)
    return answer


async def get_compare_overview(
    drs: Connection,
    job: Job,
    compare_type: CompareType,
    compare_task_id: CompareTaskId = "",
    full: Full = False,
) -> ObjectOverviewAnswer | PairOverviewAnswer:
    """Whether a DRS comparison found both sides the same: per object type, or per database.

    Objects (object_compare), row counts (line_compare), values (content_compare).
    """
    found = await read_overview(drs, await resolve(drs, job), compare_type, compare_task_id)
    if compare_type == "object_compare":
        objects = object_overview_answer(
            found.info, job=job, requested_id=compare_task_id, full=full
        )
        objects.read, objects.notes = found.read, objects.notes + found.notes
        date_headline(objects, drs.client.limits.clock.utc_now())
        return objects
    held = await hold_overview(drs, found.job_id, compare_type, found.task_id, found.rows)
    pairs = pairs_overview_answer(
        found.rows,
        compare_type,
        held,
        job=job,
        task=found.task,
        requested_id=compare_task_id,
        complete=found.read is None,
        full=full,
    )
    pairs.read, pairs.notes = found.read, pairs.notes + found.notes
    date_headline(pairs, drs.client.limits.clock.utc_now())
    return pairs


async def get_compare_detail(
    drs: Connection,
    job: Job,
    compare_type: CompareType,
    compare_task_id: CompareTaskId = "",
    source_db_name: SourceDb = "",
    target_db_name: TargetDb = "",
    object_type: Literal["", "DB", "TABLE", "INDEX"] = "",
    compare_detail_type: Literal["", "compare", "uncompare"] = "",
    table: TableName = "",
    status: Annotated[str, Field(max_length=40, description="Only these; `consistent` too.")] = "",
    offset: Offset = 0,
    limit: Limit = 50,
) -> ObjectComparisonAnswer | RowComparisonAnswer | ValueComparisonAnswer:
    """Which tables or objects of a DRS comparison differ or could not be compared; totals over all.

    Worst first. object_type narrows object_compare, compare_detail_type content_compare (uncompare:
    what cannot be compared). table: both row counts of any table, also of those that agree.
    """
    job_id = await resolve(drs, job)
    where = {
        "compare_task_id": compare_task_id,
        "source_db": source_db_name,
        "target_db": target_db_name,
    }
    page: dict[str, int] = {"offset": offset, "limit": limit}
    arguments = {
        "compare_task_id": compare_task_id,
        "source_db_name": source_db_name,
        "target_db_name": target_db_name,
        "table": table,
        "status": status,
    }
    only = {"table": table, "status": status}
    answer: ObjectComparisonAnswer | RowComparisonAnswer | ValueComparisonAnswer
    if compare_type == "object_compare":
        objects = ObjectComparison(**only)
        read = await read_objects(drs, job_id, objects, object_type=object_type, **where)
        arguments["object_type"] = object_type
        answer = objects.answer(
            job=job,
            task_id=read.task_id,
            arguments=arguments,
            overview=read.overview,
            complete=read.reach.complete,
            **page,
        )
    elif compare_type == "line_compare":
        rows = RowComparison(**only)
        read = await read_rows(drs, job_id, rows, **where)
        answer = rows.answer(job=job, task=read.task, arguments=arguments, reach=read.reach, **page)
    else:
        values = ValueComparison(**only, uncompared=compare_detail_type == "uncompare")
        read = await read_values(
            drs, job_id, values, compare_detail_type=compare_detail_type, **where
        )
        arguments["compare_detail_type"] = compare_detail_type
        answer = values.answer(
            job=job, task=read.task, arguments=arguments, reach=read.reach, **page
        )
    answer.read, answer.notes = read.read, answer.notes + read.notes
    date_headline(answer, drs.client.limits.clock.utc_now())
    return answer


async def get_compare_diff(
    drs: Connection,
    job: Job,
    compare_task_id: CompareTaskId = "",
    source_db_name: SourceDb = "",
    target_db_name: TargetDb = "",
    table: Annotated[str, Field(max_length=256, description="Or several by `*`.")] = "",
    include_values: Annotated[
        bool, Field(description="Show keys that are no integers: row data.")
    ] = False,
    include_sql: Annotated[bool, Field(description="A SELECT of each table, both sides.")] = False,
    offset: Offset = 0,
    limit: Limit = 50,
) -> ValueDifferencesAnswer:
    """Which rows a DRS value comparison found missing, surplus or different: exact key ranges per table.

    Values only; row counts are in get_compare_detail.
    """
    differences = ValueDifferences()
    read = await read_differences(
        drs,
        await resolve(drs, job),
        differences,
        compare_task_id=compare_task_id,
        source_db=source_db_name,
        target_db=target_db_name,
    )
    answer = differences.answer(
        job=job,
        task=read.task,
        include_values=include_values,
        include_sql=include_sql,
        offset=offset,
        limit=limit,
        wanted=table,
        complete=read.read is None,
        against=inconsistent(read.reach.pairs),
        arguments={
            "compare_task_id": compare_task_id,
            "source_db_name": source_db_name,
            "target_db_name": target_db_name,
        },
    )
    answer.read, answer.notes = read.read, answer.notes + read.notes
    date_headline(answer, drs.client.limits.clock.utc_now())
    return answer

"""Comparisons on the wire (Tables 40 to 50).

Every field may be absent or null, a number may come for a string and a string for a number: the
types say so, and `values` reads them. Rows stay dicts; nothing is copied or validated.
"""

from typing import TypedDict

from drs_mcp.api.wire.types import Flag, Number, Text


class CompareResult(TypedDict, total=False):
    """What a comparison found (Table 40)."""

    objects_compare_overview_info: "ObjectCompareOverview | None"
    objects_compare_detail_infos: "list[ObjectCompareDetail] | None"
    data_compare_task_list: "list[CompareTaskRow] | None"
    line_compare_overview_infos: "list[LineCompareOverview] | None"
    line_compare_detail_infos: "list[LineCompareDetail] | None"
    content_compare_overview_infos: "list[ContentCompareOverview] | None"
    content_compare_detail_infos: "list[ContentCompareDetail] | None"
    content_diff_detail_info: "ContentDiff | None"


class ObjectCompareOverview(TypedDict, total=False):
    """Overview of an object comparison (Table 41)."""

    create_time: Text
    compare_results: "list[ObjectCompareType] | None"
    start_time: Text
    status: Text
    export_status: Text
    report_remain_seconds: Number
    compare_job_id: Text
    error_msg: Text


class ObjectCompareType(TypedDict, total=False):
    """Count of one object type on both sides (Table 42)."""

    type: Text
    source_count: Number
    target_count: Number
    status: Text


class ObjectCompareDetail(TypedDict, total=False):
    """An object on both sides (Table 43)."""

    source_db_value: Text
    target_db_value: Text
    source_db_name: Text
    target_db_name: Text
    error_message: Text


class CompareTaskRow(TypedDict, total=False):
    """A comparison task (Table 44)."""

    id: Text
    type: Text
    start_time: Text
    end_time: Text
    status: Text
    compute_type: Text
    export_status: Text
    report_remain_seconds: Text
    compare_job_tag: dict[str, Text] | None
    error_msg: Text
    options: dict[str, Text] | None  # the vendor SDK knows it, the page does not
    dynamic_compare_delay: Number  # the same


class LineCompareOverview(TypedDict, total=False):
    """A database of a row comparison (Table 45)."""

    source_db_name: Text
    target_db_name: Text
    status: Text


class LineCompareDetail(TypedDict, total=False):
    """A table of a row comparison (Table 46)."""

    source_table_name: Text
    source_row_num: Text
    target_table_name: Text
    target_row_num: Text
    difference_row_num: Text
    status: Text
    message: Text


class ContentCompareOverview(TypedDict, total=False):
    """A database of a value comparison (Table 47)."""

    source_db: Text
    target_db: Text
    status: Text
    compare_result: Flag


class ContentCompareDetail(TypedDict, total=False):
    """A table of a value comparison (Table 48)."""

    source_db: Text
    target_db: Text
    source_table_name: Text
    target_table_name: Text
    source_row_num: Number
    target_row_num: Number
    difference_row_num: Number
    line_compare_result: Flag
    content_compare_result: Flag
    message: Text


class ContentDiff(TypedDict, total=False):
    """Differing rows of a value comparison (Table 49)."""

    count: Number
    target_meta_is_null: Number
    source_meta_is_null: Number
    source_target_meta_not_null: Number
    contents_infos: "list[ContentDiffRow] | None"


class ContentDiffRow(TypedDict, total=False):
    """A differing row (Table 50)."""

    source_key_value: list[Text] | None
    target_key_value: list[Text] | None
    source_select_sql: Text
    target_select_sql: Text

"""What a comparison earns, as facts for whoever decides by it."""

import pytest

from drs_mcp.summaries.comparisons.detail import EVERYTHING
from drs_mcp.summaries.comparisons.evidence.facts import Reach
from drs_mcp.summaries.comparisons.evidence.options import Option
from drs_mcp.summaries.comparisons.objects import ObjectComparison
from drs_mcp.summaries.comparisons.overviews.pairs import Pair
from drs_mcp.summaries.comparisons.rows import RowComparison
from drs_mcp.summaries.comparisons.status import Kind, Reason
from drs_mcp.summaries.comparisons.tasks import read_tasks
from drs_mcp.summaries.comparisons.values import ValueComparison
from tests.support.compared import row, task, value_row


def facts(*rows, reach=EVERYTHING, **of_task):
    fold = RowComparison()
    fold.feed(rows, source_db="shop", target_db="shop")
    (found,) = read_tasks([task(**of_task)])
    return fold.facts(found, reach)


def test_tables_that_agree_earn_agreement_dated_by_the_comparisons_end():
    found = facts(row("t", 1, 1), row("u", 2, 2))
    assert (found.agree, found.whole, found.understood) == (True, True, True)
    assert found.evidence.isoformat() == "2026-11-19T01:30:00+00:00"


@pytest.mark.parametrize(
    ("found", "agree", "whole"),
    [
        (facts(), None, True),
        (facts(row("t", 2, 1, "INCONSISTENT")), False, True),
        (facts(row("t", 2, 1)), None, True),
        (facts(row("t", 1, 1), row("u", 1, 1, "SOMETHING_NEW")), None, False),
        (facts(row("t", 1, 1), row("u", None, None, "COMPARING")), None, False),
        (facts(row("t", 1, 1), row("u", 9, 0, 27)), True, False),
        (facts(row("t", 1, 1, compare_line_config_filter="id > 1")), True, False),
        (facts(row("t", 1, 1), options={"lobCompare": "length"}), True, True),  # no column is read
        (facts(row("t", 1, 1), options={"compareMode": "quickComparison"}), True, False),
        (facts(row("t", 1, 1), status="FULL_DOING"), None, True),
        (facts(row("t", 1, 1), status="INCRE_DOING"), True, True),
        (facts(row("t", 1, 1), reach=Reach(complete=False)), None, False),
        (facts(row("t", 1, 1), reach=Reach(scope=2)), True, False),
        (facts(row("t", 1, 1), reach=Reach([Pair("shop", "shop", "INCONSISTENT")])), None, True),
        (facts(row("t", 1, 1), reach=Reach([Pair("x", "x", "TARGET_DB_NOT_EXIST")])), False, True),
        (facts(row("t", 1, 1), reach=Reach([Pair("x", "x", "COMPARING")])), None, False),
    ],
)
def test_what_is_open_or_left_out_earns_less(found, agree, whole):
    assert (found.agree, found.whole) == (agree, whole)


OPEN = """
    COMPARING WAITING_FOR_COMPARISON WAIT_FOR_COMPARE UNFINISHED FAILED_TO_COMPARE CAN_NOT_COMPARE
    CANCELED CANCELLED TIMEOUT SOURCE_SQL_ERROR TARGET_UNREACHABLE 4 5 6 7 14 27
"""


@pytest.mark.parametrize("status", OPEN.split())
def test_a_database_that_was_not_compared_to_its_end_does_not_agree_though_its_tables_do(status):
    found = facts(row("t", 1, 1), reach=Reach([Pair("shop", "shop", status)]))
    assert (found.agree, found.whole) == (None, False)
    assert found.doubts[0].startswith("the overview says of 1 database ('shop'): ")


@pytest.mark.parametrize("status", ["COMPARING", "FAILED_TO_COMPARE", "CAN_NOT_COMPARE"])
def test_a_table_that_was_not_compared_accounts_for_its_databases_status(status):
    rows = row("t", 1, 1), row("u", 9, 0, 27)
    found = facts(*rows, reach=Reach([Pair("shop", "shop", status)]))
    assert (found.agree, found.unsettled) == (True, [])
    assert found.not_compared == {Reason.TIMED_OUT: 1}


@pytest.mark.parametrize(
    "message",
    [
        "The table does not exist in the destination database.",
        "column photo was skipped: unsupported type",
        "partial result",
        "the table isn't supported",
        "rows 1-5 only",
        "the table has changed during the comparison",
        "not all shards were compared",
        "列 photo 已跳过",
        "该表被过滤",
        "目标库不存在该表",
        "snapshot too old",
        "snapshot expired",
        "snapshot lost at 2026-11-20",
        "compared with snapshot of another task",
        "3 of 10 rows compared",
        "50% compared",
        "3/10 rows",
        "snapshot failed",
        "ORA-01555: snapshot too old",
        "no snapshot",
        "snapshot time differs",
        "compare stopped at 2026-11-20 05:00:00",
        "快照过期",
        "快照失败",
        "对比超时",
        "仅对比 50%",
        "部分对比",
        "snapshot time unknown",
        "checksum mismatch",
        "checksums differ",
        "sample of 10 rows compared",
        "first 1000 rows compared",
        "rows compared: 0",
        "elapsed: timeout",
        "quick comparison",
        "校验和不一致",
        "0 rows compared",
        "time limit 60 min reached",
        "read time out",
        "end of time",
        "rows from 1 to 1000 compared",
        "limited to 1000 rows",
    ],
)
def test_a_failure_told_by_a_row_that_claims_to_agree_contradicts_it(message):
    found = facts(row("t", 1, 1, message=message))
    assert found.kinds == {Kind.CONTRADICTS: 1}


@pytest.mark.parametrize(
    "message",
    [
        "",
        None,
        "consistent",
        "0 rows skipped",
        "no mismatch",
        "无不一致",
        "compared by key",
        "snapshot time 2026-11-20T05:00:00Z",
        "compared with snapshot at 2026-11-20 05:00:00",
        "snapshot scn 88120019",
        "Compared as of SCN 88120019",
        "start time 2026-11-20 05:00:00, end time 2026-11-20 05:10:00",
        "rows counted with snapshot isolation",
        "consistent read at 2026-11-20T05:00:00Z",
        "10 rows compared, 0 differ",
        "checksum 0x1f2e",
        "md5 of both sides equal",
        "crc32 match",
        "compared by primary key in 4 shards",
        "took 12 s",
        "elapsed 00:00:12",
        "cost: 340 ms",
        "repeatable read snapshot",
        "快照时间 2026-11-20 05:00:00",
        "基于快照对比",
        "使用快照位点 88120019 对比",
        "开始时间 2026-11-20 05:00:00，结束时间 2026-11-20 05:10:00",
        "校验和一致",
        "耗时 12 秒",
        "共 10 行，一致",
        "success",
        "100% compared",
        "10 of 10 rows compared",
        "10/10 rows",
        "snapshot_scn=88120019",
        "compared at LSN 0/5A",
        "threads: 8",
        "snapshot GTID 3e11fa47-71ca-11e1-9e33-c80aa9429562:1-5",
    ],
)
def test_what_tells_no_failure_leaves_agreement_alone(message):
    assert facts(row("t", 1, 1, message=message)).agree is True


SHARES = ("0.5%", "0,01 %", "50%", "12％", "0.9", 0.4, "1e-3", "-0.2")


@pytest.mark.parametrize("share", SHARES)
def test_a_difference_told_as_a_share_is_one_though_in_how_many_rows_is_not_told(share):
    fold = RowComparison()
    fold.feed(
        [
            row("t", None, None, difference_row_num=share),
            row("u", None, None, "INCONSISTENT", difference_row_num=share),
        ],
        source_db="shop",
        target_db="shop",
    )
    answer = fold.answer(job="j", task=None)
    assert answer.totals == {"tables": 2, "contradictory": 1, "inconsistent": 1}
    assert "differing" not in answer.tables.columns
    assert f"difference_row_num {share}" in answer.message


@pytest.mark.parametrize("share", SHARES)
def test_values_that_are_called_the_same_beside_a_share_that_differs_contradict_it(share):
    fold = ValueComparison()
    uncounted = {"source_row_num": None, "target_row_num": None}
    rows = [
        value_row("t", 5, 5, differing=share),
        value_row("u", 5, 5, differing=share, **uncounted),
    ]
    fold.feed(rows, comparable=True, source_db="shop", target_db="shop")
    assert fold.facts(None).kinds == {Kind.CONTRADICTS: 2}


@pytest.mark.parametrize("none", ["0%", "0.00", "0,0 %", 0.0, "-0", "N/A", "-1", "-1%", None])
def test_a_share_of_nothing_is_no_difference(none):
    assert facts(row("t", None, None, difference_row_num=none)).agree is True


def test_a_table_of_which_some_shards_were_compared_is_still_compared():
    fold = ValueComparison()
    rows = [value_row("t", 1, 1, complete_shard_count=3, total_shard_count=5), value_row("u", 1, 1)]
    fold.feed(rows, comparable=True, source_db="shop", target_db="shop")
    assert fold.facts(None).kinds == {Kind.PENDING: 1, Kind.AGREES: 1}


@pytest.mark.parametrize("name", ["message", "error_msg", "error_message"])
def test_whichever_field_tells_the_failure_it_is_heeded_and_told(name):
    fold = RowComparison()
    fold.feed([row("t", 1, 1, **{name: "no route to host"})], source_db="shop", target_db="shop")
    answer = fold.answer(job="j", task=None)
    assert answer.totals == {"tables": 1, "contradictory": 1}
    assert answer.tables.rows[0][answer.tables.columns.index("message")] == "no route to host"


@pytest.mark.parametrize("share", [62.5, "40%", "0", "99,9 %"])
def test_a_table_that_was_compared_in_part_is_not_finished(share):
    found = facts(row("t", 1, 1, progress=share), row("u", 1, 1, progress=100))
    assert found.kinds == {Kind.PENDING: 1, Kind.AGREES: 1}


def test_why_tables_were_not_compared_is_counted_by_reason():
    found = facts(*[row(f"t{n}", 1, None, n) for n in (7, 14, 17, 18, 23, 27, 13, 5, 99)])
    assert found.not_compared == {
        Reason.CANCELED: 1,
        Reason.NO_CONNECTION: 1,
        Reason.TIMED_OUT: 2,
        Reason.FAILED: 1,
        Reason.TOO_LARGE: 1,
        Reason.ABSENT: 1,
        Reason.PENDING: 1,
        Reason.UNREAD: 1,
    }
    assert found.sums.counted == 0


def test_a_comparison_that_compares_changes_as_they_come_has_no_date_but_now():
    found = facts(row("t", 1, 1), status="INCRE_DOING", options={"contentCompareType": "dynamic"})
    assert (found.evidence, found.task.as_of_now) == (None, True)
    assert found.options == {Option.DYNAMIC}


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (None, Reason.NO_KEY),
        ("The table has no primary key.", Reason.NO_KEY),
        ("表没有主键", Reason.NO_KEY),
        ("Query timed out after 3600 s.", Reason.TIMED_OUT),
        ("The column type is not supported", Reason.UNSUPPORTED),
    ],
)
def test_why_values_could_not_be_compared_is_read_from_the_message(message, reason):
    fold = ValueComparison()
    fold.feed([value_row("t", 1, 1, same=None, message=message)], comparable=False)
    assert fold.facts(None).not_compared == {reason: 1}


def test_the_state_of_a_table_whose_values_are_still_compared_is_read():
    rows = [value_row(f"t{n}", 1, 1, same=None, status=n) for n in (-1, -3, -4, -2)]
    fold = ValueComparison()
    fold.feed(rows, comparable=True)
    kinds = fold.facts(None).kinds
    assert kinds == {Kind.PENDING: 2, Kind.NOT_COMPARED: 1, Kind.UNREAD: 1}


def test_objects_agree_where_lists_and_overview_both_say_so():
    info = {
        "compare_results": [{"type": "TABLE", "source_count": 1, "target_count": 1, "status": 2}]
    }
    fold = ObjectComparison()
    fold.feed([{"source_db_value": "a", "target_db_value": "a"}], "TABLE")
    assert fold.facts(info).agree is True
    info["compare_results"][0]["source_count"] = info["compare_results"][0]["target_count"] = 2
    short = fold.facts(info)
    assert (short.agree, short.short) == (None, {"TABLE": (1, 2)})
    view = {"type": "VIEW", "source_count": 2, "target_count": 1, "status": "INCONSISTENT"}
    assert fold.facts({"compare_results": [view]}).agree is False


def test_a_version_3_status_of_an_object_is_held_against_its_sides():
    rows = [
        {"source_db_value": "hr.a", "target_db_value": "x.b", "status": 2},
        {"source_db_value": "hr.c", "target_db_value": "", "status": "2"},
        {"source_db_value": "hr.d", "target_db_value": "hr.d", "status": 0},
        {"source_db_value": "hr.e", "target_db_value": "hr.e", "status": 3},
    ]
    fold = ObjectComparison()
    fold.feed(rows, "TABLE")
    assert fold.answer(job="x", task_id="t").totals == {
        "objects": 4, "contradictory": 2, "not finished": 1, "equal": 1,
    }  # fmt: skip

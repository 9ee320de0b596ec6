"""Whether what came later is all of what was lost."""

import pytest

from drs_mcp.summaries.logs.kinds.lost.covered import are_as_many, covers, is_in_part

TWELVE = "12 rows of hr.emp were skipped: parent missing"


@pytest.mark.parametrize(
    ("lost", "later", "all_of_it"),
    [
        (TWELVE, "9 of the 12 skipped rows of hr.emp were written again", False),
        (TWELVE, "12 of the 12 skipped rows of hr.emp were written again", True),
        (TWELVE, "all skipped rows of hr.emp were written again", True),
        (TWELVE, "12 of 500 rows of hr.emp were written again", True),
        (TWELVE, "11 skipped rows of hr.emp were written again", False),
        (TWELVE, "retry 2 of 10: skipped rows of hr.emp were written again", True),
        (TWELVE, "the skipped rows of hr.emp were written again, 2 rows remain", False),
        (TWELVE, "skipped rows of hr.emp: 12 of 12 written again, remaining: 0", True),
        ("rows of hr.emp were skipped", "9 of 12 rows were written again", False),
        ("1,200 rows of hr.emp were skipped", "1,200 rows of hr.emp were written again", True),
        ("1,200 rows of hr.emp were skipped", "200 rows of hr.emp were written again", False),
        ("表 hr.emp 跳过 12 行", "跳过的 12 行中 9 行已重新写入", False),
        ("views v_a, v_b and v_c were not migrated", "views v_a, v_b were migrated", False),
        ("views v_a, v_b were not migrated", "views v_b and v_a were migrated", True),
        ("视图 v_a、v_b 未迁移", "视图 v_a 已重新创建", False),
        ("tables crm.a, crm.b were skipped", "table crm.a was copied", False),
        ("tables crm.a, crm.b were skipped", "all skipped tables were copied", True),
        ("表 hr.emp 跳过 12 行", "跳过的 12 行已重新写入，剩余 3 行", False),
        ("表 hr.emp 跳过 12 行", "跳过的 12 行已重新写入，剩余 0 行", True),
        ("表 hr.emp 略過 12 筆", "略過的 12 筆已重新寫入", True),
    ],
)
def test_a_cure_has_to_cover_the_whole_number(lost, later, all_of_it):
    assert covers(lost, later) is all_of_it


def test_the_number_of_a_loss_stands_in_its_own_words():
    lost = "batch of 500 rows: 12 rows were skipped"
    later = "12 skipped rows were written again"
    assert covers(lost, later, "12 rows were skipped")
    assert covers(lost, later)


@pytest.mark.parametrize(
    ("lost", "later", "as_many"),
    [
        ("4 views were not migrated", "4 of 4 views migrated", True),
        ("4 views were not migrated", "12 of 12 views migrated", True),
        ("4 views were not migrated", "3 of 4 views migrated", False),
        ("4 views were not migrated", "2 of 2 views migrated", False),
        ("4 views were not migrated", "all 4 views migrated", True),
        ("4 views were not migrated", "4 views were migrated on retry", True),
        ("4 views were not migrated", "objects migrated: 4 views, 3 procedures", False),
        ("4 views were not migrated", "all 4 procedures migrated", False),
        ("3 个存储过程迁移失败", "授权后重试，3 个存储过程全部迁移成功", True),
        ("3 个存储过程迁移失败", "授权后重试，2 个存储过程迁移成功", False),
        ("view v_a was not migrated", "all 4 views migrated", False),
        ("2 indexes were not created", "both indexes were created", True),
        ("4 views were not migrated", "all views were migrated", True),
        ("4 个视图未迁移", "全部视图迁移成功", True),
        ("4 个视图未迁移", "全部表迁移成功", False),
    ],
)
def test_objects_without_names_are_the_same_by_their_number_and_kind(lost, later, as_many):
    assert are_as_many(lost, later) is as_many


def test_what_tells_of_a_part_or_a_remainder_is_in_part():
    assert is_in_part("9 of the 12 skipped rows were written again")
    assert is_in_part("12 行中 9 行已重新写入")
    assert not is_in_part("12 of the 12 skipped rows were written again")
    assert not is_in_part("skipped rows were written again")

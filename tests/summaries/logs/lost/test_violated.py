"""Which lines say that rows of the destination violate a constraint."""

import pytest

from drs_mcp.summaries.logs.kinds.lost.losses import VIOLATED, is_final, loss_in

TOLD = [
    "constraint fk_visit on public.visits was created NOT VALID: validation failed, 3 rows violate it",
    "constraint HR.FK_DEPT was created ENABLE NOVALIDATE: 12 orphan rows exist",
    "check constraint ck_amount is violated by 5 rows on the destination",
    "2 rows of HR.EMP violate constraint EMP_FK",
    "foreign key fk_a could not be validated: 7 rows have no parent",
    "外键 fk_a 校验未通过，存在 7 行孤儿数据",
    "检查约束 ck_amount 被 5 行违反",
    "目标表 crm.visits 有 3 行不满足外键 fk_visit",
]
NOT_TOLD = [
    "constraint fk_visit on public.visits was created NOT VALID and then validated: 0 rows violate it",
    "constraint fk_visit on public.visits validated",
    "no row violates ck_amount",
    "3 rows violate ck_amount at the source",
    "0 orphan rows exist",
    "the 12 orphan rows of HR.EMP were deleted",
    "if rows violate the constraint, the task stops",
    "checksum validation failed, block read again",
    "约束 ck_amount 校验通过",
    "0 行违反约束 ck_amount",
    "源库表 crm.visits 有 3 行不满足外键 fk_visit",
]


@pytest.mark.parametrize("line", TOLD)
def test_rows_that_violate_a_constraint_are_read(line):
    assert loss_in(line) == VIOLATED
    assert is_final(line)


@pytest.mark.parametrize("line", NOT_TOLD)
def test_a_constraint_that_holds_and_rows_of_the_source_are_none(line):
    assert loss_in(line) == ""

"""A general word tells a kind where it means that kind, and nothing where it means something else."""

import pytest

from drs_mcp.knowledge.engines.general import general_kind
from drs_mcp.knowledge.engines.kinds import kind_of
from drs_mcp.knowledge.engines.match import explain


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("shard 3: no primary available", "node"),
        ("10.3.3.3 is not the primary", "node"),
        ("the set has no master", "node"),
        ("crm.lead: no primary key to find the row by", ""),
        ("column id is not the primary key of crm.lead", ""),
        ("there was no primary reason to stop", ""),
        ("the number 70000 is out of range", "data"),
        ("time 25:61 out of range in row 7", "data"),
        ("row 7 is out of range for column qty", "data"),
        ("subscript 9 is out of range", ""),
        ("broker listens on a port that is out of range", ""),
        ("page 12 of the answer is out of range", ""),
        ("ring position 99 out of range", ""),
        ("permission denied on crm.lead", "privilege"),
        ("/opt/run/relay/000017: permission denied", ""),
        ("java.io.FileNotFoundException: /opt/run/a.idx (Permission denied)", ""),
        ("table crm.lead was not found", "schema"),
        ("the file crm.idx was not found", ""),
        ("bucket backup-7 does not exist", ""),
        ("collection crm.lead already exists", "exists"),
        ("directory of the spill already exists", ""),
        ("quota exceeded", "capacity"),
        ("quota exceeded for instances of the project", ""),
        ("vCPU quota exceeded", ""),
        ("the server is shutting down", "node"),
        ("writer 4 is shutting down", ""),
        ("the redo log was purged", "missing_log"),
        ("the audit log has been deleted", ""),
        ("the slow query log was purged", ""),
        ("crm.lead is marked as crashed", ""),
    ],
)
def test_a_word_tells_a_kind_only_where_it_means_it(message, kind):
    assert general_kind(f"component gave up: {message}") == kind


def test_what_exists_already_is_not_told_as_missing():
    exists = kind_of("component gave up: collection crm.lead already exists")
    assert exists.deterministic
    assert "missing" not in exists.means("destination")


@pytest.mark.parametrize(
    ("message", "entry", "resume"),
    [
        ("java.io.FileNotFoundException: /a/b (Permission denied)", "any-node-file", "depends"),
        ("java.io.IOException: No space left on device", "any-node-disk", "after_repair"),
        ("No space left on device", "any-disk-full", "after_repair"),
        ("specification 8u16g is sold out in this zone", "any-sold-out", "after_repair"),
        ("所选规格已售罄", "any-sold-out", "after_repair"),
        ("10.8.0.3 is not in the whitelist of the instance", "any-allow-list", "after_repair"),
        ("连接失败：DRS 节点 IP 不在白名单中", "any-allow-list", "after_repair"),
        ("table crm.lead has no primary key", "any-no-primary-key", "after_repair"),
        ("表 crm.lead 没有主键", "any-no-primary-key", "after_repair"),
    ],
)
def test_what_a_generic_word_hid_has_an_entry_of_its_own(message, entry, resume):
    fact = explain(f"service INCREMENT failed, cause by: {message}", link="mysql-to-mysql")[0]
    assert (fact.id, fact.resume) == (entry, resume)


@pytest.mark.parametrize(
    "message",
    [
        "数组下标越界：9",
        "端口 70000 超出范围",
        "参数 target_name 不能为空",
        "目录 /a/b 已经存在",
        "文件 a.idx 权限不足",
        "审计日志已被删除",
        "慢查询日志不存在",
        "參數超出範圍：parallel=99",
        "配置项流控参数非法",
    ],
)
def test_chinese_words_for_programs_files_and_parameters_are_not_told_of_rows_and_rights(message):
    assert explain(f"service INCREMENT failed, cause by: {message}", link="mysql-to-mysql") == []


def test_a_publication_that_is_missing_is_not_a_row_that_is_too_large():
    message = (
        'ERROR: publication "p" does not exist CONTEXT: slot "s", output plugin "pgoutput", '
        "in the change callback, associated LSN 1/2"
    )
    fact = explain(message, link="postgresql-to-postgresql")[0]
    assert (fact.id, fact.side) == ("postgresql-publication-missing", "source")


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("a row with this key already exists", "constraint"),
        ("the record of order 7 already exists", "constraint"),
        ("Key (id)=(?) already exists", "constraint"),
        ("the view v_orders already exists", "exists"),
        ("job key already exists", "exists"),
        ("requested WAL segment 00000001 has already been removed", "missing_log"),
        ("the redo logs have been recycled", "missing_log"),
        ("the temporary files have been removed", ""),
        ("the user id or password is wrong", "privilege"),
        ("password file is read: 3 rows are wrong", ""),
    ],
)
def test_what_exists_what_is_gone_and_who_is_refused(message, kind):
    assert general_kind(message) == kind

"""Plain words tell a cause: a thing and what is wrong with it, in either order and language."""

import time
from importlib.resources import files

import pytest
from pydantic_core import from_json

from drs_mcp.knowledge.engines.catalogue import ANY, catalogue
from drs_mcp.knowledge.engines.links import CATALOGUES
from drs_mcp.knowledge.engines.match import explain
from drs_mcp.knowledge.engines.plain import alternatives, sayings

NAMES = (*dict.fromkeys(name for names in CATALOGUES.values() for name in names), ANY)

MYSQL, PG, MSSQL = "mysql-to-mysql", "postgresql-to-postgresql", "sqlserver-to-sqlserver"
KAFKA, DWS, ORACLE = "mysql-to-kafka", "mysql-to-dws", "oracle-to-gaussdbv5"


@pytest.mark.parametrize(
    ("link", "message", "entry", "side"),
    [
        (MYSQL, "the table erp.bom of the destination lacks column weight_kg", "any-column-missing",
         "destination"),
        (MYSQL, "向表erp.bom写入失败：该表没有weight_kg列", "any-column-missing", "destination"),
        (MYSQL, "目標端找不到欄位weight_kg", "any-column-missing", "destination"),
        (DWS, "写入失败：没有与键值对应的分区", "any-partition-missing", "destination"),
        (DWS, "partition for key 2027-01-03 not found in ods.trade", "any-partition-missing",
         "destination"),
        (KAFKA, "主题erp.bom尚不存在，无法写入", "kafka-topic-missing", "destination"),
        (KAFKA, "topic erp.bom was deleted", "kafka-topic-missing", "destination"),
        (ORACLE, "service INCREMENT failed, cause by: supplemental log data is missing for HR.STAFF",
         "oracle-supplemental-logging", "source"),
        (ORACLE, "主键补充日志未打开，表HR.STAFF", "oracle-supplemental-logging", "source"),
        (ORACLE, "归档日志存在缺口，thread 1 sequence 7", "oracle-archived-log-gone", "source"),
        (MYSQL, "源端binlog_format为MIXED", "mysql-binlog-format", "source"),
        (MYSQL, "binlog_row_image of the session is MINIMAL", "mysql-row-image", "source"),
        (MYSQL, "源库的域名解析失败", "any-name-unresolved", "source"),
        (PG, "the destination became a replica and is not writable", "any-standby", "destination"),
        (PG, "目标实例已变为只读节点，无法写入", "any-standby", "destination"),
        (MSSQL, "service INCREMENT failed, cause by: change data capture is not enabled for dbo.c",
         "sqlserver-cdc-off", "source"),
        (MSSQL, "start LSN 0x0A13 is lower than the oldest LSN 0x0B77 of dbo_c",
         "sqlserver-cdc-window", "source"),
        (MSSQL, "起始LSN 0x0A13 小于最小LSN 0x0B77", "sqlserver-cdc-window", "source"),
        (MYSQL, "trigger trg_b raised an error: stock below zero", "any-trigger-failed",
         "destination"),
        (MYSQL, "列weight_kg精度不足", "any-too-long", "destination"),
        (MYSQL, "insert erp.bom failed: the value is longer than the column", "any-too-long",
         "destination"),
        (MYSQL, "the certificate of the source has expired", "any-certificate-expired", "source"),
        (MYSQL, "目标库账号已被锁定", "any-account-locked", "destination"),
        (MYSQL, "DRS 实例的存储已满", "any-node-disk", "either"),
        (MYSQL, "源库账号缺少REPLICATION SLAVE权限", "any-zh-privilege", "source"),
        (MYSQL, "写入erp.bom失败：父表记录不存在", "any-zh-foreign-key", "destination"),
        (MYSQL, "列memo的值超过定义长度", "any-too-long", "destination"),
        (MYSQL, "數值超出欄位amount的範圍", "any-zh-data", "destination"),
        (MYSQL, "value out of range for column amount", "any-zh-data", "destination"),
        (MYSQL, "database crm is missing at the destination", "any-zh-missing", "destination"),
        (MYSQL, "user drs has insufficient privileges in the destination", "any-zh-privilege",
         "destination"),
        (MYSQL, "the account of the source is not allowed to read erp.bom", "any-zh-privilege",
         "source"),
        (MYSQL, "源库账号密码已修改", "any-password-changed", "source"),
        (MYSQL, "the source account was disabled", "any-account-disabled", "source"),
        (MYSQL, "目标库连接数已用完", "any-zh-connections", "destination"),
        (MYSQL, "too few connections left at the destination", "any-zh-connections", "destination"),
        (MYSQL, "the destination was set to read-only", "any-zh-read-only", "destination"),
        (MYSQL, "disk of the destination is full", "any-disk-full", "destination"),
        (MYSQL, "源库磁盘空间不足", "any-disk-full", "source"),
        (MYSQL, "the binlog mysql-bin.000123 of the source was purged", "any-zh-log-missing",
         "source"),
        (MYSQL, "service INCREMENT failed, cause by: log_bin is OFF", "mysql-binlog-disabled",
         "source"),
        (MYSQL, "源库gtid_mode未开启", "mysql-gtid-mode-off", "source"),
        (MYSQL, "server_id of the source is 0", "mysql-server-id-unset", "source"),
        (MYSQL, "源库端口3306不通", "any-unreachable", "source"),
        (MYSQL, "安全组未放通源库端口", "any-allow-list", "source"),
        (MYSQL, "the source instance is stopped", "any-zh-node", "source"),
        (MYSQL, "the destination does not know the time zone Asia/Shanghai", "any-time-zone",
         "destination"),
        (MYSQL, "目标库不支持该DDL语句", "any-zh-unsupported", "destination"),
        (MYSQL, "the row to be updated was not found in the destination", "any-row-missing",
         "destination"),
        (MYSQL, "a NULL value for column cur is not allowed", "any-zh-not-null", "destination"),
        (MYSQL, "等待目标库表锁超过50秒", "any-zh-lock-wait", "destination"),
        (PG, "wal_level of the source is replica", "postgresql-wal-level", "source"),
        (PG, "复制槽数量已达上限", "postgresql-no-slot-free", "source"),
        (PG, "extension postgis is not installed at the destination",
         "postgresql-extension-missing", "destination"),
        (PG, "the role app_owner is missing in the destination", "postgresql-role-missing",
         "destination"),
        (ORACLE, "UNDO表空间不足", "oracle-undo-full", "source"),
        (ORACLE, "tablespace USERS of the source is full", "oracle-tablespace-full", "source"),
        (MSSQL, "SQL Server Agent of the source is stopped", "sqlserver-capture-stopped", "source"),
        (MSSQL, "源库事务日志已满", "sqlserver-log-full", "source"),
        ("mongodb-to-dds", "the oplog of the source no longer holds the position",
         "mongodb-oplog-lost", "source"),
        ("mongodb-to-dds", "文档超过16MB", "mongodb-too-large", "destination"),
        (MYSQL, "destination table users does not exist", "any-table-missing", "destination"),
        (MYSQL, "目标库表sales.bill已被重命名", "any-table-missing", "destination"),
        (MYSQL, "目标表列数与源表不一致", "any-definition-differs", "destination"),
        (MYSQL, "max_allowed_packet of the destination is too small", "mysql-packet",
         "destination"),
        (MYSQL, "任务节点内存溢出", "any-java-memory", "either"),
        (PG, "服务CAPTURER失败，原因：WAL日志不连续", "any-log-gap", "source"),
        (MYSQL, "INSERT privilege on t was revoked at the destination", "any-zh-privilege",
         "destination"),
        (MYSQL, "源库账号drs不存在", "any-account-missing", "source"),
        (MYSQL, "the unique index uk_a has duplicate values", "any-zh-duplicate-key",
         "destination"),
        (MYSQL, "索引idx_a已存在", "any-zh-exists", "destination"),
        ("redis-to-redis", "源端PSYNC命令被禁用", "redis-command-disabled", "source"),
    ],
)  # fmt: skip
def test_a_thing_and_its_fault_tell_the_cause_and_the_side(link, message, entry, side):
    best = explain(message, link=link)[0]
    assert (best.id, best.side) == (entry, side)


@pytest.mark.parametrize(
    "message",
    [
        "所有字段均已找到，无缺失",
        "column weight_kg was missing and has been added",
        "列weight_kg缺失，已自动补齐",
        "no column is missing",
        "检查目标端是否缺少分区",
        "check whether the partition does not exist",
        "supplemental logging is now enabled for HR.STAFF",
        "binlog_format: ROW, binlog_row_image: FULL",
        "check binlog_format: must be ROW, is ROW",
        "触发器trg_b已禁用",
        "证书将于30天后过期",
        "the certificate expires in 30 days",
        "账户未被锁定",
        "权限检查通过，不缺少权限",
        "外键检查已关闭",
        "created foreign key fk_a",
        "归档日志连续，无缺口",
        "消息积压超过1000条",
        "message queue exceeds 1000 entries",
        "12 partitions copied, 3 columns",
        "table users is locked by session 8",
        "object_name=roles not found",
        "表sales.bill行数不一致",
        "the value of the position is out of range",
        "目标库非只读状态",
        "如遇磁盘满请扩容",
        "binlog保留时间为24小时，以免binlog缺失",
        "redo log sequence 7 was deleted after it had been parsed",
        "the binlog mysql-bin.000007 was purged, the task reads mysql-bin.000009",
        "the extension was not found and has been created",
        "no row to be updated was not found",
    ],
)
def test_what_is_denied_asked_mended_or_of_something_else_is_not_said(message):
    for link in (MYSQL, ORACLE, KAFKA, MSSQL):
        assert explain(message, link=link) == []


@pytest.mark.parametrize(
    ("link", "message", "entry", "side"),
    [
        (MYSQL, "源库不可达，目标库正常", "any-unreachable", "source"),
        (MYSQL, "the source is reachable, the destination cannot be reached", "any-unreachable",
         "destination"),
        (MYSQL, "服务INCREMENT失败，原因：目标库证书校验通过，但源库证书已过期",
         "any-certificate-expired", "source"),
        (MYSQL, "Trigger trg_a was disabled and the foreign key fk_a is violated",
         "any-zh-foreign-key", "destination"),
        (ORACLE, "目标库表空间已满", "any-tablespace-full", "destination"),
        (ORACLE, "源库表空间已满", "oracle-tablespace-full", "source"),
        (MYSQL, "触发器执行成功，外键冲突", "any-zh-foreign-key", "destination"),
    ],
)  # fmt: skip
def test_a_fault_is_of_the_side_that_its_own_clause_names(link, message, entry, side):
    best = explain(message, link=link)[0]
    assert (best.id, best.side) == (entry, side)


def test_the_most_exact_thing_of_a_clause_is_meant():
    assert [said.pair for said in sayings("the partition p7 of table t does not exist")] == [
        "partition:missing"
    ]
    assert [said.pair for said in sayings("表t的分区p7不存在，表u完好")] == ["partition:missing"]


def test_a_fault_belongs_to_a_thing_of_its_own_clause_only():
    assert sayings("partition p7 copied. position 12 does not exist") == []
    assert sayings("分区p7已复制；文件不存在") == []


@pytest.mark.parametrize("piece", ["列", "column ", "不存在", "权限", "is not ", "a b c ", "没有"])
def test_no_text_takes_long(piece):
    text = piece * (1_000_000 // len(piece))
    started = time.process_time()
    sayings(text)
    assert time.process_time() - started < 1  # some 10 ms, when this was written


def test_every_fault_is_marked_with_the_place_of_its_thing_and_every_pair_is_one_that_can_be_said():
    raw = from_json(files("drs_mcp.knowledge.engines").joinpath("plain.json").read_bytes())
    things, faults = dict(raw["things"]), dict(raw["faults"])
    assert (len(things), len(faults)) == (len(raw["things"]), len(raw["faults"]))
    for words in faults.values():
        assert all(one[0] == "~" or one[-1] == "~" for one in alternatives(words))
    said = {pair for name in NAMES for pair in catalogue(name).by_saying}
    assert {pair.partition(":")[0] for pair in said} <= things.keys()
    assert {pair.partition(":")[2] for pair in said} <= faults.keys()

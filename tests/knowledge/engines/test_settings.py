"""Settings, packages and accounts that lack are told with what to set, install or pay."""

import pytest

from drs_mcp.knowledge.engines.match import explain

READS, WRITES = "service CAPTURER failed, cause by: ", "service INCREMENT failed, cause by: "


@pytest.mark.parametrize(
    ("link", "message", "side", "resume", "step"),
    [
        ("mysql-to-kafka", f"{READS}binlog_format must be ROW but was STATEMENT", "source",
         "depends", "binlog_format to ROW"),
        ("mysql-to-dws", f"{READS}event is not in ROW format", "source", "depends",
         "binlog_format to ROW"),
        ("mysql-to-mysql", f"{READS}binlog_row_image = NOBLOB, column memo lacks", "source",
         "depends", "binlog_row_image to FULL"),
        ("mysql-to-mysql", f"{WRITES}ERROR 1298 (HY000): Unknown or incorrect time zone: 'CET'",
         "destination", "after_repair", "mysql_tzinfo_to_sql"),
        ("mysql-to-mysql", "start failed: Unknown or incorrect time zone: 'UTC'", "either",
         "after_repair", "offset"),
        ("postgresql-to-postgresql", ('ERROR: extension "postgis" is not available Detail: Could '
         'not open extension control file "/x/postgis.control": No such file or directory.'),
         "destination", "after_repair", "install the extension"),
        ("postgresql-to-gaussdbv5", (f'{READS}could not access file "wal2json": No such file or '
         "directory"), "source", "after_repair", "plug-in"),
        ("postgresql-to-dws", f'{READS}ERROR: could not load library "/x/decoderbufs.so"',
         "source", "after_repair", "plug-in"),
        ("postgresql-to-mysql", (f"{READS}logical decoding on a standby requires wal_level >= "
         "logical on the primary"), "source", "after_repair", "primary"),
        ("mysql-to-oracle", f"{WRITES}ORA-30926: see the statement", "destination",
         "after_repair", "duplicate"),
        ("oracle-to-mysql", f"{READS}supplemental logging is not configured for HR.STAFF",
         "source", "after_repair", "SUPPLEMENTAL LOG DATA"),
        ("sqlserver-to-mysql", "为过程或函数 cdc.fn_cdc_get_net_changes_ ... 提供的参数数目不足。",
         "source", "full_copy", "retention"),
        ("mysql-to-mysql", f"{WRITES}列 tax_no 不允许空值", "destination", "after_repair", "NULL"),
        ("mysql-to-mysql", f"{WRITES}事务太大", "destination", "after_repair", "split"),
        ("mysql-to-mysql", f"{WRITES}磁盘使用率已达 98%，实例被置为只读", "destination",
         "after_repair", "space"),
    ],
)  # fmt: skip
def test_what_is_to_be_set_is_told(link, message, side, resume, step):
    best = explain(message, link=link)[0]
    assert (best.side, best.resume) == (side, resume)
    assert step in best.todo


@pytest.mark.parametrize(
    ("message", "step"),
    [
        ("任务节点异常，节点心跳丢失", "service ticket"),
        ("lost heartbeat of node 41", "service ticket"),
        ("instance frozen: overdue payment", "balance"),
        ("账号欠费，实例已冻结", "balance"),
    ],
)
def test_what_is_no_fault_of_a_database_is_told_of_none(message, step):
    best = explain(message, link="mysql-to-mysql")[0]
    assert step in best.todo
    assert "the source" not in best.meaning
    assert "the destination" not in best.meaning
    assert "server" not in best.meaning


@pytest.mark.parametrize(
    "message",
    [
        "账户未欠费，任务正常",
        "binlog_format is ROW, binlog_row_image is FULL",
        "supplemental logging is enabled for HR.STAFF",
        "磁盘使用率 41%",
        "节点心跳正常",
        "正在处理大事务，事务过大时会变慢",
    ],
)
def test_a_setting_that_is_as_it_should_be_is_not_told(message):
    for link in ("mysql-to-mysql", "oracle-to-gaussdbv5", ""):
        assert explain(message, link=link) == []

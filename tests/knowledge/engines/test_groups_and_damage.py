"""Replication groups, limits of captured columns, options that were removed, and damaged logs."""

import pytest

from drs_mcp.knowledge.engines.match import explain

READS, WRITES = "service CAPTURE failed, cause by: ", "service INCREMENT failed, cause by: "
MYSQL, ORACLE, MSSQL = "mysql-to-mysql", "oracle-to-gaussdbv5", "sqlserver-to-sqlserver"
PG, MONGO = "postgresql-to-postgresql", "mongodb-to-mongodb"
GROUP, EVENT = (
    " This is not compatible with Group Replication",
    "EventHeaderV4{timestamp=16, flags=0}",
)


@pytest.mark.parametrize(
    ("link", "message", "says", "never"),
    [
        (MYSQL, (f"{WRITES}ERROR 3098 (HY000): The table does not comply with the requirements by an"
         " external plugin."), "Group Replication", "sql_require_primary_key"),
        (MYSQL, (f"{WRITES}ERROR 3750 (HY000): Unable to create or change a table without a primary "
         "key, when the system variable 'sql_require_primary_key' is set."),
         "sql_require_primary_key", "Group Replication"),
        (MYSQL, f"{WRITES}Table audit does not have any PRIMARY KEY.{GROUP}", "invisible column",
         "CASCADE"),
        (MYSQL, f"{WRITES}Table audit has a foreign key with 'CASCADE' clause.{GROUP}",
         "without CASCADE", "InnoDB"),
        (MYSQL, f"{WRITES}Table audit does not use the InnoDB storage engine.{GROUP}",
         "ENGINE = InnoDB", "CASCADE"),
        (MYSQL, (f"{WRITES}Transaction isolation level (tx_isolation) is set to SERIALIZABLE, which "
         "is not compatible with Group Replication"), "READ-COMMITTED", "CASCADE"),
        (MYSQL, (f"{WRITES}ERROR 3161 (HY000): Storage engine MyISAM is disabled (Table creation is "
         "disallowed)."), "disabled_storage_engines", "does not support"),
        (MYSQL, (f"{WRITES}ERROR 3100 (HY000): Error on observer while running replication hook "
         "'before_commit'. Transaction of size 26156 exceeds specified limit 15000. To increase the "
         "limit please adjust group_replication_transaction_size_limit option."),
         "have such a transaction split", "bring the member back"),
        (MYSQL, (f"{WRITES}ERROR 3797 (HY000): Error while waiting for group transactions commit on "
         "group_replication_consistency= 'BEFORE'"), "ONLINE", "rolled"),
        (ORACLE, (f"{READS}ORA-44609: CONTINUOUS_MINE is desupported for use with "
         "DBMS_LOGMNR.START_LOGMNR."), "service ticket", "LOGMINING"),
        # The server itself spells the option with one letter less.
        (ORACLE, f"{READS}CONTINOUS_MINE 已经不支持用于 DBMS_LOGMNR.START_LOGMNR。", "removed in 19c",
         "LOGMINING"),
        (ORACLE, f"{READS}ORA-44613: LogMiner flat file dictionary is de-supported.", "flat file",
         "CONTINUOUS_MINE"),
        (ORACLE, f"{READS}ORA-01300: writable database required for specified LogMiner options",
         "read-only", "LOGMINING"),
        (ORACLE, f"{READS}ORA-01358: LogMiner version is less than mined dictionary version",
         "newer version", "built anew"),
        (ORACLE, f"{READS}ORA-01304: subordinate process error. Check alert and trace logs",
         "alert log", "LOGMINING"),
        (ORACLE, f"{READS}ORA-01288: cannot apply this DDL to the Logminer Dictionary",
         "time zone", "RESETLOGS"),
        (ORACLE, f"{READS}ORA-01306: dbms_logmnr.start_logmnr() must be invoked", "LOGMINING",
         "service ticket"),
        (MSSQL, (f"{READS}Length of LOB data (9412) to be replicated exceeds configured maximum "
         "4096. (Error 7139)"), "max text repl size", "shorten"),
        (MSSQL, f"{READS}Msg 7138, Level 16: The WRITETEXT statement is not allowed", "WRITETEXT",
         "max text repl size"),
        (MSSQL, (f"{WRITES}Msg 7119, Level 16: Attempting to grow LOB beyond maximum allowed size of "
         "2147483647 bytes."), "large value", "widen"),
        (MSSQL, (f"{READS}Msg 7105, Level 22: The Database ID 7, Page (1:3), slot 0 for LOB data type"
         " node does not exist."), "DBCC CHECKTABLE", "full copy"),
    ],
)  # fmt: skip
def test_a_limit_is_told_by_its_own_cause(link, message, says, never):
    best = explain(message, link=link)[0]
    assert says in f"{best.meaning} {best.todo}"
    assert never not in f"{best.meaning} {best.todo}"
    assert best.side == ("source" if message.startswith(READS) else "destination")


@pytest.mark.parametrize(
    ("link", "message", "resume"),
    [
        (MYSQL, "ERROR 3098 (HY000): x", "after_repair"),
        (MYSQL, "ERROR 3781 (HY000): x", "as_is"),
        (MSSQL, "Msg 7139, Level 16, State 1", "after_repair"),
        (MSSQL, "要复制的 LOB 数据的长度(9412)超出了配置的最大值 4096。", "after_repair"),
        (ORACLE, "ORA-44609: x", "depends"),
        (ORACLE, "ORA-01355: logminer tablespace change in progress", "as_is"),
        (ORACLE, "ORA-01293: mounted database required for specified LogMiner options", "as_is"),
    ],
)
def test_whether_a_resume_helps_is_told(link, message, resume):
    assert explain(message, link=link)[0].resume == resume


@pytest.mark.parametrize(
    ("link", "message"),
    [
        (MYSQL, "Event crc check failed! Most likely there is event corruption. (bin.000731, 482)"),
        (MYSQL, "Error in Log_event::read_log_event(): 'Found invalid event in binary log'"),
        (MYSQL, "Replication event checksum verification failed while reading from network."),
        (MYSQL, "ERROR 1744 (HY000): x"),
        (MYSQL, "ERROR 1610 (HY000): Corrupted replication event was detected"),
        (MYSQL, "Error reading relay log event: corrupted data in log event"),
        (MYSQL, "get event failed: binlog checksum mismatch, data may be corrupted"),
        (MYSQL, "com.google.code.or.io.CRCException: CRC Exception processing BinlogEventV4Header"),
        (MYSQL, "binlog event at mysql-bin.000731:4821 is corrupted"),
        (MYSQL, "mysql-bin.000731 CRC校验失败"),
        ("", "binlog 事件已损坏，位点 4821"),
        (MYSQL, "Relay log read failure: Could not parse relay log event entry."),
        (ORACLE, "归档日志 1_77.arc 已损坏"),
        (PG, "WAL segment 0000000100A5 is corrupted"),
        (MONGO, "oplog is damaged"),
    ],
)
def test_a_damaged_log_is_told_as_damaged_not_as_purged(link, message):
    facts = explain(f"service LOGMANAGER failed, cause by: {message}", link=link)
    assert [(fact.side, fact.resume) for fact in facts] == [("source", "depends")]
    assert "damaged" in facts[0].meaning
    assert "longer" not in facts[0].todo


@pytest.mark.parametrize(
    ("message", "says"),
    [
        (f"Failed to deserialize data of {EVENT}", "reader does not know"),
        ("Error while deserializing binlog event at offset {file=b.7, pos=4}", "reader does not know"),
        ("assertion failed! We left -3 unconsumed bytes in the buffer for event: X",
         "reader does not know"),
        ((f"Failed to deserialize data of {EVENT} Caused by: java.io.EOFException: Failed to read next"
         " byte from position 77"), "middle of an event"),
        ((f"Failed to deserialize data of {EVENT} Caused by: MissingTableMapEventException: No "
         "TableMapEventData has been found for table id:7"), "table's definition"),
        ("Found invalid binary log encryption header", "keyring"),
        (("Cannot get file password for encrypted replication log file, please check if keyring plugin"
         " is loaded"), "keyring"),
        ("Binlog has bad magic number;  It's not a binary log file", "truncated or damaged"),
    ],
)  # fmt: skip
def test_an_event_that_cannot_be_read_is_told_by_the_most_exact_cause(message, says):
    [fact] = explain(f"{READS}{message}", link=MYSQL)
    assert says in fact.meaning
    assert fact.side == "source"


@pytest.mark.parametrize(
    ("link", "line"),
    [
        (MYSQL, "no corrupted binlog event was found"),
        (MYSQL, "binlog 未损坏"),
        (MYSQL, "检查 binlog 是否损坏"),
        (MYSQL, "binlog_checksum = CRC32, source_verify_checksum = ON"),
        (MYSQL, "group_replication_transaction_size_limit = 150000000"),
        (MYSQL, "group_replication_consistency = BEFORE_ON_PRIMARY_FAILOVER, 3 members ONLINE"),
        (MSSQL, "slot 0 of page (1:3) was read"),
        (ORACLE, "LogMiner started without CONTINUOUS_MINE, 4 files added"),
    ],
)
def test_an_ordinary_line_of_them_tells_no_failure(link, line):
    assert explain(line, link=link) == []


def test_a_replication_slot_is_no_slot_of_a_page():
    assert explain("slot drs_1 does not exist", link=PG)[0].kind == "missing_log"
    assert explain("slot 0 for the node does not exist", link=MSSQL) == []


def test_a_reader_that_lost_its_connection_within_an_event_met_no_damaged_one():
    header = "Failed to deserialize data of EventHeaderV4{eventType=WRITE_ROWS}"
    assert explain(header, link="mysql-to-mysql")[0].id == "mysql-binlog-event-unreadable"
    found = explain(
        f"{header} Caused by: java.net.SocketException: Connection reset", link="mysql-to-mysql"
    )
    assert "mysql-binlog-event-unreadable" not in [fact.id for fact in found]

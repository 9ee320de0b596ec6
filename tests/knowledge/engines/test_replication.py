"""What readers of changes meet: each documented error is told by its own cause, not its neighbour's."""

import pytest

from drs_mcp.knowledge.engines.kinds import kind_of
from drs_mcp.knowledge.engines.match import explain

READS, WRITES = "service CAPTURER failed, cause by: ", "service INCREMENT failed, cause by: "
COPIES = "service DATAMOVE failed, cause by: "
MYSQL, MARIADB, PG = "mysql-to-mysql", "mariadb-to-mysql", "postgresql-to-postgresql"
ORACLE, MSSQL, MONGO = "oracle-to-mysql", "sqlserver-to-sqlserver", "mongodb-to-mongodb"
TIDB, TO_TIDB, DB2, REDIS = "tidb-to-mysql", "mysql-to-tidb", "db2-to-gaussdbv5ha", "redis-to-redis"
KAFKA = "mysql-to-kafka"


@pytest.mark.parametrize(
    ("link", "message", "says", "side", "resume"),
    [
        (MYSQL, f"{READS}java.io.IOException: Unknown event type 40 in bin.000044:1203",
         "compressed transactions", "source", "depends"),
        (MYSQL, f"{READS}不支持的 binlog 事件类型 40", "compressed transactions", "source",
         "depends"),
        (MYSQL, f"{READS}event PARTIAL_UPDATE_ROWS cannot be parsed", "JSON columns in part",
         "source", "depends"),
        (MYSQL, f"{READS}Unknown event type: 42", "tagged GTIDs", "source", "depends"),
        (MYSQL, f"{READS}unsupported event: GTID_TAGGED_LOG_EVENT", "tagged GTIDs", "source",
         "depends"),
        (MYSQL, f"{READS}unknown event type 77 at bin.000012:4", "kind of event", "source",
         "depends"),
        (MARIADB, f"{READS}Unknown event type 166", "log_bin_compress", "source", "depends"),
        (MYSQL, (f"{READS}java.io.EOFException: Failed to read remaining 9 of 20 bytes from "
         "position 77"), "middle of an event", "source", "as_is"),
        (MYSQL, (f"{WRITES}ERROR 1231 (42000): Variable 'sql_mode' can't be set to the value of "
         "'NO_AUTO_CREATE_USER'"), "sql_mode", "destination", "after_repair"),
        (PG, (f'{WRITES}ERROR: database is not accepting commands that assign new XIDs to avoid '
         'wraparound data loss in database "crm"'), "transaction IDs", "destination",
         "after_repair"),
        (PG, (f'{READS}ERROR: database is not accepting commands that generate new MultiXactIds to '
         'avoid wraparound data loss in database "crm"'), "multixact", "source", "after_repair"),
        (PG, f'{READS}ERROR: replication slot "s7" was not created in this database',
         "another database", "source", "after_repair"),
        (PG, f'{READS}ERROR: replication slot "s7" already exists', "leftover", "source",
         "after_repair"),
        (PG, f"{COPIES}read table=public.a failed: ERROR: could not import the requested snapshot",
         "snapshot", "source", "depends"),
        (PG, f"{READS}ERROR: permission denied to use replication slots", "REPLICATION", "source",
         "after_repair"),
        (PG, (f'{READS}ERROR: can no longer access replication slot "s" DETAIL: This replication '
         'slot has been invalidated due to "idle_timeout".'), "idle_replication_slot_timeout",
         "source", "full_copy"),
        (PG, (f"{WRITES}ERROR: there is no unique or exclusion constraint matching the ON CONFLICT "
         "specification"), "no primary or unique key", "destination", "after_repair"),
        (ORACLE, f"{READS}ORA-00353: log corruption near block 9 change 7 time 01/02/2026",
         "damaged", "source", "depends"),
        (ORACLE, f"{READS}ORA-01287: file /arc/1.arc is from a different database incarnation",
         "RESETLOGS", "source", "depends"),
        (ORACLE, f"{READS}ORA-01347: Supplemental log data no longer found", "supplemental",
         "source", "after_repair"),
        (ORACLE, f"{READS}ORA-15173: entry 'ARCHIVELOG' does not exist in directory 'X'", "ASM",
         "source", "depends"),
        (ORACLE, f'{READS}ORA-26812: An active session currently attached to XStream server "A".',
         "attached", "source", "as_is"),
        (ORACLE, f"{READS}ORA-28365: wallet is not open", "wallet", "source", "after_repair"),
        (ORACLE, f"{READS}ORA-01000: maximum open cursors exceeded", "OPEN_CURSORS", "source",
         "after_repair"),
        (MSSQL, (f"{READS}error 18752: Only one Log Reader Agent or log-related procedure can "
         "connect to a database at a time."), "Another session", "source", "after_repair"),
        (MSSQL, (f"{READS}error 22939: The parameter @supports_net_changes is set to 1, but the "
         "source table does not have a primary key defined"), "no primary key", "source",
         "after_repair"),
        (MSSQL, (f"{READS}error 15517: Cannot execute as the database principal because the "
         'principal "dbo" does not exist'), "owner", "source", "after_repair"),
        (MSSQL, (f"{WRITES}error 4305: The log in this backup set begins at LSN 7, which is too "
         "recent to apply to the database."), "missing", "destination", "depends"),
        (MSSQL, (f"{WRITES}error 3169: The database was backed up on a server running version "
         "16.00.1000."), "newer version", "destination", "after_repair"),
        (MONGO, (f"{READS}Command failed with error 47 (NoMatchingDocument): 'Change stream was "
         "configured to require a pre-image, but the pre-image was not found'"), "pre-images",
         "source", "depends"),
        (MONGO, f"{READS}Command failed with error 346 (ChangeStreamInvalidated): 'x'", "dropped",
         "source", "depends"),
        (DB2, (f"{READS}SQL2651N  The log records associated with the database can not be "
         "asynchronously read."), "circular", "source", "after_repair"),
        (REDIS, f"{WRITES}ERR DB index is out of range", "fewer databases", "destination",
         "after_repair"),
        (KAFKA, (f"{WRITES}org.apache.kafka.common.errors.SslAuthenticationException: SSL handshake"
         " failed"), "encrypted", "destination", "after_repair"),
        (TO_TIDB, f"{WRITES}ERROR 8141 (HY000): assertion failed: key: 74", "do not agree",
         "destination", "depends"),
    ],
)  # fmt: skip
def test_a_documented_error_is_explained(link, message, says, side, resume):
    best = explain(message, link=link)[0]
    assert says in f"{best.meaning} {best.todo}"
    assert (best.side, best.resume) == (side, resume)


@pytest.mark.parametrize(
    ("link", "message", "says", "never"),
    [
        # Codes that differ by one.
        (TIDB, f"{COPIES}ERROR 8027 (HY000): Information schema is out of date", "lease", "changed"),
        (TIDB, f"{COPIES}ERROR 8028 (HY000): Information schema is changed during the execution",
         "changed", "lease"),
        (TO_TIDB, f"{WRITES}[tikv:9005]Region is unavailable", "no leader", "overloaded"),
        (ORACLE, f"{READS}ORA-28009: connection as SYS should be as SYSDBA or SYSOPER", "SYSDBA",
         "wrong"),
        (ORACLE, f"{READS}ORA-12650: No common encryption or data integrity algorithm", "encrypted",
         "broke"),
        (ORACLE, f"{COPIES}read table=A.B failed, ORA-08103: object no longer exists", "truncated",
         "never created"),
        (ORACLE, f"{READS}ORA-16224: Database Guard is enabled", "guard", "transaction"),
        (MSSQL, (f"{READS}error 22911: The capture job cannot be used when transactional replication"
         " is also enabled on the same database"), "published", "capture job of change data"),
        (MONGO, f"{READS}Command failed with error 260 (InvalidResumeToken): 'Bad resume token'",
         "does not accept", "overwritten"),
        (MONGO, f"{WRITES}Command failed with error 11601 (Interrupted): 'operation was interrupted'",
         "ended the operation", "primary"),
        # One wording, several causes.
        (MSSQL, (f"{WRITES}error 9002: The transaction log for database 'a' is full due to "
         "'REPLICATION'."), "has not read it", "backed up"),
        (MSSQL, (f"{WRITES}error 9002: The transaction log for database 'a' is full due to "
         "'LOG_BACKUP'."), "not backed up", "capture"),
        (MSSQL, (f"{READS}Login failed for user 'a'. Reason: Failed to open the explicitly specified"
         " database 'b'."), "password is right", "password is wrong"),
        (MSSQL, (f"{READS}Login failed for user 'a'. Reason: An attempt to login using SQL "
         "authentication failed. Server is configured for Windows authentication only."),
         "Windows logins", "password"),
        (MYSQL, (f"{WRITES}The MySQL server is running with the --skip-grant-tables option so it "
         "cannot execute this statement (errno 1290)"), "skip-grant-tables", "read-only"),
        (MYSQL, f"{WRITES}Cannot execute statement in a READ ONLY transaction (errno 1792)",
         "read-only transaction", "full disk"),
        (MYSQL, (f"{WRITES}ERROR 1665 (HY000): Cannot execute statement: impossible to write to "
         "binary log since BINLOG_FORMAT = STATEMENT"), "its own binlog", "source"),
        (MYSQL, (f"{WRITES}ERROR 1419 (HY000): You do not have the SUPER privilege and binary "
         "logging is enabled"), "trusts their creators", "lacks a right"),
        (MARIADB, f"{WRITES}Unknown collation: 'utf8mb4_uca1400_as_ci'", "MariaDB 10.10",
         "MySQL 8.0"),
        (PG, (f"{READS}ERROR: canceling statement due to conflict with recovery DETAIL: User was "
         "holding a relation lock for too long."), "its locks", "removed rows"),
        (PG, (f"{WRITES}ERROR: out of shared memory HINT: You might need to increase "
         "max_locks_per_transaction."), "lock table", "ran out of memory"),
        (REDIS, f"{READS}NOMASTERLINK Can't SYNC while not connected with my master",
         "lost its primary", "backlog"),
        (KAFKA, (f"{WRITES}CorruptRecordException: This message has failed its CRC checksum, exceeds"
         " the valid size"), "damaged", "larger"),
    ],
)  # fmt: skip
def test_an_error_is_not_taken_for_its_neighbour(link, message, says, never):
    meaning = explain(message, link=link)[0].meaning
    assert says in meaning
    assert never not in meaning


@pytest.mark.parametrize(
    ("link", "message", "condition"),
    [
        (PG, f"{READS}ERROR: all replication slots are in use", "after a restart"),
        (PG, f"{READS}FATAL: number of requested standby connections exceeds max_wal_senders",
         "after a restart"),
        (PG, f"{READS}ERROR: logical decoding requires wal_level >= logical", "after a restart"),
        (PG, f"{WRITES}FATAL: sorry, too many clients already", "after a restart"),
        (PG, f"{WRITES}ERROR: out of shared memory", "after a restart"),
        ("mysql-to-gaussdbv5ha", f"{WRITES}FATAL: sorry, too many clients already",
         "after a restart"),
        (MYSQL, f"{READS}You are not using binary logging", "after a restart"),
        (MYSQL, f"{WRITES}Thread stack overrun: 9 bytes used", "after a restart"),
        (ORACLE, f"{READS}ORA-00020: maximum number of processes (150) exceeded",
         "after a restart"),
        (MSSQL, f"{READS}error 18452: Login failed. The login is from an untrusted domain",
         "after a restart"),
        (TO_TIDB, f"{WRITES}entry too large, the max entry size is 6291456", "after a restart"),
        (MYSQL, f"{READS}binlog_row_image = MINIMAL", "reconnect its sessions"),
        (MYSQL, f"{READS}binlog_format is not ROW", "reconnect its sessions"),
        (MYSQL, f"{WRITES}Packet for query is too large (9 > 8)", "new connections"),
        (MYSQL, "errno = 1236 errmsg = Slave can not handle replication events with the checksum",
         "a later one"),
        (PG, f"{READS}ERROR: canceling statement due to statement timeout", "new sessions"),
        (PG, f"{READS}canceling statement due to conflict with recovery", "a reload is enough"),
        (PG, f"{READS}ERROR: requested WAL segment 0001 has already been removed", "later WAL only"),
        (MONGO, f"{READS}ChangeStreamHistoryLost", "enlarge the oplog first"),
        (REDIS, f"{READS}Partial resynchronization not possible", "later changes only"),
        (ORACLE, f"{READS}ORA-26767: Not enough redo log information for LogMiner",
         "later loads only"),
        (DB2, f"{WRITES}SQL0964C  The transaction log for the database is full.", "disconnected"),
    ],
)  # fmt: skip
def test_a_fix_says_when_it_takes_effect(link, message, condition):
    assert condition in explain(message, link=link)[0].todo


@pytest.mark.parametrize(
    ("link", "line"),
    [
        (ORACLE, "Archived log 2_771_1090.arc is no longer in the archive, asking once more"),
        (ORACLE, "归档日志 2_771.arc 已不在磁盘上，重新请求"),
        (MYSQL, "binlog mysql-bin.000812 is not in the index any more; reading again"),
        (PG, "WAL segment 00000001000000A5 has been recycled"),
    ],
)
def test_a_log_that_is_no_longer_there_is_a_missing_one(link, line):
    assert kind_of(line, link=link).name == "missing_log"


@pytest.mark.parametrize(
    ("link", "line"),
    [
        (ORACLE, "Archived log 2_771_1090.arc is on disk, reading it"),
        (MYSQL, "binlog mysql-bin.000812 is no longer needed by the task"),
    ],
)
def test_a_log_that_is_there_or_not_needed_is_no_failure(link, line):
    assert kind_of(line, link=link).name == "unknown"


def test_a_notice_is_nothing_that_retrying_cannot_pass():
    assert explain("ORA-28002: the password will expire within 5 days", link=ORACLE) == []
    assert explain('replication slot "s7" already exists, it is reused', link=PG) == []


@pytest.mark.parametrize(
    ("link", "message", "says"),
    [
        (PG, f"{READS}ERROR: could not map filenode to relation OID", "catalog"),
        (PG, f"{READS}could not find record while sending logically-decoded data", "damaged"),
        (PG, f'{WRITES}ERROR: access method "rum" does not exist', "missing"),
        (PG, f'{WRITES}ERROR: tablespace "ts7" does not exist', "tablespace"),
        (PG, f"{WRITES}ERROR: replication origin with ID 3 is already active", "origin"),
        (MYSQL, f"{WRITES}XAER_RMFAIL: The command cannot be executed", "XA transaction"),
        (MYSQL, f"{WRITES}Cannot drop index 'i': needed in a foreign key constraint",
         "foreign key"),
        (MYSQL, f"{READS}Unknown event type 163", "MariaDB alone"),
        (MYSQL, (f"{READS}You have an error in your SQL syntax; check the manual for the right syntax"
         " to use near 'MASTER STATUS' at line 1"), "no longer knows"),
        (ORACLE, (f"{READS}ORA-06550: line 1, column 7: PLS-00201: identifier 'SYS.DBMS_LOGMNR' must"
         " be declared"), "may not run a package"),
        ("mysql-to-oracle", f"{WRITES}ORA-20117: no such customer", "error of its own"),
        (MSSQL, f"{READS}SQLServerAgent is not currently running so it cannot be notified",
         "Agent of the source is stopped"),
        (REDIS, f"{READS}ERR unsupported command 'psync'", "PSYNC"),
        (KAFKA, f"{WRITES}Failed to construct kafka producer", "No producer"),
        ("gaussdbv5ha-to-mysql", f"{READS}[LL001] logical decode error: unknown option",
         "could not decode"),
        ("mysql-to-kafka", "could not connect, remaining connection slots are reserved",
         "no more connections"),
    ],
)  # fmt: skip
def test_relatives_are_explained_too(link, message, says):
    assert says in explain(message, link=link)[0].meaning


@pytest.mark.parametrize(
    ("link", "line"),
    [
        (MYSQL, "binlog_row_image=FULL, binlog_transaction_compression=OFF"),
        (MYSQL, "TRANSACTION_PAYLOAD_EVENT of 9 MB decompressed"),
        (PG, "autovacuum: VACUUM public.a (to prevent wraparound)"),
        (PG, "max_replication_slots = 20, in use 3"),
        (PG, "snapshot 00000003-0000001B-1 exported"),
        (ORACLE, "Archived log 1_77_1090.arc was read completely and is no longer needed"),
        (ORACLE, "ASM disk group DATA mounted, wallet is open"),
        (MSSQL, "Capture instance dbo_orders created, log backup chain complete"),
        (MONGO, "Change stream resumed from token 8264, pre-images are enabled"),
        (TIDB, "GC safe point is 3 h behind, schema version 88 loaded"),
        (KAFKA, "Producer created with acks=all"),
    ],
)
def test_an_ordinary_line_of_these_things_tells_no_failure(link, line):
    assert explain(line, link=link) == []
    assert kind_of(line, link=link).name == "unknown"


@pytest.mark.parametrize(
    ("link", "line"),
    [
        (PG, "requested WAL segment 0000000100000A3F00000042 has already been removed"),
        (PG, "请求的 WAL 段 000000010000000000000042 已经被移除"),
        (MYSQL, "从二进制日志读取时出现错误 1236：源库已清理所需的binlog"),
        (MYSQL, "已删除任务所需的binlog，无法继续"),
        (MYSQL, "requested WAL segment 00000001 has already been removed"),
        (MSSQL, "The log_reader position 0000002a:01 is truncated"),
        (MSSQL, "transaction log has been truncated before LSN 0000002a:00000170:0003 was read"),
        (MSSQL, "The LSN 0000002a:0170 is out of range of cdc.lsn_time_mapping"),
        (MSSQL, "事务日志 LSN 0000002a 已被截断"),
        (MONGO, "oplog entry ts 1731 is no longer in the oplog"),
        (MONGO, "we are too stale to catch up"),
        (REDIS, "复制积压缓冲区已被覆盖，无法增量同步"),
        (REDIS, "replication backlog 88112 was overwritten"),
        (ORACLE, "ORA-00308: cannot open archived log '/arch/1_2.arc'"),
    ],
)
def test_the_log_that_a_task_needs_is_gone_in_each_engines_words(link, line):
    assert kind_of(line, link=link).name == "missing_log"


@pytest.mark.parametrize(
    ("link", "line"),
    [
        (PG, "WAL segment 000000010000000000000042 was archived"),
        (MYSQL, "源库未清理所需的binlog"),
        (MSSQL, "transaction log backup of LSN 0000002a finished"),
        (MSSQL, "table shop.t truncated at the destination"),
        (MONGO, "the position is in the oplog"),
        (REDIS, "复制积压缓冲区大小 64MB"),
    ],
)
def test_a_log_that_is_kept_is_none_that_is_gone(link, line):
    assert kind_of(line, link=link).name != "missing_log"


@pytest.mark.parametrize(
    "line",
    [
        "Offset 123 of partition orders-3 out of range, log start offset 900",
        "Fetch position 7 is out of range for partition orders-0",
        "偏移量 123 超出范围，分区 orders-3",
    ],
)
def test_an_offset_that_kafka_no_longer_keeps_is_told(line):
    assert explain(line, link="kafka-to-kafka")[0].id == "kafka-offset"


def test_a_slot_that_another_consumer_holds_is_to_be_freed_by_ending_it():
    told = explain('replication slot "drs_9" is active for PID 33121', link=PG)[0]
    assert "another consumer" in told.todo
    assert "pg_terminate_backend" in told.todo

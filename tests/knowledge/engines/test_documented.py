"""Errors whose documentation says another thing than their neighbours mean: cause and resume."""

import pytest

from drs_mcp.knowledge.engines.match import explain

READS, WRITES = "service CAPTURE failed, cause by: ", "service INCREMENT failed, cause by: "
DB2, ORACLE, MSSQL = "db2-to-gaussdbv5", "oracle-to-gaussdbv5", "sqlserver-to-sqlserver"
MONGO, MYSQL, DM = "mongodb-to-mongodb", "mysql-to-mysql", "oracle-to-dm"
TO_DB2, TO_GAUSS, TO_ORACLE = "mysql-to-db2", "mysql-to-gaussdbv5", "mysql-to-oracle"
TO_OB, FROM_MARIADB = "mysql-to-oceanbase", "mariadb-to-mariadb"
DISTRIBUTED = "mysql-to-gaussdbv5"


@pytest.mark.parametrize(
    ("link", "message", "says", "never", "resume"),
    [
        (DB2, (f'{READS}SQL2655N  The Asynchronous Log Reader encountered log file "S0001.LOG" which '
         "is not associated with the database being asynchronously read."), "another database",
         "restore", "depends"),
        (DB2, f"{READS}SQLCODE=-2656, SQLSTATE=     : S0001.LOG", "damaged", "gone", "depends"),
        (DB2, (f"{READS}SQL2657N  The log read operation failed because the log reader cannot find the "
         'log file named "S0001.LOG" in the log stream "0".'), "gone", "damaged", "full_copy"),
        (DB2, f"{READS}DB2 SQL Error: SQLCODE=-1015, SQLSTATE=55025", "recovered", "starting",
         "depends"),
        (DB2, f"{READS}DB2 SQL Error: SQLCODE=-1035, SQLSTATE=57019", "exclusively", "starting",
         "as_is"),
        (DB2, (f'{READS}SQL1116N  A connection to or activation of database "SHOP" failed because the '
         "database is in BACKUP PENDING state."), "backup", "tablespace", "after_repair"),
        (DB2, f"{READS}DB2 SQL Error: SQLCODE=-1477, SQLSTATE=55019", "NOT LOGGED INITIALLY",
         "set integrity", "depends"),
        (DB2, f"{READS}DB2 SQL Error: SQLCODE=-276, SQLSTATE=08004", "a restore", "login", "after_repair"),
        (DB2, (f"{READS}SQL1163N  The table cannot be enabled for data capture as the identifier name is "
         "too long."), "too long", "version", "after_repair"),
        (DB2, f"{READS}SQLCODE=-1655, SQLSTATE=58030", "disk", "or its own", "depends"),
        (DB2, f"{READS}SQL1404N  Password expired.", "expired", "wrong", "after_repair"),
        (DB2, (f"{READS}The application server rejected establishment of the connection. An attempt was "
         "made to access a database, SHOP, which was either not found or does not support "
         "transactions. ERRORCODE=-4499, SQLSTATE=08004"), "does not exist", "password",
         "after_repair"),
        (TO_DB2, f"{WRITES}DB2 SQL Error: SQLCODE=-117, SQLSTATE=42802", "more or fewer",
         "does not exist", "after_repair"),
        (TO_DB2, f"{WRITES}DB2 SQL Error: SQLCODE=-334, SQLSTATE=22524", "longer", "code page",
         "after_repair"),
        (MONGO, f"{WRITES}Write failed: error 365 (TemporarilyUnavailable)", "cache",
         "is full", "as_is"),
        (MONGO, f"{WRITES}Write failed: error 388 (TransactionTooLargeForCache)", "cache", "16 MB",
         "after_repair"),
        (MONGO, f"{WRITES}error 100 (UnsatisfiableWriteConcern): Not enough data-bearing nodes",
         "too few members", "in time", "after_repair"),
        (MONGO, f"{WRITES}error 73 (InvalidNamespace): Invalid namespace specified 'a..b'",
         "does not take the name", "does not exist", "after_repair"),
        (MONGO, f"{WRITES}error 70 (ShardNotFound): Shard s1 not found", "removed", "no primary",
         "depends"),
        (MONGO, f"{WRITES}error 276 (IndexBuildAborted)", "given up", "too large a key", "depends"),
        (MONGO, (f"{WRITES}error 20 (IllegalOperation): Transaction numbers are only allowed on a "
         "replica set member or mongos"), "set-up", "blocked", "after_repair"),
        (MSSQL, (f"{WRITES}Msg 33117, Level 16: Transparent Data Encryption is not available in the "
         "edition of this SQL Server instance."), "edition", "certificate", "after_repair"),
        (MSSQL, (f"{WRITES}Msg 5144, Level 10: Autogrow of file 'a' in database 'b' was cancelled by "
         "user or timed out after 30000 milliseconds."), "slow", "is full", "as_is"),
        (MSSQL, (f"{READS}Msg 945, Level 16: Database 'b' cannot be opened due to inaccessible files or "
         "insufficient memory or disk space."), "files", "failing over", "depends"),
        (MSSQL, f"{READS}Msg 942, Level 14", "offline", "failing over", "after_repair"),
        (MSSQL, (f"{READS}Msg 924, Level 14: Database 'b' is already open and can only have one user at "
         "a time."), "single-user", "failing over", "after_repair"),
        (MSSQL, f"{WRITES}Msg 3118, Level 16", "no full one", "between", "depends"),
        (MSSQL, f"{READS}Msg 22943, Level 16", "captured columns", "no primary key", "after_repair"),
        (MSSQL, (f"{READS}Msg 22906, Level 16: The database 'b' cannot be enabled for Change Data "
         "Capture because a database user named 'cdc' or a schema named 'cdc' already exists in the "
         "current database."), "named 'cdc'", "jobs", "after_repair"),
        (MSSQL, f"{READS}Msg 22985, Level 16", "off", "stopped", "after_repair"),
        (MSSQL, f"{READS}Msg 22997, Level 16", "no capture", "stopped", "after_repair"),
        (MSSQL, f"{READS}Msg 22842, Level 16", "capture", "definition", "after_repair"),
        (MSSQL, f"{WRITES}Msg 40552, Level 17", "transaction", "throttles", "depends"),
        (ORACLE, f"{READS}ORA-01327: failed to exclusively lock system dictionary as required BUILD",
         "DDL", "LOGMINING", "as_is"),
        (ORACLE, f"{READS}ORA-26766: Unexpected redo pattern encountered by LogMiner",
         "not supported", "missing", "depends"),
        (ORACLE, f"{READS}ORA-19815: WARNING: db_recovery_file_dest_size of 99 bytes is 86.00% used",
         "nearly full", "so it waits", "depends"),
        (ORACLE, f"{READS}ORA-01035: ORACLE only available to users with RESTRICTED SESSION privilege",
         "restricted", "down", "after_repair"),
        (TO_ORACLE, f"{WRITES}ORA-02270: no matching unique or primary key for this column-list",
         "no primary or unique key", "row refers", "after_repair"),
        (TO_ORACLE, f"{WRITES}ORA-02449: unique/primary keys in table referenced by foreign keys",
         "dropped", "row refers", "after_repair"),
        (TO_ORACLE, f"{WRITES}ORA-00910: specified length too long for its datatype", "larger than",
         "The value", "after_repair"),
        (MYSQL, f"{WRITES}ERROR 1265 (01000): Data truncated for column 'state' at row 1", "ENUM",
         "longer than", "after_repair"),
        (MYSQL, f"{READS}ERROR 1885 (HY000)", "lacks GTIDs", "settings", "full_copy"),
        (MYSQL, (f"{WRITES}ERROR 3170 (HY000): Memory capacity of 8388608 bytes for "
         "'range_optimizer_max_mem_size' exceeded."), "memory", "disk", "after_repair"),
        (MYSQL, f"{WRITES}ERROR 1180 (HY000): Got error 28 during COMMIT", "disk", "conflicting",
         "depends"),
        (MYSQL, f"{WRITES}Can't create table 'shop.item' (errno: 150)", "foreign key", "damaged",
         "after_repair"),
        (FROM_MARIADB, (f"{WRITES}ERROR 1950 (HY000): An attempt was made to binlog GTID 0-1-7 which "
         "would create an out-of-order sequence number with existing GTID 0-2-9, and gtid strict mode "
         "is enabled"), "refuses", "source's domains", "after_repair"),
        (DISTRIBUTED, f"{WRITES}ERROR: GAUSS-00603: The account has been locked.", "locked", "wrong",
         "after_repair"),
        (TO_OB, f"{WRITES}ret=-6224, transaction need rollback", "rolled back", "memory", "as_is"),
        (DM, f"{WRITES}记录超长", "half a page", "The value", "after_repair"),
        (DM, f"{WRITES}超出用户空间限制 [-513]", "quota", "disk", "after_repair"),
        (DM, f"{WRITES}系统处于SUSPEND状态 [-515]", "suspended", "network", "depends"),
        (DM, f"{WRITES}此列列表已索引 [-3236]", "exists already", "missing", "after_repair"),
        (MSSQL, f"{READS}Msg 18466, Level 14: Login failed for user 'x'. Reason: Password change failed. ",
         "change its password", "the password is wrong", "after_repair"),
        (MSSQL, f"{READS}Msg 18458, Level 14", "no more connections", "password", "after_repair"),
        (MSSQL, f"{READS}Msg 22986, Level 16", "memory", "switched on", "after_repair"),
        (MSSQL, (f"{WRITES}Msg 3132, Level 16: The media set has 4 media families but only 1 are "
         "provided. All members must be provided."), "several files", "damaged", "after_repair"),
        (MSSQL, (f"{WRITES}Msg 3159, Level 16: The tail of the log for the database 'b' has not been "
         "backed up."), "last changes", "transaction log of", "after_repair"),
        (MSSQL, f"{WRITES}Msg 3104, Level 16", "availability group", "another one", "after_repair"),
        (MSSQL, f"{WRITES}Msg 3186, Level 16: The backup set has been damaged.", "backup file",
         "follow", "after_repair"),
        (MSSQL, f"{WRITES}Msg 1132, Level 17: The elastic pool has reached its storage limit.", "full",
         "memory", "after_repair"),
        (MONGO, (f"{WRITES}error 13297 (DatabaseDifferCase): db already exists with different case "
         "already have: [Shop] trying to create [shop]"), "upper and lower", "options", "after_repair"),
        (MONGO, f"{WRITES}error 12587 (BackgroundOperationInProgressForNamespace)", "lock", "options",
         "as_is"),
        (ORACLE, (f"{READS}ORA-12505: TNS:listener does not currently know of SID given in connect "
         "descriptor"), "SID", "is down", "depends"),
        (ORACLE, f"{READS}ORA-01324: cannot add file /a/b.arc due to DB_ID mismatch",
         "another database", "RESETLOGS", "depends"),
        (ORACLE, f"{READS}ORA-01368: Redo log file header mismatch for thread 1 sequence 77",
         "another sequence", "LOGMINING", "depends"),
        (DISTRIBUTED, f"{WRITES}ERROR: The account is not within the period of validity.",
         "period of validity", "password", "after_repair"),
        ("mysql-to-kafka", f"{WRITES}OutOfOrderSequenceException: out of order sequence number",
         "may be lost", "transactional id", "depends"),
        (FROM_MARIADB, f"{READS}ERROR 4151 (HY000): Access denied, this account is locked", "is locked",
         "password", "after_repair"),
        (DM, f"{WRITES}无效的日期或者时间类型", "type of the column", "longer", "after_repair"),
        (MYSQL, (f"{WRITES}ERROR 3643 (22S01): The SRID of the geometry does not match the SRID of the "
         "column 'g'."), "geometry", "JSON", "after_repair"),
        (MYSQL, (f"{WRITES}Maximum row versions reached for table shop/item. No more columns can be added "
         "or dropped instantly. Please use COPY/INPLACE."), "instantly", "row, key", "after_repair"),
        (MYSQL, (f"{WRITES}This operation cannot be performed on a Group Replication secondary member, it "
         "must be done on the group primary."), "secondary", "full disk", "after_repair"),
        (MYSQL, f"{WRITES}ERROR 3989 (HY000): Schema 'shop' is in read only mode.", "One database",
         "standby", "after_repair"),
        (MYSQL, f"{READS}ERROR 3185 (HY000): Can't find master key from keyring", "keyring", "binlog",
         "after_repair"),
        ("mysql-to-tidb", f"{WRITES}[tikv:9010]TiKV cannot process this raft log", "could not process",
         "overloaded", "as_is"),
    ],
)  # fmt: skip
def test_the_documented_cause_is_told_and_not_its_neighbours(link, message, says, never, resume):
    best = explain(message, link=link)[0]
    assert says in best.meaning
    assert never not in best.meaning
    assert best.resume == resume


@pytest.mark.parametrize(
    ("link", "message", "wrong"),
    [
        # The state of statements too deep or too complex, not only of a redistribution.
        (TO_GAUSS, f"{WRITES}ERROR: stack depth limit exceeded (SQLSTATE: 54001)", "redistribut"),
        (TO_GAUSS, f"{WRITES}ERROR: Fail to build partitionmap for partitioned table (SQLSTATE: 42P23)",
         "for this row"),
        (TO_GAUSS, f"{WRITES}ERROR: there is no unique constraint of them (SQLSTATE: 42P10)",
         "distribution key"),
        # How long the growth of a file took, and any error of the operating system.
        (MSSQL, f"{WRITES}Msg 5145, Level 10: Autogrow of file 'a' in database 'b' took 9 milliseconds.",
         "is full"),
        (MSSQL, f"{WRITES}Error: 17053, Severity: 16: operating system error 5 encountered.", "is full"),
        (MSSQL, f"{READS}Error: 18489, Severity: 10. The dedicated administrator connection is in use.", "refuses"),
        (MONGO, f"{WRITES}error 303 (SplitHorizonChange)", "does not know this command"),
        (MONGO, f"{WRITES}error 217 (IncompleteTransactionHistory)", "oplog"),
        (ORACLE, f"{READS}ORA-28031: maximum of 148 enabled roles exceeded", "password is wrong"),
        (TO_ORACLE, f"{WRITES}ORA-14450: attempt to access a transactional temp table already in use",
         "partition"),
        (FROM_MARIADB, (f"{READS}ERROR 1931 (HY000): Query execution was interrupted. The query exceeded "
         "LIMIT ROWS EXAMINED 9. The query result may be incomplete"), "session was ended"),
    ],
)  # fmt: skip
def test_a_code_is_not_told_to_mean_what_it_does_not(link, message, wrong):
    assert [fact.meaning for fact in explain(message, link=link) if wrong in fact.meaning] == []

"""The message decides: where it says one thing, that one thing is told and no list of others."""

import pytest

from drs_mcp.knowledge.engines.match import explain

READS, WRITES = "service CAPTURE failed, cause by: ", "service INCREMENT failed, cause by: "
ORACLE, MYSQL, MSSQL = "oracle-to-mysql", "mysql-to-mysql", "sqlserver-to-sqlserver"


@pytest.mark.parametrize(
    ("link", "message", "says", "never"),
    [
        (ORACLE, f"{READS}ORA-28000: the account is locked", "locked", "password"),
        (ORACLE, f"{READS}ORA-28001: the password has expired", "expired", "locked"),
        (ORACLE, f"{READS}ORA-28001: 口令已经失效；密码错误次数超过 5 次", "expired", "wrong"),
        (MYSQL, f"{READS}口令已过期，密码错误次数超过 5 次", "expired", "wrong"),
        (MYSQL, f"{READS}密码错误，口令将于 7 天后过期", "wrong", "expired"),
        (ORACLE, f"{READS}ORA-01017: invalid username/password", "password", "locked"),
        (ORACLE, f"{READS}ORA-28040: No matching authentication protocol", "protocol", "locked"),
        (MYSQL, f"{READS}Access denied for user 'x'@'10.2.2.2'. Account is locked.", "locked",
         "password"),
        (MYSQL, f"{READS}Your password has expired. To log in you must change it", "expired",
         "locked"),
        (MYSQL, f"{READS}Host '10.2.2.2' is not allowed to connect to this MySQL server",
         "address", "password"),
        (MSSQL, f"{READS}Login failed for user 'x'. Reason: The account is disabled.", "disabled",
         "password"),
        (MSSQL, (f"{READS}Login failed for user 'x' because the account is currently locked out. "
         "The system administrator can unlock it."), "locked", "single"),
        (MYSQL, f"{READS}java.net.UnknownHostException: db7.corp", "name", "no way"),
        (MYSQL, f"{READS}java.net.NoRouteToHostException: No route to host", "no way", "name"),
        (MYSQL, f"{READS}CertificateExpiredException: NotAfter: Sun Nov 1", "expired", "protocol"),
        (MYSQL, f"{WRITES}Java heap space", "DRS node", "mostly"),
        (MYSQL, f"{WRITES}目标库内存不足", "destination", "DRS node"),
        ("postgresql-to-postgresql", f'{WRITES}ERROR: type "geography" does not exist',
         "extension", "role"),
        ("postgresql-to-postgresql", (f'{WRITES}cannot delete from table "t" because it does not '
         "have a replica identity and publishes deletes"), "replica identity", "wal_level"),
        (MSSQL, f"{READS}Invalid object name 'cdc.dbo_item_CT'.", "disabled", "may not see"),
        (MSSQL, f"{WRITES}Invalid object name 'dbo.item'.", "does not exist", "CDC"),
        (MSSQL, f'{WRITES}The DELETE statement conflicted with the REFERENCE constraint "FK_A".',
         "still refer", "CHECK"),
        (MSSQL, f'{WRITES}INSERT 语句与 CHECK 约束"CK_A"冲突。', "CHECK", "foreign key"),
        ("mysql-to-oracle", (f"{WRITES}ORA-02291: integrity constraint (A.B) violated - parent key "
         "not found"), "parent", "Child"),
        ("mysql-to-oracle", f"{WRITES}ORA-01722: 无效数字", "no number", "date"),
        ("mysql-to-oracle", f"{WRITES}ORA-01652: unable to extend temp segment by 128 in TEMP",
         "temporary", "undo"),
        (MYSQL, f"{WRITES}Incorrect datetime value: '0000-00-00' for column 'd' at row 1", "zero",
         "JSON"),
        (MYSQL, (f"{WRITES}ERROR 1449 (HY000): The user specified as a definer ('a'@'%') does not "
         "exist"), "definer", "function"),
        (MYSQL, f"{READS}Too many connections", "max_connections", "account"),
        ("mysql-to-postgresql", f'{WRITES}ERROR: date/time field value out of range: "0000-00-00"',
         "zero dates", "number"),
        ("mysql-to-postgresql", (f'{WRITES}ERROR: insert on table "a" violates foreign key '
         'constraint "f" Detail: Key (x)=(1) is not present in table "b".'), "lacks", "still"),
        ("mysql-to-postgresql", f'{WRITES}致命错误: 角色 "drs" 不存在', "logs in", "object"),
        ("mysql-to-postgresql", f"{WRITES}错误: 操作符不存在: bigint = text", "operator", "role"),
        ("mysql-to-postgresql", f"{WRITES}致命错误: 数据库系统启动中", "starting", "failed over"),
        ("mysql-to-postgresql", f"{WRITES}错误: 数字字段溢出", "does not fit", "zero dates"),
        (MSSQL, f"{WRITES}列名或所提供值的数目与表定义不匹配。", "more or fewer", "does not exist"),
        (MSSQL, f'{READS}无法打开登录所请求的数据库 "crm"。登录失败。', "database", "password"),
        ("mysql-to-postgresql", f"{WRITES}FATAL: the database system is starting up", "starting",
         "failed over"),
        ("mysql-to-postgresql", f"{WRITES}ERROR: cannot execute INSERT during recovery", "standby",
         "disk"),
        ("mysql-to-postgresql", (f'{WRITES}FATAL: no pg_hba.conf entry for host "10.0.0.1", user '
         '"x"'), "pg_hba.conf", "password"),
        ("redis-to-redis", "source replied: ERR unknown command 'PSYNC'", "PSYNC", "module"),
        ("redis-to-redis", "apply failed: ERR unknown command 'BF.ADD'", "module", "PSYNC"),
    ],
)  # fmt: skip
def test_what_the_message_says_is_told_and_nothing_else(link, message, says, never):
    meaning = explain(message, link=link)[0].meaning
    assert says in meaning
    assert never not in meaning


@pytest.mark.parametrize(
    ("link", "message", "kind", "side", "resume"),
    [
        ("oracle-to-mysql", (f"{READS}ORA-00308: cannot open archived log '/a/1_7.dbf' ORA-27041: "
         "unable to open file Linux-x86_64 Error: 13: Permission denied"), "configuration",
         "source", "after_repair"),
        ("oracle-to-mysql", (f"{READS}ORA-00308: cannot open archived log '/a/1_7.dbf' ORA-27037: "
         "unable to obtain file status Linux-x86_64 Error: 2: No such file or directory"),
         "missing_log", "source", "depends"),
        ("oracle-to-mysql", ("ERROR OGG-00446 Could not find archived log for sequence 7 thread 1 "
         "under default destinations"), "missing_log", "source", "depends"),
        ("tidb-to-mysql", ("[CDC:ErrMetaListDatabases]meta store list databases: [tikv:9006]GC life "
         "time is shorter than transaction duration"), "missing_log", "source", "full_copy"),
        ("tidb-to-mysql", ("service DATAMOVE failed, cause by: [tikv:9006]GC life time is shorter "
         "than transaction duration"), "configuration", "source", "depends"),
        ("mysql-to-oracle", f"{WRITES}ORA-00604: recursive SQL ORA-01882: timezone region not found",
         "configuration", "destination", "after_repair"),
        ("mysql-to-oracle", (f"{WRITES}ORA-01502: index 'A.B' or partition of such index is in "
         "unusable state"), "schema", "destination", "after_repair"),
        ("oracle-to-mysql", 'ORA-26914: Unable to communicate with XStream capture process "C"',
         "node", "source", "depends"),
        ("cassandra-to-gaussdbcassandra", (f"{WRITES}com.datastax.oss.driver.WriteTimeoutException: "
         "Cassandra timeout during SIMPLE write query"), "timeout", "destination", "as_is"),
    ],
)  # fmt: skip
def test_what_shares_a_code_but_differs_is_told_apart(link, message, kind, side, resume):
    best = explain(message, link=link)[0]
    assert (best.kind, best.side, best.resume) == (kind, side, resume)


def test_a_row_is_refused_where_rows_are_written_whichever_engine_speaks():
    message = f"{WRITES}Violation of PRIMARY KEY constraint 'PK_A'. Cannot insert duplicate key"
    best = explain(message, link="sqlserver-to-gaussdbv5")[0]
    assert best.side == "destination"
    assert "The destination already" in best.meaning


@pytest.mark.parametrize(
    ("message", "side"),
    [
        ("apply event=[type=table_data, object_name=t] occur error, msg=错误: 对表 t 权限不够",
         "destination"),
        ('insert crm.acc failed: 错误: 关系 "crm.acc" 不存在', "destination"),
        ('写入crm.acc失败：关系 "crm.acc" 不存在', "destination"),
        ('read crm.acc failed: 关系 "crm.acc" 不存在', "source"),
        ('服务CAPTURE失败，原因：关系 "crm.acc" 不存在', "source"),
        ("目標資料表sales.bill不存在", "destination"),
        ("源表sales.bill不存在", "source"),
        ('the task failed: 关系 "crm.acc" 不存在', "either"),
    ],
)  # fmt: skip
def test_what_was_being_done_tells_the_side(message, side):
    assert explain(message, link="postgresql-to-postgresql")[0].side == side

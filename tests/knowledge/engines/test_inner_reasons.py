"""What stands within an envelope decides: the inner text, the number, the side that was worked on."""

import pytest

from drs_mcp.knowledge.engines.kinds import kind_of
from drs_mcp.knowledge.engines.match import explain
from drs_mcp.knowledge.engines.sides import side_of

MYSQL = "mysql-to-mysql"


def first(message, link=MYSQL):
    facts = explain(message, link=link)
    return (facts[0].id, facts[0].side) if facts else None


@pytest.mark.parametrize(
    ("message", "link", "entry"),
    [
        ("InvalidQueryException: Batch too large", "cassandra-to-cassandra", "cassandra-too-large"),
        ("ERROR 1030 (HY000): Got error 139 from storage engine", MYSQL, "mysql-row-too-big"),
        ("ERROR 1030 (HY000): Got error 122 from storage engine", MYSQL, "mysql-storage-error"),
        (
            "Unable to connect to DBMS: url=jdbc:mysql://a user=u, Unable to load authentication plugin 'p'",
            MYSQL,
            "mysql-auth-plugin",
        ),
        (
            "ORA-01536: space quota exceeded for tablespace 'D'",
            "oracle-to-oracle",
            "oracle-user-quota",
        ),
        ("ORA-01653: unable to extend table A.B", "oracle-to-oracle", "oracle-tablespace-full"),
        ("Quota exceeded for resources: ['port']", MYSQL, "any-cloud-quota"),
        ("column size is not match for table:a.b,9 vs 8", MYSQL, "mysql-table-changed"),
        ("Column 'c' has duplicated value 'x' in SET", MYSQL, "mysql-definition-limit"),
        ("Unhandled user-defined exception condition", MYSQL, "mysql-signal"),
        (
            'invalid input value for enum mood: "x"',
            "postgresql-to-postgresql",
            "postgresql-bad-value",
        ),
        ("NoClassDefFoundError: dm/jdbc/driver/DmDriver", MYSQL, "any-driver-missing"),
        ("目標庫偵測到死結", MYSQL, "any-zh-deadlock"),
        ("写入失败：值超出最大长度", MYSQL, "any-too-long"),
        ("複寫槽 s1 已被刪除", "postgresql-to-postgresql", "postgresql-slot-missing"),
        ("账户 app 已被锁定", MYSQL, "any-account-locked"),
        ("源端未启用 binlog", MYSQL, "mysql-binlog-disabled"),
    ],
)
def test_the_inner_reason_is_told(message, link, entry):
    found = first(message, link)
    assert found is not None
    assert found[0] == entry


def test_a_negative_argument_of_an_internal_error_is_oceanbase_s_number():
    told = "ORA-00600: internal error code, arguments: -4030, Over tenant memory limits"
    assert first(told, "oracle-to-oceanbase") == ("oceanbase-memory", "destination")
    assert first("ORA-00600: internal error code, arguments: -4007", "oracle-to-oceanbase") is None
    own = "ORA-00600: internal error code, arguments: [kdsgrp1], []"
    assert first(own, "oracle-to-oceanbase") == ("oracle-internal", "source")


@pytest.mark.parametrize(
    ("message", "side"),
    [
        ("read table a.b failed: x", "source"),
        ("scanning rows of a.b failed: x", "source"),
        ("write into table a.b failed: x", "destination"),
        ("writing rows of a.b failed: x", "destination"),
        ("Read timed out", ""),
        ("read table a.b, write table a.b: x", ""),
    ],
)
def test_what_was_being_done_to_a_table_tells_the_side(message, side):
    assert side_of(message, link=MYSQL) == side


@pytest.mark.parametrize(
    "message",
    [
        "KeeperErrorCode = NoNode for /drs/a : node does not exist",
        "KeeperErrorCode = NodeExists for /b, already exists",
    ],
)
def test_a_node_of_a_coordinator_is_no_object_of_a_database(message):
    assert kind_of(message, link=MYSQL).transient is None


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            "ORA-01013: user requested cancel of current operation ORA-00308: no archived log",
            "oracle-archived-log-missing",
        ),
        (
            "ORA-03113: end-of-file on communication channel ORA-01653: unable to extend table T",
            "oracle-tablespace-full",
        ),
        (
            "ORA-00942: table or view does not exist ORA-03113: end-of-file on communication channel",
            "oracle-table-missing",
        ),
        ("ORA-01013: user requested cancel of current operation", "oracle-cancelled"),
    ],
)
def test_of_a_stack_of_codes_the_one_that_stays_is_told(message, told):
    assert explain(message, link="oracle-to-mysql")[0].id == told

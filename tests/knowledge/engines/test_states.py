"""An SQLSTATE is told by the table of the engine that speaks; DB2's codes mean what DB2 means."""

import pytest

from drs_mcp.knowledge.engines.kinds import kind_of
from drs_mcp.knowledge.engines.match import explain

FROM_DB2, TO_DB2 = "db2-to-gaussdbv5", "gaussdbv5-to-db2"


def told(message, **known):
    facts = explain(message, **known)
    return (facts[0].id, facts[0].side) if facts else None


@pytest.mark.parametrize(
    ("message", "entry"),
    [
        ("DB2 SQL Error: SQLCODE=-803, SQLSTATE=23505, SQLERRMC=2;HR.STAFF", "db2-duplicate-key"),
        ("SQL0530N  The insert or update value of the FOREIGN KEY", "db2-foreign-key"),
        ("DB2 SQL Error: SQLCODE=-407, SQLSTATE=23502, SQLERRMC=TBSPACEID=2", "db2-not-null"),
        ("[IBM][CLI Driver][DB2/LINUXX8664] SQL0204N  HR.STAFF is an undefined name.",
         "db2-object-missing"),
        ("SQL0551N  DRS does not have the privilege to perform INSERT on HR.STAFF",
         "db2-privilege"),
        ("SQL30082N  Security processing failed with reason 19. SQLSTATE=08001", "db2-login"),
        ("com.ibm.db2.jcc.am.SqlException: ERRORCODE=-4214, SQLSTATE=28000", "db2-login"),
        ("SQL0964C  The transaction log is full.  SQLSTATE=57011", "db2-log-full"),
        ("SQL0289N  Unable to allocate new pages.  SQLSTATE=57011", "db2-tablespace-full"),
        ("SQL0955C  Sort memory cannot be allocated.  SQLSTATE=57011", "db2-memory"),
        ("DB2 SQL Error: SQLCODE=-911, SQLSTATE=40001, SQLERRMC=2", "db2-deadlock"),
        ("DB2 SQL Error: SQLCODE=-911, SQLSTATE=40001, SQLERRMC=68", "db2-lock-timeout"),
        ("DB2 SQL Error: SQLCODE=-913, SQLSTATE=57033, SQLERRMC=68", "db2-lock-timeout"),
        ("SQL0668N  Operation not allowed for reason code 1 on HR.STAFF. SQLSTATE=57007",
         "db2-table-pending"),
        ("SQL1224N  SQLSTATE=55032", "db2-down"),
        ("SQL30081N  A communication error has been detected. SQLSTATE=08001",
         "db2-connection-lost"),
        ("DB2 SQL Error: SQLCODE=-805, SQLSTATE=51002, SQLERRMC=NULLID.SYSSH200",
         "db2-package-missing"),
        ("SQL1776N  The command cannot be issued on an HADR database. Reason code 1",
         "db2-read-only"),
        ("DB2 SQL Error: SQLCODE=-904, SQLSTATE=57011, SQLERRMC=00C90096", "db2-resource"),
    ],
)  # fmt: skip
def test_db2_is_understood_on_either_side_by_its_codes(message, entry):
    assert told(f"service LOGMANAGER failed, cause by: {message}", link=FROM_DB2) == (
        entry,
        "source",
    )
    assert told(f"service INCREMENT failed, cause by: {message}", link=TO_DB2) == (
        entry,
        "destination",
    )
    assert explain(message)[0].id == entry


@pytest.mark.parametrize("state", ["57011", "57033", "42704", "55032", "58004", "40001"])
def test_a_state_alone_is_told_by_the_table_of_the_engine_on_its_side(state):
    message = f"statement refused (SQLSTATE: {state})"
    db2 = explain(message, link=FROM_DB2, service="LOGMANAGER")[0]
    gauss = explain(message, link=FROM_DB2, service="INCREMENT")[0]
    assert (db2.engine, db2.side) == ("db2", "source")
    assert (gauss.engine, gauss.side) == ("gaussdb_distributed", "destination")
    assert "pg_" not in f"{db2.meaning}{db2.todo}"


@pytest.mark.parametrize("state", ["42704", "58004", "40001", "08001"])
def test_a_state_that_two_engines_of_the_link_have_is_nobodys_where_nothing_tells_the_side(state):
    facts = explain(f"statement refused (SQLSTATE: {state})", link=FROM_DB2)
    assert {fact.engine for fact in facts} <= {"any"}


@pytest.mark.parametrize("state", ["57011", "57014", "53100", "55006", "58030", "XX000"])
def test_a_state_of_postgresql_is_not_told_of_engines_that_do_not_have_it(state):
    message = f"service INCREMENT failed, cause by: SQLSTATE {state}"
    assert explain(message, link="oracle-to-mysql") == []
    assert explain(message, link="postgresql-to-mysql") == []
    assert explain(message, link="mysql-to-postgresql")[0].engine == "postgresql"


def test_a_standard_state_of_an_unknown_engine_is_told_by_the_standard():
    message = "service LOGMANAGER failed, cause by: SQLSTATE 08001"
    for link in ("mysql-to-gaussdbv5", "informix-to-gaussdbv5"):
        [fact] = explain(message, link=link)
        assert (fact.engine, fact.kind, fact.side) == ("any", "link", "source")


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        (
            'SQL30082N  Security processing failed with reason "24" ("PASSWORD INVALID"), SQLSTATE=08001',
            "privilege",
        ),
        ("SQLSTATE=08001 invalid user name or password", "privilege"),
        ("SQLSTATE 08004: the password is wrong", "privilege"),
        ("connect failed, SQLSTATE 08001: FATAL: password authentication failed", "privilege"),
        ("SQLSTATE=08006 no space left on device", "capacity"),
        ("SQLSTATE=08S01 the binlog has already been removed", "missing_log"),
        ("SQLSTATE=08001 the connection was refused", "link"),
        ("SQLSTATE=08006 connection reset by peer", "link"),
        ("SQLSTATE=08001 Read timed out", "timeout"),
        ("SQLSTATE=08001 Password server cannot be reached", "link"),
    ],
)
def test_what_the_words_say_counts_before_the_class_of_a_state(message, kind):
    assert kind_of(message, link="mysql-to-kafka").name == kind
    assert kind_of(message, link="oracle-to-sqlserver").name == kind

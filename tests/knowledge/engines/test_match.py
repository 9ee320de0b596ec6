"""A message is explained by the engine that can have said it, and by no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.knowledge.engines.kinds import kind_of
from drs_mcp.knowledge.engines.match import explain
from tests.knowledge.engines.messages import FAILING, INNOCENT

CASES = [(engine, *row) for engine, rows in FAILING.items() for row in rows]
LINKS = ("", *dict.fromkeys(link for _, link, *_ in CASES if link))


def test_every_engine_is_asked_in_fifteen_ways_and_more():
    assert {engine: len(rows) for engine, rows in FAILING.items() if len(rows) < 15} == {"any": 13}
    assert len(INNOCENT) >= 60


@pytest.mark.parametrize(("engine", "link", "message", "kind", "side", "resume"), CASES)
def test_a_failure_is_told_with_its_kind_its_side_and_whether_a_resume_helps(
    engine, link, message, kind, side, resume
):
    facts = explain(message, link=link)
    if kind is None:
        assert facts == []
        return
    best = facts[0]
    assert (best.kind, best.side, best.resume) == (kind, side, resume)
    assert engine in (best.engine, "any")


@pytest.mark.parametrize("message", INNOCENT)
def test_an_ordinary_line_is_not_explained_whatever_the_link(message):
    assert [
        (link, explain(message, link=link)) for link in LINKS if explain(message, link=link)
    ] == []
    assert kind_of(message).name == "unknown"


def test_a_number_of_two_engines_is_the_one_whose_words_it_comes_with():
    link = "sqlserver-to-mysql"
    locked = "error code 1205: Lock wait timeout exceeded; try restarting transaction"
    victim = "error code 1205: Transaction (Process ID 7) was deadlocked on lock resources"
    assert [(fact.engine, fact.kind) for fact in explain(locked, link=link)] == [
        ("mysql", "lock_wait")
    ]
    assert [(fact.engine, fact.kind) for fact in explain(victim, link=link)] == [
        ("sqlserver", "deadlock")
    ]


def test_a_number_of_two_engines_alone_belongs_to_the_side_of_the_component_or_to_nobody():
    link = "sqlserver-to-mysql"
    assert explain("statement ended with error code 1205", link=link) == []
    [fact] = explain("statement ended with error code 1205", link=link, service="INCREMENT")
    assert (fact.engine, fact.kind, fact.side) == ("mysql", "lock_wait", "destination")
    [fact] = explain("com.microsoft.sqlserver: error code 1205", link=link)
    assert (fact.engine, fact.kind, fact.side) == ("sqlserver", "deadlock", "source")


@pytest.mark.parametrize(
    ("message", "link"),
    [
        ("ORA-01555: snapshot too old: rollback segment number 9", "mysql-to-mysql"),
        ("Duplicate entry '5' for key 'PRIMARY'", "mongodb-to-dds"),
        ("error code 1062", "oracle-to-postgresql"),
        ("Msg 2627, Level 14, State 1", "mysql-to-mysql"),
        ("NOAUTH Authentication required.", "oracle-to-mysql"),
        ("E11000 duplicate key error collection: crm.lead", "mysql-to-mysql"),
        ("GAUSS-01646: key", "mysql-to-oracle"),
        ("error code 1062", ""),
        ("error code 1062", "cassandra-to-kafka"),
    ],
)
def test_an_engine_that_is_not_part_of_the_link_is_not_told(message, link):
    assert explain(message, link=link) == []


def test_the_word_of_one_engine_is_not_told_by_the_other_of_the_link():
    facts = explain("ORA-01555: snapshot too old: segment 9", link="oracle-to-gaussdbv5")
    assert [fact.engine for fact in facts] == ["oracle"]
    facts = explain(
        "ERROR 1213 (40001): Deadlock found when trying to get lock", link="mysql-to-postgresql"
    )
    assert [(fact.engine, fact.side) for fact in facts] == [("mysql", "source")]


def test_engines_that_speak_alike_are_told_apart_by_the_side():
    message = (
        "{} failed, cause by: insert hr.staff: ERROR: value too long for type character varying(9)"
    )
    [fact] = explain(message.format("service INCREMENT"), link="postgresql-to-gaussdbv5")
    assert (fact.engine, fact.side) == ("gaussdb_distributed", "destination")


def test_without_a_link_the_words_of_a_message_give_its_engine_away():
    duplicate = (
        "service DATAMOVE failed, cause by: apply event=[type=table_data, record_num=5] occur error,"
        " msg=Duplicate entry '5' for key 'PRIMARY'"
    )
    [fact] = explain(duplicate)
    assert (fact.kind, fact.side) == ("constraint", "destination")
    assert "destination already has a row" in fact.meaning
    assert "not empty" in fact.meaning
    [fact] = explain(
        "service LOGMANAGER failed, cause by: Could not find first log file name in binary log index file"
    )
    assert (fact.kind, fact.side, fact.resume) == ("missing_log", "source", "full_copy")


def test_codes_that_a_caller_has_read_count_like_those_in_the_message():
    [fact] = explain("statement refused", ["ORA-01653"], link="mysql-to-oracle")
    assert (fact.kind, fact.code, fact.by) == ("capacity", "1653", "code")
    [fact] = explain("statement refused", ["SQLSTATE 40P01"], link="mysql-to-postgresql")
    assert fact.kind == "deadlock"
    [fact] = explain("statement refused", ["1406"], link="oracle-to-mysql")
    assert fact.kind == "data"
    assert explain("statement refused", ["errno 28"], link="oracle-to-mysql") == []


def test_a_class_is_told_only_where_nothing_more_exact_is_known():
    [fact] = explain("SQLSTATE: 23Z99", link="mysql-to-postgresql")
    assert (fact.kind, fact.by) == ("constraint", "class")
    [fact] = explain("ORA-12699: TNS: odd", link="oracle-to-mysql")
    assert (fact.kind, fact.by) == ("link", "class")
    facts = explain("ERROR 1062 (23000): Duplicate entry '1' for key 'a'", link="oracle-to-mysql")
    assert [fact.by for fact in facts] == ["code"]


def test_values_that_look_like_other_errors_do_not_lead_astray():
    message = "Duplicate entry 'Connection refused' for key 'log.uq_text'"
    assert explain(message, link="mysql-to-mysql")[0].kind == "constraint"


def test_a_hint_that_the_message_carries_is_handed_on():
    message = (
        "ERROR: function mig_hash(text) does not exist Hint: No function matches the given name and"
        " argument types. You might need to add explicit type casts. Position: 8"
    )
    [fact] = explain(message, link="oracle-to-postgresql")
    assert fact.hint == (
        "No function matches the given name and argument types."
        " You might need to add explicit type casts."
    )
    assert explain("ERROR: deadlock detected", link="oracle-to-postgresql")[0].hint == ""


@given(st.text(max_size=300), st.sampled_from(LINKS))
def test_any_text_can_be_asked_about(text, link):
    assert len(explain(text, link=link)) <= 3
    assert kind_of(text, link=link).name


REFUSED_DUMPS = (
    ("Replica can not handle replication events with the checksum that source is configured to log",
     "mysql-binlog-checksum", "depends"),
    ("Misconfigured master - master server_id is 0", "mysql-server-id-unset", "after_repair"),
    ("A slave with the same server_uuid/server_id as this slave has connected to the master",
     "mysql-reader-id-taken", "after_repair"),
    ("Cannot replicate anonymous transaction when AUTO_POSITION = 1, at file b.7, position 236.",
     "mysql-gtid", "after_repair"),
    ("Request to dump GTID when @@GLOBAL_.GTID_MODE <> ON.", "mysql-gtid", "after_repair"),
    ("I/O error reading log event", "mysql-binlog-unreadable", "depends"),
    ("event read from binlog did not pass crc check", "mysql-binlog-event-damaged", "depends"),
    ("Client requested master to start replication from position < 4", "mysql-binlog-broken",
     "depends"),
    ("could not find next log", "mysql-binlog-purged", "full_copy"),
    ("Cannot replicate because the source purged required binary logs", "mysql-binlog-purged",
     "full_copy"),
    ("Failed to run hook 'transmit_start'", "mysql-dump-refused", "depends"),
)  # fmt: skip


@pytest.mark.parametrize("link", ["mysql-to-mysql", "taurus-to-kafka"])
@pytest.mark.parametrize(("reason", "told", "resume"), REFUSED_DUMPS)
def test_a_refused_dump_of_the_binlog_is_explained_by_its_reason_not_by_its_number(
    link, reason, told, resume
):
    message = f"Received error packet: errno = 1236, sqlstate = HY000 errmsg = {reason}"
    best = explain(message, link=link, service="LOGMANAGER")[0]
    assert (best.id, best.side, best.resume) == (told, "source", resume)


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("mysql-to-mysql", "error code 1236: binlog mysql-bin.000031 不存在"),
        ("mariadb-to-mysql", "errno = 1236, GTID 0-1-5, which is not in the master's binlog"),
    ],
)
def test_words_of_absence_beside_the_number_decide_though_they_are_few(link, message):
    best = explain(message, link=link, service="LOGMANAGER")[0]
    assert (best.kind, best.resume) == ("missing_log", "full_copy")

"""Known failures are told by their documented wording, whatever tables and numbers stand in it."""

import itertools
import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.knowledge.failures import failures, match
from tests.bench.payload_logs import logs

# Documented twice with one wording, for two engines.
ALIKE = {"mongo-full-gc": "pg-full-gc-overhead"}
FILLERS = itertools.cycle(["warehouse.t_stock_0042", "10.44.2.17:8635", "b7", "70531", "Q_LEDGER"])
ORDINARY = (
    "Applied {n} rows in {n} transactions to {t}.",
    "Full synchronization of {t} completed, {n} rows.",
    "Checkpoint advanced to mysql-bin.{n}.",
    "Heartbeat of the source answered in {n} ms.",
    "Retry {n} of batch {n} succeeded.",
    "Table {t} is created in the destination.",
    "Index idx_{n} of table {t} was built in {n} s.",
    "Delay is {n} s, below the threshold.",
    "Started to read table failed_orders_{n} in {n} shards.",
    "Connection to the destination restored after {n} ms.",
    "DDL ALTER TABLE {t} ADD COLUMN c{n} int was applied.",
    "Comparison of {t} finished: {n} rows agree.",
    "User duplicate_entry_reader logged in from 10.0.{n}.1.",
    "Column error_message of {t} has {n} distinct values.",
    "Progress {n} percent, remaining {n} s.",
    "Task is paused by user, position kept at seqno {n}.",
    "Node load: cpu {n} percent, memory {n} percent.",
    "Skipped {n} rows of {t} by the data filter.",
    "Replication slot drs_{n} is active.",
    "Snapshot of schema sales taken at scn {n}.",
)


def filled(form, rng):
    text = re.sub(r"%s|\*{2,}|\.{3}|…|<[a-z]+>", lambda _: next(FILLERS), form.removesuffix("$"))
    # Other numbers than in the documentation, but for the codes that tell failures apart.
    return re.sub(
        r"(?<![\w(.-])\d{1,3}(?![\w)])", lambda found: found[0][:-1] + str(rng.randrange(10)), text
    )


CASES = [
    (failure.id, filled(form, random.Random(failure.id)))
    for failure in failures()
    for form in failure.forms or (failure.pattern,)
]


def test_there_are_all_the_documented_failures():
    assert len(failures()) == len({failure.id for failure in failures()}) == 125
    assert {failure.confidence for failure in failures()} == {"doc", "doc-partial", "inferred"}


@pytest.mark.parametrize("failure", failures(), ids=lambda failure: failure.id)
def test_cause_and_fix_are_short(failure):
    assert 3 <= len(failure.cause.split()) <= 30
    assert 2 <= len(failure.fix.split()) <= 40


@pytest.mark.parametrize(("identity", "message"), CASES)
def test_a_message_with_other_names_and_numbers_is_matched_to_its_own_entry(identity, message):
    found = match(message)
    assert found is not None, message
    assert found.id == ALIKE.get(identity, identity), message


def test_200_ordinary_lines_match_nothing():
    rng = random.Random(3)
    lines = [
        template.format(n=rng.randrange(1, 10**6), t=f"shop.t_{rng.randrange(99)}")
        for template in ORDINARY
        for _ in range(10)
    ]
    lines += [row["message"] for row in logs(400) if row["level"] == "Info"]
    assert len(lines) >= 200
    assert [line for line in lines if match(line)] == []


def test_the_component_decides_between_alike_messages():
    message = "service {} failed, cause by: write: Duplicate entry '7' for key 'PRIMARY'"
    assert match(message.format("INCREMENT")).id == "mysql-incr-dup-entry"
    assert match(message.format("CAPTURER").replace("write: ", "")).id == "mysql-dup-entry-capturer"


def test_an_entry_of_another_component_is_not_told():
    applied = "service DATAMOVE failed, cause by: apply event=[x] occur error, msg=Duplicate entry '5' for key 'PRIMARY'"
    assert match(applied) is None
    assert match("service INCREMENT failed, cause by: Read timed out") is None
    assert match("Duplicate entry '5' for key", service="DATAMOVE") is None


def test_an_entry_of_another_link_or_engine_is_not_told():
    unknown = "int1 has not implemented"
    assert match(unknown, link="mysql-to-dws").id == "dws-04"
    assert match(unknown, link="oracle-to-dws") is None
    gone = "service LOGMANAGER failed, cause by: binlog is not existed"
    assert match(gone, link="mysql-to-gaussdbv5").id == "mysql-log-binlog-missing"
    assert match(gone, link="mariadb-to-mysql").id == "mysql-log-binlog-missing"
    assert match(gone, link="oracle-to-mysql") is None
    null = 'null value in column "c2" violates not-null constraint'
    assert match(null, link="mysql-to-postgresql").id == "dirty-not-null"
    assert match(null, link="oracle-to-mysql") is None


def test_what_reads_from_the_source_is_told_of_its_engine_only():
    read = "service DATAMOVE failed, cause by: load table: `hr`.`staff` failed"
    assert match(read, link="mysql-to-gaussdbv5").id == "mysql-full-load-table"
    assert match(read, link="oracle-to-mysql") is None


def test_an_entry_of_another_phase_is_not_told():
    full = "Error writing file '/tmp/MYx' (errno: 28 - No space left on device)"
    assert match(full, phase="full").id == "mysql-full-no-space"
    assert match(full, phase="incremental") is None
    assert match(f"service INCREMENT failed, cause by: {full}", phase="full") is None
    either = "service LOGMANAGER failed, cause by: Read timed out"
    assert match(either, phase="full") is match(either, phase="incremental") is not None


def test_what_is_harmless_while_the_task_runs_is_known_as_such():
    found = match("service CAPTURER failed, cause by: core process is not healthy or crashed")
    assert found.harmless
    assert not match("service LOGMANAGER failed, cause by: binlog is not existed").harmless


@pytest.mark.parametrize(
    "text",
    [
        "[reason]:The database returns an error.[",
        "shard table=` `.`",
        "write table . failed: record tid: ,seqno ",
        ", Table: has date/datetime:",
        "column of relation ",
        "Duplicate entry '",
    ],
)
def test_no_line_that_nearly_is_a_failure_takes_long(text):
    line = (
        "service DATAMOVE failed, cause by: java.lang.InterruptedException: Database " + text * 400
    )
    started = time.process_time()
    match(line)
    assert time.process_time() - started < 0.5  # some milliseconds, when this was written


@given(st.text(max_size=300))
def test_any_text_can_be_asked_about(text):
    match(text)


def test_what_is_harmless_of_a_component_is_not_told_of_a_line_that_names_none():
    line = "Duplicate entry 'x' for key 'users.uk_phone'"
    assert not match(line).harmless
    assert match(f"service CAPTURER failed, cause by: {line}").harmless
    assert match(line, service="CAPTURER").harmless


def test_without_a_link_a_failure_is_not_told_of_the_engine_that_does_not_speak():
    mysql = (
        "service LOGMANAGER failed, cause by: Unable to connect to DBMS: url=jdbc:mysql://h:3306"
    )
    found = match(mysql)
    assert found is not None
    assert "mysql" in found.engine or found.engine == "any"
    other = match(mysql.replace("jdbc:mysql", "jdbc:oracle:thin"))
    assert other is None or "mysql" not in other.engine


DENIED = "Access denied; you need (at least one of) the {} privilege(s) for this operation"


@pytest.mark.parametrize(
    "message",
    [
        f"start job failed: {DENIED.format('RELOAD')}",
        f"service INCREMENT failed, cause by: {DENIED.format('SYSTEM_USER')}",
        f"service INCREMENT failed, cause by: {DENIED.format('SUPER')}",
        f"service INCREMENT failed, cause by: {DENIED.format('SUPER')}; sql is: SET GLOBAL x = 1",
        f"retry structures failed events=[a.f] reason:[{DENIED.format('ROLE_ADMIN')}]",
    ],
)
def test_a_privilege_that_lacks_is_no_matter_of_definers_unless_definers_need_it(message):
    found = match(message, link="mysql-to-mysql")
    assert found is None or "definer" not in found.cause


@pytest.mark.parametrize("privilege", ["SUPER", "SUPER or SET_USER_ID", "SET_ANY_DEFINER"])
def test_a_definer_without_the_privilege_for_it_is_told_as_such(privilege):
    statement = f"{DENIED.format(privilege)}; sql is: CREATE ALGORITHM=MERGE DEFINER=`a`@`%` VIEW v"
    for message in (
        f"service INCREMENT failed, cause by: {statement}",
        f"retry structures failed events=[a.v] reason:[{DENIED.format(privilege)}]",
    ):
        found = match(message, link="mysql-to-mysql")
        assert found is not None
        assert "definer" in found.cause


def test_what_is_documented_of_the_destination_is_not_told_of_what_the_source_says():
    full = "Error writing file '/tmp/MY7' (errno: 28 - No space left on device)"
    met_there = f"service DATAMOVE failed, cause by: apply event=[type=table_data] {full}"
    met_here = f"service DATAMOVE failed, cause by: read table=`a`.`b` failed, {full}"
    assert match(met_there, link="mysql-to-mysql").id == "mysql-full-no-space"
    assert match(met_here, link="mysql-to-mysql") is None


def test_a_unique_index_that_meets_duplicates_is_no_conflict_of_a_row():
    head = "service INCREMENT failed, cause by: "
    said = "Duplicate entry '7' for key 'uk_a'"
    assert match(f"{head}write table a.b failed: {said}", link="mysql-to-mysql")
    assert (
        match(f"{head}ALTER TABLE a.b ADD UNIQUE uk_a (c): {said}", link="mysql-to-mysql") is None
    )


@pytest.mark.parametrize("name", ["utf8mb4_uca1400_ai_ci", "utf8mb4_0900_ai_ci"])
def test_a_collation_is_of_mysql_8_only_where_it_is(name):
    line = f"retry structures failed events=x reason:[Unknown collation: '{name}']"
    found = match(line, link="mariadb-to-mysql")
    assert (found is not None) == ("0900" in name)


# -- advice that could destroy something -----------------------------------------------------------

DESTROYS = [
    failure
    for failure in failures()
    if re.search(r"(?i)\b(?:drop|delete|truncate|remove|reset)\b", failure.fix)
]


@pytest.mark.parametrize("failure", DESTROYS, ids=lambda failure: failure.id)
def test_advice_that_destroys_is_not_given_where_another_engine_speaks_or_is_linked(failure):
    message = filled(failure.pattern, random.Random(1))
    for speaks in (f"ORA-00001: {message}", f"{message} (com.microsoft.sqlserver.jdbc)"):
        assert match(speaks, link="mysql-to-mysql") is None
        assert match(speaks) is None
    for link in ("oracle-to-sqlserver", "mongodb-to-mongodb", "redis-to-redis"):
        assert match(message, link=link) is None


@pytest.mark.parametrize(
    "message",
    [
        "apply failed on table shop.users: a row with this key already exists",
        "write to table shop.users failed, the row already exists",
        "apply failed on table SHOP.USERS: a row with this key already exists, ORA-00001",
        "Table 'shop.users': a row with key '5' already exists",
        "INSERT into table `users` failed since the key (id) already exists",
        "table shop.users, row 7: primary key value already exists",
        "Error 1062: on table shop.users the value already exists",
        "表 Table shop.users 写入失败: the record already exists",
    ],
)
def test_a_row_that_exists_is_no_table_that_exists(message):
    assert match(message, link="mysql-to-mysql", phase="incremental") is None


@pytest.mark.parametrize(
    "name",
    ["'shop.users'", "`shop`.`users`", "shop.users", "'u ser'", "'it''s'", "***", '"a"."b"'],
)
def test_a_table_that_exists_is_told_however_it_is_named(name):
    message = f"service INCREMENT failed, cause by: Table {name} already exists"
    assert match(message, link="mysql-to-mysql").id == "mysql-incr-table-exists"


def test_a_code_says_more_than_the_words_beside_it():
    exists = "Table 'shop.users' already exists"
    assert match(f"Duplicate entry, errno 1062; {exists}", link="mysql-to-mysql") is None
    assert match(f"errno 1050; {exists}", link="mysql-to-mysql").id == "mysql-incr-table-exists"


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (
            "Data too long for column 'note' at row 1: value 'Table t already exists'",
            "mysql-incr-data-too-long",
        ),
        ("Incorrect string value: 'binlog is not existed' for column 'note' at row 1", None),
        ('Unknown database "Table x already exists"', None),
        ("errmsg 'Table t already exists'", "mysql-incr-table-exists"),
        ('{"message": "Table t already exists"}', "mysql-incr-table-exists"),
        ("Table 'u ser' already exists", "mysql-incr-table-exists"),
    ],
)
def test_what_a_value_in_quotes_says_is_no_failure_where_the_message_has_its_own(message, told):
    found = match(message, link="mysql-to-mysql", phase="incremental")
    assert (found.id if found else None) == told

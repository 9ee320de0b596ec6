"""Whether an error may pass by itself, of which kind it is, and on which side it was met."""

import re

import pytest

from drs_mcp.knowledge.engines.catalogue import DETERMINISTIC, TRANSIENT
from drs_mcp.knowledge.engines.kinds import kind_named, kind_of
from drs_mcp.knowledge.engines.sides import dialect, service_of, side_of


@pytest.mark.parametrize(
    ("message", "kind", "transient"),
    [
        ("ORA-00060: deadlock detected while waiting for resource", "deadlock", True),
        ("component gave up: permission denied on the folder", "privilege", False),
        ("component gave up: quota exceeded", "capacity", False),
        ("component gave up: table erp.bom was not found", "schema", False),
        ("component gave up: the wait timed out after 60 s", "timeout", True),
        ("component gave up: peer unreachable", "link", True),
        ("component gave up: cannot be converted to a date", "type", False),
        ("component gave up: the redo log 7 has been removed", "missing_log", False),
        ("component gave up: value out of range", "data", False),
        ("component gave up: no primary in the set", "node", True),
        ("component gave up: throttled by the service", "throttling", True),
        ("component gave up: certificate of the peer has expired", "configuration", False),
        ("组件退出：锁等待超时", "lock_wait", True),
        ("组件退出：字符集不兼容", "data", False),
        ("component gave up for reasons of its own", "unknown", None),
        ("finished without errors after the lock wait", "unknown", None),
    ],
)
def test_a_message_has_a_kind_by_codes_else_by_words_else_none(message, kind, transient):
    assert tuple(kind_of(message)) == (kind, transient)


def test_a_kind_is_deterministic_transient_or_neither():
    assert kind_named("schema").deterministic
    assert not kind_named("link").deterministic
    assert kind_named("link").transient
    assert not kind_named("strange").deterministic
    assert kind_named("strange").transient is None


@pytest.mark.parametrize("name", sorted(TRANSIENT | DETERMINISTIC))
def test_each_kind_has_a_meaning_and_a_next_step_that_hold_for_any_engine(name):
    kind = kind_named(name)
    for side in ("source", "destination", ""):
        for told in (kind.means(side), kind.todo(side)):
            assert told.endswith(".")
            assert "{" not in told
            assert not re.search(r"\b(?:pg_|sys\.|SHOW |V\$|kill|drop the|truncate)", told)
    assert kind_named("strange").todo("source") == ""


def test_an_engine_without_a_catalogue_has_the_next_step_of_the_kind():
    message = "service INCREMENT failed, cause by: gbase: duplicate entry for unique key uq_a"
    kind = kind_of(message, link="mysql-to-gbase8a")
    assert kind.name == "constraint"
    assert "both sides" in kind.todo("destination")


@pytest.mark.parametrize(
    ("message", "link", "service", "side"),
    [
        ("service LOGMANAGER failed, cause by: no answer", "", "", "source"),
        ("service CAPTURER failed, cause by: no answer", "", "", "source"),
        ("service INCREMENT failed, cause by: no answer", "", "", "destination"),
        ("no answer", "", "INCREMENT", "destination"),
        ("no answer", "", "", ""),
        ("the source database gave no answer", "", "", "source"),
        ("目标库无响应", "", "", "destination"),
        ("the source database differs from the target database", "", "", ""),
        ("service DATAMOVE failed, cause by: load table: `a`.`b` failed", "", "", "source"),
        ("service DATAMOVE failed, cause by: shard table=`a`.`b` failed", "", "", "source"),
        ("service DATAMOVE failed, cause by: extract table structure failed", "", "", "source"),
        ("service DATAMOVE failed, cause by: apply event=[read_only=0]", "", "", "destination"),
        ("service DATAMOVE failed, cause by: write batch 7", "", "", "destination"),
        ("service DATAMOVE failed, cause by: retry structures failed", "", "", "destination"),
        ("service DATAMOVE failed, cause by: no answer", "", "", ""),
        ("service DATAMOVE failed, cause by: 写入目标表失败", "", "", "destination"),
        ("service DATAMOVE failed, cause by: 读取源表失败", "", "", "source"),
        ("service DATAMOVE failed, cause by: ORA-03113", "oracle-to-mysql", "", "source"),
        ("service INCREMENT failed, cause by: ORA-03113", "oracle-to-mysql", "", "source"),
        ("org.postgresql.util.PSQLException: broken", "mysql-to-postgresql", "", "destination"),
        ("ERROR: dn_6001_6002: broken", "postgresql-to-gaussdbv5", "", "destination"),
        ("jdbc:mysql://10.0.0.9:3306 gave no answer", "mysql-to-mysql", "", ""),
    ],
)
def test_the_engine_that_speaks_tells_the_side_else_the_component_does(
    message, link, service, side
):
    assert side_of(message, link=link, service=service) == side


def test_an_engine_is_known_by_its_marks_and_not_by_parts_of_words():
    assert dialect("TNS-12541: no listener") == "oracle"
    assert dialect("AURORA-9 is up") == ""
    assert dialect("com.mysql.cj.jdbc: gave up; then ORA-00001") == "mysql"


def test_a_component_is_read_from_the_message():
    assert service_of("x: service  increment failed! cause by: y") == "INCREMENT"
    assert service_of("the service failed") == ""

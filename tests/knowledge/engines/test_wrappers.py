"""What stands behind a wrapper decides; the wrapper's own entry counts where nothing does."""

import time

import pytest

from drs_mcp.knowledge.engines.kinds import kind_of
from drs_mcp.knowledge.engines.match import explain
from drs_mcp.knowledge.engines.wrappers import reason_behind, reasons_apart
from drs_mcp.knowledge.failures import match

MYSQL, POSTGRESQL, ORACLE = "mysql-to-mysql", "postgresql-to-postgresql", "oracle-to-postgresql"
SQLSERVER, MONGODB, REDIS = "sqlserver-to-sqlserver", "mongodb-to-dds", "redis-to-redis"
UNABLE = "service LOGMANAGER failed, cause by: Unable to connect to DBMS: url={}, {}"
LINK = (
    "service {} failed, cause by: Communications link failure\n\tat a.B.c(B.java:7)\nCaused by: {}"
)
MOVE = "service DATAMOVE failed, cause by: {}"
HOST = "jdbc:mysql://10.3.3.3:3306 user=rep"


@pytest.mark.parametrize(
    ("link", "phase", "message", "entry", "side"),
    [
        (MYSQL, "incremental", UNABLE.format(HOST, "Unknown database 'crm'"), "schema", "source"),
        (
            MYSQL,
            "incremental",
            UNABLE.format(HOST, "Host '10.8.0.3' is not allowed to connect to this MySQL server"),
            "privilege",
            "source",
        ),
        (MYSQL, "incremental", UNABLE.format(HOST, "证书已过期"), "configuration", "source"),
        (
            POSTGRESQL,
            "incremental",
            UNABLE.format(
                "jdbc:postgresql://10.3.3.3:5432/crm user=rep",
                'FATAL: no pg_hba.conf entry for host "10.8.0.3", user "rep", database "crm"',
            ),
            "privilege",
            "source",
        ),
        (
            POSTGRESQL,
            "incremental",
            MOVE.format(
                "The connection attempt failed. Caused by: java.net.UnknownHostException: pg-a"
            ),
            "link",
            "either",
        ),
        (
            ORACLE,
            "incremental",
            UNABLE.format(
                "jdbc:oracle:thin:@10.3.3.3:1521/orcl user=REP", "ORA-28000: The account is locked"
            ),
            "privilege",
            "source",
        ),
        (
            SQLSERVER,
            "incremental",
            UNABLE.format(
                "jdbc:sqlserver://10.3.3.3:1433;databaseName=crm user=rep",
                "Login failed for user 'rep'. Reason: Password did not match",
            ),
            "privilege",
            "source",
        ),
        (
            MONGODB,
            "incremental",
            (
                "service LOGMANAGER failed, cause by: Timed out after 30000 ms while waiting to connect. "
                "Client view is {servers=[{exception={com.mongodb.MongoSecurityException}, caused by "
                "{com.mongodb.MongoCommandException: Command failed with error 18 "
                "(AuthenticationFailed): 'Authentication failed.'}}]}"
            ),
            "privilege",
            "source",
        ),
        (
            REDIS,
            "incremental",
            (
                "service LOGMANAGER failed, cause by: JedisConnectionException: Failed connecting to host "
                "10.3.3.3:6379 Caused by: WRONGPASS invalid username-password pair"
            ),
            "privilege",
            "source",
        ),
        (
            MYSQL,
            "incremental",
            LINK.format("INCREMENT", "Packet for query is too large (9 > 8)"),
            "capacity",
            "destination",
        ),
        (
            MYSQL,
            "incremental",
            LINK.format("LOGMANAGER", "java.security.cert.CertificateExpiredException: NotAfter"),
            "configuration",
            "source",
        ),
        (
            MYSQL,
            "incremental",
            (
                "service INCREMENT failed, cause by: HikariPool-2 - Connection is not available, request "
                "timed out after 30000ms. Caused by: Access denied for user 'rep' (using password: NO)"
            ),
            "privilege",
            "destination",
        ),
        (
            MYSQL,
            "full",
            MOVE.format("read table=`crm`.`lead` failed: Got error 28 from storage engine"),
            "capacity",
            "source",
        ),
        (
            MYSQL,
            "full",
            MOVE.format(
                "shard table=`crm`.`lead` failed, caused by: SELECT command denied to user"
            ),
            "privilege",
            "source",
        ),
        (
            MYSQL,
            "full",
            MOVE.format(
                "extract table structure failed! Table is crm.lead. message is Too many connections"
            ),
            "capacity",
            "source",
        ),
        (
            MYSQL,
            "full",
            MOVE.format("read table=`crm`.`lead` failed: Lock wait timeout exceeded; try"),
            "lock_wait",
            "source",
        ),
    ],
)
def test_what_stands_behind_a_wrapper_is_told_and_not_the_wrapper(
    link, phase, message, entry, side
):
    assert match(message, link=link, phase=phase) is None
    best = explain(message, link=link)[0]
    assert (best.kind, best.side, best.wraps) == (entry, side, False)
    assert kind_of(message, link=link).name == entry


@pytest.mark.parametrize(
    ("phase", "message", "known"),
    [
        ("incremental", UNABLE.format(HOST, "connect timed out"), "mysql-log-unable-connect"),
        (
            "incremental",
            "service LOGMANAGER failed, cause by: Unable to connect to DBMS: url=" + HOST,
            "mysql-log-unable-connect",
        ),
        (
            "incremental",
            LINK.format("INCREMENT", "java.net.SocketException: Software caused a break"),
            "any-comm-link",
        ),
        (
            "incremental",
            LINK.format("INCREMENT", "a.b.CJCommunicationsException: Communications link failure"),
            "any-comm-link",
        ),
        ("incremental", LINK.format("INCREMENT", "null"), "any-comm-link"),
        ("full", MOVE.format("read table=`crm`.`lead` failed"), "mysql-full-read-table"),
        (
            "full",
            MOVE.format("read table=`crm`.`lead` failed: Lost connection to MySQL server"),
            "mysql-full-read-table",
        ),
        (
            "incremental",
            UNABLE.format(HOST, "Access denied for user 'rep'@'10.8.0.3' (using password: YES)"),
            "mysql-log-access-denied",
        ),
    ],
)
def test_a_wrapper_is_told_where_nothing_else_stands_behind_it(phase, message, known):
    found = match(message, link=MYSQL, phase=phase)
    assert found is not None
    assert found.id == known


@pytest.mark.parametrize(
    ("phase", "message"),
    [
        ("incremental", UNABLE.format(HOST, "the tenant is being moved")),
        ("incremental", LINK.format("LOGMANAGER", "com.acme.VaultException: the lease ran out")),
        ("full", MOVE.format("read table=`crm`.`lead` failed: the archive tier is asleep")),
        ("full", MOVE.format("shard table=`crm`.`lead` failed, caused by: 归档层休眠中")),
    ],
)
def test_of_a_reason_that_nobody_knows_no_other_one_is_told(phase, message):
    assert match(message, link=MYSQL, phase=phase) is None
    assert explain(message, link=MYSQL) == []
    assert kind_of(message, link=MYSQL).name == "unknown"


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("连接超时，原因：网络抖动", "timeout"),
        ("读取超时，原因：源库负载过高", "timeout"),
        ("连接断开，重试失败：将在 5 秒后再试", "link"),
        ("Communications link failure, retry 3 failed: will try again", "link"),
        ("Communications link failure Caused by: the network is unstable", "link"),
        ("Lost connection to MySQL server during query, retry failed: giving up", "link"),
    ],
)
def test_a_reason_that_agrees_with_the_wrapper_or_is_none_leaves_it(message, kind):
    told = f"service LOGMANAGER failed, cause by: {message}"
    assert kind_of(told, link=MYSQL).name == kind
    assert explain(told, link=MYSQL)[0].resume == "as_is"


def test_a_server_that_is_not_found_since_it_refuses_the_login_is_not_an_election():
    told = (
        "service INCREMENT failed, cause by: Timed out after 30000 ms while waiting for a server that "
        "matches WritableServerSelector, caused by {Command failed with error 18 "
        "(AuthenticationFailed): 'Authentication failed.'}"
    )
    assert match(told, link=MONGODB, phase="incremental") is None
    assert explain(told, link=MONGODB)[0].kind == "privilege"


def test_a_reason_that_general_words_tell_counts_before_the_wrapper():
    waits = "service LOGMANAGER failed, cause by: Read timed out while waiting for the backup lock"
    assert match(waits, link=MYSQL, phase="incremental") is None
    assert kind_of(waits, link=MYSQL).name == "lock_wait"


def test_objects_that_failed_for_different_reasons_are_told_as_several():
    both = "retry structures failed events=the fail structures are {} reason:[{}]; {} reason:[{}]"
    missing = "Table 'crm.old' doesn't exist"
    denied = "Access denied; you need (at least one of) the SUPER privilege(s) for it"
    mixed = both.format("[type=view, a]", missing, "[type=trigger, b]", denied)
    assert match(mixed, link=MYSQL, phase="full") is None
    first, second, *_ = explain(mixed, link=MYSQL)
    assert first.meaning.startswith("2 objects failed, for different reasons. The first: ")
    assert (first.kind, first.side, second.kind) == ("schema", "destination", "privilege")
    alike = both.format("[type=trigger, a]", missing, "[type=trigger, b]", missing)
    assert not explain(alike, link=MYSQL)[0].meaning.startswith("2 objects")
    assert match(alike, link=MYSQL, phase="full") is None  # no table of the source was dropped


@pytest.mark.parametrize("blank", ["", " "])
def test_a_view_that_cannot_be_created_is_known_with_and_without_a_blank(blank):
    found = match(
        "retry structures failed events=the fail structures are [type=view, index=4, "
        f"object_name=v]{blank}reason:[Table 'crm.old' doesn't exist]",
        link=MYSQL,
    )
    assert found is not None
    assert found.id == "mysql-full-view-definer"


def test_the_reason_of_a_message_is_what_its_last_wrapper_holds():
    assert reason_behind(
        "read table=a failed: the page broke Caused by: x.Y: its root was torn"
    ) == ("x.Y: its root was torn")
    assert reason_behind("读取表失败，原因：磁盘损坏") == "磁盘损坏"
    assert reason_behind("service INCREMENT failed, cause by: the head is torn") == ""
    assert reason_behind("it failed: null") == ""
    assert reasons_apart("a reason:[only one]") == []


@pytest.mark.parametrize(
    "piece", ["caused by: ", "url=", "user= ", "failed: a ", "reason:[", "失败"]
)
def test_no_text_takes_long(piece):
    line = piece * (200_000 // len(piece))
    started = time.process_time()
    reason_behind(line)
    reasons_apart(line)
    assert time.process_time() - started < 1


def _batch(*reasons):
    parts = [
        f"the fail structures are [shop.v_{n}] reason:[{one}]" for n, one in enumerate(reasons)
    ]
    return f"retry structures failed events={'; '.join(parts)}"


def test_a_reason_that_was_cut_in_two_is_no_other_reason():
    alike = ["Table 'shop.t' doesn't exist"] * 5
    facts = explain(_batch(*alike, "Table 'sho … reason was cut", *alike), link="mysql-to-mysql")
    assert "different reasons" not in facts[0].meaning


@pytest.mark.parametrize(
    ("message", "number"),
    [
        (_batch(*["Table 'shop.t' doesn't exist"] * 19, "Duplicate entry '1' for key 'a'"), "20"),
        (
            _batch("Duplicate entry '1' for key 'a'", *["Table 'shop.t' doesn't exist"] * 40),
            "At least 20",
        ),
        (
            _batch("Duplicate entry '1' for key 'a'", "Table 'shop.t' doesn't exist", "cut … off"),
            "At least 2",
        ),
    ],
)
def test_no_more_objects_are_counted_than_were_read(message, number):
    [first, *_] = explain(message, link="mysql-to-mysql")
    assert first.meaning.startswith(f"{number} objects failed, for different reasons.")

"""Stores beside the relational ones: each message gets a kind, a side and a next step of its own."""

import pytest

from drs_mcp.knowledge.engines.match import explain
from tests.knowledge.engines.messages import INNOCENT

WRITES, READS = "service INCREMENT failed, cause by: ", "service LOGMANAGER failed, cause by: "
FAILING = {
    "mysql-to-kafka": [
        ("RecordTooLargeException: The request included a message larger than the max", "data"),
        ("Broker: Message size too large", "data"),
        ("Broker: Not enough in-sync replicas", "node"),
        ("org.apache.kafka.common.errors.DisconnectException: null", "link"),
        ("org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException: m", "node"),
        ("NotLeaderForPartitionException: This server is not the leader", "node"),
        ("UnknownTopicOrPartitionException: m", "schema"),
        ("org.apache.kafka.common.errors.TimeoutException: Topic a not present in metadata after 9 ms",
         "schema"),
        ("Topic crm.lead not present in metadata after 60000 ms.", "schema"),
        ("ClusterAuthorizationException: Cluster authorization failed.", "privilege"),
        ("SaslAuthenticationException: Authentication failed", "privilege"),
        ("KafkaStorageException: Disk error when trying to access log file", "capacity"),
        ("Expiring 5 record(s) for crm.lead-0:120001 ms has passed since batch creation",
         "timeout"),
        ("ProducerFencedException: There is a newer producer", "configuration"),
    ],
    "mysql-to-clickhouse": [
        ("Code: 252. DB::Exception: Too many parts (600) in table", "throttling"),
        ("Code: 242. DB::Exception: Table is in readonly mode", "configuration"),
        ("Code: 60. DB::Exception: Table crm.lead doesn't exist. (UNKNOWN_TABLE)", "schema"),
        ("Code: 53, e.displayText() = DB::Exception: Type mismatch", "type"),
        ("Code: 349. DB::Exception: Cannot convert NULL value", "constraint"),
        ("Code: 516. DB::Exception: drs: Authentication failed", "privilege"),
        ("Code: 497. DB::Exception: drs: Not enough privileges.", "privilege"),
        ("Code: 202. DB::Exception: Too many simultaneous queries", "throttling"),
        ("Code: 209. DB::NetException: Timeout exceeded", "timeout"),
        ("Code: 999. DB::Exception: Session expired (KEEPER_EXCEPTION)", "node"),
    ],
    "mysql-to-css": [
        ("blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]",
         "capacity"),
        ("cluster_block_exception: index [a] blocked by: [FORBIDDEN/8/index write (api)]",
         "configuration"),
        ("MasterNotDiscoveredException: null", "node"),
        ("java.io.IOException: listener timeout after waiting for [90000] ms", "timeout"),
        ("strict_dynamic_mapping_exception: mapping set to strict", "type"),
        ("EsRejectedExecutionException: rejected execution of primary operation", "throttling"),
        ("circuit_breaking_exception: [parent] Data too large, data for [<http_request>]",
         "capacity"),
        ('Document contains at least one immense term in field="memo"', "data"),
        ("index_not_found_exception: no such index [lead]", "schema"),
        ("validation_exception: this cluster currently has [1000]/[1000] maximum shards open",
         "capacity"),
        ("security_exception: action [indices:data/write/bulk] is unauthorized", "privilege"),
    ],
    "cassandra-to-geminidb": [
        ("UnavailableException: Not enough replicas available for query at QUORUM", "node"),
        ("OverloadedException: Queried host was overloaded", "throttling"),
        ("Mutation of 20000000 bytes is too large for the maximum size of 16777216", "data"),
        ("InvalidQueryException: unconfigured table lead", "schema"),
        ("OperationTimedOutException: [/10.0.0.1:9042] gave no answer", "timeout"),
        ("RetriesExhaustedWithDetailsException: Failed 5: RegionTooBusyException: 5 times",
         "throttling"),
        ("UnauthorizedException: User drs has no MODIFY permission on <table a.b>", "privilege"),
        ("WriteFailureException: Cassandra failure during write query at ONE", "node"),
    ],
    "mysql-to-mrs": [
        ("NotServingRegionException: lead,,1 is not online on rs-1", "node"),
        ("NoSuchColumnFamilyException: Column family x does not exist", "schema"),
        ("java.lang.IllegalArgumentException: KeyValue size too large", "data"),
        ("NSQuotaExceededException: The NameSpace quota (directories and files) is exceeded",
         "capacity"),
        ("File /a could only be written to 0 of the 1 minReplication nodes.", "capacity"),
        ("SafeModeException: Cannot create file/a. Name node is in safe mode.", "node"),
        ("AccessControlException: Permission denied: user=drs, access=WRITE", "privilege"),
        ("GSS initiate failed [Caused by GSSException: No valid credentials]", "privilege"),
    ],
    "oracle-to-dm": [
        ("违反表[LEAD]唯一性约束[UK_A] [-6602]", "constraint"),
        ("违反列[NAME]非空约束", "constraint"),
        ("无效的列名[NICK] [-2111]", "schema"),
        ("没有[HR.STAFF]对象的插入权限 [-5504]", "privilege"),
        ("列[MEMO]长度超出定义", "data"),
        ("dm.jdbc.driver.DMException: 网络通信异常", "link"),
        ("Lock timeout [-6407]", "lock_wait"),
        ("dm.jdbc.driver.DMException: 第 1 行, 第 45 列[HH24]附近出现错误: 语法分析出错", "schema"),
    ],
    "mysql-to-tidb": [
        ("ERROR 8004 (HY000): Transaction is too large, size: 104857600", "capacity"),
        ("[kv:9007]Write conflict, txnStartTS=4, conflictStartTS=5", "deadlock"),
        ("[tikv:9002]TiKV server timeout", "timeout"),
        ("[executor:8175]Your query has been cancelled", "capacity"),
        ("Duplicate entry '5' for key 'lead.PRIMARY'", "constraint"),
    ],
    "mysql-to-oceanbase": [
        ("Over tenant memory limits", "capacity"),
        ("ERROR 4012 (HY000): Timeout", "timeout"),
        ("ret=-4184, msg=Server out of disk space", "capacity"),
        ("Column 'tax_no' cannot be null", "constraint"),
    ],
}  # fmt: skip
CASES = [(link, *row) for link, rows in FAILING.items() for row in rows]


@pytest.mark.parametrize(("link", "message", "kind"), CASES)
def test_what_the_destination_says_is_told_of_the_destination(link, message, kind):
    best = explain(f"{WRITES}{message}", link=link)[0]
    assert (best.kind, best.side) == (kind, "destination")
    assert best.engine != "any"


@pytest.mark.parametrize(
    ("link", "message", "kind", "resume"),
    [
        ("tidb-to-mysql", "[tikv:9006]GC life time is shorter than transaction duration",
         "configuration", "depends"),
        ("oceanbase-to-mysql", "fetch log: log has been recycled", "missing_log", "full_copy"),
        ("oceanbase-to-mysql", "Request to read too old versioned data", "timeout", "as_is"),
        ("dm-to-gaussdbv5", "回滚记录版本太旧，无法获取用户记录 [-7120]", "timeout", "as_is"),
        ("dm-to-gaussdbv5", "用户名或密码错误 [-2501]", "privilege", "after_repair"),
        ("cassandra-to-geminidb", "Scanned over 100001 tombstones during query", "configuration",
         "after_repair"),
        ("kafka-to-kafka", "OffsetOutOfRangeException: Fetch position out of range",
         "configuration", "depends"),
    ],
)  # fmt: skip
def test_what_the_source_says_is_told_of_the_source(link, message, kind, resume):
    best = explain(f"{READS}{message}", link=link)[0]
    assert (best.kind, best.side, best.resume) == (kind, "source", resume)


@pytest.mark.parametrize(("link", "message", "kind"), CASES)
def test_a_link_without_the_engine_is_not_told_of_it(link, message, kind):
    engine = link.rpartition("-")[2]
    for fact in explain(f"{WRITES}{message}", link="mongodb-to-dds"):
        assert fact.engine in ("any", "mongodb"), engine


@pytest.mark.parametrize("link", FAILING)
def test_an_ordinary_line_is_not_explained_by_these_engines(link):
    assert [line for line in INNOCENT if explain(line, link=link)] == []


def test_words_that_are_anybodys_are_no_engines_without_a_link_or_a_mark():
    assert {fact.engine for fact in explain("写入失败：死锁")} == {"any"}
    assert explain("dm.jdbc.driver.DMException: 死锁")[0].engine == "dameng"

"""On which side of a task an error was met: by the engine that speaks, else by DRS's component."""

import re

from drs_mcp.knowledge.engines.links import DESTINATION, SOURCE, link_of
from drs_mcp.knowledge.engines.wordings import place
from drs_mcp.knowledge.traditional import simplified

_SERVICE = re.compile(
    r"\bservice\s{1,4}([A-Za-z]{3,16})\s{1,4}failed|服务\s{0,4}([A-Za-z]{3,16})\s{0,4}失败",
    re.IGNORECASE,
)
_READS = frozenset(("LOGMANAGER", "CAPTURER", "CAPTURE"))
_WRITES = frozenset(("INCREMENT",))
_MOVES = "DATAMOVE"
_VERB = re.compile(
    r"(?<![A-Za-z])(?i:"
    r"(?P<source>read(?:ing)?|load(?:ing)?|shard(?:ing)?|split(?:ting)?|extract(?:ing)?|select"
    r"|fetch(?:ing)?|scan(?:ning)?|dump(?:ing)?|export(?:ing)?)"
    r"|(?P<destination>apply(?:ing)?|write|writing|insert(?:ing)?|import(?:ing)?|retry[ ]structures"
    r"|transfer[ ]account|update|create|creating)"
    r")(?![A-Za-z])|(?P<source_zh>读取|抽取|查询|拉取)|(?P<destination_zh>写入|插入|应用|回放|更新|创建|建表)"
)
_CAUSE = re.compile(r"cause\s{0,4}by\s{0,4}[:：]", re.IGNORECASE)
_SEARCHED = 4000

_DOES = re.compile(
    r"\W{0,4}(?:"
    r"(?P<source>(?i:select|read|extract|scan|dump|export|fetch)(?:ing)?[ ](?!only\b)|读取|抽取|拉取|查询)"
    r"|(?P<destination>(?i:insert|updat|delet|upsert|merg|replac|appl|writ|import)(?i:e|y|ing|ying)?[ ]"
    r"|写入|写表|向(?=[^：:，,]{1,120}写入)|插入|更新|删除|应用|回放)"
    r")[^：:\n]{1,300}?(?:(?i:\bfail(?:ed|s|ure)\b|\boccur(?:red|s)? error\b)|失败|出错|报错|异常)"
)
"""What the reporter was doing when it met the error: how a message begins that names no component."""

_READS_LOG = re.compile(r"\bOGG-00446\b|\barchived? (?:redo )?logs?\b|归档日志", re.IGNORECASE)
"""What only the reader of a source's log speaks of; a destination's own logs name it as such."""

_OF_A_TABLE = r"(?:[tn]?ing)? (?:(?:from|to|into|of|the) ){0,2}(?:table|collection|shard|rows?)\b"
_NAMED = (
    (
        SOURCE,
        re.compile(
            r"(?i:\A\W{0,4}source\s?:|\bsource (?:(?:database|instance|db|server|host|node|cluster|tables?|account)\b|\d{1,3}\.\d)"
            r"|\bthe source\b(?! (?:code|file|column|of)\b)"
            rf"|\b(?:read|extract|scan|dump|export|shard|split){_OF_A_TABLE})|源(?:数据)?库|源端|源实例|源表"
        ),
    ),
    (
        DESTINATION,
        re.compile(
            r"(?i:\A\W{0,4}(?:destination|target)\s?:|\b(?:destination|target) (?:(?:database(?! \(')|instance|db|server|host|node|cluster|tables?|account)\b|\d{1,3}\.\d)"
            r"|\bthe (?:destination\b|target\b(?! (?:database \(|column|type)))"
            rf"|\bretry structures failed\b|\b(?:writ(?:e|(?=ing))|apply|insert|import){_OF_A_TABLE})|目标(?:数据)?库(?![（(])|目标端|目标实例|目标表"
        ),
    ),
)

_MARKS = {
    "oracle": ("ORA-", "TNS-", "jdbc:oracle:", "oracle.jdbc.", "oracle.net."),
    "sqlserver": ("SQLServerException", "jdbc:sqlserver:", "com.microsoft.sqlserver", ", Level "),
    "gaussdb": (
        "GAUSS-",
        "jdbc:opengauss:",
        "jdbc:gaussdb:",
        "jdbc:dws:",
        "com.huawei.gaussdb",
        "com.huawei.opengauss",
    ),
    "postgresql": ("jdbc:postgresql:", "PSQLException", "org.postgresql", "pg_hba.conf"),
    "mongodb": (
        "E11000",
        "com.mongodb",
        "mongodb://",
        "Command failed with error",
        "MongoCommandException",
        "MongoWriteException",
        "MongoBulkWriteException",
        "MongoQueryException",
        "MongoTimeoutException",
    ),
    "redis": ("redis.clients.", "JedisDataException", "redis://", "NOAUTH", "WRONGPASS"),
    "mariadb": ("jdbc:mariadb:", "org.mariadb", "MariaDB server"),
    "mysql": ("jdbc:mysql:", "com.mysql", "MySQL server", "MySQLSyntaxErrorException"),
    "db2": ("DB2 SQL Error", "com.ibm.db2", "jdbc:db2:", "SQLERRMC"),
    "dameng": ("dm.jdbc.", "jdbc:dm:", "DMException"),
    "tidb": ("[tikv:", "[pd:", "jdbc:tidb:"),
    "oceanbase": ("jdbc:oceanbase:", "com.oceanbase", "com.alipay.oceanbase"),
    "clickhouse": ("DB::Exception", "jdbc:clickhouse:", "com.clickhouse", "ru.yandex.clickhouse"),
    "kafka": ("org.apache.kafka.common", "org.apache.kafka.clients"),
    "elasticsearch": ("org.elasticsearch", "org.opensearch", "cluster_block_exception"),
    "cassandra": ("com.datastax", "org.apache.cassandra"),
    "hadoop": ("org.apache.hadoop",),
}
_SPELT = re.compile(
    r"(?<![A-Za-z0-9_])(?:(?P<gaussdb>[dc]n_\d{4})|(?P<db2>SQL\d{4,5}[CEINW])(?![A-Za-z0-9_]))"
)
"""Names of nodes of the distributed engines (`dn_6001_6002`), messages of DB2 (`SQL0964C`)."""

_OF_OCEANBASE = re.compile(r"ORA-0{0,2}600: internal error code, arguments: -\d{4}")
"""How its Oracle mode tells an error that Oracle does not have: by OceanBase's own number."""


def service_of(message: str) -> str:
    """The DRS component that reports (`service INCREMENT failed, …`), or empty."""
    text = message[:_SEARCHED]
    text = simplified(text) if "服" in text else text
    found = _SERVICE.search(text) if "ervice" in text or "服务" in text else None
    return (found[1] or found[2]).upper() if found else ""


def dialect(message: str) -> str:
    """The engine whose mark a message bears first: its driver, its codes, its names of nodes."""
    text = message[:_SEARCHED]
    if "arguments: -" in text and _OF_OCEANBASE.search(text):
        return "oceanbase"
    first, speaks = len(text), ""
    for engine, marks in _MARKS.items():
        for mark in marks:
            if mark in text and 0 <= (at := place(mark, text, 0, first)) < first:
                first, speaks = at, engine
    spelt = _SPELT.search(text, 0, first) if "n_" in text or "SQL" in text else None
    return (spelt.lastgroup or "") if spelt else speaks


def side_of_service(service: str, message: str) -> str:
    """The side that a component works on; DATAMOVE works on both, so its first verb decides."""
    name = service.strip().upper()
    if name in _READS:
        return SOURCE
    if name in _WRITES:
        return DESTINATION
    if name != _MOVES:
        return ""
    text = message[:_SEARCHED]
    cause = _CAUSE.search(text)
    verb = _VERB.search(text, cause.end() if cause else 0)
    return (verb.lastgroup or "").removesuffix("_zh") if verb else ""


def side_of(message: str, *, link: str = "", service: str = "", engine: str = "") -> str:
    """`source`, `destination`, or empty where nothing tells.

    An engine that stands on one side of the link only decides, for it speaks there; *engine* is
    the one that speaks where that is known already. Else the component's side does, else the
    side that the message itself names, if it names one only, else what it says was being done.
    """
    message = simplified(message)
    engines = link_of(link)
    speaks = engine or dialect(message)
    only = engines.side(speaks) if speaks else ""
    told = side_of_service(service or service_of(message), message)
    return only or told or named_side(message) or _doing(message)


def named_side(message: str) -> str:
    """The side that a text in simplified characters names; empty where it names none, or both."""
    text = message[:_SEARCHED]
    named = [side for side, words in _NAMED if words.search(text)]
    return named[0] if len(named) == 1 else ""


def _doing(message: str) -> str:
    text = message[:_SEARCHED]
    found = _DOES.match(text)
    if found is not None:
        return found.lastgroup or ""
    return SOURCE if _READS_LOG.search(text) else ""

"""What is written like `shop.orders` and is the name of something else.

Some shapes no table has: files, classes, error codes, packages of a database. Others, of a setting,
a host or a method, a table may have: there the words around it decide.
"""

import re
from typing import Final

_NOT_SCHEMAS = frozenset(
    ("java", "javax", "jdk", "sun", "com", "org", "net", "io", "cn", "www", "e", "i")
)
_ENDINGS: Final = (
    "log|sql|frm|ibd|myd|myi|rdo|arc|java|class|py|cc|cpp|hpp|go|rs|scala|kt|json|xml|conf|cnf|ini|sh|so|gz|zip|txt|csv|tsv|dmp|jar|dll|exe|dbf|trc|ora|ya?ml"
    "|properties|pem|crt|tmp|bak|swp|pid|sock|rdb|aof|mdf|ldf|ndf|trn|prm|parquet|avro|orc|bson|tar|tgz|bz2|xz|zst"
    "|rpm|deb|xlsx?|pdf|jks|p12|com|org|net|cn|io|local|internal"
)
_NEVER = re.compile(
    rf"(?i:\.(?:{_ENDINGS})|(?:bin|binlog|relay)\.index|\.(?:pk|uk|fk|uq|ix|idx|seq|trg)_[^.]*)\Z"
    r"|(?:Exception|Error)\Z|\A(?:this|self|super)\.|\A[a-z]{1,20}\.jdbc\."
    # a package of Oracle with what is in it, a procedure by the customs of naming
    r"|(?i:(?:\A|\.)(?:(?:dbms|utl|owa|pkg|pck|proc|prc|usp|udf)_|(?:sys|dbo|msdb)\.(?:sp|xp|fn)_))"
)
_LOWER = r"[a-z][a-z0-9]*+"
_OWNED = r"(?!(?:[^.]*+\.)?(?:dbo|public)\.)"
_OWNED_NAME = re.compile(r"(?:[^.]*+\.)?(?:dbo|public)\.")
"""In a schema that every database of its kind has."""
_UNITS = "ms|seconds?|secs?|minutes?|hours?|bytes|kb|mb|timeout|interval|enabled?|retries"
_SET = (
    f"{_UNITS}|key|size|count|limit|max|min|mode|class|path|dir|directory|url|uri|host|port|level|threads|memory|factor"
    "|policy|strategy|format|location|reset|servers?|period|delay|ratio|threshold|protocol|mechanism|endpoint|retention"
    "|password|config|partitions|replicas|name|id|user|type|version"
)
"""What a setting sets."""
_DOES = "open|close|connect|commit|rollback|execute|prepare|fetch|flush|send|receive|sleep|wait|notify|run|start|stop|read|write"
"""What a method does."""
_DOUBTFUL = re.compile(
    rf"{_OWNED}(?:{_LOWER}\.{_LOWER}\.(?:[a-z0-9]++_)*+(?:{_SET})|{_LOWER}\.(?:{_UNITS})"
    r"|[a-z]++\.[A-Z][a-z]++|(?:[a-z_][a-z0-9_]*+\.){2,}+[A-Z](?=[A-Z\d_]*[a-z])[\w$]*+"  # classes
    rf"|[A-Z]++[a-z]\w*+\.[a-z]++[A-Z]\w*+|\w++\.(?:{_DOES}|(?:{_DOES}|get|set|is|has|add)[A-Z]\w*+)"  # methods
    rf"|{_LOWER}\.(?:prod|lan|corp|svc|intranet|localdomain))\Z"  # hosts
)
_TELLING = re.compile(r"[A-Z_0-9$#]|[^\x00-\x7f]")
_THREE_WORDS = re.compile(rf"{_OWNED}[a-z][a-z0-9_]*+\.[a-z][a-z0-9_]*+\.[a-z]++\Z")
_CLASS_OR_SCHEMA = re.compile(
    rf"{_OWNED}(?:(?:[A-Z][a-z]++)++\.[a-z]++|[a-z]++\.(?:[A-Z][a-z]++){{2,}}+)\Z"
)


def never_table(name: str) -> bool:
    """Whether a dotted word is a file, a class, a host, a package or a procedure."""
    return name.partition(".")[0] in _NOT_SCHEMAS or _NEVER.search(name) is not None


_LINE = re.compile(r":\d")


def line_follows(message: str, end: int) -> bool:
    """Whether what ends there is the file that wrote the message: `rdb_load.cc:1842`."""
    return _LINE.match(message, end) is not None


def doubtful(name: str) -> bool:
    """Whether it is one only where something says so: settings, classes, hosts look so, too."""
    return _DOUBTFUL.match(name) is not None


def is_plain(name: str) -> bool:
    """Whether a dotted word tells by itself that it is no host: its last part has more than letters."""
    if _OWNED_NAME.match(name):
        return True
    if _THREE_WORDS.match(name) or _CLASS_OR_SCHEMA.match(name):
        return False
    return _TELLING.search(name) is not None

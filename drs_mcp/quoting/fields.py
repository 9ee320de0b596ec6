"""What a text says of a field or a host where others have a value: of what type, in which order, at which port.

Sources: MongoDB's manual on index keys and query operators, Elasticsearch's on mappings, Spark's on types,
`RequestHeader` of Kafka.
"""

import re
from collections.abc import Callable

_PORT = re.compile(r"(?<=:)\d{2,5}(?=[\s,;)\]}/\"']|[.]?\Z)")
_HOST = re.compile(
    r"[a-z][a-z0-9.\-]*[.\-](?:0\d{1,2}|(?:db|prod|dev|test)(?:-?\d{1,4})?|[a-z]+-?\d{1,4})"
)
_DIRECTION = re.compile(
    r"(?:number(?:int|long)\([\"']?)?[+\-]?[01](?:\.0)?(?:[\"']?\))?\s?"
    r"(?:\}|,\s?[\"'\\]{0,4}[a-z_$][\w.$]{0,63}[\"'\\]{0,4}\s?:)"
)
_REQUEST_OF_KAFKA = re.compile(
    r"(?:[a-z_]{3,40}|\d{1,3}),\s?apiversion\s?[=:]\s?\d{1,3},\s?(?:clientid|connectionid|correlationid)\b"
)
_DIRECTION_OF_JAVA = re.compile(r"-?1(?:\.0)?(?:\}|,\s)")
_OF_STRUCT = re.compile(r"[a-z][a-z0-9_ ]{1,30}+(?:<[^<>\n]{0,64}>|\(\d[\d, ]{0,12}\))?[,>]")
_IN_STRUCT = re.compile(r"\b(?:struct|row)<[\w:,<>() ]{0,180}\Z")
_DESCRIBED = re.compile(
    r"\{\s?\\*[\"']?(?:(?:bson)?type\\*[\"']?\s?:\s?\\*[\"'][a-z][a-z0-9_]{1,20}\\*[\"']"
    r"(?:,\s?\\*[\"'][a-z_]{2,24}\\*[\"']\s?:\s?(?:true|false))*"
    r"|\$[a-z]{2,10}\\*[\"']?\s?:\s?(?:true|false|null|\d{1,2}))\s?\}"
    r"|\{\s?\\*[\"']user\\*[\"']\s?:\s?\{(?=[^\n]{0,300}?[\"']password\\*[\"']\s?:)"
)
_KIND_OF_INDEX = re.compile(r"(?:hashed|text|2d|2dsphere|columnstore|asc|desc)\\{0,4}[\"']")
_KEY_OF_INDEX = re.compile(
    r"(?:keys?|index(?:es)?|pattern|sort|hint|shardcollection|createindex(?:es)?)[^\w{}]{1,8}"
    r"(?:[\"'][\w.]{1,128}[\"'],\s?)?\{[^{}]{0,256}\Z"
)


def tells_of_name(low: str, at: int, named: str, before: Callable[[], str]) -> bool:
    """Whether behind a name stands a port, `db-01:5432`, a direction, `{ a: -1 }`, or a type, `struct<a:int>`.

    Or, behind `apiKey=`, which request of Kafka it is.

    Args:
        low: the text in lower case.
        at: where it stands.
        named: the name in lower case, with the sign behind it.
        before: gives what stands before the name, in lower case.
    """
    if named[:-1] == "apikey" and _REQUEST_OF_KAFKA.match(low, at):
        return True
    if named.endswith("="):  # as Java prints the key of an index, `key={a=1, b=-1}`
        return _DIRECTION_OF_JAVA.match(low, at) is not None and _in_key(before())
    if not named.endswith(":"):
        return False
    if _DIRECTION.match(low, at):
        return True
    if _OF_STRUCT.match(low, at) and _IN_STRUCT.search(before()):
        return True
    return _PORT.match(low, at) is not None and _HOST.fullmatch(named[:-1]) is not None


def _in_key(before: str) -> bool:
    return _KEY_OF_INDEX.search(before) is not None


def is_kind_of_index(low: str, at: int, before: Callable[[], str]) -> bool:
    """Whether at *at* stands a word such as in `key: { a: "hashed" }`."""
    return _KIND_OF_INDEX.match(low, at) is not None and _in_key(before())


def is_described(low: str, at: int) -> bool:
    """Whether a schema or a query says something of a field: `{"type": "keyword"}`, `{ $exists: true }`.

    Or whether the object holds the password by its own name, as IAM's `{"user": {"password": …}}`.
    """
    return _DESCRIBED.match(low, at) is not None

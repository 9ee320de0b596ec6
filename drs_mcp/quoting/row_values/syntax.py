"""What MySQL's parser did not understand: `near '…' at line 3`, a piece of a statement.

It may begin within the values of a row, so it is hidden from the first word on that is none of SQL's
own. What stands before tells what the engine does not know: keywords, types with their lengths,
options of tables with their settings. Sources: the manuals of MySQL and MariaDB on CREATE TABLE,
ALTER TABLE, CREATE USER and online DDL.
"""

import re
from typing import Final

from drs_mcp.quoting.row_values.ends import before_tail
from drs_mcp.quoting.row_values.forms import Form
from drs_mcp.quoting.row_values.spans import Found
from drs_mcp.quoting.sql.column_types import PLAIN, SIZED
from drs_mcp.quoting.sql.keywords import BESIDE, CONDITIONS, GUARDED, JOINING, NAMES

_OWN: Final = frozenset({*NAMES, *CONDITIONS, *JOINING, *BESIDE, *GUARDED, "set", "values", "select",
                     "create", "alter", "drop", "add", "column", "index", "unique", "primary",
                     "not", "null", "default", "visible", "invisible", "engine", "charset",
                     "character", "comment", "auto_increment", "unsigned", "generated", "always",
                     "stored", "virtual", "constraint", "foreign", "references", "check", "first",
                     "after", "recursive", "window", "rows", "lateral", "fetch", "returning",
                     "begin", "procedure", "function", "trigger", "view", "definer", "sql",
                     "security", "json", "system_user", "array", "grant", "revoke", "user", "role",
                     "identified", "password", "account", "expire", "require", "lock", "unlock",
                     "masked", "if", "exists", "modify", "change", "rename", "columns", "fulltext",
                     "spatial", "enforced", "encrypted", "persistent", "sequence", "system",
                     "versioning", "period", "partitions", "subpartition", "range",
                     "list", "hash", "linear", "less", "than", "maxvalue", "reorganize", "exchange",
                     "truncate", "analyze", "optimize", "coalesce", "remove", "partitioning",
                     "validation", "cascade", "restrict", "on", "zerofill",
                     "national", "nvarchar", "temporary", "tables", "database", "schema", "deferrable",
                     "deferred", "initially", "retain", "current", "failed_login_attempts",
                     "password_lock_time", "attribute", "except", "intersect", "json_table",
                     "nested", "ordinality", "materialized", "clustering",
                     "online", "offline", "quick", "low_priority", "high_priority",
                     "undrop", "engine_attribute", "secondary_engine_attribute", "using", "btree",
                     "rtree", "srid", "geometry", "polygon", "linestring", "vector",
                     "uuid", "inet6", "inet4", "xmltype", "varchar2", "clob", "nchar"})  # fmt: skip
_SETTINGS: Final = (
    r"(?:(?:charset|character\sset|collate)\s{0,2}=?\s{0,2}(?:utf(?:8|16|32)|latin\d|gb(?:k|2312|18030)|big5|ascii|binary|ucs2|euc|sjis|cp\d{3}|koi8)\w{0,32}"
    r"|(?:row_format|algorithm|lock|insert_method|transactional|page_checksum|encryption|encrypted|start_transaction"
    r"|engine|storage|checksum)\s{0,2}=?\s{0,2}"
    r"(?:compact|dynamic|compressed|redundant|fixed|paged|tokudb_\w{3,12}|instant|inplace|copy|nocopy|shared|exclusive"
    r"|none|default|first|last|no|yes|on|off|[01]|disk|memory|innodb|myisam|rocksdb|aria|archive|csv|ndb(?:cluster)?|merge"
    r"|blackhole|columnstore|federated|tokudb|connect|spider|heap)"
    r"|(?:stats_(?:persistent|auto_recalc|sample_pages)|key_block_size|pack_keys|delay_key_write|avg_row_length|max_rows|min_rows"
    r"|page_compress(?:ed|ion_level)|encryption_key_id|autoextend_size)\s{0,2}=?\s{0,2}(?:default|\d{1,10}[kmg]?))"
)
_SHOWN = re.compile(
    rf"[\s,()=]*+(?:(?P<whole>{_SETTINGS}|{SIZED}|{PLAIN})|(?P<word>[a-z_][a-z_0-9]*+))(?![^\s,;)('?=])"
)
_NEAR: Final = (
    "near ", "bei ", "près de ", "cerca de ", "cerca ", "vicino a ", "próximo a ", "около ", "біля ", "nära ", "nær ",
    "blízko ", "附近", "附近 ",
)  # fmt: skip
_AT_LINE: Final = (
    r"\s?(?:at line|in zeile|à la ligne|en la l[ií]nea|linea|na linha|на строке|в строці|på rad|på linje|w linii|na ř[aá]dku"
    r"|na riadku|in regel|在第|付近|명령어 라인)\s?\d"
)
"""Before and behind the piece in the languages of MySQL's errmsg-utf8.txt."""
_SIGNS = re.compile(r"[\s()=,;]*+\Z")


def _syntax(folded: str, _start: int, end: int, bound: int) -> Found:
    """The piece from the first word on that is none of SQL's own."""
    place = before_tail(folded, end, bound, "'", _AT_LINE)
    if place is None:
        return Found([], end)
    begins, closes = end, place - 1
    while (shown := _SHOWN.match(folded, begins, closes)) and (
        shown["whole"] or shown["word"] in _OWN
    ):
        begins = shown.end()
    if begins > end and _SIGNS.fullmatch(folded, begins, closes):
        return Found([], place)
    begins += len(folded[begins:closes]) - len(folded[begins:closes].lstrip(" "))
    return Found([(begins, closes)], place)


SYNTAX: Final[dict[str, Form]] = {
    "syntax": Form(
        (*(f"{word}'" for word in _NEAR), "付近", "명령어 라인"),
        rf"(?<!\w)(?:{'|'.join(_NEAR)})'|(?<=: )'(?=[^\n]{{1,160}}' 付近 \d)|(?<=\()'(?=[^\n]{{1,160}}' 명령어 라인 \d)",
        _syntax,
    )
}

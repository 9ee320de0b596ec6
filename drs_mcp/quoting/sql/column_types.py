"""Types of columns, of any engine: behind a column's name they tell what it holds, not its value.

Sources: the chapters on data types of the manuals of MySQL, PostgreSQL, Oracle, SQL Server, Db2,
ClickHouse, Cassandra, Doris, Hive and DM.
"""

from typing import Final

_LENGTH = r"\s?\(\s?(?:\d{1,10}|max|\*)(?:\s?,\s?-?\d{1,5})?(?:\s(?:byte|char))?\s?\)"
_NAMES = (
    r"n?(?:var)?char(?:acter)?2?|character(?:\svarying)?|bpchar|lvarchar|(?:var)?graphic|(?:var)?binary"
    r"|(?:fixed)?string|(?:long\s)?raw|u?rowid|bit(?:\svarying)?|varbit|(?:tiny|small|medium|big|large|u|var)?int(?:eger)?"
    r"|number|num(?:eric)?|dec(?:imal)?|decfloat|fixed|float|double|real|money|year|date|time(?:tz)?"
    r"|timestamp(?:tz)?|datetime(?:2|64|offset)?|interval|n?text|blob|d?b?clob|vector|geometry|enum|set"
)
_PART = r"(?:[^()<>\n]|[(<][^()<>\n]{0,64}[)>])"
_WRAPPED = rf"(?:nullable|lowcardinality|array|map|tuple|struct|frozen|list|set|enum(?:8|16)?)(?:\({_PART}{{1,128}}+\)|<{_PART}{{1,128}}+>)"
SIZED: Final = rf"(?:(?:(?:{_NAMES}){_LENGTH}|{_WRAPPED})(?:\[\d{{0,4}}\]){{0,3}})"
"""Types with a length or of parts, in lower case: many of their names are words, too."""
ANY_SIZED: Final = rf"[a-z_][\w.]{{1,64}}+{_LENGTH}"
"""Also such that users made."""
PLAIN: Final = (
    r"n?varchar2?|nchar|bpchar|lvarchar|bytea|varbinary|(?:tiny|medium|long)?(?:blob|text)|n?clob|dbclob|ntext"
    r"|(?:tiny|small|medium|big|large)int|u?int(?:[248]|16|32|64|128|256)|float(?:[48]|32|64)|decimal(?:32|64|128|256)"
    r"|uuid|timeuuid|uniqueidentifier|jsonb?|xml(?:type)?|datetime(?:2|64|offset)?|smalldatetime|date32|timestamp(?:tz|ltz)"
    r"|hstore|objectid|tsvector|tsquery|macaddr8?|(?:small|big)serial|serial[248]|u?rowid|rowversion|hierarchyid"
    r"|(?:int[48]|num|date|tsz?|tstz)(?:multi)?range|sql_variant|smallmoney|bfile|binary_(?:float|double)|vargraphic|decfloat|varint"
)
"""Types without a length: no word that anybody takes for a password."""

"""Words that a document, a row image or a list of parameters stands behind; each ends at its bracket.

Patterns of lower-case text. Where a word has others of the same look that announce no row, the pattern
says so: definitions of indexes, bodies of errors, positions in a log.
"""

from typing import Final

_IMAGES = (
    r"before|after|row_?keys?|(?:before|after|old|new)[_-]?(?:image|value|values|row|data|keys?)|old|new"
    r"|row|row[ _-]?(?:data|values?|image)|record|data|values|params|full_?document|document_?key"
    r"|documents?|insert_?document|deleted_?document|update_?description|key_?values?"
    r"|column_?values?|pk_?values?|primary_?key_?values?|raw_?data|bind_?(?:vars|values|variables)"
    r"|bindings|tuple|old_?keys|sql_?params|o2?"
)
_ASSIGNED = r"\\{0,8}[\"']?\s?[:=] ?"
DUPLICATED: Final = r"dup key:\s?\\{0,8}[\"']?\s?(?=\{)"
"""MongoDB's key behind E11000."""
IMAGE: Final = (
    rf"(?:{_IMAGES}){_ASSIGNED}(?=[\[{{(])"
    rf"|(?:op|q|u|query|filter|update|line){_ASSIGNED}(?=\{{)"
    rf"|(?:rows|records){_ASSIGNED}(?=\[\s?[\[{{(])"
)
"""A row, a document or a list of values under its usual names."""
IDENTIFIED: Final = (
    r"(?<!key: )(?<!key:)(?<!keys: )(?<!pattern )(?<!pattern: )(?<!index )"
    r"(?=\{\s?\\{0,8}[\"']?_id\\{0,8}[\"']?\s?[:=]\s?(?!-?1\s?[,}]))"
)
"""A document of MongoDB by its first field; `{ _id: 1 }` is the definition of an index."""
BOUND: Final = (
    r"(?:args?|arguments?|bind|binds|bound|bindings|params|parameters|bind values|sql args)"
    r"(?: ?[:=] ?| ?=> ?)\\{0,8}[\"']?(?=[\[({])"
)
"""What goes into the placeholders of a statement that stands before."""
BOUND_NEEDS: Final = tuple(
    word + sign
    for word in (
        "args",
        "arg",
        "arguments",
        "argument",
        "bind",
        "binds",
        "bound",
        "bindings",
        "params",
        "parameters",
        "bind values",
    )
    for sign in ("=", " =", ": ", ":[", ":(")
)
_COMMANDS: Final = (
    r"auth|hello|acl|eval(?:sha)?|fcall|getset|[gm]?set(?:ex|nx|range)?|mget|get(?:del|ex)|append|psetex|restore|del|unlink|touch|p?expire(?:at)?"
    r"|incr(?:by)?(?:float)?|decr(?:by)?|exists|dump|type|p?ttl|rename|migrate|h\w{2,12}|l(?:push|rem|set|insert|range)x?|r(?:push|pop)x?|s(?:add|rem|move|ismember)"
    r"|z\w{2,16}|x(?:add|del|ack|claim|range)|pf\w{3,5}|geo\w{3,20}|publish|bitfield|setbit"
)
COMMANDED: Final = (
    rf"(?:name|command|cmd|type)\\{{0,8}}[\"']?\s?[:=]\s?\\{{0,8}}[\"'\[]?(?:{_COMMANDS})\\{{0,8}}[\"'\]]?\s?,\s?"
    r"\\{0,8}[\"']?(?:args|arguments|argv)\\{0,8}[\"']?\s?[:=]\s?(?=\[)"
)
"""The arguments of a command of Redis as its clients print one: `{ name: 'set', args: [ 'k', 'v' ] }`."""
COMMANDED_NEEDS: Final = (
    "args: [", "args:[", "args=[", "args = [", 'args":', 'args\\":', "arguments: [", "arguments=[", 'arguments":', "argv: [",
)  # fmt: skip
NAMED_PAIRS: Final = r"(?=\[\[\\{0,8}\"\w{1,64}\\{0,8}\", )"
"""Names and values as Ruby logs what it binds: `[["name", "Anna"], ["age", 5]]`."""
PRINTED_FIELDS: Final = r"(?:docs?|document|oplog)(?=\[\{)"
"""A document of MongoDB as Go prints it: `doc[{_id 5} {name Anna}]`."""
BULK: Final = (
    r"\{\s?\"(?:index|create|update)\"\s?:\s?\{[^\n{}]{0,400}\}\s?\}\s{0,4}\n\s{0,4}(?=\{)"
)
"""The line before a document in a bulk request of Elasticsearch."""
PARAMETERS: Final = r"(?<=\[)(?:params|parameters): (?=[\[({])|parameters ?: ?(?=\[)|parameters (?=\[(?:['\"]|-?\d))"
NAMED: Final = (
    r"(?:in query|in element|chunk|-->>) (?=\{)|for row (?=[\[(])|tuple (?=\[['\"\d])"
    r"|(?:pk|row) ?= ?(?=\{)|value ?= ?(?=\{(?:\\*[\"']|\w{1,64}=))|seatunnelrow\{[^\n]{0,200}?fields=(?=\[)|[+-][iud](?=[\[(])"
    r"|(?:differ|missing|mismatch)[^\n]{0,80}?keys? ?[=:] ?(?=\[)"
    r"|extract [^\n{]{0,40}?keys?(?: from)?: ?(?=\{)|(?=\{ ?: )"
)
"""Documents and rows behind words of their own."""
NAMED_NEEDS: Final = (
    "in query", "in element", "chunk {", "-->>", "for row", "tuple ", "pk=", "pk =", "value =",
    "value=", "seatunnelrow", "+i(", "-i(", "+u(", "-u(", "+d(", "-d(",
    "+i[", "-i[", "+u[", "-u[", "+d[", "-d[", "extract ", "{ :", "{:", "differ", "missing", "mismatch",
)  # fmt: skip
_FIELD = (
    r"\{\s?(?::\w{1,64}\s?=>|\\{1,8}[\"']|[\"'](?!\s)|[^\W\d][\w$.\-]{0,63}\s?[:=](?!:)|\d{1,4}=)"
)
_NO_ROW = (
    r"(?!\{\s?\\{0,8}[\"']?(?:error|error[_-]?(?:code|msg|message)|before|after|schema|payload"
    r"|type\W{2,8}(?:record|struct|object))\b)"
)
"""Not the body of an error, an envelope whose rows have words of their own, nor a schema."""
TOLD: Final = (
    r"(?:(?<!response )(?<!request )(?<!result )(?<!config )(?<!table )(?<!job )(?<!task )data"
    r"|row|record|values?|line|documents?|doc|tuple|entity)"
    rf"(?: contents?| data| values?)?(?: is| was)?:? \\{{0,8}}[\"'`(]?{_NO_ROW}(?={_FIELD})"
    rf"|(?:before|after) {_NO_ROW}(?={_FIELD})"
    rf"|(?:payload|_source){_ASSIGNED}{_NO_ROW}(?=\{{)|payload {_NO_ROW}(?={_FIELD})"
    r"|(?:row|record|tuple)(?: data)? (?=\[(?:\\*[\"']|-?\d[\d.]{0,20}, ?\\*[\"']))"
    r"|(?:rows|records|row data|tuples) (?=\[\s?[\[{(]\s?(?:\\*[\"']|-?\d|\w))"
)
"""A row right behind the word for one. Placeholders, `value {0}`, and positions, `row [5]`, are none."""
TOLD_NEEDS: Final = (
    "{", "row [", "record [", "tuple [", "row data [", "rows [", "records [", "tuples [",
)  # fmt: skip
TOLD_OF: Final = rf"(?<![\"'\\}}\]\s=])[:：] ?{_NO_ROW}(?={_FIELD})"
"""A row behind a colon, if the sentence before tells of one: `row skipped in shop.users: {…}`."""
OF_RECORD: Final = r"(?:key|value) ?= ?(?=\{|\[(?!b@))"
"""Not the name of an array, `[B@1a2b`."""
REQUESTED: Final = r"(?<=, )source(?=\[\{)"
"""A document of a request of Elasticsearch, as its client prints it."""
ACTION: Final = (
    r"action\\{0,8}\"? ?(?:=>|:) ?\[\\{0,8}\"(?:index|create|update|delete)\\{0,8}\", ?(?=\{)"
)
"""An event of Logstash behind what was to be done with it: `:action=>["index", {…}, {…}]`."""
SOURCE: Final = rf"_?source:? {_NO_ROW}(?={_FIELD})"
"""A document of Elasticsearch, if it is not the description of a database."""
CHINESE: Final = r"重复的?键\s?(?=\{)|(?:(?:行|记录|数据)内容|(?:行|冲突|原始|源端|目标端)数据|行|记录)\s?[:：]?\s?(?=[\[{])"
PRINTED_BY_ID: Final = r"(?<=\w)(?=\(id=['\"\d][^,()\n]{0,80}, ?\w{1,64}=)"
"""An object whose first field is its identity: `User(id=5, name='Anna')`."""
CALLED: Final = (
    r"(?:update|insert|delete|replace|find)(?:one|many|oneand\w{5,8})\((?=\{|\[\s?\{)"
    r"|db\.[\w.]{1,100}\.(?:update|insert|remove|find|save)\((?=\{|\[\s?\{)"
)
"""A method of MongoDB's shell."""
COLUMNS: Final = rf"(?:columns|identity|pk){_ASSIGNED}(?=\[\s?\{{)"
"""Columns as wal2json writes them, each with its name, type and value."""
_POSITION = (
    r"(?!struct\{version=\d[\w.]{0,20},connector=\w{1,20},name=[\w.-]{1,80},ts_ms=\d"
    r"(?![^{}\n]{0,1000}\bquery=(?!null\b)))"
)
"""Not where in the log of a database a reader stands, as Debezium prints it, unless with a statement."""
PRINTED: Final = (
    rf"{_POSITION}(?:record|row|rowdata|struct|document)(?=\{{)|(?:row|record)(?=\[)"
    r"|(?:generic|binary|joined)?rowdata(?=\()"
)
"""Objects as Java prints them."""

"""A value that could not be read as what it ought to be is hidden, whoever says so; names stay."""

import pytest

from drs_mcp.quoting.pages import redacted

# The value stands as §.
FORMS = (
    "Unable to coerce '§' to a formatted date (long)",
    "cannot coerce value '§' into int",
    "Cannot parse string '§' as UInt64: syntax error at begin of string",
    "Cannot parse input: expected '\\t' before: '§' (in column 3)",
    'Row 3: Column 0, name: id, type: UInt64, parsed text: "§" ERROR: garbage after UInt64',
    "could not convert string to float: '§' in column amount",
    "invalid literal for int() with base 10: '§', given up",
    "time data '§' does not match format '%Y-%m-%d'",
    'strconv.ParseInt: parsing "§": invalid syntax, table shop.people',
    'parsing time "§" as "2006-01-02": month out of range',
    'Cannot deserialize value of type `java.lang.Long` from String "§": not a valid representation',
    "Failed to deserialize CSV row '7,§,x'.",
    'Failed to deserialize JSON \'{"id":7,"name":"§"}\'.',
    "Can't parse input data: '§' at users.__loadFromFields(users.java:421)",
    "Error converting value \"§\" to type 'System.Int32'. Path 'age', line 1",
    'sql: Scan error on column index 3, name "tel": converting driver.Value type []uint8 ("§") to a int64: invalid syntax',
    'converting driver.Value type string ("§") to a float64: invalid syntax',
    'cannot convert []byte("§") to int',
    'unable to encode "§" into binary format for int4 (OID 23): cannot find encode plan',
    "PSQLException: Bad value for type long : §",
    "The input string '§' was not in a correct format.",
    "String '§' was not recognized as a valid DateTime.",
    'invalid value for Integer(): "§"',
    "Unexpected token 'Z', \"§\" is not valid JSON",
    "Unable to make int from '§'",
    'The value \'§\' of the type "STRING" cannot be cast to "BIGINT"',
    "failed to parse field [age] of type [long]. Preview of field's value: '§'",
    "failed to parse date field [§] with format [strict_date]",
    "java.lang.String object [§] does not correspond to value meta [Integer]",
    "the length of input is too long. first 32 bytes of input str: [§] schema length: 11;",
    'Invalid STRING constant (§) for "age" of type int',
    "Error inserting row into table [people] with values: [7], [§], [x, y] ORA-12899",
    "IMP-00003: ORACLE error 12899\nColumn : 1 7369\nColumn : 2 §\nColumn : 3 17-DEC-1980",
    "Column : 2 §",
    'key too large to index, failing shop.users.$bio_1 1116 { : "§" }',
    'Can\'t extract geo keys: { _id: 7, name: "§" }  Point must only contain numeric elements (16755)',
    "name : §    update=true\ntel : 1    update=false",
    "Record +I[7, §, x] in operator Sink: users",
    "change -U[7, §] of users",
    'error processing document #3: invalid character; line: {"name":"§","tel":"1',
    "(1,'§'),",
    "(2, '§', NULL), (3, 'x', 5);",
    "Cannot determine value type from string '§' at row 41",
    "Unable to infer the type of value '§'",
    "cannot interpret text '§' as a date",
    "Bad format for Timestamp '§' in column 3.",
    "'§' in column '4' is outside valid range for the datatype INTEGER.",
    "Invalid value for getLong() - '§'",
    "The value '§' is an invalid TIME value. JDBC Time objects represent a wall-clock time",
    'Invalid JSON text in argument 1 to function json_extract: "Invalid value." at position 4 in \'{"n":§}\'.',
    "Unexpected token Z in JSON at position 4 while parsing '{\"n\":§'",
    "JSON parse error at line 1 column 5 near '§'",
    "ORA-03302: (ORA-01722 details) invalid string value: §\nORA-06512: at line 3",
    "字段[phone]的值[§]不合法，行号 88",
    "列 phone 的值【§】超长",
    "无法将 '§' 转换为 int 类型，列 age",
    '无法解析字符串 "§"，错误码 1366',
)
STAYS = (
    ("Cannot parse string '§' as UInt64", "UInt64"),
    ("could not convert string to float: '§' in column amount", "column amount"),
    ('strconv.ParseInt: parsing "§": invalid syntax, table shop.people', "shop.people"),
    ("failed to parse field [age] of type [long]. Preview of field's value: '§'", "[age] of type [long]"),
    ("Error inserting row into table [people] with values: [7], [§] ORA-12899", "[people]"),
    ("Reason: column_name[phone]. input str: [§] schema length: 11;", "column_name[phone]"),
    ("字段[phone]的值[§]不合法，行号 88", "字段[phone]"),
    ("Cannot determine value type from string '§' at row 41", "at row 41"),
    ("Bad format for Timestamp '§' in column 3.", "in column 3."),
    ("'§' in column '4' is outside valid range for the datatype INTEGER.", "in column '4' is"),
    ('Invalid JSON text: "Invalid value." at position 4 in \'§\'.', '"Invalid value." at position 4 in'),
    ("ORA-01722: unable to convert string value containing 'A' to a number: PRICE ORA-03302: (ORA-01722 details) invalid string value: §", "a number: PRICE ORA-03302: (ORA-01722 details) invalid string value:"),
    ("(ORA-01722 details) invalid string value: § ORA-06512: at line 3", "ORA-06512: at line 3"),
    ("无法将 '§' 转换为 int 类型，列 age", "int 类型，列 age"),
)  # fmt: skip
WHOLE = """
message="cannot parse the date (long)" code 7
sql: Scan error on column index 3, name "tel": converting NULL to int is unsupported
Scan error on column index 3, name "tel": unsupported Scan, storing driver.Value type []uint8 into type *time.Time
json: cannot unmarshal string into Go struct field T.id of type int
cannot parse file 'schema.sql' at line 3
Failed to parse config file "/etc/drs/conf.yaml": mapping values are not allowed
cannot convert column 'amount' from varchar to int
cannot cast type 'jsonb' to 'int4'
Cannot convert 'utf8mb3' to 'utf8mb4' for table 'shop.orders'
failed to parse GTID set '3E11FA47-71CA-11E1-9E33-C80AA9429562:1-77'
error parsing time zone 'Asia/Shanghai'
unable to parse version '8.0.36-28'
conversion of charset 'gbk' to 'utf8mb4' failed for column `name`
failed to parse table 'shop.orders'
failed to parse format string 'yyyy-MM-dd'
Failed to parse binlog 'mysql-bin.000012' : file not found
decoding plugin 'pgoutput' is not installed
could not deserialize class 'com.example.Task'
cast function 'to_char' does not exist
Unable to convert type 'geometry' of column "g" to 'text'
parsed 5 rows of 'shop.orders' in 12 ms
serialization error of transaction 'tx-88'
value of parameter 'wal_level' is 'replica'
cannot determine the version from string '8.0.32-log'
cannot determine collation type of column 'name'
Could not determine polymorphic type because input has type unknown
Invalid JSON text: "Invalid value." at position 1 in value for column 't.j'.
JSON event at position 154 in 'mysql-bin.000003'
JSON parse error at line 3 in 'conf/job.json'
Error in column 'a', outside valid range of ports
(ORA-01722 details) see the trace
阈值[80]已超过
默认值【0】未变
参数 binlog_format 的值应为 ROW
(id, name, age)
('shop.orders')
line: 12, column: 7
{ : } is no key
extract process EXT1 abended, see report
changelog modes +I, -U, +U and -D
""".strip().split("\n")


@pytest.mark.parametrize("form", FORMS)
def test_a_value_that_could_not_be_read_is_hidden(form):
    values = ("Brunhilde", "Zhao Yun77", "13900001111", "x-1/2")
    shown = {redacted(form.replace("§", value)) for value in values}
    assert len(shown) == 1, shown
    assert "Zhao" not in shown.pop()


@pytest.mark.parametrize("form", [form for form in FORMS if "'§'" in form])
def test_an_apostrophe_inside_of_it_ends_nothing(form):
    assert "Brien" not in redacted(form.replace("§", "O'Brien"))


def test_a_number_that_is_too_large_is_hidden():
    for number in ("88213.77", "-5", "1e+22"):
        assert redacted(f"json: cannot unmarshal number {number} into Go value of type int") == (
            "json: cannot unmarshal number ? into Go value of type int"
        )
        assert redacted(f"sql/driver: couldn't convert {number} (float64) into type bool") == (
            "sql/driver: couldn't convert ? (float64) into type bool"
        )
    shown = redacted("Msg 8115: Arithmetic overflow error for type varchar, value = 88213.77.")
    assert shown == "Msg 8115: Arithmetic overflow error for type varchar, value = ?."


@pytest.mark.parametrize(("form", "stays"), STAYS)
def test_what_could_not_take_it_stays(form, stays):
    shown = redacted(form.replace("§", "Brunhilde"))
    assert "Brunhilde" not in shown
    assert stays in shown


@pytest.mark.parametrize("text", WHOLE)
def test_a_name_in_such_a_sentence_stays(text):
    assert redacted(text) == text

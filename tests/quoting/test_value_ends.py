"""What parts the pairs of a text ends a value, and nothing that only looks like the next pair does."""

import pytest

from drs_mcp.api.http.faults import fault
from drs_mcp.quoting.pages import redacted, redacted_page

TAILS = (";j=", ",x=", "|Ov=", ",TQ:", ";een:", "`w{4", '"9', "'7", ";ab=c", "k=@h9]")


@pytest.mark.parametrize("tail", TAILS)
@pytest.mark.parametrize(
    "frame",
    [
        "DataSource[host=10.4.4.9, password=§]",
        "props={user=drs, password=§, port=3408}",
        "Login { User = drs, Password = §, Port = 3421 }",
        "docker run -e MYSQL_ROOT_PASSWORD=§ -p 3627:3306 mysql:8.0",
        "+ export SRC_DB_PASSWORD=§ PORT=3306",
        "import --password=§ --host h1",
        "full sync failed: AUTH § full sync",
        "user app on >§ ~orders:* +get",
        "db5.example.com:5432:shop:drs:§",
        "machine db3.example.com login drs password §",
        "echo § | passwd --stdin mysql",
    ],
)
def test_a_value_ends_where_the_pairs_of_its_text_do(frame, tail):
    assert redacted(frame.replace("§", f"x7Gh2q9{tail}")) == frame.replace("§", "***")


@pytest.mark.parametrize("tail", [";een:", ",x=", ";ab=c", "|Ov="])
def test_a_connection_string_that_blanks_part_ends_at_its_quote(tail):
    frame = "ALTER SYSTEM SET primary_conninfo = 'host=10.1.5.4 password=§'; 55P02"
    assert redacted(frame.replace("§", f"x7Gh2q9{tail}")) == frame.replace("§", "***")


@pytest.mark.parametrize("tail", ["|M=iP", ",j=dN", "&VA=Ja", ";QX:@Ac", ",ab:cd"])
@pytest.mark.parametrize(
    "frame",
    [
        "pwd=§ port=4003",
        "MYSQL_ROOT_PASSWORD=§ MYSQL_PORT=3505",
        "init pool passwd=§; host=db3.example.com; state 08001",
        "参数 密码＝§ 端口＝3902",
        "연결 실패 비밀번호: § 포트: 3912",
    ],
)
def test_how_the_first_pair_is_parted_from_the_next_tells_what_follows_it(frame, tail):
    assert redacted(frame.replace("§", f"x7Gh2q9{tail}")) == frame.replace("§", "***")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a=b,password=x7Gh2q9,host=h1", "a=b,password=***,host=h1"),
        ("(password=x7Gh2q9;host=h1)", "(password=***;host=h1)"),
        ("opts: password=x7Gh2q9;host=h1", "opts: password=***;host=h1"),
        ("Password=x7Gh2q9;User ID=sa;Port=5", "Password=***;User ID=sa;Port=5"),
        ("Server=h1;Password=x7Gh2q9;Timeout=5", "Server=h1;Password=***;Timeout=5"),
        ("h=10.0.0.1,u=root,p=x7Gh2q9,D=shop", "h=10.0.0.1,u=root,p=***,D=shop"),
        ("x%3BPWD%3Dx7Gh2q9%3Bvjp6%3D4p%3BEncrypt%3Dyes", "x%3BPWD%3D***%3BEncrypt%3Dyes"),
    ],
)
def test_the_next_pair_stays(text, shown):
    assert redacted(text) == shown


@pytest.mark.parametrize("secret", ["x7(`l8{\\=0", "x7('a,b", 'x7("c d'])
def test_what_begins_like_a_call_is_one_only_if_its_name_is_a_word(secret):
    assert redacted(f"password={secret.split()[0]} # note") == "password=*** # note"
    assert redacted("password=SecretStr('x7Gh2q9'), a=1") == "password=SecretStr('***'), a=1"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (
            '["password"]=>\n  string(9) "ab"}4mK"x"\n  ["port"]=>\n  int(3)',
            '["password"]=>\n  ***\n  ["port"]=>\n  int(3)',
        ),
        (
            'a:2:{s:8:"password";s:9:"U1]@7o-:64";s:4:"port";i:3;}',
            'a:2:{s:8:"password";s:***;s:4:"port";i:3;}',
        ),
        (
            "Server=h;Password='K0j'';wf4*=lA\\';Timeout=16",
            "Server=h;Password='***';Timeout=16",
        ),
        (
            'bad body (cut): {"user":"u","password":"r3MT\\";WY3w$ nU',
            'bad body (cut): {"user":"u","password":"***',
        ),
        (
            "error in your SQL syntax near 'IDENTIFIED BY 'J6M7? 3Z6\\'",
            "error in your SQL syntax near 'IDENTIFIED BY '***",
        ),
        (
            "error in your SQL syntax near 'IDENTIFIED BY 'J6M\\',a7 3Z6",
            "error in your SQL syntax near 'IDENTIFIED BY '***",
        ),
        (
            "select AES_DECRYPT(card,'j2\".52O\\']1Z5') from c",
            "select AES_DECRYPT(card,?) from c",
        ),
    ],
)
def test_a_string_ends_by_the_rules_of_its_language(text, shown):
    assert redacted(text) == shown


@pytest.mark.parametrize("secret", ["x7Gh2q9\\", "x7Gh2q9=", "x7Gh2q9:", 'x7Gh2q9""'])
def test_a_row_goes_on_only_where_its_value_has_not_begun(secret):
    following = '{"state":"28000","id":"batch-81f3"}'
    page = redacted_page([f"  password {secret}", "  login drs", following], newest_first=True)
    assert page[2] == following
    page = redacted_page(
        ["machine h1", "  login drs", f"  password {secret}", following], newest_first=False
    )
    assert page == ["machine h1", "  login drs", "  password ***", following]


@pytest.mark.parametrize("secret", ["x7Gh2q9\\", "x7Gh2q9"])
def test_a_row_that_only_its_secret_ends_with_a_backslash_takes_no_other_in(secret):
    rows = ["<ds><password>a</password></ds>", "START REPLICA", f"near 'IDENTIFIED BY '{secret}"]
    last = "run: sql -L app/l8a2@10.1.2.3:1521/svc9 exit 1"
    page = redacted_page([*rows, last], newest_first=False)
    assert page[2:] == ["near 'IDENTIFIED BY '***", last.replace("l8a2", "***")]


@pytest.mark.parametrize("secret", ["x7Gh2q9", "x7Gh2q9 z8", 'x7Gh]d3"B|X=', "x7Gh,port=3"])
def test_a_line_among_lines_that_are_pairs_is_a_value_to_its_end(secret):
    rows = ["  host: db2.example.com", f"  password: {secret}", "  port: 3607"]
    page = redacted_page(rows, newest_first=False)
    assert page == ["  host: db2.example.com", "  password: ***", "  port: 3607"]


def test_a_row_of_words_is_no_header_for_a_secret_in_it():
    rows = ["drs7,AKID13,V3AnMHC3h6vZpWaPWPcL", "db=shop", 'sk = ""', '   + "u5oStpr5TT"']
    assert redacted_page(rows, newest_first=False)[2] == 'sk = ""'


def test_the_code_of_an_error_is_redacted_by_itself():
    said = "COPY app.users FROM STDIN DELIMITERS ',' NULL '': line 5: "
    body = {"error_code": said + "anna,7", "error_msg": said + "bert,8"}
    error = str(fault(400, {}, body, what="the log", region="r"))
    assert said + "?" in error
    assert "anna" not in error
    assert "bert" not in error


MATERIAL = "q8Zp3VfTn6Wc1Ld9Xr5Hb2Ks7Gj4My0QaUeIoPzXcVbNmLkJhGfDsAqWeRtYuIoP"


@pytest.mark.parametrize("last", ["Qx9=", "a8B", "Zm9vYmE4==", "kLmQ"])
@pytest.mark.parametrize("step", [1, -1])
def test_the_end_of_a_key_whose_marker_is_on_another_page_is_hidden(last, step):
    rows = ["ORA-01017 before", MATERIAL, last][::step]
    assert redacted_page(rows) == ["ORA-01017 before", "***", "***"][::step]


@pytest.mark.parametrize("row", ["done", "Done", "ERROR", "20261120", "copied 5 rows"])
def test_a_word_or_a_number_beside_a_key_stays(row):
    assert redacted_page([MATERIAL, row]) == ["***", row]


@pytest.mark.parametrize("prefix", ["stdout | ", "2026-11-20 08:00:0{} INFO "])
def test_lines_of_a_key_behind_a_prefix_are_hidden_without_one_of_its_markers(prefix):
    rows = [prefix.format(at) + MATERIAL for at in range(3)]
    end = prefix.format(3) + "-----END RSA PRIVATE KEY-----"
    shown = redacted_page([*rows, end, "Authorization: ok"])
    assert shown[:3] == [prefix.format(at) + "***" for at in range(3)]
    other = redacted_page([f"> Authorization: Bearer {MATERIAL}", end])
    assert other[0] == "> Authorization: ***"


@pytest.mark.parametrize("secret", ["O8DI-g638=?q7Z&qeZ8", "c9Co(K8{17+"])
def test_a_row_that_goes_on_with_a_secret_is_no_line_of_pairs(secret):
    rows = [f'password="{secret}', f'{secret}" port=3706', f"password2={secret} port2=3502"]
    assert redacted_page(rows, newest_first=False)[2] == "password2=*** port2=3502"

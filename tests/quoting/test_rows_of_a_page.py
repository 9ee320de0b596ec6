"""The rows of a page are read in the order of their times, and each beside others that are redacted."""

import json
from itertools import permutations

import pytest

from drs_mcp.quoting.decoding import decode
from drs_mcp.quoting.pages import redacted_page

SECRET = "x7Gh2q9Zk4"


def shown(messages, *, newest_first):
    times = [f"2026-11-20T08:{minute:02}:00Z" for minute in range(len(messages))]
    rows = [
        {"level": "Info", "message": message, "create_time": time}
        for message, time in zip(messages, times, strict=True)
    ]
    rows = rows[::-1] if newest_first else rows
    page = decode(json.dumps({"job": {"logs": rows}}).encode(), rows=True)["job"]["logs"]
    return [row["message"] for row in (page[::-1] if newest_first else page)]


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize(
    "rows",
    [
        ("Enter the password:", "§"),
        ("host,user,password,port", 'h1.example.com,drs,"§",3306'),
        ("dialing mongodb://drs:", "§@10.0.0.5:27017/admin, no answer"),
        ('password="ab', '§" port=3306'),
        ("<password>", "  §"),
    ],
    ids=lambda rows: rows[0],
)
def test_a_secret_goes_on_in_the_next_row_of_time_and_the_one_before_stays(rows, newest_first):
    name, value = rows
    before, after = "batch-81f3 of table t_9 done", "node-7a2 ok"
    lines = shown([before, name, value.replace("§", SECRET), after], newest_first=newest_first)
    assert SECRET not in "".join(lines)
    assert (lines[0], lines[3]) == (before, after)


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_a_secret_goes_on_in_the_next_row_of_time_wherever_that_stands(order):
    messages = ["batch-81f3 of table t_9 done", "password:", SECRET, "node-7a2 ok"]
    rows = [
        {"message": messages[at], "create_time": f"2026-11-20T08:0{at}:00Z", "level": "Info"}
        for at in order
    ]
    page = decode(json.dumps({"job": {"logs": rows}}).encode(), rows=True)["job"]["logs"]
    told = {row["create_time"]: row["message"] for row in page}
    assert [told[at] for at in sorted(told)] == [*messages[:2], "***", messages[3]]
    assert [row["create_time"] for row in page] == [row["create_time"] for row in rows]


@pytest.mark.parametrize("held", [[None], [1, 2], [{"a": 1}], [""], [None, "fine"]])
def test_fields_of_texts_that_hold_none_are_left_as_they_are(held):
    body = {"job": {"logs": [{"error_msg": one} for one in held], "comment": held}}
    assert decode(json.dumps(body).encode(), rows=True) == body


@pytest.mark.parametrize(
    "times",
    [[[2], [1]], [{}, {}], [None, "2026"], [2, 1.5], [True, False], ["b", "a", "c"], [3, 1, 2]],
)
def test_times_of_any_kind_leave_a_page_whole(times):
    rows = [{"message": f"line {n}", "create_time": at} for n, at in enumerate(times)]
    assert decode(json.dumps({"job": {"logs": rows}}).encode(), rows=True)["job"]["logs"] == rows


def test_rows_whose_times_do_not_sort_together_are_read_either_way():
    times = ["2026-11-20T08:00:00Z", "2026-11-20 07:00:00", "2026-11-20T08:01:00Z"]
    for messages in (["password:", SECRET, "ok"], ["ok", SECRET, "password:"]):
        rows = [{"message": m, "create_time": at} for m, at in zip(messages, times, strict=True)]
        page = decode(json.dumps({"job": {"logs": rows}}).encode(), rows=True)["job"]["logs"]
        assert SECRET not in page[1]["message"]


@pytest.mark.parametrize(
    "end",
    [
        "password:", "password =  ", "PASSWORD＝", "password =>", "CREATE USER a IDENTIFIED BY",
        "Authorization: Basic", "Proxy-Authorization: Negotiate ", "password: |-", "password: >",
        'password: "', "password = '", 'password: \\\\\\"', "secret_key: \\",
        '<password type="text" encoding="utf-8" hint="none" required="true" scope="local">',
    ],
)  # fmt: skip
def test_a_row_goes_on_by_its_end_however_long_it_is(end):
    row = "the options of the connection that was asked for were written out: " * 4 + end
    page = redacted_page([row, f"  {SECRET}"], newest_first=False)
    assert SECRET not in page[1]


@pytest.mark.parametrize("end", ["Basic", "Basic ", "Negotiate", "Bearer  "])
@pytest.mark.parametrize("credentials", [SECRET, "dXNlcjpwYXNzd29yZA==", "dXNlcjpwYXNz"])
def test_credentials_alone_in_the_next_line_belong_to_the_scheme_before(end, credentials):
    lines = ["GET /v5 HTTP/1.1", f"Authorization: {end}", credentials, "Host: a.example.com"]
    hidden = [lines[0], "Authorization: ***", "***", lines[3]]
    assert redacted_page(lines, newest_first=False) == hidden
    whole = redacted_page(["\n".join(lines)])[0]
    assert whole.split("\n") == [lines[0], "Authorization: ***", lines[3]]


@pytest.mark.parametrize(
    "line", ["Host: a.example.com", "node-7a2 ok", "closed", "200", "Unauthorized", "DISCONNECTED"]
)
def test_a_line_of_its_own_behind_a_scheme_stays(line):
    page = redacted_page(["Authorization: Basic", line], newest_first=False)
    assert page == ["Authorization: ***", line]


@pytest.mark.parametrize(
    "following",
    [
        'cursor.execute("SELECT 1") raised ORA-00942',
        "service INCREMENT failed, cause by: Lock wait timeout exceeded",
        "run: PGHOST='10.0.0.3' pg_dump shop",
    ],
)
def test_a_value_that_was_cut_costs_the_next_row_nothing(following):
    cut = f'bad body (cut): {{"user":"drs","password":"{SECRET}'
    page = redacted_page([cut, following], newest_first=False)
    assert page == ['bad body (cut): {"user":"drs","password":"***', following]


@pytest.mark.parametrize("other", ["k3Lm'x9", 'k3Lm"x9', "k3Lm:\"x9' z", "k3Lm\\", "k3Lm,x9"])
@pytest.mark.parametrize("neighbour", ["pwd=§ h=1", "pwd='§", "mysql -p§ x"])
@pytest.mark.parametrize("line_before", ["", "db.pass.word: a\n"])
def test_what_is_hidden_in_a_row_does_not_depend_on_the_secret_of_its_neighbour(
    line_before, neighbour, other
):
    row = f"{line_before}password={SECRET} port=3306"
    for newest_first in (False, True):
        plain, odd = (
            redacted_page([neighbour.replace("§", secret), row], newest_first=newest_first)
            for secret in (SECRET, other)
        )
        assert plain[1] == odd[1]
        assert SECRET not in plain[1]


def test_a_header_takes_no_row_that_is_none_of_its_table():
    page = redacted_page(
        ["User Name,Access Key Id,Secret Access Key", "OS_REGION_NAME=cn-east-3 chosen"],
        newest_first=False,
    )
    assert page[1] == "OS_REGION_NAME=cn-east-3 chosen"


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("2026-11-20T08:01:00Z", "2026-11-20T08:02:00Z", "before"),
        ("2026-11-20T08:02:00Z", "2026-11-20T08:01:00Z", "after"),
        (1763625660000, 1763625720000, "before"),
    ],
)
def test_the_order_is_told_by_texts_and_by_numbers(first, last, names):
    rows = [
        {"message": SECRET, "create_time": first},
        {"message": "password:", "create_time": first},
        {"message": SECRET, "create_time": last},
    ]
    page = decode(json.dumps({"logs": rows}).encode(), rows=True)["logs"]
    hidden = {"before": 2, "after": 0}[names]
    assert [row["message"] == "***" for row in page] == [place == hidden for place in range(3)]

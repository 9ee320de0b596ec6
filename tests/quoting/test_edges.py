"""A secret whose name ends one page of a log, and whose value begins the next one."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.quoting.decoding import decode
from drs_mcp.quoting.edges import Edges

SECRET = "x7Gh2q9Zk4"


def page(rows):
    """Rows as they are decoded."""
    return decode(json.dumps({"job": {"logs": rows}}).encode(), rows=True)["job"]["logs"]


def fed(pages):
    """The messages that a fold is handed of some pages."""
    got = []
    edges = Edges(lambda rows: got.extend(row["message"] for row in rows))
    for rows in pages:
        edges.feed(rows)
    edges.flush()
    return got


def entries(messages):
    return [
        {"level": "Info", "message": message, "create_time": f"2026-11-20T08:{minute:02}:00Z"}
        for minute, message in enumerate(messages)
    ]


@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("cut", [1, 2, 3])
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Enter the password:", "§"),
        ("host,user,password,port", 'h1.example.com,drs,"§",3306'),
        ("dialing mongodb://drs:", "§@10.0.0.5:27017/admin, no answer"),
        ('password="ab', '§" port=3306'),
        ("<password>", "  §"),
        ("CREATE USER a IDENTIFIED BY", "'§'"),
    ],
)
def test_a_secret_is_hidden_wherever_the_pages_part(name, value, cut, newest_first):
    before, after = "batch-81f3 of table t_9 done", "node-7a2 ok"
    rows = entries([before, name, value.replace("§", SECRET), after])
    rows = rows[::-1] if newest_first else rows
    got = fed([page(rows[:cut]), page(rows[cut:])])
    got = got[::-1] if newest_first else got
    assert SECRET not in "".join(got)
    assert (got[0], got[3]) == (before, after)


@given(
    st.lists(st.lists(st.sampled_from(("done", "row 7", "password unchanged", "")), max_size=5)),
    st.booleans(),
)
def test_what_is_no_secret_arrives_once_in_its_order(pages, long):
    messages = [[f"{message} {place}" for message in one] for place, one in enumerate(pages)]
    if long:
        messages = [[message * 900 for message in one] for one in messages]
    assert fed([page(entries(one)) for one in messages]) == [m for one in messages for m in one]


def test_rows_that_change_are_copies():
    name, value = page(entries(["Enter the password:"])), page(entries([SECRET]))
    assert fed([name, value]) == ["Enter the password:", "***"]
    assert value[0]["message"] == SECRET  # pages are compared by what DRS sent


def test_a_row_that_others_hide_equals_what_it_shows_by_itself():
    name, value = entries(["Enter the password:", SECRET])
    [_, hidden] = page([name, value])
    [alone] = page([value])
    [other] = page([value | {"message": "Qm4zz.k8Lk01"}])
    assert hidden["message"] == "***"
    assert (hidden == alone, alone == hidden, hidden == other, other == hidden) == (
        True,
        True,
        False,
        False,
    )
    assert (hidden != alone, alone != hidden, hidden != other) == (False, False, True)
    assert page([name, value]) == [name, alone]
    [_, again] = page([name, value])
    assert hidden == again


def test_no_rows_are_handed_on_as_such():
    handed = []
    edges = Edges(handed.append)
    edges.feed([])
    edges.flush()
    assert handed == [[]]

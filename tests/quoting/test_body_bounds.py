"""How much an answer may hold is counted before anything is made of it, and texts do not count."""

import json
import tracemalloc

import pytest

from drs_mcp.quoting.body_bounds import MOST_CONTAINERS, MOST_KEY, MOST_VALUES, TooMuch
from drs_mcp.quoting.decoding import decode


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"[" + b"{}," * MOST_CONTAINERS + b"{}]", "holds more than 100,000 objects"),
        (b"[" + b"[]," * MOST_CONTAINERS + b"[]]", "holds more than 100,000 objects"),
        (b"[" + b"1," * (MOST_VALUES + 1) + b"1]", "holds more than 400,000 values"),
        (b"[" + b'"a",' * (MOST_VALUES + 1) + b'"a"]', "holds more than 400,000 values"),
        (b'{"%s":1}' % (b"a" * (MOST_KEY + 1)), "names a field with more than 500 characters"),
        (b"[" * 300 + b"]" * 300, "is too deep"),
        (b"\xff" * 6_000_000, "is no text"),
    ],
    ids=["objects", "lists", "numbers", "texts", "a name", "depth", "no UTF-8"],
)
@pytest.mark.parametrize("rows", [False, True])
def test_what_no_answer_has_is_refused_and_told(body, said, rows):
    with pytest.raises(TooMuch, match=said):
        decode(body, rows=rows)


@pytest.mark.parametrize(
    "text",
    [
        ",{[" * 200_000,
        '",{[' * 200_000,
        "\\" * 200_001 + '",{[' * 200_000 + "\\",
        '\\",[,' * 130_000,
    ],
    ids=["plain", "quotes", "backslashes", "both"],
)
def test_what_stands_in_texts_is_not_counted(text):
    message = {"message": text}
    found = decode(json.dumps({"logs": [message, message]}).encode(), rows=True)
    assert len(found["logs"]) == 2
    assert found["logs"][0]["message"]


@pytest.mark.parametrize(
    ("before", "behind"), [(0, 0), (300_000, 0), (0, 300_000), (65_500, 65_500)]
)
@pytest.mark.parametrize(
    ("item", "most", "said"),
    [
        ("{}", MOST_CONTAINERS - 1, "objects"),
        ("[]", MOST_CONTAINERS - 1, "objects"),
        ("1", MOST_VALUES - 1, "values"),
    ],
)
def test_the_bound_is_exact_wherever_in_an_answer_they_stand(before, behind, item, most, said):
    def body(number: int) -> bytes:
        items = ",".join([item] * number)
        return f'["{"a" * before}",{items},"{"b" * behind}"]'.encode()

    assert len(decode(body(most))) == most + 2
    with pytest.raises(TooMuch, match=said):
        decode(body(most + 1))


@pytest.mark.parametrize("shift", range(4))
def test_an_escape_across_two_blocks_is_read_as_one(shift):
    text = "a" * (262_144 - 14 - shift) + '"\\"' * 9
    body = json.dumps([text]).encode() + b" " * 9
    many = body[:-10] + b"," + b"[]," * MOST_CONTAINERS + b"1]"
    with pytest.raises(TooMuch, match="100,000 objects"):
        decode(many)
    inside = json.dumps([text + "[," * 300_000]).encode()
    assert isinstance(decode(inside)[0], str)


def test_a_page_of_a_thousand_tasks_is_far_below():
    task = {"id": "x", "engine": {"source": ["a"] * 5, "target": [{}]}} | {
        f"field_{number}": number for number in range(30)
    }
    assert len(decode(json.dumps({"jobs": [task] * 1000}).encode())["jobs"]) == 1000


def test_four_million_objects_cost_no_memory():
    body = b"[" + b"{}," * 4_000_000 + b"{}]"
    tracemalloc.start()
    try:
        with pytest.raises(TooMuch):
            decode(body)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 3_000_000


def test_a_wrong_character_hides_nothing_of_the_rest():
    body = b'\xef\xbb\xbf{"a":"x\x01y \\ud83d \\ud83d\\ude00 \\\\ud83d \\ude00\\ud83d\xff"}'
    half = "\N{REPLACEMENT CHARACTER}"
    assert decode(body) == {"a": f"x y {half} 😀 \\ud83d {half}{half}{half}"}


def test_a_character_that_two_blocks_of_a_large_body_share_is_whole():
    block = 1024 * 1024
    tried = rb" \ud83d\ude00 \\ud83d\ude00\ud83d \\\ud83d\ude00" + "密".encode() + b"\xff"
    [expected] = decode(b'["' + tried + b'\x01"]')
    for before in range(block - len(tried) - 4, block + 4):
        [found] = decode(b'["' + b"a " * (before // 2) + b" " * (before % 2) + tried + b'\x01"]')
        assert found.endswith(expected), before

"""What was made of a short text is remembered, of a long one it is made again."""

from drs_mcp.text_cache import LONGEST, KnownTexts, text_cache


def test_short_texts_are_remembered_and_long_ones_are_not_kept():
    asked = []

    @text_cache(8)
    def length(text, more=""):
        asked.append(text)
        return len(text) + len(more)

    short, long = "x" * LONGEST, "x" * (LONGEST + 1)
    assert [length(short), length(short)] == [LONGEST, LONGEST]
    assert asked == [short]
    assert [length(long), length(long), length(short, "y")] == [LONGEST + 1] * 3
    assert asked == [short, long, long, short]


def test_texts_are_known_by_hash_until_so_many_are_that_all_starts_anew():
    known = KnownTexts[int](3)
    known.learn({hash("a"): 1, hash("b"): 2})
    known.learn({hash("b"): 3, hash("c"): 4})
    assert [known.get(hash(text)) for text in "abcd"] == [1, 3, 4, None]
    known.learn({hash(text): 5 for text in "defg"})
    assert [hash(text) in known for text in "abcdefg"] == [False] * 3 + [True] * 4

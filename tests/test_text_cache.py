"""What was made of a short text is remembered, of a long one it is made again."""

from drs_mcp.text_cache import LONGEST, text_cache


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

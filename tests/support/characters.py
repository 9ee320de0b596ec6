"""What a person cannot see, by the Unicode database alone: written apart from what removes it."""

import unicodedata

_CATEGORIES = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}
_BLANK_LETTERS = set("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")


def hidden_in(text):
    """The characters of *text* that nobody can see or that a terminal would obey."""
    if text.isascii() and text.isprintable():
        return []
    return [
        character
        for character in text
        if unicodedata.category(character) in _CATEGORIES
        or character in _BLANK_LETTERS
        or "VARIATION SELECTOR" in unicodedata.name(character, "")
    ]


def texts(value):
    """Every string in a decoded JSON value, keys included."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def assert_visible(value):
    """Every string of a decoded JSON value can be seen whole."""
    for text in texts(value):
        assert not hidden_in(text), repr(text[:200])

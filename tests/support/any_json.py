"""Any JSON in place of any field of a document."""

import copy

from hypothesis import strategies as st

ANY_JSON = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-(10**20), 10**20),
        st.floats(),
        st.text(max_size=40),
        st.sampled_from(
            ["", "-1", "NaN", "null", "2026-11-20T08:00:00Z", "9" * 400, "\ud800", "100%"]
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=8,
)


def paths(value, path=()):
    """Where something stands in a document, the document itself included."""
    yield path
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, item in items:
        yield from paths(item, (*path, key))


def replaced(body, path, value):
    """A copy of the document with *value* in that place."""
    body = copy.deepcopy(body)
    place = body
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return body

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.api.query import (
    DetailQuery,
    checked_id,
    looks_like_task_id,
    page_parameters,
)
from drs_mcp.errors import ArgumentError, MissingQueryId


@pytest.mark.parametrize("kind", ["network", "precheck", "cloud_connection"])
def test_a_check_without_a_query_id_says_where_to_find_one(kind):
    with pytest.raises(MissingQueryId, match="query_id"):
        DetailQuery(kind)


@pytest.mark.parametrize(
    ("compare_type", "query_type", "hint"),
    [
        ("line_compare", "diff", "diff goes with: content_compare"),
        ("data_compare", "overview", "overview goes with: content_compare, line_compare, object"),
        ("object_compare", "list", "list goes with: data_compare"),
        ("", "detail", "missing compare_type"),
        ("line_compare", "", "missing query_type"),
    ],
)
def test_a_pair_that_the_api_does_not_have_is_refused(compare_type, query_type, hint):
    with pytest.raises(ArgumentError, match=hint.replace("(", r"\(")):
        DetailQuery("compare", compare_type=compare_type, query_type=query_type)


def test_an_object_type_that_drs_cannot_open_is_refused():
    with pytest.raises(ArgumentError, match="DB, TABLE, INDEX"):
        DetailQuery(
            "compare", compare_type="object_compare", query_type="detail", object_type="VIEW"
        )


def test_an_unknown_detail_type_is_refused():
    with pytest.raises(ArgumentError, match="compare or uncompare"):
        DetailQuery(
            "compare",
            compare_type="content_compare",
            query_type="detail",
            compare_detail_type="both",
        )


@pytest.mark.parametrize("name", ["a\nb", "x" * 257, "a\x00"])
def test_a_database_name_with_control_characters_or_too_long_is_refused(name):
    with pytest.raises(ArgumentError, match="database name"):
        DetailQuery(
            "compare", compare_type="line_compare", query_type="detail", source_db_name=name
        )


def test_only_what_is_set_is_sent():
    query = DetailQuery(
        "compare", compare_type="line_compare", query_type="overview", compare_task_id="abc"
    )
    assert query.parameters() == {
        "type": "compare",
        "compare_type": "line_compare",
        "query_type": "overview",
        "compare_task_id": "abc",
    }


@given(st.text())
def test_an_id_holds_nothing_that_could_change_a_path(text):
    try:
        assert checked_id(text, "job") == text
    except ArgumentError:
        return
    assert text.isascii()
    assert text.replace("-", "").isalnum()
    assert 1 <= len(text) <= 64


@pytest.mark.parametrize(
    ("job", "is_id"),
    [
        ("c7debc9c-8e09-4a5d-8dd6-cc44f78jb20r", True),
        ("c6e65e6a-de99-4112-9697-7c1923ajb201", True),
        ("C7DEBC9C-8E09-4A5D-8DD6-CC44F78JB20R", True),
        ("shop-mysql-sync", False),
        ("z7debc9c-8e09-4a5d-8dd6-cc44f78jb20r", False),
        ("c7debc9c-8e09-4a5d-8dd6-cc44f78jb20", False),
        ("c7debc9c-8e09-4a5d-8dd6-cc44f78jb20r\n", False),
    ],
)
def test_a_job_of_36_hexadecimal_characters_but_for_the_last_five_is_an_id(job, is_id):
    assert looks_like_task_id(job) is is_id


@pytest.mark.parametrize(("offset", "limit"), [(-1, 10), (10**10, 10), (0, 0), (0, 1001)])
def test_paging_outside_the_bounds_is_refused(offset, limit):
    with pytest.raises(ArgumentError):
        page_parameters(offset, limit)

from typing import ClassVar

from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.quoting.quoted import whole_texts
from drs_mcp.serving.budget import compact, fit
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Receipt, Table, table


class Example(Answer, Closing):
    essential: ClassVar[frozenset[str]] = frozenset({"total"})
    samples: ClassVar[frozenset[str]] = frozenset({"sample"})

    total: int = 0
    first: Table = Table()
    second: Table = Table()
    remark: str = ""


MORE = NextCall(tool="get_logs", args={"job": "erp", "view": "patterns"})
STAMP = Receipt(region="cn-north-4", project="054ba152", as_of="2026-11-20T08:00:00Z")


def example(rows=100, second=0, width=30, **rest):
    return Example(
        headline="There are rows.",
        total=rows,
        first=table(("n", "sample"), [(n, "x" * width) for n in range(rows)], more=MORE),
        second=table(("m",), [(n,) for n in range(second)]),
        receipt=STAMP,
        **rest,
    )


def test_what_fits_is_left_alone_and_empty_values_are_left_out():
    assert fit(example(rows=1), 1000) == {
        "headline": "There are rows.",
        "total": 1,
        "first": {"columns": ["n", "sample"], "rows": [[0, "x" * 30]], "shown": 1, "total": 1},
        "receipt": {"region": "cn-north-4", "project": "054ba152", "as_of": "2026-11-20T08:00:00Z"},
    }


def test_suggested_calls_go_before_anything_else():
    answer = example(
        rows=20, next=[NextCall(tool="get_progress", args={"job": "erp"}, why="y" * 90)]
    )
    whole = len(compact(fit(answer, 30000)))
    fitted = fit(answer, whole - 1)
    assert "next" not in fitted
    assert fitted["first"]["shown"] == 20


def test_samples_go_before_rows_and_that_is_said():
    fitted = fit(example(rows=60, width=60), 1000)
    assert fitted["first"]["columns"] == ["n"]
    assert fitted["cut"] == ["first: samples"]
    assert fitted["first"]["shown"] == 60


def test_cut_rows_are_said_and_the_call_for_the_rest_is_given():
    fitted = fit(example(rows=2000, width=5), 1000)
    shown = fitted["first"]["shown"]
    assert 0 < shown < fitted["first"]["total"] == 2000
    assert len(fitted["first"]["rows"]) == shown
    assert fitted["next"][0] == {
        "tool": "get_logs",
        "args": {"job": "erp", "view": "patterns", "offset": shown},
    }


def test_the_prefix_is_the_longest_that_fits():
    answer = example(rows=400, width=5)
    fitted = fit(answer, 2000)
    longer = len(compact(fitted)) + len(f",[{fitted['first']['shown']}]") + 1
    assert len(compact(fitted)) <= 2000 < longer


def test_rows_are_dealt_to_the_tables_in_their_order():
    fitted = fit(example(rows=30, second=5000, width=1), 1000)
    assert fitted["first"]["shown"] == 30
    assert fitted["second"]["shown"] < 400


def test_when_rows_are_not_enough_the_last_fields_go_by_name():
    fitted = fit(example(rows=3, remark="r" * 2000), 1000)
    assert "remark" not in fitted
    assert fitted["cut"] == ["first: samples", "remark"]
    assert fitted["total"] == 3
    assert fitted["receipt"]["region"] == "cn-north-4"


class Essential(Answer, Closing):
    essential: ClassVar[frozenset[str]] = frozenset({"totals", "error", "since"})

    totals: dict[str, int]
    error: dict[str, str] | None = None
    since: str = "handle" * 16
    rows: Table = Table()


NUMBERS = table(("n",), [(n,) for n in range(400)], more=MORE)


def test_when_what_stays_is_too_long_its_inner_texts_are_shortened():
    error = {"at": "2026-11-20T07:19:05Z", "message": '"\\' * 120}  # in JSON twice as long
    totals = {f"status {n}": n for n in range(20)}
    fitted = fit(Essential(headline="h", totals=totals, error=error, rows=NUMBERS), 1000)
    assert len(compact(fitted)) <= 1000
    assert fitted["error"]["at"] == "2026-11-20T07:19:05Z"
    assert "…" in fitted["error"]["message"]
    assert fitted["since"] == "handle" * 16
    assert fitted["cut"] == ["error: text"]
    assert fitted["next"][0]["args"]["offset"] == fitted["rows"]["shown"]


def test_the_calls_for_the_rest_go_last_and_that_is_said():
    totals = {f"status {n}": n for n in range(55)}
    fitted = fit(Essential(headline="h", totals=totals, rows=NUMBERS), 1000)
    assert len(compact(fitted)) <= 1000
    assert fitted["totals"] == totals
    assert fitted["rows"] == {"shown": 0, "total": 400}
    assert "next" not in fitted
    assert fitted["cut"] == ["next"]


@given(
    rows=st.integers(0, 600),
    second=st.integers(0, 600),
    cells=st.lists(st.text(max_size=300), min_size=1, max_size=5),
    notes=st.lists(st.text(max_size=300), max_size=6),
    max_chars=st.integers(1000, 30000),
)
def test_any_answer_fits_any_budget_and_says_what_was_cut(rows, second, cells, notes, max_chars):
    answer = Example(
        headline="h" * 200,
        total=rows,
        first=table(("n", "sample"), [(n, cells[n % len(cells)]) for n in range(rows)], more=MORE),
        second=table(("m",), [(cells[n % len(cells)],) for n in range(second)], more=MORE),
        remark=cells[0],
        notes=notes,
        receipt=STAMP,
    )
    fitted = fit(answer, max_chars)
    assert len(compact(fitted)) <= max_chars
    assert fitted["headline"] == "h" * 200
    assert fitted["total"] == rows
    for name, total in (("first", rows), ("second", second)):
        found = fitted.get(name)
        assert (found is None) == (total == 0)
        if found:
            assert found["total"] == total
            assert found["shown"] == len(found.get("rows", []))
            if found["shown"] < total:
                assert any(call["args"].get("offset") == found["shown"] for call in fitted["next"])


AGAIN = NextCall(tool="get_logs", args={"job": "erp", "full": True, "max_chars": 30000})


def test_whole_texts_stay_whole_and_fewer_rows_are_shown():
    with whole_texts():
        answer = example(rows=20, width=600)
    fitted = fit(answer, 3000, AGAIN, full=True)
    shown = fitted["first"]["shown"]
    assert 0 < shown < 20
    assert fitted["first"]["rows"][-1] == [shown - 1, "x" * 600]
    assert "cut" not in fitted
    assert fitted["next"][0]["args"] == MORE.args | {"offset": shown, "full": True}


def test_a_text_beyond_the_budget_says_by_how_much_and_how_to_get_the_rest():
    with whole_texts():
        answer = example(rows=2, width=5000)
    fitted = fit(answer, 2000, AGAIN, full=True)
    text = fitted["first"]["rows"][0][1]
    head, _, told = text.partition("… (")
    assert told == f"{5000 - len(head):,} more characters)"
    assert len(head) > 1000
    assert fitted["cut"] == ["texts"]
    assert fitted["next"] == [
        {"tool": "get_logs", "args": {"job": "erp", "full": True, "max_chars": 30000}}
    ]
    assert len(compact(fitted)) <= 2000


def test_a_plain_field_is_cut_before_it_is_dropped_where_texts_are_to_be_whole():
    fitted = fit(example(rows=0, remark="y" * 4000), 1500, AGAIN, full=True)
    assert fitted["remark"].startswith("y" * 900)
    assert "more characters)" in fitted["remark"]

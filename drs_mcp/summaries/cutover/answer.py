"""The answer of `check_cutover`: ready, not ready or unknown, with one line per criterion."""

from collections.abc import Iterator, Sequence
from typing import Literal

from drs_mcp.clock import iso
from drs_mcp.quoting.quoted import Name, Quoted
from drs_mcp.summaries.ages import age, in_words
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, table
from drs_mcp.summaries.comparisons.evidence.checks import error_of
from drs_mcp.summaries.cutover.criteria import criteria
from drs_mcp.summaries.cutover.evidence import Criterion, CutoverEvidence, CutoverOptions
from drs_mcp.summaries.cutover.health import scheduled_note

CutoverVerdict = Literal["ready", "not_ready", "unknown"]

_COMPARISONS = frozenset({"objects_consistent", "rows_consistent", "values_consistent"})
_UNSEEN = "Whether writes at the source have stopped cannot be seen from here."


class CutoverAnswer(Answer, Closing):
    """Answer of `check_cutover`.

    A criterion is met, not_met, unknown or not_applicable; `at` dates its evidence, null where
    nobody tells its date. `said` quotes what decides: a line of the log, a comparison's own error, the
    message of a table. `unread` names what could not be read.
    """

    essential = frozenset({"verdict"})

    verdict: CutoverVerdict
    criteria: Table = Table()
    said: Table = Table()
    unread: dict[Name, Quoted] = {}


def decide(checked: Sequence[Criterion]) -> CutoverVerdict:
    """Ready only when every applicable criterion is met and at least one comparison counted."""
    states = {criterion.state for criterion in checked}
    if "not_met" in states:
        return "not_ready"
    counted = any(
        criterion.name in _COMPARISONS and criterion.state == "met" for criterion in checked
    )
    return "unknown" if "unknown" in states or not counted else "ready"


def cutover_answer(read: CutoverEvidence, options: CutoverOptions) -> CutoverAnswer:
    """Judge a cut-over by what was read."""
    checked = criteria(read, options)
    verdict = decide(checked)
    if verdict == "ready" and read.unread:  # what nobody has seen vouches for nothing
        verdict = "unknown"
    return CutoverAnswer(
        headline=_headline(read, verdict, checked),
        verdict=verdict,
        criteria=table(
            ("criterion", "state", "evidence", "at", "age"),
            [
                (
                    found.name,
                    found.state,
                    found.evidence,
                    iso(found.at) if found.at else None,
                    _age(found, read),
                )
                for found in sorted(checked, key=_speaks_for_it)
            ],
        ),
        said=table(("by", "words"), list(_said(read, checked))),
        unread=dict(read.unread),
        notes=[
            *read.task.namesakes.notes(read.task.detail),
            *scheduled_note(read),
        ],
        next=_next(read, checked),
    )


def _speaks_for_it(found: Criterion) -> int:
    """What speaks against a cut-over stands first: it decides, and an answer is cut at its end."""
    return {"not_met": 0, "unknown": 1}.get(found.state, 2)


def _said(read: CutoverEvidence, checked: Sequence[Criterion]) -> Iterator[tuple[str, str]]:
    """What the log and the comparisons say against it in words of their own, each once.

    Comparisons that say that they ran may tell an error of their own, or of a table whose counts agree.
    """
    for line in dict.fromkeys(found.line.deciding for found in checked if found.line is not None):
        yield "log", line
    compared = [facts for facts in (read.rows, read.values) if facts is not None]
    errors = [facts.task.error for facts in compared if facts.task is not None]
    for error in dict.fromkeys(filter(None, [*errors, error_of(read.task.objects or {})])):
        yield "comparison", error
    yield from dict.fromkeys(told for facts in compared for told in facts.messages)


def _age(found: Criterion, read: CutoverEvidence) -> str | None:
    if found.at == read.task.now:
        return "now"
    old = age(found.at, read.task.now)
    return None if old is None else in_words(old)


def _headline(read: CutoverEvidence, verdict: str, checked: Sequence[Criterion]) -> str:
    label = read.task.label
    by_state = {
        state: [found for found in checked if found.state == state]
        for state in ("met", "not_met", "unknown")
    }
    if verdict == "ready":
        return f"{label} is ready to cut over: all {len(by_state['met'])} criteria that apply are met. {_UNSEEN}"
    bad = by_state["not_met"] or by_state["unknown"]
    unmet = "; ".join(f"{found.name} ({found.evidence})" for found in bad[:3])
    rest = ", ".join(found.name for found in bad[3:])
    more = f"; and {rest}" if rest else ""
    if verdict == "not_ready":
        return f"{label} is not ready to cut over. Not met: {unmet}{more}. {_UNSEEN}"
    unread = f"not everything could be read ({', '.join(read.unread)})"
    unmet = unmet or (unread if read.unread else "no comparison counted")
    return f"Whether {label[0].lower()}{label[1:]} is ready is unknown. Unknown: {unmet}{more}. {_UNSEEN}"


def _next(read: CutoverEvidence, checked: Sequence[Criterion]) -> list[NextCall]:
    # A comparison that is too old is to be made again: there is nothing in it to look at.
    states = {found.name: "old" if found.outdated else found.state for found in checked}
    job: dict[str, str | int | bool] = {"job": read.task.job_ref}
    calls = []
    if states["rows_consistent"] == "not_met":
        args = job | {"compare_type": "line_compare"}
        calls.append(NextCall(tool="get_compare_detail", args=args, why="which tables differ"))
    if states["values_consistent"] == "not_met":
        calls.append(NextCall(tool="get_compare_diff", args=job, why="which rows differ"))
    if states["objects_consistent"] == "not_met":
        args = job | {"compare_type": "object_compare"}
        calls.append(NextCall(tool="get_compare_detail", args=args, why="which objects"))
    for kind, compare_type in (("rows", "line_compare"), ("values", "content_compare")):
        if states[f"{kind}_coverage"] == "unknown" and states[f"{kind}_consistent"] == "met":
            args = job | {"compare_type": compare_type}
            calls.append(NextCall(tool="get_compare_detail", args=args, why="which tables are not"))
    if {states["phase"], states["no_new_errors"]} & {"not_met", "unknown"}:
        calls.append(NextCall(tool="diagnose_job", args=job, why="what is wrong"))
    line = next((found.line for found in checked if found.line is not None), None)
    if line is not None:
        around = job | ({"around": iso(line.last)} if line.last else {"view": "lines"})
        calls.append(NextCall(tool="get_logs", args=around, why="the line that speaks against it"))
    if states["delay"] == "not_met":
        calls.append(NextCall(tool="watch_job", args=job, why="until the delay falls"))
    return calls[:3]

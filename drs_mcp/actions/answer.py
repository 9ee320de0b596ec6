"""What the caller is told of an action: done, not done, or outcome unknown and where to look."""

from drs_mcp.actions.catalogue import COMPARE_TYPES
from drs_mcp.actions.perform import Performed
from drs_mcp.actions.waiting import WAITED_FOR, CheckState
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import Name, Quoted
from drs_mcp.summaries.answer import Answer, Closing, NextCall


class ActionAnswer(Answer, Closing):
    """Answer of `start_check` and `control_job`."""

    essential = frozenset({"outcome", "query_id", "compare_task_id"})
    repeatable = False

    outcome: Name
    action: Name
    job_id: Name
    status: Name | None = None
    query_id: Name | None = None
    compare_task_id: Name | None = None
    progress_pct: float | None = None
    code: Name | None = None
    said: Quoted | None = None


def action_answer(performed: Performed, check: CheckState | None = None) -> ActionAnswer:
    """Tell what became of an action, and of the check that it started."""
    settled, sent = performed.settled, performed.sent
    return ActionAnswer(
        headline=_headline(performed, check),
        outcome=settled.outcome,
        action=performed.wanted.action.name,
        job_id=performed.before.job_id,
        status=settled.state.status if settled.state else None,
        query_id=settled.query_id or None,
        compare_task_id=settled.compare_task_id or None,
        progress_pct=check.progress_pct if check and check.ended is False else None,
        code=sent.code or None,
        said=sent.said or None,
        notes=_notes(performed),
        next=_next(performed),
    )


def _headline(performed: Performed, check: CheckState | None) -> str:
    action, settled = performed.wanted.action, performed.settled
    name = as_name(performed.before.name)
    task = f"task {name}" if name else f"task {performed.before.job_id}"
    where = f"{task} in {performed.drs.region}"
    if settled.outcome == "not_done":
        code = f", {performed.sent.code}" if performed.sent.code else ""
        return f"Not done: {action.name} of {where}. {_sentence(performed.sent.why + code)}"
    status = as_word(settled.state.status) if settled.state else None
    if settled.outcome == "unknown":
        seen = (
            f"the task's state does not show it (status {status or 'unknown'})"
            if settled.state
            else "the task's state could not be read either"
        )
        return (
            f"Outcome unknown: {action.name} of {where} was sent once; {performed.sent.why}, and "
            f"{seen}. It may still take effect. Look before anything is sent again."
        )
    return f"{action.done} {where}.{_so_far(check, status)}"


def _so_far(check: CheckState | None, status: str | None) -> str:
    if check is None:
        return f" Its status is {status}." if status else ""
    if check.ended is None:
        return " How far it is could not be read."
    if check.ended:
        return " It has ended: read its result."
    if check.progress_pct is None:
        return " It has not ended yet."
    return f" It is running: {check.progress_pct:g} percent so far."


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _notes(performed: Performed) -> list[str]:
    settled, notes = performed.settled, []
    if settled.by_state:
        notes.append(
            f"No clear answer came ({performed.sent.why}); the task's state, read again, shows "
            "that it was done."
        )
    if settled.outcome == "done" and performed.wanted.action.name in COMPARE_TYPES:
        if not settled.compare_task_id:
            notes.append("DRS did not tell the comparison's ID: list_compare_tasks shows it.")
        if not performed.wanted.source_db_name and performed.wanted.action.name != "object_compare":
            notes.append("No database was named: which were compared, the overview tells.")
    if performed.sent.unlogged:
        notes.append("The audit line after the action could not be written; the one before was.")
    return notes


def _next(performed: Performed) -> list[NextCall]:
    settled, name, job = performed.settled, performed.wanted.action.name, performed.wanted.job
    done = settled.outcome == "done"
    if name in COMPARE_TYPES and done and settled.compare_task_id:
        named = {"compare_type": name, "compare_task_id": settled.compare_task_id}
        return [
            _call("get_compare_overview", "its result", job, **named),
            _call("list_compare_tasks", "whether it runs", job),
        ]
    if name in COMPARE_TYPES or name == "cancel_compare":
        return [_call("list_compare_tasks", "whether it runs", job)]
    if name in WAITED_FOR and settled.query_id:
        named = {"kind": name} if name != "precheck" else {}
        return [_call("get_precheck", "its result", job, **named, query_id=settled.query_id)]
    if name == "precheck" and settled.outcome != "not_done":
        return [_call("get_precheck", "whether it runs: the newest one", job)]
    if name not in WAITED_FOR and done:
        return [_call("watch_job", "until it shows", job)]
    return [_call("diagnose_job", "its state now", job)]


def _call(tool: str, why: str, job: str, **arguments: str) -> NextCall:
    args: dict[str, str | int | bool] = {"job": job, **arguments}
    return NextCall(tool=tool, args=args, why=why)

"""From what is wanted to what became of it: locks, a human's yes, the state once more, the door."""

from dataclasses import dataclass

from drs_mcp.actions.catalogue import COMPARE_TYPES, PRECHECK_MODES
from drs_mcp.actions.locks import check_state, open_door
from drs_mcp.actions.outcome import Settled, settle
from drs_mcp.actions.question import Asker, Wanted, check_reply, check_shown, question_of
from drs_mcp.actions.state import TaskState, read_state
from drs_mcp.actions.target import exact_task
from drs_mcp.api.acting import orders
from drs_mcp.api.acting.door import Sent
from drs_mcp.api.acting.orders import Order
from drs_mcp.api.connections import Connection
from drs_mcp.errors import ActionRefused, DrsError


@dataclass(frozen=True)
class Performed:
    """An action that was to leave: what was seen before, its answer, and what became of it."""

    wanted: Wanted
    before: TaskState
    sent: Sent
    settled: Settled
    drs: Connection
    """With limits of its own: asking a human may take longer than a call."""


async def perform(drs: Connection, wanted: Wanted, asker: Asker) -> Performed:
    """Have an action done, if every lock opens and a human says yes.

    Raises:
        ActionRefused: a lock held, or nobody said yes: nothing was sent.
        AuditError: there is no audit line: nothing was sent.
        DrsError: what decides could not be read: nothing was sent.
    """
    open_door(drs, wanted.action)
    asker.check()
    check_shown(wanted)
    job_id = await exact_task(drs, wanted.job)
    turns, state = await _allowed(drs, wanted, job_id)
    question = question_of(drs, wanted, state)
    reply = await asker.ask(question, turns.get(state.target_id, 0))
    check_reply(question, reply)
    fresh = await drs.open(drs.profile)
    door = open_door(fresh, wanted.action)
    _, state = await _allowed(fresh, wanted, job_id)
    if question_of(fresh, wanted, state) != question:
        raise ActionRefused(
            "Nothing was sent: the task has changed since the question was asked. Look at it "
            "again; if the action is still wanted, ask again."
        )
    sent = await door.send(
        state.target_id, _order(wanted, state), turn=reply.turn, client=asker.client
    )
    settled = await settle(await drs.open(drs.profile), wanted, state, sent)
    return Performed(wanted, state, sent, settled, await drs.open(drs.profile))


async def _allowed(
    drs: Connection, wanted: Wanted, job_id: str
) -> tuple[dict[str, int], TaskState]:
    """The turns before the state was read, and a state that allows what is wanted.

    Raises:
        ActionRefused: it does not, or it could not be read.
    """
    turns = drs.door.turns() if drs.door else {}
    try:
        state = await read_state(drs, job_id, wanted.action)
    except DrsError as error:
        raise ActionRefused(
            f"Nothing was sent: it could not be read whether the task allows it.\n{error}"
        ) from error
    check_state(wanted.action, state, wanted.compare_task_id)
    return turns, state


def _order(wanted: Wanted, state: TaskState) -> Order:
    name = wanted.action.name
    if name in COMPARE_TYPES:
        return orders.create_compare(COMPARE_TYPES[name], wanted.source_db_name)
    if name == "precheck":
        return orders.precheck(PRECHECK_MODES[state.status])
    if name == "cancel_compare":
        return orders.cancel_compare(wanted.compare_task_id)
    return _PLAIN[name]()


_PLAIN = {
    "diagnosis": orders.diagnosis,
    "start": orders.start,
    "pause": orders.pause,
    "resume": orders.resume,
}

"""Work that holds up the event loop is done in turns, one piece each time the loop goes round.

Thirty logs that are read at once would else have thirty pages folded in a row before anybody else's
answer is looked at. Who has a turn does one piece of work without waiting for anything.
"""

from types import TracebackType

import anyio.lowlevel
from anyio.lowlevel import RunVar

from drs_mcp.api.http.fair_limiter import FairLimiter


class LoopTurn(FairLimiter):
    """One at a time, in turns by caller; what waits on the loop runs before the next one."""

    def __init__(self) -> None:
        super().__init__(1)

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            await anyio.lowlevel.cancel_shielded_checkpoint()
        finally:
            await super().__aexit__(kind, error, trace)


_of_this_loop: RunVar[LoopTurn] = RunVar("loop turn")


def loop_turn() -> LoopTurn:
    """The turns of the event loop that runs; to be entered around a piece of work."""
    try:
        return _of_this_loop.get()
    except LookupError:
        turn = LoopTurn()
        _of_this_loop.set(turn)
        return turn

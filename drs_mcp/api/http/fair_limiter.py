"""So many at a time, taken in turns by those who ask: one caller's queue does not hold up another's."""

from collections import OrderedDict, deque
from types import TracebackType

import anyio
import anyio.lowlevel

from drs_mcp.observe.caller import caller


class FairLimiter:
    """Lets in up to *total* at a time. Who waits is let in round robin over callers.

    Use as an async context manager; the caller is the one of the context (`observe.caller`). Within
    one caller the first to come is the first to be let in.
    """

    def __init__(self, total: int) -> None:
        self._free = total
        self._waiting: OrderedDict[str, deque[anyio.Event]] = OrderedDict()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting.values()))

    async def __aenter__(self) -> None:
        await anyio.lowlevel.checkpoint_if_cancelled()
        if self._free:
            self._free -= 1
            return
        name, turn = caller(), anyio.Event()
        self._waiting.setdefault(name, deque()).append(turn)
        try:
            await turn.wait()
        except BaseException:
            if turn.is_set():  # its turn came with the cancellation: the next one has it
                self._release()
            else:
                self._leave(name, turn)
            raise

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._release()

    def _release(self) -> None:
        if not self._waiting:
            self._free += 1
            return
        name, queue = self._waiting.popitem(last=False)
        queue.popleft().set()
        if queue:
            self._waiting[name] = queue  # behind all others

    def _leave(self, name: str, turn: anyio.Event) -> None:
        queue = self._waiting[name]
        queue.remove(turn)
        if not queue:
            del self._waiting[name]

"""Reading parts side by side: one that fails leaves the others, and is named."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

import anyio

from drs_mcp.errors import DrsError

T = TypeVar("T")


async def together(parts: Mapping[str, Callable[[], Awaitable[T]]]) -> dict[str, T | DrsError]:
    """Run *parts* at once; each name has its result, or the error that DRS or the wire gave."""
    done: dict[str, T | DrsError] = {}

    async def run(name: str, part: Callable[[], Awaitable[T]]) -> None:
        try:
            done[name] = await part()
        except DrsError as error:
            done[name] = error

    async with anyio.create_task_group() as group:
        for name, part in parts.items():
            group.start_soon(run, name, part)
    return {name: done[name] for name in parts}

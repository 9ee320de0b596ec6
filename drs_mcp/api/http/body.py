"""Reading an answer's body within bounds, whatever its compression or its JSON makes of it."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import Any, Final

import httpx2

from drs_mcp.api.http.loop_turns import loop_turn
from drs_mcp.errors import BadAnswer
from drs_mcp.quoting.body_bounds import TooMuch
from drs_mcp.quoting.decoding import decoding
from drs_mcp.slices import in_turns


class TooLarge(Exception):
    """The body is larger than it may be."""


class _Bounded(httpx2.AsyncByteStream):
    """A body as it comes over the wire, up to *most* bytes.

    What follows the end of a compressed body decodes to nothing, yet zlib keeps and copies it: a
    bound on decoded bytes alone would be no bound.
    """

    def __init__(self, stream: httpx2.AsyncByteStream, most: int) -> None:
        self._stream = stream
        self._left = most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        stream = aiter(self._stream)
        try:
            async for chunk in stream:
                self._left -= len(chunk)
                if self._left < 0:
                    raise TooLarge
                yield chunk
        finally:
            if isinstance(stream, AsyncGenerator):
                await stream.aclose()

    async def aclose(self) -> None:
        await self._stream.aclose()


LARGE = 1024 * 1024
"""A body of more bytes is large: of these no two are to be held at a time."""


async def read_body(
    response: httpx2.Response, most: int, at_large: Callable[[], Awaitable[None]] | None = None
) -> bytes:
    """The decoded body of a streamed answer; nothing is held beyond *most* bytes and one chunk.

    Args:
        response: the answer.
        most: so many bytes, decoded or not.
        at_large: waits for leave to hold a large body.

    Raises:
        TooLarge: it has more bytes, compressed or not.
        httpx2.TransportError: it broke off, or its compression is broken.
    """
    if isinstance(response.stream, httpx2.AsyncByteStream):
        response.stream = _Bounded(response.stream, most)
    chunks: list[bytes] = []
    left = most
    async with aclosing(response.aiter_bytes()) as decoded:
        async for chunk in decoded:
            left -= len(chunk)
            if left < 0:
                raise TooLarge
            chunks.append(chunk)
            if at_large is not None and most - left > LARGE:
                await at_large()
                at_large = None
    return b"".join(chunks)


_CHINESE: Final = {
    **dict.fromkeys(("gbk", "gb2312", "gb18030", "cp936"), "gb18030"),
    **dict.fromkeys(("big5", "cp950"), "big5"),
}
"""What gateways declare beside UTF-8 -> how it is read."""


def in_utf8(raw: bytes, charset: str | None) -> bytes:
    """A body in UTF-8, in which JSON has to be; one that declares a Chinese charset is converted.

    Gateways declare one and send UTF-8: what is UTF-8 stays as it is.
    """
    declared = _CHINESE.get((charset or "").lower())
    if declared is None:
        return raw
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode(declared, "replace").encode()
    return raw


async def decoded(raw: bytes, *, charset: str | None, rows: bool, prefix: str) -> Any:
    """What JSON says, in turns with others on the event loop; None where it is no JSON.

    Raises:
        BadAnswer: it holds more than is read of any answer; *prefix* begins its text.
    """
    try:
        return await in_turns(decoding(in_utf8(raw, charset), rows=rows), loop_turn)
    except ValueError:
        return None
    except TooMuch as more:
        found = str(more)
    # Beyond the clause: an error keeps the one that it was raised in, with the body in its frames.
    raise BadAnswer(
        f"{prefix}: the answer {found}, more than DRS sends. Check any proxy on the way, or ask for "
        "less."
    )

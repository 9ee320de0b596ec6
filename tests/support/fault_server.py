"""A server on loopback that answers as badly as a network can: a script a case, on bare sockets.

It runs in a thread with an event loop of its own, so that whoever asks may use any loop, or be
another process.
"""

import asyncio
import json
import socket
import struct
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

import anyio.to_thread

HOST = "127.0.0.1"
_RESET = struct.pack("ii", 1, 0)
"""Lingering for no time: closing sends RST in place of FIN."""


@dataclass(frozen=True)
class ReceivedRequest:
    """A request, and how many of its kind (for DRS, or not) there had been with it."""

    method: str
    path: str
    query: dict
    headers: dict
    body: bytes
    number: int

    @property
    def for_drs(self):
        return self.path.startswith("/v5/")


@dataclass
class Exchange:
    """One request, and the means to answer it, well or badly."""

    request: ReceivedRequest
    writer: asyncio.StreamWriter = field(repr=False)
    closing: bool = False

    async def send(self, raw):
        """Send bytes as they are."""
        self.writer.write(raw)
        await self.writer.drain()

    async def head(self, status=200, *headers):
        """Send a status line and headers (`"Name: value"`, or bytes), and the blank line."""
        lines = [f"HTTP/1.1 {status} {_phrase(status)}", *headers]
        raw = b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
        await self.send(raw + b"\r\n\r\n")

    async def answer(self, body=b"", status=200, *headers):
        """Send a whole answer."""
        await self.head(status, f"Content-Length: {len(body)}", *headers)
        await self.send(body)

    async def json(self, body, status=200, *headers):
        """Send a whole answer of JSON."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        await self.answer(raw, status, "Content-Type: application/json", *headers)

    async def chunk(self, raw):
        """Send one chunk of a body announced as chunked; an empty one ends it."""
        await self.send(b"%x\r\n%b\r\n" % (len(raw), raw))

    def hang_up(self, *, reset=False):
        """End the connection after what was sent: in order, or with a reset."""
        self.closing = True
        if reset:
            ours = self.writer.get_extra_info("socket")
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            self.writer.transport.abort()


class Gate:
    """Holds answers back until it is opened, from whichever thread."""

    def __init__(self):
        self._lock = threading.Lock()
        self._waiting = []
        self._open = False

    async def wait(self):
        event = asyncio.Event()
        with self._lock:
            if self._open:
                return
            self._waiting.append((asyncio.get_running_loop(), event))
        await event.wait()

    def open(self):
        with self._lock:
            self._open = True
            for loop, event in self._waiting:
                loop.call_soon_threadsafe(event.set)


def _phrase(status):
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unheard Of"


class FaultServer:
    """Serves *script*, an async function of an `Exchange`, while it is entered.

    Attributes:
        request: the requests, in order.
        hung_up: how many answers the other side did not wait for.
        most: how many requests were being answered at once, at most.
    """

    def __init__(self, script):
        self.script = script
        self.requests = []
        self.hung_up = 0
        self.answering = 0
        self.most = 0
        self._changed = threading.Condition()
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    def __enter__(self):
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(self, *_):
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(timeout=5)

    @property
    def origin(self):
        return f"http://{HOST}:{self.port}"

    @property
    def for_drs(self):
        """The requests for DRS."""
        return [request for request in self.requests if request.for_drs]

    async def until(self, holds, seconds=5):
        """Wait until *holds*, which is asked whenever something happens here; else fail."""
        done = await anyio.to_thread.run_sync(self._wait, holds, seconds, abandon_on_cancel=True)
        assert done, (
            f"asked {len(self.requests)}, hung up {self.hung_up}, answering {self.answering}"
        )

    def _wait(self, holds, seconds):
        with self._changed:
            return self._changed.wait_for(holds, seconds)

    async def _serve(self):
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        self._connections, self._writers = set(), set()
        server = await asyncio.start_server(self._connected, HOST, 0)
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        await self._stop.wait()
        for listening in server.sockets:  # a server that is closed cannot adopt what it accepted
            self._loop.remove_reader(listening.fileno())
        await self._settle()
        server.close()
        for task in self._connections:
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()
        await self._settle()

    @staticmethod
    async def _settle():
        """Let the loop run what it has scheduled: accepting and closing take several rounds."""
        for _ in range(50):
            await asyncio.sleep(0)

    async def _connected(self, reader, writer):
        task = asyncio.current_task()
        self._connections.add(task)
        self._writers.add(writer)
        task.add_done_callback(self._connections.discard)
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                closing = False
                while not closing:
                    exchange = Exchange(await self._request(reader), writer)
                    await self._answered(exchange, reader)
                    closing = exchange.closing
        finally:
            writer.transport.abort() if writer.transport.is_closing() else writer.close()

    async def _request(self, reader):
        """The next request of a connection."""
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("ascii").splitlines()
        method, target, _ = first.split()
        named = (line.partition(":") for line in lines if line)
        headers = {name.lower(): value.strip() for name, _, value in named}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        split = urlsplit(target)
        query = dict(parse_qsl(split.query, keep_blank_values=True))
        with self._changed:
            alike = [one for one in self.requests if one.for_drs == split.path.startswith("/v5/")]
            request = ReceivedRequest(method, split.path, query, headers, body, len(alike) + 1)
            self.requests.append(request)
            self._changed.notify_all()
        return request

    async def _answered(self, exchange, reader):
        self._count(1)
        answering = asyncio.ensure_future(self.script(exchange))
        leaving = asyncio.ensure_future(reader.read(1))  # nobody sends ahead: this is the end
        try:
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
            left = not answering.done() or isinstance(answering.exception(), ConnectionError)
            if left:
                exchange.closing = True
                with self._changed:
                    self.hung_up += 1
            else:
                answering.result()
        finally:
            answering.cancel()
            leaving.cancel()
            await asyncio.gather(answering, leaving, return_exceptions=True)
            self._count(-1)

    def _count(self, change):
        with self._changed:
            self.answering += change
            self.most = max(self.most, self.answering)
            self._changed.notify_all()

"""Malformed and abusive requests, byte for byte: refused, and without effect on other callers."""

import anyio
import pytest

from drs_mcp.http import connection
from drs_mcp.simulator import Simulator
from tests.http.conftest import ALICE, serving

pytestmark = pytest.mark.anyio

ASK = b'{"jsonrpc":"2.0","id":1,"method":"tools/list"}'
HEAD = b"POST /mcp HTTP/1.1\r\nHost: localhost\r\n"
BEARER = b"Authorization: Bearer %s\r\n" % ALICE.encode()
JSON = b"Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n"
TOKENS = f"alice:{ALICE}"


def sized(body):
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def in_one_chunk(body):
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


async def connected(running):
    return await anyio.connect_tcp("127.0.0.1", int(running.origin.rpartition(":")[2]))


async def head_of(stream):
    """One answer's head, and what came with it."""
    received = b""
    with anyio.fail_after(5):
        while b"\r\n\r\n" not in received:
            received += await stream.receive()
    return received


async def send_raw(running, *parts):
    """The answer's head to bytes that are sent as they are."""
    async with await connected(running) as stream:
        for part in parts:
            await stream.send(part)
        return await head_of(stream)


async def rest_of(stream):
    """Everything until the server closes; fails if it does not."""
    received = b""
    with anyio.fail_after(5):
        try:
            async for more in stream:
                received += more
        except anyio.BrokenResourceError:
            pass
    return received


def status(answer):
    return int(answer.split(b" ", 2)[1])


async def test_a_request_that_says_its_length_twice_is_refused_and_nothing_after_it_is_read():
    smuggled = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    async with serving(TOKENS=TOKENS) as running:
        assert status(await send_raw(running, HEAD, BEARER, JSON, sized(ASK))) == 200
        whole = HEAD + BEARER + JSON + CHUNKED
        assert status(await send_raw(running, whole, b"\r\n", in_one_chunk(ASK))) == 200
        for both in (whole + sized(in_one_chunk(ASK)), whole + b"Content-Length: 0\r\n\r\n"):
            async with await connected(running) as stream:
                await stream.send(both + smuggled)
                received = await rest_of(stream)
            assert (status(received), received.count(b"HTTP/1.1")) == (400, 1)


AMBIGUOUS = (
    b"Content-Length: 1\r\nContent-Length: 2\r\n",
    b"Content-Length: 1, 2\r\n",
    b"Content-Length: -1\r\n",
    b"Content-Length: +5\r\n",
    b"Transfer-Encoding: gzip, chunked\r\n",
    b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    b"Transfer-Encoding: xchunked\r\n",
    b"Transfer-Encoding : chunked\r\n",
    b"Host: evil.example\r\n",
    b"Origin: http://localhost\r\nOrigin: https://evil.example\r\n",
    b"Content-Type: application/json\r\nContent-Type: text/plain\r\n",
    b"X-Folded: a\r\n b\r\n c: d\nX: y\r\n",
    b"X-Nul: a\x00b\r\n",
    b"No colon\r\n",
)


async def test_a_head_that_two_could_read_in_two_ways_is_refused():
    async with serving() as running:
        for lines in AMBIGUOUS:
            assert status(await send_raw(running, HEAD + lines + b"\r\n")) == 400, lines


async def test_nonsense_after_a_head_ends_the_connection_and_leaves_no_traceback(caplog):
    answered = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n"
    cases = ((answered, 200), (HEAD, 401), (HEAD + BEARER + JSON, 400))
    async with serving(TOKENS=TOKENS) as running:
        for sent, expected in cases:
            async with await connected(running) as stream:
                await stream.send(sent + CHUNKED + b"\r\n")
                received = b"" if expected == 400 else await head_of(stream)
                await stream.send(b"this is no chunk\r\n\r\n")
                received += await rest_of(stream)
            assert (status(received), received.count(b"HTTP/1.1")) == (expected, 1)
        assert status(await send_raw(running, HEAD, BEARER, JSON, sized(ASK))) == 200
    assert "Traceback" not in caplog.text


async def test_nonsense_in_place_of_the_next_request_is_refused():
    async with serving() as running, await connected(running) as stream:
        await stream.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert status(await head_of(stream)) == 200
        await stream.send(b"this is no request\r\n\r\n")
        assert status(await rest_of(stream)) == 400


NO_MESSAGES = {
    "nested": b"[" * 500_000,
    "nested objects": b'{"a":' * 100_000,
    "no UTF-8": b'{"jsonrpc":"2.0","id":1,"method":"tools/list\xff"}',
    "half a surrogate pair": b'{"jsonrpc":"2.0","id":1,"method":"tools/list\\ud800"}',
    "many at once": b"[" + b",".join([ASK] * 50) + b"]",
    "nothing": b"",
    "null": b"null",
}


async def test_a_body_that_is_no_message_is_refused_by_its_form(caplog):
    async with serving() as running:
        for form, body in NO_MESSAGES.items():
            assert status(await send_raw(running, HEAD, JSON, sized(body))) == 400, form
        plain = JSON.replace(b"application/json\r", b"text/plain\r")
        assert status(await send_raw(running, HEAD, plain, sized(ASK))) == 400
    assert "Traceback" not in caplog.text


async def test_a_host_is_its_name_whatever_the_case_and_nothing_like_it():
    async with serving(ALLOWED_HOSTS="DRS.Example.com,drs.internal:8443") as running:

        async def to(host):
            head = b"POST /mcp HTTP/1.1\r\nHost: %s\r\n" % host
            return status(await send_raw(running, head, JSON, sized(ASK)))

        for own in (b"drs.example.com", b"DRS.EXAMPLE.COM:443", b"drs.internal:8443"):
            assert await to(own) == 200
        for foreign in (
            b"",
            b"drs.example.com:*",
            b"drs.example.com:\xb2",
            b"drs.example.com:80:80",
            b"drs.example.com:80@evil.example",
            b"drs.example.com.evil.example",
            b"evil.example, drs.example.com",
            b"drs.example.com/evil",
            b"drs.internal",
            b"drs.internal:80",
            b"localhost",
        ):
            assert await to(foreign) == 421


async def test_no_path_leads_to_another():
    """A redirect would be to http, which a proxy that ends TLS must not have callers follow."""
    async with serving() as running:
        for path in (b"/mcp/", b"//mcp", b"/healthz/", b"/", b"/docs"):
            answer = await send_raw(running, b"POST %s HTTP/1.1\r\nHost: localhost\r\n\r\n" % path)
            assert status(answer) == 404, path
            assert b"location:" not in answer.lower()


async def test_health_is_all_that_a_foreign_host_gets():
    paths = [b"/mcp", b"/healthz%2f..%2fmcp", b"/healthz/../mcp", b"/healthz%00", b"/healthz;/mcp"]
    async with serving() as running:
        for path in [*paths, b"http://localhost/mcp", b"/.well-known/oauth-protected-resource/mcp"]:
            sent = b"GET %s HTTP/1.1\r\nHost: evil.example\r\n\r\n" % path
            assert status(await send_raw(running, sent)) == 421, path


async def test_a_connection_is_kept_as_long_after_a_long_call_as_after_a_short_one(monkeypatch):
    monkeypatch.setattr(connection, "FIRST_S", 0.2)
    monkeypatch.setattr(connection, "NEXT_S", 0.6)
    slow = Simulator()
    slow.faults.slow(1.1, None)  # done shortly before the third check, at 1.4
    call = b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_jobs"}}'
    async with serving(simulator=slow) as running, await connected(running) as stream:
        await stream.send(HEAD + JSON + sized(call))
        received = await head_of(stream)
        with anyio.fail_after(5):
            while not received.endswith(b"0\r\n\r\n"):
                received += await stream.receive()
        await anyio.sleep(0.4)  # less than what it may
        await stream.send(HEAD + JSON + sized(ASK))
        assert status(await head_of(stream)) == 200


async def test_more_connections_than_there_is_room_for_are_closed_and_the_others_go_on(monkeypatch):
    monkeypatch.setattr(connection, "MOST", 3)
    async with serving() as running:
        streams = [await connected(running) for _ in range(3)]
        for stream in streams:  # one that has asked for nothing would make room
            await stream.send(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            while not (received := await stream.receive()).endswith(b"ok\n"):
                assert received
        async with await connected(running) as one_more:
            assert await rest_of(one_more) == b""
        for stream in streams:
            await stream.send(HEAD + JSON + sized(ASK))
            assert status(await head_of(stream)) == 200
            await stream.aclose()
        await anyio.sleep(0.1)
        assert status(await send_raw(running, HEAD, JSON, sized(ASK))) == 200


async def test_an_answer_is_not_waited_for_with_a_body_that_nobody_reads():
    """Refused by what the head says, before a byte of the body is there."""
    async with serving(TOKENS=TOKENS) as running:
        promised = b"Content-Length: 1000\r\n\r\n"
        assert status(await send_raw(running, HEAD, JSON, promised)) == 401
        assert status(await send_raw(running, HEAD.replace(b"localhost", b"evil"), promised)) == 421
        huge = b"Content-Length: 99999999999\r\n\r\n"
        assert status(await send_raw(running, HEAD, BEARER, JSON, huge)) == 413
        hesitant = b"Expect: 100-continue\r\n" + promised
        received = await send_raw(running, HEAD, JSON, hesitant)
        assert b"100 Continue" not in received
        assert status(received) == 401

"""The body of a request: whole, in time and no larger than it may be, or not at all."""

import anyio
import pytest
from starlette.requests import ClientDisconnect

from drs_mcp.http.body import TooLarge, TooSlow, read_body, replay

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["asyncio", "trio"])
def anyio_backend(request):
    return request.param


def scope(**headers):
    return {
        "type": "http",
        "headers": [
            (name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()
        ],
    }


class Sent:
    """What a caller sends, in parts; then nothing more comes."""

    def __init__(self, *parts, more=False):
        self.parts = [
            {"type": "http.request", "body": part, "more_body": more or number < len(parts)}
            for number, part in enumerate(parts, start=1)
        ]
        self.reads = 0

    async def __call__(self):
        self.reads += 1
        if not self.parts:
            await anyio.sleep_forever()
        return self.parts.pop(0)


async def test_parts_are_put_together():
    sent = Sent(b"ab", b"", b"cd")
    assert await read_body(scope(), sent, 4, 5) == b"abcd"


async def test_one_that_is_as_large_as_it_may_be_is_read_and_one_byte_more_is_not():
    assert await read_body(scope(content_length="4"), Sent(b"abcd"), 4, 5) == b"abcd"
    with pytest.raises(TooLarge):
        await read_body(scope(), Sent(b"ab", b"cde", b"f" * 1000), 4, 5)


async def test_one_that_says_that_it_is_too_large_is_not_even_begun():
    sent = Sent(b"a")
    with pytest.raises(TooLarge):
        await read_body(scope(content_length="5"), sent, 4, 5)
    assert sent.reads == 0


async def test_nothing_is_kept_of_what_comes_after_too_much():
    sent = Sent(b"abcde", b"never asked for")
    with pytest.raises(TooLarge):
        await read_body(scope(), sent, 4, 5)
    assert sent.reads == 1


async def test_the_time_is_for_the_whole_of_it():
    class Dripping:
        def __init__(self):
            self.drops = 0

        async def __call__(self):
            await anyio.sleep(0.02)  # never long
            self.drops += 1
            return {"type": "http.request", "body": b"x", "more_body": True}

    dripping = Dripping()
    with pytest.raises(TooSlow), anyio.fail_after(5):
        await read_body(scope(), dripping, 10_000, 0.1)
    assert dripping.drops >= 1


async def test_a_caller_that_is_gone_is_told_from_one_that_is_slow():
    async def gone():
        return {"type": "http.disconnect"}

    with pytest.raises(ClientDisconnect):
        await read_body(scope(), gone, 10, 5)


async def test_what_was_read_is_given_once_and_then_what_really_comes():
    async def gone():
        return {"type": "http.disconnect"}

    receive = replay(b"abc", gone)
    assert await receive() == {"type": "http.request", "body": b"abc", "more_body": False}
    assert await receive() == {"type": "http.disconnect"}
    assert await receive() == {"type": "http.disconnect"}

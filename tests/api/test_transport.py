import json
from contextlib import aclosing
from functools import partial

import anyio
import httpx2
import pytest

from drs_mcp.api.access.credentials import Credentials, StaticSource, Token
from drs_mcp.api.access.request_auth import CredentialAuth
from drs_mcp.api.http.body import LARGE
from drs_mcp.api.http.limits import Limits
from drs_mcp.api.reading import ReadingTransport
from drs_mcp.api.transport import MAX_BODY, Transport, retry_after
from drs_mcp.errors import (
    BadAnswer,
    NotAuthenticated,
    NotPermitted,
    RequestRefused,
    ServiceFault,
    TaskNotFound,
    Throttled,
    TimedOut,
    Unreachable,
)

pytestmark = pytest.mark.anyio

ORIGIN = "https://drs.cn-north-4.myhuaweicloud.com"
TOKEN = "MIIplanted-token"


class Upstream:
    """Answers in turn; the last answer repeats."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.seen = []

    def __call__(self, request):
        self.seen.append(request)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def ok(body=None):
    return httpx2.Response(200, json=body or {"job": {"id": "x"}})


def error(status, code="", message="", headers=None):
    body = {"error_code": code, "error_msg": message}
    return httpx2.Response(status, json=body, headers=headers)


def given(token, clock):
    return Credentials(StaticSource(Token(token), "DRS_MCP_TOKEN", "Put a fresh one."), clock)


async def get(upstream, clock, *, limits=None, path="/v5/p/jobs/x"):
    async with Transport(
        origin=ORIGIN,
        region="cn-north-4",
        credentials=given(TOKEN, clock),
        clock=clock,
        wire=httpx2.MockTransport(upstream),
    ) as transport:
        return await ReadingTransport(transport).get(
            path,
            {"type": "detail"},
            what="the detail of task x",
            limits=limits or Limits(clock),
        )


async def test_the_token_and_the_language_go_with_the_request(clock):
    upstream = Upstream(ok())
    assert await get(upstream, clock) == {"job": {"id": "x"}}
    request = upstream.seen[0]
    assert request.method == "GET"
    assert request.headers["X-Auth-Token"] == TOKEN
    assert request.headers["X-Language"] == "en-us"


async def test_secret_fields_are_dropped_while_decoding(clock):
    body = {
        "job": {"endpoint": {"db_password": "s3cret", "db_user": "root"}, "is_set_password": True}
    }
    assert await get(Upstream(ok(body)), clock) == {
        "job": {"endpoint": {"db_user": "root"}, "is_set_password": True}
    }


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (error(400, "DRS.10000010", "Job does not exist."), TaskNotFound),
        (error(400, "DRS.M00202", "The value of jobId is invalid."), RequestRefused),
        (error(401, "APIGW.0301", "verify aksk signature fail"), NotAuthenticated),
        (error(403, "DRS.M00100", "Invalid token."), NotAuthenticated),
        (error(403, "APIGW.0302", "not authorized"), NotPermitted),
        (error(403, "DRS.M00261", "Invalid project ID."), NotPermitted),
        (error(404, "APIGW.0101", "API not found"), RequestRefused),
        (error(500, "DRS.M00004", "Service is abnormal."), ServiceFault),
        (error(200, "DRS.M05066", "Failed to create instance!"), RequestRefused),
        (httpx2.Response(401, json={"error": {"code": 401, "message": "no"}}), NotAuthenticated),
        (httpx2.Response(500, text="<html>proxy</html>"), ServiceFault),
        (httpx2.Response(200, text="<html>proxy</html>"), BadAnswer),
        (httpx2.Response(200, text='{"job": {"id"'), BadAnswer),
        (httpx2.Response(200, text="[1]"), BadAnswer),
        (httpx2.Response(302, headers={"Location": "http://169.254.169.254/"}), BadAnswer),
    ],
)
async def test_a_final_error_is_raised_at_once_as_its_kind(answer, expected, clock):
    upstream = Upstream(answer)
    with pytest.raises(expected) as raised:
        await get(upstream, clock)
    assert type(raised.value) is expected
    assert len(upstream.seen) == 1
    assert "cn-north-4" in str(raised.value)
    assert "the detail of task x" in str(raised.value)


async def test_an_error_tells_code_status_request_and_what_drs_said_on_a_line_of_its_own(clock):
    answer = error(400, "DRS.10000010", "Job does not\nexist.", {"X-Request-Id": "abc123"})
    with pytest.raises(TaskNotFound) as raised:
        await get(Upstream(answer), clock)
    ours, said = str(raised.value).split("\n")
    assert ours.endswith("(HTTP 400, error code DRS.10000010, request abc123)")
    assert said == 'DRS said: "Job does not exist."'


@pytest.mark.parametrize(
    ("charset", "codec"),
    [
        ("GBK", "gbk"),
        ("gb2312", "gb2312"),
        ("gb18030", "gb18030"),
        ("Big5", "big5"),
        ("gbk", "utf-8"),  # declared by a gateway, and not so
        ("utf-8", "utf-8"),
        ("iso-8859-1", "utf-8"),
    ],
)
async def test_a_body_is_read_in_the_chinese_charset_that_it_declares(charset, codec, clock):
    said, name = "找不到任務" if codec == "big5" else "任务不存在", "中文"
    headers = {"Content-Type": f"application/json;charset={charset}"}
    refused = f'{{"error_code":"DRS.10000010","error_msg":"{said}"}}'.encode(codec)
    with pytest.raises(TaskNotFound, match=said):
        await get(Upstream(httpx2.Response(400, content=refused, headers=headers)), clock)
    found = f'{{"job":{{"id":"x","name":"{name}"}}}}'.encode(codec)
    answer = await get(Upstream(httpx2.Response(200, content=found, headers=headers)), clock)
    assert answer["job"]["name"] == name


@pytest.mark.parametrize(
    "passing",
    [
        httpx2.Response(502, text="<html>"),
        error(503),
        error(504),
        error(429, "APIG.0308", "policy user over ratelimit"),
        error(400, "DRS.M01503", "Operation too frequent. Try again later."),
        httpx2.ConnectError("refused"),
        httpx2.ReadTimeout("slow"),
        httpx2.RemoteProtocolError("cut off"),
    ],
)
async def test_a_passing_failure_is_tried_again(passing, clock):
    upstream = Upstream(passing, passing, ok())
    assert await get(upstream, clock) == {"job": {"id": "x"}}
    assert len(upstream.seen) == 3
    assert len(clock.slept) == 2


@pytest.mark.parametrize(
    ("lasting", "expected"),
    [
        (httpx2.Response(502, text="<html>"), ServiceFault),
        (error(429, "APIG.0308"), Throttled),
        (httpx2.ConnectError("refused"), Unreachable),
        (httpx2.ReadTimeout("slow"), TimedOut),
    ],
)
async def test_after_four_attempts_the_failure_is_told(lasting, expected, clock):
    upstream = Upstream(lasting)
    with pytest.raises(expected):
        await get(upstream, clock)
    assert len(upstream.seen) == 4


async def test_retry_after_is_honoured(clock):
    upstream = Upstream(error(429, "APIG.0308", headers={"Retry-After": "7"}), ok())
    await get(upstream, clock)
    assert clock.slept == [7.0]


async def test_a_wait_beyond_the_deadline_fails_now_and_tells_the_wait(clock):
    upstream = Upstream(error(429, "APIG.0308", headers={"Retry-After": "90"}))
    with pytest.raises(Throttled, match="DRS asks to wait 90 s"):
        await get(upstream, clock)
    assert len(upstream.seen) == 1
    assert clock.slept == []


async def test_no_request_is_made_after_the_deadline(clock):
    limits = Limits(clock)
    clock.forward(41)
    upstream = Upstream(ok())
    with pytest.raises(TimedOut, match="deadline of 40 s"):
        await get(upstream, clock, limits=limits)
    assert upstream.seen == []


async def test_no_request_is_made_beyond_the_budget(clock):
    limits = Limits(clock, max_requests=1)
    await get(Upstream(ok()), clock, limits=limits)
    with pytest.raises(TimedOut, match="budget of 1 requests"):
        await get(Upstream(ok()), clock, limits=limits)


async def test_a_path_that_would_leave_its_place_is_not_sent(clock):
    upstream = Upstream(ok())
    with pytest.raises(BadAnswer):
        await get(upstream, clock, path="/v5/p/jobs/../../other")
    assert upstream.seen == []


async def test_a_body_above_the_cap_is_refused(clock):
    upstream = Upstream(httpx2.Response(200, content=b" " * (MAX_BODY + 1)))
    with pytest.raises(BadAnswer, match="larger than 12 MB"):
        await get(upstream, clock)


class LargeBody(httpx2.AsyncByteStream):
    """A body that takes its time once it is large; how many of them did at a time."""

    held = most = 0

    async def __aiter__(self):
        yield b'{"job": {"x": "' + b"a" * LARGE
        LargeBody.held += 1
        LargeBody.most = max(LargeBody.most, LargeBody.held)
        for _ in range(20):
            await anyio.lowlevel.checkpoint()
        LargeBody.held -= 1
        yield b'"}}'


async def test_of_large_bodies_one_at_a_time_is_held(clock):
    LargeBody.held = LargeBody.most = 0
    async with (
        Transport(
            origin=ORIGIN,
            region="cn-north-4",
            credentials=given(TOKEN, clock),
            clock=clock,
            wire=httpx2.MockTransport(lambda _: httpx2.Response(200, stream=LargeBody())),
        ) as transport,
        anyio.create_task_group() as group,
    ):
        for _ in range(3):
            asked = partial(ReadingTransport(transport).get, what="x", limits=Limits(clock))
            group.start_soon(asked, "/v5/p/jobs/x", {"type": "detail"})
    assert LargeBody.most == 1


async def test_the_token_goes_to_its_own_origin_only(clock):
    auth = CredentialAuth(given(TOKEN, clock), ORIGIN, clock)
    foreign = httpx2.Request("GET", "https://evil.example/v5/p/jobs/x")
    async with aclosing(auth.async_auth_flow(foreign)) as flow:
        assert "X-Auth-Token" not in (await anext(flow)).headers


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("5", 5.0),
        ("Fri, 20 Nov 2026 08:00:30 GMT", 30.0),
        ("Fri, 20 Nov 2026 07:00:00 GMT", 0.0),
        ("nan", None),
        ("-1", None),
        ("９", None),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_reads_seconds_and_dates_and_refuses_junk(value, seconds, clock):
    assert retry_after(value, clock.now) == seconds


async def test_no_error_repeats_a_secret_that_drs_sent(clock):
    said = json.dumps({"password": "hunter2"}) + " jdbc:mysql://h:1/db?user=u&password=hunter2"
    with pytest.raises(RequestRefused) as raised:
        await get(Upstream(error(400, "DRS.M00305", said)), clock)
    assert "hunter2" not in str(raised.value)

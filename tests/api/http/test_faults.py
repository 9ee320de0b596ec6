"""What a caller sees, what it costs and how long it takes when DRS or the way to it is broken.

Every case runs a tool over httpx2's own network transport, against a server on loopback: once with
every answer broken, once with page 3 of 10 of a log. The clock is driven, so that waits between
tries are counted and not waited for; what is real is short.
"""

import gzip
import json
import re
import time
import tracemalloc
import zlib
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import cache

import anyio
import httpx2
import pytest
from mcp import Client
from pydantic import SecretStr

from drs_mcp.api.connections import Connections
from drs_mcp.api.http.limits import Limits, Timeouts
from drs_mcp.api.transport import MAX_BODY
from drs_mcp.errors import (
    BadAnswer,
    Blocked,
    DrsError,
    NotAuthenticated,
    NotPermitted,
    RequestRefused,
    ServiceFault,
    TaskNotFound,
    Throttled,
    TimedOut,
    Unreachable,
)
from drs_mcp.server import build_server
from drs_mcp.serving.result import RenderOptions
from drs_mcp.settings import Settings
from drs_mcp.simulator import PROJECT_ID, TOKEN, Simulator
from drs_mcp.tools.diagnosis import diagnose_job
from drs_mcp.tools.jobs import get_job_detail
from drs_mcp.tools.logs import get_logs
from tests.conftest import DrivenClock
from tests.support.fault_server import Exchange, FaultServer
from tests.support.tool_calls import JOB, answer_of, error_of

pytestmark = pytest.mark.anyio

REGION = "cn-north-4"
PAGES, ROWS = 10, 100
STEP = ROWS - 2
"""Each page of a log begins with the last two entries of the one before, to prove that they join."""
ENTRIES = PAGES * STEP
THIRD = 2 * STEP
NEXT_STEP = re.compile(r"\b(?:ask|check|call|wait|grant|put|pay)\b", re.IGNORECASE)
_MB = 1_000_000

LEFT_BY_HTTPX2 = "ignore:.*PoolByteStream:pytest.PytestUnraisableExceptionWarning"
"""httpx2 leaves its pool's generator to the garbage collector when a body is not read to its end;
trio warns of that."""

Script = Callable[[Exchange], Awaitable[None]]


# -- what goes wrong ---------------------------------------------------------------------------


def refuses(status, code="", said="", *headers):
    """DRS's own error body."""

    async def script(exchange):
        body = {"error_code": code, "error_msg": said}
        await exchange.json(body, status, "X-Request-Id: req-7", *headers)

    return script


def sends(body, status=200, *headers):
    async def script(exchange):
        await exchange.answer(body, status, *headers)

    return script


def throttles(*retry_after):
    return refuses(429, "APIG.0308", "policy user over ratelimit", *retry_after)


HTML = b"<html><head><title>Gateway</title></head><body>planted</body></html>"


async def resets_at_once(exchange):
    exchange.hang_up(reset=True)


async def ends_at_once(exchange):
    exchange.hang_up()


async def resets_within(exchange):
    await exchange.head(200, "Content-Length: 5000", "Content-Type: application/json")
    await exchange.send(b'{"job": {"id": "')
    exchange.hang_up(reset=True)


async def ends_within(exchange):
    await exchange.head(200, "Transfer-Encoding: chunked")
    await exchange.chunk(b'{"job": {"id": "')
    exchange.hang_up()


async def hangs(exchange):
    del exchange
    await anyio.sleep_forever()


async def hangs_within(exchange):
    await exchange.head(200, "Content-Length: 5000", "Content-Type: application/json")
    await exchange.send(b'{"job": {"id": "')
    await anyio.sleep_forever()


async def drips(exchange):
    await exchange.head(200, "Transfer-Encoding: chunked")
    while True:
        await exchange.chunk(b" ")
        await anyio.sleep(0.02)


async def drips_headers(exchange):
    await exchange.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        await exchange.send(b"x")
        await anyio.sleep(0.02)


async def is_always_about_to_answer(exchange):
    while True:
        await exchange.head(102)
        await anyio.sleep(0.02)


async def never_ends(exchange):
    await exchange.head(200, "Transfer-Encoding: chunked")
    while True:
        await exchange.chunk(b" " * 65_536)


async def never_ends_its_headers(exchange):
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        await exchange.send(b"X-More: " + b"x" * 8_000 + b"\r\n")


@cache
def bomb():
    """300 MB of blanks inside of a JSON object, as gzip."""
    packing = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    blanks = b" " * _MB
    packed = [packing.compress(b'{"job": {}'), *(packing.compress(blanks) for _ in range(300))]
    return b"".join([*packed, packing.compress(b"}"), packing.flush()])


async def explodes(exchange):
    await exchange.head(200, "Content-Encoding: gzip", "Transfer-Encoding: chunked")
    packed = bomb()
    for start in range(0, len(packed), 8_192):
        await exchange.chunk(packed[start : start + 8_192])
    await hangs(exchange)


async def explodes_twice(exchange):
    await exchange.head(200, "Content-Encoding: gzip, gzip", "Transfer-Encoding: chunked")
    await exchange.chunk(gzip.compress(bomb()))
    await hangs(exchange)


async def goes_on_after_its_end(exchange):
    await exchange.head(200, "Content-Encoding: gzip", "Transfer-Encoding: chunked")
    await exchange.chunk(gzip.compress(b'{"job": {}}'))
    while True:
        await exchange.chunk(b"x" * 65_536)


@dataclass(frozen=True)
class Case:
    """One way to be broken.

    Attributes:
        name: what the table calls it.
        script: how every answer is broken.
        raises: the error a caller sees.
        says: what is in its text.
        requests: how many requests a call makes before it gives up.
        waits: the seconds between them; None: drawn from up to 0.5, 1 or 2 s.
        logins: how often IAM is asked for a token, where there is one.
        hung_up: whether it is the client that ends the connection.
        quick: which limit of real time is shortened, the `read` timeout or the `deadline`.
    """

    name: str
    script: Script
    raises: type[DrsError]
    says: str
    requests: int = 1
    waits: tuple[float | None, ...] = ()
    logins: int = 0
    hung_up: bool = False
    quick: str = ""


DRAWN = (None, None, None)
NOT_JSON = "the answer is not a JSON object"
CUT_OFF = "cannot be reached (RemoteProtocolError)"

CASES = (
    # throttled
    Case("429, Retry-After 1", throttles("Retry-After: 1"), Throttled, "DRS asks to wait 1 s.", 4, (1, 1, 1)),
    Case("429, no Retry-After", throttles(), Throttled, "too many requests", 4, DRAWN),
    Case("429, Retry-After nan", throttles("Retry-After: nan"), Throttled, "too many requests", 4, DRAWN),
    Case("429, Retry-After -5", throttles("Retry-After: -5"), Throttled, "too many requests", 4, DRAWN),
    Case("429, Retry-After 9999999", throttles("Retry-After: 9999999"), Throttled, "too many requests", 4, DRAWN),
    Case("429, Retry-After 0", throttles("Retry-After: 0"), Throttled, "too many requests", 4, DRAWN),
    Case("429, Retry-After a past date", throttles("Retry-After: Fri, 20 Nov 2026 07:00:00 GMT"), Throttled, "too many requests", 4, DRAWN),
    Case("429, Retry-After a date in 3 s", throttles("Retry-After: Fri, 20 Nov 2026 08:00:03 GMT"), Throttled, "too many requests", 4, (3, None, None)),
    Case("429, Retry-After ９", throttles("Retry-After: ９"), Throttled, "too many requests", 4, DRAWN),
    Case("429, Retry-After twice", throttles("Retry-After: 1", "Retry-After: 2"), Throttled, "too many requests", 4, DRAWN),
    Case("429, Retry-After 90", throttles("Retry-After: 90"), Throttled, "DRS asks to wait 90 s."),
    Case("429, HTML", sends(HTML, 429), Throttled, "too many requests", 4, DRAWN),
    Case("APIG.0308 with 200", refuses(200, "APIG.0308", "over ratelimit"), Throttled, "too many requests", 4, DRAWN),
    Case("APIG.0308 with 400", refuses(400, "APIG.0308", "over ratelimit"), Throttled, "too many requests", 4, DRAWN),
    Case("DRS.M01503 with 400", refuses(400, "DRS.M01503", "Operation too frequent."), Throttled, "too many requests", 4, DRAWN),
    # gone
    Case("released", refuses(400, "DRS.M05004", "The task has been deleted."), TaskNotFound, "was deleted or its resources were released"),
    Case("deleted, by its words", refuses(404, "", "任务已被删除"), TaskNotFound, "was deleted or its resources were released"),
    # failing
    Case("500", refuses(500, "DRS.M00004", "Service is abnormal."), ServiceFault, "DRS itself failed"),
    Case("502, HTML", sends(HTML, 502, "Content-Type: text/html"), ServiceFault, "a gateway or proxy on the way", 4, DRAWN),
    Case("503", refuses(503), ServiceFault, "a gateway or proxy on the way", 4, DRAWN),
    Case("503, Retry-After 2", refuses(503, "", "", "Retry-After: 2"), ServiceFault, "DRS asks to wait 2 s.", 4, (2, 2, 2)),
    Case("504", refuses(504), ServiceFault, "a gateway or proxy on the way", 4, DRAWN),
    Case("503 of DRS", refuses(503, "DRS.M00004", "Service is abnormal."), ServiceFault, "DRS itself failed", 4, DRAWN),
    Case("a status nobody knows", sends(b"{}", 599), ServiceFault, "DRS itself failed"),
    # broken off
    Case("reset before the answer", resets_at_once, Unreachable, "cannot be reached (ReadError)", 4, DRAWN),
    Case("ended before the answer", ends_at_once, Unreachable, CUT_OFF, 4, DRAWN),
    Case("reset within the body", resets_within, Unreachable, "cannot be reached (ReadError)", 4, DRAWN),
    Case("ended within the body", ends_within, Unreachable, CUT_OFF, 4, DRAWN),
    # too slow
    Case("silence", hangs, TimedOut, "did not answer in time", 4, DRAWN, hung_up=True, quick="read"),
    Case("silence within the body", hangs_within, TimedOut, "did not answer in time", 4, DRAWN, hung_up=True, quick="read"),
    Case("a byte now and then, forever", drips, TimedOut, "the deadline of 0 s passed", hung_up=True, quick="deadline"),
    Case("headers byte by byte, forever", drips_headers, TimedOut, "the deadline of 0 s passed", hung_up=True, quick="deadline"),
    Case("102 now and then, forever", is_always_about_to_answer, TimedOut, "the deadline of 0 s passed", hung_up=True, quick="deadline"),
    # too much
    Case("gzip bomb of 300 MB", explodes, BadAnswer, "larger than 12 MB", hung_up=True),
    Case("gzip bomb in gzip", explodes_twice, BadAnswer, "larger than 12 MB", hung_up=True),
    Case("endless body", never_ends, BadAnswer, "larger than 12 MB", hung_up=True),
    Case("endless bytes after a gzip", goes_on_after_its_end, BadAnswer, "larger than 12 MB", hung_up=True),
    Case("endless headers", never_ends_its_headers, Unreachable, CUT_OFF, 4, DRAWN, hung_up=True),
    # not what was asked for
    Case("truncated JSON", sends(b'{"job": {"id": "c7de'), BadAnswer, NOT_JSON),
    Case("HTML with 200", sends(HTML, 200, "Content-Type: text/html"), BadAnswer, NOT_JSON),
    Case("text with 200", sends(b"OK", 200, "Content-Type: text/plain"), BadAnswer, NOT_JSON),
    Case("no body", sends(b""), BadAnswer, NOT_JSON),
    Case("204", sends(b"", 204), BadAnswer, NOT_JSON),
    Case("a list in place of an object", sends(b"[1, 2]"), BadAnswer, NOT_JSON),
    Case("a number in place of an object", sends(b"42"), BadAnswer, NOT_JSON),
    Case("10,000 brackets", sends(b'{"job": ' + b"[" * 10_000), BadAnswer, "is too deep"),
    Case("10,000 objects in each other", sends(b'{"job":' * 10_000 + b"1" + b"}" * 10_000), BadAnswer, "is too deep"),
    Case("12 MB of objects, gzip", sends(gzip.compress(b'{"job": {"x": [' + b"{}," * 4_000_000 + b"{}]}}"), 200, "Content-Encoding: gzip"), BadAnswer, "holds more than 100,000 objects"),
    Case("a million numbers", sends(b'{"job": {"x": [' + b"1," * 1_000_000 + b"1]}}"), BadAnswer, "holds more than 400,000 values"),
    Case("a name of 501 characters", sends(b'{"job": {"' + b"x" * 501 + b'": 1}}'), BadAnswer, "a field with more than 500 characters"),
    Case("a number of 5,000 digits", sends(b'{"job": {"id": ' + b"9" * 5_000 + b"}}"), BadAnswer, NOT_JSON),
    Case("no gzip, though it says so", sends(b'{"job": {}}', 200, "Content-Encoding: gzip"), BadAnswer, "the answer's compression is broken"),
    Case("two lengths", sends(b'{"job": {}}', 200, "Content-Length: 7"), Unreachable, CUT_OFF, 4, DRAWN),
    Case("no HTTP at all", lambda exchange: exchange.send(b"220 mail ready\r\n\r\n"), Unreachable, CUT_OFF, 4, DRAWN),
    Case("redirect to 169.254.169.254", sends(b"", 302, "Location: http://169.254.169.254/latest/meta-data/"), BadAnswer, "a redirect, which is not followed"),
    Case("redirect to itself", sends(b"", 307, "Location: /v5/elsewhere"), BadAnswer, "a redirect, which is not followed"),
    # refused
    Case("an error body with 200", refuses(200, "DRS.M05066", "Failed to create instance!"), RequestRefused, "DRS refused the request"),
    Case("an error body with 200, no code", refuses(200, "", "Service is busy."), RequestRefused, "DRS refused the request"),
    Case("401, the token cannot be renewed", refuses(401, "APIGW.0301", "bad"), NotAuthenticated, "the credentials of DRS_MCP_TOKEN were refused"),
    Case("401 always", refuses(401, "APIGW.0301", "bad"), NotAuthenticated, "A fresh token was refused too", 2, logins=2),
    Case("403", refuses(403, "APIGW.0302", "not authorized"), NotPermitted, "Grant the user read access"),
    Case("no rights, with 401", refuses(401, "DRS.M00103", "You do not have operation permissions."), NotPermitted, "Grant the user read access"),
    Case("no rights, with 400", refuses(400, "DRS.M00102", ""), NotPermitted, "Grant the user read access"),
    Case("no rights, with 200", refuses(200, "", "用户权限不足"), NotPermitted, "Grant the user read access"),
    Case("no role, with 404", refuses(404, "DRS.M00101", "The user role is empty."), NotPermitted, "Grant the user read access"),
    Case("a policy's no, with 401", refuses(401, "PDP5.0007", "User is not authorized to perform: drs:job:list"), NotPermitted, "Grant the user read access"),
    Case("a policy's no, in words", refuses(400, "IAM.0044", "Policy doesn't allow it."), NotPermitted, "Grant the user read access"),
    Case("a database account's rights", refuses(400, "DRS.M00300", "The destination account lacks privileges."), RequestRefused, "Check the arguments"),
    Case("a conflict policy's no", refuses(400, "DRS.M00300", "The conflict policy does not allow this."), RequestRefused, "Check the arguments"),
    Case("no right to an action on instances", refuses(400, "IAM.0044", "User is not authorized to perform drs:instance:list"), NotPermitted, "Grant the user read access"),
    Case("a token, with 400", refuses(400, "", "The token has expired."), NotAuthenticated, "the credentials of DRS_MCP_TOKEN were refused"),
    Case("a resume token, with 400", refuses(400, "", "The resume token is invalid."), RequestRefused, "Check the arguments"),
    Case("a token of JSON, with 400", refuses(400, "DRS.M00300", "Invalid token near line 3."), RequestRefused, "Check the arguments"),
    Case("a missing template, with 400", refuses(400, "DRS.M00202", "No such permission template."), RequestRefused, "Check the arguments"),
    Case("abnormal, with 200", refuses(200, "DRS.M00004", "Service is abnormal."), ServiceFault, "DRS itself failed"),
    Case("no backend, with 404", refuses(404, "APIGW.0103", "Backend not found."), ServiceFault, "DRS itself failed"),
    Case("restricted", refuses(400, "DRS.M00105", "User restricted."), NotPermitted, "frozen or restricted"),
    Case("billing: no balance", refuses(403, "CBC.99005003", "Insufficient balance."), NotPermitted, "the account is in arrears"),
    Case("billing: another site", refuses(403, "CBC.0150", "The customer does not belong to the website."), NotPermitted, "another site of the cloud"),
    Case("billing: denied", refuses(403, "CBC.0151", "Access denied."), NotPermitted, "customer and billing service refused"),
    Case("billing: a partner's rights", refuses(400, "CBC.18000016", "Insufficient permissions. Contact your partner."), NotPermitted, "the account's partner"),
    Case("billing: a token", refuses(401, "CBC.0154", "Token authentication failed."), NotAuthenticated, "the credentials of DRS_MCP_TOKEN were refused"),
    Case("billing: failed", refuses(500, "CBC.0999", "Other error."), ServiceFault, "DRS itself failed"),
    Case("wrong project", refuses(403, "DRS.M00261", "Invalid project ID."), NotPermitted, "Check DRS_MCP_PROJECT_ID"),
    Case("no such task", refuses(400, "DRS.10000010", "Job does not exist."), TaskNotFound, "Call list_jobs"),
    Case("a page of a firewall", sends(HTML, 403, "Content-Type: text/html"), Blocked, "a firewall, proxy or gateway on the way"),
    Case("a page of a proxy, 405", sends(HTML, 405, "Content-Type: text/html"), Blocked, "none of the cloud's"),
    Case("403 and nothing", sends(b"", 403), Blocked, "ask whoever runs the network"),
    Case("a firewall in JSON", sends(b'{"message": "Request blocked by WAF"}', 403), Blocked, "a firewall, proxy or gateway"),
    Case("a proxy that wants a login", sends(HTML, 407, "Content-Type: text/html"), Blocked, "asks for a user and a password. Put both into HTTPS_PROXY"),
    Case("a network that wants a login", sends(HTML, 511, "Content-Type: text/html"), Blocked, "asks to sign in first. Do so in a browser, then ask"),
    Case("500, HTML", sends(HTML, 500, "Content-Type: text/html"), ServiceFault, "a gateway or proxy on the way"),
    Case("an address on a list", refuses(403, "APIG.0402", "The source IP address is in the blacklist."), Blocked, "Ask the account's administrator"),
    Case("an address nobody knows", refuses(403, "APIGW.0401", "Unknown client IP address."), Blocked, "could not tell the IP address"),
    Case("an address, in Chinese", refuses(403, "", "IP地址不允许访问"), Blocked, "Ask the account's administrator"),
    Case("an address, by IAM's words", refuses(403, "IAM.0007", "Your IP address is not allowed by the access control"), Blocked, "let the address in"),
    Case("a backend that is denied", refuses(403, "APIGW.0404", "Access to the backend IP address has been denied."), Blocked, "Ask the cloud's support"),
    Case("not in this region", refuses(403, "APIGW.0801", "The service is unavailable in the currently selected region."), NotPermitted, "Check DRS_MCP_REGION"),
    Case("a database's list of addresses", refuses(400, "DRS.M00300", "The IP address is not in the whitelist of the source database."), RequestRefused, "Check the arguments"),
    Case("404, HTML", sends(HTML, 404, "Content-Type: text/html"), RequestRefused, "offers the older API (v3) only"),
)  # fmt: skip


SIDE_BY_SIDE = [
    *((case.name, [case]) for case in CASES if not case.quick),
    ("too slow", [case for case in CASES if case.quick]),
]
"""What waits for a limit of real time waits together."""

ON_EACH_LOOP = [
    pytest.param(loop, cases, id=f"{loop}-{name}")
    for name, cases in SIDE_BY_SIDE
    for loop in ("asyncio", "trio")
    if loop == "asyncio" or cases[0].hung_up or cases[0].raises is Unreachable
]
"""What a whole answer says is read alike on both; how a connection breaks is each loop's own."""


# -- asking ------------------------------------------------------------------------------------

DETAIL = {
    "job": {"id": JOB, "base_info": {"name": "erp"}, "status": "INCRE_TRANSFER_STARTED"},
}


def page(query):
    """A page of the log, 100 entries at most."""
    start = int(query["offset"])
    rows = [
        {"create_time": "2026-11-20T07:00:00Z", "level": "Info", "message": f"applied batch {n}"}
        for n in range(start, min(start + ROWS, ENTRIES))
    ]
    return {"job": {"id": JOB, "logs": rows, "total_count": ENTRIES}}


async def answers_well(exchange):
    query = exchange.request.query
    await exchange.json(page(query) if query["type"] == "log" else DETAIL)


async def issues_a_token(exchange):
    number = exchange.request.number
    await exchange.json({}, 201, f"X-Subject-Token: MIIissued-token-{number}")


def broken(script, when=lambda _: True):
    """DRS and IAM, where DRS is broken for requests of which *when* holds."""

    async def serve(exchange):
        if not exchange.request.for_drs:
            await issues_a_token(exchange)
        elif when(exchange.request):
            await script(exchange)
        else:
            await answers_well(exchange)

    return serve


class DrivenConnections:
    """A connection to a fault server, and its driven clock."""

    def __init__(self, clock, drs):
        self.clock, self.drs = clock, drs


@asynccontextmanager
async def opened(server, *, logins=False, quick="", clock=None):
    """A connection to *server*, as a tool gets one; *quick* shortens a limit of real time."""
    clock = clock or DrivenClock()
    who = {"token": SecretStr(TOKEN), "origins": {"token": "DRS_MCP_TOKEN"}}
    if logins:
        who = {"user": "u", "password": SecretStr("planted-password"), "domain": "d"}
    settings = Settings(
        region=REGION,
        project_id=PROJECT_ID,
        endpoint=server.origin,
        iam_endpoint=server.origin,
        **who,
    )
    timeouts = Timeouts(read=0.3) if quick == "read" else Timeouts()
    async with Connections({"default": settings}, clock, timeouts=timeouts) as connections:
        drs = await connections.open()
        if quick == "deadline":
            limits = Limits(clock, deadline_s=0.5)
            drs = replace(drs, client=replace(drs.client, limits=limits))
        yield DrivenConnections(clock, drs)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.fixture
def record_row_once(record_row, anyio_backend):
    """`record_row`, for tests that run on both event loops and find the same on each."""
    return record_row if anyio_backend == "asyncio" else lambda *_: None


@dataclass
class Row:
    """A row of the table: told whatever becomes of its test."""

    case: str
    saw: str = "?"
    requests: int = 0
    page_3: str = "?"
    ok: str = "NO"
    waited: str = ""
    began: float = 0.0

    def cells(self):
        return {
            "case": self.case,
            "the caller saw": self.saw[:92],
            "requests": self.requests,
            "waits s": self.waited,
            "took s": f"{time.monotonic() - self.began:.2f}",
            "page 3 of 10 so": self.page_3,
            "ok": self.ok,
        }


def short(error):
    """An error as the table has it: its kind, and what comes after what could not be read."""
    text = str(error).partition("\n")[0]
    return f"{type(error).__name__}: {text.partition(f'{REGION}: ')[2] or text}"


def waits_of(clock):
    return ", ".join(f"{seconds:.1f}" for seconds in clock.slept)


def as_designed(slept, waits):
    """Whether the waits are those told, or drawn from 0.5 s, 1 s, 2 s."""
    return len(slept) == len(waits) and all(
        0 <= had <= 0.5 * 2**number if wanted is None else had == wanted
        for number, (had, wanted) in enumerate(zip(slept, waits, strict=True))
    )


@pytest.mark.filterwarnings(LEFT_BY_HTTPX2)
@pytest.mark.parametrize(("anyio_backend", "cases"), ON_EACH_LOOP)
async def test_a_lasting_fault_is_told_and_leaves_what_was_read(cases, record_row_once):
    with anyio.fail_after(8):
        async with anyio.create_task_group() as group:
            for case in cases:
                group.start_soon(lasts, case, record_row_once)


async def lasts(case, record):
    row = Row(case.name, began=time.monotonic())
    try:
        async with anyio.create_task_group() as both:
            both.start_soon(sees_an_error, case, row)
            both.start_soon(keeps_two_pages, case, row)
        row.ok = "yes"
    finally:
        record("Faults", row.cells())


async def sees_an_error(case, row):
    with FaultServer(broken(case.script)) as server:
        async with opened(server, logins=bool(case.logins), quick=case.quick) as connected:
            with pytest.raises(DrsError) as raised:
                await get_job_detail(connected.drs, JOB)
            if case.hung_up:
                await server.until(lambda: server.hung_up == case.requests)
        row.saw, row.requests = short(raised.value), len(server.for_drs)
        row.waited = waits_of(connected.clock)
        text = str(raised.value)
        assert type(raised.value) is case.raises, text
        assert case.says in text
        assert f"the detail of task {JOB} in {REGION}" in text
        assert NEXT_STEP.search(text.partition("\n")[0])
        assert "planted" not in text
        assert len(server.for_drs) == case.requests == connected.drs.client.limits.requests
        assert len(server.requests) - len(server.for_drs) == case.logins
        assert as_designed(connected.clock.slept, case.waits)
        assert server.hung_up == (case.requests if case.hung_up else 0)


async def keeps_two_pages(case, row):
    third = broken(case.script, lambda request: request.query.get("offset") == str(THIRD))
    with FaultServer(third) as server:
        async with opened(server, logins=bool(case.logins), quick=case.quick) as connected:
            answer = await get_logs(connected.drs, JOB)
        row.page_3 = f"read {answer.read.rows:,} of {answer.read.of:,}"
        assert (answer.read.rows, answer.read.of) == (ROWS + STEP, ENTRIES)
        assert case.says in answer.read.why
        assert as_designed(connected.clock.slept, case.waits)
        failing = [one for one in server.for_drs if one.query["offset"] == str(THIRD)]
        assert len(failing) == case.requests


# -- faults that pass --------------------------------------------------------------------------


def at_first(script, times=1):
    """DRS and IAM, where only the first answers of DRS are broken."""
    return broken(script, lambda request: request.number <= times)


@pytest.mark.parametrize(
    ("name", "serve", "requests", "waits", "logins"),
    [
        ("429 once, Retry-After 1", at_first(throttles("Retry-After: 1")), 2, (1,), 0),
        ("APIG.0308 with 200, twice", at_first(refuses(200, "APIG.0308"), 2), 3, (None, None), 0),
        ("502 three times", at_first(sends(HTML, 502), 3), 4, DRAWN, 0),
        ("reset once within the body", at_first(resets_within), 2, (None,), 0),
        ("silence once", at_first(hangs), 2, (None,), 0),
        ("401 once, renewed", at_first(refuses(401, "APIGW.0301")), 2, (), 2),
    ],
)
async def test_a_fault_that_passes_is_not_seen(
    name, serve, requests, waits, logins, record_row_once
):
    row = Row(name, began=time.monotonic())
    try:
        with anyio.fail_after(5), FaultServer(serve) as server:
            quick = "read" if "silence" in name else ""
            async with opened(server, logins=bool(logins), quick=quick) as connected:
                answer = await get_job_detail(connected.drs, JOB)
            row.saw, row.requests = "the answer", len(server.for_drs)
            row.waited, row.page_3 = waits_of(connected.clock), ""
            assert answer.name == "erp"
            assert len(server.for_drs) == requests == connected.drs.client.limits.requests
            assert len(server.requests) - len(server.for_drs) == logins
            assert as_designed(connected.clock.slept, waits)
            if logins:
                tokens = [request.headers["x-auth-token"] for request in server.for_drs]
                assert tokens == ["MIIissued-token-1", "MIIissued-token-2"]
        row.ok = "yes"
    finally:
        record_row_once("Faults", row.cells())


ODD = json.dumps(DETAIL).encode()[:-2]


async def drips_to_the_end(exchange):
    await exchange.head(200, "Transfer-Encoding: chunked")
    for byte in json.dumps(DETAIL).encode():
        await exchange.chunk(bytes([byte]))
    await exchange.chunk(b"")


@pytest.mark.parametrize(
    ("name", "script"),
    [
        ("NaN and Infinity", sends(ODD + b', "a": NaN, "create_time": -Infinity}}')),
        ("1e400, 4,000 digits", sends(ODD + b', "create_time": 1e400, "b": ' + b"9" * 4_000 + b"}}")),
        ("invalid UTF-8", sends(ODD + b', "description": "\xff\xfe"}}')),
        ("half a character", sends(ODD + rb', "description": "\ud83d"}}')),
        ("the same key twice", sends(ODD + f', "id": "x", "id": "{JOB}"}}}}'.encode())),
        ("JSON as text/plain", sends(ODD + b"}}", 200, "Content-Type: text/plain")),
        ("gzip", sends(gzip.compress(ODD + b"}}"), 200, "Content-Encoding: gzip")),
        ("each byte a chunk", drips_to_the_end),
        (
            "headers twice, not ASCII",
            sends(ODD + b"}}", 200, *["X-Request-Id: r", "Content-Type: a/b", "Date: ９"] * 2),
        ),
    ],
)  # fmt: skip
async def test_what_is_only_odd_is_read(name, script, record_row_once):
    row = Row(f"odd: {name}", began=time.monotonic())
    try:
        with anyio.fail_after(5), FaultServer(broken(script)) as server:
            async with opened(server) as connected:
                answer = await get_job_detail(connected.drs, JOB)
            row.saw, row.requests, row.page_3 = "the answer", len(server.for_drs), ""
            assert answer.name == "erp"
            assert row.requests == 1
        row.ok = "yes"
    finally:
        record_row_once("Faults", row.cells())


@pytest.mark.parametrize("last", ['"x"', "7"])
async def test_an_answer_whose_last_id_is_not_the_tasks_is_of_another_task(last):
    twice = sends(ODD + f', "id": {last}}}}}'.encode())
    with anyio.fail_after(5), FaultServer(broken(twice)) as server:
        async with opened(server) as connected:
            with pytest.raises(BadAnswer, match="DRS answered for another task"):
                await get_job_detail(connected.drs, JOB)


# -- memory ------------------------------------------------------------------------------------


@pytest.mark.filterwarnings(LEFT_BY_HTTPX2)
@pytest.mark.parametrize(
    "script",
    [explodes, explodes_twice, never_ends, goes_on_after_its_end],
    ids=lambda s: s.__name__,
)
async def test_an_answer_that_is_too_much_costs_less_than_20_mb(script):
    bomb()
    with anyio.fail_after(10), FaultServer(broken(script)) as server:
        async with opened(server) as connected:
            tracemalloc.start()
            try:
                with pytest.raises(BadAnswer, match="larger than 12 MB"):
                    await get_job_detail(connected.drs, JOB)
                _, most = tracemalloc.get_traced_memory()
            finally:
                tracemalloc.stop()
    assert MAX_BODY < most < 20 * _MB or script is goes_on_after_its_end


# -- answers of several parts ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "quick", "reason"),
    [
        (refuses(500, "DRS.M00004", "planted"), "", "HTTP 500, DRS.M00004"),
        (throttles(), "", "HTTP 429, APIG.0308"),
        (sends(HTML), "", "unusable answer"),
        (resets_at_once, "", "cannot be reached"),
        (hangs, "read", "no answer in time"),
    ],
)
async def test_a_diagnosis_without_its_log_says_so_and_tells_the_rest(script, quick, reason):
    simulator = Simulator()
    shop = next(
        task["id"]
        for task in simulator.world.tasks.values()
        if task["job"]["base_info"]["name"] == "shop-mysql-sync"
    )

    async def serve(exchange):
        request = exchange.request
        if request.query.get("type") == "log":
            await script(exchange)
            return
        wire = httpx2.ASGITransport(app=simulator.app)
        async with httpx2.AsyncClient(transport=wire, base_url="http://drs") as http:
            found = await http.get(
                request.path,
                params=request.query,
                headers={"X-Auth-Token": TOKEN, "X-Language": request.headers["x-language"]},
            )
        await exchange.answer(found.content, found.status_code)

    with anyio.fail_after(8), FaultServer(serve) as server:
        async with opened(server, quick=quick) as connected:
            answer = await diagnose_job(connected.drs, shop)
    assert answer.verdict == "failed"
    assert answer.unread == {"log": reason}
    assert "planted" not in answer.model_dump_json()


# -- as an assistant sees it -------------------------------------------------------------------


@pytest.mark.parametrize(
    "case",
    # A body that is hung up on leaves a generator of httpcore to the garbage collector of trio.
    [case for case in CASES if not case.quick and not case.logins and not case.hung_up][::6],
)
async def test_an_assistant_is_told_our_sentence_and_nothing_of_how_it_came_about(case):
    with anyio.fail_after(8), FaultServer(broken(case.script)) as server:
        settings = Settings(
            region=REGION, project_id=PROJECT_ID, endpoint=server.origin, token=SecretStr(TOKEN)
        )
        built = build_server(
            lambda: Connections({"default": settings}, DrivenClock()), RenderOptions()
        )
        async with Client(built) as client:
            text = error_of(await client.call_tool("get_job_detail", {"job": JOB}))
            tool, sentence = "", "Could not read the detail of"
            assert text.startswith(f"{tool}{sentence} task {JOB} in {REGION}: ")
            assert case.says in text
            assert "Traceback" not in text
            assert "httpx" not in text
            server.script = broken(answers_well)
            assert (
                answer_of(await client.call_tool("get_job_detail", {"job": JOB}))["name"] == "erp"
            )

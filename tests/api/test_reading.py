"""What the client of reads lets through: GET, and POST to the paths that only read."""

import hashlib
from urllib.parse import parse_qsl

import httpx2
import pytest

from drs_mcp.api.access import signing
from drs_mcp.api.access.credentials import Credentials, Keys, StaticSource
from drs_mcp.api.http.limits import Limits
from drs_mcp.api.paths import LAST_PRECHECK, OBJECT_MAPPINGS, READING_POSTS, template_of
from drs_mcp.api.reading import ReadingTransport
from drs_mcp.api.transport import Transport
from drs_mcp.errors import ArgumentError, BadAnswer

pytestmark = pytest.mark.anyio

ORIGIN = "https://drs.cn-north-4.myhuaweicloud.com"
PROJECT = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
JOB = "7a31c0de-11f2-4e0b-9d52-c0ffee77jb1a"
KEYS = Keys("AKPLANTED", "SKPLANTED")


class Upstream:
    """Records what arrives, and answers as told."""

    def __init__(self, *answers):
        self.answers = list(answers) or [httpx2.Response(200, json={"count": 0})]
        self.seen = []

    def __call__(self, request):
        self.seen.append(request)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


async def sent(upstream, clock, method, path, body=b"", **how):
    credentials = Credentials(StaticSource(KEYS, "keys", ""), clock)
    async with Transport(
        origin=ORIGIN,
        region="cn-north-4",
        credentials=credentials,
        clock=clock,
        project_id=PROJECT,
        wire=httpx2.MockTransport(upstream),
    ) as whole:
        asked = ReadingTransport(whole).ask if not how else whole.ask
        return await asked(method, path, {}, body=body, what="it", limits=Limits(clock), **how)


def path_of(template):
    return template.replace("{project_id}", PROJECT).replace("{job_id}", JOB)


READING = sorted(path_of(one) for one in READING_POSTS)
WRITES = [
    f"/v5/{PROJECT}/jobs/{JOB}/action",
    f"/v5/{PROJECT}/jobs/action",
    f"/v5/{PROJECT}/jobs",
    f"/v5/{PROJECT}/jobs/{JOB}",
    f"/v5/{PROJECT}/jobs/{JOB}/stop",
    f"/v5/{PROJECT}/jobs/{JOB}/alarms/7/clean",
    f"/v5/{PROJECT}/jobs/{JOB}/collect-db-position",
    f"/v5/{PROJECT}/jobs/{JOB}/db-objects/collect",
    f"/v3/{PROJECT}/jobs/batch-precheck",
    f"/v3/{PROJECT}/jobs/batch-starting",
    f"/v3/{PROJECT}/jobs/batch-pause-task",
    f"/v3/{PROJECT}/jobs/batch-retry-task",
    f"/v3/{PROJECT}/jobs/create-compare-task",
    f"/v3/{PROJECT}/jobs/{JOB}/table/compare",
    f"/v3/{PROJECT}/jobs/{JOB}/compare/result/file",
    "/v3/auth/tokens",
    "",
]


def lookalikes(path):
    """Paths that are none of the list, though they look like one."""
    found = [
        f"{path}/",
        f"{path}/x",
        f"{path}\n",
        f"{path}?x=1",
        f"/{path}",
        f"/x{path}",
        path.upper(),
        path.replace("/jobs/", "/jobs//"),
        path.replace("/jobs/", "/jobs/../jobs/"),
        path.replace("/jobs/", "/jobs%2F"),
        path.replace(PROJECT, f"{PROJECT}/x"),
        path.replace(PROJECT, ""),
        path.replace(PROJECT, "é"),
        path[:-1],
    ]
    return [one for one in found if one != path]


async def test_every_other_request_is_refused_before_a_socket_opens(clock):
    upstream = Upstream()
    others = [*WRITES, *(one for path in READING for one in lookalikes(path))]
    assert not set(others) & set(READING)
    refused = [("POST", path) for path in others]
    refused += [
        (method, path)
        for method in ("PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "post", "get", "POST ", "")
        for path in (*WRITES, *READING)
    ]
    for method, path in refused:
        with pytest.raises(ArgumentError, match="does not only read"):
            await sent(upstream, clock, method, path, b"{}")
    assert upstream.seen == []


@pytest.mark.parametrize("path", READING)
async def test_a_post_that_only_reads_arrives_once_with_its_body(clock, path):
    upstream = Upstream()
    assert await sent(upstream, clock, "POST", path, b'{"jobs":["x"]}') == {"count": 0}
    (request,) = upstream.seen
    assert (request.method, request.url.path) == ("POST", path)
    assert request.content == b'{"jobs":["x"]}'
    assert request.headers["content-type"] == "application/json"


async def test_the_body_is_signed(clock):
    upstream = Upstream()
    body = '{"db_name":"会员"}'.encode()
    await sent(upstream, clock, "POST", path_of(OBJECT_MAPPINGS), body)
    (request,) = upstream.seen
    given = signing.parse_authorization(request.headers["authorization"])
    canonical = signing.canonical_request(
        "POST",
        request.url.path,
        parse_qsl(request.url.query.decode()),
        dict(request.headers),
        request.content,
        signed=given.signed_headers,
    )
    assert canonical.endswith(hashlib.sha256(body).hexdigest())
    to_sign = signing.string_to_sign(canonical, request.headers["x-sdk-date"])
    assert given.signature == signing.signature(KEYS.secret_key, to_sign)


async def test_a_post_that_only_reads_is_tried_again(clock):
    upstream = Upstream(httpx2.Response(503), httpx2.Response(200, json={"count": 0}))
    await sent(upstream, clock, "POST", path_of(LAST_PRECHECK), b"{}")
    assert len(upstream.seen) == 2


async def test_what_is_not_repeatable_is_sent_once(clock):
    upstream = Upstream(httpx2.Response(503), httpx2.Response(200, json={"count": 0}))
    with pytest.raises(Exception, match="503"):
        await sent(upstream, clock, "POST", WRITES[0], b"{}", repeatable=False)
    assert len(upstream.seen) == 1


async def test_errors_within_a_list_of_results_are_no_error_of_the_whole(clock):
    body = {"results": [{"error_code": "DRS.M00289", "error_msg": "no such job"}]}
    upstream = Upstream(httpx2.Response(200, json=body))
    assert await sent(upstream, clock, "POST", path_of(LAST_PRECHECK), b"{}") == body


@pytest.mark.parametrize("path", [f"/v5/{PROJECT}/jobs/a b", f"/v5/{PROJECT}/jobs/../x"])
async def test_a_path_that_would_change_on_its_way_is_not_sent(clock, path):
    upstream = Upstream()
    with pytest.raises(BadAnswer, match="not the one intended"):
        await sent(upstream, clock, "GET", path)
    assert upstream.seen == []


def test_a_template_holds_no_id():
    for template in READING_POSTS:
        assert template_of(path_of(template)) == template
    assert template_of(f"/v9/{PROJECT}/x") == "other"

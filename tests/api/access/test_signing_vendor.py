"""Signatures held against the vendor's own signer and SDK, for any request, and against the wire."""

import warnings
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import anyio
import httpx2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Route

from drs_mcp.api.access import signing
from drs_mcp.api.access.credentials import Credentials, IssuedCredential, Keys, StaticSource
from drs_mcp.api.access.request_auth import CredentialAuth
from drs_mcp.api.http.limits import Limits
from drs_mcp.api.reading import ReadingTransport
from drs_mcp.api.transport import Transport
from drs_mcp.clock import SystemClock
from drs_mcp.simulator import ACCESS_KEY, PROJECT_ID, SECRET_KEY, SECURITY_TOKEN
from tests.conftest import DrivenClock
from tests.support.loopback import running_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its dependencies warn on import
    from huaweicloudsdkcore.auth.credentials import BasicCredentials
    from huaweicloudsdkcore.http.http_config import HttpConfig
    from huaweicloudsdkcore.sdk_request import SdkRequest
    from huaweicloudsdkcore.signer.signer import Signer
    from huaweicloudsdkdrs.v5 import DrsClient, ListJobsRequest, ShowJobDetailRequest

pytestmark = pytest.mark.filterwarnings("ignore")

HOST = "drs.cn-north-4.myhuaweicloud.com"
PERMANENT = Keys(ACCESS_KEY, SECRET_KEY)
TEMPORARY = Keys(ACCESS_KEY, SECRET_KEY, SECURITY_TOKEN)

TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
TRICKY = st.sampled_from(["", " ", "+", "%", "%2F", "%e4%b8%ad", "~", "*", "'", "&=", "a/b", "中文", "é", ".", "..", "\x00", "\n"])  # fmt: skip
PART = TRICKY | TEXT
QUERY = st.lists(st.tuples(st.sampled_from(["a", "b", "A", "limit", ""]) | PART, PART), max_size=6)
PATH = st.lists(PART, max_size=4).map(lambda parts: "/" + "/".join(parts))
KIND = st.sampled_from(
    ["", "application/json", "application/json;charset=utf8", "application/bson", "text/plain"]
)
VALUE = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=12)


def by_vendor(method, path, query, headers, body="", keys=PERMANENT):
    """The vendor's `Authorization`, and the headers that it has sent along."""
    credentials = BasicCredentials(keys.access_key, keys.secret_key)
    request = SdkRequest(
        method=method,
        schema="https",
        host=HOST,
        resource_path=path,
        query_params=list(query),
        header_params=dict(headers),
        body=body,
    )
    return Signer(credentials).sign(request).header_params["Authorization"]


@given(
    st.sampled_from(["GET", "POST", "PUT", "DELETE"]), PATH, QUERY, KIND, VALUE, VALUE, TEXT
)  # fmt: skip
@example("GET", "/", [("a", "2"), ("a", "10"), ("a", "2"), ("A", "")], "", "", "", "")
@settings(max_examples=400)
def test_any_request_is_signed_as_the_vendor_signs_it(
    method, path, query, kind, language, security_token, body
):
    headers = {"X-Sdk-Date": "20261123T010203Z", "Host": HOST, "X-Language": language}
    if kind:
        headers["Content-Type"] = kind
    if security_token:
        headers["X-Security-Token"] = security_token
    theirs = by_vendor(method, path, query, headers, body)
    ours = signing.authorization(
        ACCESS_KEY,
        SECRET_KEY,
        method=method,
        path=path,
        query=query,
        headers=headers | signing.payload_headers(headers),
        body=body.encode(),
    )
    assert ours == theirs


def signed(request, keys, *, project_id="", moment=None):
    """*request* as `CredentialAuth` signs it."""
    clock = DrivenClock() if moment is None else DrivenClock(moment)
    credentials = Credentials(StaticSource(keys, "keys", ""), clock)
    origin = f"{request.url.scheme}://{request.url.netloc.decode()}"
    CredentialAuth(credentials, origin, clock, project_id).sign(request, IssuedCredential(keys, 1))
    return request


@given(
    QUERY, st.sampled_from([PERMANENT, TEMPORARY]), st.sampled_from(["", PROJECT_ID]), KIND, TEXT
)
@settings(max_examples=200)
def test_the_vendor_signs_our_very_request_the_same(query, keys, project_id, kind, body):
    sent = signing.canonical_query(query)
    request = signed(
        httpx2.Request(
            "POST" if body else "GET",
            f"https://{HOST}/v5/{PROJECT_ID}/jobs" + (f"?{sent}" if sent else ""),
            headers={"User-Agent": "drs-mcp", **({"Content-Type": kind} if kind else {})},
            content=body.encode(),
        ),
        keys,
        project_id=project_id,
    )
    ours = signing.parse_authorization(request.headers["Authorization"])
    headers = {name: request.headers[name] for name in ours.signed_headers}
    path = request.url.raw_path.partition(b"?")[0].decode()
    theirs = by_vendor(request.method, path, query, headers, body, keys)
    assert request.headers["Authorization"] == theirs
    if not body:
        assert {"host", "x-sdk-date", "user-agent"} <= set(ours.signed_headers)
        assert ("x-security-token" in ours.signed_headers) == (keys is TEMPORARY)
        assert ("x-project-id" in ours.signed_headers) == bool(project_id)


@given(QUERY)
def test_the_query_that_is_signed_is_the_one_that_httpx2_sends(query):
    expected = signing.canonical_query(query)
    request = UNSENT.build_request("GET", f"/v5/p/jobs?{expected}")
    assert request.url.raw_path == f"/v5/p/jobs?{expected}".encode()
    read = parse_qsl(request.url.query.decode(), keep_blank_values=True)
    assert sorted(read) == sorted(query)


UNSENT = httpx2.AsyncClient(
    base_url=f"https://{HOST}", transport=httpx2.MockTransport(lambda _: httpx2.Response(200))
)


# -- the vendor's SDK ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def recorder():
    """An endpoint that keeps every request as it arrived."""
    arrived = []

    async def keep(request):
        arrived.append((request.method, str(request.url), dict(request.headers)))
        return JSONResponse({"jobs": [], "job": {}, "total_count": 0})

    app = Starlette(routes=[Route("/{path:path}", keep)])
    with running_app(app) as port:
        yield f"http://127.0.0.1:{port}", arrived


SDK_CALLS = [
    ("list", lambda sdk: sdk.list_jobs(ListJobsRequest(job_type="sync", limit=10, offset=0))),
    (
        "list by an odd name",
        lambda sdk: sdk.list_jobs(ListJobsRequest(job_type="sync", name="a+b c&d=e/中文~*'()!")),
    ),
    (
        "detail",
        lambda sdk: sdk.show_job_detail(ShowJobDetailRequest(job_id="jb1", type="detail")),
    ),
    (
        "log in Chinese",
        lambda sdk: sdk.show_job_detail(
            ShowJobDetailRequest(job_id="jb1", type="log", x_language="zh-cn", offset=0, limit=1000)
        ),
    ),
]


@pytest.mark.parametrize("keys", [PERMANENT, TEMPORARY], ids=["permanent", "temporary"])
@pytest.mark.parametrize(("name", "call"), SDK_CALLS, ids=[name for name, _ in SDK_CALLS])
def test_the_vendor_s_sdk_and_our_client_sign_the_same_request_the_same(name, call, keys, recorder):
    origin, arrived = recorder
    credentials = BasicCredentials(keys.access_key, keys.secret_key, PROJECT_ID)
    if keys.security_token:
        credentials = credentials.with_security_token(keys.security_token)
    builder = DrsClient.new_builder().with_credentials(credentials).with_endpoint(origin)
    call(builder.with_http_config(HttpConfig.get_default_config()).build())
    method, url, headers = arrived[-1]
    theirs = headers.pop("authorization")
    moment = signing.parse_date(headers.pop("x-sdk-date"))
    for added in ("x-project-id", "x-security-token"):
        headers.pop(added, None)
    request = httpx2.Request(method, url, headers=headers)
    ours = signed(request, keys, project_id=PROJECT_ID, moment=moment)
    assert ours.headers["Authorization"] == theirs


# -- the wire ------------------------------------------------------------------------------------


@pytest.mark.anyio
@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"type": "log", "offset": "0", "limit": "1000"},
        {"name": "a+b c&d=e/中文~*'()!", "job_type": "sync"},
        {"z": "", "a": "%2F", "A": "?#[]@"},
    ],
    ids=["none", "plain", "odd", "empty"],
)
async def test_what_is_signed_is_what_goes_over_the_wire(parameters, anyio_backend):
    heads = []

    async def answer(stream):
        async with stream:
            heads.append(await stream.receive())
            await stream.send(b'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{"job":{}}')

    listener = await anyio.create_tcp_listener(local_host="127.0.0.1")
    port = listener.extra(anyio.abc.SocketAttribute.local_port)  # noqa: S610  no database
    clock = SystemClock()
    async with listener, anyio.create_task_group() as group:
        group.start_soon(listener.serve, answer)
        async with Transport(
            origin=f"http://127.0.0.1:{port}",
            region="cn-north-4",
            credentials=Credentials(StaticSource(TEMPORARY, "keys", ""), clock),
            clock=clock,
            project_id=PROJECT_ID,
        ) as transport:
            await ReadingTransport(transport).get(
                f"/v5/{PROJECT_ID}/jobs/jb1", parameters, what="it", limits=Limits(clock)
            )
        group.cancel_scope.cancel()
    first, *lines = heads[0].decode("ascii").partition("\r\n\r\n")[0].split("\r\n")
    path, _, query = first.removesuffix(" HTTP/1.1").removeprefix("GET ").partition("?")
    headers = dict(line.split(": ", 1) for line in lines)
    headers = {name.lower(): value for name, value in headers.items()}
    found = signing.parse_authorization(headers["authorization"])
    # The raw path and query stand in the canonical request as they are.
    canonical = "\n".join(
        [
            "GET",
            f"{path}/",
            query,
            "".join(f"{name}:{headers[name]}\n" for name in found.signed_headers),
            ";".join(found.signed_headers),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ]
    )
    to_sign = signing.string_to_sign(canonical, headers["x-sdk-date"])
    assert found.signature == signing.signature(SECRET_KEY, to_sign)
    assert headers["x-security-token"] == SECURITY_TOKEN
    assert headers["x-project-id"] == PROJECT_ID
    assert headers["host"] == f"127.0.0.1:{port}"
    assert datetime.now(UTC) - signing.parse_date(headers["x-sdk-date"]) < SKEW


SKEW = datetime(2026, 1, 1, 0, 1, tzinfo=UTC) - datetime(2026, 1, 1, tzinfo=UTC)

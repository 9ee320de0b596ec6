"""The server's own credentials, of every source, in what DRS answers: shown in no form, anywhere."""

import json
from base64 import b64encode
from urllib.parse import quote as percent

import httpx2
import pytest
from mcp.types import PromptReference

from drs_mcp.simulator import (
    ACCESS_KEY,
    PASSWORD,
    PROJECT_ID,
    SECRET_KEY,
    SECURITY_TOKEN,
    TOKEN,
)
from tests.support.cloud import DRS, METADATA, Cloud, settings_of, write
from tests.support.credential_cases import HOME, WORKING
from tests.support.tool_calls import client_over

pytestmark = pytest.mark.anyio
PERMANENT = (TOKEN, PASSWORD, ACCESS_KEY, SECRET_KEY, SECURITY_TOKEN)
FORMS = (
    str,
    "\u200b".join,
    json.dumps,
    lambda secret: percent(secret, safe=""),
    lambda secret: "".join(f"\\u{ord(sign):04x}" for sign in secret),
    lambda secret: b64encode(f"somebody:{secret}".encode()).decode(),
)


class RepeatingCloud(httpx2.AsyncBaseTransport):
    """A cloud whose DRS repeats in its answers every secret that it was sent or that was issued."""

    def __init__(self, cloud, secrets):
        self.cloud = cloud
        self.secrets = dict.fromkeys(secrets)
        self.refuses = False

    @property
    def lines(self):
        return [f"so {form(secret)} it is" for secret in self.secrets for form in FORMS]

    async def handle_async_request(self, request):
        answer = await self.cloud.handle_async_request(request)
        raw = await answer.aread()
        if request.url.host == METADATA and answer.status_code == 200:
            keys = json.loads(raw)["credential"] if request.method == "GET" else {}
            issued = [keys[name] for name in ("access", "secret", "securitytoken") if name in keys]
            self.secrets |= dict.fromkeys(issued or [raw.decode()])
        if "X-Subject-Token" in answer.headers:
            self.secrets[answer.headers["X-Subject-Token"]] = None
        if request.url.host == DRS and request.url.path.startswith("/v5"):
            return self.repeated(request.url.params, json.loads(raw))
        return httpx2.Response(answer.status_code, content=raw, headers=answer.headers)

    def repeated(self, asked, body):
        text = " / ".join(self.lines)
        if self.refuses:
            error = {"error_code": f"DRS.{self.lines[0]}", "error_msg": text}
            return httpx2.Response(400, json=error)
        if asked.get("type") == "log":
            found = [{"level": "Error", "message": line} for line in self.lines]
            return httpx2.Response(200, json={"job": {"logs": found, "total_count": len(found)}})
        if "job" in body:
            name = next(iter(self.secrets))
            body["job"]["base_info"] |= {"name": name, "description": text}
        for task in body.get("jobs", []):
            task |= {"name": f"so {next(iter(self.secrets))}", "engine_type": text}
        return httpx2.Response(200, json=body)


@pytest.mark.parametrize("case", WORKING, ids=str)
@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_no_form_of_our_own_secrets_is_shown(case, tmp_path, anyio_backend):
    for name, text in case.files.items():
        write(tmp_path, name, text)
    cloud = Cloud(**case.cloud)
    case.prepare(cloud)
    environ = {name: value.replace(HOME, str(tmp_path)) for name, value in case.environ.items()}
    given = f"{list(environ.values())} {list(case.files.values())}"
    wire = RepeatingCloud(cloud, [secret for secret in PERMANENT if secret in given])
    settings = settings_of({**environ, "DRS_MCP_PROJECT_ID": PROJECT_ID}, tmp_path)
    (job,) = cloud.simulator.world.tasks
    shown = []
    async with client_over(wire, settings=settings) as client:
        await client.call_tool("list_jobs", {})
        assert wire.secrets
        for arguments in ({}, {"view": "lines"}, {"contains": next(iter(wire.secrets))[2:9]}):
            found = await client.call_tool("get_logs", {"job": job} | arguments)
            assert not found.is_error
            shown.append(found.content[0].text)
        assert "Nothing matches" in shown[-1]
        shown.append((await client.read_resource("drs://jobs")).contents[0].text)
        shown.append((await client.read_resource(f"drs://jobs/{job}")).contents[0].text)
        completed = await client.complete(
            PromptReference(name="troubleshoot-failed-task"), {"name": "job", "value": ""}
        )
        shown.append(str(completed.completion.values))
        wire.refuses = True
        shown.append((await client.call_tool("get_job_detail", {"job": job})).content[0].text)
        shown.append(
            (await client.call_tool("get_progress", {"job": next(iter(wire.secrets))}))
            .content[0]
            .text
        )
    for text in shown:
        for secret in wire.secrets:
            for form in FORMS:
                written = form(secret).strip('"')
                assert written not in text, text
            assert not any(secret[at : at + 8] in text for at in range(len(secret) - 7)), text

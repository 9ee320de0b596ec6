"""A server whose DRS answers with planted text, and what must hold of all that it shows."""

import json
import re
from dataclasses import dataclass, field
from io import StringIO

from mcp.types import PromptReference
from pydantic_core import from_json

from drs_mcp.api.paths import only_reads, template_of
from drs_mcp.embedded import embedded_server
from drs_mcp.observe.audit import AuditLog
from drs_mcp.quoting.names import as_name
from drs_mcp.serving.accounting import Accounting
from drs_mcp.serving.budget import compact
from drs_mcp.serving.label import LABEL
from drs_mcp.serving.result import RenderOptions
from drs_mcp.simulator import PROJECT_ID, Simulator, World, scenario_names
from drs_mcp.summaries.answer import OWN_WORDS
from tests.conftest import DrivenClock
from tests.hostile.planting import Planter, strings
from tests.support.characters import assert_visible, hidden_in
from tests.support.tool_calls import NOW
from tests.tools.test_tools import CALLS as BY_NAME

CANARY = re.compile(r"zqx[a-z]{2}q")
MOST_CHARS = 8000
PARAMETERS = {
    "type", "query_id", "compare_type", "query_type", "object_type", "compare_task_id",
    "source_db_name", "target_db_name", "compare_detail_type", "offset", "limit", "job_type",
    "name", "status", "anonymize_mode", "task_mode", "search_name",
}  # fmt: skip
RECORD = re.compile(r"\d{4}-\d\d-\d\d [\d:,]{12} (?:DEBUG|INFO|WARNING) [\w.]+: | \| ")
EVERYTHING = {"include_values": True, "include_sql": True}


def by_id():
    """The calls of the snapshots, by the IDs of their tasks and any table: names are planted over."""
    ids = {
        task["job"]["base_info"].get("name"): job_id
        for job_id, task in World.load(scenario_names()).tasks.items()
    }

    def anew(arguments):
        told = {"job": ids[arguments["job"]]} if "job" in arguments else {}
        return arguments | told | ({"table": "*"} if "table" in arguments else {})

    return {name: (tool, anew(arguments)) for name, (tool, arguments) in BY_NAME.items()}


CALLS = by_id()
CALLS["get_compare_diff-values"] = "get_compare_diff", CALLS["get_compare_diff"][1] | EVERYTHING
JOB = CALLS["get_progress"][1]["job"]
ANSWERS = {}
"""What DRS answers before anything is planted: the clock stands still, so once is enough."""


@dataclass
class Seen:
    """What one server showed, wherever it shows anything."""

    answers: int = 0
    errors: list[str] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)

    def row(self, case, requests, ok):
        saw = f"{self.answers:,} answers, {len(self.errors):,} errors"
        if self.fields:
            saw += f"; text in {len(self.fields)} fields"
        return {"case": case, "the caller saw": saw, "requests": requests, "ok": ok}


def is_ours(sentence):
    """Whether text of others stands in it as a name only: marked off, short, without a blank."""
    return not CANARY.search(re.sub(r"'[^\s'\"\\\\]{1,50}'", "", sentence))


class ServerUnderTest:
    """A client of a server whose DRS answers as a plan says, with everything listened to."""

    simulator = Simulator(now=lambda: NOW)

    def __init__(self, folder):
        self.audit = folder / "audit.jsonl"
        self.log = StringIO()
        self.calls = 0
        self.seen = Seen()
        self.spans = []

    def server(self):
        clock = DrivenClock()

        def wrap_wire(wire):
            self.planter = Planter(wire, ANSWERS)
            return self.planter

        self.audit_log = AuditLog(clock, str(self.audit))
        accounting = Accounting(clock, self.audit_log)
        return embedded_server(
            RenderOptions(),
            simulator=self.simulator,
            clock=clock,
            accounting=accounting,
            wrap_wire=wrap_wire,
        )

    async def call(self, client, tool, arguments):
        """One call; the answer, or None where there was a clear error."""
        self.calls += 1
        found = await client.call_tool(tool, arguments)
        text = found.content[0].text
        if found.is_error:
            assert found.structured_content is None
            self.check_error(text)
            self.seen.errors.append(text)
            return None
        answer = from_json(text)
        assert text == compact(found.structured_content)
        assert len(text) <= arguments.get("max_chars", MOST_CHARS)
        self.check_answer(answer, (found.meta or {}).get(LABEL, []))
        self.seen.answers += 1
        return answer

    def check_answer(self, answer, labelled):
        assert_visible(answer)
        gone = [part for payload in self.planter.plan.payloads for part in payload.gone]
        for place, text, is_key in strings(answer):
            assert not any(part in text for part in gone), text
            if CANARY.search(text):
                assert not is_key, text
                assert place[-1] not in OWN_WORDS or is_ours(text), (place, text)
                assert place[:2] != ("next", "args") or as_name(text), (place, text)
                assert place[0] in labelled, (place, labelled)
                self.seen.fields.add(".".join(place))

    def check_error(self, text):
        ours, _, quoted = text.partition("\nDRS said: ")
        assert not any(hidden_in(line) for line in (ours, quoted)), repr(text)
        assert is_ours(ours), ours
        assert not quoted or json.loads(quoted), quoted
        assert "Traceback" not in text
        assert len(text) <= 1500

    async def look_elsewhere(self, client):
        """What an assistant or a person reads beside the tools: resources, completion."""
        for uri in ("drs://jobs", f"drs://jobs/{JOB}"):
            (read,) = (await client.read_resource(uri)).contents
            assert len(read.text) <= MOST_CHARS
            self.check_answer(from_json(read.text), list(from_json(read.text)))
        found = await client.complete(
            PromptReference(name="troubleshoot-failed-task"), {"name": "job", "value": ""}
        )
        assert_visible(found.completion.values)

    def check_requests(self):
        for request in self.planter.requests:
            path = request.url.raw_path.partition(b"?")[0].decode("ascii")
            assert only_reads(request.method, path)
            assert (request.url.scheme, request.url.host) == ("http", "localhost")
            assert template_of(path) != "other"
            assert f"/{PROJECT_ID}/jobs" in path
            assert set(request.url.params) <= PARAMETERS

    def check_records(self):
        assert self.audit_log.flush()
        lines = self.audit.read_text("ascii").splitlines()
        tools = [line for line in lines if json.loads(line)["access"] == "tool"]
        assert len(tools) == self.calls
        for line in lines:
            assert_visible(json.loads(line))
        for line in set(self.log.getvalue().split("\n")):
            assert not hidden_in(line), repr(line)
            assert RECORD.match(line) or not line, line
        for span in self.spans:
            assert not CANARY.search(span), span

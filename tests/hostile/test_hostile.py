"""Hostile text in every string field of DRS, through every tool: where it may stand, and how.

None of this needs a model: what is asserted holds for whoever reads the answer.
"""

import json
import logging
import re
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from typing import ClassVar

import anyio
import httpx2
import pytest
from mcp import Client
from mcp.types import PromptReference
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from pydantic_core import from_json

from drs_mcp.audit import AuditLog
from drs_mcp.embedded import embedded_server
from drs_mcp.quoted import spoken
from drs_mcp.simulator import PROJECT_ID, Simulator, World, scenario_names
from drs_mcp.stderr_log import SafeFormatter
from drs_mcp.summaries.answer import OWN_WORDS
from drs_mcp.tools.accounting import Accounting
from drs_mcp.tools.budget import compact
from drs_mcp.tools.label import LABEL
from drs_mcp.tools.result import Form
from tests.asking import NOW
from tests.characters import assert_visible, hidden_in
from tests.conftest import DrivenClock
from tests.hostile.planting import KINDS, PAYLOADS, STRUCTURAL, Plan, Planter, strings
from tests.test_tools import CALLS as BY_NAME

CANARIES = [payload.canary for payload in PAYLOADS]
MOST_CHARS = 8000
PATH = re.compile(rf"/v5/{PROJECT_ID}/jobs(?:/[0-9A-Za-z-]{{1,64}})?")
PARAMETERS = {
    "type", "query_id", "compare_type", "query_type", "object_type", "compare_task_id",
    "source_db_name", "target_db_name", "compare_detail_type", "offset", "limit", "job_type",
    "name",
}  # fmt: skip
LIGHT = [payload for payload in PAYLOADS if len(payload.text) < 10_000]


def by_id():
    """The calls of the snapshots, by the IDs of their tasks: names are planted over."""
    ids = {
        task["job"]["base_info"].get("name"): job_id
        for job_id, task in World.load(scenario_names()).tasks.items()
    }
    return {
        name: (tool, arguments | ({"job": ids[arguments["job"]]} if "job" in arguments else {}))
        for name, (tool, arguments) in BY_NAME.items()
    }


CALLS = by_id()
JOB = CALLS["get_progress"][1]["job"]
KEPT = {}
"""What DRS answers before anything is planted: the clock stands still, so once is enough."""


@dataclass
class Seen:
    """What one server showed, wherever it shows anything."""

    answers: int = 0
    errors: list[str] = field(default_factory=list)
    fields: set[str] = field(default_factory=set)

    def told(self, case, requests, ok):
        saw = f"{self.answers:,} answers, {len(self.errors):,} errors"
        if self.fields:
            saw += f"; text in {len(self.fields)} fields"
        return {"case": case, "the caller saw": saw, "requests": requests, "ok": ok}


class Besieged:
    """A client of a server whose DRS answers as a plan says, with everything listened to."""

    simulator = Simulator(now=lambda: NOW)
    kept: ClassVar = {}  # by all, as DRS is the same for all

    def __init__(self, folder):
        self.audit = folder / "audit.jsonl"
        self.log = StringIO()
        self.calls = 0
        self.seen = Seen()

    def server(self):
        clock = DrivenClock()

        def around(wire):
            self.planter = Planter(wire, self.kept)
            return self.planter

        accounting = Accounting(clock, AuditLog(clock, str(self.audit)))
        return embedded_server(
            Form(),
            simulator=self.simulator,
            clock=clock,
            accounting=accounting,
            around=around,
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
            if any(canary in text for canary in CANARIES):
                assert not is_key, text
                assert place[-1] not in OWN_WORDS, (place, text)
                assert place[:2] != ("next", "args") or spoken(text), (place, text)
                assert place[0] in labelled, (place, labelled)
                self.seen.fields.add(".".join(place))

    def check_error(self, text):
        ours, _, said = text.partition("\nDRS said: ")
        assert not any(hidden_in(line) for line in (ours, said)), repr(text)
        assert not any(canary in ours for canary in CANARIES), ours
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
            assert request.method == "GET"
            assert (request.url.scheme, request.url.host) == ("http", "localhost")
            assert PATH.fullmatch(request.url.raw_path.partition(b"?")[0].decode("ascii"))
            assert set(request.url.params) <= PARAMETERS

    def check_records(self, spans):
        lines = self.audit.read_text("ascii").splitlines()
        assert len(lines) == self.calls
        for line in lines:
            assert_visible(json.loads(line))
        for line in self.log.getvalue().split("\n"):
            assert not hidden_in(line), repr(line)
            assert line.startswith(("DEBUG ", "INFO ", "WARNING ", " | ")) or not line
        for span in spans:
            told = f"{span.name} {dict(span.attributes)} {span.status.description} {span.events}"
            assert not any(canary in told for canary in CANARIES), told


@contextmanager
def listened(stream):
    """Everything that is logged, formatted as on stderr, at the most talkative level."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(SafeFormatter("%(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(level)


@pytest.fixture(scope="module")
def exporter():
    provider = trace.get_tracer_provider()
    if not isinstance(provider, TracerProvider):
        trace.set_tracer_provider(provider := TracerProvider())
    made = InMemorySpanExporter()
    provider.add_span_processor(SimpleSpanProcessor(made))
    yield made
    made.shutdown()


@pytest.fixture
def besiege(tmp_path, exporter, tell):
    """`besiege(case, attack)`: run *attack* on a besieged server, then look at every record."""

    def run(case, attack):
        besieged = Besieged(tmp_path)
        exporter.clear()

        async def under_attack():
            async with Client(besieged.server()) as client:
                listed = (await client.list_tools()).model_dump()["tools"]
                await attack(besieged, client)
                assert (await client.list_tools()).model_dump()["tools"] == listed

        ok = "NO"
        try:
            with listened(besieged.log):
                anyio.run(under_attack)
            besieged.check_requests()
            besieged.check_records(exporter.get_finished_spans())
            ok = "yes"
        finally:
            requests = len(besieged.planter.requests)
            tell("Hostile inputs", besieged.seen.told(case, requests, ok))
        return besieged

    return run


def of(kind):
    return [payload for payload in PAYLOADS if payload.kind == kind]


def free(place):
    return place[-1] not in STRUCTURAL


def lucky(place):
    """A few of the fields: 100 kB in each would be more than a body may have."""
    return sum(map(len, place)) % 11 == 0


@pytest.mark.parametrize("kind", KINDS)
def test_text_of_every_class_in_all_fields_at_once(kind, besiege):
    payloads = of(kind)
    heavy = max(len(payload.text) for payload in payloads) > 10_000

    async def attack(besieged, client):
        for number, (tool, arguments) in enumerate(CALLS.values()):
            besieged.planter.plan = Plan(
                payloads, lambda place: free(place) and (not heavy or lucky(place)), number
            )
            await besieged.call(client, tool, arguments)
            planted.update(canary for _, canary in besieged.planter.plan.planted)
        await besieged.look_elsewhere(client)

    planted = set()
    seen = besiege(kind, attack).seen
    assert seen.answers == len(CALLS)
    assert planted == {payload.canary for payload in payloads}
    assert len(seen.fields) >= (5 if heavy else 40)


def test_every_payload_in_turn_and_a_budget_as_small_as_may_be(besiege):
    async def attack(besieged, client):
        for number, (tool, arguments) in enumerate(CALLS.values()):
            for most in (1000, 2500, MOST_CHARS):
                besieged.planter.plan = Plan(LIGHT, free, number * 7)
                await besieged.call(client, tool, arguments | {"max_chars": most})

    assert besiege("all classes in turn, small budgets", attack).seen.answers == 3 * len(CALLS)


def structural_places():
    """For each field that decides what is read or shown: the calls that meet it."""
    found = defaultdict(list)

    async def look():
        planters = []

        def around(wire):
            planters.append(Planter(wire, KEPT))
            return planters[0]

        async with Client(embedded_server(Form(), clock=DrivenClock(), around=around)) as client:
            for name, (tool, arguments) in CALLS.items():
                planters[0].fields.clear()
                await client.call_tool(tool, arguments)
                for place in sorted(planters[0].fields):
                    if not free(place):
                        found[place].append(name)

    anyio.run(look)
    return found


def test_text_in_each_field_that_decides_what_is_read(besiege):
    places = structural_places()

    async def attack(besieged, client):
        for number, (place, names) in enumerate(sorted(places.items())):
            # Which payload and which calls: another for each field, and over all of them everyone.
            for shift, name in enumerate(names[number % 3 :: 3] or names):
                payload = PAYLOADS[(number * 5 + shift) % len(PAYLOADS)]
                besieged.planter.plan = Plan([payload], lambda at, place=place: at == place)
                tool, arguments = CALLS[name]
                await besieged.call(client, tool, arguments)

    seen = besiege("one deciding field at a time", attack).seen
    assert len(places) >= 40
    assert seen.answers > len(seen.errors)


def test_what_drs_says_in_an_error(besiege):
    async def attack(besieged, client):
        for number, payload in enumerate(PAYLOADS):
            status = (400, 403, 404, 500, 200)[number % 5]
            # A code in identifier form may be spoken: that is what it is for.
            code = ("DRS.M00004", f"{payload.text[:200]} !", "")[number % 3]
            body = {"error_code": code, "error_msg": payload.text}
            raw = json.dumps(body).encode()
            headers = {"X-Request-Id": f"{payload.canary} for {number}"}
            besieged.planter.respond = lambda _, raw=raw, status=status, headers=headers: (
                httpx2.Response(status, content=raw, headers=headers)
            )
            assert await besieged.call(client, "get_progress", {"job": JOB}) is None

    seen = besiege("errors of DRS", attack).seen
    assert len(seen.errors) == len(PAYLOADS)
    assert sum("\nDRS said: " in text for text in seen.errors) > len(PAYLOADS) / 2


def test_text_in_arguments(besiege):
    names = ("job", "profile", "contains", "compare_task_id", "no_such_argument")

    async def attack(besieged, client):
        for number, payload in enumerate(PAYLOADS):
            text = payload.text.encode("utf-8", "replace").decode()  # no client sends half of one
            name = names[number % len(names)]
            tool = "get_compare_diff" if name == "compare_task_id" else "get_logs"
            await besieged.call(client, tool, {"job": "shop-mysql-sync"} | {name: text})
            await besieged.call(client, "list_jobs", {"name": text})

    seen = besiege("arguments", attack).seen
    assert seen.answers + len(seen.errors) == 2 * len(PAYLOADS)
    assert len(seen.errors) >= len(PAYLOADS) / 2


def test_there_are_sixty_payloads_and_more_in_every_class_asked_for():
    assert len(PAYLOADS) >= 60
    assert len(set(CANARIES)) == len(PAYLOADS)
    assert {
        "override", "fake-turn", "fence-break", "exfiltration", "escape-codes", "zero-width",
        "tag-characters", "variation-selectors", "bidi", "log-forging", "json-breakout",
        "long-line", "chinese", "lone-surrogate", "separators",
    } <= set(KINDS)  # fmt: skip
    assert max(len(payload.text) for payload in PAYLOADS) >= 100_000
    assert all(payload.canary in payload.text for payload in PAYLOADS)

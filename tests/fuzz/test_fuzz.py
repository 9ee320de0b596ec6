"""The fuzzer itself: it finds what is broken, it repeats itself, and a few hundred cases pass."""

import logging
from contextlib import asynccontextmanager

import anyio
import pytest
from mcp.server import MCPServer
from mcp.types import CallToolResult, TextContent

from drs_mcp.api.connections import Connection
from drs_mcp.api.query import DetailQuery
from drs_mcp.api.wire.values import records
from drs_mcp.errors import ArgumentError
from drs_mcp.quoting.quoted import Quoted
from drs_mcp.reads.tasks import show
from drs_mcp.serving.budget import compact
from drs_mcp.serving.register import StrictTool
from drs_mcp.serving.result import RenderOptions
from drs_mcp.summaries.answer import Answer, Closing
from drs_mcp.tools.arguments import Job
from tests.fuzz.cases import Cases
from tests.fuzz.checks import breaches_of
from tests.fuzz.tally import run_in_process
from tests.fuzz.target import FuzzTarget

SEED = 1
CASES = 100


def test_a_few_hundred_cases_of_the_real_server_hold():
    names = [f"{kind}{number}" for kind in "pa" for number in range(CASES)]
    tally = run_in_process(SEED, names)
    assert tally.reports == []
    assert tally.payloads.total() > 2 * CASES
    assert tally.argument_sets.total() == CASES
    assert tally.answers.total() > CASES
    assert set(tally.seconds) == set(tally.argument_sets) >= {"list_jobs", "get_logs", "watch_job"}


class TextAnswer(Answer, Closing):
    text: Quoted = ""


async def get_progress(drs: Connection, job: Job) -> TextAnswer:
    """A question without a fault: what the broken ones are made of."""
    found = await show(drs, job, DetailQuery("progress"))
    return TextAnswer(headline="One task was read.", text=str(found.get("id")))


def target_for(function=get_progress, tool=StrictTool):
    """The fuzz target of a server with that one tool."""

    def make(opened, accounting):
        @asynccontextmanager
        async def lifespan(_):
            async with opened() as connections:
                yield connections

        tools = [tool.of(function, RenderOptions(), accounting)]
        return MCPServer(name="one", tools=tools, lifespan=lifespan, log_level="WARNING")

    return FuzzTarget(make)


async def outcomes_of(target, names):
    async with target.started():
        cases = Cases(target, SEED)
        return [await target.run(cases.case(name)) for name in names]


def breaches(target, kind="p", most=CASES):
    """Every breach that some hundred cases find."""
    names = [f"{kind}{number}" for number in range(most)]
    found = anyio.run(outcomes_of, target, names)
    return {breach for outcome in found for breach in outcome.breaches}


def test_a_question_without_a_fault_has_no_breach():
    assert breaches(target_for()) == set()
    assert breaches(target_for(), "a") == set()


def test_an_exception_that_is_not_ours_is_found_with_its_traceback_in_the_log():
    async def get_progress(drs: Connection, job: Job) -> TextAnswer:
        """Trusts DRS to send every field."""
        found = await show(drs, job, DetailQuery("progress"))
        return TextAnswer(headline="One task was read.", text=found["progress_info"]["progress"])

    found = breaches(target_for(get_progress))
    assert "the error is none of ours but UnexpectedToolError" in found
    assert any(breach.startswith("logged: ") for breach in found)


def test_a_secret_in_an_answer_is_found():
    async def get_logs(drs: Connection, job: Job) -> TextAnswer:
        """Shows fields whatever they are called."""
        found = await drs.client.show_page(job, DetailQuery("log"), offset=0, limit=8)
        rows = [found, *records(found.get("logs"))]
        return TextAnswer(
            headline="One log was read.",
            text=" ".join(str(item) for row in rows for item in row.values() if item != rows[1:]),
        )

    assert "a planted secret is told" in breaches(target_for(get_logs), most=200)


def test_a_secret_in_the_log_is_found():
    async def get_logs(drs: Connection, job: Job) -> TextAnswer:
        """Logs what it read."""
        found = await drs.client.show_page(job, DetailQuery("log"), offset=0, limit=8)
        logging.getLogger("careless").warning("read %s", [*found.values()])
        return TextAnswer(headline="One log was read.")

    assert "a planted secret is logged" in breaches(target_for(get_logs), most=200)


def test_third_party_text_in_our_own_words_is_found():
    async def get_progress(drs: Connection, job: Job) -> TextAnswer:
        """Lets a status speak for us."""
        found = await show(drs, job, DetailQuery("progress"))
        return TextAnswer(headline=f"The task is {found.get('progress_info')}.")

    found = breaches(target_for(get_progress))
    assert "third-party text in our own words: headline" in found
    assert "hidden characters in an answer" in found


def test_an_argument_that_an_error_repeats_is_found():
    async def get_progress(drs: Connection, job: Job) -> TextAnswer:
        """Repeats what it was asked."""
        raise ArgumentError(f"There is no {job}.")

    found = breaches(target_for(get_progress), "a", 300)
    assert "third-party text in the words of our error" in found
    assert "a planted secret is told" in found


def test_a_request_for_anything_else_is_found():
    async def get_progress(drs: Connection, job: Job) -> TextAnswer:
        """Builds a path from what it was given."""
        limits = drs.client.limits
        await drs.client.transport.get(f"/v3/{job}", {}, what="it", limits=limits)
        return TextAnswer(headline="Something was read.")

    found = breaches(target_for(get_progress), most=20)
    assert any(one.startswith("a stray request: a request to the path /v3/") for one in found)


def careless(result):
    """A tool whose results *result* changes, behind the back of what fits them."""

    class Careless(StrictTool):
        async def run(self, arguments, context, convert_result=False):
            return result(await super().run(arguments, context, convert_result))

    return Careless


def rendered(answer, text=None):
    shown = TextContent(type="text", text=text or compact(answer))
    return CallToolResult(content=[shown], structured_content=answer)


def longer(found):
    return rendered(found.structured_content | {"text": "x" * 30_000})


def differing(found):
    return rendered(found.structured_content, "Something else.")


def unlabelled(found):
    return rendered(found.structured_content | {"text": "so be it fuzz!canary"})


def unnamed(found):
    return rendered(found.structured_content | {"fresh": 1})


def mistyped(found):
    return rendered(found.structured_content | {"notes": "one"})


@pytest.mark.parametrize(
    ("result", "breach"),
    [
        (longer, "30,146 characters, where 8,000 are the budget"),
        (differing, "the text is not the structured content"),
        (unlabelled, "third-party text without a label: text"),
        (unnamed, "fields that the schema does not name: ['fresh']"),
        (mistyped, "RuntimeError at the client: Invalid structured content"),
    ],
)
def test_a_result_that_breaks_its_promises_is_found(result, breach):
    found = breaches(target_for(tool=careless(result)), most=20)
    assert any(one.startswith(breach) for one in found), found


@pytest.mark.parametrize(
    ("given", "characters"),
    [(49, 1000), (-(2**63), 1000), ("-5", 1000), (1000, 1000), ("1,500", 1500), (2000.0, 2000),
     (10**9, 30_000), (0, 8000), ("0", 8000), ("", 8000), (None, 8000), ("None", 8000)],
)  # fmt: skip
def test_the_budget_of_a_call_is_brought_to_its_bounds(given, characters):
    def found(length):
        room = length - len(compact({"headline": "x", "text": ""}))
        result = rendered({"headline": "x", "text": "x" * room})
        schema = {"properties": {"headline": {}, "text": {}}}
        return list(breaches_of(result, {"max_chars": given}, schema, "ok"))

    assert found(characters) == []
    beyond = f"{characters + 1:,} characters, where {characters:,} are the budget"
    assert found(characters + 1) == [beyond]


def test_the_edits_to_blame_are_found_among_many():
    async def get_progress(drs: Connection, job: Job) -> TextAnswer:
        """Trusts the ID to be text."""
        found = await show(drs, job, DetailQuery("progress"))
        return TextAnswer(headline="One task was read.", text=found["id"].strip())

    async def blame():
        async with target_for(get_progress).started() as target:
            cases = Cases(target, SEED)
            found = []
            for number in range(200):
                outcome = await target.run(cases.case(f"p{number}"))
                if outcome.breaches and len(outcome.edits) > 2:
                    found.append(len(await target.minimal_edits(outcome)))
            return found

    found = anyio.run(blame)
    # One edit, or two: an answer that makes the client ask again, and the one it is then given.
    assert all(1 <= edits <= 2 for edits in found)
    assert found.count(1) > found.count(2)


def test_a_case_is_the_same_whatever_came_before_it():
    def text(outcomes):
        return {
            found.case.name: (found.case.arguments, found.said, found.payloads, found.edits)
            for found in outcomes
        }

    names = [f"{kind}{number}" for kind in "pa" for number in range(15)]
    forwards = anyio.run(outcomes_of, FuzzTarget(), names)
    backwards = anyio.run(outcomes_of, FuzzTarget(), names[::-1])
    assert {name: str(found) for name, found in text(forwards).items()} == {
        name: str(found) for name, found in text(backwards).items()
    }

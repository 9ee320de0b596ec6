"""A server under attack as a fixture, with its spans collected."""

import anyio
import pytest
from mcp import Client

from tests.hostile.server_under_test import ServerUnderTest
from tests.support.log_capture import captured_log
from tests.support.spans import collected


@pytest.fixture(scope="module")
def exporter():
    with collected() as made:
        yield made


def span_text(span):
    return f"{span.name} {dict(span.attributes)} {span.status.description} {span.events}"


@pytest.fixture
def run_attack(tmp_path, exporter, record_row):
    """`run_attack(case, attack)`: run *attack* on a server, then check every record it left."""

    def run(case, attack):
        subject = ServerUnderTest(tmp_path)
        exporter.clear()

        async def attacked():
            async with Client(subject.server()) as client:
                listed = (await client.list_tools()).model_dump()["tools"]
                await attack(subject, client)
                again = await client.list_tools(cache_mode="bypass")  # else it is the client's copy
                assert again.model_dump()["tools"] == listed

        ok = "NO"
        try:
            with captured_log(subject.log):
                anyio.run(attacked)
            subject.check_requests()
            subject.spans = [span_text(span) for span in exporter.get_finished_spans()]
            subject.check_records()
            ok = "yes"
        finally:
            requests = len(subject.planter.requests)
            record_row("Hostile inputs", subject.seen.row(case, requests, ok))
        return subject

    return run

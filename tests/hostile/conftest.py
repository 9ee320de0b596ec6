"""A siege as a fixture, with the spans of the server collected."""

import anyio
import pytest
from mcp import Client

from tests.hostile.besieged import Besieged
from tests.support.listening import listened
from tests.support.spans import collected


@pytest.fixture(scope="module")
def exporter():
    with collected() as made:
        yield made


def told_of(span):
    return f"{span.name} {dict(span.attributes)} {span.status.description} {span.events}"


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
            besieged.spans = [told_of(span) for span in exporter.get_finished_spans()]
            besieged.check_records()
            ok = "yes"
        finally:
            requests = len(besieged.planter.requests)
            tell("Hostile inputs", besieged.seen.told(case, requests, ok))
        return besieged

    return run

"""Hostile text in every string field of DRS, through every tool: where it may stand, and how.

None of this needs a model: what is asserted holds for whoever reads the answer.
"""

import json
from collections import defaultdict
from functools import cache
from typing import get_type_hints

import anyio
import httpx2
import pytest
from mcp import Client

from drs_mcp.api.wire.job import TABLES, ListedJob
from drs_mcp.api.wire.types import Text
from drs_mcp.embedded import embedded_server
from drs_mcp.serving.result import RenderOptions
from tests.conftest import DrivenClock
from tests.hostile.planting import (
    KINDS,
    PAYLOADS,
    STRUCTURAL,
    Payload,
    Planter,
    PlantingPlan,
    strings,
)
from tests.hostile.server_under_test import ANSWERS, CALLS, CANARY, JOB, MOST_CHARS, ServerUnderTest

ERROR_BODY = 56
LIGHT = [payload for payload in PAYLOADS if len(payload.text) < 10_000]


def of(kind):
    return [payload for payload in PAYLOADS if payload.kind == kind]


def is_plantable(place):
    return place[-1] not in STRUCTURAL


def is_sampled(place):
    """A few of the fields: 100 kB in each would be more than a body may have."""
    return sum(map(len, place)) % 11 == 0


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=pytest.mark.costly) if kind == "long-line" else kind
        for kind in KINDS
    ],
)
def test_text_of_every_class_in_all_fields_at_once(kind, run_attack):
    payloads = of(kind)
    heavy = max(len(payload.text) for payload in payloads) > 10_000

    async def attack(subject, client):
        for number, (tool, arguments) in enumerate(CALLS.values()):
            subject.planter.plan = PlantingPlan(
                payloads,
                lambda place: is_plantable(place) and (not heavy or is_sampled(place)),
                number,
            )
            await subject.call(client, tool, arguments)
            planted.update(canary for _, canary in subject.planter.plan.planted)
        await subject.look_elsewhere(client)

    planted = set()
    seen = run_attack(kind, attack).seen
    assert seen.answers == len(CALLS)
    assert planted == {payload.canary for payload in payloads}
    assert len(seen.fields) >= (5 if heavy else 40)


def test_every_payload_in_turn_and_a_budget_as_small_as_may_be(run_attack):
    async def attack(subject, client):
        for number, (tool, arguments) in enumerate(CALLS.values()):
            for most in (1000, 2500, MOST_CHARS):
                subject.planter.plan = PlantingPlan(LIGHT, is_plantable, number * 7)
                await subject.call(client, tool, arguments | {"max_chars": most})

    assert run_attack("all classes in turn, small budgets", attack).seen.answers == 3 * len(CALLS)


@cache
def calls_by_field():
    """For each field that may be planted: the calls that meet it."""
    found = defaultdict(list)

    async def collect():
        planters = []

        def wrap_wire(wire):
            planters.append(Planter(wire, ANSWERS))
            return planters[0]

        server = embedded_server(
            RenderOptions(),
            simulator=ServerUnderTest.simulator,
            clock=DrivenClock(),
            wrap_wire=wrap_wire,
        )
        async with Client(server) as client:
            for name, (tool, arguments) in CALLS.items():
                planters[0].fields.clear()
                await client.call_tool(tool, arguments)
                for place in planters[0].fields:
                    found[place].append(name)

    anyio.run(collect)
    return found


def test_every_string_field_of_every_shape_is_met_by_some_tool():
    shapes = [shape for table, shape in TABLES.items() if table != ERROR_BODY]
    texts = {
        name
        for shape in (*shapes, ListedJob)
        for name, hint in get_type_hints(shape).items()
        if hint == Text
    }
    assert len(texts) > 100
    assert texts - {place[-1] for place in calls_by_field()} == set()


@pytest.mark.costly
def test_text_in_each_field_that_decides_what_is_read(run_attack):
    places = {place: names for place, names in calls_by_field().items() if not is_plantable(place)}

    async def attack(subject, client):
        for number, (place, names) in enumerate(sorted(places.items())):
            # Which payload and which calls: others for each field.
            chosen = {names[number % len(names)], names[number // 3 % len(names)]}
            for shift, name in enumerate(sorted(chosen)):
                payload = PAYLOADS[(number * 5 + shift) % len(PAYLOADS)]
                subject.planter.plan = PlantingPlan([payload], lambda at, place=place: at == place)
                tool, arguments = CALLS[name]
                await subject.call(client, tool, arguments)

    seen = run_attack("one deciding field at a time", attack).seen
    assert len(places) >= 70
    assert seen.answers > len(seen.errors)


def test_what_drs_says_in_an_error(run_attack):
    async def attack(subject, client):
        for number, payload in enumerate(PAYLOADS):
            status = (400, 403, 404, 500, 200)[number % 5]
            # A code in identifier form may stand in our sentences: that is what it is for.
            code = ("DRS.M00004", f"{payload.text[:200]} !", "")[number % 3]
            body = {"error_code": code, "error_msg": payload.text}
            raw = json.dumps(body).encode()
            headers = {"X-Request-Id": f"{payload.canary} for {number}"}
            subject.planter.respond = lambda _, raw=raw, status=status, headers=headers: (
                httpx2.Response(status, content=raw, headers=headers)
            )
            assert await subject.call(client, "get_progress", {"job": JOB}) is None

    seen = run_attack("errors of DRS", attack).seen
    assert len(seen.errors) == len(PAYLOADS)
    assert sum("\nDRS said: " in text for text in seen.errors) > len(PAYLOADS) / 2


def test_text_in_arguments(run_attack):
    names = ("job", "profile", "contains", "compare_task_id", "no_such_argument")

    async def attack(subject, client):
        for number, payload in enumerate(PAYLOADS):
            text = payload.text.encode("utf-8", "replace").decode()  # no client sends half of one
            name = names[number % len(names)]
            tool = "get_compare_diff" if name == "compare_task_id" else "get_logs"
            await subject.call(client, tool, {"job": "shop-mysql-sync"} | {name: text})
            await subject.call(client, "list_jobs", {"name": text})
            if len(text) < 10_000:
                await subject.call(client, "list_jobs", {text: "x"})

    seen = run_attack("arguments", attack).seen
    assert seen.answers + len(seen.errors) == 2 * len(PAYLOADS) + len(LIGHT)
    assert len(seen.errors) >= len(PAYLOADS) / 2


HARMLESS = (
    "zqxyaq 订单表(主库)的同步延迟,请检查:《手册》第三章。",
    "zqxybq “double” ‘single’ «angle» — … • § € % & @ # ~ ^ | / + = < > [x] {y} (z); a: b! c?",
    "zqxycq naïve façade Ærø Żółć Ελληνικά Русский עברית العربية हिन्दी ไทย 한국어 日本語 カタカナ",
    """zqxydq it's `so`, "doubly" and 'singly' and back\\slashed 🚀""",
)
ALTERED = {"items.data", "objects.object"}
"""Fields that leave out the marks around names."""


def test_letters_of_every_script_and_punctuation_survive_untouched(run_attack):
    written = [Payload("well", text[:6], text) for text in HARMLESS]
    shown = defaultdict(set)

    async def attack(subject, client):
        for number, (tool, arguments) in enumerate(CALLS.values()):
            subject.planter.plan = PlantingPlan(written, is_plantable, number)
            answer = await subject.call(client, tool, arguments)
            for place, text, _ in strings(answer):
                shown[".".join(place)] |= {text} if CANARY.search(text) else set()

    seen = run_attack("no attack: other scripts, punctuation", attack).seen
    assert seen.answers == len(CALLS)
    assert len(seen.fields) >= 40
    altered = {
        place
        for place, found in shown.items()
        for text in found
        if not any(whole in text or _is_cut_from(whole, text) for whole in HARMLESS)
    }
    assert altered == ALTERED


def _is_cut_from(whole, text):
    return "…" in text and all(piece.strip() in whole for piece in text.split("…"))


def test_there_are_sixty_payloads_and_more_in_every_class_asked_for():
    assert len(PAYLOADS) >= 60
    assert len({payload.canary for payload in PAYLOADS}) == len(PAYLOADS)
    assert all(CANARY.fullmatch(payload.canary) for payload in PAYLOADS)
    assert {
        "override", "fake-turn", "fence-break", "exfiltration", "escape-codes", "zero-width",
        "tag-characters", "variation-selectors", "bidi", "log-forging", "json-breakout",
        "long-line", "chinese", "lone-surrogate", "separators",
    } <= set(KINDS)  # fmt: skip
    assert max(len(payload.text) for payload in PAYLOADS) >= 100_000
    assert all(payload.canary in payload.text for payload in PAYLOADS)

"""Figures of a task over time from Cloud Eye, a second origin that only a profile opens."""

import httpx2
import pytest

from drs_mcp.api.http.endpoints import cloud_eye_endpoint
from drs_mcp.embedded import embedded_settings
from drs_mcp.errors import ArgumentError, NotPermitted, SettingsError
from drs_mcp.profiles import load_profiles
from drs_mcp.simulator import Simulator
from drs_mcp.tools.history import get_history
from tests.conftest import DrivenClock
from tests.support.tool_calls import SETTINGS, ask, connections

anyio = pytest.mark.anyio
ON = embedded_settings().model_copy(update={"cloud_eye": "true"})


def wire(drs):
    return httpx2.ASGITransport(app=drs.app)


async def trend(drs, settings=ON, job="bank-dr-standby"):
    return await ask(get_history, wire(drs), settings=settings, job=job, kind="trend")


@anyio
async def test_a_day_is_told_with_least_greatest_slope_and_ten_digits():
    found = await trend(Simulator())
    assert found["headline"].startswith("Applying lags 1,893.54 s: it grows by 0.022 s a second")
    rows = {row[0]: row for row in found["trend"]["rows"]}
    assert set(rows) == {"apply_lag_s", "read_lag_s", "cpu_pct", "disk_pct"}
    assert rows["cpu_pct"][6][0] < rows["cpu_pct"][6][-1]
    assert (found["begin"], found["end"]) == ("2026-11-19T08:00:00Z", "2026-11-20T07:55:00Z")
    assert "notes" not in found


@anyio
async def test_a_task_that_cloud_eye_does_not_know_has_no_figures():
    found = await trend(Simulator(), job="orders-paused")
    assert found["headline"] == "No point in time is told by Cloud Eye."
    assert "trend" not in found


@anyio
async def test_gaps_and_an_answer_that_begins_later_than_asked_are_told():
    drs = Simulator()
    honest = wire(drs)

    class Shifting(httpx2.AsyncBaseTransport):
        async def handle_async_request(self, request):
            answer = await honest.handle_async_request(request)
            if not request.url.path.endswith("batch-query-metric-data"):
                return answer
            body = httpx2.Response(200, content=await answer.aread()).json()
            for row in body["metrics"]:
                row["datapoints"] = row["datapoints"][100:]
            return httpx2.Response(200, json=body)

    found = await ask(get_history, Shifting(), settings=ON, job="bank-dr-standby", kind="trend")
    assert found["notes"] == [
        "Asked from 2026-11-19T08:00:00Z on: there is nothing before 2026-11-19T16:20:00Z.",
        "100 of 288 points are missing.",
    ]


@anyio
async def test_without_the_profiles_word_nothing_is_asked_of_cloud_eye():
    drs = Simulator()
    with pytest.raises(ArgumentError, match="cloud_eye = true in the profile"):
        await trend(drs, embedded_settings())
    assert all(not one.path.startswith("/V1.0") for one in drs.requests)


@anyio
async def test_who_may_not_read_it_is_told_so():
    drs = Simulator()
    drs.faults.forbid(None, on="metrics")
    with pytest.raises(NotPermitted, match="may not read Cloud Eye"):
        await trend(drs)


@anyio
async def test_credentials_go_to_drs_and_cloud_eye_of_the_region_and_nowhere_else():
    seen = set()

    def answer(request):
        seen.add((request.url.host, "X-Auth-Token" in request.headers))
        if request.url.path.endswith("/metrics"):
            return httpx2.Response(302, headers={"Location": "https://evil.example/"})
        return httpx2.Response(200, json={"jobs": [], "total_count": 0})

    settings = SETTINGS.model_copy(update={"cloud_eye": "true"})
    async with connections(httpx2.MockTransport(answer), settings, DrivenClock()) as opened:
        with pytest.raises(Exception, match="redirect"):
            await get_history(await opened.open(), "c7debc9c-8e09-4a5d-8dd6-cc44f78jb20r", "trend")
    assert seen == {("ces.cn-north-4.myhuaweicloud.com", True)}


@pytest.mark.parametrize(
    ("region", "explicit", "origin"),
    [
        ("cn-north-4", "", "https://ces.cn-north-4.myhuaweicloud.com"),
        ("cn-north-4_team", "", "https://ces.cn-north-4.myhuaweicloud.com"),
        ("nowhere-1", "", ""),
        ("cn-north-4", "https://drs.eu-de.otc.t-systems.com", ""),
        ("cn-north-4", "http://127.0.0.1:8000", "http://127.0.0.1:8000"),
    ],
)
def test_its_origin_stands_beside_that_of_drs_and_is_guessed_for_no_other_cloud(
    region, explicit, origin
):
    assert cloud_eye_endpoint(region, explicit) == origin


@pytest.mark.parametrize(
    ("line", "word"),
    [("cloud_eye = true", "true"), ('cloud_eye = "true"', "true"), ("cloud_eye = false", "false"), ("", "false")],
)  # fmt: skip
def test_a_profile_opens_it_by_its_own_word_alone(tmp_path, line, word):
    path = tmp_path / "profiles.toml"
    path.write_text(f'[profiles.a]\nregion = "cn-north-4"\ntoken = "x"\n{line}\n', "utf-8")
    environ = {"DRS_MCP_CONFIG": str(path), "DRS_MCP_CLOUD_EYE": "true"}
    assert load_profiles(environ).settings["a"].cloud_eye == word


def test_any_other_word_is_refused(tmp_path):
    path = tmp_path / "profiles.toml"
    path.write_text('[profiles.a]\nregion = "cn-north-4"\ncloud_eye = "perhaps"\n', "utf-8")
    with pytest.raises(SettingsError, match="cloud_eye"):
        load_profiles({"DRS_MCP_CONFIG": str(path)})

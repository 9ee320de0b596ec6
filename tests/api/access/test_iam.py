"""IAM: tokens for a user and password, and the project that belongs to a region."""

import re

import anyio
import httpx2
import pytest
from trio.testing import MockClock

from drs_mcp.errors import (
    BadAnswer,
    Blocked,
    DrsError,
    NotAuthenticated,
    NotPermitted,
    RequestRefused,
    ServiceFault,
    SettingsError,
    Throttled,
    TimedOut,
    Unreachable,
)
from drs_mcp.simulator import DOMAIN, PASSWORD, PROJECT_ID, REGION, Project
from drs_mcp.simulator import USER as USER_NAME
from tests.support.cloud import IAM, Cloud, settings_of, write
from tests.support.credential_cases import KEYS, OURS, PROFILE, SDK, USERS, given, ini
from tests.support.planted_secrets import WRONG_PASSWORD, WRONG_SECRET_KEY

pytestmark = pytest.mark.anyio

USER = settings_of(given(OURS, USERS), "")
WRONG = settings_of(given(OURS, (USER_NAME, WRONG_PASSWORD, DOMAIN)), "")
KEYED = settings_of(given(SDK, KEYS), "")

WITHIN = "credentials: what IAM may answer"


def answering(*answers, clock=None):
    """A cloud whose IAM gives these answers in turn, the last one for ever."""
    cloud = Cloud(clock)
    waiting = list(answers)

    def answer(_):
        found = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(found, Exception):
            raise found
        return found

    cloud.hosts[IAM] = httpx2.MockTransport(answer)
    return cloud


def iam_error(status, message="", headers=None):
    body = {"error": {"code": status, "message": message, "title": "Error"}}
    return httpx2.Response(status, json=body, headers=headers)


async def fails(cloud, settings, ask):
    with pytest.raises(DrsError) as raised:
        await ask(cloud, settings)
    return raised.value


# -- passwords ---------------------------------------------------------------------------------


async def test_a_wrong_password_is_asked_once_however_many_calls_follow_in_five_minutes(
    clock, check_secrets, record_row_once
):
    cloud = Cloud(clock)
    errors = []

    async def call(opened):
        with pytest.raises(NotAuthenticated) as raised:
            await cloud.listed(opened)
        errors.append(raised.value)

    async with cloud.connected(WRONG) as opened:
        async with anyio.create_task_group() as group:
            for _ in range(20):
                group.start_soon(call, opened)
        for _ in range(10):
            clock.forward(29)
            await call(opened)
        check_secrets(*errors)
        assert cloud.logins == 1
        assert len({str(error) for error in errors}) == 1
        record_row_once(
            WITHIN,
            {
                "asked for": "a token",
                "answer": "wrong password",
                "outcome": f"{len(errors)} calls in 5 minutes, {cloud.logins} log-in",
            },
        )
        clock.forward(11)
        await call(opened)
    assert cloud.logins == 2
    assert cloud.request_counts == "IAM 2"


async def test_a_user_who_may_not_log_in_is_told_so_and_not_tried_again(clock, ask):
    cloud = answering(iam_error(403, "The user is locked."), clock=clock)
    error = await fails(cloud, USER, ask)
    assert type(error) is NotPermitted
    assert "it may be locked or disabled. Check DRS_MCP_USER, DRS_MCP_PASSWORD and" in str(error)
    async with cloud.connected(USER) as opened:
        for _ in range(3):
            with pytest.raises(NotPermitted):
                await cloud.listed(opened)
    assert cloud.logins == 2


async def test_a_token_is_kept_and_renewed_five_minutes_before_its_end(clock, check_secrets):
    cloud = Cloud(clock)
    async with cloud.connected(USER) as opened:
        for _ in range(3):
            await cloud.listed(opened)
        clock.forward(86_400 - 301)
        await cloud.listed(opened)
        assert cloud.logins == 1
        clock.forward(1)
        await cloud.listed(opened)
        assert cloud.logins == 2
        clock.forward(7_200)
        await cloud.listed(opened)
    assert cloud.logins == 2


@pytest.mark.parametrize("project_id", ["", PROJECT_ID], ids=["looked up", "given"])
async def test_a_region_in_which_the_user_has_no_project_is_told_as_that(
    project_id, ask, record_row_once
):
    cloud = Cloud(hosts=["iam.cn-north-1.myhuaweicloud.com", "drs.cn-north-1.myhuaweicloud.com"])
    settings = settings_of({**given(OURS, USERS), "DRS_MCP_REGION": "cn-north-1"}, "")
    settings = settings.model_copy(update={"project_id": project_id})
    error = await fails(cloud, settings, ask)
    assert type(error) is RequestRefused
    assert str(error).startswith(
        "Could not get a token from IAM: this user has no project cn-north-1 to scope it to. "
        "Check DRS_MCP_REGION, and that DRS_MCP_USER, DRS_MCP_PASSWORD and DRS_MCP_DOMAIN are of "
        "that cloud. (HTTP 401"
    )
    assert cloud.logins == 1  # no page of any size would fare better
    if project_id:
        record_row_once(
            WITHIN,
            {"asked for": "a token", "answer": "no such project", "outcome": outcome_of(error)},
        )


async def test_a_password_that_iam_repeats_is_shown_nowhere(ask):
    said = f"password {PASSWORD} of {DOMAIN} is no good"
    error = await fails(answering(iam_error(400, said)), USER, ask)
    assert type(error) is RequestRefused
    assert str(error).endswith('IAM said: "password *** of demo is no good"')


# -- what else it may answer ---------------------------------------------------------------------

HTML = httpx2.Response(502, text="<html>nginx</html>")
OTHERS = [
    ("500", iam_error(500, "The server failed."), ServiceFault, "IAM itself failed. Ask again"),
    ("502, HTML", HTML, ServiceFault, "IAM itself failed. Ask again in a minute. (HTTP 502)"),
    ("503", iam_error(503), ServiceFault, "IAM itself failed. Ask again in a minute."),
    (
        "403, HTML",
        httpx2.Response(403, text="<html>Web Application Firewall</html>"),
        Blocked,
        "a firewall, proxy or gateway on the way refused the request",
    ),
    (
        "an address on a list",
        iam_error(403, "Your IP address is not in the whitelist."),
        Blocked,
        "the IP address that this request came from may not use the API",
    ),
    ("429", iam_error(429, "Too many."), Throttled, "IAM is asked too often. Wait a minute."),
    (
        "redirect",
        httpx2.Response(302, headers={"Location": "https://evil.example/"}),
        BadAnswer,
        "it answered with a redirect, which is not followed.",
    ),
    ("too large", httpx2.Response(200, content=b" " * 1_048_577), BadAnswer, "is too large."),
    ("nobody there", httpx2.ConnectError("refused"), Unreachable, f"https://{IAM} cannot be"),
    ("silence", httpx2.ReadTimeout("slow"), TimedOut, "no answer in time. Ask again in a minute."),
    ("cut off", httpx2.RemoteProtocolError("cut"), Unreachable, "(RemoteProtocolError)"),
]
PURPOSES = [("a token", USER), ("the project ID", KEYED)]


@pytest.mark.parametrize(("what", "settings"), PURPOSES, ids=["token", "project"])
@pytest.mark.parametrize(
    ("name", "answer", "kind", "message"), OTHERS, ids=[one[0] for one in OTHERS]
)
async def test_trouble_of_iam_is_told_as_iam_s(
    name, answer, kind, message, what, settings, ask, record_row_once
):
    cloud = answering(answer)
    error = await fails(cloud, settings, ask)
    assert type(error) is kind
    assert str(error).startswith(f"Could not get {what} from IAM: ")
    assert message in str(error)
    assert len(cloud.requests) == 1
    record_row_once(WITHIN, {"asked for": what, "answer": name, "outcome": outcome_of(error)})


@pytest.mark.parametrize(
    ("answer", "kind", "message"),
    [
        (httpx2.Response(201, json={"token": {}}), BadAnswer, "its answer holds none (HTTP 201)"),
        (
            httpx2.Response(200, text="<html>portal"),
            BadAnswer,
            "Check DRS_MCP_IAM_ENDPOINT and any",
        ),
        (iam_error(404, "Not Found"), RequestRefused, "it refused the request. Check DRS_MCP_USER"),
    ],
)
async def test_an_answer_without_a_token_is_told_as_that(answer, kind, message, ask):
    error = await fails(answering(answer), USER, ask)
    assert type(error) is kind
    assert message in str(error)


@pytest.mark.parametrize(
    ("answer", "kind", "message"),
    [
        (
            iam_error(403, "no right"),
            RequestRefused,
            "IAM does not tell it. Set DRS_MCP_PROJECT_ID.",
        ),
        (iam_error(404), RequestRefused, "IAM does not tell it. Set DRS_MCP_PROJECT_ID."),
        (
            httpx2.Response(200, text="<html>"),
            SettingsError,
            "IAM knows no project named cn-north-4",
        ),
        (
            httpx2.Response(200, json={"projects": [{"name": "cn-north-4"}]}),
            SettingsError,
            "Set DRS",
        ),
    ],
)
async def test_an_answer_without_a_project_says_what_to_set(answer, kind, message, ask):
    error = await fails(answering(answer), KEYED, ask)
    assert type(error) is kind
    assert message in str(error)


@pytest.mark.parametrize(
    "anyio_backend", [pytest.param(("trio", {"clock": MockClock(autojump_threshold=0)}), id="trio")]
)
async def test_an_iam_that_drips_its_answer_is_given_up_after_ten_seconds(anyio_backend, ask):
    async def drip():
        while True:
            await anyio.sleep(1)
            yield b" "

    cloud = answering(httpx2.Response(200, content=drip()))
    started = anyio.current_time()
    error = await fails(cloud, KEYED, ask)
    assert type(error) is TimedOut
    assert anyio.current_time() - started == pytest.approx(10, abs=1)


# -- projects ----------------------------------------------------------------------------------

TEAM = Project("cn-north-4_team", "5e0c0ffee0d14b5ca7a109e10d3e00b2")


@pytest.mark.parametrize("names", [(OURS, USERS), (SDK, KEYS)], ids=["user", "keys"])
async def test_a_sub_project_is_found_by_its_name_and_sent_along_with_signatures(names, ask):
    cloud = Cloud(projects=[Project("cn-north-4", PROJECT_ID), TEAM])
    settings = settings_of({**given(*names), "DRS_MCP_REGION": "cn-north-4_team"}, "")
    await ask(cloud, settings)
    listings = [one for one in cloud.simulator.requests if one.kind == "list"]
    assert len(listings) == 4
    assert {one.path for one in listings} == {f"/v5/{TEAM.id}/jobs"}
    signed = {TEAM.id} if names == (SDK, KEYS) else {None}
    assert {one.headers.get("x-project-id") for one in listings} == signed


@pytest.mark.parametrize(
    ("projects", "message"),
    [
        ([], "IAM knows no project named cn-north-4 for these credentials. "),
        ([TEAM], "IAM knows no project named cn-north-4 for these credentials. "),
        (
            [Project("cn-north-4", PROJECT_ID), Project("cn-north-4", TEAM.id)],
            "IAM knows 2 projects named cn-north-4 for these credentials. ",
        ),
    ],
    ids=["none", "another", "two"],
)
async def test_a_project_that_cannot_be_chosen_says_what_to_set(
    projects, message, ask, record_row_once
):
    error = await fails(Cloud(projects=projects), KEYED, ask)
    assert type(error) is SettingsError
    assert str(error) == f"{message}Set DRS_MCP_PROJECT_ID, or check DRS_MCP_REGION."
    answer = f"{len(projects)} projects, {message.split()[2]} of that name"
    record_row_once(
        WITHIN, {"asked for": "the project ID", "answer": answer, "outcome": str(error)}
    )


async def test_the_project_is_looked_up_once(check_secrets):
    cloud = Cloud()
    async with cloud.connected(KEYED) as opened:
        for _ in range(3):
            await cloud.listed(opened)
    assert cloud.request_counts == "IAM 1, DRS 12"


async def test_a_token_of_another_project_is_told_as_a_wrong_project(ask):
    cloud = Cloud(projects=[Project("cn-north-4", PROJECT_ID), TEAM])
    settings = USER.model_copy(update={"project_id": TEAM.id})
    error = await fails(cloud, settings, ask)
    assert type(error) is NotPermitted
    assert "Check DRS_MCP_PROJECT_ID and DRS_MCP_REGION." in str(error)


async def test_keys_that_iam_refuses_are_read_again_once(tmp_path, check_secrets):
    write(tmp_path, PROFILE, ini(KEYS[0], WRONG_SECRET_KEY))
    cloud = Cloud()
    async with cloud.connected(settings_of({}, tmp_path)) as opened:
        with pytest.raises(NotAuthenticated, match=r"of ~/\.huaweicloud/credentials were"):
            await cloud.listed(opened)
        write(tmp_path, PROFILE, ini(*KEYS))
        await cloud.listed(opened)
    assert cloud.request_counts == "IAM 3, DRS 4"


def outcome_of(error):
    text = re.sub(r" \(HTTP.*", "", str(error), flags=re.DOTALL)
    return f"{type(error).__name__}: {text.partition(': ')[2] or text}"[:110]


# -- a project by its name ---------------------------------------------------------------------


def with_team():
    """A cloud that has the region's project and a sub-project."""
    return Cloud(projects=[Project(REGION, PROJECT_ID), TEAM])


@pytest.mark.parametrize(
    "family", [given(SDK, KEYS), given(OURS, USERS)], ids=["keys", "user and password"]
)
async def test_the_project_that_is_named_is_read_and_no_other(family):
    cloud = with_team()
    settings = settings_of({**family, "OS_PROJECT_NAME": f"{REGION}_team"}, "")
    async with cloud.connected(settings) as opened:
        assert (await opened.open()).project_id == TEAM.id


async def test_a_named_project_that_iam_does_not_know_is_told_and_no_other_is_read():
    cloud = with_team()
    settings = settings_of({**given(SDK, KEYS), "OS_PROJECT_NAME": f"{REGION}_gone"}, "")
    error = await fails(cloud, settings, opened_by)
    assert isinstance(error, SettingsError)
    assert f"no project named {REGION}_gone" in str(error)
    assert "check OS_PROJECT_NAME" in str(error)
    assert all(path == "/v3/projects" for _, _, path in cloud.requests)


async def test_a_projects_id_goes_before_its_name():
    cloud = with_team()
    environ = {"DRS_MCP_PROJECT_ID": PROJECT_ID, "OS_PROJECT_NAME": "elsewhere"}
    async with cloud.connected(settings_of({**given(SDK, KEYS), **environ}, "")) as opened:
        assert (await opened.open()).project_id == PROJECT_ID
    assert cloud.requests == []


async def opened_by(cloud, settings):
    async with cloud.connected(settings) as opened:
        await opened.open()

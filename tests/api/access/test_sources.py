"""Each source of credentials end to end against the embedded cloud: working, wrong, by half."""

import re

import pytest

from drs_mcp.errors import DrsError
from drs_mcp.simulator import DOMAIN, PASSWORD, PROJECT_ID, TOKEN, USER
from tests.support.cloud import Cloud, settings_of, write
from tests.support.credential_cases import (
    HOME,
    HW,
    HW_USER,
    KEYS,
    KOOCLI,
    OURS,
    PROFILE,
    SDK,
    USERS,
    WORKING,
    given,
    ini,
    koocli,
)
from tests.support.credential_failures import FAILING
from tests.support.planted_secrets import WRONG_ACCESS_KEY, WRONG_SECRET_KEY, WRONG_TOKEN

pytestmark = pytest.mark.anyio

WITHIN = "credentials: each source, end to end"


def laid_out(case, home):
    """The cloud and the settings of a case."""
    for name, text in case.files.items():
        write(home, name, text)
    cloud = Cloud(**case.cloud)
    case.prepare(cloud)
    environ = {name: value.replace(HOME, str(home)) for name, value in case.environ.items()}
    return cloud, environ


@pytest.mark.parametrize("case", WORKING, ids=str)
async def test_a_source_works_with_nothing_but_a_region_beside_it(
    case, tmp_path, ask, record_row_once
):
    cloud, environ = laid_out(case, tmp_path)
    answer = await ask(cloud, settings_of(environ, tmp_path))
    assert answer.jobs.total == 1
    assert answer.headline.startswith("1 task")
    record_row_once(
        WITHIN,
        {
            "source": case.source,
            "variant": case.variant,
            "asked": cloud.request_counts,
            "outcome": "works",
        },
    )


@pytest.mark.parametrize("case", FAILING, ids=str)
async def test_one_that_cannot_work_gives_one_clear_error(case, tmp_path, ask, record_row_once):
    cloud, environ = laid_out(case, tmp_path)
    environ["DRS_MCP_PROJECT_ID"] = PROJECT_ID
    with pytest.raises(DrsError) as raised:
        await ask(cloud, settings_of(environ, tmp_path))
    text = re.sub(r", request [0-9a-f]{32}", "", str(raised.value))
    assert text == case.says
    record_row_once(
        WITHIN,
        {
            "source": case.source,
            "variant": case.variant,
            "asked": cloud.request_counts or "nobody",
            "outcome": shortened(raised.value),
        },
    )


def shortened(error):
    """The kind of an error and as much of what it says as a line of a table holds."""
    said = (
        str(error).partition("\n")[0].removeprefix("Could not read the task list in cn-north-4: ")
    )
    return f"{type(error).__name__}: {said[:90]}{'…' * (len(said) > 90)}"


ORDER = [
    ("DRS_MCP_TOKEN", {"DRS_MCP_TOKEN": TOKEN}, {}),
    ("DRS_MCP_TOKEN_FILE", {"DRS_MCP_TOKEN_FILE": f"{HOME}/t"}, {"t": TOKEN}),
    ("HUAWEICLOUD_SDK_AK", given(SDK, KEYS), {}),
    ("HW_ACCESS_KEY", given(HW, KEYS), {}),
    ("IAM user and password", given(OURS, USERS), {}),
    ("IAM user and password", given(HW_USER, USERS), {}),
    (
        "the file of HUAWEICLOUD_SDK_CREDENTIALS_FILE",
        {"HUAWEICLOUD_SDK_CREDENTIALS_FILE": f"{HOME}/mine"},
        {"mine": ini(*KEYS)},
    ),
    ("~/.huaweicloud/credentials", {}, {PROFILE: ini(*KEYS)}),
    ("KooCLI's ~/.hcloud/config.json", {}, {KOOCLI: koocli(*KEYS)}),
    ("the ECS agency", {}, {}),
]


@pytest.mark.parametrize("first", range(len(ORDER)), ids=[name for name, _, _ in ORDER])
async def test_the_first_source_given_is_the_one_used(first, tmp_path, check_secrets):
    environ = {}
    for _, variables, files in ORDER[first:]:
        environ |= {name: value.replace(HOME, str(tmp_path)) for name, value in variables.items()}
        for name, text in files.items():
            write(tmp_path, name, text)
    cloud = Cloud(ecs={})
    async with cloud.connected(settings_of(environ, tmp_path)) as opened:
        await cloud.listed(opened)
        (profile,) = opened._profiles.values()
    assert profile.credentials.source.name == ORDER[first][0]
    assert ("ECS" in cloud.request_counts) == (first == len(ORDER) - 1)
    assert (cloud.logins > 0) == (ORDER[first][0] == "IAM user and password")


async def test_a_wrong_source_is_an_error_even_when_a_good_one_follows(tmp_path, ask):
    write(tmp_path, PROFILE, ini(*KEYS))
    environ = {"DRS_MCP_TOKEN": WRONG_TOKEN, **given(SDK, KEYS)}
    with pytest.raises(DrsError, match="DRS_MCP_TOKEN were refused"):
        await ask(Cloud(ecs={}), settings_of(environ, tmp_path))
    environ = given(SDK, (WRONG_ACCESS_KEY, WRONG_SECRET_KEY))
    with pytest.raises(DrsError, match="HUAWEICLOUD_SDK_AK were refused"):
        await ask(Cloud(ecs={}), settings_of(environ, tmp_path))


OTHER = "drs.cloud.example"
OTHERS_IAM = "iam.cloud.example"


@pytest.mark.parametrize(
    "environ",
    [{"DRS_MCP_TOKEN": TOKEN}, given(SDK, KEYS), given(OURS, USERS)],
    ids=["token", "keys", "user"],
)
async def test_another_cloud_s_credentials_never_go_to_huawei_s_iam(environ, tmp_path, ask):
    cloud = Cloud(hosts=[OTHER, OTHERS_IAM])
    settings = settings_of({**environ, "DRS_MCP_ENDPOINT": f"https://{OTHER}"}, tmp_path)
    with pytest.raises(DrsError) as raised:
        await ask(cloud, settings)
    assert str(raised.value) == (
        "DRS_MCP_ENDPOINT is of another cloud: set DRS_MCP_IAM_ENDPOINT to its IAM, or give "
        "DRS_MCP_PROJECT_ID and a token or keys, which need none."
    )
    assert cloud.requests == []


async def test_another_cloud_with_its_own_iam_works_and_is_all_that_is_asked(tmp_path, ask):
    for environ in ({"DRS_MCP_TOKEN": TOKEN}, given(SDK, KEYS), given(OURS, USERS)):
        cloud = Cloud(hosts=[OTHER, OTHERS_IAM])
        own = {
            "DRS_MCP_ENDPOINT": f"https://{OTHER}",
            "DRS_MCP_IAM_ENDPOINT": f"https://{OTHERS_IAM}/v3",
        }
        await ask(cloud, settings_of({**environ, **own}, tmp_path))
        assert {host for host, _, _ in cloud.requests} == {OTHER, OTHERS_IAM}


async def test_another_cloud_needs_no_iam_when_the_project_and_keys_are_given(tmp_path, ask):
    cloud = Cloud(hosts=[OTHER])
    environ = {"DRS_MCP_ENDPOINT": f"https://{OTHER}", "DRS_MCP_PROJECT_ID": PROJECT_ID}
    await ask(cloud, settings_of({**environ, **given(SDK, KEYS)}, tmp_path))
    assert {host for host, _, _ in cloud.requests} == {OTHER}


async def test_a_metadata_endpoint_of_a_foreign_network_is_refused(tmp_path, ask):
    environ = {"DRS_MCP_METADATA_ENDPOINT": "http://metadata.example"}
    with pytest.raises(DrsError, match="DRS_MCP_METADATA_ENDPOINT uses http, which is allowed on"):
        await ask(Cloud(ecs={}), settings_of(environ, tmp_path))


async def test_a_user_without_a_home_has_no_files(monkeypatch, ask, tmp_path):
    # A container may run as a user whom nobody knows, without HOME.
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("pathlib.Path.home", nobody)
    cloud = Cloud(ecs={})
    await ask(cloud, settings_of({}, ""))
    assert cloud.request_counts.startswith("ECS 2")


def nobody():
    raise RuntimeError("Could not determine home directory.")


def test_the_account_s_credentials_are_the_embedded_ones():
    assert USERS == (USER, PASSWORD, DOMAIN)

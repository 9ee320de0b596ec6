"""Several profiles in one file: read, told apart in every answer, swept side by side."""

import os
import sys

import httpx2
import pytest

from drs_mcp.api.connections import Connections
from drs_mcp.errors import ArgumentError, SettingsError
from drs_mcp.profiles import load_profiles
from drs_mcp.serving.result import RenderOptions, receipt, result
from drs_mcp.simulator import ACCESS_KEY, PROJECT_ID, SECRET_KEY, TOKEN, Simulator
from drs_mcp.tools.jobs import list_jobs
from tests.conftest import DrivenClock

pytestmark = pytest.mark.anyio

TWO = f"""
default = "prod"

[profiles.lab]
region = "cn-north-4"
endpoint = "http://localhost"
iam_endpoint = "http://localhost"
access_key_env = "LAB_AK"
secret_key_file = "SECRET_FILE"

[profiles.prod]
region = "cn-north-4"
project_id = "{PROJECT_ID}"
endpoint = "http://localhost"
token = "{TOKEN}"
"""


@pytest.fixture
def environ(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text(SECRET_KEY + "\n", "utf-8")

    def made(toml, **more):
        file = tmp_path / "drs.toml"
        file.write_text(toml.replace("SECRET_FILE", secret.as_posix()), "utf-8")
        return {"DRS_MCP_CONFIG": str(file), "LAB_AK": ACCESS_KEY, **more}

    return made


def connections(profiles, wire):
    return Connections(profiles.settings, DrivenClock(), lambda: wire, default=profiles.default)


def test_without_a_file_the_environment_is_the_only_profile():
    found = load_profiles({"DRS_MCP_REGION": "cn-north-4"})
    assert list(found.settings) == [found.default] == ["default"]
    assert found.settings["default"].region == "cn-north-4"


def test_a_file_names_profiles_whose_secrets_come_from_variables_and_files(environ):
    found = load_profiles(environ(TWO))
    assert found.default == "prod"
    lab = found.settings["lab"]
    assert lab.access_key == ACCESS_KEY
    assert lab.secret_key.get_secret_value() == SECRET_KEY
    assert lab.label("access_key") == "DRS_MCP_CONFIG profile lab: access_key_env"


def test_a_profile_without_credentials_has_those_of_the_environment(environ):
    given = environ(
        '[profiles.a]\nregion = "cn-north-4"\n',
        HUAWEICLOUD_SDK_AK="AKPLANTED",
        HUAWEICLOUD_SDK_SK="SKPLANTED",
    )
    found = load_profiles(given).settings["a"]
    assert found.access_key == "AKPLANTED"
    assert found.label("access_key") == "HUAWEICLOUD_SDK_AK"


@pytest.mark.parametrize(
    ("toml", "answer_"),
    [
        ("", "has no [profiles.NAME]"),
        ("= planted-secret", "is not TOML"),
        ("[profiles.a]\nregoin = 'planted-secret'", "profile a: regoin is not known"),
        ("[profiles.a]\nregion = 5", "profile a: region must be text"),
        ("[profiles.a]\nregion = 'planted-secret!'", "profile a: region must be a region ID"),
        ("[profiles.a]\naccess_key_env = 'NOT_SET'", "access_key_env names a variable that is not"),
        ("[profiles.a]\nsecret_key_file = '/nowhere/x'", "the file of secret_key_file cannot be"),
        ("[profiles.a]\ntoken = 'a'\ntoken_env = 'LAB_AK'", "token is given twice"),
        ("profiles = 3", "has no [profiles.NAME]"),
        ("[profiles]\na = 3", "profile a: it must be a table"),
        ("[profiles.'a b']\nregion = 'cn-north-4'", "letters, digits"),
        (
            "default = 'b'\n[profiles.a]\nregion = 'cn-north-4'",
            "default names no profile. Known: a",
        ),
        ("colour = 'red'\n[profiles.a]\nregion = 'cn-north-4'", "colour is not known"),
    ],
)
def test_what_is_wrong_in_the_file_is_told_by_its_place_and_never_by_its_value(
    environ, toml, answer_
):
    with pytest.raises(SettingsError) as raised:
        load_profiles(environ(toml))
    assert answer_ in str(raised.value)
    assert "planted-secret" not in str(raised.value)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(SettingsError, match="the file cannot be read"):
        load_profiles({"DRS_MCP_CONFIG": str(tmp_path / "nothing.toml")})


def test_no_representation_shows_a_secret(environ):
    found = load_profiles(environ(TWO))
    for secret in (TOKEN, SECRET_KEY, ACCESS_KEY):
        assert secret not in repr(found)


async def test_an_unknown_profile_is_an_error_that_lists_the_known_ones(environ):
    wire = httpx2.ASGITransport(app=Simulator().app)
    async with connections(load_profiles(environ(TWO)), wire) as opened:
        with pytest.raises(ArgumentError, match=r"Known profiles: lab, prod\."):
            await opened.open("nowhere")


async def test_each_profile_answers_and_its_receipt_says_which_it_was(environ):
    simulator = Simulator()
    wire = httpx2.ASGITransport(app=simulator.app)
    async with connections(load_profiles(environ(TWO)), wire) as opened:
        for name in ("", "lab"):
            drs = await opened.open(name)
            answer = await list_jobs(drs)
            answer_ = result(answer, receipt(drs, opened.clock), RenderOptions()).structured_content
            assert answer_["receipt"]["profile"] == (name or "prod")
            assert answer_["receipt"]["project"] == PROJECT_ID[:8]
    assert [request.kind for request in simulator.requests].count("projects") == 1


async def test_all_profiles_are_swept_and_one_that_fails_is_named(environ):
    broken = TWO + '\n[profiles.old]\nregion = "cn-north-4"\nendpoint = "http://localhost"\n'
    broken += f'project_id = "{PROJECT_ID}"\ntoken = "outdated"\n'
    wire = httpx2.ASGITransport(app=Simulator().app)
    async with connections(load_profiles(environ(broken)), wire) as opened:
        drs = await opened.open()
        answer = await list_jobs(drs, all_profiles=True)
        alone = await list_jobs(drs)
    tasks = sum(alone.by_state.values())
    assert answer.by_profile == {"lab": tasks, "prod": tasks}
    assert sum(answer.by_state.values()) == 2 * tasks
    assert answer.notes == ["Profile old could not be read (NotAuthenticated)."]
    assert answer.next[0].args["profile"] in ("lab", "prod")
    assert "outdated" not in answer.model_dump_json()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes there")
def test_neither_the_file_nor_one_that_it_names_may_be_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    named = tmp_path / "config.toml"
    named.write_text(f"[profiles.a]\nsecret_key_file = '{tmp_path / 'pipe'}'\n", "utf-8")
    for path, place in ((tmp_path / "pipe", "the file"), (named, "the file of secret_key_file")):
        with pytest.raises(SettingsError, match=f"{place} cannot be read") as found:
            load_profiles({"DRS_MCP_CONFIG": str(path)})
        assert str(tmp_path) not in str(found.value)

import pytest

from drs_mcp.errors import SettingsError
from drs_mcp.settings import from_environment, require

GIVEN = {
    "DRS_MCP_REGION": "cn-north-4",
    "DRS_MCP_PROJECT_ID": "054ba152d480d55b2f5dc0069e7ddef0",
    "DRS_MCP_TOKEN": "MIIplanted",
}


def test_settings_come_from_the_environment():
    settings = from_environment({**GIVEN, "DRS_MCP_MAX_CHARS": "5000", "DRS_MCP_STRUCTURED": "off"})
    assert settings.region == "cn-north-4"
    assert settings.token.get_secret_value() == "MIIplanted"
    assert (settings.max_chars, settings.structured, settings.language) == (5000, "off", "en-us")


def test_the_vendors_variable_serves_where_ours_is_not_set():
    given = {"HUAWEICLOUD_SDK_PROJECT_ID": "abc"}
    assert from_environment(given).project_id == "abc"
    assert from_environment({**given, "DRS_MCP_PROJECT_ID": "def"}).project_id == "def"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DRS_MCP_REGION", "../x"),
        ("DRS_MCP_PROJECT_ID", "a/b"),
        ("DRS_MCP_MAX_CHARS", "999"),
        ("DRS_MCP_MAX_CHARS", "many"),
        ("DRS_MCP_LANGUAGE", "fr"),
        ("DRS_MCP_STRUCTURED", "maybe"),
    ],
)
def test_a_value_that_cannot_be_used_names_its_variable_and_never_repeats_the_value(name, value):
    with pytest.raises(SettingsError) as raised:
        from_environment({**GIVEN, name: value})
    assert name in str(raised.value)
    assert value not in str(raised.value).replace("a number from 1000 to 30000", "")
    assert "MIIplanted" not in str(raised.value)


def test_what_is_missing_is_named_with_the_way_out():
    settings = from_environment({"DRS_MCP_REGION": "cn-north-4"})
    with pytest.raises(SettingsError) as raised:
        require(settings, "region", "project_id", "token")
    message = str(raised.value)
    assert "DRS_MCP_PROJECT_ID" in message
    assert "DRS_MCP_TOKEN" in message
    assert "DRS_MCP_REGION" not in message
    assert "--demo" in message


def test_no_representation_shows_the_token():
    settings = from_environment(GIVEN)
    assert "MIIplanted" not in f"{settings!r}{settings}"
    assert "MIIplanted" not in settings.model_dump_json()

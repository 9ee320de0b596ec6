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


@pytest.mark.parametrize(
    ("given", "region"),
    [
        ("CN-NORTH-4", "cn-north-4"),
        ("Eu-De", "eu-de"),
        ("AP-Southeast-1_Team_B", "ap-southeast-1_Team_B"),
    ],
)
def test_a_region_may_be_in_capitals_and_its_sub_project_keeps_its_letters(given, region):
    assert from_environment({"DRS_MCP_REGION": given}).region == region


def test_words_may_be_in_capitals():
    given = {
        "DRS_MCP_LANGUAGE": "ZH-CN",
        "DRS_MCP_STRUCTURED": "Off",
        "DRS_MCP_ALLOW_PRIVATE": "ON",
    }
    read = from_environment(given)
    assert (read.language, read.structured, read.allow_private) == ("zh-cn", "off", "on")


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("HUAWEICLOUD_SDK_AK", "${HUAWEICLOUD_SDK_AK}"),
        ("HW_SECRET_KEY", "${env:SECRET}"),
        ("OS_PASSWORD", "$(OS_PASSWORD)"),
        ("DRS_MCP_TOKEN", "%DRS_MCP_TOKEN%"),
        ("DRS_MCP_TOKEN", "{{ token }}"),
        ("DRS_MCP_TOKEN", "${{ secrets.DRS_TOKEN }}"),
        ("DRS_MCP_TOKEN", "${user_config.token}"),
        ("HUAWEI_ACCESS_KEY", "<your-ak>"),
        ("HUAWEI_SECRET_KEY", "<YOUR SECRET KEY>"),
        ("DRS_MCP_PROJECT_ID", "${input:project}"),
        ("DRS_MCP_ENDPOINT", "https://drs.${REGION}.example.com"),
        ("DRS_MCP_TOKEN_FILE", "${workspaceFolder}/token"),
        ("DRS_MCP_USER", "$env:DRS_USER"),
        ("DRS_MCP_TOKEN", "$DRS_TOKEN"),
        ("HUAWEI_ACCESS_KEY", "YOUR_ACCESS_KEY"),
        ("HUAWEI_SECRET_KEY", "your-secret-key-here"),
    ],
)
def test_a_placeholder_that_the_host_left_is_told_by_the_name_of_its_variable(name, left):
    with pytest.raises(SettingsError) as raised:
        from_environment({"DRS_MCP_REGION": "cn-north-4", name: left})
    assert str(raised.value).startswith(f"{name} holds a placeholder")
    assert left not in str(raised.value)


@pytest.mark.parametrize(
    "password",
    [
        "a${b",
        "pa$$word%1",
        "100%sure%",
        "<3!<3!",
        "$ecret",
        "{x}",
        "50%",
        "x{{y}}z",
        "<1Ab>",
        "$Ecret1",
        "your_dog",
    ],
)
def test_a_password_with_such_signs_is_a_password(password):
    given = {"DRS_MCP_USER": "me", "DRS_MCP_PASSWORD": password, "DRS_MCP_DOMAIN": "us"}
    assert from_environment(given).password.get_secret_value() == password


def test_a_megabyte_of_half_a_placeholder_is_read_at_once():
    for left in ("${" * 500_000, "%" + "a" * 1_000_000, "<" + "a " * 500_000, "{{" * 500_000):
        assert from_environment({"DRS_MCP_TOKEN": left}).token.get_secret_value() == left.strip()


def test_an_openrc_file_names_the_domain_in_either_way():
    user = {"OS_USERNAME": "svc", "OS_PASSWORD": "p"}
    written = from_environment({**user, "OS_USER_DOMAIN_NAME": "OTC-EU-DE-1", "OS_AUTH_URL": "x"})
    assert (written.domain, written.label("domain")) == ("OTC-EU-DE-1", "OS_USER_DOMAIN_NAME")
    both = {**user, "OS_DOMAIN_NAME": "ACME", "OS_USER_DOMAIN_NAME": "OTHER"}
    assert from_environment(both).domain == "ACME"


def test_a_domain_of_one_family_does_not_serve_the_user_of_another():
    given = {"HW_USER_NAME": "svc", "HW_USER_PASSWORD": "p", "OS_USER_DOMAIN_NAME": "ACME"}
    assert from_environment(given).domain == ""


def test_half_of_an_openrc_file_is_told_by_its_own_names():
    read = from_environment({"OS_USER_DOMAIN_NAME": "ACME", "OS_USERNAME": "svc"})
    assert read.label_beside("password", "domain") == "OS_PASSWORD"


def test_the_vendors_other_servers_keys_are_a_family_of_their_own():
    read = from_environment({"HUAWEI_ACCESS_KEY": "AKAK", "HUAWEI_SECRET_KEY": "sksk"})
    assert (read.access_key, read.secret_key.get_secret_value()) == ("AKAK", "sksk")
    mixed = from_environment({"HUAWEI_ACCESS_KEY": "AKAK", "HW_SECRET_KEY": "sksk"})
    assert not (mixed.given("access_key") and mixed.given("secret_key"))


def test_the_keys_of_the_vendors_samples_are_a_family_of_their_own():
    read = from_environment({"CLOUD_SDK_AK": "AKAK", "CLOUD_SDK_SK": "sksk"})
    assert (read.access_key, read.secret_key.get_secret_value()) == ("AKAK", "sksk")
    mixed = from_environment({"CLOUD_SDK_AK": "AKAK", "HUAWEICLOUD_SDK_SK": "sksk"})
    assert not (mixed.given("access_key") and mixed.given("secret_key"))
    half = from_environment({"CLOUD_SDK_AK": "AKAK"})
    assert half.label_beside("secret_key", "access_key") == "CLOUD_SDK_SK"


@pytest.mark.parametrize("variable", ["HW_AUTH_TOKEN", "OS_AUTH_TOKEN"])
def test_the_token_of_terraform_is_taken_unless_one_is_given_to_this_server(variable):
    read = from_environment({variable: "MIItheirs"})
    assert (read.token.get_secret_value(), read.label("token")) == ("MIItheirs", variable)
    both = from_environment({variable: "MIItheirs", "DRS_MCP_TOKEN": "MIIours"})
    assert both.token.get_secret_value() == "MIIours"
    assert "MIItheirs" in read.secrets
    assert "MIItheirs" not in repr(read)


@pytest.mark.parametrize(
    ("beside", "left"),
    [
        ({"HUAWEICLOUD_SDK_AK": "AKAK", "HUAWEICLOUD_SDK_SK": "sksk"}, False),
        ({"OS_USERNAME": "svc", "OS_PASSWORD": "p", "OS_DOMAIN_NAME": "ACME"}, False),
        ({"DRS_MCP_TOKEN_FILE": "/run/token"}, False),
        ({"HUAWEICLOUD_SDK_AK": "AKAK"}, True),
        ({"OS_USERNAME": "svc"}, True),
    ],
)
def test_a_token_for_other_programs_does_not_hide_credentials_that_outlast_it(beside, left):
    assert from_environment({"OS_AUTH_TOKEN": "MIIold", **beside}).given("token") == left
    assert from_environment({"DRS_MCP_TOKEN": "MIIours", **beside}).given("token")


def test_the_project_is_the_one_that_is_named_else_the_regions():
    region = {"OS_REGION_NAME": "eu-de"}
    assert from_environment(region).project == "eu-de"
    assert from_environment({**region, "OS_PROJECT_NAME": "eu-de_team"}).project == "eu-de_team"
    assert from_environment({**region, "OS_TENANT_NAME": "eu-de_b"}).project == "eu-de_b"
    assert from_environment({"DRS_MCP_REGION": "eu-de_team"}).project == "eu-de_team"


def test_two_projects_that_are_named_are_refused_by_the_names_of_both_variables():
    read = from_environment({"DRS_MCP_REGION": "eu-de_a", "OS_PROJECT_NAME": "eu-de_b"})
    with pytest.raises(SettingsError, match="DRS_MCP_REGION and OS_PROJECT_NAME name two projects"):
        _ = read.project

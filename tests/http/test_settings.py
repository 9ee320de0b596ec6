"""What the HTTP server is told, and what it refuses to start with."""

import socket
from pathlib import Path

import pytest

from drs_mcp.errors import SettingsError
from drs_mcp.http.address import Address, address_of
from drs_mcp.http.serve import greeting, max_shutdown_s
from drs_mcp.http.settings import MEANING, HttpSettings, check_exposure, http_settings, variable
from tests.http.conftest import ALICE

OAUTH = {"OAUTH_ISSUER": "https://id.example.com", "PUBLIC_URL": "https://drs.example.com/mcp"}


def settings(**environ):
    return http_settings({f"DRS_MCP_HTTP_{name}": value for name, value in environ.items()})


def refused(**environ):
    with pytest.raises(SettingsError) as raised:
        settings(**environ)
    return str(raised.value)


def test_without_any_setting_only_names_of_loopback_are_answered():
    found = settings()
    assert found == HttpSettings()
    assert not found.authenticates
    assert found.transport_security.enable_dns_rebinding_protection
    assert found.transport_security.allowed_hosts == [
        *("127.0.0.1", "127.0.0.1:*"),
        *("localhost", "localhost:*"),
        *("[::1]", "[::1]:*"),
    ]
    assert found.transport_security.allowed_origins == [
        *("http://127.0.0.1", "http://127.0.0.1:*"),
        *("http://localhost", "http://localhost:*"),
        *("http://[::1]", "http://[::1]:*"),
    ]


def test_listed_hosts_take_the_place_of_loopback():
    found = settings(ALLOWED_HOSTS="drs.example.com, drs.internal:8000 [fd00::1]:*")
    assert found.transport_security.allowed_hosts == [
        *("drs.example.com", "drs.example.com:*"),
        "drs.internal:8000",
        "[fd00::1]:*",
    ]


def test_names_are_kept_in_small_letters_as_clients_send_them():
    found = settings(ALLOWED_HOSTS="DRS.Example.com", ALLOWED_ORIGINS="https://Tools.Example.com")
    assert found.transport_security.allowed_hosts == ["drs.example.com", "drs.example.com:*"]
    assert found.transport_security.allowed_origins == ["https://tools.example.com"]


def test_the_public_url_is_a_name_of_the_server():
    hosts = settings(**OAUTH).transport_security.allowed_hosts
    assert {"localhost:*", "drs.example.com", "drs.example.com:*"} <= set(hosts)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "drs.example.com,*.example.com"),
        ("ALLOWED_HOSTS", "https://drs.example.com"),
        ("ALLOWED_HOSTS", "drs.example.com/mcp"),
        ("ALLOWED_ORIGINS", "*"),
        ("ALLOWED_ORIGINS", "null"),
        ("ALLOWED_ORIGINS", "tools.example.com"),
        ("ALLOWED_ORIGINS", "https://tools.example.com/"),
        ("PUBLIC_URL", "ftp://drs.example.com"),
        ("PUBLIC_URL", "http://drs.example.com/mcp"),
        ("PUBLIC_URL", "https://user:secret-pass@drs.example.com/mcp"),
        ("PUBLIC_URL", "https:///mcp"),
        ("PUBLIC_URL", "https://drs.example.com/mcp?x=1"),
        ("RATE", "0"),
        ("RATE", "many"),
        ("BURST", "-1"),
        ("CONCURRENCY", "0"),
        ("CALLER_CONCURRENCY", "none"),
        ("MAX_BODY", "10"),
        ("BODY_TIMEOUT_S", "3600"),
        ("DRAIN_S", "10"),
        ("LINGER_S", "nan"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_without_its_value(name, value):
    message = refused(**{name: value})
    assert f"DRS_MCP_HTTP_{name}" in message
    assert value == "*" or value not in message.replace(MEANING[name.lower()], "")
    assert "secret-pass" not in message


@pytest.mark.parametrize("name", ["OAUTH_ISSUER", "OAUTH_JWKS_URL"])
@pytest.mark.parametrize("value", ["http://id.example.com", "https://id.example.com/#x"])
def test_the_issuer_is_asked_over_https_only(name, value):
    assert f"DRS_MCP_HTTP_{name}" in refused(**{**OAUTH, name: value})


def test_an_issuer_on_loopback_may_use_http():
    assert settings(**{**OAUTH, "OAUTH_ISSUER": "http://127.0.0.1:9000/realms/x"}).authenticates


def test_tokens_never_show():
    found = settings(TOKENS=f"alice:{ALICE}")
    assert ALICE not in repr(found) + str(found)


def test_there_is_one_way_to_authenticate():
    message = refused(**OAUTH, TOKENS=f"alice:{ALICE}")
    assert "DRS_MCP_HTTP_TOKENS and DRS_MCP_HTTP_OAUTH_ISSUER" in message
    assert ALICE not in message
    assert "TOKENS_FILE" in refused(TOKENS=f"alice:{ALICE}", TOKENS_FILE="/tokens")


def test_half_of_oauth_is_refused():
    assert "DRS_MCP_HTTP_PUBLIC_URL is not set" in refused(OAUTH_ISSUER="https://id.example.com")
    assert "DRS_MCP_HTTP_OAUTH_SCOPES without" in refused(OAUTH_SCOPES="drs:read")


def test_off_loopback_it_must_authenticate():
    with pytest.raises(SettingsError, match="DRS_MCP_HTTP_TOKENS_FILE"):
        check_exposure(settings(), loopback=False)
    check_exposure(settings(), loopback=True)
    check_exposure(settings(TOKENS=f"alice:{ALICE}"), loopback=False)
    check_exposure(settings(**OAUTH), loopback=False)


@pytest.mark.parametrize(
    ("text", "loopback"),
    [
        ("127.0.0.1:8000", True),
        ("127.8.9.1:8000", True),
        ("localhost:0", True),
        ("[::1]:8000", True),
        ("0.0.0.0:8000", False),
        ("[::]:8000", False),
        ("10.0.0.5:8000", False),
    ],
)
def test_an_address_knows_whether_others_can_reach_it(text, loopback):
    assert address_of(text).loopback is loopback


@pytest.mark.parametrize("text", ["", "8000", ":8000", "127.0.0.1", "::1:8000", "h:99999", "a b:1"])
def test_what_is_no_address_is_refused_with_an_example(text):
    with pytest.raises(SettingsError, match=r"127\.0\.0\.1:8000"):
        address_of(text)


def test_an_address_that_is_taken_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = Address(socket.AF_INET, "127.0.0.1", taken.getsockname()[1])
        with pytest.raises(SettingsError, match="cannot listen"):
            address.listen()


@pytest.mark.parametrize("given", [{"ALLOWED_HOSTS": "drs.example.com"}, OAUTH, {}])
@pytest.mark.parametrize("authenticates", [True, False])
def test_whoever_listens_behind_a_proxy_without_authentication_is_told(given, authenticates):
    if not authenticates:
        given = {name: value for name, value in given.items() if name != "OAUTH_ISSUER"}
    elif given is not OAUTH:
        given = given | {"TOKENS": f"alice:{ALICE}"}
    with socket.create_server(("127.0.0.1", 0)) as listening:
        message = greeting(listening, settings(**given), loopback=True)
    assert ("let it authenticate its callers" in message) is (bool(given) and not authenticates)
    assert "Only requests for localhost" not in message


def test_leaving_takes_less_than_ten_seconds_whatever_is_set():
    assert max_shutdown_s(settings(DRAIN_S="6", LINGER_S="6")) < 10


def test_every_setting_has_a_meaning():
    assert set(MEANING) == set(HttpSettings.model_fields)


def test_the_docs_name_every_variable():
    message = (Path(__file__).parents[2] / "docs" / "http.md").read_text("utf-8")
    for name in MEANING:
        assert f"`{variable(name)}`" in message, name

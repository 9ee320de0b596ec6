import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.api.http.endpoints import checked, drs_endpoint, regions
from drs_mcp.errors import SettingsError


def test_every_region_of_the_table_has_an_https_endpoint():
    assert len(regions()) == 34
    assert all(drs_endpoint(region).startswith("https://drs.") for region in regions())


def test_the_european_region_answers_under_eu():
    assert drs_endpoint("eu-west-101") == "https://drs.eu-west-101.myhuaweicloud.eu"


def test_a_sub_project_has_the_endpoint_of_its_region():
    assert drs_endpoint("cn-north-4_team") == "https://drs.cn-north-4.myhuaweicloud.com"


def test_an_unknown_region_lists_the_known_ones():
    with pytest.raises(SettingsError, match="cn-north-4"):
        drs_endpoint("mars-north-1")


@pytest.mark.parametrize(
    "url",
    [
        "https://drs.example.com",
        "https://drs.example.com:8443",
        "http://127.0.0.1:8642",
        "http://localhost:1",
        "http://[::1]:9",
        "https://127.0.0.1:8642",
    ],
)
def test_an_origin_is_accepted_as_it_is(url):
    assert checked(url, "DRS_MCP_ENDPOINT") == url


@pytest.mark.parametrize(
    "url",
    [
        "http://drs.example.com",
        "http://169.254.169.254",
        "https://169.254.169.254",
        "https://user:pass@drs.example.com",
        "https://drs.example.com/v5",
        "https://drs.example.com?x=1",
        "https://drs.example.com#x",
        "https://drs.example.com\\@evil.com",
        "https://drs.exämple.com",
        "https://drs.example.com\n",
        "file:///etc/passwd",
        "https://",
        "",
    ],
)
def test_anything_else_is_refused_by_the_name_of_its_setting(url):
    with pytest.raises(SettingsError, match="DRS_MCP_ENDPOINT"):
        checked(url, "DRS_MCP_ENDPOINT")


@given(st.text(max_size=40))
def test_no_text_passes_but_an_origin(text):
    try:
        origin = checked(text, "DRS_MCP_ENDPOINT")
    except SettingsError:
        return
    assert origin.startswith(("https://", "http://"))
    assert origin.count("/") == 2


@pytest.mark.parametrize(
    ("written", "origin"),
    [
        ("drs.eu-de.otc.example.com", "https://drs.eu-de.otc.example.com"),
        ("drs.example.com:8443", "https://drs.example.com:8443"),
        ("drs.example.com/", "https://drs.example.com"),
        ("127.0.0.1:8642", "https://127.0.0.1:8642"),
    ],
)
def test_without_a_scheme_https_is_meant(written, origin):
    assert checked(written, "DRS_MCP_ENDPOINT") == origin


@pytest.mark.parametrize(
    "host", ["10.200.1.5", "172.31.0.9", "192.168.7.7:8443", "100.64.0.1", "[fd00::1]"]
)
def test_a_private_address_is_taken_where_that_is_allowed(host):
    assert checked(f"https://{host}", "DRS_MCP_ENDPOINT", private=True) == f"https://{host}"
    with pytest.raises(SettingsError, match=r"hosts file.*DRS_MCP_ALLOW_PRIVATE=on"):
        checked(host, "DRS_MCP_ENDPOINT")


@pytest.mark.parametrize(
    "host",
    ["8.8.8.8", "169.254.169.254", "[fe80::1]", "0.0.0.0", "224.0.0.1", "172.32.0.1"],  # noqa: S104
)
def test_other_addresses_are_refused_whatever_is_allowed(host):
    with pytest.raises(SettingsError, match="must name a host, not an address") as raised:
        checked(f"https://{host}", "DRS_MCP_ENDPOINT", private=True)
    assert "ALLOW_PRIVATE" not in str(raised.value)


def test_a_private_address_is_no_loopback_for_http():
    with pytest.raises(SettingsError, match="loopback only"):
        checked("http://10.0.0.1", "DRS_MCP_ENDPOINT", private=True)

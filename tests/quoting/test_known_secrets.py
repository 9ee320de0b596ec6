"""Secrets that are known by value: hidden in whatever form they stand."""

import json
import urllib.parse
from base64 import b64encode, urlsafe_b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drs_mcp.quoting.decoding import decode
from drs_mcp.quoting.known_secrets import SHORTEST, redact_known, register_secrets
from drs_mcp.quoting.quoted import quote, quote_all

SECRETS = ("Winter2031", 'w!th "quotes"\\ und ä', "MIIplain/Token+0123456789==", "p%41ss&amp;word9")


def escaped(text):
    return "".join(f"\\u{ord(sign):04x}" for sign in text)


def percent(text):
    return urllib.parse.quote(text, safe="")


FORMS = {
    "as it is": lambda s: s,
    "JSON": json.dumps,
    "JSON in JSON": lambda s: json.dumps(json.dumps({"a": s})),
    "JSON, every character escaped": escaped,
    "percent-encoded": percent,
    "percent-encoded, lower case": lambda s: percent(s).replace("%2F", "%2f").replace("%3D", "%3d"),
    "percent-encoded twice": lambda s: percent(percent(s)),
    "a form": urllib.parse.quote_plus,
    "XML": lambda s: s.replace("&", "&amp;").replace('"', "&quot;").replace("/", "&#x2F;"),
    "invisible characters between": "\u200b".join,
    "invisible characters between, as JSON": lambda s: json.dumps("\u2060".join(s)),
    "Base64 of user:secret": lambda s: b64encode(f"admin:{s}".encode()).decode(),
    "Base64 of a longer user": lambda s: b64encode(f"admin1:{s}".encode()).decode(),
    "Base64 of another": lambda s: b64encode(f"admin12:{s}\n".encode()).decode(),
    "Base64 for URLs": lambda s: urlsafe_b64encode(f"u:{s}".encode()).decode(),
    "Base64 with invisible characters": lambda s: "\u00ad".join(b64encode(s.encode()).decode()),
}  # fmt: skip


@pytest.fixture(autouse=True)
def known():
    register_secrets(SECRETS)


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("form", FORMS)
def test_a_known_secret_is_hidden_in_every_form(form, secret):
    for shown in (quote(f"before {FORMS[form](secret)} after"), redact_known(FORMS[form](secret))):
        assert "***" in shown
        assert not any(secret[at : at + 5] in shown for at in range(len(secret) - 4))
    assert quote(f"before {FORMS[form](secret)} after").startswith("before ")


@pytest.mark.parametrize("rows", [False, True])
def test_it_is_hidden_before_anything_searches_a_page_for_it(rows):
    body = json.dumps({"job": {"logs": [{"message": f"so {SECRETS[0]} it is"}]}}).encode()
    assert decode(body, rows=rows)["job"]["logs"][0]["message"] == "so *** it is"


def test_a_text_that_is_cut_shows_no_beginning_of_it():
    for before in range(7990, 8000):
        assert SECRETS[0][:4] not in quote("\u200b" * before + f" {SECRETS[0]}", 400)


@pytest.mark.parametrize("form", [str, lambda s: b64encode(f"admin:{s}".encode()).decode()])
def test_it_is_hidden_in_one_of_many_cells(form):
    assert quote_all(["T_1", form(SECRETS[0]), "T_2"]) == ["T_1", "***", "T_2"]


@given(st.text(max_size=200))
def test_what_holds_none_stays(text):
    assert redact_known(text) == text or any(secret[:SHORTEST] in text for secret in SECRETS)


@pytest.mark.parametrize(
    "text",
    ["100% of 45%20 rows", r"C:\users\Winter", "a&b&amp;c", "d2ludGVy: winter", "Winter 2031"],
)
def test_what_only_looks_escaped_stays(text):
    assert redact_known(text) == text

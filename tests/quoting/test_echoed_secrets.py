"""What a sentence repeats of a token or a key is hidden; what it names behind such a word is not."""

import json

import pytest

from drs_mcp.quoting.decoding import decode
from drs_mcp.quoting.secrets import hide_secrets

DRAWN = (
    "MIIGqQYJ7KoZIhv4NAQcCoIIGmj",
    "q8Vw2LmT0zRk5YpX3nBd",
    "HPUAXQW3E4R5T6Y7U8I9",
    "9f86d081884c7d659a2feaa0c55ad015",
    "550e8400-e29b-41d4-a716-446655440000",
    "Ab3_x9-Qz7.Lm2Kp0Wv8",
)


@pytest.mark.parametrize("secret", DRAWN)
@pytest.mark.parametrize(
    "text",
    [
        "Invalid token § in header X-Auth-Token",
        "The token '§' has expired",
        'the user token "§" was revoked',
        "Auth failed (token §)",
        "token value §, user drs",
        "Token (§) cannot be verified.",
        "X-Auth-Token § is outdated",
        "The access key '§' does not exist",
        "access key §: unknown",
        "token “§” is refused",
    ],
)
def test_what_a_sentence_repeats_of_a_secret_is_hidden(text, secret):
    assert hide_secrets(text.replace("§", secret)) == text.replace("§", "***")


@pytest.mark.parametrize(
    "text",
    [
        "token has expired (§)",
        "The token is invalid: §",
        "the token was not found: §",
        "session token expired §",
    ],
)
def test_so_is_what_stands_behind_the_words_that_say_how_it_is(text):
    assert hide_secrets(text.replace("§", DRAWN[0])) == text.replace("§", "***")


@pytest.mark.parametrize(
    "text",
    [
        "Invalid token.",
        "Invalid token scope: domain scoped token is not supported",
        "Unexpected token OrderService2ConfigurationFactoryBean",
        "resume token 8265F1A2B3000000012B022C0100296E5A",
        "token -9223372036854775808 owns the range",
        "Invalid token for task a1b2c3d4-0000-4000-8000-0000000jb101 in cn-north-4",
        "token expired, request 550e8400-e29b-41d4-a716-446655440000",
        "token expired 550e8400-e29b-41d4-a716-446655440000",
        "lost the token of mysql-bin.000123 at position 4821",
        "token shop.order_items_20240101_backup of the statement",
        "signature SHA256withRSAandMGF1Padding is not supported",
        "token bucket OrderRateLimiter2024Configuration is empty",
    ],
)
def test_what_else_a_sentence_names_there_stays(text):
    assert hide_secrets(text) == text


@pytest.mark.parametrize(
    ("pair", "shown"),
    [
        ({"key": "old_passwords", "target_value": "2"}, "2"),
        ({"key": "expire_on_password", "source_value": "OFF"}, "OFF"),
        ({"key": "auto_generate_rsa_keys", "value": True}, True),
        ({"key": "old_passwords", "value": "24680135"}, "***"),
        ({"key": "truststore.password", "value": "2"}, "***"),
        ({"key": "expired_password", "value": "ONce7more"}, "***"),
        ({"key": "db_pass", "value": "onward"}, "***"),
    ],
)
def test_a_switch_named_after_passwords_is_shown(pair, shown):
    assert list(decode(json.dumps(pair).encode()).values())[1] == shown


def test_a_field_that_switches_is_kept_and_one_that_tells_is_dropped():
    told = {"support_reset_password": "true", "auth_token": False, "db_password": "x7Gh2"}
    assert decode(json.dumps(told).encode()) == {
        "support_reset_password": "true",
        "auth_token": False,
    }


@pytest.mark.parametrize("sign", ["=", " = ", ": ", "|"])
def test_a_switch_is_shown_in_a_text_too(sign):
    text = f"sha2_password_auto_generate_rsa_keys{sign}ON, expired_password{sign}off"
    assert hide_secrets(text) == text

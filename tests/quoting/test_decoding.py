"""Secrets leave while an answer is decoded: fields by their name, and pairs by the name they hold."""

import pytest

from drs_mcp.quoting.decoding import decode


@pytest.mark.parametrize(
    ("pair", "hidden"),
    [
        ('{"key":"sasl.password","value":"s3cr3t"}', "value"),
        ('{"param_name":"ssl_keystore_password","param_value":"s3cr3t"}', "param_value"),
        ('{"key":"db_password","source_value":"s3cr3t","target_value":"s3cr3t"}', "target_value"),
        ('{"name":"accessKey","default_value":"s3cr3t"}', "default_value"),
    ],
)
def test_the_value_of_a_pair_is_hidden_by_the_name_beside_it(pair, hidden):
    found = decode(pair.encode())
    assert found[hidden] == "***"
    assert "s3cr3t" not in str(found)


def test_a_pair_of_another_name_keeps_its_value():
    assert decode(b'{"key":"sql_mode","value":"STRICT"}') == {"key": "sql_mode", "value": "STRICT"}


def test_a_field_that_holds_a_secret_is_dropped():
    assert decode(b'{"db_user":"drs","db_password":"s3cr3t"}') == {"db_user": "drs"}

"""SDK-HMAC-SHA256, held against the vendor's own signer."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from huaweicloudsdkcore.auth.credentials import BasicCredentials
from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer

from drs_mcp.api.access import signing

VECTORS = json.loads((Path(__file__).parents[2] / "fixtures/signer-vectors.json").read_text())
KEYS = ("AccessKey", "Secret Key/+=ü")
DATE = {"X-Sdk-Date": "20261123T010203Z"}


def named(vector):
    return vector["name"]


def headers_of(vector):
    return {"Host": vector["host"], **vector["headers"]}


def pairs_of(vector):
    return [(key, value) for key, value in vector["query"]]


@pytest.mark.parametrize("vector", VECTORS, ids=named)
def test_the_canonical_request_is_the_vendors_to_the_byte(vector):
    made = signing.canonical_request(
        vector["method"],
        vector["path"],
        pairs_of(vector),
        headers_of(vector),
        vector["body"].encode(),
    )
    assert made == vector["canonical_request"]


@pytest.mark.parametrize("vector", VECTORS, ids=named)
def test_the_string_to_sign_is_the_vendors_to_the_byte(vector):
    date = vector["headers"]["X-Sdk-Date"]
    assert signing.string_to_sign(vector["canonical_request"], date) == vector["string_to_sign"]


@pytest.mark.parametrize("vector", VECTORS, ids=named)
def test_the_authorization_header_is_the_vendors_to_the_byte(vector):
    made = signing.authorization(
        vector["ak"],
        vector["sk"],
        method=vector["method"],
        path=vector["path"],
        query=pairs_of(vector),
        headers=headers_of(vector),
        body=vector["body"].encode(),
    )
    assert made == vector["authorization"]


@pytest.mark.parametrize("vector", VECTORS, ids=named)
def test_the_signed_query_is_the_one_that_is_sent(vector):
    query = signing.canonical_query(pairs_of(vector))
    assert vector["final_uri"] == (f"{vector['path']}?{query}" if query else vector["path"])


def by_vendor(method, path, query, headers, body):
    request = SdkRequest(
        method=method,
        schema="https",
        host=headers["Host"],
        resource_path=path,
        query_params=list(query),
        header_params=dict(headers),
        body=body,
    )
    signed = Signer(BasicCredentials(*KEYS)).sign(request)
    return signed.header_params


ODD = [
    ("GET", "/v5/p/jobs", [], {}, ""),
    ("GET", "/", [("", ""), ("empty", "")], {}, ""),
    ("GET", "/v5/p/jobs/a%20b/%E4%B8%AD~!*'()", [("name", "a+b c&d=e/中文~*'()!")], {}, ""),
    ("GET", "/v5//p/", [("b", "2"), ("a", "10"), ("a", "9"), ("B", "1"), ("é", "1")], {}, ""),
    ("GET", "/x", [("a", "b"), ("a-", "1"), ("a", "B")], {"X-Language": "  zh-cn  "}, ""),
    ("GET", "/x", [("t", "1")], {"X-Security-Token": "tmp/+==", "under_score": "unsigned"}, ""),
    ("POST", "/x/action", [], {"Content-Type": "application/json"}, '{"job": {"名": 1}}'),
    ("POST", "/x", [], {"Content-Type": "text/plain;charset=utf-8"}, "not signed"),
    ("POST", "/x", [], {"X-Sdk-Content-Sha256": "UNSIGNED-PAYLOAD"}, ""),
    ("PUT", "/x", [], {"Content-Type": "application/octet-stream"}, ""),
]


@pytest.mark.parametrize(("method", "path", "query", "extra", "body"), ODD)
def test_odd_requests_are_signed_as_the_vendor_signs_them(method, path, query, extra, body):
    headers = {**extra, **DATE, "Host": "drs.example.com:8443"}
    theirs = by_vendor(method, path, query, headers, body)
    headers |= signing.payload_headers(headers)
    ours = signing.authorization(
        *KEYS, method=method, path=path, query=query, headers=headers, body=body.encode()
    )
    assert ours == theirs["Authorization"]


def test_a_header_is_parsed_into_the_parts_it_was_made_of():
    vector = VECTORS[0]
    found = signing.parse_authorization(vector["authorization"])
    assert found == signing.Authorization(
        "AccessKey",
        ("host", "x-sdk-date"),
        "cfb4171acec81de07d50e53d57eb77edd537414d66ddb1d7d780f128e12cd842",
    )


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Bearer abc",
        "SDK-HMAC-SHA256",
        "SDK-HMAC-SM3 Access=a, SignedHeaders=host, Signature=00",
        "SDK-HMAC-SHA256 Access=a, SignedHeaders=host, Signature=xyz",
        "SDK-HMAC-SHA256 Access=a, SignedHeaders=host, Signature=00, more",
    ],
)
def test_a_header_of_another_kind_is_not_parsed(value):
    assert signing.parse_authorization(value) is None


def test_a_date_survives_the_header_and_another_zone():
    moment = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
    assert signing.signing_date(moment) == "20261123T010203Z"
    assert signing.parse_date(" 20261123T010203Z ") == moment
    assert signing.parse_date("2026-11-23T01:02:03Z") is None


def test_a_signed_header_that_is_missing_cannot_be_verified():
    with pytest.raises(KeyError):
        signing.canonical_request("GET", "/", [], {"Host": "h"}, signed=("host", "x-sdk-date"))

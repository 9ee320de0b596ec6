"""Bodies of errors in whatever form they come: code, text, and what to do about it."""

import json

import pytest

from drs_mcp.api.http.error_bodies import ANYTHING, Asked, error_instead
from drs_mcp.api.http.faults import fault
from drs_mcp.errors import NotPermitted, RequestRefused, TaskNotFound

NOT_THERE = {"error_code": "DRS.10000010", "error_msg": "Job does not exist."}


def read(body, status=400):
    return fault(status, {}, body, what="the task", region="cn-north-4", of_task=True)


@pytest.mark.parametrize(
    "body",
    [
        NOT_THERE,
        json.dumps(NOT_THERE),
        json.dumps(json.dumps(NOT_THERE)),
        f" {json.dumps([NOT_THERE])}\n",
        {"error": "DRS.10000010", "error_description": "Job does not exist."},
        {"error": "DRS.10000010", "errorDescription": "Job does not exist."},
        {"error": json.dumps(NOT_THERE)},
        {"error": json.dumps(NOT_THERE, separators=(",", ":"))},
        {"error": {"code": "DRS.10000010", "message": "Job does not exist."}},
        {"error_msg": "Job does not exist."} | {"error": "DRS.10000010"},
    ],
)
def test_code_and_text_are_read_of_a_body_in_every_form(body):
    error = read(body)
    assert isinstance(error, TaskNotFound)
    assert (error.code, error.said) == ("DRS.10000010", "Job does not exist.")


@pytest.mark.parametrize(
    "said",
    ["Job does not exist. (DRS.10000010)", "upstream said: {'error_code': 'DRS.10000010'}"],
)
def test_a_code_that_stands_in_the_text_alone_is_the_code(said):
    error = read({"error_msg": said})
    assert (type(error), error.code, error.said) == (TaskNotFound, "DRS.10000010", said)


def test_an_error_that_is_a_sentence_is_the_text_and_one_word_is_the_code():
    assert (read({"error": "The request is odd."}).said, read({"error": "x y"}).code) == (
        "The request is odd.",
        "",
    )
    assert read({"error": "invalid_request"}).code == "invalid_request"


@pytest.mark.parametrize("body", ["", "null", "{", "[1, 2", '"text"', "<html>", {"error": ""}, {}])
def test_a_body_that_tells_nothing_is_refused_without_a_code(body):
    error = read(body)
    assert (type(error), error.code, error.said) == (RequestRefused, "", "")


@pytest.mark.parametrize(
    "said",
    [
        "The account has an outstanding payment.", "You have outstanding bills", "unpaid order",
        "Your account is past due", "There is an unpaid monthly invoice.", "Payment required",
        "your balance is negative", "The fees are unpaid.", "Not enough balance", "insufficient funds",
        "The account owes 20 CNY", "账户欠款，请充值", "您有未支付的订单", "账户余额为负", "订单逾期",
        "Your account is in arrears", "账号已欠费",
    ],
)  # fmt: skip
def test_an_account_that_owes_has_to_pay_in_whatever_words(said):
    error = read({"error_code": "X", "error_msg": said}, 403)
    assert isinstance(error, NotPermitted)
    assert "in arrears. Pay the bill" in str(error)


def test_the_status_that_says_so_is_enough():
    assert "in arrears" in str(read({"error_msg": "no"}, 402))


@pytest.mark.parametrize(
    "said",
    [
        "Policy doesn't allow drs:migrationJob:get to be performed.", "There are outstanding requests.",
        "The user may not use the payment API", "The load balancer is not permitted",
        "No permission for orders", "The invoice service is denied", "权限不足",
    ],
)  # fmt: skip
def test_a_missing_permission_is_no_debt(said):
    assert "Grant the user read access" in str(read({"error_code": "X", "error_msg": said}, 403))


# -- HTTP 200 ------------------------------------------------------------------------------------

ABNORMAL = {"error_code": "DRS.M00004", "error_msg": "Service is abnormal."}
FRAME = {"id": "a-task", "status": "INCRE_TRANSFER_STARTED"}
LOG, COMPARED = Asked(frozenset({"logs"})), Asked(frozenset({"compare_result"}))
OVERVIEW = Asked(frozenset({"compare_result"}), alone=True)
DDL = Asked(frozenset({"ddl_list"}))


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        (ABNORMAL, LOG),
        ({"job": ABNORMAL}, ANYTHING),
        ({"job": FRAME | ABNORMAL}, ANYTHING),
        ({"job": FRAME | {"errCode": "DRS.M00004"}}, ANYTHING),
        ({"job": FRAME | {"error": {"code": "DRS.M00004", "message": "x"}}}, ANYTHING),
        ({"job": {"total_count": 0, "logs": []} | ABNORMAL}, LOG),
        ({"job": FRAME | {"logs": None, "error_msg": "Service is abnormal."}}, LOG),
        ({"job": FRAME} | ABNORMAL, LOG),
        ({"job": {"logs": ABNORMAL}}, LOG),
        ({"job": {"logs": [ABNORMAL], "total_count": 1}}, LOG),
        ({"job": {"base_info": {"name": "erp"}} | ABNORMAL}, LOG),
        ({"job": {"compare_result": ABNORMAL}}, COMPARED),
        ({"job": {"compare_result": {"line_compare_overview_infos": ABNORMAL}}}, COMPARED),
        ({"job": {"compare_result": {"objects_compare_overview_info": ABNORMAL}}}, OVERVIEW),
        ({"job": {"compare_result": {"objects_compare_overview_info": {"status": "SUCCESSFUL"}}}}
         | ABNORMAL, OVERVIEW),
        ({"ddl_list": ABNORMAL, "count": 1}, DDL),
        ({"ddl_list": [ABNORMAL], "count": 1}, DDL),
        ({"job": ABNORMAL}, DDL),
        ({"jobs": [ABNORMAL], "total_count": 1}, Asked(frozenset({"jobs"}))),
        ({"job": FRAME | {"code": "DRS.M00004", "message": "Service is abnormal."}}, ANYTHING),
        ({"job": FRAME | {"logs": {"code": "APIGW.0601", "msg": "Service is abnormal."}}}, LOG),
        ({"job": json.dumps(ABNORMAL)}, LOG),
        ({"job": FRAME | {"logs": json.dumps(ABNORMAL)}}, LOG),
        ({"job": FRAME | {"errors": [ABNORMAL]}}, LOG),
    ],
)  # fmt: skip
def test_an_answer_that_tells_an_error_and_not_what_was_asked_for_is_that_error(body, asked):
    instead = error_instead(body, asked)
    assert instead is not None
    told = read(instead, 200)
    assert told.code == "DRS.M00004" or "Service is abnormal." in told.said


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ({"job": FRAME}, ANYTHING),
        ({"job": FRAME | {"logs": [], "total_count": 0}}, LOG),
        ({"job": FRAME | {"logs": [], "error_code": "DRS.00000000", "error_msg": "Success"}}, LOG),
        ({"job": FRAME | {"logs": [], "error_code": "", "error_msg": None}}, LOG),
        ({"job": FRAME | {"logs": [], "error_code": 0}}, LOG),
        ({"job": FRAME | {"code": "x", "message": "y"}}, ANYTHING),
        ({"job": FRAME | {"logs": [{"level": "Error", "message": json.dumps(ABNORMAL)}]}}, LOG),
        ({"job": FRAME | {"logs": [{"level": "Error", "message": "x"}]} | ABNORMAL}, LOG),
        ({"job": FRAME | {"base_info": {"name": "erp"}} | ABNORMAL}, ANYTHING),
        ({"job": {"network_results": [{"ip": "10.0.0.1", "success": False} | ABNORMAL]}},
         Asked(frozenset({"network_results"}), alone=True)),
        ({"job": {"compare_result": {"objects_compare_overview_info": {"status": "FAILED"} | ABNORMAL}}},
         OVERVIEW),
        ({"results": [{"job_id": "a-task"} | ABNORMAL], "count": 1}, Asked(frozenset({"results"}))),
    ],
)  # fmt: skip
def test_an_answer_that_brings_what_was_asked_for_or_tells_no_error_is_none(body, asked):
    assert error_instead(body, asked) is None

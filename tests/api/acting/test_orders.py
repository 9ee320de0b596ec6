"""What may be sent as an action, and nothing beside it."""

import pytest

from drs_mcp.api.acting import orders
from drs_mcp.api.acting.door import judge_answer, judge_error
from drs_mcp.api.acting.orders import Order
from drs_mcp.errors import (
    ActionRefused,
    ApiError,
    BadAnswer,
    NotPermitted,
    ServiceFault,
    TimedOut,
    Unreachable,
    never_sent,
)

OURS = [
    orders.precheck("forStartJob"),
    orders.precheck("forRetryJob"),
    orders.diagnosis(),
    orders.create_compare("object"),
    orders.create_compare("lines", "shop"),
    orders.create_compare("contents", "会员 库"),
    orders.cancel_compare("2c6e0b5f-7a10-4bb0-9f6c-3d9d1e2f4a5b"),
    orders.start(),
    orders.pause(),
    orders.resume(),
]

# Every action that DRS has, but for those of ours (facts: action_name values).
OTHERS = [
    "network", "reset", "terminate", "skip_precheck", "column_limit", "reload_parameters",
    "bind_eip", "unbind_eip", "set_writable", "set_readonly", "cloud_connection", "start_repair",
    "stop_repair", "", "Stop", "stop ",
]  # fmt: skip


@pytest.mark.parametrize("order", OURS, ids=lambda order: order.action_name)
def test_our_actions_have_a_body(order):
    job = order.body()["job"]
    assert job["action_name"] == order.action_name
    assert job.get("action_params", {}) == order.params


@pytest.mark.parametrize("name", OTHERS)
def test_no_other_action_of_drs_can_be_sent(name):
    for params in ({}, *(order.params for order in OURS)):
        with pytest.raises(ActionRefused):
            Order(name, params).body()


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("stop", {}),
        ("stop", {"pause_mode": "all"}),
        ("stop", {"pause_mode": "target", "force_delete": True}),
        ("start", {}),
        ("start", {"is_auto_create_compare": True}),
        ("start", {"is_auto_create_compare": False, "start_time": "0"}),
        ("restart", {}),
        ("restart", {"is_sync_re_edit": True}),
        ("precheck", {}),
        ("precheck", {"precheck_mode": "forStartJob", "skip_precheck_info": {}}),
        ("diagnosis", {"endpoints": []}),
        ("create_compare", {}),
        ("create_compare", {"compare_task_param": {"type": "random"}}),
        ("create_compare", {"compare_task_param": {"type": "lines", "option": {}}}),
        (
            "create_compare",
            {"compare_task_param": {"type": "lines", "db_object": {"": {"all": True}}}},
        ),
        ("create_compare", {"compare_task_param": {"type": "lines", "db_object": {"a": {}}}}),
        (
            "create_compare",
            {"compare_task_param": {"type": "lines", "db_object": {"a\n": {"all": True}}}},
        ),
        ("cancel_compare", {"compare_task_param": {"compare_task_id": ""}}),
        ("cancel_compare", {"compare_task_param": {"compare_task_id": "a/b"}}),
        ("cancel_compare", {"compare_task_param": {"compare_task_id": "a", "type": "lines"}}),
    ],
)
def test_no_other_parameters_can_be_sent(name, params):
    with pytest.raises(ActionRefused):
        Order(name, params).body()


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        ({"query_id": "5d2f41aa-1"}, "done"),
        ({"query_id": "5d2f41aa-1", "id": "x", "name": "y"}, "done"),
        ({"id": "x", "name": "y", "status": "success"}, "done"),
        ({"status": "SUCCESS", "error_code": "DRS.00000000", "error_msg": ""}, "done"),
        ({"id": "x", "status": "failed", "error_code": "DRS.M00304"}, "not_done"),
        ({"status": "failed"}, "not_done"),
        ({"error_code": "DRS.M01504", "error_msg": "busy"}, "not_done"),
        ({"status": "success", "error_code": "DRS.M01504"}, "unknown"),
        ({"query_id": "5d2f41aa-1", "status": "failed"}, "unknown"),
        ({"query_id": "5d2f41aa-1", "error_code": "DRS.M01504"}, "unknown"),
        ({"query_id": "a/b"}, "unknown"),
        ({"query_id": ""}, "unknown"),
        ({"status": "pending"}, "unknown"),
        ({"id": "x", "name": "y"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_an_answer_of_200_or_202_proves_nothing_by_itself(body, outcome):
    assert judge_answer(body).outcome == outcome


def of_credentials(error):
    error.of_credentials = True
    return error


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (ApiError("x", status=400, code="DRS.M00304"), "not_done"),
        (NotPermitted("x", status=403), "not_done"),
        (ApiError("x", status=401), "not_done"),
        (ApiError("x", status=429), "not_done"),
        (ApiError("x", status=408), "unknown"),
        (ServiceFault("x", status=400, code="DRS.M01504"), "not_done"),
        (ServiceFault("x", status=500), "unknown"),
        (ServiceFault("x", status=502), "unknown"),
        (TimedOut("x"), "unknown"),
        (Unreachable("x"), "unknown"),
        (BadAnswer("x"), "unknown"),
        (never_sent(TimedOut("x")), "not_done"),
        (never_sent(Unreachable("x")), "not_done"),
        (of_credentials(Unreachable("x")), "not_done"),
        (of_credentials(ServiceFault("x", status=503, speaker="IAM")), "not_done"),
    ],
)
def test_what_may_have_arrived_may_have_been_done(error, outcome):
    assert judge_error(error).outcome == outcome

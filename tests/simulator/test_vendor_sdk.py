"""The vendor's own SDK talks to the embedded DRS over loopback, signing with AK/SK."""

import json
import socket
import threading
import warnings
from datetime import UTC, datetime

import pytest
import uvicorn

from drs_mcp.simulator import ACCESS_KEY, PROJECT_ID, SECRET_KEY, Simulator

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its dependencies warn on import
    from huaweicloudsdkcore.auth.credentials import BasicCredentials
    from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException
    from huaweicloudsdkcore.http.http_config import HttpConfig
    from huaweicloudsdkdrs import v3, v5
    from huaweicloudsdkdrs.v5 import DrsClient, ListJobsRequest, ShowJobDetailRequest

pytestmark = pytest.mark.filterwarnings("ignore")

ERP = "e1f0a6b2-3c4d-4e5f-8a90-1b2c3d4jb20r"
SHOP = "5a0b71c4-9d2e-4f3a-b6c7-8d9e0f1jb101"
BILLING = "b1117a82-3e4f-4d50-9b6c-7f80912jb101"
CRM = "c4a1d2e3-0f1e-4d2c-8b3a-4c5d6e7jb101"
BANK = "ba4d5e60-1c2d-4b3e-9f4a-5d6e7f8jb502"
PAUSED = "0d128b93-4f50-4e61-8c7d-8091a23jb101"


@pytest.fixture(scope="module")
def origin():
    simulator = Simulator(now=_utc_now)
    config = uvicorn.Config(simulator.app, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        # The socket listens already: what is sent before the server runs waits in its queue.
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=5)


def _utc_now():
    return datetime.now(UTC)  # the SDK signs with the machine's clock


def sdk(origin, secret=SECRET_KEY):
    credentials = BasicCredentials(ACCESS_KEY, secret, PROJECT_ID)
    builder = DrsClient.new_builder().with_credentials(credentials).with_endpoint(origin)
    return builder.with_http_config(HttpConfig.get_default_config()).build()


def test_it_lists_the_tasks(origin):
    found = sdk(origin).list_jobs(ListJobsRequest(job_type="sync", limit=100))
    assert found.total_count == len(found.jobs) > 5
    assert "shop-mysql-sync" in {job.name for job in found.jobs}


def test_it_reads_a_detail(origin):
    found = sdk(origin).show_job_detail(ShowJobDetailRequest(job_id=ERP, type="detail")).job
    assert found.base_info.name == "erp-oracle-gauss"
    assert found.status == "INCRE_TRANSFER_STARTED"


def test_it_reads_progress(origin):
    found = sdk(origin).show_job_detail(ShowJobDetailRequest(job_id=ERP, type="progress")).job
    assert found.progress_info.transfer_status == "INCRE_TRANSFER_STARTED"


def test_it_pages_through_a_log(origin):
    request = ShowJobDetailRequest(job_id=SHOP, type="log", offset=1000, limit=50)
    found = sdk(origin).show_job_detail(request).job
    assert found.total_count == 12_000
    assert len(found.logs) == 50


def test_it_reads_a_comparison(origin):
    request = ShowJobDetailRequest(
        job_id=BILLING,
        type="compare",
        compare_type="line_compare",
        query_type="overview",
        compare_task_id="a053e496-bb18-414e-b16b-9424e5060002",
    )
    found = sdk(origin).show_job_detail(request).job
    assert len(found.compare_result.line_compare_overview_infos) == 6


def v3_sdk(origin):
    credentials = BasicCredentials(ACCESS_KEY, SECRET_KEY, PROJECT_ID)
    builder = v3.DrsClient.new_builder().with_credentials(credentials).with_endpoint(origin)
    return builder.with_http_config(HttpConfig.get_default_config()).build()


def test_it_reads_the_last_pre_check_of_a_task_by_a_signed_post(origin):
    asked = v3.BatchCheckResultsRequest(
        body=v3.BatchQueryPrecheckResultReq(jobs=[CRM, "no-such-task"])
    )
    found, unknown = v3_sdk(origin).batch_check_results(asked).results
    assert found.process == "100%"
    assert {item.result for item in found.precheck_result} >= {"FAILED", "ALARM", "PASSED"}
    assert unknown.error_code == "DRS.M00289"


def test_it_reads_no_pre_check_where_there_is_none(origin):
    asked = v3.BatchCheckResultsRequest(body=v3.BatchQueryPrecheckResultReq(jobs=[SHOP]))
    assert v3_sdk(origin).batch_check_results(asked).count == 0


def test_it_reads_rpo_and_rto_by_a_signed_post(origin):
    asked = v3.BatchListRposAndRtosRequest(body=v3.BatchQueryRpoAndRtoReq(jobs=[BANK]))
    (found,) = v3_sdk(origin).batch_list_rpos_and_rtos(asked).results
    assert (found.rpo_info.delay, found.rto_info.delay) == ("1900", "1960")


def test_it_reads_the_object_mapping_by_a_signed_post(origin):
    body = v5.QueryUserSelectedObjectInfoReq(table_name="EMPLOYEE", offset=0, limit=10)
    found = sdk(origin).show_object_mapping(v5.ShowObjectMappingRequest(job_id=ERP, body=body))
    assert found.count == 1
    assert found.object_mapping_list[0].target_schema_name == "hr_t"


@pytest.mark.parametrize(
    ("method", "request_", "told"),
    [
        ("show_monitor_data", v5.ShowMonitorDataRequest(job_id=ERP), {"is_src_normal": True}),
        (
            "show_timeline",
            v5.ShowTimelineRequest(job_id=SHOP, x_language="en-us", limit=2),
            {"count": 3},
        ),
        ("list_job_ddls", v5.ListJobDdlsRequest(job_id=BILLING, limit=10, offset=0), {"count": 1}),
        ("show_dirty_data", v5.ShowDirtyDataRequest(job_id=ERP, anonymize_mode=True), {"count": 0}),
        ("show_compare_policy", v5.ShowComparePolicyRequest(job_id=BILLING), {"status": "OPEN"}),
        (
            "list_job_history_parameters",
            v5.ListJobHistoryParametersRequest(job_id=SHOP, limit=10, offset=0),
            {"count": 2},
        ),
        (
            "show_health_compare_job_list",
            v5.ShowHealthCompareJobListRequest(job_id=BILLING, limit=10, offset=0),
            {"count": 2},
        ),
        (
            "show_compare_users_detail",
            v5.ShowCompareUsersDetailRequest(
                job_id=BILLING, compare_job_id="a053e496-bb18-414e-b16b-9424e5060006"
            ),
            {"total_count": 2},
        ),
        (
            "show_health_object_compare_job_overview",
            v5.ShowHealthObjectCompareJobOverviewRequest(job_id=BILLING, compare_job_id="none"),
            {"compare_result": []},
        ),
        (
            "show_progress_data",
            v5.ShowProgressDataRequest(job_id=ERP, type="table", limit=10, offset=0),
            {"count": 0},
        ),
    ],
)
def test_it_reads_what_else_a_task_tells(origin, method, request_, told):
    found = getattr(sdk(origin), method)(request_).to_json_object()
    assert told.items() <= found.items()


def test_it_reads_the_components_of_an_engine_that_has_them(origin):
    request = v5.ShowIncrementComponentsDetailRequest(job_id=ERP)
    found = sdk(origin).show_increment_components_detail(request)
    assert [one.type for one in found.increment_components_list] == ["capture", "apply"]
    with pytest.raises(ClientRequestException) as raised:
        sdk(origin).show_increment_components_detail(
            v5.ShowIncrementComponentsDetailRequest(job_id=SHOP)
        )
    assert raised.value.status_code == 400


def test_progress_of_a_comparison_is_read_where_it_is_told(origin):
    request = v5.ShowCompareProgressRequest(
        job_id=BILLING, compare_job_id="c0ffee00-0002-4000-8000-000000000003"
    )
    found = sdk(origin).show_compare_progress(request)
    assert found.full_info.progress == 41.5


def test_it_reads_what_may_be_done(origin):
    found = sdk(origin).show_actions(v5.ShowActionsRequest(job_id=CRM)).job_action
    assert "PRE_CHECK" in found.available_actions
    assert not found.current_action


@pytest.mark.parametrize(
    ("job_id", "name", "params", "answered"),
    [
        (CRM, "precheck", v5.ActionParams(precheck_mode="forStartJob"), {"query_id"}),
        (ERP, "diagnosis", None, {"query_id"}),
        (
            ERP,
            "create_compare",
            v5.ActionParams(compare_task_param=v5.CompareTaskParams(type="lines")),
            {"status"},
        ),
        (PAUSED, "restart", v5.ActionParams(is_sync_re_edit=False), {"status"}),
        (PAUSED, "stop", v5.ActionParams(pause_mode="target"), {"status"}),
    ],
)
def test_it_sends_an_action_with_a_signed_body(origin, job_id, name, params, answered):
    body = v5.JobActionReq(job=v5.ActionReq(action_name=name, action_params=params))
    request = v5.ExecuteJobActionRequest(job_id=job_id, body=body)
    found = sdk(origin).execute_job_action(request)
    said = json.loads(found.raw_content)
    assert answered <= said.keys()
    assert found.query_id == said.get("query_id")


def test_it_is_told_that_a_task_does_not_allow_an_action(origin):
    body = v5.JobActionReq(
        job=v5.ActionReq(action_name="stop", action_params=v5.ActionParams(pause_mode="target"))
    )
    with pytest.raises(ClientRequestException) as raised:
        sdk(origin).execute_job_action(v5.ExecuteJobActionRequest(job_id=SHOP, body=body))
    assert raised.value.error_code == "DRS.M00304"


def test_a_wrong_secret_key_is_refused(origin):
    with pytest.raises(ClientRequestException) as raised:
        sdk(origin, secret="wrong").list_jobs(ListJobsRequest(job_type="sync"))
    assert raised.value.status_code == 401
    assert raised.value.error_code == "APIGW.0301"

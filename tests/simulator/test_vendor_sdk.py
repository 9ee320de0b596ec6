"""The vendor's own SDK talks to the embedded DRS over loopback, signing with AK/SK."""

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
    from huaweicloudsdkdrs.v5 import DrsClient, ListJobsRequest, ShowJobDetailRequest

pytestmark = pytest.mark.filterwarnings("ignore")

ERP = "e1f0a6b2-3c4d-4e5f-8a90-1b2c3d4jb20r"
SHOP = "5a0b71c4-9d2e-4f3a-b6c7-8d9e0f1jb101"
BILLING = "b1117a82-3e4f-4d50-9b6c-7f80912jb101"


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


def test_a_wrong_secret_key_is_refused(origin):
    with pytest.raises(ClientRequestException) as raised:
        sdk(origin, secret="wrong").list_jobs(ListJobsRequest(job_type="sync"))
    assert raised.value.status_code == 401
    assert raised.value.error_code == "APIGW.0301"

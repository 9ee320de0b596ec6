"""The embedded metadata service, and the vendor's SDK reading keys from it over loopback."""

import warnings
from datetime import timedelta

import httpx2
import pytest

from drs_mcp.simulator import (
    SECURITY_TOKEN,
    TEMPORARY_ACCESS_KEY,
    TEMPORARY_SECRET_KEY,
    MetadataService,
    Simulator,
)
from drs_mcp.simulator.access.metadata import KEYS_PATH, TOKEN_PATH
from tests.conftest import DrivenClock
from tests.support.loopback import running_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # its dependencies warn on import
    from huaweicloudsdkcore.auth.internal import MetadataAccessor
    from huaweicloudsdkcore.exceptions.exceptions import ClientRequestException

pytestmark = pytest.mark.filterwarnings("ignore")

TTL = {"X-Metadata-Token-Ttl-Seconds": "21600"}


class Instance:
    """Asks one metadata service as an ECS instance does."""

    def __init__(self, **more):
        self.clock = DrivenClock()
        self.simulator = Simulator(now=self.clock.utc_now, scenarios=["shop-mysql-sync"])
        self.service = MetadataService(self.simulator, **more)
        wire = httpx2.ASGITransport(app=self.service.app)
        self.http = httpx2.AsyncClient(transport=wire, base_url="http://metadata.test")

    async def token(self, headers=TTL):
        return await self.http.put(TOKEN_PATH, headers=headers)

    async def keys(self, token=None):
        headers = {} if token is None else {"X-Metadata-Token": token}
        return await self.http.get(KEYS_PATH, headers=headers)

    async def credential(self):
        return (await self.keys((await self.token()).text)).json()["credential"]


@pytest.mark.anyio
async def test_a_token_opens_the_keys_and_they_tell_their_end():
    assert await Instance().credential() == {
        "access": TEMPORARY_ACCESS_KEY,
        "secret": TEMPORARY_SECRET_KEY,
        "securitytoken": SECURITY_TOKEN,
        "expires_at": "2026-11-21T08:00:00.000000Z",
    }


@pytest.mark.anyio
@pytest.mark.parametrize("ttl", ["", "0", "21601", "many", "-1"])
async def test_a_token_without_a_life_is_refused(ttl):
    assert (await Instance().token({"X-Metadata-Token-Ttl-Seconds": ttl})).status_code == 400


@pytest.mark.anyio
async def test_a_wrong_or_ended_token_opens_nothing():
    instance = Instance()
    token = (await instance.token({"X-Metadata-Token-Ttl-Seconds": "60"})).text
    assert (await instance.keys()).status_code == 401
    assert (await instance.keys("another")).status_code == 401
    assert (await instance.keys(token)).status_code == 200
    instance.clock.forward(60)
    assert (await instance.keys(token)).status_code == 401


@pytest.mark.anyio
@pytest.mark.parametrize("status", [404, 405, 503])
async def test_where_tokens_are_not_known_none_is_needed(status):
    instance = Instance(token_status=status)
    assert (await instance.token()).status_code == status
    assert (await instance.keys()).status_code == 200


@pytest.mark.anyio
async def test_keys_stay_until_they_near_their_end_and_then_rotate():
    instance = Instance(lifetime=timedelta(hours=6))
    first = await instance.credential()
    instance.clock.forward(5 * 3_600)
    assert await instance.credential() == first
    instance.clock.forward(1)
    second = await instance.credential()
    assert second["access"] == TEMPORARY_ACCESS_KEY[:-2] + "02"
    assert len({*first.values()} & {*second.values()}) == 0


@pytest.mark.anyio
async def test_without_an_agency_it_says_huawei_s_words():
    instance = Instance(fault="no_agency")
    refused = await instance.keys((await instance.token()).text)
    assert refused.status_code == 401
    assert refused.text == "Please configure Cloud Service Agency first"


# -- the vendor's SDK ----------------------------------------------------------------------------


def vendor(port):
    class Accessor(MetadataAccessor):
        _METADATA_ENDPOINT = f"http://127.0.0.1:{port}"

    return Accessor()


@pytest.mark.parametrize("status", [200, 404])
def test_the_vendor_s_sdk_reads_keys_from_it(status):
    instance = Instance(token_status=status)
    with running_app(instance.service.app) as port:
        found = vendor(port).get_credential()
    assert (found.access, found.secret) == (TEMPORARY_ACCESS_KEY, TEMPORARY_SECRET_KEY)
    assert found.security_token == SECURITY_TOKEN
    assert found.expire_at == (instance.clock.now + timedelta(hours=24)).timestamp()


def test_the_vendor_s_sdk_understands_that_there_is_no_agency():
    with (
        running_app(Instance(fault="no_agency").service.app) as port,
        pytest.raises(ClientRequestException, match="Please configure Cloud Service Agency first"),
    ):
        vendor(port).get_credential()

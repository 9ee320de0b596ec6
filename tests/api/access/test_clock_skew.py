"""A signature whose date is refused is told as the clock's fault, with the measured difference."""

import pytest

from drs_mcp.api.access.credentials import Keys, StaticSource, Token
from drs_mcp.api.access.refusals import clock_skew, why_refused
from drs_mcp.errors import NotAuthenticated
from drs_mcp.simulator import PASSWORD, PROJECT_ID
from tests.support.cloud import Cloud, settings_of, write
from tests.support.credential_cases import KEYS, OURS, PROFILE, SDK, TEMPORARY, USERS, given, ini
from tests.support.planted_secrets import WRONG_SECRET_KEY, WRONG_TOKEN

pytestmark = pytest.mark.anyio

WITHIN = "credentials: this machine's clock is off"
SOURCE = StaticSource(Keys("AK", "SK"), "HUAWEICLOUD_SDK_AK", "Check them.")


async def refusal_text(cloud, settings, ask):
    with pytest.raises(NotAuthenticated) as raised:
        await ask(cloud, settings)
    return str(raised.value).partition(" (HTTP")[0].partition(": ")[2]


@pytest.mark.parametrize("ahead_s", [1_200, -1_200, 86_400, -31_536_000])
@pytest.mark.parametrize("project_id", [PROJECT_ID, ""], ids=["by DRS", "by IAM"])
@pytest.mark.parametrize("source", ["keys", "file", "agency"])
async def test_a_date_that_is_refused_is_told_with_the_difference(
    source, project_id, ahead_s, tmp_path, ask, record_row_once
):
    environ = {"DRS_MCP_PROJECT_ID": project_id}
    cloud = Cloud(ahead_s=ahead_s, ecs={} if source == "agency" else None)
    if source == "keys":
        environ |= given(SDK, KEYS)
    elif source == "file":
        write(tmp_path, PROFILE, ini(*KEYS))
    text = await refusal_text(cloud, settings_of(environ, tmp_path), ask)
    whom, way = "DRS" if project_id else "IAM", "ahead of" if ahead_s > 0 else "behind"
    assert text == (
        f"the signature's date was refused. This machine's clock is {abs(ahead_s):,} s {way} that "
        f"of {whom}: set it right."
    )
    if source == "keys":
        record_row_once(WITHIN, {"seconds ahead": ahead_s, "refused by": whom, "told": text})


@pytest.mark.parametrize("ahead_s", [180, -180])
async def test_a_small_difference_is_told_beside_what_else_may_be_wrong(
    ahead_s, ask, record_row_once
):
    wrong = given(SDK, (KEYS[0], WRONG_SECRET_KEY))
    settings = settings_of({**wrong, "DRS_MCP_PROJECT_ID": PROJECT_ID}, "")
    text = await refusal_text(Cloud(ahead_s=ahead_s), settings, ask)
    way = "ahead of" if ahead_s > 0 else "behind"
    assert text.startswith("the credentials of HUAWEICLOUD_SDK_AK were refused. Check that access")
    assert text.endswith(f"This machine's clock is 180 s {way} that of DRS, which may be why.")
    record_row_once(
        WITHIN, {"seconds ahead": ahead_s, "refused by": "DRS", "told": f"… {text[-72:]}"}
    )


async def test_a_clock_that_is_right_is_not_mentioned(ask):
    wrong = given(SDK, (KEYS[0], WRONG_SECRET_KEY))
    for ahead_s in (0, 60, -60):
        assert "clock" not in await refusal_text(
            Cloud(ahead_s=ahead_s), settings_of(wrong, ""), ask
        )


async def test_a_refused_token_has_nothing_to_do_with_the_clock(ask):
    text = await refusal_text(
        Cloud(ahead_s=1_200), settings_of({"DRS_MCP_TOKEN": WRONG_TOKEN}, ""), ask
    )
    assert "clock" not in text


@pytest.mark.parametrize("ahead_s", [800, -800])
async def test_a_difference_that_drs_allows_is_no_error(ahead_s, tmp_path, ask):
    for environ in (given(SDK, KEYS), given(SDK, TEMPORARY), given(OURS, USERS)):
        answer = await ask(Cloud(ahead_s=ahead_s), settings_of(environ, tmp_path))
        assert answer.jobs.total == 1
    assert USERS[1] == PASSWORD


@pytest.mark.parametrize(
    "date", ["", "soon", "Fri, 99 Nov 2026 08:00:30 GMT", "Fri, 20 Nov 2026 08:00:30", "0"]
)
def test_a_date_that_nobody_can_read_measures_nothing(date, clock):
    assert clock_skew(date, clock.now) is None


def test_the_difference_is_this_machine_s_clock_less_theirs(clock):
    assert clock_skew("Fri, 20 Nov 2026 07:59:00 GMT", clock.now) == 60
    assert clock_skew("Fri, 20 Nov 2026 10:00:00 +0100", clock.now) == -3_600


def test_only_signatures_are_the_clock_s_business():
    assert why_refused(SOURCE, Token("t"), 4_000) == (
        "the credentials of HUAWEICLOUD_SDK_AK were refused. Check them."
    )
    assert why_refused(SOURCE, None, 4_000).endswith("Check them.")
    assert why_refused(SOURCE, Keys("AK", "SK"), None).endswith("Check them.")

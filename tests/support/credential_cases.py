"""Every way to give credentials; those that cannot work are in `credential_failures`."""

from dataclasses import dataclass, field
from datetime import timedelta

from pydantic_core import to_json

from drs_mcp.simulator import (
    ACCESS_KEY,
    DOMAIN,
    PASSWORD,
    SECRET_KEY,
    SECURITY_TOKEN,
    TEMPORARY_ACCESS_KEY,
    TEMPORARY_SECRET_KEY,
    TOKEN,
    USER,
)
from tests.support.planted_secrets import WRONG_ACCESS_KEY

HOME = "HOME-OF-THE-TEST"
PROFILE = ".huaweicloud/credentials"
KOOCLI = ".hcloud/config.json"
KEYS = (ACCESS_KEY, SECRET_KEY)
TEMPORARY = (TEMPORARY_ACCESS_KEY, TEMPORARY_SECRET_KEY, SECURITY_TOKEN)
USERS = (USER, PASSWORD, DOMAIN)

SDK = ("HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN")
HW = ("HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN")
OS = ("OS_ACCESS_KEY", "OS_SECRET_KEY", "OS_SECURITY_TOKEN")
OURS = ("DRS_MCP_USER", "DRS_MCP_PASSWORD", "DRS_MCP_DOMAIN")
HW_USER = ("HW_USER_NAME", "HW_USER_PASSWORD", "HW_DOMAIN_NAME")
OS_USER = ("OS_USERNAME", "OS_PASSWORD", "OS_DOMAIN_NAME")


@dataclass(frozen=True)
class Case:
    """One way: what is set, which files there are, how the cloud is, and what is said to it."""

    source: str
    variant: str
    environ: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)
    cloud: dict = field(default_factory=dict)
    prepare: object = lambda _: None
    says: str = ""

    def __str__(self):
        return f"{self.source}, {self.variant}"


def given(names, values):
    return dict(zip(names, values, strict=False))


def ini(*values, section="basic"):
    lines = given(("ak", "sk", "security_token"), values).items()
    return f"[{section}]\n" + "".join(f"{key} = {value}\n" for key, value in lines)


def koocli(*values):
    names = ("accessKeyId", "secretAccessKey", "securityToken")
    other = {"name": "other", "accessKeyId": WRONG_ACCESS_KEY, "secretAccessKey": "planted"}
    current = {"name": "work", "mode": "AKSK", **given(names, values)}
    return to_json({"current": "work", "profiles": [other, current]}).decode()


def end_token(cloud):
    user = {"name": USER, "password": PASSWORD, "domain": {"name": DOMAIN}}
    identity = {"methods": ["password"], "password": {"user": user}}
    cloud.simulator.authenticator.issue(to_json({"auth": {"identity": identity}}))
    cloud.simulator.expire_tokens()


def end_keys(cloud):
    cloud.simulator.authenticator.issue_keys(timedelta(seconds=-1))


WORKING = [
    Case("DRS_MCP_TOKEN", "good", {"DRS_MCP_TOKEN": TOKEN}),
    Case("DRS_MCP_TOKEN_FILE", "good", {"DRS_MCP_TOKEN_FILE": f"{HOME}/t"}, {"t": f"{TOKEN}\n"}),
    Case("HUAWEICLOUD_SDK_*", "permanent keys", given(SDK, KEYS)),
    Case("HUAWEICLOUD_SDK_*", "temporary keys", given(SDK, TEMPORARY)),
    Case("HW_*", "permanent keys", given(HW, KEYS)),
    Case("HW_*", "temporary keys", given(HW, TEMPORARY)),
    Case("OS_*", "permanent keys", given(OS, KEYS)),
    Case("OS_*", "temporary keys", given(OS, TEMPORARY)),
    Case("DRS_MCP_USER", "good", given(OURS, USERS)),
    Case("HW_USER_NAME", "good", given(HW_USER, USERS)),
    Case("OS_USERNAME", "good", given(OS_USER, USERS)),
    Case("~/.huaweicloud/credentials", "permanent keys", files={PROFILE: ini(*KEYS)}),
    Case("~/.huaweicloud/credentials", "temporary keys", files={PROFILE: ini(*TEMPORARY)}),
    Case("~/.huaweicloud/credentials", "Windows' mark", files={PROFILE: "\ufeff" + ini(*KEYS)}),
    Case(
        "HUAWEICLOUD_SDK_CREDENTIALS_FILE",
        "good",
        {"HUAWEICLOUD_SDK_CREDENTIALS_FILE": f"{HOME}/mine"},
        {"mine": ini(*KEYS)},
    ),
    Case("KooCLI", "in the clear", files={KOOCLI: koocli(*KEYS)}),
    Case("KooCLI", "temporary keys", files={KOOCLI: koocli(*TEMPORARY)}),
    Case("ECS agency", "token, then keys", cloud={"ecs": {}}),
    Case("ECS agency", "no tokens: 404", cloud={"ecs": {"token_status": 404}}),
    Case("ECS agency", "no tokens: 405", cloud={"ecs": {"token_status": 405}}),
    Case("ECS agency", "no tokens: 503", cloud={"ecs": {"token_status": 503}}),
    # A stray member of one family hides no whole other one, nor an account's name anything.
    Case("HW_*", "beside a stray token", {SDK[2]: SECURITY_TOKEN, **given(HW, KEYS)}),
    Case("ECS agency", "beside HW_DOMAIN_NAME", {HW_USER[2]: DOMAIN}, cloud={"ecs": {}}),
]

"""Every way to give credentials wrong, ended, by half or not at all, with what is said to it."""

from datetime import timedelta

from drs_mcp.simulator import ACCESS_KEY, DOMAIN, PASSWORD, SECRET_KEY, SECURITY_TOKEN, USER
from tests.support.credential_cases import (
    HOME,
    HW,
    HW_USER,
    KEYS,
    KOOCLI,
    OS,
    OS_USER,
    OURS,
    PROFILE,
    SDK,
    TEMPORARY,
    Case,
    end_keys,
    end_token,
    given,
    ini,
    koocli,
)
from tests.support.planted_secrets import (
    WRONG_ACCESS_KEY,
    WRONG_PASSWORD,
    WRONG_SECRET_KEY,
    WRONG_TOKEN,
)

_REFUSED = "Could not read the task list in cn-north-4: the credentials of {} were refused. {}"
_HTTP = ' (HTTP 401, error code {})\nDRS said: "{}"'
_GATEWAY = "Incorrect IAM authentication information: "
_TOKEN_ADVICE = (
    "A token lives 24 hours at most and ends early when the user changes: put a fresh one there "
    "and start again."
)
_KEYS_ADVICE = (
    "Check that access key and secret key belong together, are enabled, and that temporary ones "
    "have not ended and come with their security token."
)
_FILE_ADVICE = "Put valid keys into ak and sk under [basic]; the file is read again by itself."
_UNSENDABLE = (
    "What {} holds cannot be sent: it has blanks, line breaks or letters that no token and no key "
    "has. Copy it again."
)
_HALF = "{} is set, but not {}. Set all of them, or none."
_PASSWORD = (
    "Could not get a token from IAM: user, password or domain is wrong. Check {}, {} and {} (the "
    "account's name); it must be an IAM user with programmatic access, not a HUAWEI ID. It is not "
    "tried again for 5 minutes, as IAM locks accounts. (HTTP 401, error code 401)\nIAM said: "
    '"Authentication failed"'
)
_NO_CREDENTIALS = (
    "No credentials. Set one of: DRS_MCP_TOKEN; HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK; "
    "DRS_MCP_USER, DRS_MCP_PASSWORD and DRS_MCP_DOMAIN; a file ~/.huaweicloud/credentials; an ECS "
    "agency. `drs-mcp doctor` checks them, and drs-mcp serve --demo needs none. No ECS metadata "
    "service answers here."
)
_AGENCY = (
    "This ECS instance has no agency that may be used (HTTP 401). Configure a cloud service agency "
    "with read access to DRS for it, or set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK."
)
_METADATA = (
    "The ECS metadata service gave no {} (HTTP {}). Ask again in a minute, or set "
    "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK."
)
_ENCRYPTED = (
    "KooCLI's ~/.hcloud/config.json is encrypted, so only KooCLI can read it. Put the keys into "
    "HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or let KooCLI store them in the clear: hcloud "
    "configure set --cli-auth-encrypt=false."
)
_NO_KEYS = (
    "The current profile of KooCLI's ~/.hcloud/config.json holds no access key and secret key. "
    "Set them with `hcloud configure set`, or set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK."
)


def refused(who, advice, said, code="APIGW.0301"):
    return _REFUSED.format(who, advice) + _HTTP.format(code, said)


def keys_refused(who, reason, advice=_KEYS_ADVICE):
    return refused(who, advice, _GATEWAY + reason)


def _keys_cases(family, names):
    access, secret, token = names
    wrong = given(names, (ACCESS_KEY, WRONG_SECRET_KEY))
    unknown = given(names, (WRONG_ACCESS_KEY, WRONG_SECRET_KEY))
    tokenless = given(names, TEMPORARY[:2])
    signature, no_such = (
        "verify aksk signature fail",
        "Get secretKey failed,ak:***,err:ak not exist",
    )
    missing, ended = "verify aksk security token fail", "security token expired"
    return [
        Case(family, "wrong SK", wrong, says=keys_refused(access, signature)),
        Case(family, "unknown AK", unknown, says=keys_refused(access, no_such)),
        Case(family, "no security token", tokenless, says=keys_refused(access, missing)),
        Case(
            family,
            "ended",
            given(names, TEMPORARY),
            prepare=end_keys,
            says=keys_refused(access, ended),
        ),
        Case(family, "AK alone", {access: ACCESS_KEY}, says=_HALF.format(access, secret)),
        Case(family, "SK alone", {secret: SECRET_KEY}, says=_HALF.format(secret, access)),
        Case(
            family,
            "security token alone",
            {token: SECURITY_TOKEN},
            says=_HALF.format(token, f"{access} and {secret}"),
        ),
    ]


def _user_cases(family, names):
    user, password, domain = names
    wrong = given(names, (USER, WRONG_PASSWORD, DOMAIN))
    return [
        Case(family, "wrong password", wrong, says=_PASSWORD.format(*names)),
        Case(
            family,
            "unknown domain",
            given(names, (USER, PASSWORD, "no-such")),
            says=_PASSWORD.format(*names),
        ),
        Case(
            family,
            "no domain",
            given(names, (USER, PASSWORD)),
            says=_HALF.format(user, domain),
        ),
        Case(
            family, "user alone", {user: USER}, says=_HALF.format(user, f"{password} and {domain}")
        ),
        Case(
            family,
            "password alone",
            {password: PASSWORD},
            says=_HALF.format(password, f"{user} and {domain}"),
        ),
    ]


FAILING = [
    Case(
        "DRS_MCP_TOKEN",
        "wrong",
        {"DRS_MCP_TOKEN": WRONG_TOKEN},
        says=refused("DRS_MCP_TOKEN", _TOKEN_ADVICE, f"{_GATEWAY}decrypt token fail"),
    ),
    Case(
        "DRS_MCP_TOKEN",
        "ended",
        {"DRS_MCP_TOKEN": "demo-token-000001"},
        prepare=end_token,
        says=refused("DRS_MCP_TOKEN", _TOKEN_ADVICE, "The token must be updated.", "APIGW.0307"),
    ),
    Case(
        "DRS_MCP_TOKEN",
        "broken over two lines",
        {"DRS_MCP_TOKEN": "MIIplanted\nToken"},
        says=_UNSENDABLE.format("DRS_MCP_TOKEN"),
    ),
    Case(
        "DRS_MCP_TOKEN",
        "not ASCII",
        {"DRS_MCP_TOKEN": "MIIplantedé"},
        says=_UNSENDABLE.format("DRS_MCP_TOKEN"),
    ),
    Case(
        "DRS_MCP_TOKEN_FILE",
        "missing",
        {"DRS_MCP_TOKEN_FILE": f"{HOME}/t"},
        says="Cannot read the file of DRS_MCP_TOKEN_FILE (FileNotFoundError). Check that it is "
        "there and readable.",
    ),
    Case(
        "DRS_MCP_TOKEN_FILE",
        "empty",
        {"DRS_MCP_TOKEN_FILE": f"{HOME}/t"},
        {"t": "\n"},
        says="There is no token in the file of DRS_MCP_TOKEN_FILE.",
    ),
    *_keys_cases("HUAWEICLOUD_SDK_*", SDK),
    *_keys_cases("HW_*", HW),
    *_keys_cases("OS_*", OS),
    Case(
        "HUAWEICLOUD_SDK_*",
        "SK not ASCII",
        given(SDK, (ACCESS_KEY, "plantedé")),
        says=_UNSENDABLE.format("HUAWEICLOUD_SDK_AK"),
    ),
    Case(
        "two families",
        "AK of one, SK of another",
        {SDK[0]: ACCESS_KEY, HW[1]: SECRET_KEY},
        says=_HALF.format(SDK[0], SDK[1]),
    ),
    Case(
        "two families",
        "user of one, password of another",
        {HW_USER[0]: USER, OS_USER[1]: PASSWORD, OURS[2]: DOMAIN},
        says=_HALF.format(HW_USER[0], f"{HW_USER[1]} and {HW_USER[2]}"),
    ),
    *_user_cases("DRS_MCP_USER", OURS),
    *_user_cases("HW_USER_NAME", HW_USER),
    *_user_cases("OS_USERNAME", OS_USER),
    Case(
        "~/.huaweicloud/credentials",
        "wrong SK",
        files={PROFILE: ini(ACCESS_KEY, WRONG_SECRET_KEY)},
        says=keys_refused("~/.huaweicloud/credentials", "verify aksk signature fail", _FILE_ADVICE),
    ),
    Case(
        "~/.huaweicloud/credentials",
        "ended",
        files={PROFILE: ini(*TEMPORARY)},
        prepare=end_keys,
        says=keys_refused("~/.huaweicloud/credentials", "security token expired", _FILE_ADVICE),
    ),
    Case(
        "~/.huaweicloud/credentials",
        "no [basic]",
        files={PROFILE: ini(*KEYS, section="global")},
        says="ak and sk are missing under [basic] in ~/.huaweicloud/credentials.",
    ),
    Case(
        "~/.huaweicloud/credentials",
        "no sk",
        files={PROFILE: ini(ACCESS_KEY)},
        says="sk is missing under [basic] in ~/.huaweicloud/credentials.",
    ),
    Case(
        "~/.huaweicloud/credentials",
        "no section at all",
        files={PROFILE: f"ak = {ACCESS_KEY}\nsk = {SECRET_KEY}\n"},
        says="The format of ~/.huaweicloud/credentials is not INI: [basic], ak = …, sk = ….",
    ),
    Case(
        "HUAWEICLOUD_SDK_CREDENTIALS_FILE",
        "missing",
        {"HUAWEICLOUD_SDK_CREDENTIALS_FILE": f"{HOME}/mine"},
        says="Cannot read the file of HUAWEICLOUD_SDK_CREDENTIALS_FILE (FileNotFoundError). Check "
        "that it is there and readable.",
    ),
    Case(
        "HUAWEICLOUD_SDK_CREDENTIALS_FILE",
        "huge",
        {"HUAWEICLOUD_SDK_CREDENTIALS_FILE": f"{HOME}/mine"},
        {"mine": ini(*KEYS) + "#" * 300_000},
        says="Too large for credentials: the file of HUAWEICLOUD_SDK_CREDENTIALS_FILE.",
    ),
    Case(
        "KooCLI",
        "encrypted",
        files={KOOCLI: koocli("planted9xQ2rV0fJt3k8LmZ+/w==", "plantedDz7/sk==")},
        says=_ENCRYPTED,
    ),
    Case("KooCLI", "no keys", files={KOOCLI: koocli()}, says=_NO_KEYS),
    Case(
        "KooCLI",
        "not JSON",
        files={KOOCLI: '{"current": "planted'},
        says="The format of KooCLI's ~/.hcloud/config.json is not JSON.",
    ),
    Case("ECS agency", "no service", says=_NO_CREDENTIALS),
    Case("ECS agency", "no agency", cloud={"ecs": {"fault": "no_agency"}}, says=_AGENCY),
    Case(
        "ECS agency",
        "no agency, no tokens",
        cloud={"ecs": {"fault": "no_agency", "token_status": 404}},
        says=_AGENCY,
    ),
    Case(
        "ECS agency",
        "junk",
        cloud={"ecs": {"fault": "junk"}},
        says=_METADATA.format("keys", 200),
    ),
    Case(
        "ECS agency",
        "failing",
        cloud={"ecs": {"fault": "fails"}},
        says=_METADATA.format("keys", 500),
    ),
    Case(
        "ECS agency",
        "token refused",
        cloud={"ecs": {"token_status": 403}},
        says=_METADATA.format("token", 403),
    ),
    Case(
        "ECS agency",
        "gives ended keys",
        cloud={"ecs": {"lifetime": timedelta(seconds=-1), "fresh": timedelta.min}},
        says=keys_refused(
            "the ECS agency",
            "security token expired",
            "Its keys are fetched again by themselves: check that the agency still exists and may "
            "read DRS.",
        ),
    ),
]

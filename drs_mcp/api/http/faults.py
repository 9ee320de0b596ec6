"""Which error of the tree an upstream answer is, with the next step in our own words."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from drs_mcp.api.http.error_bodies import error_in
from drs_mcp.api.http.on_the_way import refused_on_the_way
from drs_mcp.api.wire.values import record, text
from drs_mcp.errors import (
    ApiError,
    Blocked,
    NotAuthenticated,
    NotPermitted,
    RequestRefused,
    ServiceFault,
    TaskNotFound,
    Throttled,
)
from drs_mcp.quoting.pages import redacted

_NOT_FOUND = frozenset({"DRS.10000010", "DRS.M00289", "DRS.M05003"})
_GONE = frozenset({"DRS.M05004"})
_THROTTLED = frozenset({"APIG.0308", "APIGW.0308", "DRS.M01503"})
_BAD_TOKEN = frozenset({"DRS.M00100", "APIGW.0301", "APIG.0301", "APIGW.0307", "APIG.0307"})
BAD_PROJECT = frozenset({"DRS.M00261", "APIGW.0310", "APIG.0310"})
"""403 that is about the project, not about rights."""
_BUSY = frozenset({"DRS.M01504"})
_NO_RIGHTS = frozenset(
    {"DRS.M00101", "DRS.M00102", "DRS.M00103", "APIGW.0302", "APIG.0302", "APIGW.0306", "APIG.0306"}
)
_BROKEN = re.compile(r"DRS\.M00004|DRS\.M01501|APIGW?\.(?:0103|06\d\d)")
_FROZEN = frozenset({"APIGW.0502", "APIG.0502", "DRS.M00105"})
_OTHER_REGION = frozenset({"APIGW.0802", "APIG.0802"})
_NOT_IN_REGION = frozenset({"APIGW.0801", "APIG.0801"})
_OWED = r"(?:payment|bill|invoice|order|fee|charge|amount|balance|debt)s?"
_ARREARS = re.compile(
    r"arrears|\boverdue\b|\bpast[ -]due\b|\bpayment required\b"
    rf"|\b(?:outstanding|unpaid|owed|unsettled|delinquent) (?:\w+ )?{_OWED}\b"
    rf"|\b{_OWED} (?:is|are|has been|have been|was|were) (?:due|outstanding|unpaid|unsettled|not paid)\b"
    r"|\b(?:insufficient|not enough|negative|low) (?:account )?(?:balance|funds|credits?)\b"
    r"|\bbalance\b.{0,20}\b(?:insufficient|negative|not enough|too low|exhausted|used up)\b"
    r"|\b(?:account|you|customer) owes?\b|\bin debt\b"
    r"|欠费|欠款|欠缴|逾期|未(?:支付|缴费|付款|结清)|余额(?:不足|为负)",
    re.IGNORECASE,
)
_SUSPENDED = re.compile(
    r"\b(?:frozen|suspended)\b|account.{0,20}restricted|冻结|受限", re.IGNORECASE
)
_UNPERMITTED = re.compile(
    r"\bnot (?:authori[sz]ed|permitted|allowed) to (?:perform|access|call|invoke|use)\b"
    r"|\b(?:do(?:es)?|did) not have .{0,30}\b(?:permission|privilege|right)s?\b"
    r"|\b(?:insufficient|no(?! such)|lacks?|lacking|missing) (?:\w+ ){0,2}(?:permission|privilege)s?\b"
    r"|(?<!conflict )(?<!ddl )(?<!filter )\bpolicy (?:does not|doesn't) allow\b|权限不足|(?:没有|无|缺少).{0,8}权限|无权",
    re.IGNORECASE,
)
_TOKEN_REFUSED = re.compile(
    r"(?<!resume )\btoken (?:authentication|verification|validation) fail|\b(?:invalid|expired|illegal) token\b(?! (?:at|near|in json|in line|in position)\b)"
    r"|(?<!resume )\btoken (?:is |has |was )?(?:invalid|expired|not valid)\b|token.{0,6}(?:鉴权失败|认证失败|失效|过期|无效)",
    re.IGNORECASE,
)
_OF_A_DATABASE = re.compile(
    r"(?<![:\w])(?:source|destination|target|database|db|instance|schema)(?![:\w])|[源目][库端标]|数据库",
    re.IGNORECASE,
)
"""Whose rights are missing there: a database's account is no user of the cloud."""
_OTHER_SITE = re.compile(
    r"\bnot belong to th(?:e|is) (?:web)?site\b|不属于.{0,12}站", re.IGNORECASE
)
_NO_TASK = re.compile(
    r"\b(?:job|task)\b.{0,40}(?:not (?:be )?(?:found|exist)|(?:does|did) not exist|not exist)"
    r"|任务.{0,10}(?:不存在|未找到)",
    re.IGNORECASE,
)

_DELETED = re.compile(
    r"\b(?:job|task)\b.{0,40}\b(?:has been|was|is) (?:already )?(?:deleted|released)\b"
    r"|任务.{0,10}(?:已被|已经|已|被)(?:删除|释放)",
    re.IGNORECASE,
)
_OF_REQUEST = frozenset({200, 400, 404})
"""Under which DRS says that there is no such task; 200 where the body alone tells the error."""

_GATEWAYS = frozenset({502, 503, 504})
"""What a gateway or a proxy says of whom it could not reach."""

_CODE = re.compile(r"\b(?:DRS|APIGW?|IAM|CBC)\.[A-Z]{0,2}\d{3,10}\b")
"""A code of DRS, its gateway, IAM or billing, where it stands in a text."""


def fault(
    status: int,
    headers: Mapping[str, str],
    body: Any,
    *,
    what: str,
    region: str,
    of_task: bool = False,
) -> ApiError:
    """The error for an answer of *status* with the decoded *body* (None when it was not JSON).

    Args:
        status: the HTTP status.
        headers: the answer's headers, for the request ID.
        body: the decoded body.
        what: what was being read, in our own words ("the log of task erp").
        region: the region asked.
        of_task: whether it was about one task, whose absence a 404 then means.
    """
    # Each by itself, before they are joined: the body may be one of which only rows were redacted.
    code, said = map(redacted, error_in(body) or ("", ""))
    code = code or ("".join(_CODE.findall(said)[:1]))
    request_id = (
        headers.get("X-Request-Id")
        or headers.get("X-IAM-Trace-Id")
        or text(record(body).get("request_id"))
        or ""
    )
    way = refused_on_the_way(status, code.upper(), said, foreign=body is None)
    kind, advice = (
        (Blocked, way) if way else _kind(_Facts(status, code.upper(), said, of_task, body is None))
    )
    return kind(
        f"Could not read {what} in {region}: {advice}",
        status=status,
        code=code,
        said=said,
        request_id=request_id,
    )


class _Facts(NamedTuple):
    """What an error is judged by."""

    status: int
    code: str
    said: str
    of_task: bool
    foreign: bool
    """Whether it is no JSON."""


_NO_SUCH_TASK = (
    "no task of that ID exists in this project and region. Call list_jobs to see the "
    "tasks, and check region and project."
)


def _is_of_drs(facts: _Facts) -> bool:
    """Whether a 404 is DRS's own: a gateway, or a page of somebody else's, knows no task."""
    return bool(facts.code or facts.said) and not facts.code.startswith("APIG")


def _is_unpermitted(facts: _Facts) -> bool:
    """Whether the code or the text says that rights are missing, whatever the HTTP status."""
    if facts.code in _NO_RIGHTS or facts.code.startswith("PDP"):
        return True
    said = facts.status < 500 and _UNPERMITTED.search(facts.said) is not None
    return said and not _OF_A_DATABASE.search(facts.said)


def _is_refused_token(facts: _Facts) -> bool:
    if facts.code in _BAD_TOKEN or facts.status == 401:
        return True
    return facts.status < 500 and _TOKEN_REFUSED.search(facts.said) is not None


_MAY_NOT = (
    "the credentials are valid but may not do this. Grant the user read access to DRS in this "
    "project."
)

_RULES: tuple[tuple[Callable[[_Facts], object], type[ApiError], str], ...] = (
    (
        lambda at: at.code in _GONE or (at.status in _OF_REQUEST and _DELETED.search(at.said)),
        TaskNotFound,
        (
            "the task was deleted or its resources were released: nothing can be read of it any "
            "more. Call list_jobs to see the tasks."
        ),
    ),
    (
        lambda at: at.code in _NOT_FOUND or (at.status in _OF_REQUEST and _NO_TASK.search(at.said)),
        TaskNotFound,
        _NO_SUCH_TASK,
    ),
    (
        lambda at: at.status == 429 or at.code in _THROTTLED,
        Throttled,
        "too many requests are being made. Wait some seconds and ask again.",
    ),
    (
        lambda at: at.code in BAD_PROJECT,
        NotPermitted,
        (
            "the project ID does not belong to these credentials in this region. "
            "Check DRS_MCP_PROJECT_ID and DRS_MCP_REGION."
        ),
    ),
    (
        lambda at: at.status == 402 or _ARREARS.search(at.said),
        NotPermitted,
        (
            "the account is in arrears. Pay the bill or top up the account in the Billing Center; "
            "until then the cloud refuses its calls."
        ),
    ),
    (
        lambda at: at.code in _FROZEN or _SUSPENDED.search(at.said),
        NotPermitted,
        "the account is frozen or restricted. Ask its owner, or the cloud's support, to lift that.",
    ),
    (
        lambda at: _OTHER_SITE.search(at.said),
        NotPermitted,
        (
            "the account belongs to another site of the cloud (such as the international one). "
            "Check DRS_MCP_REGION and DRS_MCP_ENDPOINT, and whose credentials these are."
        ),
    ),
    (
        lambda at: at.code in _OTHER_REGION,
        NotPermitted,
        "these credentials may not be used in this region. Check DRS_MCP_REGION.",
    ),
    (
        lambda at: at.code in _NOT_IN_REGION,
        NotPermitted,
        "DRS is not offered in this region, or not from here. Check DRS_MCP_REGION.",
    ),
    (
        lambda at: at.code not in _BAD_TOKEN and at.code[:4] != "CBC." and _is_unpermitted(at),
        NotPermitted,
        _MAY_NOT,
    ),
    (
        _is_refused_token,
        NotAuthenticated,
        "the credentials were refused.",
    ),
    (
        lambda at: at.code.startswith("CBC.") and at.status < 500,
        NotPermitted,
        (
            "the cloud's customer and billing service refused the account. Look into the Billing "
            "Center, or ask the account's partner or the cloud's support."
        ),
    ),
    (
        lambda at: _BROKEN.fullmatch(at.code),
        ServiceFault,
        "DRS itself failed. Ask again in a minute.",
    ),
    (
        lambda at: at.status == 403,
        NotPermitted,
        _MAY_NOT,
    ),
    (
        lambda at: at.code in _BUSY,
        ServiceFault,
        "another operation is under way on the task. Ask again in a minute.",
    ),
    (
        lambda at: not at.code and (at.status in _GATEWAYS or (at.foreign and at.status >= 500)),
        ServiceFault,
        "a gateway or proxy on the way, or DRS behind it, failed. Ask again in a minute.",
    ),
    (
        lambda at: at.status >= 500,
        ServiceFault,
        "DRS itself failed. Ask again in a minute.",
    ),
    (
        lambda at: at.status == 404 and at.of_task and _is_of_drs(at),
        TaskNotFound,
        _NO_SUCH_TASK,
    ),
    (
        lambda at: at.status == 404,
        RequestRefused,
        (
            "this cloud or region offers the older API (v3) only, which is not supported, or the "
            "endpoint is not one of DRS. Check DRS_MCP_REGION or DRS_MCP_ENDPOINT."
        ),
    ),
)
"""The first rule that holds tells the error and the next step.

A code says more than the HTTP status that it came under, and a text more than billing's codes.
"""


def _kind(facts: _Facts) -> tuple[type[ApiError], str]:
    for holds, kind, advice in _RULES:
        if holds(facts):
            return kind, advice
    return RequestRefused, (
        "DRS refused the request. Check the arguments, and the task in the DRS console."
    )

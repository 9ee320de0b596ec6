"""A connection test (Table 31): who reached whom, who did not and why."""

from collections.abc import Sequence
from typing import NamedTuple

from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import flag, records, text, word
from drs_mcp.knowledge.error_codes import error_code
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import as_identifier
from drs_mcp.summaries.addresses import owner_of
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table


class NetworkAnswer(Answer, Closing):
    """Answer of `get_network_test`."""

    essential = frozenset({"counts"})

    counts: dict[str, int] = {}
    results: Table = Table()


class _Result(NamedTuple):
    ip: str | None
    side: str | None
    port: str | None
    user: str | None
    result: str
    code: str | None
    meaning: str | None
    said: str | None


def network_answer(
    job: Job,
    detail: Job | None = None,
    *,
    job_ref: str,
    kind: str,
    query_id: str,
    offset: int = 0,
) -> NetworkAnswer:
    """Summarise `network_results`: failures first; *detail* tells whose the addresses are."""
    rows: list[_Result] = []
    conflicts = 0
    for found in records(job.get("network_results")):
        success, status = flag(found.get("success")), word(found.get("status"))
        if success is None and status is None:  # then `result` is all that tells
            status = word(found.get("result"))
        by_status = None if status not in _BY_STATUS else status == "SUCCESS"
        conflict = None not in (success, by_status) and success != by_status
        conflicts += conflict
        reached = None if conflict else success if success is not None else by_status
        verdict = "unclear" if conflict else _VERDICT[reached]
        code = text(found.get("error_code"))
        known = error_code(code) if code else None
        told = (text(found.get("error_msg")), text(found.get("result")))
        said = " / ".join(
            dict.fromkeys(one for one in told if one and one.upper() not in _BY_STATUS)
        )
        address = text(found.get("ip"))
        owner = owner_of(address, detail) if address and detail is not None else None
        rows.append(
            _Result(
                address,
                owner.side if owner else None,
                owner.port if owner else None,
                owner.user if owner else None,
                verdict,
                code,
                known.meaning if known else None,
                said or None,
            )
        )
    rows.sort(key=lambda row: _WORST.index(row.result))
    counts = {verdict: number for verdict in _WORST if (number := _times(rows, verdict))}
    return NetworkAnswer(
        headline=_headline(counts, rows),
        counts=counts,
        results=table(
            _Result._fields,
            rows[offset:],
            total=len(rows),
            start=offset,
            more=NextCall(
                tool="get_network_test",
                args={"job": job_ref, "kind": kind, "query_id": query_id},
            ),
        ),
        notes=(["Unclear: `success` and `status` disagree."] if conflicts else []),
    )


_MOST_NAMED = 3
_BY_STATUS = ("SUCCESS", "FAILED")
_VERDICT = {True: "reached", False: "failed", None: "pending"}
_WORST = ("failed", "unclear", "pending", "reached")


def _times(rows: Sequence[_Result], verdict: str) -> int:
    return sum(1 for row in rows if row.result == verdict)


def _whose(row: _Result) -> str:
    """The address that failed, and whose it is."""
    port = f":{row.port}" if row.port and row.ip and ":" not in row.ip else ""
    user = as_name(row.user)
    called = as_identifier(f"{row.ip}{port}".replace(":", "_")) and f"{row.ip}{port}"
    return " ".join(filter(None, (row.side, called or "one address", f"as {user}" if user else "")))


def _headline(counts: dict[str, int], rows: Sequence[_Result]) -> str:
    total = len(rows)
    if not total:
        return "The connection test has no results yet: ask again in some seconds."
    if counts.get("reached") == total:
        return f"The connection test reached {'it' if total == 1 else 'all'}: {plural(total, 'address', 'addresses')}."
    counted = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
    failed = [_whose(row) for row in rows if row.result == "failed" and row.side]
    named = f" Failed: {', '.join(failed[:_MOST_NAMED])}." if 0 < len(failed) <= _MOST_NAMED else ""
    return f"Connection test of {plural(total, 'address', 'addresses')}: {counted}.{named}"

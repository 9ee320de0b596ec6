"""A connection test (Table 31): who reached whom, who did not and why."""

from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import flag, records, text, word
from drs_mcp.knowledge.error_codes import error_code
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table


class NetworkAnswer(Answer, Closing):
    """Answer of `get_network_test`."""

    essential = frozenset({"counts"})

    counts: dict[str, int] = {}
    results: Table = Table()


def network_answer(
    job: Job, *, job_ref: str, kind: str, query_id: str, offset: int = 0
) -> NetworkAnswer:
    """Summarise `network_results`: failures first."""
    rows = []
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
        rows.append(
            (
                text(found.get("ip")),
                verdict,
                code,
                known.meaning if known else None,
                said or None,
            )
        )
    rows.sort(key=lambda row: _WORST.index(row[1]))
    counts = {verdict: number for verdict in _WORST if (number := _times(rows, verdict))}
    return NetworkAnswer(
        headline=_headline(counts, len(rows)),
        counts=counts,
        results=table(
            ("ip", "result", "code", "meaning", "said"),
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


_BY_STATUS = ("SUCCESS", "FAILED")
_VERDICT = {True: "reached", False: "failed", None: "pending"}
_WORST = ("failed", "unclear", "pending", "reached")


def _times(
    rows: list[tuple[str | None, str, str | None, str | None, str | None]], verdict: str
) -> int:
    return sum(1 for row in rows if row[1] == verdict)


def _headline(counts: dict[str, int], total: int) -> str:
    if not total:
        return "The connection test has no results yet: ask again in some seconds."
    if counts.get("reached") == total:
        return f"The connection test reached {'it' if total == 1 else 'all'}: {plural(total, 'address', 'addresses')}."
    counted = ", ".join(f"{number} {verdict}" for verdict, number in counts.items())
    return f"Connection test of {plural(total, 'address', 'addresses')}: {counted}."

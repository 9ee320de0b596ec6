"""The answer of `diagnose_job`: verdict, root cause, findings with evidence, what is ruled out."""

from collections.abc import Sequence
from typing import Literal

from drs_mcp.clock import iso
from drs_mcp.quoted import Name, Quoted, spoken
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.evidence import Evidence
from drs_mcp.summaries.find_comparisons import differing_objects, find_comparisons
from drs_mcp.summaries.find_failure import find_failure, find_subtasks
from drs_mcp.summaries.find_load import find_load, fresh_load, threshold
from drs_mcp.summaries.find_settings import (
    failing_since,
    find_automatic_stop,
    find_status,
    stop_days,
)
from drs_mcp.summaries.findings import SEVERITIES, Finding

Verdict = Literal["healthy", "attention", "failed", "waiting", "finished", "unknown"]

_CONFIDENCE = {
    "doc": "documented by Huawei",
    "doc-partial": "partly documented by Huawei",
    "inferred": "our inference, not Huawei's word",
}
_WAITING = frozenset({"waiting", "configuration", "paused"})


class DiagnosisAnswer(Answer, Closing):
    """Answer of `diagnose_job`.

    `root_cause` is the code of the finding that explains the rest; `confidence` of a finding is
    doc, doc-partial or inferred for what is known of a message, else observed; `unread` names what
    could not be read and why.
    """

    essential = frozenset({"verdict", "status", "root_cause"})
    samples = frozenset({"evidence"})

    verdict: Verdict
    status: Name | None = None
    phase: Name | None = None
    root_cause: Name | None = None
    unread: dict[Name, Quoted] = {}
    findings: Table = Table()
    ruled_out: list[Quoted] = []
    stops_by_itself: Name | None = None


def find(found: Evidence) -> list[Finding]:
    """Every finding, the worst first; the first one is the root cause."""
    findings = [
        *find_failure(found),
        *find_subtasks(found),
        *find_status(found),
        *find_automatic_stop(found),
        *find_load(found),
        *find_comparisons(found),
    ]
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def diagnosis_answer(found: Evidence) -> DiagnosisAnswer:
    """Judge what was read."""
    findings = find(found)
    verdict = judge(found, findings)
    root = findings[0] if findings and findings[0].severity != "info" else None
    return DiagnosisAnswer(
        headline=_headline(found, verdict, findings, root),
        verdict=verdict,
        status=found.state.value or None,
        phase=found.state.phase or None,
        root_cause=root.code if root else None,
        unread=dict(found.unread),
        findings=table(
            ("finding", "severity", "says", "evidence", "cause", "fix", "confidence", "known"),
            [
                (
                    finding.code,
                    finding.severity,
                    finding.says,
                    finding.evidence,
                    finding.cause,
                    finding.fix,
                    finding.confidence,
                    finding.known,
                )
                for finding in findings
            ],
        ),
        ruled_out=_ruled_out(found, findings),
        stops_by_itself=_stop(found),
        next=_next(found, findings, verdict),
    )


def judge(found: Evidence, findings: Sequence[Finding]) -> Verdict:
    """The verdict; healthy only when the progress and the log were read."""
    state = found.state
    if found.detail is None and found.progress is None:
        return "unknown"
    if state.group == "failed" or any(finding.code == "subtask_failed" for finding in findings):
        return "failed"
    if state.group == "unknown":
        return "unknown"
    if state.group in _WAITING:
        return "waiting"
    if any(finding.severity != "info" for finding in findings):
        return "attention"
    if state.group in ("finished", "deleted"):
        return "finished"
    if found.progress is None or found.log is None:
        return "unknown"
    return "healthy"


def _headline(
    found: Evidence, verdict: Verdict, findings: Sequence[Finding], root: Finding | None
) -> str:
    state = found.state
    told = state.meaning or f"status {spoken(state.value) or 'unknown'}"
    if verdict == "healthy" and found.delay is not None:
        told += f", delay {found.delay:,} s"
    head = f"{found.label} is {verdict}: {told}."
    if verdict == "unknown" and not root:
        head = f"{found.label}: {told}; no trouble in what could be read."
    elif verdict == "attention":
        head = f"{found.label} needs attention: {told}."
    elif verdict == "failed":
        head = f"{found.label} has failed: {told}."
    if root is None:
        return head + _partly(found)
    head += f" {root.says[0].upper()}{root.says[1:]}."
    if root.cause and root.known:
        sure = _CONFIDENCE.get(root.confidence, "")
        head += f" Likely cause ({root.known}, {sure}): {root.cause}"
    others = sum(1 for finding in findings[1:] if finding.severity != "info")
    if others:
        head += f" {plural(others, 'other finding')}."
    return head + _partly(found)


def _partly(found: Evidence) -> str:
    parts = ", ".join(found.unread)
    return f" Not read: {parts}." if parts else ""


def _stop(found: Evidence) -> str | None:
    """When DRS stops a failed task by itself: an estimate, in a sentence."""
    since = failing_since(found) if found.state.group == "failed" else None
    if since is None or found.detail is None:
        return None
    return f"{stop_days(found)} days after {iso(since)}, estimated"


def _ruled_out(found: Evidence, findings: Sequence[Finding]) -> list[str]:
    """What was looked at and is well, one short sentence each."""
    codes = {finding.code for finding in findings}
    told = []
    running = found.state.group == "running"
    delay = found.delay
    if running and delay is not None and "delay_excessive" not in codes:
        told.append(f"delay {delay:,} s, within {threshold(found)[0]:,} s")
    load = fresh_load(found)
    if running and load and not {"node_cpu_exhausted", "node_mem_exhausted"} & codes:
        told.append("node " + ", ".join(f"{name} {value}%" for name, value in load.items()))
    told += _log_ruled_out(found, codes)
    if found.subtasks and "subtask_failed" not in codes:
        told.append(f"{plural(len(found.subtasks), 'subtask')}, none failed")
    if found.state.group in ("running", "finished"):
        told += [
            f"{spoken(kind) or 'other'} {why}" for kind, why in differing_objects(found)[1].items()
        ]
        agree = [
            what
            for what, read, code in (
                ("objects", bool(found.objects), "objects_missing"),
                ("rows", bool(found.rows), "rows_inconsistent"),
                ("values", bool(found.values), "values_inconsistent"),
            )
            if read
            and code not in codes
            and code.replace("inconsistent", "not_compared") not in codes
        ]
        if agree:
            told.append(f"newest comparison of {', '.join(agree)} consistent")
    return told


def _log_ruled_out(found: Evidence, codes: set[str]) -> list[str]:
    log = found.log
    if log is None:
        return []
    told = []
    if not log.errors:
        told.append(f"no error in {plural(log.entries, 'log entry', 'log entries')}")
    harmless = [kind for kind in (*log.errors, *log.warnings) if kind.harmless]
    if harmless:
        ids = ", ".join(dict.fromkeys(kind.known.id for kind in harmless if kind.known))
        entries = sum(kind.count for kind in harmless)
        told.append(f"{plural(entries, 'entry', 'entries')} harmless while a task runs: {ids}")
    past = [
        kind
        for kind in log.errors
        if kind.known and kind.known.topic and kind.last and (log.last or found.now) > kind.last
    ]
    if past and not codes & {"connection_lost", "credentials_refused"}:
        kind = past[0]
        if kind.known and kind.last and kind.count > 1:
            told.append(f"{kind.count:,} {kind.known.id} errors ended {iso(kind.last)}")
    return told


def _next(found: Evidence, findings: Sequence[Finding], verdict: Verdict) -> list[NextCall]:
    codes = [finding.code for finding in findings]
    job: dict[str, str | int | bool] = {"job": found.asked}
    calls = []
    since = failing_since(found) if verdict == "failed" else None
    if since is not None:
        calls.append(
            NextCall(
                tool="get_logs",
                args=job | {"view": "lines", "until": iso(since)},
                why="what led to it",
            )
        )
    if "objects_missing" in codes:
        calls.append(
            NextCall(tool="get_compare_detail", args=job | {"compare_type": "object_compare"})
        )
    if "rows_inconsistent" in codes or "rows_not_compared" in codes:
        calls.append(
            NextCall(tool="get_compare_detail", args=job | {"compare_type": "line_compare"})
        )
    if "values_inconsistent" in codes:
        calls.append(NextCall(tool="get_compare_diff", args=job))
    if "recent_errors" in codes or "connection_lost" in codes:
        calls.append(NextCall(tool="get_logs", args=job))
    if not calls and verdict == "healthy" and found.state.phase == "incremental":
        calls.append(NextCall(tool="check_cutover", args=job))
    return calls[:3]

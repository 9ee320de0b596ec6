"""The answer of `diagnose_job`: verdict, root cause, findings with evidence, what is ruled out."""

from collections.abc import Sequence
from typing import Literal

from drs_mcp.clock import iso
from drs_mcp.quoting.quoted import Name, Quoted, as_identifier
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.diagnosis.comparisons import (
    differing_objects,
    find_comparisons,
    objects_agree,
)
from drs_mcp.summaries.diagnosis.evidence import PARTLY, Evidence
from drs_mcp.summaries.diagnosis.failure import ACTIVE, failed_subtasks, find_failure, find_subtasks
from drs_mcp.summaries.diagnosis.findings import SEVERITIES, Finding
from drs_mcp.summaries.diagnosis.load import find_load, fresh_load, threshold
from drs_mcp.summaries.diagnosis.settings import (
    failing_since,
    find_automatic_stop,
    find_contradictions,
    find_status,
    stop_days,
    stop_time,
)

Verdict = Literal["healthy", "attention", "failed", "waiting", "finished", "unknown"]

_CONFIDENCE = {
    "doc": "documented by Huawei",
    "doc-partial": "partly documented by Huawei",
    "inferred": "our inference, not Huawei's word",
    "engine": "by the database's own documentation",
}
_RESUME = {
    "as_is": "It can be resumed as it is.",
    "after_repair": "It can be resumed after the repair.",
    "full_copy": "It needs a new full copy, unless what is lost can be restored.",
    "depends": "Whether it can be resumed depends on what is found there.",
}
_WAITING = frozenset({"waiting", "configuration", "paused"})
_MOST_PAST = 2
_STATUS_ITSELF = frozenset({"status_unknown", "paused", "configuration_incomplete"})
"""Findings that say what the status says."""

_NEEDED = frozenset({"progress", "log"})
"""What must have been read to its end to call a task healthy."""

_SEE = {
    frozenset({"recent_errors", "connection_lost", "credentials_refused"}): ("get_logs", ""),
    frozenset({"objects_missing"}): ("get_compare_detail", "object_compare"),
    frozenset({"rows_inconsistent", "rows_not_compared"}): ("get_compare_detail", "line_compare"),
    frozenset({"values_inconsistent"}): ("get_compare_diff", ""),
    frozenset({"values_not_compared"}): ("get_compare_detail", "content_compare"),
    frozenset({"comparison_failed"}): ("list_compare_tasks", ""),
}
"""Findings -> the tool that tells more, and its `compare_type`."""


class DiagnosisAnswer(Answer, Closing):
    """Answer of `diagnose_job`.

    `root_cause` is the code of the finding that explains the rest; `confidence` of a finding is
    doc, doc-partial or inferred for what is known of a message of DRS, engine for what a database's
    documentation says of it, else observed. `side` is where the cause is, `resume` whether the task
    can go on: as_is, after_repair, full_copy, depends or unknown. `unread` names what could not be
    read and why.
    """

    essential = frozenset({"verdict", "status", "root_cause", "resume"})
    samples = frozenset({"evidence"})
    linked = frozenset({"known"})

    verdict: Verdict
    status: Name | None = None
    phase: Name | None = None
    root_cause: Name | None = None
    side: Name | None = None
    resume: Name | None = None
    unread: dict[Name, Quoted] = {}
    findings: Table = Table()
    ruled_out: list[Quoted] = []
    stops_by_itself: Name | None = None


def all_findings(evidence: Evidence) -> list[Finding]:
    """Every finding, the worst first; the first one is the root cause."""
    findings = [
        *find_subtasks(evidence),
        *find_failure(evidence),
        *find_status(evidence),
        *find_contradictions(evidence),
        *find_automatic_stop(evidence),
        *find_load(evidence),
        *find_comparisons(evidence),
    ]
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def diagnosis_answer(evidence: Evidence) -> DiagnosisAnswer:
    """Judge what was read."""
    findings = all_findings(evidence)
    verdict = verdict_of(evidence, findings)
    root = findings[0] if findings and findings[0].severity != "info" else None
    return DiagnosisAnswer(
        headline=_headline(evidence, verdict, findings, root),
        verdict=verdict,
        status=evidence.state.value or None,
        phase=evidence.state.phase or None,
        root_cause=root.code if root else None,
        side=root.side or None if root else None,
        resume=root.resume or None if root else None,
        unread=dict(evidence.unread),
        findings=table(
            (
                "finding",
                "severity",
                "says",
                "side",
                "evidence",
                "cause",
                "fix",
                "confidence",
                "known",
            ),
            [
                (
                    finding.code,
                    finding.severity,
                    finding.says,
                    finding.side,
                    finding.evidence,
                    finding.cause,
                    finding.fix,
                    finding.confidence,
                    finding.known,
                )
                for finding in findings
            ],
        ),
        ruled_out=_ruled_out(evidence, findings),
        stops_by_itself=_stop(evidence),
        next=_next(evidence, findings, verdict),
    )


def verdict_of(evidence: Evidence, findings: Sequence[Finding]) -> Verdict:
    """The verdict; healthy only when the progress and the log were read to their end."""
    state = evidence.state
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
    if state.group == "changing":
        return "waiting"
    return "unknown" if _NEEDED & evidence.unread.keys() else "healthy"


def _headline(
    evidence: Evidence, verdict: Verdict, findings: Sequence[Finding], root: Finding | None
) -> str:
    parts = [_opening(evidence, verdict, root)]
    if root is not None:
        if root.code not in _STATUS_ITSELF:
            parts.append(f"{root.says[0].upper()}{root.says[1:]}.")
        sure = _CONFIDENCE.get(root.confidence, "")
        if root.cause and sure:
            named = f"{root.known}, " if root.known else ""
            parts.append(f"Likely cause ({named}{sure}): {root.cause}")
        if root.resume in _RESUME:
            parts.append(_RESUME[root.resume])
        others = sum(1 for finding in findings[1:] if finding.severity != "info")
        if others:
            parts.append(f"{plural(others, 'other finding')}.")
    elif findings:
        parts.append(f"Note: {findings[0].says}.")
    whole = [part for part, why in evidence.unread.items() if not why.startswith(PARTLY)]
    partly = [part for part, why in evidence.unread.items() if why.startswith(PARTLY)]
    if whole:
        parts.append(f"Not read: {', '.join(whole)}.")
    if partly:
        parts.append(f"Read in part: {', '.join(partly)}.")
    return " ".join(parts)


def _opening(evidence: Evidence, verdict: Verdict, root: Finding | None) -> str:
    state, code = evidence.state, root.code if root else ""
    if root is not None and code in _STATUS_ITSELF:
        return f"{evidence.label}: {root.says}."
    phrase = state.meaning or f"status {as_identifier(state.value) or 'unknown'}"
    if evidence.scenario == "cloudDataGuard" and state.meaning_dr:
        phrase = state.meaning_dr
    if state.group == "running" and evidence.delay is not None and code != "delay_excessive":
        phrase += f", delay {evidence.delay:,} s"
    if verdict in ("failed", "waiting") or (verdict == "unknown" and root is not None):
        return f"{evidence.label}: {phrase}."
    if verdict == "unknown":
        return f"{evidence.label}: {phrase}; no trouble in what could be read."
    if verdict == "attention":
        return f"{evidence.label} needs attention: {phrase}."
    return f"{evidence.label} is {verdict}: {phrase}."


def _stop(evidence: Evidence) -> str | None:
    """When DRS stops a failed task by itself: an estimate, in a sentence."""
    end = stop_time(evidence) if evidence.state.group == "failed" else None
    if end is None or evidence.detail is None:
        return None
    return f"about {iso(end)}, {stop_days(evidence)} days after the error (estimate)"


def _ruled_out(evidence: Evidence, findings: Sequence[Finding]) -> list[str]:
    """What was looked at and is well, one short sentence each."""
    codes = {finding.code for finding in findings}
    ruled_out = []
    running = evidence.state.group == "running"
    delay = evidence.delay
    if running and delay is not None and "delay_excessive" not in codes:
        ruled_out.append(f"delay {delay:,} s, within {threshold(evidence)[0]:,} s")
    load = fresh_load(evidence)
    if running and load and not {"node_cpu_exhausted", "node_mem_exhausted"} & codes:
        ruled_out.append("node " + ", ".join(f"{name} {value}%" for name, value in load.items()))
    ruled_out += _log_ruled_out(evidence, findings)
    if evidence.subtasks and "subtask_failed" not in codes:
        ruled_out.append(f"{plural(len(evidence.subtasks), 'subtask')}, none failed")
    if evidence.state.group in ("running", "finished"):
        excused: dict[str, list[str]] = {}
        for kind, why in differing_objects(evidence)[1].items():
            excused.setdefault(why, []).append(as_identifier(kind) or "other")
        ruled_out += [f"{', '.join(kinds)}: {why}" for why, kinds in excused.items()]
        agree = [
            what
            for what, agrees in (
                ("objects (but for those)" if excused else "objects", objects_agree(evidence)),
                ("rows", _agree(evidence, "row", bool(evidence.rows), codes)),
                ("values", _agree(evidence, "value", bool(evidence.values), codes)),
            )
            if agrees
        ]
        if agree:
            ruled_out.append(f"newest comparison of {', '.join(agree)} consistent")
    return ruled_out


def _agree(evidence: Evidence, what: str, compared: bool, codes: set[str]) -> bool:
    """Whether the newest comparison of rows or values was read to its end and is consistent."""
    against = {f"{what}s_inconsistent", f"{what}s_not_compared"}
    return compared and f"{what} comparison" not in evidence.unread and not against & codes


def _log_ruled_out(evidence: Evidence, findings: Sequence[Finding]) -> list[str]:
    log = evidence.log
    if log is None:
        return []
    ruled_out = []
    if (
        log.entries
        and not log.errors
        and not log.unread
        and "no_error_logged" not in {f.code for f in findings}
    ):
        ruled_out.append(f"no error in {plural(log.entries, 'log entry', 'log entries')}")
    blamed = {finding.known for finding in findings}
    harmless = [
        (kind, kind.known.id)
        for kind in (*log.errors, *log.warnings)
        if kind.known and kind.harmless and kind.known.id not in blamed
    ]
    if harmless:
        ids = ", ".join(dict.fromkeys(known for _, known in harmless))
        entries = sum(kind.count for kind, _ in harmless)
        ruled_out.append(f"{plural(entries, 'entry', 'entries')} harmless while a task runs: {ids}")
    failed = evidence.state.group == "failed"
    until = (failing_since(evidence) if failed else None) or evidence.now
    past = [
        kind
        for kind in log.errors
        if kind.last is not None
        and until - kind.last > ACTIVE
        and not kind.harmless
        and (kind.known.id not in blamed if kind.known else not failed)
    ]
    for kind in past[:_MOST_PAST]:
        noun = f"{kind.known.id} error" if kind.known else "error of an unknown kind"
        nouns = None if kind.known else "errors of an unknown kind"
        ruled_out.append(f"{plural(kind.count, noun, nouns)}, none since {iso(kind.last or until)}")
    return ruled_out


def _next(evidence: Evidence, findings: Sequence[Finding], verdict: Verdict) -> list[NextCall]:
    codes = {finding.code for finding in findings}
    job: dict[str, str | int | bool] = {"job": evidence.job_ref}
    calls = []
    since = failing_since(evidence) if evidence.state.group == "failed" else None
    if since is not None:
        led = job | {"view": "lines", "until": iso(since)}
        calls.append(NextCall(tool="get_logs", args=led, why="what led to it"))
    calls += [
        NextCall(tool="diagnose_job", args={"job": task.id}, why="the subtask by itself")
        for task in failed_subtasks(evidence.subtasks or ())[:1]
    ]
    if "no_error_logged" in codes:
        calls.append(NextCall(tool="get_logs", args=job | {"view": "lines"}))
    for of, what in _SEE.items():
        if of & codes:
            tool, kind = what
            more = {"compare_type": kind} if kind else {}
            calls.append(NextCall(tool=tool, args={**job, **more}))
    if not calls and verdict == "healthy" and evidence.state.phase == "incremental":
        calls.append(NextCall(tool="check_cutover", args=job))
    return calls[:3]

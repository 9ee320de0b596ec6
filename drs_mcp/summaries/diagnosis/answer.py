"""The answer of `diagnose_job`: verdict, root cause, findings with evidence, what is ruled out."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, Self

from pydantic import PrivateAttr

from drs_mcp.api.wire.values import moment, text
from drs_mcp.clock import iso
from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.quoted import Name, Quoted
from drs_mcp.summaries.ages import FRESH, age, in_words, spelt
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table, plural, table
from drs_mcp.summaries.diagnosis.comparisons import find_comparisons
from drs_mcp.summaries.diagnosis.evidence import PARTLY, Evidence
from drs_mcp.summaries.diagnosis.failure import failed_subtasks, find_failure, find_subtasks
from drs_mcp.summaries.diagnosis.findings import (
    COLUMNS,
    RESUME,
    SEVERITIES,
    SURE,
    Finding,
    FindingTable,
    row_of,
)
from drs_mcp.summaries.diagnosis.health import find_health
from drs_mcp.summaries.diagnosis.load import STALLING, find_load
from drs_mcp.summaries.diagnosis.ruled_out import ruled_out
from drs_mcp.summaries.diagnosis.settings import (
    failing_since,
    find_automatic_stop,
    find_contradictions,
    find_status,
    stop_days,
    stop_time,
)
from drs_mcp.summaries.diagnosis.stops import Story
from drs_mcp.summaries.health.recovery import in_seconds

Verdict = Literal["healthy", "attention", "failed", "waiting", "finished", "unknown"]

_WAITING = frozenset({"waiting", "configuration", "paused"})
_STATUS_ITSELF = frozenset({"status_unknown", "paused", "configuration_incomplete"})
"""Findings that say what the status says."""

_NEEDED = frozenset({"progress", "log"})
"""What must have been read to its end to call a task healthy."""

_MOST_DONE = 3
_SHORT = 540  # a headline so long leaves room for the call for the rest in the least budget

_MOVING = frozenset(
    {"delay_excessive", "delay_contradicted", "node_cpu_exhausted", "node_mem_exhausted", *STALLING}
)
"""Findings of which the progress tells how they go on."""

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
    can go on: as_is, after_repair, full_copy, depends or unknown. `stopped_at` is when data stopped
    moving, `gave_up_at` when DRS gave up. `because` and `against` say what speaks for and against the
    root cause, `led_to_it` which lines bear on it, `also_seen` which other errors there were and why
    they are not the cause, `done_to_it` what was done to the task lately, and by whom;
    `conflict_policy` is the task's, where a conflict stopped it; `recovery` is RPO and RTO of disaster recovery. `unread` names what could not be read and why.
    """

    essential = frozenset({"verdict", "status", "root_cause", "resume", "stopped_at", "gave_up_at"})
    samples = frozenset({"evidence"})
    linked = frozenset({"known"})

    verdict: Verdict
    status: Name | None = None
    phase: Name | None = None
    root_cause: Name | None = None
    side: Name | None = None
    resume: Name | None = None
    conflict_policy: Name | None = None
    stopped_at: Name | None = None
    gave_up_at: Name | None = None
    unread: dict[Name, Quoted] = {}
    findings: Table = Table()
    because: list[Quoted] = []
    against: list[Quoted] = []
    led_to_it: Table = Table()
    also_seen: Table = Table()
    ruled_out: list[Quoted] = []
    done_to_it: Table = Table()
    recovery: dict[str, int | float] = {}
    stops_by_itself: Name | None = None

    _without_rows: str = PrivateAttr(default="")

    def within(self, without_rows: str) -> Self:
        """The answer, with its headline where no finding fits: that one tells the fix."""
        if len(without_rows) <= max(len(self.headline), _SHORT):
            self._without_rows = without_rows
        return self

    def told(self, shown: Mapping[str, range], *, briefly: bool = False) -> str:  # noqa: ARG002
        """The headline; where the budget leaves no finding, the one that tells the fix."""
        cut = self.findings.total and not shown["findings"]
        return (self._without_rows if cut else "") or self.headline


def all_findings(evidence: Evidence) -> list[Finding]:
    """Every finding, the worst first; the first one is the root cause."""
    load = list(find_load(evidence))
    explained = [finding for finding in load if finding.story is not None and finding.evidence]
    findings = [
        *find_subtasks(evidence),
        *explained,
        *find_failure(evidence),
        *find_status(evidence),
        *find_contradictions(evidence),
        *find_automatic_stop(evidence),
        *(finding for finding in load if finding not in explained),
        *find_health(evidence),
        *find_comparisons(evidence),
    ]
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def diagnosis_answer(evidence: Evidence) -> DiagnosisAnswer:
    """Judge what was read."""
    findings = all_findings(evidence)
    verdict = verdict_of(evidence, findings)
    root = findings[0] if findings and findings[0].severity != "info" else None
    story = (root.story if root is not None else None) or Story()
    answer = DiagnosisAnswer(
        headline=_headline(evidence, verdict, findings, root),
        verdict=verdict,
        status=evidence.state.value or None,
        phase=evidence.state.phase or None,
        root_cause=root.code if root else None,
        side=root.side or None if root else None,
        resume=root.resume or None if root else None,
        conflict_policy=_conflict_policy(evidence, root),
        stopped_at=_time(story.stopped_at),
        gave_up_at=_time(story.gave_up_at),
        unread={**evidence.unread, **evidence.health.unread},
        because=list(story.because),
        against=list(story.against),
        led_to_it=table(("at", "line", "numbers"), story.led_to_it),
        also_seen=table(("error", "count", "first", "last", "why_not"), story.also_seen),
        findings=table(COLUMNS, [row_of(finding) for finding in findings], form=FindingTable),
        ruled_out=ruled_out(evidence, findings),
        done_to_it=_done_to_it(evidence) if verdict not in ("healthy", "finished") else Table(),
        recovery=in_seconds(evidence.health.recovery),
        stops_by_itself=_stop(evidence),
        notes=evidence.namesakes.notes(evidence.detail),
        next=_next(evidence, findings, verdict),
    )
    return answer.within(_headline(evidence, verdict, findings, root, without_rows=True))


def _conflict_policy(evidence: Evidence, root: Finding | None) -> str | None:
    """What the task does about a row that is there already, where such a row is the cause."""
    told = f"{root.cause} {root.evidence}".lower() if root else ""
    if "conflict" not in told and "duplicate" not in told:
        return None
    return text(evidence.policy.get("conflict_policy"))


def verdict_of(evidence: Evidence, findings: Sequence[Finding]) -> Verdict:
    """The verdict; healthy only when the progress and the log were read to their end."""
    state = evidence.state
    if state.group == "failed" or any(finding.code == "subtask_failed" for finding in findings):
        return "failed"
    if state.group == "unknown":
        explained = any(one.code == "status_unknown" and one.cause for one in findings)
        return "attention" if explained else "unknown"
    if state.group in _WAITING:
        return "waiting"
    if any(finding.severity != "info" for finding in findings):
        return "attention"
    if state.group in ("finished", "deleted"):
        return "finished"
    if state.group == "changing":
        return "waiting"
    unknown = _NEEDED & evidence.unread.keys() or _tells_no_delay(evidence) or _aged(evidence)
    return "unknown" if unknown else "healthy"


def _tells_no_delay(evidence: Evidence) -> bool:
    """Whether nothing tells how far a task lags that runs in the incremental phase."""
    running = evidence.state.group == "running" and evidence.state.phase == "incremental"
    told = evidence.delay is not None or evidence.told_lag is not None
    return running and not told and "rpo_s" not in in_seconds(evidence.health.recovery)


def _aged(evidence: Evidence) -> str:
    """How long ago the delay was measured, in words, where that says nothing of now."""
    measured = age(moment(evidence.metrics.get("time_stamp")), evidence.now)
    processed = age(moment(evidence.info.get("process_time")), evidence.now)
    running = evidence.state.group == "running" and evidence.state.phase == "incremental"
    if not running or measured is None or measured <= FRESH or evidence.told_lag is not None:
        return ""
    fresh = "rpo_s" in in_seconds(evidence.health.recovery) or (
        processed is not None and processed <= FRESH
    )
    return "" if fresh else f", measured {in_words(measured)} ago"


_STATUS_CONTRADICTS = "status_contradicts"


def _headline(
    evidence: Evidence,
    verdict: Verdict,
    findings: Sequence[Finding],
    root: Finding | None,
    *,
    without_rows: bool = False,
) -> str:
    parts = [_opening(evidence, verdict, root)]
    if root is not None:
        says = f"{root.says[0].upper()}{root.says[1:]}." if root.code not in _STATUS_ITSELF else ""
        told = [says, _cause(root)] if root.code == "subtask_failed" else [_cause(root), says]
        about = f"It names {root.about}." if root.about and root.about not in _cause(root) else ""
        resume = RESUME.get(root.resume, "")
        if without_rows and root.fix:  # its times have fields of their own
            likely = "Likely cause: " if root.cause and root.confidence == "inferred" else ""
            told = [
                f"{likely}{root.cause}",
                "" if root.code == "fatal_error" and root.cause else says,
            ]
            about = f"It names {root.about}." if root.about else ""
            resume = f"{root.fix} {'' if 'full copy' in root.fix else resume}".strip()
        # Which subtask it is comes before why, else why before when.
        parts += filter(None, (*told, about, resume))
        rest = [finding for finding in findings[1:] if finding.severity != "info"]
        against = [one for one in rest if one.code == _STATUS_CONTRADICTS]
        parts += [f"But {one.says}." for one in against]  # then the verdict itself may be outdated
        others = len(rest) - len(against)
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


def _cause(root: Finding) -> str:
    sure = SURE.get(root.confidence, "")
    if root.cause and sure:
        where = f", at the {root.side}" if root.side else ""
        named = f"{root.known}, " if root.known else ""
        about = f" It names {root.about}." if root.about else ""
        return f"Likely cause ({named}{sure}){where}: {root.cause}{about}"
    return root.cause if root.story is not None else ""


def _opening(evidence: Evidence, verdict: Verdict, root: Finding | None) -> str:
    state, code = evidence.state, root.code if root else ""
    if root is not None and code in _STATUS_ITSELF:
        return f"{evidence.label}: {root.says}."
    phrase = state.meaning or f"status {as_word(state.value) or 'unknown'}"
    if evidence.scenario == "cloudDataGuard" and state.meaning_dr:
        phrase = state.meaning_dr
    if state.group == "running" and evidence.delay is not None and code != "delay_excessive":
        phrase += f", delay {evidence.delay:,} s{spelt(evidence.delay)}{_aged(evidence)}"
    elif verdict in ("healthy", "unknown") and _tells_no_delay(evidence):
        phrase += ", delay not told"
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
    return f"about {iso(end)}, {stop_days(evidence)} days after it became abnormal (estimate)"


def _done_to_it(evidence: Evidence) -> Table:
    """The newest operations on the task."""
    done = evidence.health.operations
    return table(
        ("action", "status", "at", "by"),
        [(one.name, one.status, one.when, one.user) for one in done[:_MOST_DONE]],
        total=len(done),
        more=NextCall(tool="get_history", args={"job": evidence.job_ref, "kind": "timeline"}),
    )


def _time(at: datetime | None) -> str | None:
    return iso(at) if at is not None else None


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
    calls += [
        NextCall(tool="get_precheck", args=job, why="which items, and their fixes")
        for checked in [evidence.health.precheck]
        if checked is not None and checked.keeps_from_starting
    ]
    if codes & _MOVING:
        calls.append(NextCall(tool="get_progress", args=job, why="whether it moves"))
    if codes & {"conflicts_overwritten", "data_left_out", "data_doubtful"}:
        calls.append(NextCall(tool="get_compare_overview", args=job, why="what differs"))
    if "status_unknown" in codes:
        calls.append(NextCall(tool="get_job_detail", args=job))
    if "no_error_logged" in codes:
        calls.append(NextCall(tool="get_logs", args=job | {"view": "lines"}))
    for of, what in _SEE.items():
        if of & codes:
            tool, kind = what
            more = {"compare_type": kind} if kind else {}
            calls.append(NextCall(tool=tool, args={**job, **more}))
    if not calls and _tells_no_delay(evidence):
        calls.append(NextCall(tool="get_progress", args=job, why="whether its delay is told now"))
    if not calls and verdict == "healthy" and evidence.state.phase == "incremental":
        calls.append(NextCall(tool="check_cutover", args=job))
    return calls[:3]

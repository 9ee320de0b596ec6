"""What was looked at and is well, or over: one short sentence each."""

from collections.abc import Sequence

from drs_mcp.clock import iso
from drs_mcp.knowledge.engines.match import meaning_of
from drs_mcp.knowledge.words import as_word
from drs_mcp.summaries.answer import plural
from drs_mcp.summaries.comparisons.evidence.options import LEFT_OUT
from drs_mcp.summaries.comparisons.tasks import newest_finished
from drs_mcp.summaries.diagnosis.comparisons import differing_objects, objects_agree
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.failure import ACTIVE
from drs_mcp.summaries.diagnosis.findings import Finding
from drs_mcp.summaries.diagnosis.load import fresh_load
from drs_mcp.summaries.diagnosis.settings import failing_since
from drs_mcp.summaries.diagnosis.timeline import turn_of
from drs_mcp.summaries.logs.facts import LogKind
from drs_mcp.summaries.logs.kinds.lost.losses import is_final, loss_in

_MOST_PAST = 2


def ruled_out(evidence: Evidence, findings: Sequence[Finding]) -> list[str]:
    """What was looked at and is well, one short sentence each."""
    codes = {finding.code for finding in findings}
    told = []
    running = evidence.state.group == "running"
    delay = evidence.delay
    if running and delay is not None and "delay_excessive" not in codes:
        told.append(f"delay {delay:,} s, within {evidence.threshold[0]:,} s")
    load = fresh_load(evidence)
    if running and load and not {"node_cpu_exhausted", "node_mem_exhausted"} & codes:
        told.append("node " + ", ".join(f"{name} {value}%" for name, value in load.items()))
    told += _log_ruled_out(evidence, findings)
    if evidence.subtasks and "subtask_failed" not in codes:
        told.append(f"{plural(len(evidence.subtasks), 'subtask')}, none failed")
    if evidence.state.group in ("running", "finished"):
        excused: dict[str, list[str]] = {}
        for kind, why in differing_objects(evidence)[1].items():
            excused.setdefault(why, []).append(as_word(kind) or "other")
        told += [f"{', '.join(kinds)}: {why}" for why, kinds in excused.items()]
        agree = [
            what
            for what, agrees in (
                ("objects (but for those)" if excused else "objects", objects_agree(evidence)),
                (
                    f"rows{_limits(evidence, 'line_compare')}",
                    _agree(evidence, "row", bool(evidence.rows), codes),
                ),
                (
                    f"values{_limits(evidence, 'content_compare')}",
                    _agree(evidence, "value", bool(evidence.values), codes),
                ),
            )
            if agrees
        ]
        if agree:
            told.append(f"newest comparison of {', '.join(agree)} consistent by its overview")
    if "subtask_failed" in codes:
        return [f"the parent alone: {one}" for one in told]
    return told


def _limits(evidence: Evidence, kind: str) -> str:
    """What the newest comparison of a kind left out, in brackets."""
    read = newest_finished(evidence.comparisons or (), kind)
    told = [LEFT_OUT[option] for option in LEFT_OUT if read and option in read.options]
    return f" ({', '.join(told)})" if told else ""


def _agree(evidence: Evidence, what: str, compared: bool, codes: set[str]) -> bool:
    """Whether the newest comparison of rows or values was read to its end and is consistent."""
    against = {f"{what}s_inconsistent", f"{what}s_not_compared"}
    kind = {"row": "line_compare", "value": "content_compare"}[what]
    read = newest_finished(evidence.comparisons or (), kind)
    told = compared and f"{what} comparison" not in evidence.unread and not against & codes
    return told and (read is None or not read.error)


def _log_ruled_out(evidence: Evidence, findings: Sequence[Finding]) -> list[str]:
    log = evidence.log
    if log is None:
        return []
    told = []
    if log.others:
        told.append(f"{plural(log.others, 'entry tells', 'entries tell')} of another task")
    if (
        log.entries
        and not log.errors
        and not log.unread
        and not {"no_error_logged", "fatal_error", "recent_errors"} & {f.code for f in findings}
    ):
        told.append(f"no error in {plural(log.entries, 'log entry', 'log entries')}")
    blamed = {finding.known for finding in findings}
    harmless = [
        (kind, kind.known.id)
        for kind in (*log.errors, *log.warnings)
        if kind.known and kind.harmless and kind.known.id not in blamed
    ]
    if harmless:
        ids = ", ".join(dict.fromkeys(known for _, known in harmless))
        entries = sum(kind.count for kind, _ in harmless)
        told.append(f"{plural(entries, 'entry', 'entries')} harmless while a task runs: {ids}")
    failed = evidence.state.group == "failed"
    until = (failing_since(evidence) if failed else None) or evidence.now
    past = [
        kind
        for kind in log.errors
        if kind.last is not None
        and until - kind.last > ACTIVE
        and not kind.harmless
        and not (loss_in(kind.message) and is_final(kind.message))
        and (kind.known.id not in blamed if kind.known else not failed)
    ]
    past.sort(key=lambda kind: turn_of(kind.message) == "failed")  # what it was before that it was
    for kind in past[:_MOST_PAST]:
        noun, nouns = _called(kind, evidence.link)
        told.append(f"{plural(kind.count, noun, nouns)}, none since {iso(kind.last or until)}")
    return told


def _called(kind: LogKind, link: str) -> tuple[str, str | None]:
    """What one and several errors of a kind are called: by its name, where it has one."""
    if name := _name(kind, link):
        return f"{name} error", None
    if turn_of(kind.message) == "failed":
        return "notice of a failure", "notices of a failure"
    return "error of an unknown kind", "errors of an unknown kind"


def _name(kind: LogKind, link: str) -> str:
    """What an error is known as: a known failure, or what its database's documentation tells."""
    if kind.known is not None:
        return kind.known.id
    fact = meaning_of(kind.message, list(kind.codes), link=link)
    return fact.id if fact is not None else ""

"""What DRS means, as answers: every status, every known failure, one of them in full."""

from drs_mcp.knowledge.failures import KnownFailure, failures
from drs_mcp.knowledge.statuses import statuses
from drs_mcp.quoting.quoted import Name, Quoted
from drs_mcp.summaries.answer import Answer, Closing, Table, plural, table


class StatusesAnswer(Answer, Closing):
    """The documented statuses; `moves`: whether one can change without anyone acting.

    `dr` is the meaning in disaster recovery where it differs; `healthy` is false for failures and
    null where nothing can be said.
    """

    statuses: Table = Table()


class FailuresAnswer(Answer, Closing):
    """The known failures by ID; `confidence` is doc, doc-partial or inferred."""

    failures: Table = Table()


class FailureAnswer(Answer, Closing):
    """One known failure.

    `pattern` is the documented message: `%s`, `***` and `...` in it stand for anything.
    """

    essential = frozenset({"id", "confidence"})

    id: Name
    confidence: Name
    cause: Quoted
    fix: Quoted
    pattern: Quoted
    severity: Name
    phase: Name
    engine: Name
    topic: Name | None = None
    harmless_while_running: bool | None = None
    source: Name | None = None


def statuses_answer() -> StatusesAnswer:
    """Every documented status and what it means."""
    known = statuses().values()
    return StatusesAnswer(
        headline=f"DRS documents {plural(len(known), 'task status', 'task statuses')}; "
        "one that is not listed is shown as it came.",
        statuses=table(
            ("status", "group", "phase", "healthy", "moves", "meaning", "dr", "next"),
            [
                (
                    status.value,
                    status.group,
                    status.phase,
                    status.healthy,
                    status.moves,
                    status.meaning,
                    status.meaning_dr,
                    status.next,
                )
                for status in known
            ],
        ),
    )


def failures_answer() -> FailuresAnswer:
    """Which failures are known."""
    known = failures()
    inferred = sum(1 for failure in known if failure.confidence == "inferred")
    return FailuresAnswer(
        headline=f"{plural(len(known), 'failure')} known; the cause of {inferred} is inferred, "
        "not Huawei's word.",
        failures=table(
            ("id", "engine", "confidence"),
            [(failure.id, failure.engine, failure.confidence) for failure in known],
        ),
    )


def failure_answer(failure: KnownFailure) -> FailureAnswer:
    """One known failure in full."""
    inferred = failure.confidence == "inferred"
    harmless = " It is harmless while the task runs." if failure.harmless else ""
    return FailureAnswer(
        headline=f"Known failure {failure.id}: {failure.cause}{harmless}",
        id=failure.id,
        confidence=failure.confidence,
        cause=failure.cause,
        fix=failure.fix,
        pattern=failure.pattern,
        severity=failure.severity,
        phase=failure.phase,
        engine=failure.engine,
        topic=failure.topic or None,
        harmless_while_running=failure.harmless or None,
        source=failure.source or None,
        notes=["The cause is inferred: it is not Huawei's word."] if inferred else [],
    )

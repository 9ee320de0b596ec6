"""Whether what a comparison found still holds: how old it is, and what happened since it began."""

from dataclasses import replace
from datetime import datetime

from drs_mcp.clock import iso
from drs_mcp.knowledge.words import as_word
from drs_mcp.summaries.ages import age, in_words, undated
from drs_mcp.summaries.comparisons.name_groups import in_brackets
from drs_mcp.summaries.comparisons.tasks import CompareTask
from drs_mcp.summaries.cutover.events import is_ddl_between, newest_after, newest_ddl_after
from drs_mcp.summaries.cutover.evidence import Criterion, CutoverEvidence, CutoverOptions
from drs_mcp.summaries.health.past.outdating import Outdating, outdating


def as_of_now(
    read: CutoverEvidence, options: CutoverOptions, name: str, evidence: str, task: CompareTask
) -> Criterion:
    """What a comparison finds that goes on, where it has caught up with the changes itself."""
    now, done = read.task.now, read.task.health.operations
    if task.started is not None and (found := outdating(done, task.started)) is not None:
        return Criterion(name, "unknown", f"{evidence}, but since it began {_done(found)}", now)
    if open_ := task.not_caught_up(options.max_delay_s):
        way = "" if task.is_told else ": make a comparison that ends"
        return Criterion(name, "unknown", f"{evidence}, but {open_}{way}", now)
    return Criterion(name, "met", f"{evidence} as of now", now)


def aged(
    read: CutoverEvidence,
    options: CutoverOptions,
    name: str,
    evidence: str,
    at: datetime | None,
    began: datetime | None,
    ended: datetime | None = None,
) -> Criterion:
    """The criterion, unless its comparison is too old, undated, or something happened since.

    What happened while it ran may have come after it had passed: *began* counts there.
    """
    now = read.task.now
    old = age(at, now)
    if old is None or at is None:
        return Criterion(name, "unknown", f"{evidence}; {undated(at)}", at)
    started = min(began or at, at)
    if read.full_only:
        end = read.full_end
        if end is None:
            return Criterion(name, "unknown", f"{evidence}; when the copy ended is not told", at)
        if started < end:
            return Criterion(name, "unknown", f"{evidence}, but before the copy ended", at)
        return _since(read, Criterion(name, "met", evidence, at), started, max(ended or at, at))
    for since, words in read.beginnings:
        if started < since:
            return Criterion(name, "unknown", f"{evidence}, but before {words}", at)
    if old > options.max_compare_age:
        return Criterion(
            name, "not_met", f"{evidence}, {in_words(old)} ago: too old", at, outdated=True
        )
    met = Criterion(name, "met", evidence, at)
    return _since(read, met, started, max(ended or at, at))


def _since(read: CutoverEvidence, met: Criterion, started: datetime, ended: datetime) -> Criterion:
    """The criterion that is met, by what the log tells from the beginning of its comparison on."""
    log, evidence = read.task.log, met.evidence
    if (done := outdating(read.task.health.operations, started)) is not None:
        told = _done(done)
        words = f"{evidence}, but since then {told}"
        return replace(met, state="unknown", evidence=words, reason=told)
    if is_ddl_between(log, started, ended):
        words = f"{evidence}, but a DDL was carried out while it ran: compare again"
        return replace(met, state="unknown", evidence=words)
    event = newest_after(read.events, started)
    if event is not None:
        when = f", {iso(event.last)}" if event.last else ""
        told = f"{event.words}{in_brackets(event.tables)}{when}"
        words = f"{evidence}, but since then {told}"
        return replace(met, state="unknown", evidence=words, line=event.kind, reason=told)
    if (ddl := newest_ddl_after(log, started)) is not None:
        # It moved like the rows that were written since: told, for what it made was not compared.
        return replace(met, evidence=f"{evidence}; a DDL was carried out since, {iso(ddl)}")
    return met


def _done(found: Outdating) -> str:
    """What was done to the task, as its timeline tells it."""
    name = as_word(found.operation.name)
    when = found.operation.when_in_words or "at an unknown time"
    return f"{found.words} (timeline: {f'{name}, ' if name else ''}{when})"

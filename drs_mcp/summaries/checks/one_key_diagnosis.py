"""DRS's own one-key diagnosis (`diagnoses`): what it found abnormal, with what it suggests."""

from collections import Counter
from typing import Final

from drs_mcp.api.wire.values import Row, amount, count, records, share, text, word
from drs_mcp.knowledge.words import as_key, as_word
from drs_mcp.summaries.answer import Cell, NextCall, plural, table, top_counts
from drs_mcp.summaries.checks.precheck import PrecheckAnswer

_NORMAL: Final = "NORMAL"
_RANK: Final = {"ABNORMAL": 0, "FAILURE": 1, "FAILED": 1, "TIMEOUT": 2, "ALARM": 3}
_COUNTED: Final = ("normal", "abnormal", "alarm", "failure", "timeout")
_WORDS: Final = {"ABNORMAL": "abnormal", "ALARM": "alarming"}
_ENDED: Final = ("SUCCESS", "FAILED")


def diagnosis_report(
    found: Row, *, job_ref: str, query_id: str, offset: int = 0, full: bool = False
) -> PrecheckAnswer:
    """Summarise a one-key diagnosis; of several that came, the one that is named first.

    *full* lists what is normal, too.
    """
    report = next(iter(records(found.get("diagnoses"))), {})
    items = records(report.get("diagnosis_results"))
    states = [word(item.get("state")) or "PENDING" for item in items]
    troubled = sorted(
        (
            pair
            for pair in zip(items, states, strict=True)
            if full or pair[1] not in (_NORMAL, "PENDING")
        ),
        key=lambda pair: _RANK.get(pair[1], 4),
    )
    progress, score = share(report.get("progress")), amount(report.get("score"))
    ended = word(report.get("status")) in _ENDED
    more = {"job": job_ref, "kind": "diagnosis", "query_id": query_id}
    return PrecheckAnswer(
        headline=_headline(report, states),
        score=score if ended else None,
        progress_pct=None if progress == 100 else progress,
        counts=top_counts(Counter(as_key(state) for state in states)),
        items=table(
            ("item", "result", "category", "said", "fix"),
            [_row(item, state) for item, state in troubled[offset:]],
            total=len(troubled),
            start=offset,
            more=NextCall(tool="get_precheck", args=dict(more)),
        ),
        notes=_notes(report, states),
    )


def _row(item: Row, state: str) -> list[Cell]:
    what = item.get("item")
    named = what if isinstance(what, dict) else {}
    results = [
        f"{text(one.get('key')) or '?'}: {text(one.get('value')) or '?'}"
        for one in records(item.get("result_list"))
    ]
    fixes = [text(one.get("content")) for one in records(item.get("suggestion_list"))]
    return [
        text(named.get("name")) or "?",
        state.lower(),
        text(named.get("category")),
        "; ".join(results) or None,
        " ".join(filter(None, fixes)) or None,
    ]


def _headline(report: Row, states: list[str]) -> str:
    status, progress = word(report.get("status")), share(report.get("progress"))
    if not report:
        return "DRS tells nothing of this diagnosis yet: ask again in some seconds."
    if status == "FAILED":
        return "The one-key diagnosis itself failed, so it says nothing of the task."
    if status != "SUCCESS":
        at = f" ({progress}%)" if progress is not None else ""
        return f"The one-key diagnosis is still running{at}: ask again in some seconds."
    if not states:
        return "The one-key diagnosis has ended, and DRS told none of its items: nothing is known."
    counts = Counter(states)
    score = amount(report.get("score"))
    of = f" of {plural(len(states), 'item')}"
    problems = [
        f"{number} {_WORDS.get(state) or (as_word(state) or 'other').lower()}"
        for state, number in sorted(counts.items(), key=lambda pair: _RANK.get(pair[0], 4))
        if state != _NORMAL
    ]
    scored = f"; score {score}" if score is not None else ""
    if not problems:
        return f"One-key diagnosis: all{of} are normal{scored}."
    return f"One-key diagnosis: {', '.join(problems)}{of}{scored}."


def _notes(report: Row, states: list[str]) -> list[str]:
    """What DRS counted otherwise than its items say: neither is vouched for then."""
    if word(report.get("status")) != "SUCCESS":
        return []
    total = count(report.get("total"))
    counted = Counter(states)
    differ = [
        name
        for name in _COUNTED
        if (told := count(report.get(f"{name}_count"))) is not None
        and told != counted[name.upper()]
    ]
    notes = []
    if total is not None and total != len(states):
        notes.append(f"DRS counts {plural(total, 'item')} and tells {len(states):,} of them.")
    if differ:
        notes.append(f"DRS counts otherwise than its items say: {', '.join(differ)}.")
    return notes

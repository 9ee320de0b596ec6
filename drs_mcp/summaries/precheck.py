"""A pre-check (Tables 32 to 34): what failed or alarms, with cause and fix; counts of the rest."""

from collections import Counter

from drs_mcp.api.values import Row, amount, flag, record, records, text, word
from drs_mcp.api.wire import Job
from drs_mcp.knowledge.prechecks import PrecheckItem, precheck_item
from drs_mcp.summaries.answer import Answer, Cell, Closing, NextCall, Table, plural, table

_TROUBLE = {"FAILED": 0, "ALARM": 1}


class PrecheckAnswer(Answer, Closing):
    """Answer of `get_precheck`."""

    essential = frozenset({"counts"})
    samples = frozenset({"data"})

    passed: bool | None = None
    progress_pct: int | float | None = None
    counts: dict[str, int] = {}
    items: Table = Table()


def precheck_answer(job: Job, *, asked: str, query_id: str, offset: int = 0) -> PrecheckAnswer:
    """Summarise `precheck_result`; items not yet checked have an empty result."""
    found = record(job.get("precheck_result"))
    items = records(found.get("precheck_results"))
    results = [word(item.get("result")) or "PENDING" for item in items]
    counts = Counter(results)
    skipped = sum(1 for item in items if flag(item.get("is_skipped")))
    troubled = sorted(
        (
            (item, result)
            for item, result in zip(items, results, strict=True)
            if result not in ("PASSED", "PENDING")
        ),
        key=lambda pair: (_TROUBLE.get(pair[1], 2), bool(flag(pair[0].get("is_skipped")))),
    )
    progress = amount(found.get("process"))
    told = {name.lower(): number for name, number in sorted(counts.items())}
    if skipped:
        told["skipped"] = skipped
    return PrecheckAnswer(
        headline=_headline(counts, len(items), progress),
        passed=flag(found.get("result")) if not counts["PENDING"] else None,
        progress_pct=None if progress == 100 else progress,
        counts=told,
        items=table(
            ("item", "result", "cause", "fix", "said", "data", "skippable", "skipped", "subtasks"),
            [_row(item, result) for item, result in troubled[offset:]],
            total=len(troubled),
            start=offset,
            more=NextCall(
                tool="get_precheck", args={"job": asked, "query_id": query_id}, why="other items"
            ),
        ),
        notes=_notes(troubled),
    )


def _row(item: Row, result: str) -> list[Cell]:
    code = text(item.get("item")) or "?"
    known = precheck_item(code)
    said = text(item.get("failed_reason"))
    raw = text(item.get("raw_error_msg"))
    subtasks = [
        text(child.get("name")) or text(child.get("id")) or "?"
        for child in records(item.get("failed_sub_jobs"))
    ]
    return [
        code,
        result.lower(),
        _cause(known),
        known.fix if known else None,
        said if said != raw and raw is None else " / ".join(filter(None, (said, raw))) or None,
        _data(item.get("data")),
        _skippable(item, known),
        flag(item.get("is_skipped")) or None,
        ", ".join(subtasks) or None,
    ]


def _cause(known: PrecheckItem | None) -> str | None:
    if known is None:
        return None
    # An inferred cause is never told as Huawei's word.
    return f"likely: {known.cause}" if known.confidence == "inferred" else known.cause


def _skippable(item: Row, known: PrecheckItem | None) -> bool | None:
    said = flag(item.get("is_support_skip"))
    return said if said is not None else known.skippable if known else None


def _data(value: object) -> str | None:
    """The item's data: JSON (sometimes Python-like) in a string, without its punctuation."""
    found = text(value)
    return found.translate(_PUNCTUATION) or None if found else None


_PUNCTUATION = str.maketrans({"{": None, "}": None, '"': None, "'": None, "\\": None})


def _headline(counts: Counter[str], total: int, progress: float | None) -> str:
    if not total:
        return "The pre-check has no items yet: ask again in some seconds."
    running = f"; still running ({progress}%)" if progress is not None and progress < 100 else ""
    if not counts["FAILED"] and not counts["ALARM"]:
        done = "pass" if not counts["PENDING"] else "passed so far"
        told = f"{counts['PASSED']} of {plural(total, 'pre-check item')} {done}"
        return f"{told}{running}."
    parts = []
    if counts["FAILED"]:
        parts.append(f"{counts['FAILED']} of {plural(total, 'pre-check item')} failed")
    if counts["ALARM"]:
        parts.append(
            f"{counts['ALARM']} {'needs' if counts['ALARM'] == 1 else 'need'} confirmation"
            if counts["FAILED"]
            else f"{counts['ALARM']} of {plural(total, 'pre-check item')} need confirmation"
        )
    blocked = (
        "the task cannot start until failed items are fixed"
        if counts["FAILED"]
        else ("the task can start once these are confirmed")
    )
    return f"{', '.join(parts)}{running}: {blocked}."


def _notes(troubled: list[tuple[Row, str]]) -> list[str]:
    unknown = sum(1 for item, _ in troubled if precheck_item(text(item.get("item")) or "") is None)
    if not unknown:
        return []
    return [f"{plural(unknown, 'item')} without a documented meaning."]

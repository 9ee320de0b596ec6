"""A pre-check (Tables 32 to 34): what failed or alarms, with cause and fix; counts of the rest."""

import re
from collections import Counter

from drs_mcp.api.wire.values import Row, flag, record, records, share, text, word
from drs_mcp.knowledge.prechecks import PrecheckItem, precheck_item
from drs_mcp.quoting.quoted import as_identifier, quote
from drs_mcp.summaries.answer import (
    ROOMY_CELL,
    Answer,
    Cell,
    Closing,
    NextCall,
    Table,
    plural,
    table,
    top_counts,
)

_UNDATED = "The newest pre-check; DRS tells no date of it, and what was changed since is not in it."
_PROBLEM_RANK = {"FAILED": 0, "ALARM": 1}
_NO_PROBLEM = ("PASSED", "PENDING")


class PrecheckAnswer(Answer, Closing):
    """Answer of `get_precheck`."""

    essential = frozenset({"counts"})
    samples = frozenset({"data"})

    passed: bool | None = None
    progress_pct: int | float | None = None
    score: int | float | None = None
    counts: dict[str, int] = {}
    items: Table = Table()
    fields: Table = Table()


def precheck_answer(
    job: Row,
    *,
    job_ref: str,
    query_id: str,
    link: str = "",
    offset: int = 0,
    full: bool = False,
) -> PrecheckAnswer:
    """Summarise `precheck_result`; items not yet checked have an empty result.

    *link* is the task's engine type: what is documented for other engines is not told.

    *full* lists what passed, too, with the group of each item and what DRS tells of them all.
    """
    found = record(job.get("precheck_result"))
    items = records(found.get("precheck_results"))
    results = [word(item.get("result")) or "PENDING" for item in items]
    counts = Counter(results)
    skipped = [bool(flag(item.get("is_skipped"))) for item in items]
    problem_items = sorted(
        (
            (item, result)
            for item, result in zip(items, results, strict=True)
            if full or result not in _NO_PROBLEM
        ),
        key=lambda pair: (
            _PROBLEM_RANK.get(pair[1], 2 + (pair[1] in _NO_PROBLEM)),
            bool(flag(pair[0].get("is_skipped"))),
        ),
    )
    progress = share(found.get("process"))
    whole = flag(found.get("result"))
    words = Counter((as_identifier(result) or "other").lower() for result in results)
    shown_counts = top_counts(dict(sorted(words.items())))
    if any(skipped):
        shown_counts["skipped"] = sum(skipped)
    left = {result for result, skip in zip(results, skipped, strict=True) if not skip}
    against = whole is True and "FAILED" in left
    return PrecheckAnswer(
        notes=["DRS says that the pre-check passed, yet an item failed."] if against else [],
        headline=_headline(results, skipped, progress, whole),
        passed=whole if not counts["PENDING"] and not against else None,
        progress_pct=None if progress == 100 else progress,
        counts=shown_counts,
        items=table(
            _COLUMNS,
            [_row(item, result, link, full=full) for item, result in problem_items[offset:]],
            total=len(problem_items),
            start=offset,
            more=NextCall(
                tool="get_precheck", args={"job": job_ref, "query_id": query_id, "full": full}
            ),
        ),
        fields=table(("field", "value"), [(name, text(found.get(name))) for name in _OF_ALL])
        if full
        else Table(),
    )


def last_precheck_answer(
    found: Row | None, *, job_ref: str, link: str = "", offset: int = 0, full: bool = False
) -> PrecheckAnswer:
    """Summarise the newest pre-check of a task; None where it has had none."""
    if found is None:
        return PrecheckAnswer(
            headline="This task has had no pre-check yet: it has to pass one before it can start."
        )
    answer = precheck_answer(
        {"precheck_result": found},
        job_ref=job_ref,
        query_id="",
        link=link,
        offset=offset,
        full=full,
    )
    answer.notes.append(_UNDATED)
    return answer


_COLUMNS = (
    "item", "result", "cause", "fix", "said", "data", "skippable", "skipped", "subtasks", "group"
)  # fmt: skip
_OF_ALL = ("total_passed_rate", "rds_instance_id", "job_direction")


def _row(item: Row, result: str, link: str, *, full: bool) -> list[Cell]:
    code = text(item.get("item")) or "?"
    known = precheck_item(code, link=link)
    said = text(item.get("failed_reason"))
    raw = text(item.get("raw_error_msg"))
    subtasks = [_subtask(child, full=full) for child in records(item.get("failed_sub_jobs"))]
    failed = result not in _NO_PROBLEM
    return [
        code,
        result.lower(),
        _cause(known) if failed else None,
        known.fix if known and failed else None,
        " / ".join(dict.fromkeys(filter(None, (said, raw)))),
        _data(item.get("data")),
        _skippable(item, known) if failed else None,
        flag(item.get("is_skipped")) or None,
        ", ".join(subtasks) or None,
        text(item.get("group")) if full else None,
    ]


def _subtask(child: Row, *, full: bool) -> str:
    """A subtask that failed an item (Table 34): by its name, in *full* with ID and result."""
    name, task_id = text(child.get("name")), text(child.get("id"))
    if not full:
        return name or task_id or "?"
    result = text(child.get("check_result"))
    own = f"{name} ({task_id})" if name and task_id else name or task_id or "?"
    return f"{own}: {result}" if result else own


def _cause(known: PrecheckItem | None) -> str | None:
    if known is None:
        return None
    # An inferred cause is never told as Huawei's word.
    return f"likely: {known.cause}" if known.confidence == "inferred" else known.cause


def _skippable(item: Row, known: PrecheckItem | None) -> bool | None:
    said = flag(item.get("is_support_skip"))
    return said if said is not None else known.skippable if known else None


def _data(value: object) -> str | None:
    """The item's data: JSON (sometimes Python-like) in a string, without its punctuation.

    Quoted before that: some secrets are known by the marks around them only.
    """
    found = text(value)
    if not found:
        return None
    return _SIZE.sub(_in_gib, quote(found, ROOMY_CELL).translate(_PUNCTUATION)) or None


_SIZE = re.compile(r"(?:\b|(?<=[a-z]))[sS]ize: ?(?P<bytes>\d{8,18})(?![\w.])")
"""Sizes in the data of an item are bytes: `dstVolumeSize:37660000000`."""


def _in_gib(found: re.Match[str]) -> str:
    return f"{found[0]} ({int(found['bytes']) / 2**30:,.1f} GiB)"


_PUNCTUATION = str.maketrans({"{": None, "}": None, '"': None, "'": None, "\\": None})


def _headline(
    results: list[str], skipped: list[bool], progress: float | None, whole: bool | None
) -> str:
    total = len(results)
    running = f"; still running ({progress}%)" if progress is not None and progress < 100 else ""
    if not total:
        if progress == 100:
            return "The pre-check has ended without telling any item: run it again."
        at = f" ({progress}%)" if running else ""
        return f"The pre-check has no items yet{at}: ask again in some seconds."
    failed, alarms = results.count("FAILED"), results.count("ALARM")
    of = f" of {plural(total, 'pre-check item')}"
    if not failed and not alarms:
        done = "passed so far" if "PENDING" in results else "passes" if total == 1 else "pass"
        against = "; yet DRS says that it did not pass" if whole is False and not running else ""
        return f"{results.count('PASSED')}{of} {done}{running}{against}."
    parts = [f"{failed}{of} failed"] if failed else []
    if alarms:
        needs = "needs" if alarms == 1 else "need"
        parts.append(f"{alarms}{'' if failed else of} {needs} confirmation")
    if any(skipped):
        parts.append(f"{sum(skipped)} skipped")
    left = {result for result, skip in zip(results, skipped, strict=True) if not skip}
    verdict = "what is skipped does not keep the task from starting"
    if "FAILED" in left:
        verdict = "the task cannot start until failed items are fixed"
    elif "ALARM" in left:
        verdict = "the task can start once these are confirmed"
    return f"{', '.join(parts)}{running}: {verdict}."

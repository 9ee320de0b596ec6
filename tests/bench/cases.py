"""What the benchmark runs: a payload in pages, the way from its bytes to an answer, its questions."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from drs_mcp.api.query import MAX_LIMIT
from drs_mcp.quoting.decoding import decode
from drs_mcp.serving.budget import compact, fit
from drs_mcp.simulator import World
from drs_mcp.summaries.answer import Answer, Closing, Receipt
from drs_mcp.summaries.checks.precheck import precheck_answer
from drs_mcp.summaries.comparisons.differences import ValueDifferences
from drs_mcp.summaries.comparisons.rows import RowComparison
from drs_mcp.summaries.comparisons.values import ValueComparison
from drs_mcp.summaries.logs.fold import LogPatterns
from drs_mcp.summaries.tasks.card import detail_answer
from drs_mcp.summaries.tasks.progress import progress_answer
from tests.bench import payload_logs, payloads, questions
from tests.bench.questions import Question

STAMP = Receipt(region="cn-north-4", project="054ba152", as_of="2026-11-20T10:00:00Z")


@dataclass(frozen=True)
class Case:
    """One payload: its pages as bytes, the fold that answers it, and the questions."""

    name: str
    pages: list[bytes]
    summarise: Callable[[Sequence[Any]], Answer]
    payload: Any
    questions: Sequence[Question]

    def answer(self) -> str:
        """The rendered answer, from bytes."""
        answer = self.summarise([_Lazy(page) for page in self.pages])
        assert isinstance(answer, Closing)
        answer.receipt = STAMP
        return compact(fit(answer))

    def facts(self, text: str) -> tuple[int, list[str]]:
        """How many questions the answer answers right, and which ones wrong."""
        answer = json.loads(text)
        right, wrong = 0, []
        for question in self.questions:
            answered = question.answered(answer)
            if answered is None:
                continue
            if answered == question.raw(self.payload):
                right += 1
            else:
                wrong.append(f"{question.text} {answered!r}"[:300])
        return right, wrong


class _Lazy:
    """A page that is decoded when it is its turn, as the client does."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def job(self) -> Any:
        return decode(self._raw, rows=True)["job"]


def _found(page: _Lazy, name: str) -> Any:
    """What a page of a comparison holds; nothing else keeps it, so that it is dropped when read."""
    return page.job()["compare_result"][name]


def _paged(rows: list[Any], place: Callable[[list[Any]], dict[str, Any]]) -> list[bytes]:
    return [
        json.dumps(
            {"job": {"total_count": len(rows), **place(rows[start : start + MAX_LIMIT])}},
            separators=(",", ":"),
        ).encode()
        for start in range(0, len(rows), MAX_LIMIT)
    ]


def _single(job: dict[str, Any]) -> list[bytes]:
    return [json.dumps({"job": job}, separators=(",", ":"), ensure_ascii=False).encode()]


def _log_case(
    name: str, rows: list[dict[str, Any]], asked: Sequence[Question] = questions.LOGS
) -> Case:

    def summarise(pages: Sequence[Any]) -> Answer:
        fold = LogPatterns()
        for page in pages:
            fold.feed(page.job()["logs"])
        return fold.answer(job="shop-sync")

    return Case(name, _paged(rows, lambda part: {"logs": part}), summarise, rows, asked)


def log_case(entries: int, seed: int) -> Case:
    """A log of its own, made from a seed."""
    return _log_case(f"{entries:,} log entries, {seed}", payload_logs.logs(entries, seed))


def _row_case(name: str, tables: int, differing: int) -> Case:
    rows = payloads.row_comparison(tables, differing)

    def summarise(pages: Sequence[Any]) -> Answer:
        fold = RowComparison()
        for page in pages:
            fold.feed(_found(page, "line_compare_detail_infos"), source_db="erp", target_db="erp")
        return fold.answer(job="billing-recon", task=None)

    def place(part: list[Any]) -> dict[str, Any]:
        return {"compare_result": {"line_compare_detail_infos": part}}

    return Case(name, _paged(rows, place), summarise, rows, questions.ROWS)


def _value_case(name: str, tables: int, differing: int) -> Case:
    rows = payloads.value_comparison(tables, differing)

    def summarise(pages: Sequence[Any]) -> Answer:
        fold = ValueComparison()
        for page in pages:
            fold.feed(_found(page, "content_compare_detail_infos"), comparable=True)
        return fold.answer(job="billing-recon", task=None)

    def place(part: list[Any]) -> dict[str, Any]:
        return {"compare_result": {"content_compare_detail_infos": part}}

    return Case(name, _paged(rows, place), summarise, rows, questions.VALUES)


def _difference_case(name: str, number: int) -> Case:
    rows = payloads.value_differences(number)

    def summarise(pages: Sequence[Any]) -> Answer:
        fold = ValueDifferences()
        for page in pages:
            fold.feed(_found(page, "content_diff_detail_info"), source_db="", target_db="")
        return fold.answer(job="billing-recon", task=None)

    def place(part: list[Any]) -> dict[str, Any]:
        return {"compare_result": {"content_diff_detail_info": {"contents_infos": part}}}

    return Case(name, _paged(rows, place), summarise, rows, questions.DIFFERENCES)


def _precheck_case() -> Case:
    found = payloads.precheck()

    def summarise(pages: Sequence[Any]) -> Answer:
        return precheck_answer(pages[0].job(), job_ref="crm", query_id="669c9c19-99e3-4628")

    pages = _single({"precheck_result": found})
    return Case("pre-check of 45 items", pages, summarise, found, questions.PRECHECK)


def _progress_case() -> Case:
    found = payloads.progress()
    now = payloads.START + timedelta(hours=2)

    def summarise(pages: Sequence[Any]) -> Answer:
        detail: Any = {"base_info": {"name": "erp-oracle-gauss"}}
        return progress_answer(pages[0].job(), detail, job_ref="erp-oracle-gauss", now=now)

    return Case("progress of 12", _single(found), summarise, found, questions.PROGRESS)


def _detail_case() -> Case:
    task = next(
        task
        for task in World.load(["crm-mysql-precheck"]).tasks.values()
        if task["job"]["base_info"]["name"] == "crm-mysql-precheck"
    )
    job = {"id": task["id"], **task["job"], "create_time": "2026-11-19T21:00:00Z"}

    def summarise(pages: Sequence[Any]) -> Answer:
        return detail_answer(pages[0].job(), job_ref="crm-mysql-precheck")

    return Case("job detail", _single(job), summarise, job, questions.DETAIL)


def cases(*, large: bool = True) -> list[Case]:
    """Every payload of the benchmark; the *large* ones are for time and memory."""
    found = [
        _detail_case(),
        _log_case("10,000 log entries", payload_logs.logs(10_000)),
        _row_case("5,000 tables, 37 differ", 5_000, 37),
        _value_case("value detail of 5,000 tables", 5_000, 37),
        _difference_case("2,000 differing rows", 2_000),
        _precheck_case(),
        _progress_case(),
    ]
    if large:
        found += [
            _log_case("10,000 announcing entries", payload_logs.announcing(10_000), ()),
            _log_case("100,000 log entries", payload_logs.logs(100_000)),
            _row_case("48,000 tables, 37 differ", 48_000, 37),
        ]
    return found

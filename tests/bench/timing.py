"""How long the way from bytes to an answer takes, as a multiple of what `json.loads` takes."""

import json
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from statistics import median
from typing import NamedTuple

from tests.bench.cases import Case, cases, log_case


def seconds(work: Callable[[], object], least: float = 0.6) -> float:
    """The best of as many runs as fit into *least* seconds, three at the least."""
    best, spent, runs = float("inf"), 0.0, 0
    while spent < least or runs < 3:
        start = time.perf_counter()
        work()
        took = time.perf_counter() - start
        best, spent, runs = min(best, took), spent + took, runs + 1
    return best


class Timed(NamedTuple):
    """Seconds from bytes to answer, and as a multiple of `json.loads` of the same bytes."""

    took: float
    multiple: float


def timed(case: Case) -> Timed:
    took = seconds(case.answer)
    return Timed(took, took / seconds(lambda: [json.loads(page) for page in case.pages]))


_PROCESSES = 5
"""From one process to the next `json.loads` alone takes up to a third more or less."""


def timed_often() -> Mapping[str, Timed]:
    """The medians of several processes for each payload that is not large."""
    context = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as pool:
        runs = [pool.submit(_timed_once) for _ in range(_PROCESSES)]
        found = [run.result() for run in runs]
    return {
        name: Timed(*(median(values) for values in zip(*(one[name] for one in found), strict=True)))
        for name in found[0]
    }


def _timed_once() -> dict[str, Timed]:
    return {case.name: timed(case) for case in cases(large=False)}


_NEW_LOGS = 9


def timed_new() -> tuple[float, float]:
    """Of logs that a process meets for the first time: seconds for its first, and the median of others."""
    context = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context, max_tasks_per_child=1) as pool:
        return pool.submit(_timed_new).result()


def _timed_new() -> tuple[float, float]:
    first, *others = [_once(log_case(10_000, seed)) for seed in range(100, 101 + _NEW_LOGS)]
    return first, median(others)


def _once(case: Case) -> float:
    start = time.perf_counter()
    case.answer()
    return time.perf_counter() - start

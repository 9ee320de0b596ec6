"""`make bench`: tokens, facts, time and memory of every payload, and what the largest ones cost."""

import json
import time
import tracemalloc
from collections.abc import Callable

from drs_mcp.api.prefetch import WINDOW
from tests.bench import memory
from tests.bench.cases import Case, cases
from tests.support.tokens import tokens

_HEAD = (
    "| payload | bytes in | raw tokens | answer tokens | ratio | facts kept | wrong | ms | x json.loads"
    " | peak / window |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def seconds(work: Callable[[], object], least: float = 0.6) -> float:
    """The best of as many runs as fit into *least* seconds, three at the least."""
    best, spent, runs = float("inf"), 0.0, 0
    while spent < least or runs < 3:
        start = time.perf_counter()
        work()
        took = time.perf_counter() - start
        best, spent, runs = min(best, took), spent + took, runs + 1
    return best


def peak(case: Case) -> float:
    """Peak memory of the way to the answer over the bytes of the pages held at once."""
    window = max(sum(map(len, case.pages[: WINDOW + 1])), 1)
    case.answer()  # what is loaded once is no cost of a call
    tracemalloc.start()
    case.answer()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (most + window) / window  # the window's own bytes are held too


def row(case: Case) -> tuple[str, float]:
    text = case.answer()
    raw = sum(tokens(page.decode()) for page in case.pages)
    ours = tokens(text)
    right, wrong = case.facts(text)
    for question in wrong:
        print(f"WRONG {case.name}: {question}")
    took = seconds(case.answer)
    loads = seconds(lambda: [json.loads(page) for page in case.pages])
    line = (
        f"| {case.name} | {sum(map(len, case.pages)):,} | {raw:,} | {ours:,} | {raw / ours:,.1f} "
        f"| {right} of {len(case.questions)} | {len(wrong)} | {took * 1000:,.2f} | {took / loads:.2f} "
        f"| {peak(case):.1f} |"
    )
    return line, took


def main() -> None:
    print(_HEAD)
    times = {}
    for case in cases():
        line, times[case.name] = row(case)
        print(line, flush=True)
    growth = times["100,000 log entries"] / times["10,000 log entries"]
    print(f"\nTen times the log entries take {growth:.1f} times as long.\n")
    for line in memory.report():
        print(line, flush=True)


if __name__ == "__main__":
    main()

"""`make bench`: tokens, facts, time and memory of every payload, and what the largest ones cost."""

import tracemalloc

from drs_mcp.api.prefetch import WINDOW
from tests.bench import memory
from tests.bench.cases import Case, cases
from tests.bench.timing import Timed, timed, timed_new, timed_often
from tests.support.tokens import tokens

_HEAD = (
    "| payload | bytes in | raw tokens | answer tokens | ratio | facts kept | wrong | ms | x json.loads"
    " | peak / window |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def peak(case: Case) -> float:
    """Peak memory of the way to the answer over the bytes of the pages held at once."""
    window = max(sum(map(len, case.pages[: WINDOW + 1])), 1)
    case.answer()  # what is loaded once is no cost of a call
    tracemalloc.start()
    case.answer()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (most + window) / window  # the window's own bytes are held too


def row(case: Case, measured: Timed) -> str:
    text = case.answer()
    raw = sum(tokens(page.decode()) for page in case.pages)
    ours = tokens(text)
    right, wrong = case.facts(text)
    for question in wrong:
        print(f"WRONG {case.name}: {question}")
    return (
        f"| {case.name} | {sum(map(len, case.pages)):,} | {raw:,} | {ours:,} | {raw / ours:,.1f} "
        f"| {right} of {len(case.questions)} | {len(wrong)} | {measured.took * 1000:,.2f} "
        f"| {measured.multiple:.2f} | {peak(case):.1f} |"
    )


def main() -> None:
    print(_HEAD)
    times = dict(timed_often())
    for case in cases():
        if case.name not in times:
            times[case.name] = timed(case)
        print(row(case, times[case.name]), flush=True)
    growth = times["100,000 log entries"].took / times["10,000 log entries"].took
    print(f"\nTen times the log entries take {growth:.1f} times as long.")
    first, others = timed_new()
    told = f"{others * 1000:.0f} ms, the first log of a process {first * 1000:.0f} ms"
    print(f"10,000 entries that are new to the process take {told}.\n")
    for line in memory.report():
        print(line, flush=True)


if __name__ == "__main__":
    main()

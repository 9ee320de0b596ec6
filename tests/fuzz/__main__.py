"""`make fuzz`: damaged answers and odd arguments against the whole server, as a table.

Everything is drawn from the seed: `--only p123` makes one case again, whatever came before it.
"""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import anyio

from tests.fuzz.tally import MOST_REPORTED, Tally, run_cases, run_in_process

SEED = 20261120
PAYLOAD_CASES = 6300
ARGUMENT_CASES = 6000
LEAST_PAYLOADS = 20_000
LEAST_ARGUMENT_SETS = 5_000


def _names(payloads: int, arguments: int) -> list[str]:
    return [f"p{number}" for number in range(payloads)] + [
        f"a{number}" for number in range(arguments)
    ]


def _printed(tally: Tally) -> None:
    head = ("tool", "payloads", "argument sets", "answers", "clear errors", "breaches", "seconds")
    rows = [
        (
            tool,
            f"{tally.payloads[tool]:,}",
            f"{tally.argument_sets[tool]:,}",
            f"{tally.answers[tool]:,}",
            f"{tally.errors[tool]:,}",
            f"{tally.breaches[tool]:,}",
            f"{tally.seconds[tool]:.1f}",
        )
        for tool in sorted(tally.seconds)
    ]
    _lines([head, *rows])
    print()
    _lines(
        [
            ("asked for", "payloads"),
            *((kind, f"{n:,}") for kind, n in sorted(tally.request_kinds.items())),
        ]
    )


def _lines(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        print("  ".join(cells))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", metavar="CASE", help="one case, such as p123 or a45")
    parser.add_argument("--times", type=float, default=1, help="how much of the usual amount")
    options = parser.parse_args()
    if options.only:
        tally = anyio.run(lambda: run_cases(options.seed, [options.only], aloud=True))
        print(*tally.reports, sep="\n")
        return int(bool(tally.reports))

    began = time.perf_counter()
    names = _names(int(PAYLOAD_CASES * options.times), int(ARGUMENT_CASES * options.times))
    workers = min(os.cpu_count() or 1, 8)
    tally = Tally()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for part in pool.map(
            run_in_process, [options.seed] * workers, [names[at::workers] for at in range(workers)]
        ):
            tally.add(part)
    _printed(tally)
    payloads, sets = len(tally.different_payloads), len(tally.different_arguments)
    broken = tally.breaches.total()
    print(
        f"\nSeed {options.seed}: {tally.payloads.total():,} payloads ({payloads:,} different), "
        f"{tally.argument_sets.total():,} argument sets ({sets:,} different), "
        f"{tally.answers.total():,} answers, {broken:,} breaches in "
        f"{time.perf_counter() - began:.0f} s; slowest {tally.slowest[1]}, {tally.slowest[0]:.1f} s."
    )
    for breach in tally.reports[:MOST_REPORTED]:
        print(f"\n{breach}")
    too_few = options.times >= 1 and (payloads < LEAST_PAYLOADS or sets < LEAST_ARGUMENT_SETS)
    if too_few:
        print("TOO FEW: the numbers above are below what is promised.")
    return int(too_few or broken > 0)


if __name__ == "__main__":
    sys.exit(main())

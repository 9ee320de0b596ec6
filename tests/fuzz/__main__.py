"""`make fuzz`: damaged answers and odd arguments against the whole server, lists that change while
they are read, twin worlds, logs that nobody reads, answers and texts that were made to cost much, and
callers side by side, each as a table.

Cases are drawn from the seed: `--only p123` makes one again, whatever came before it. Twin worlds are
others in each run, unless `--twins` gives their seed: `--only twins --twins 123` makes them again.
"""

import argparse
import os
import sys
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import anyio

from tests.fuzz import bodies, fairness, patterns, scanners, sinks, twins
from tests.fuzz.shifting import Shifts, shifted
from tests.fuzz.shifting_worlds import worlds_shifted
from tests.fuzz.tally import MOST_REPORTED, Tally, run_cases, run_in_process

SEED = 20261120
PAYLOAD_CASES = 6300
ARGUMENT_CASES = 6000
LEAST_PAYLOADS = 20_000
LEAST_ARGUMENT_SETS = 5_000
SHIFTS = 6000
WORLD_SHIFTS = 300
LEAST_SHIFTS = 5_000
SINK_CALLS = 2000


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


def _twins_printed(found: twins.TwinsTally) -> bool:
    """Print what came of the twin worlds; whether it is as promised."""
    print()
    _lines(list(found.rows()))
    print()
    print(*found.lines(), sep="\n")
    return not found.violations


def _printed_shifts(lists: Shifts, tools: Shifts) -> None:
    head = ("a list that changes", "runs", "told exact", "told unproven", "violations")
    rows = [
        (
            kind,
            f"{lists.runs[kind]:,}",
            f"{lists.exact[kind]:,}",
            f"{lists.unproven[kind]:,}",
            f"{lists.violations[kind]:,}",
        )
        for kind in sorted(lists.runs)
    ]
    print()
    _lines([head, *rows])
    head = ("a tool over one", "runs", "claims", "false claims")
    rows = [
        (
            kind,
            f"{tools.runs[kind]:,}",
            f"{tools.exact[kind]:,}",
            f"{tools.violations[kind]:,}",
        )
        for kind in sorted(tools.runs)
    ]
    print()
    _lines([head, *rows])


def _table_printed(
    rows: Sequence[Mapping[str, object]], violations: Sequence[str]
) -> Sequence[str]:
    """Print a table of real processes; returns what was not kept."""
    print()
    _lines([tuple(rows[0]), *(tuple(map(str, row.values())) for row in rows)] if rows else [])
    print(*violations, sep="\n", end="\n" if violations else "")
    return violations


def _lines(rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for first, *rest in rows:
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        print("  ".join(cells))


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--only", metavar="CASE", help="one case, such as p123 or a45, or twins")
    parser.add_argument("--twins", type=int, metavar="SEED", help="the twin worlds of that seed")
    parser.add_argument("--times", type=float, default=1, help="how much of the usual amount")
    options = parser.parse_args()
    twins_seed = time.time_ns() % 10**9 if options.twins is None else options.twins
    if options.only == "twins":
        return int(not _twins_printed(twins.run(twins_seed, options.times)))
    if options.only:
        tally = anyio.run(lambda: run_cases(options.seed, [options.only], aloud=True))
        print(*tally.reports, sep="\n")
        return int(bool(tally.reports))

    began = time.perf_counter()
    names = _names(int(PAYLOAD_CASES * options.times), int(ARGUMENT_CASES * options.times))
    workers = min(os.cpu_count() or 1, 8)
    tally = Tally()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        compared = pool.submit(twins.run, twins_seed, options.times)
        for part in pool.map(
            run_in_process, [options.seed] * workers, [names[at::workers] for at in range(workers)]
        ):
            tally.add(part)
        lists, tools = Shifts(), Shifts()
        seeds = [options.seed + at for at in range(workers)]
        for run, sum_, wanted in (
            (shifted, lists, SHIFTS),
            (worlds_shifted, tools, WORLD_SHIFTS),
        ):
            for shifts in pool.map(run, seeds, [int(wanted * options.times / workers)] * workers):
                sum_.add(shifts)
        sunk = pool.submit(sinks.run, max(1, int(SINK_CALLS * options.times)))
        hostile = pool.submit(bodies.table)
        read_by_hand = pool.submit(scanners.run)
        searched = pool.map(patterns.run, range(workers), [workers] * workers)
    _printed(tally)
    _printed_shifts(lists, tools)
    payloads, sets = len(tally.different_payloads), len(tally.different_arguments)
    broken = tally.breaches.total()
    print(
        f"\nSeed {options.seed}: {tally.payloads.total():,} payloads ({payloads:,} different), "
        f"{tally.argument_sets.total():,} argument sets ({sets:,} different), "
        f"{tally.answers.total():,} answers, {broken:,} breaches in "
        f"{time.perf_counter() - began:.0f} s; slowest {tally.slowest[1]}, {tally.slowest[0]:.1f} s."
    )
    shifts, false = lists.runs.total(), lists.violations.total() + tools.violations.total()
    print(f"{shifts:,} lists that changed, {false:,} false claims or doubts.")
    found = compared.result()
    _twins_printed(found)
    missed = [f"{broken:,} breaches"] * bool(broken) + [f"{false:,} false claims"] * bool(false)
    missed += found.lines() if found.violations else ()
    missed += _table_printed(*sunk.result())
    missed += _table_printed(*hostile.result())
    missed += _table_printed(*patterns.table([one for part in searched for one in part]))
    missed += _table_printed(*read_by_hand.result())
    missed += _table_printed(*fairness.run())  # after all else, which would hold it up
    for breach in [*tally.reports, *lists.told, *tools.told][:MOST_REPORTED]:
        print(f"\n{breach}")
    too_few = options.times >= 1 and (
        payloads < LEAST_PAYLOADS
        or sets < LEAST_ARGUMENT_SETS
        or shifts < LEAST_SHIFTS
        or found.secrets < twins.LEAST_SECRETS
        or found.values < twins.LEAST_VALUES
    )
    if too_few:
        missed.append("The numbers above are below what is promised.")
    # Once more and last: of a long output often only the end is kept.
    print("\nNOT KEPT" if missed else "\nAll was kept.", *missed, sep="\n")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())

"""`make mutations`: every promise of SECURITY.md is broken in a copy, and its tests must fail."""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.mutations.runner import outcomes
from tests.mutations.tables import MUTATIONS


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutations")
    parser.add_argument("--only", default="", metavar="WORD", help="mutations that say so anywhere")
    parser.add_argument("--keep", metavar="FOLDER", help="an empty one, for copies and outputs")
    options = parser.parse_args()
    if sys.platform == "win32":
        print("Mutations are tried on systems that can fork.")
        return 0
    chosen = [one for one in MUTATIONS if options.only in str(one)]
    began, survived = time.perf_counter(), 0
    print(f"{'outcome':<20}  {'s':>5}  test  <-  what was broken where")
    with tempfile.TemporaryDirectory() as folder:
        jobs = min(os.cpu_count() or 1, 4)
        for found in outcomes(chosen, Path(options.keep or folder).resolve(), jobs):
            survived += bool(found.why)
            broken = f"{found.mutation.breaks} ({found.mutation.file})"
            told = found.why or "failed, as it should"
            print(f"{told:<20}  {found.seconds:5.1f}  {found.test}  <-  {broken}", flush=True)
    tests = {test for one in chosen for test in one.tests}
    print(
        f"\n{len(chosen)} mutations, {len(tests)} tests, {survived} that did not notice, in "
        f"{time.perf_counter() - began:.0f} s."
    )
    return int(survived > 0 or not chosen)


if __name__ == "__main__":
    sys.exit(main())

"""What is written by hand to read texts, against texts that are bad for it: time grows with length."""

import gc
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from drs_mcp.knowledge.failures import match
from drs_mcp.quoting.pages import redacted, redacted_page
from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.comparisons.sql.from_clause import table_of
from drs_mcp.summaries.logs.fold import LogPatterns
from drs_mcp.summaries.logs.frames import fold_frames
from tests.fuzz.bodies_made import UNITS
from tests.fuzz.expressions import expressions
from tests.fuzz.worst_texts import COMMON, units

MOST_S = 0.8
"""On one text of as many characters as are kept of any: three times what was measured."""
_KEPT = 35_000
_STEEP = 9.0
"""Four times the text may take four times the time, and what differs from run to run."""
_NOTICED_S = 0.04


def _fold(text: str) -> None:
    fold = LogPatterns()
    fold.feed([{"create_time": "2026-11-20T08:01:02Z", "log_level": "ERROR", "message": text}])
    fold.answer(job="a")


def _page(text: str) -> list[str]:
    return redacted_page([text[at : at + 500] for at in range(0, len(text), 500)])


SCANNERS: dict[str, Callable[[str], Any]] = {
    "redaction of a text": redacted,
    "redaction of a page": _page,
    "quoting": quote,
    "stack frames": fold_frames,
    "the fold of a log": _fold,
    "known failures": match,
    "the table of a SELECT": table_of,
}


@dataclass(frozen=True)
class Cost:
    """A scanner on the text that is worst for it."""

    scanner: str
    unit: str
    seconds: float
    steep: bool

    @property
    def violations(self) -> list[str]:
        """What was promised and not kept."""
        if self.seconds <= MOST_S and not self.steep:
            return []
        grows = ", more than its length" if self.steep else ""
        return [f"{self.scanner}: {self.seconds:.2f} s for {self.unit!r}{grows}"]

    @property
    def row(self) -> dict[str, object]:
        """A row of the table."""
        kept = "no" if self.violations else "yes"
        return {
            "read by hand": self.scanner,
            "worst text": repr(self.unit),
            "ms": round(self.seconds * 1000),
            "kept": kept,
        }


def _took(scan: Callable[[str], Any], text: str) -> float:
    gc.disable()  # how long a collection takes depends on all else that this process holds
    try:
        began = time.thread_time()
        scan(text)
        return time.thread_time() - began
    finally:
        gc.enable()


def cost(name: str, unit: str) -> Cost:
    """What a scanner takes for a text that repeats a unit."""
    scan = SCANNERS[name]
    whole = unit * (_KEPT // len(unit))
    part = whole[: len(whole) // 4]
    short, long = _took(scan, part), _took(scan, whole)
    steep = long > _NOTICED_S and long > _STEEP * short
    for _ in range(3):  # the machine has other work
        if not steep and long <= MOST_S:
            break
        short, long = max(short, _took(scan, part)), min(long, _took(scan, whole))
        steep = long > _NOTICED_S and long > _STEEP * short
    return Cost(name, unit, long, steep)


def run() -> tuple[list[dict[str, object]], list[str]]:
    """The worst text of each scanner, as rows of a table, and what was promised and not kept."""
    rows: list[dict[str, object]] = []
    violations: list[str] = []
    for name in SCANNERS:
        texts = [*COMMON_UNITS, *(own_units() if name in _SEARCHES else ())]
        costs = [cost(name, unit) for unit in texts]
        worst = max(costs, key=lambda one: (one.steep, one.seconds)).row
        rows.append(worst | {"texts": len(texts)})
        violations += [violation for one in costs for violation in one.violations]
    return rows, violations


COMMON_UNITS = tuple(dict.fromkeys([*UNITS.values(), *COMMON]))
_SEARCHES = ("redaction of a text", "the fold of a log")
_OWN = 200


def own_units() -> list[str]:
    """What is bad for some of the patterns that scanners search with."""
    rng = random.Random(0)
    patterns = [one.pattern for one in expressions() if isinstance(one.pattern.pattern, str)]
    return ["".join(rng.choice(units(rng.choice(patterns)))[:2])[:200] for _ in range(_OWN)]

"""Running cases, and counting what came of them."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import anyio

from tests.fuzz.cases import Cases
from tests.fuzz.target import FuzzTarget, describe

MOST_REPORTED = 20


@dataclass
class Tally:
    """What came of many cases, by tool."""

    payloads: Counter[str] = field(default_factory=Counter)
    argument_sets: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    breaches: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    request_kinds: Counter[str] = field(default_factory=Counter)
    different_payloads: set[bytes] = field(default_factory=set)
    different_arguments: set[str] = field(default_factory=set)
    slowest: tuple[float, str] = (0.0, "")
    reports: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        for name in ("payloads", "argument_sets", "answers", "errors", "breaches", "request_kinds"):
            getattr(self, name).update(getattr(other, name))
        for tool, took in other.seconds.items():
            self.seconds[tool] += took
        self.slowest = max(self.slowest, other.slowest)
        self.different_payloads |= other.different_payloads
        self.different_arguments |= other.different_arguments
        self.reports += other.reports


async def run_cases(seed: int, names: Sequence[str], *, aloud: bool = False) -> Tally:
    tally = Tally()
    async with FuzzTarget().started() as target:
        cases = Cases(target, seed)
        for name in names:
            case = cases.case(name)
            outcome = await target.run(case)
            tool = case.tool
            tally.payloads[tool] += outcome.payloads.total()
            tally.request_kinds.update(outcome.payloads)
            tally.different_payloads |= outcome.fingerprints
            if name.startswith("a"):
                tally.argument_sets[tool] += 1
                given = json.dumps(dict(case.arguments), sort_keys=True)
                tally.different_arguments.add(f"{tool} {given}")
            if outcome.breaches:
                tally.breaches[tool] += 1
                if len(tally.reports) < MOST_REPORTED:
                    tally.reports.append(
                        describe(outcome, await target.minimal_edits(outcome), seed)
                    )
            elif outcome.answered:
                tally.answers[tool] += 1
            else:
                tally.errors[tool] += 1
            tally.seconds[tool] += outcome.seconds
            tally.slowest = max(tally.slowest, (outcome.seconds, name))
            if aloud:
                edits = [f"{address} {edit}" for (address, _), edit in outcome.edits.items()]
                print(case.tool, dict(case.arguments), *edits, outcome.said, sep="\n  ")
    return tally


def run_in_process(seed: int, names: Sequence[str]) -> Tally:
    """Run the cases of those names in this process."""
    return anyio.run(run_cases, seed, names)

"""Running cases, and counting what came of them."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import anyio

from tests.fuzz.cases import Cases
from tests.fuzz.siege import Siege, told

MOST_TOLD = 20


@dataclass
class Tally:
    """What came of many cases, by tool."""

    payloads: Counter[str] = field(default_factory=Counter)
    argument_sets: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    breaches: Counter[str] = field(default_factory=Counter)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    asked: Counter[str] = field(default_factory=Counter)
    different_payloads: set[bytes] = field(default_factory=set)
    different_arguments: set[str] = field(default_factory=set)
    slowest: tuple[float, str] = (0.0, "")
    told: list[str] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        for name in ("payloads", "argument_sets", "answers", "errors", "breaches", "asked"):
            getattr(self, name).update(getattr(other, name))
        for tool, took in other.seconds.items():
            self.seconds[tool] += took
        self.slowest = max(self.slowest, other.slowest)
        self.different_payloads |= other.different_payloads
        self.different_arguments |= other.different_arguments
        self.told += other.told


async def run_cases(seed: int, names: Sequence[str], *, aloud: bool = False) -> Tally:
    tally = Tally()
    async with Siege().laid() as siege:
        cases = Cases(siege, seed)
        for name in names:
            case = cases.case(name)
            outcome = await siege.run(case)
            tool = case.tool
            tally.payloads[tool] += outcome.payloads.total()
            tally.asked.update(outcome.payloads)
            tally.different_payloads |= outcome.prints
            if name.startswith("a"):
                tally.argument_sets[tool] += 1
                given = json.dumps(dict(case.arguments), sort_keys=True)
                tally.different_arguments.add(f"{tool} {given}")
            if outcome.breaches:
                tally.breaches[tool] += 1
                if len(tally.told) < MOST_TOLD:
                    tally.told.append(told(outcome, await siege.blamed(outcome), seed))
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


def fought(seed: int, names: Sequence[str]) -> Tally:
    """Run the cases of those names in this process."""
    return anyio.run(run_cases, seed, names)

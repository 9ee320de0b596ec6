"""A few samples of what a watch saw, carried along in its handle as one short word.

`t.<seconds>,<delay>,<rows>,<cpu>,<mem>_…` in base 36: the first seconds count from 1970, the others
from the sample before; `-` is what was not told. There is one way to write samples.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from drs_mcp.api.wire.values import amount
from drs_mcp.summaries.diagnosis.evidence import Evidence
from drs_mcp.summaries.diagnosis.lag.measured import is_measured_now
from drs_mcp.summaries.diagnosis.load import fresh_load
from drs_mcp.summaries.health.past.trend import Series

MOST = 8
"""Samples kept; of more every other one goes, but for the first and the last."""

MOST_CHARS = 200
_FIGURES = ("delay", "rows", "cpu", "mem")
_NAMES = {"delay": "delay_s", "rows": "apply_rows_s", "cpu": "cpu_pct", "mem": "mem_pct"}
_LARGEST = 36**4 - 1
_SIGNS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SAMPLE = r"[0-9a-z]{1,7}(?:,(?:-|[0-9a-z]{1,4})){4}"
_SAMPLES = re.compile(rf"{_SAMPLE}(?:_{_SAMPLE}){{0,{MOST - 1}}}")


@dataclass(frozen=True)
class Sample:
    """One look: epoch seconds, delay in seconds, rows applied a second, CPU and memory in percent."""

    at: int
    delay: int | None = None
    rows: int | None = None
    cpu: int | None = None
    mem: int | None = None


def sample_of(evidence: Evidence) -> Sample | None:
    """What a poll saw; None where it was told nothing of these."""
    load = fresh_load(evidence)
    rows = amount(evidence.metrics.get("apply_rows_rate")) if is_measured_now(evidence) else None
    found = (evidence.delay, rows, load.get("cpu"), load.get("mem"))
    if all(value is None for value in found):
        return None
    kept = [None if value is None else min(round(value), _LARGEST) for value in found]
    return Sample(int(evidence.now.timestamp()), *kept)


def added(samples: Sequence[Sample], new: Sample | None) -> tuple[Sample, ...]:
    """The samples with a new one at their end, thinned where there are too many."""
    if new is None or (samples and new.at <= samples[-1].at):
        return tuple(samples)
    every = (*samples, new)
    return every if len(every) <= MOST else (*every[:-1:2], new)


def encode_samples(samples: Sequence[Sample]) -> str:
    """The samples as one word."""
    words, before = [], 0
    for one in samples:
        figures = [getattr(one, name) for name in _FIGURES]
        told = ["-" if value is None else _base36(value) for value in figures]
        words.append(",".join([_base36(one.at - before), *told]))
        before = one.at
    return "_".join(words)


def decode_samples(word: str) -> tuple[Sample, ...]:
    """The samples of a word.

    Raises:
        ValueError: it is no word of ours.
    """
    found: list[Sample] = []
    at = 0
    for part in word.split("_") if _SAMPLES.fullmatch(word) else ():
        seconds, *figures = part.split(",")
        at += int(seconds, 36)
        found.append(Sample(at, *(None if one == "-" else int(one, 36) for one in figures)))
    if not found or encode_samples(found) != word:
        raise ValueError("no samples")
    return tuple(found)


def series_of(samples: Sequence[Sample]) -> list[Series]:
    """Each figure over time, as far as it was told."""
    every = [
        Series(
            _NAMES[name],
            [
                (float(one.at), value)
                for one in samples
                if (value := getattr(one, name)) is not None
            ],
        )
        for name in _FIGURES
    ]
    return [one for one in every if one.points]


def _base36(number: int) -> str:
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = _SIGNS[rest] + digits
        if not number:
            return digits

"""Every regular expression of the package against its worst texts: none may take more than linear time."""

import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.fuzz.expressions import Expression, expressions
from tests.fuzz.worst_texts import text_of, units

SMALL, MIDDLE, LARGE = 4_000, 40_000, 1_000_000
MOST_S = 2.5
"""On 1 MB of its worst text, near three times what was measured: no more than 36,000 characters are kept
of any text, which is a tenth of a second at the most."""
_SUSPECT_S = 4 * MOST_S * SMALL / LARGE
_GIVEN_UP_S = 0.05


class TooSlow(Exception):
    """A search took longer than it may."""


@dataclass(frozen=True)
class Slowest:
    """The worst text for one pattern, and the seconds that 1 MB of it takes (or what was waited)."""

    where: str
    unit: tuple[str, str, str]
    seconds: float
    size: int

    @property
    def kept(self) -> bool:
        """Whether it is as promised."""
        return self.size == LARGE and self.seconds <= MOST_S

    def __str__(self) -> str:
        took = f"{self.seconds * 1000:,.0f} ms for {self.size:,} characters"
        return f"{self.where}: {took} of {self.unit!r}"


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Interrupt a search, which looks for signals now and then."""

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _took(one: Expression, text: str, most: float) -> float:
    """Seconds of CPU time of all matches in a text; *most* where they take longer."""
    given: Any = text if isinstance(one.pattern.pattern, str) else text.encode()
    began = time.thread_time()
    try:
        with _at_most(most):
            if one.anchored:
                one.pattern.match(given)
            else:
                for _ in one.pattern.finditer(given):
                    pass
    except TooSlow:
        return most
    return time.thread_time() - began


def slowest(one: Expression) -> Slowest:
    """The worst of a pattern's texts; where it is found before 1 MB, that is enough."""
    worst: tuple[float, tuple[str, str, str]] = (-1.0, ("", "a", ""))
    for unit in units(one.pattern):
        text = text_of(unit, SMALL)
        took = _took(one, text, _GIVEN_UP_S)
        if took > worst[0]:  # what the machine did meanwhile does not count
            took = min(took, _took(one, text, _GIVEN_UP_S))
        worst = max(worst, (took, unit))
        if took > _SUSPECT_S and (took := _took(one, text, _GIVEN_UP_S)) > _SUSPECT_S:
            return Slowest(one.where, unit, took, SMALL)
    for size in (MIDDLE, LARGE):
        text, most = text_of(worst[1], size), 4 * MOST_S * size / LARGE
        seconds = min(_took(one, text, most) for _ in range(1 if size == LARGE else 2))
        if seconds >= most:
            return Slowest(one.where, worst[1], seconds, size)
    if seconds > MOST_S:
        seconds = min(seconds, _took(one, text, most))
    return Slowest(one.where, worst[1], seconds, LARGE)


def run(part: int = 0, parts: int = 1) -> list[Slowest]:
    """The worst text of every pattern, or of a share of them."""
    return [slowest(one) for one in expressions()[part::parts]]


_SHOWN = 5


def table(found: Sequence[Slowest]) -> tuple[list[dict[str, object]], list[str]]:
    """The slowest patterns, as rows of a table, and what was promised and not kept."""
    ordered = sorted(found, key=lambda one: (one.kept, -one.seconds))
    rows: list[dict[str, object]] = [
        {
            "of patterns": f"{len(found):,}",
            "the slowest": one.where.removeprefix("drs_mcp."),
            "worst text": repr("".join(one.unit))[:40],
            "ms for 1 MB": round(one.seconds * 1000 * LARGE / one.size),
            "kept": "yes" if one.kept else "no",
        }
        for one in ordered[:_SHOWN]
    ]
    return rows, [str(one) for one in ordered if not one.kept]

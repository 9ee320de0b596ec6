"""Log entries drawn from templates: thousands of lines out of a dozen readable ones.

    {"generate": "log", "seed": 2, "entries": 12000, "from": "-9d", "to": "-41m",
     "fields": {"table": ["orders", "payments"]},
     "templates": [
        {"level": "Info", "weight": 70, "message": "Applied {n:1-900} rows to {table}."},
        {"level": "Error", "times": 140, "from": "-20h", "to": "-9h", "message": "…"}]}

A template with `times` comes exactly that often; the others share what is left of `entries` by
weight. `{name}` draws from `fields`, `{n:1-900}` a number, `{hex:16}` hexadecimal digits,
`{ip:10.1}` an address, `{ipport:10.1}` with its port, `{up:…}` a number that only climbs with
time. `zh` beside `message` is the same line in Chinese, drawn alike.
"""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from pydantic_core import from_json, to_json

from drs_mcp.simulator.script import duration_s

_PLACE = re.compile(r"\{(\w++)(?::([^{}]*+))?\}")

Text = str | dict[str, str]
"""A message, or one in two languages."""


class Entry(NamedTuple):
    """One line: seconds from the world's start, level, message."""

    offset_s: int
    level: str
    message: Text


Draw = Callable[[random.Random, float], str]
"""Draws the text of one place; the number tells how far the log's span has passed, 0 to 1."""


def log_entries(directive: Mapping[str, Any]) -> Sequence[Entry]:
    """The entries of a `log` directive, oldest first; the same directive gives the same entries."""
    return _entries(to_json(directive))


@lru_cache(maxsize=64)
def _entries(raw: bytes) -> Sequence[Entry]:
    directive = from_json(raw)
    rng = random.Random(directive["seed"])
    templates: list[dict[str, Any]] = directive["templates"]
    drawn: list[Entry] = []
    fixed = 0
    for template in templates:
        if "times" in template:
            fixed += template["times"]
            span = {**directive, **template}
            drawn += _of_template(template, template["times"], span, directive, rng)
    weighted = [template for template in templates if "times" not in template]
    shares = _shares(
        [template["weight"] for template in weighted], directive.get("entries", fixed) - fixed
    )
    for template, times in zip(weighted, shares, strict=True):
        drawn += _of_template(template, times, {**directive, **template}, directive, rng)
    drawn.sort(key=lambda entry: entry.offset_s)
    return drawn


def _shares(weights: Sequence[int], total: int) -> list[int]:
    """*total* split by *weights* into whole numbers that add up."""
    if not weights or total <= 0:
        return [0] * len(weights)
    ends = [round(total * part / sum(weights)) for part in accumulate(weights)]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _of_template(
    template: Mapping[str, Any],
    times: int,
    span: Mapping[str, Any],
    directive: Mapping[str, Any],
    rng: random.Random,
) -> list[Entry]:
    first, last = duration_s(span.get("at", span["from"])), duration_s(span.get("at", span["to"]))
    begin, end = duration_s(directive["from"]), duration_s(directive["to"])
    length = max(1, end - begin)
    fields: Mapping[str, list[str]] = directive.get("fields", {})
    level = template["level"]
    write = _writer(template["message"], fields)
    write_zh = _writer(template["zh"], fields) if "zh" in template else None
    made = []
    for _ in range(times):
        offset = rng.randint(first, last)
        share = (offset - begin) / length
        if write_zh is None:
            message: Text = write(rng, share)
        else:
            state = rng.getstate()
            english = write(rng, share)
            rng.setstate(state)
            message = {"en": english, "zh": write_zh(rng, share)}
        made.append(Entry(offset, level, message))
    return made


def _writer(template: str, fields: Mapping[str, list[str]]) -> Draw:
    """Compile a template once: its literal parts and what draws its places."""
    parts: list[str | Draw] = []
    end = 0
    for found in _PLACE.finditer(template):
        parts += [template[end : found.start()], _place(found[1], found[2] or "", fields)]
        end = found.end()
    parts.append(template[end:])

    def write(rng: random.Random, share: float) -> str:
        return "".join(part if isinstance(part, str) else part(rng, share) for part in parts)

    return write


def _place(name: str, detail: str, fields: Mapping[str, list[str]]) -> Draw:
    if name in fields:
        choices = fields[name]
        return lambda rng, _: choices[int(rng.random() * len(choices))]
    if name in ("n", "up"):
        low, high = (int(end) for end in detail.split("-"))
        if name == "up":
            return lambda _, share: str(int(low + (high - low) * share))
        return lambda rng, _: str(low + int(rng.random() * (high - low + 1)))
    if name == "hex":
        width = int(detail)
        return lambda rng, _: f"{rng.getrandbits(4 * width):0{width}x}"
    if name in ("ip", "ipport"):
        port = ":3306" if name == "ipport" else ""
        return lambda rng, _: (
            f"{detail}.{int(rng.random() * 256)}.{1 + int(rng.random() * 254)}{port}"
        )
    raise ValueError(f"A log template has no place named {name}.")

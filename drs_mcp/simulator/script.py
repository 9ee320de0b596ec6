"""What in a scenario depends on time and language, written as small directives inside its JSON.

"@-3d4h"          a time relative to the world's start, as ISO-8601 in UTC
"@now-30s"        a time relative to now
"@ms:-2h"         the same as epoch milliseconds in a string; "@int:-2h": as a number;
                  "@plain:-2h": without zone
{"step": [[0, "RUNNING"], [300, "SUCCESSFUL"]]}
                  the value of the last step whose second has come
{"ramp": {"from": 41, "to": 100, "over_s": 3540, "as": "text"}}
                  a whole number that climbs (or falls) and then stays; as number, text, percent
{"wave": {"about": 2, "by": 1, "period_s": 40, "as": "text"}}
                  a whole number that swings
{"en": "…", "zh": "…"}
                  text in the language asked for
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

_TIME = re.compile(r"@(?:(ms|int|plain):)?(now)?([+-](?:\d+[dhms])+)?")
_PART = re.compile(r"(?<!\d)(\d++)([dhms])")
_UNIT_S = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}


@dataclass(frozen=True, slots=True)
class ScriptPosition:
    """A world's start, its time now, and the language asked for."""

    start: datetime
    now: datetime
    language: str = "en-us"
    asked_language: bool = True

    @property
    def elapsed_s(self) -> float:
        """Seconds since the world's start."""
        return (self.now - self.start).total_seconds()


def duration_s(text: str) -> int:
    """Seconds of a duration such as `-3d4h` or `+90s`."""
    found = sum(int(number) * _UNIT_S[unit] for number, unit in _PART.findall(text))
    return -found if text.startswith("-") else found


def offset_s(value: object) -> int | None:
    """Seconds from the world's start that a time directive names; None if it is none."""
    found = _TIME.fullmatch(value) if isinstance(value, str) else None
    if found is None or found[2]:
        return None
    return duration_s(found[3] or "")


def iso(moment: datetime) -> str:
    """A time as v5 writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def evaluate(value: Any, position: ScriptPosition) -> Any:
    """The value with every directive in it carried out."""
    if isinstance(value, str):
        return _time(value, position) if value.startswith("@") else value
    if isinstance(value, dict):
        directive = next(iter(value)) if len(value) == 1 else ""
        if directive in _DIRECTIVES:
            return _DIRECTIVES[directive](value[directive], position)
        if value.keys() == {"en", "zh"}:
            return value["zh" if position.language == "zh-cn" else "en"]
        return {key: evaluate(item, position) for key, item in value.items()}
    if isinstance(value, list):
        return [evaluate(item, position) for item in value]
    return value


def _time(text: str, position: ScriptPosition) -> str | int:
    found = _TIME.fullmatch(text)
    if found is None:
        return text
    form, now, duration = found.groups()
    moment = (position.now if now else position.start) + timedelta(
        seconds=duration_s(duration or "")
    )
    if form in ("ms", "int"):
        millis = int(moment.timestamp() * 1000)
        return str(millis) if form == "ms" else millis
    if form == "plain":
        return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return iso(moment)


def _step(steps: list[list[Any]], position: ScriptPosition) -> Any:
    reached = [value for after_s, value in steps if after_s <= position.elapsed_s]
    return evaluate(reached[-1] if reached else steps[0][1], position)


def _ramp(ramp: Mapping[str, Any], position: ScriptPosition) -> int | str:
    passed = (position.elapsed_s - ramp.get("after_s", 0)) / ramp["over_s"]
    share = min(1.0, max(0.0, passed))
    return _shown(int(ramp["from"] + (ramp["to"] - ramp["from"]) * share), ramp)


def _wave(wave: Mapping[str, Any], position: ScriptPosition) -> int | str:
    swing = math.sin(2 * math.pi * position.elapsed_s / wave["period_s"])
    return _shown(round(wave["about"] + wave["by"] * swing), wave)


def _shown(number: int, directive: Mapping[str, Any]) -> int | str:
    form = directive.get("as", "number")
    if form == "number":
        return number
    return f"{number}%" if form == "percent" else str(number)


_DIRECTIVES: dict[str, Callable[[Any, ScriptPosition], Any]] = {
    "step": _step,
    "ramp": _ramp,
    "wave": _wave,
}

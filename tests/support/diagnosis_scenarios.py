"""The scenarios beside `tests/summaries/diagnosis`: times filled in, bursts expanded.

Each file is a scenario and its twin, in which the same lines are innocent. Texts may hold
- times relative to now: `{-3h}`, in units s, m, h and d, with a form after a colon;
- in the message of a burst: `{n}`, the running number from 1, or `{n*K+B}` with an optional format.

A burst stands in a list of rows as
    {"repeat": {"count": 240, "every": "60s", "start": "{-6h}",
                "row": {"level": "Error", "message": "… {n} …"}}}
and becomes `count` rows; the first lies at `start`, each next one `every` later. What `expect` holds
is said in `scenarios/README.md`.
"""

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).resolve().parents[1] / "summaries" / "diagnosis" / "scenarios"
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_FORMS = {"": "%Y-%m-%dT%H:%M:%SZ", "naive": "%Y-%m-%d %H:%M:%S", "date": "%Y-%m-%d"}
_TIME = re.compile(r"\{([+-]\d+)([smhd])(?::([a-z]+))?\}")
_COUNT = re.compile(r"\{n(?:\*(-?\d+(?:\.\d+)?))?(?:([+-]\d+(?:\.\d+)?))?(?::([^{}]*))?\}")
_SPAN = re.compile(r"(\d+)([smhd])")


class Scenario(NamedTuple):
    """A scenario, or its twin, ready to be served and judged."""

    name: str
    engine: str
    upstream: dict[str, Any]
    expect: dict[str, Any]


def scenarios(now):
    """Every scenario and after it its twin, by file name; the log newest first, as DRS sends it."""
    for path in sorted(FOLDER.glob("*.json")):
        raw = json.loads(path.read_text("utf-8"))
        for name, changes, expect in (
            (path.stem, {}, raw["expect"]),
            (f"{path.stem} (twin)", raw["twin"]["upstream"], raw["twin"]["expect"]),
        ):
            upstream = _served(_expanded(raw["upstream"] | changes, now))
            yield Scenario(name, raw["engine"], upstream, _expanded(expect, now))


def _moment(text, now):
    found = _TIME.fullmatch(text)
    return now + timedelta(**{_UNITS[found[2]]: int(found[1])})


def _filled(text, now):
    return _TIME.sub(
        lambda found: _moment(f"{{{found[1]}{found[2]}}}", now).strftime(_FORMS[found[3] or ""]),
        text,
    )


def _numbered(text, number):
    def one(found):
        times, plus, form = found[1] or "1", found[2] or "0", found[3] or ""
        if "." in times + plus:
            return format(number * float(times) + float(plus), form or "g")
        return format(number * int(times) + int(plus), form)

    return _COUNT.sub(one, text)


def _burst(spec, now):
    amount, unit = _SPAN.fullmatch(spec["every"]).groups()
    start, step = _moment(spec["start"], now), timedelta(**{_UNITS[unit]: int(amount)})
    for number in range(1, spec["count"] + 1):
        row = {key: _filled(_numbered(value, number), now) for key, value in spec["row"].items()}
        at = (start + (number - 1) * step).strftime(_FORMS[spec.get("form", "")])
        yield row | {"create_time": at}


def _expanded(value, now):
    if isinstance(value, str):
        return _filled(value, now)
    if isinstance(value, dict):
        return {key: _expanded(item, now) for key, item in value.items()}
    if isinstance(value, list):
        found = []
        for item in value:
            if isinstance(item, dict) and set(item) == {"repeat"}:
                found += _burst(item["repeat"], now)
            else:
                found.append(_expanded(item, now))
        return found
    return value


def _served(upstream):
    told = {key: value for key, value in upstream.items() if value is not None}
    if isinstance(told.get("log"), list):
        told["log"] = sorted(told["log"], key=_when, reverse=True)
    if "by_job" in told:
        told["by_job"] = {key: _served(value) for key, value in told["by_job"].items()}
    return told


def _when(row):
    return str(row.get("create_time") or "").replace(" ", "T").rstrip("Z")

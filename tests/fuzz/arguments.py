"""Argument sets for a tool, drawn from its own schema: fitting, nearly fitting, and anything else."""

import json
import math
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from tests.fuzz import values

_PATHS = (
    "../../v3/auth/tokens", "..", ".", "/", "%2e%2e%2f%2e%2e", "..%2f..", "a/../../b", "a?type=log",
    "a#b", "a%00", "a\x00b", "a\r\nHost: evil.example", "http://169.254.169.254/latest/meta-data",
    "//evil.example/v5", "c7debc9c-8e09-4a5d-8dd6-cc44f78jb20r/../x", "a;b=c", "a\\..\\b", "９９９",
    "a\n", " a", "a ", "ａｂｃ", "${HOME}", "`id`", "' or 1=1 --", "{job}", "%s%n", "*", "job_id",
)  # fmt: skip
_WHOLE = (
    0, 1, -1, 2, 49, 50, 51, 399, 400, 401, 999, 1000, 1001, 8000, 29_999, 30_000, 30_001, 600, 601,
    10**9, 10**9 + 1, 2**31, 2**63, 2**64, -(2**63), 10**30, 10**400,
)  # fmt: skip
_TEXTS = ("2026-11-20T08:00:00Z", "2026-11-19", "orders", "shop", "ERROR", "SHOP-MYSQL-SYNC", "%")


def argument_set(
    rng: Random,
    schema: Mapping[str, Any],
    known: Mapping[str, Sequence[Any]],
    good: Mapping[str, Any],
) -> dict[str, Any]:
    """Arguments for the tool of that *schema*.

    Args:
        rng: where they are drawn from.
        schema: the tool's input schema.
        known: values that mean something in this world, by argument.
        good: arguments that are answered, to begin with half of the time.
    """
    wild = rng.choice((0.0, 0.15, 0.15, 0.5, 1.0))
    given: dict[str, Any] = dict(good) if rng.random() < 0.5 else {}
    for name, spec in schema["properties"].items():
        needed = name in schema.get("required", ())
        often = 0.15 if name in given else 0.96 if needed else 0.3
        if rng.random() < often:
            fitting = rng.random() >= wild
            given[name] = _fitting(rng, spec, known.get(name, ())) if fitting else _any(rng, spec)
    if rng.random() < 0.12:
        given[_unknown(rng, schema)] = rng.choice((values.secret, values.telling, _wild))(rng)
    # As a client sends them: JSON, without half characters and without what is no number.
    travelled: dict[str, Any] = json.loads(values.encoded(_whole(given)))
    return travelled


def _fitting(rng: Random, spec: Mapping[str, Any], known: Sequence[Any]) -> Any:
    if known and rng.random() < 0.9:
        return rng.choice(known)
    if "enum" in spec:
        return rng.choice(spec["enum"])
    if spec.get("type") == "boolean":
        return rng.random() < 0.5
    if spec.get("type") == "integer":
        low, high = spec.get("minimum", 0), spec.get("maximum", 1000)
        return rng.choice((low, high, rng.randint(low, min(high, low + 60))))
    return rng.choice(_TEXTS)


def _any(rng: Random, spec: Mapping[str, Any]) -> Any:
    roll = rng.random()
    if spec.get("type") == "integer" and roll < 0.6:
        return rng.choice((*_WHOLE, "50", " 50 ", "0x10", "1e3", 1.0, 1.5, "１２", True, "-0"))
    if spec.get("type") == "boolean" and roll < 0.6:
        return rng.choice(("true", "yes", 0, 1, 2, "on", "", "TRUE", [], 1.0))
    if "enum" in spec and roll < 0.4:
        word = rng.choice(spec["enum"])
        return rng.choice((word.upper(), f" {word}", f"{word}\n", [word], word[:-1], {word: word}))
    if roll < 0.5:
        return rng.choice(_PATHS)
    if roll < 0.6:
        return rng.choice((values.telling, values.hostile))(rng)
    if roll < 0.65:
        return {"password": values.secret(rng), "token": [values.secret(rng)]}
    return _wild(rng)


def _wild(rng: Random) -> Any:
    return values.anything(rng)


def _unknown(rng: Random, schema: Mapping[str, Any]) -> str:
    name = rng.choice(list(schema["properties"]))
    mine = (name.upper(), f"{name} ", f"{name}s", "password", "token", "url", "ctx", "self", "drs")
    return rng.choice((*mine, "__class__", "", values.hostile(rng)[:300], values.telling(rng)))


_DEEPEST = 100
"""Clients refuse to write what is nested much deeper."""


def _whole(value: Any, depth: int = 0) -> Any:
    if depth > _DEEPEST:
        return None
    if isinstance(value, str):
        return value.replace(values.HUGE, "9" * 30).encode("utf-8", "replace").decode()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {_whole(key): _whole(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_whole(item, depth + 1) for item in value]
    return value

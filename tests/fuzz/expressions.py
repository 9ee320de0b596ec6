"""Every regular expression of the package."""

import functools
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

import drs_mcp
from tests.fuzz.uses import AT_ONE_PLACE, Name, Uses


@dataclass(frozen=True)
class Expression:
    """A pattern, the first place where it was found, and whether it only ever looks at one place."""

    where: str
    pattern: "re.Pattern[Any]"
    anchored: bool


def expressions() -> list[Expression]:
    """Every pattern of the package, each once."""
    found: dict[re.Pattern[Any], tuple[str, bool]] = {}
    uses = Uses()
    seen: set[int] = set()
    for module in _modules():
        for name, value in vars(module).items():
            known = ("" if not name.startswith("_") else module.__name__, name)
            for held, pattern in _patterns(known, value, seen):
                where, before = found.get(pattern, (f"{module.__name__}.{name}", True))
                found[pattern] = (where, before and uses.at_one_place(held))
    for where, pattern, method in uses.written_where_used:
        found.setdefault(pattern, (where, method in AT_ONE_PLACE))
    return [Expression(where, pattern, one) for pattern, (where, one) in found.items()]


def _modules() -> Iterator[Any]:
    for info in pkgutil.walk_packages(drs_mcp.__path__, "drs_mcp."):
        if not info.name.endswith("__main__"):
            try:
                yield importlib.import_module(info.name)
            except ModuleNotFoundError as error:  # what an extra brings may not be installed
                if str(error.name).startswith("drs_mcp"):
                    raise


def _patterns(name: Name, value: Any, seen: set[int]) -> Iterator[tuple[Name, "re.Pattern[Any]"]]:
    """The patterns within a value, each with the name that it goes by there."""
    if isinstance(value, re.Pattern):
        yield name, value
    elif not isinstance(value, str | bytes | int | float) and id(value) not in seen:
        seen.add(id(value))
        for held, one in _held(name, value):
            yield from _patterns(held, one, seen)


def _held(name: Name, value: Any) -> list[tuple[Name, Any]]:
    """What a value holds: in containers, fields and closures, and what is made but once."""
    if (isinstance(value, tuple) and hasattr(value, "_fields")) or is_dataclass(value):
        names = getattr(value, "_fields", None) or [one.name for one in fields(value)]
        return [(("", one), getattr(value, one, None)) for one in names]
    if isinstance(value, dict):
        return [(name, one) for pair in value.items() for one in pair]
    if isinstance(value, list | tuple | set | frozenset):
        return [(name, one) for one in value]
    if isinstance(value, functools.partial):
        return [(name, one) for one in (value.func, *value.args, *value.keywords.values())]
    if not _ours(value) and not _ours(type(value)):
        return []
    if hasattr(value, "cache_info"):
        made = [] if inspect.signature(value).parameters else [value()]
        return [(name, one) for one in (value.__wrapped__, *made)]
    if inspect.isfunction(value):
        closed = zip(value.__code__.co_freevars, value.__closure__ or (), strict=True)
        return [
            *(((value.__module__, one), cell.cell_contents) for one, cell in closed),
            *((name, one) for one in value.__defaults__ or ()),
        ]
    slots = [
        (("", one), getattr(value, one, None)) for one in getattr(value, "__slots__", None) or ()
    ]
    return [*slots, *((("", one), held) for one, held in getattr(value, "__dict__", {}).items())]


def _ours(value: Any) -> bool:
    return str(getattr(value, "__module__", "")).startswith("drs_mcp")

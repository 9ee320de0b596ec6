"""The numbers that stand in words, with their units: `waiting=60s`, `7.9`, `1,200,000`, `60秒`."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from drs_mcp.api.wire.digits import whole_numbers

Number = int | float

_CJK = r"\u3400-\u9fff"
_NUMBER = re.compile(
    rf"(?P<head>[{_CJK}：，]{{1,40}}|(?:[^\W\d][\w-]{{0,60}}[=:])?[(\[{{<\"'=+]{{0,4}})"
    r"(?P<number>-?(?:\d{1,3}(?:,\d{3})+|\d{1,24})(?:\.\d{1,12})?)"
    rf"(?:/\d[\d,]{{0,24}}|(?P<unit>[A-Za-zµ]{{1,12}}|%|[{_CJK}]{{1,8}}))?"
    r"[)\]}>\"'.,;:!?，。；：！]*\Z"
)
_ENDS_IN_CJK = re.compile(rf"[{_CJK}]\Z")
_SIZES: dict[str, Number] = {"b": 1, "byte": 1, "bytes": 1, "k": 2**10, "kb": 2**10, "mb": 2**20}
_SIZES |= {"gb": 2**30, "tb": 2**40, "kib": 2**10, "mib": 2**20, "gib": 2**30, "tib": 2**40}
_TIMES: dict[str, Number] = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "sec": 1}
_TIMES |= {"secs": 1, "second": 1, "seconds": 1, "millis": 1e-3, "milliseconds": 1e-3, "min": 60}
_TIMES |= {"mins": 60, "minutes": 60, "h": 3600, "hour": 3600, "hours": 3600, "d": 86400, "m": 60}
_TIMES |= {"days": 86400, "毫秒": 1e-3, "秒": 1, "分钟": 60, "小时": 3600, "天": 86400}
_BASES: dict[str, tuple[str, Number]] = {"": ("", 1), "%": ("%", 1)}
_BASES |= {unit: ("bytes", factor) for unit, factor in _SIZES.items()}
_BASES |= {unit: ("s", factor) for unit, factor in _TIMES.items()}
_COUNTED = re.compile(r"[^\W\d]{2,}s\Z|[行条个张次笔块件列]\Z")
_LARGER = (("TB", 2**40), ("GB", 2**30), ("MB", 2**20), ("KB", 2**10))


class Numbers(NamedTuple):
    """The numbers of some words. Sizes are in bytes and times in seconds, so that units may change."""

    values: list[Number]
    base: str = ""
    """What they are brought to, where a unit is glued to them: bytes, s, % or an unknown unit."""
    written: str = ""
    """The unit as it is written, where it is the same in all."""
    commas: bool = False
    """Whether thousands are parted."""


def is_unit(word: str) -> bool:
    """Whether a word is a unit of time, of size or a share."""
    return word != "" and word.lower() in _BASES


def is_counted(unit: str) -> bool:
    """Whether a word after a number says what is counted (`rows`, `行`), so that sums tell something."""
    return _COUNTED.match(unit) is not None and unit.lower() not in _TIMES


def is_measured(unit: str) -> bool:
    """Whether a word after a number says what it measures: time, a size, a share or a count."""
    return unit.lower() in _BASES or is_counted(unit) if unit else False


def is_number(word: str) -> bool:
    """Whether a word holds a number and nothing else that tells."""
    return _NUMBER.match(word) is not None


def parts_of(word: str) -> tuple[str, str]:
    """What stands in a word before and after its number and unit."""
    found = _NUMBER.match(word)
    if found is None:
        return "", ""
    unit = found.end("unit") if found["unit"] else found.end("number")
    return found["head"], word[unit:]


def numbers(words: Sequence[str]) -> Numbers | None:
    """The numbers that words hold; None where one holds none, or their units do not go together."""
    found = _NUMBER.match(words[0])
    if found is None:
        return None
    unit, head = found["unit"] or "", found["head"]
    if unit in ("", "%"):
        # What stands around the first number is taken from all of them, and the rest read at once.
        tail, bare = words[0][found.end("number") :], f" {' '.join(words)} "
        bare = bare.replace(f"{tail} ", " ") if tail else bare
        bare = bare.replace(f" {head}", " ") if head else bare
        read = whole_numbers(bare[1:-1].replace(" ", ","), len(words))
        if read is None:
            read = _integers(bare.split() if tail or head else words, len(words))
        if read is not None:
            return Numbers(list(read), unit, unit)
    return _each(words)


def _integers(words: Sequence[str], number: int) -> list[int] | None:
    try:
        return list(map(int, words)) if len(words) == number else None
    except ValueError:
        return None


def _each(words: Sequence[str]) -> Numbers | None:
    values: list[Number] = []
    bases, units = set(), set()
    commas = False
    for one in map(_NUMBER.match, words):
        if one is None:
            return None
        unit = one["unit"] or ""
        base, factor = _BASES.get(unit.lower(), ("", 0))
        if not factor:
            if not _ENDS_IN_CJK.search(unit):
                return None
            base, factor = unit, 1
        bases.add(base)
        units.add(unit)
        commas = commas or "," in one["number"]
        values.append(_value(one["number"].replace(",", ""), factor))
    if len(bases) != 1:
        return None
    return Numbers(values, bases.pop(), units.pop() if len(units) == 1 else "", commas)


def _value(written: str, factor: Number) -> Number:
    return float(written) * factor if "." in written or factor != 1 else int(written)


def amount(value: Number, base: str = "", written: str = "", *, commas: bool = False) -> str:
    """A number as a person writes it, at most four digits after the point, with its unit."""
    unit, factor = written, _BASES.get(written.lower(), ("", 1))[1]
    if base == "bytes" and not written:
        unit, factor = next(((u, size) for u, size in _LARGER if abs(value) >= size), (" bytes", 1))
    elif not written:
        unit = base
    told = value / factor if factor != 1 else value
    text = f"{told:,.4f}" if isinstance(told, float) else f"{told:,}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{text if commas else text.replace(',', '')}{unit}"

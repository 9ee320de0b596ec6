"""How much an answer may hold, counted in its bytes before anything is made of them.

Twelve megabytes of `{},` are four million objects, and a gigabyte of memory: a bound on bytes is no
bound.
"""

from collections.abc import Sequence
from typing import Final

from drs_mcp.slices import Slices

MOST_CONTAINERS: Final = 100_000
"""Objects and lists of one answer. A page of 1,000 rows has 3,000 of them where rows hold the keys of
differing rows, and 6,000 where they are tasks."""

MOST_VALUES: Final = 400_000
"""Values of one answer. A page of 1,000 rows has up to 31,000, which are tasks."""

MOST_KEY: Final = 500
"""Characters of a field's name. Databases name nothing with more than 128, of which two or three make
a qualified name."""

_BLOCK: Final = 262_144
_COUNTED: Final = 16_384
"""Bytes that are counted before it is looked whether the rest could still hold too much."""


class TooMuch(Exception):
    """An answer holds more than any answer has; its text says what."""


def check(body: bytes) -> Slices[None]:
    """Count what stands in the bytes of an answer.

    Raises:
        TooMuch: it is more than is read.
    """
    containers = _count(body, (b"{", b"["), MOST_CONTAINERS)
    values = _count(body, (b",",), MOST_VALUES)
    if _exceeds(containers, values):
        # Texts may hold as many as they like: a second look, at what stands between them.
        yield
        yield from _check_outside(body)


def _count(body: bytes, signs: Sequence[bytes], most: int) -> int:
    """How often *signs* stand in *body*, as far as it takes to tell whether that is above *most*.

    Each takes two bytes at least, a container's other one being its end, a comma's the value behind
    it: nearly all bodies are too short from the beginning, or soon. `replace` finds a byte several
    times as fast as `count` where it is rare, and stops behind the last.
    """
    found = 0
    for start in range(0, len(body), _COUNTED):
        if not found <= most < found + (len(body) - start) // 2:
            break
        block = body[start : start + _COUNTED]
        found += sum(len(block) - len(block.replace(sign, b"", most + 1)) for sign in signs)
    return found


def _exceeds(containers: int, values: int) -> bool:
    return containers > MOST_CONTAINERS or values > MOST_VALUES


def _check_outside(body: bytes) -> Slices[None]:
    """The same without what stands in texts."""
    containers = values = 0
    inside = False
    rest = b""
    for start in range(0, len(body), _BLOCK):
        block = rest + body[start : start + _BLOCK]
        # An escape that the block's end would cut is left for the next one.
        kept = len(block) - len(block.rstrip(b"\\"))
        block, rest = (block[:-1], b"\\") if kept % 2 else (block, b"")
        if b"\\" in block:
            block = block.replace(b"\\\\", b"").replace(b'\\"', b"")
        parts = block.split(b'"')
        outside = b"".join(parts[inside::2])
        inside ^= len(parts) % 2 == 0
        containers += outside.count(b"{") + outside.count(b"[")
        values += outside.count(b",")
        if _exceeds(containers, values):
            what = "objects" if containers > MOST_CONTAINERS else "values"
            most = MOST_CONTAINERS if containers > MOST_CONTAINERS else MOST_VALUES
            raise TooMuch(f"holds more than {most:,} {what}")
        yield

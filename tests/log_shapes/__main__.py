"""Self-check: `python -m tests.log_shapes`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations

from . import SHAPES, TEMPLATES, generate
from .source import Source

_COUNT, _SEED, _SAMPLES = 2000, 7, 60
# Private and loopback addresses, and those that are reserved for documentation.
_PUBLIC_SAFE = re.compile(
    r"^(10\.|127\.|192\.168\.|0\.0\.0\.0|172\.(1[6-9]|2\d|3[01])\."
    r"|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)"
)
_ADDRESS = re.compile(r"(?<![\w./-])(?:\d{1,3}\.){3}\d{1,3}(?![\w.-])")
_HOST = re.compile(r"\b(?:[\w-]+\.)+(?:com|net|org|edu|cn|io)\b(?!\.)")
_ALLOWED_HOST = re.compile(r"(^|\.)example\.(com|net|org)$|^wiki\.apache\.org$")


def _fixed_words(samples: list[str]) -> frozenset[str]:
    """The words that every entry of a template has."""
    words = (set(re.findall(r"[A-Za-z][A-Za-z_]+", text)) for text in samples)
    return frozenset(set.intersection(*words))


def _check_shape(shape: str) -> None:
    templates = TEMPLATES[shape]
    names = [name for name, _, _ in templates]
    assert 12 <= len(templates) <= 40 and len(set(names)) == len(names), shape
    source = Source("check")
    texts = {name: [make(source) for _ in range(_SAMPLES)] for name, _, make in templates}
    made_by: dict[str, str] = {}
    for name, samples in texts.items():
        for text in samples:
            assert made_by.setdefault(text, name) == name, f"{shape}: one text of two kinds: {text}"
            assert text and "\n" not in text, f"{shape}/{name}"
            for address in _ADDRESS.findall(text):
                version = re.search(rf"(?:version |Version = |v){re.escape(address)}", text)
                assert version or _PUBLIC_SAFE.match(address), f"{shape}/{name}: {address}"
            for host in _HOST.findall(text):
                assert _ALLOWED_HOST.search(host), f"{shape}/{name}: {host}"
    words = {name: _fixed_words(samples) for name, samples in texts.items()}
    for one, other in combinations(names, 2):
        assert words[one] != words[other], f"{shape}: {one} and {other} have the same words"


def main() -> None:
    assert len(SHAPES) == len(set(SHAPES)) == 16
    for shape in SHAPES:
        _check_shape(shape)
        lines = generate(shape, _COUNT, _SEED)
        assert lines == generate(shape, _COUNT, _SEED) != generate(shape, _COUNT, _SEED + 1)
        counts = Counter(line.template for line in lines)
        lengths: dict[str, set[int]] = defaultdict(set)
        for line in lines:
            lengths[line.template].add(len(line.text.split()))
        name, most = counts.most_common(1)[0]
        uneven = [t for t, seen in lengths.items() if len(seen) > 1]
        share = sum(counts[t] for t in uneven) / len(lines)
        once = sum(1 for count in counts.values() if count == 1)
        print(
            f"{shape}: {len(TEMPLATES[shape])} templates ({len(counts)} seen, {once} once), "
            f"{len(lines)} lines, {len({line.text for line in lines})} distinct texts, most "
            f"frequent {name} {most / len(lines):.0%}, {len(uneven)} kinds with {share:.0%} "
            "of the lines differ in their number of words"
        )
        shown: set[str] = set()
        for line in lines:
            if line.template not in shown and len(shown) < 3:
                shown.add(line.template)
                print(f"    [{line.template}] {line.text[:170]}")


if __name__ == "__main__":
    main()

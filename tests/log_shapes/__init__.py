"""Generated logs of 16 kinds of public software, each line with the template it was made by.

The kinds of lines follow the public samples and documentation of that software (for most shapes
the structured samples of the Loghub collection); all names, addresses and numbers are invented.
A shape's lines hold the message only, except where the header is part of it (nginx requests).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from .access import OPENSSH, PROXIFIER
from .cloud import OPENSTACK, SLURM
from .clusters import SPARK, ZOOKEEPER
from .machines import BGL, THUNDERBIRD
from .mobile import ANDROID, HEALTHAPP
from .servers import NGINX, POSTGRESQL
from .source import Source, Template
from .storage import HADOOP, HDFS
from .systems import LINUX, WINDOWS

TEMPLATES: dict[str, tuple[Template, ...]] = {
    "hdfs": HDFS,
    "hadoop": HADOOP,
    "spark": SPARK,
    "zookeeper": ZOOKEEPER,
    "openstack": OPENSTACK,
    "slurm": SLURM,
    "bgl": BGL,
    "thunderbird": THUNDERBIRD,
    "windows": WINDOWS,
    "linux": LINUX,
    "android": ANDROID,
    "healthapp": HEALTHAPP,
    "openssh": OPENSSH,
    "proxifier": PROXIFIER,
    "nginx": NGINX,
    "postgresql": POSTGRESQL,
}
SHAPES: tuple[str, ...] = tuple(TEMPLATES)

# How often a line is followed by another one of its template, as logs come in bursts.
_BURST = 0.3


@dataclass(frozen=True)
class Line:
    """One log message, and the name of the template that it was made by."""

    text: str
    template: str


def generate(shape: str, count: int, seed: int) -> list[Line]:
    """A log of one shape; the same arguments give the same lines."""
    templates = TEMPLATES[shape]
    source = Source(f"{shape}/{seed}")
    totals = list(accumulate(weight for _, weight, _ in templates))
    lines: list[Line] = []
    name, make = "", templates[0][2]
    for _ in range(count):
        if not name or source.rng.random() >= _BURST:
            name, _weight, make = source.rng.choices(templates, cum_weights=totals)[0]
        lines.append(Line(make(source), f"{shape}/{name}"))
    return lines

"""Slots of a log line: small seeded producers of numbers, addresses, names and lists.

Names come from pools with a skewed frequency, because in real logs a few hosts and users
make most of the lines. All addresses are private or reserved for documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeAlias

_DOCUMENTATION_NETS = ("192.0.2", "198.51.100", "203.0.113")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WORDS = (
    "alpha", "batch", "cache", "delta", "export", "final", "graph", "home", "input", "joint",
    "kernel", "local", "merge", "node", "order", "plan", "query", "report", "stage", "trace",
)  # fmt: skip


class Source:
    """All random values of one generated log; the same seed gives the same log."""

    def __init__(self, seed: str) -> None:
        self.rng = Random(seed)
        self._pools: dict[str, list[str]] = {}

    # Choices
    def pick(self, options: Sequence[str]) -> str:
        return self.rng.choice(options)

    def skew(self, options: Sequence[str]) -> str:
        """The first options far more often than the last ones."""
        return options[int(len(options) * self.rng.random() ** 2.5)]

    def pooled(self, name: str, size: int, make: Callable[[], str]) -> str:
        """A value out of a pool that is made once for the log."""
        if name not in self._pools:
            self._pools[name] = [make() for _ in range(size)]
        return self.skew(self._pools[name])

    def maybe(self, chance: float, text: str) -> str:
        """An optional part of a line."""
        return text if self.rng.random() < chance else ""

    def many(self, make: Callable[[], str], most: int, separator: str, least: int = 1) -> str:
        """A list that is mostly short and sometimes long."""
        length = least + int((most - least + 1) * self.rng.random() ** 2.2)
        return separator.join(make() for _ in range(length))

    # Numbers
    def num(self, low: int, high: int) -> int:
        return self.rng.randint(low, high)

    def size(self, low: int = 1, high: int = 10**9) -> int:
        """A number whose count of digits varies as evenly as its value."""
        return int(low * (high / low) ** self.rng.random())

    def real(self, low: float, high: float, digits: int = 3) -> str:
        return f"{self.rng.uniform(low, high):.{digits}f}"

    def hex(self, digits: int) -> str:
        return f"{self.rng.getrandbits(4 * digits):0{digits}x}"

    def address(self, digits: int = 8) -> str:
        return "0x" + self.hex(digits)

    def uuid(self) -> str:
        return "-".join(self.hex(n) for n in (8, 4, 4, 4, 12))

    def mac(self, separator: str = ":") -> str:
        return separator.join(["00", "16", "3e"] + [self.hex(2) for _ in range(3)])

    # Network
    def ip(self) -> str:
        """A machine of the site."""
        return self.pooled(
            "ip", 40, lambda: f"10.{self.num(20, 23)}.{self.num(0, 240)}.{self.num(2, 250)}"
        )

    def outside(self) -> str:
        """A machine from elsewhere."""
        return self.pooled(
            "outside", 90, lambda: f"{self.pick(_DOCUMENTATION_NETS)}.{self.num(1, 254)}"
        )

    def port(self) -> int:
        return self.num(32768, 65535)

    def peer(self) -> str:
        return f"{self.ip()}:{self.port()}"

    def node(self) -> str:
        return self.pooled("node", 30, lambda: f"node-{self.num(1, 250):03d}")

    def host(self) -> str:
        return self.pooled("host", 25, lambda: f"{self.word()}{self.num(1, 40)}.dc1.internal")

    def site(self) -> str:
        """A public web site."""
        return self.pooled(
            "site",
            60,
            lambda: (
                self.many(self.word, 3, "-")
                + self.pick((".example.com", ".cdn.example.com", f"{self.num(1, 9)}.example.net"))
            ),
        )

    def reverse_name(self) -> str:
        """The name that an address resolves to, as providers make them."""
        a, b, c = self.num(1, 250), self.num(1, 250), self.num(1, 250)
        return self.pick(
            (
                f"{self.word()}.example.net",
                f"{a}-{b}-{c}.dsl.example.net",
                f"adsl-{c}-{b}-{a}.{self.word()}.pool.example.com",
                f"host{a}.{self.word()}.example.org",
            )
        )

    def remote(self) -> str:
        """A peer as address or, where it resolves, as name."""
        return (
            self.outside() if self.num(1, 10) <= 7 else self.pooled("remote", 25, self.reverse_name)
        )

    # Names
    def word(self) -> str:
        return self.pick(_WORDS)

    def user(self) -> str:
        return self.skew(
            ("root", "admin", "oracle", "test", "deploy", "backup", "guest", "git", "svc-report",
             "mysql", "user1", "j.doe", "ftpuser", "www-data", "ubnt", "0", "nagios", "dev_ops")
        )  # fmt: skip

    def path(self, top: str, deepest: int = 4) -> str:
        """A path below a fixed top, one to several steps deep."""
        return f"{top}/" + self.many(
            lambda: self.word() + self.maybe(0.4, f"{self.pick('_-.')}{self.num(1, 4000)}"),
            deepest,
            "/",
        )

    # Time
    def clock(self) -> str:
        return f"{self.num(0, 23):02d}:{self.num(0, 59):02d}:{self.num(0, 59):02d}"

    def date(self) -> str:
        return f"2025-{self.num(1, 12):02d}-{self.num(1, 28):02d}"

    def moment(self) -> str:
        """The time as ctime writes it."""
        day, month = self.pick(_DAYS), self.pick(_MONTHS)
        return f"{day} {month} {self.num(1, 28):2d} {self.clock()} 2025"

    def web_moment(self) -> str:
        """The time as web servers write it."""
        return f"{self.num(1, 28):02d}/{self.pick(_MONTHS)}/2025:{self.clock()} +0000"


Maker: TypeAlias = Callable[[Source], str]
# A kind of line: its name, how often it comes relative to the others, and how it is made.
Template: TypeAlias = tuple[str, float, Maker]

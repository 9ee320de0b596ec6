"""Which database engines a task links, read from its engine type such as `mysql-to-gaussdbv5`."""

import re
import unicodedata
from typing import NamedTuple

from drs_mcp.text_cache import text_cache

SOURCE, DESTINATION, EITHER = "source", "destination", "either"

_ENGINES = {
    "mysql": ("mysql", "taurus", "taurusdb", "gaussdbformysql", "ddm", "rdsmysql", "percona"),
    "mariadb": ("mariadb",),
    "postgresql": ("postgresql", "postgres", "pg"),
    "oracle": ("oracle",),
    "sqlserver": ("sqlserver", "mssql"),
    "mongodb": ("mongodb", "mongo", "dds"),
    "redis": ("redis", "rediscluster", "gaussredis", "geminiredis", "dcs"),
    "gaussdb": ("gaussdbv5ha", "gaussdb", "opengauss", "gaussdbv5single"),
    "gaussdb_distributed": ("gaussdbv5", "gaussdbv5distributed"),
    "dws": ("dws", "gaussdbdws"),
    "db2": ("db2",),
    "dameng": ("dm", "dm8", "dameng"),
    "tidb": ("tidb",),
    "oceanbase": ("oceanbase",),
    "clickhouse": ("clickhouse",),
    "kafka": ("kafka", "dmskafka"),
    "elasticsearch": ("elasticsearch", "opensearch", "css"),
    "cassandra": ("cassandra", "geminicassandra", "geminidbcassandra"),
    "geminidb": ("geminidb",),
    "hadoop": ("mrs", "hdfs", "hbase", "hive", "hudi", "hadoop"),
}
_BY_NAME = {name: engine for engine, names in _ENGINES.items() for name in names}
ENGINE_NAMES = frozenset(_BY_NAME)
"""How DRS names engines within an engine type."""

_LEAST_END = 5
"""So long must a known name be that the name of an engine may end in."""

CATALOGUES = {
    "mysql": ("mysql",),
    "mariadb": ("mariadb", "mysql"),
    "postgresql": ("postgresql",),
    "oracle": ("oracle",),
    "sqlserver": ("sqlserver",),
    "mongodb": ("mongodb",),
    "redis": ("redis",),
    "gaussdb": ("gaussdb", "postgresql"),
    "gaussdb_distributed": ("gaussdb_distributed", "gaussdb", "postgresql"),
    "dws": ("dws", "gaussdb_distributed", "gaussdb", "postgresql"),
    "db2": ("db2",),
    "dameng": ("dameng",),
    "tidb": ("tidb", "mysql"),
    "oceanbase": ("oceanbase", "mysql"),
    "clickhouse": ("clickhouse",),
    "kafka": ("kafka",),
    "elasticsearch": ("elasticsearch",),
    "cassandra": ("cassandra",),
    "hadoop": ("hadoop",),
    "geminidb": ("cassandra", "hadoop"),
}
"""Each engine's catalogues, its own before those of the engine it descends from or speaks like."""


class Link(NamedTuple):
    """The engines of a task's two sides; empty where DRS names none that is known here."""

    source: str
    destination: str
    known: bool
    """Whether the task's engine type is known at all."""

    @property
    def engines(self) -> tuple[str, ...]:
        """Both engines, each once."""
        return tuple(dict.fromkeys(filter(None, (self.source, self.destination))))

    def side(self, engine: str) -> str:
        """The only side whose engine can speak as this one does, or empty."""
        stands = [
            side
            for side, other in ((SOURCE, self.source), (DESTINATION, self.destination))
            if engine in CATALOGUES.get(other, ())
        ]
        return stands[0] if len(stands) == 1 else ""

    def engine_at(self, side: str) -> str:
        """The engine of a side; empty for no side."""
        return {SOURCE: self.source, DESTINATION: self.destination}.get(side, "")


def related(one: str, other: str) -> bool:
    """Whether two engines share a catalogue, and with it messages and codes."""
    return not set(CATALOGUES.get(one, (one,))).isdisjoint(CATALOGUES.get(other, (other,)))


@text_cache(256)
def link_of(engine_type: str) -> Link:
    """The engines of an engine type; one name alone (`mysql`) stands on both sides."""
    names = engine_type.strip().lower().removeprefix("clouddataguard-")
    source, divided, destination = names.partition("-to-")
    return Link(_engine(source), _engine(destination if divided else source), bool(names))


def _engine(written: str) -> str:
    """The engine of a name, or of the longest known one that it ends in (`gaussdbcassandra`)."""
    name = _plain(written)
    ends = (name[at:] for at in range(len(name) - _LEAST_END + 1))
    known = next((end for end in (name, *ends) if end in _BY_NAME), "")
    return _BY_NAME.get(known, "")


def fits_link(said: str, engine_type: str) -> bool:
    """Whether an engine type is meant by what was *said*: a part of it, or of each of its sides.

    Blanks, signs, case and width do not matter, and an arrow says `to`: `MySQL -> TaurusDB`.
    """
    source, divided, destination = _sides(said)
    if not source and not destination:
        return False
    here, two_sided, there = _sides(engine_type)
    if not divided:
        return source in f"{here}to{there}" if two_sided else source in here
    return source in here and destination in (there if two_sided else here)


def _sides(written: str) -> tuple[str, bool, str]:
    """The letters of source and destination, and whether both are told apart."""
    found = _TO.split(unicodedata.normalize("NFKC", written).casefold(), maxsplit=1)
    return _plain(found[0]), len(found) > 1, _plain(found[-1]) if len(found) > 1 else ""


_TO = re.compile(r"(?<![^\W_])to(?![^\W_])|(?<![-=])[-=]*+>+|[\u2192\u21d2\u279c\u27f6\u5230]")


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isalnum())

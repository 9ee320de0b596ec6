"""What lines of a log can say of how a task fares: what slows it, holds it up, or costs it data."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic_core import from_json

from drs_mcp.knowledge.engines.links import link_of
from drs_mcp.knowledge.nothing_lost import without_nothing_lost
from drs_mcp.knowledge.traditional import simplified

_SESSIONS = {
    "mysql": "SHOW PROCESSLIST, performance_schema.metadata_locks, information_schema.innodb_trx",
    "postgresql": "pg_stat_activity, pg_locks",
    "oracle": "v$session, v$lock, v$session_longops",
    "sqlserver": "sys.dm_exec_requests, sys.dm_tran_locks",
    "mongodb": "db.currentOp()",
    "redis": "SLOWLOG GET, CLIENT LIST",
}
_INDEXES = {
    "mysql": "SHOW PROCESSLIST, performance_schema.events_stages_current",
    "postgresql": "pg_stat_progress_create_index",
    "oracle": "v$session_longops",
    "sqlserver": "sys.dm_exec_requests",
    "mongodb": "db.currentOp()",
}
_AS = {
    "mariadb": "mysql",
    "gaussdb": "postgresql",
    "gaussdb_distributed": "postgresql",
    "dws": "postgresql",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that lines tell of a task.

    Attributes:
        id: its name here.
        words: what such a line holds.
        side: source or destination, empty where neither is the limit.
        means: in our own words, without a full stop; `{side}` stands for the side.
        todo: what to do, what would be lost by it, where to look first.
        needs: grows (a number goes up), slower (times go up or rates down), clock (seconds go
            by), limit (a number has run up to its limit), unfinished (one goes up to its limit), or
            empty.
        least: so many entries make it.
        alone: the severity of a finding of its own; empty where it only explains others.
        lasting: whether it holds on after its last line.
        status: whether it explains a status that is not documented.
        copy: whether it explains that a copy differs.
        resume: whether the task can go on, where this decides it.
        general: whether any line can show it, so that what is told of it is the line.
        fixed: whether it can be on its usual side only, whatever the line names.
        yields_to: what a line tells instead that has its words, too: why what it tells is so.
        beside_limit: whether it can be the reason for a delay though a resource is at its limit.
        work: whether it is one piece of work: lines that say how far it is show it, too, though all
            goes well by them.
    """

    id: str
    words: re.Pattern[str]
    side: str
    means: str
    todo: str
    needs: str = ""
    least: int = 1
    alone: str = ""
    lasting: bool = False
    status: bool = False
    copy: bool = False
    resume: str = ""
    fixed: bool = False
    yields_to: tuple[str, ...] = ()
    beside_limit: bool = False
    work: bool = False
    general: bool = False

    def is_in(self, text: str) -> bool:
        """Whether a line has its words, leaving out what it says was not so."""
        text = simplified(text)
        if self.words.search(text) is None:
            return False
        return self.general or self.words.search(without_nothing_lost(text)) is not None

    def told(self, sentence: str, side: str, link: str) -> str:
        """A sentence of its own, for that side of a task."""
        stands = link_of(link).engine_at(side or "destination")
        engine = _AS.get(stands, stands)
        for name, views in (("sessions", _SESSIONS), ("indexes", _INDEXES)):
            look = views.get(engine, "its sessions and their waits")
            sentence = sentence.replace(f"{{{name}}}", look)
        return sentence.replace("{side}", side or "database")


@cache
def conditions() -> tuple[Condition, ...]:
    """Every condition, the one that explains most first."""
    raw: list[dict[str, Any]] = from_json(
        files("drs_mcp.knowledge").joinpath("conditions.json").read_bytes()
    )
    return tuple(
        Condition(**{**entry, "words": re.compile("|".join(entry["words"]), re.IGNORECASE)})
        for entry in raw
    )


def condition(name: str) -> Condition:
    """The condition of that name."""
    return next(one for one in conditions() if one.id == name)

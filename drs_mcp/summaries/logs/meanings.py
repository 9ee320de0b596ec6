"""What an error of a log means: a known failure, or what its engine's documentation says of it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from drs_mcp.knowledge.engines.catalogue import ANY
from drs_mcp.knowledge.engines.kinds import is_plain, kind_of
from drs_mcp.knowledge.engines.match import EngineFact, meaning_of
from drs_mcp.knowledge.failures import KnownFailure, match
from drs_mcp.knowledge.traditional import simplified
from drs_mcp.summaries.logs.groups import Group
from drs_mcp.summaries.logs.kinds.closings import closing_of
from drs_mcp.summaries.logs.kinds.mentions import only_mentions
from drs_mcp.summaries.logs.kinds.other_tasks import another_told
from drs_mcp.summaries.logs.kinds.recoveries import is_recovery
from drs_mcp.summaries.logs.names import codes_in
from drs_mcp.text_cache import text_cache

_JUDGED_KEPT = 2_000
_NUMBERS = re.compile(r"\d++")
_FAILS = re.compile(
    r"(?i)(?<!\bno )(?<!\b0 )(?<!\bwithout )\b(?:errors?|fail(?:ed|ure|ures|s)?|exceptions?|fatal|aborted)\b"
    r"(?!\W{0,3}(?:0|no|none)\b)|(?<!无)(?:失败|错误|异常)|中断|无法|未能"
)


def tells_failure(message: str, codes: Iterable[str] = (), *, link: str = "") -> bool:
    """Whether the words of a line tell a failure, which no readable level does."""
    if is_recovery(message) or only_mentions(message):
        return False
    known = match(message)
    if known is not None:
        return known.severity == "error"
    if _FAILS.search(simplified(message)) is not None:
        return True
    named = list(codes) or codes_in(message)
    of = kind_of(message, named, link=link)
    return of.transient is not None and not is_plain(message, named, link=link)


@text_cache(4096)
def reason_in(message: str) -> str:
    """The reason that a notice of the end tells after a colon, a dash or a `because`; else empty.

    What follows a status that became a failed one is a reason only where it tells a failure.
    """
    told = closing_of(message)
    if told is None or (told.by_status and not tells_failure(told.behind)):
        return ""
    return told.reason


class Failures:
    """Which lines tell a failure; those that differ in numbers that are no codes are judged once."""

    def __init__(self) -> None:
        self._judged: dict[tuple[str, tuple[str, ...]], bool] = {}

    def told_in(self, message: str) -> bool:
        """Whether a line tells a failure, as `tells_failure` says."""
        codes = tuple(codes_in(message))
        alike = _NUMBERS.sub("0", message), codes
        if alike not in self._judged:
            if len(self._judged) >= _JUDGED_KEPT:
                self._judged.clear()
            self._judged[alike] = tells_failure(message, codes)
        return self._judged[alike]


class Meaning(NamedTuple):
    """Of an error, one of the two, or none; *another*: it says that it is of another task."""

    known: KnownFailure | None = None
    fact: EngineFact | None = None
    another: bool = False

    @property
    def id(self) -> str:
        """The name of what it is; empty where nothing explains it."""
        named = self.known or self.fact
        return named.id if named is not None else ""

    @property
    def says(self) -> str:
        """The end of a sentence that begins with the error."""
        if self.another:
            return "tells of another task"
        if self.known is not None:
            harmless = ", harmless while the task runs" if self.known.harmless else ""
            return f"is known: {self.known.id}{harmless}"
        if self.fact is None:
            return "matches no known failure"
        by = "inferred" if self.fact.engine == ANY else "explained by the database's documentation"
        return f"is {by}: {self.fact.id}"


def own_failure(message: str) -> KnownFailure | None:
    """The known failure that a line tells of its own task."""
    return None if another_told(message) else match(message)


def only_closes(message: str) -> bool:
    """Whether a line says that the task or its phase failed, and not why."""
    return closing_of(message) is not None and not reason_in(message)


def needs_engines(message: str) -> bool:
    """Whether only its engine's documentation may explain an error."""
    return not only_closes(message) and match(message) is None


def meaning(group: Group | None, link: str) -> Meaning:
    """What a group of errors means on a *link*; without one the engines are not asked."""
    if group is None:
        return Meaning()
    if another_told(group.message):
        return Meaning(another=True)
    known = match(group.message)
    if known is not None or not link or only_closes(group.message):
        return Meaning(known)
    codes = group.tallied_codes.counts or group.codes
    return Meaning(fact=meaning_of(group.message, list(codes), link=link))

"""Optional reads of a task: side by side, briefly, and without harm where they fail.

What a region or an engine does not offer to a task is told once an hour and not asked for until then;
where a verdict rests on what was read, it is told in every answer.
"""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Final, TypeVar

import anyio

from drs_mcp.api.connections import Connection
from drs_mcp.errors import DrsError, RequestRefused, TimedOut
from drs_mcp.reads.parts import reason_of

T = TypeVar("T")

LONGEST_S: Final = 8.0
"""What is only worth knowing holds nobody up longer than this."""

KEPT_S: Final = 3600.0

_NO_SUCH_API: Final = frozenset({"APIGW.0101", "APIG.0101"})
_BAD_PARAMETER: Final = frozenset({"DRS.M00201", "DRS.M00202"})
"""400 that is about how it was asked, and not about what is supported."""
_NOT_OFFERED: Final = "Not offered for this region or engine: "


_OF_STATUS: Final = frozenset({"DRS.M00304"})
"""400 that is about the task's present status: in a minute it may be offered."""


def not_offered(error: DrsError) -> bool:
    """Whether DRS says that this region (404) or engine (400 with a code) has no such read."""
    if not isinstance(error, RequestRefused):
        return False
    if error.status == 404:
        return error.code in _NO_SUCH_API
    return error.status == 400 and bool(error.code) and error.code not in _BAD_PARAMETER


@dataclass
class OptionalParts:
    """What was not offered, and what could not be read, of the optional reads of one task.

    Attributes:
        missing: parts that are not offered, told for the first time in an hour.
        unread: part -> why it could not be read, in our own words.
    """

    drs: Connection
    job_id: str
    missing: set[str] = field(default_factory=set)
    unread: dict[str, str] = field(default_factory=dict)

    async def read(self, name: str, part: Callable[[], Awaitable[T]], *, of: str = "") -> T | None:
        """The part; None where it is not offered or could not be read.

        *of* is what it is asked of beside the task: what is not offered of one comparison, or in one
        phase, may be of another.
        """
        limits, offers = self.drs.client.limits, self.drs.offers
        kept = f"{name} {of}"
        if offers.lacks(kept, self.job_id, limits.clock.monotonic()):
            self.drs.not_offered.add(name)
            return None
        try:
            with anyio.fail_after(LONGEST_S):
                return await part()
        except TimeoutError:
            self.unread[name] = reason_of(TimedOut(""))
        except DrsError as error:
            if not_offered(error):
                if not (isinstance(error, RequestRefused) and error.code in _OF_STATUS):
                    offers.note(kept, self.job_id, limits.clock.monotonic() + KEPT_S)
                self.drs.not_offered.add(name)
                self.missing.add(name)
            else:
                self.unread[name] = reason_of(error)
        return None

    @property
    def told(self) -> dict[str, str]:
        """Part -> why it could not be read, in order."""
        return dict(sorted(self.unread.items()))

    def note_missing(self) -> None:
        """Say in the call's notes what is not offered, where it is told for the first time."""
        note_not_offered(self.drs, self.missing)


def note_not_offered(drs: Connection, missing: Collection[str]) -> None:
    """Say in the call's notes that these parts are not offered, in one sentence with those before."""
    before = [note for note in drs.notes if note.startswith(_NOT_OFFERED)]
    named = {name for note in before for name in note[len(_NOT_OFFERED) : -1].split(", ")}
    if told := ", ".join(sorted(named.union(missing))):
        others = [note for note in drs.notes if note not in before]
        drs.notes[:] = [*others, f"{_NOT_OFFERED}{told}."]

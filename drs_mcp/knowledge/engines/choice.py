"""Of the entries that a message fits: which could be meant, and which say it best."""

from dataclasses import dataclass

from drs_mcp.knowledge.engines.catalogue import ANY, DETERMINISTIC, TRANSIENT, Entry
from drs_mcp.knowledge.engines.general import general_kind
from drs_mcp.knowledge.engines.links import Link, related

_CODE, _CLASS, _OWN = 40, 8, 5


@dataclass(slots=True)
class Found:
    """An entry that fits, on account of codes, wordings or both."""

    entry: Entry
    engine: str
    depth: int
    """0 for the engine's own catalogue, more for the ones it inherits."""

    at: int
    code: str = ""
    code_at: int = 0
    shared: str = ""
    """The bare number that several engines could mean."""

    state: str = ""
    """The SQLSTATE, which each engine means by its own table."""

    text: int = 0
    plain: bool = False
    """Whether only plain words fit, which also stand in lines that tell no failure."""

    told: str = ""
    """The side that the plain words name."""

    by: str = "text"

    @property
    def score(self) -> int:
        """How well it fits: a code counts more than a class, more words more than few."""
        base = {"code": _CODE, "class": _CLASS, "text": 0}[self.by]
        return base + min(self.text, 60) + (0 if self.engine == ANY else _OWN)


def told_exactly(found: list[Found]) -> list[Found]:
    """Without an entry of which a case fits, which takes over what the entry was found by.

    The message decides between what an entry could mean.
    """
    named = {(one.engine, one.entry.id): one for one in found}
    exact = set()
    for one in found:
        whole = named.get((one.engine, one.entry.of))
        if whole is None:
            continue
        exact.add((one.engine, one.entry.of))
        one.plain = one.plain and whole.plain
        if not one.code and whole.code:
            one.code, one.by = whole.code, whole.by
            one.shared, one.state = whole.shared, whole.state
    return [one for one in found if (one.engine, one.entry.id) not in exact]


def words_say_more(found: list[Found], message: str) -> bool:
    """Whether the class of an SQLSTATE alone is known, and the words beside it say what stays.

    A refused login is told as SQLSTATE 08001 too, the class of connections that break.
    """
    classes = all(
        one.by == "class" and not one.text and one.entry.kind in TRANSIENT for one in found
    )
    return classes and general_kind(message) in DETERMINISTIC


def of_speaker(found: list[Found], speaking: set[str]) -> list[Found]:
    """Without the engines that happen to have such words, where another's marks are there."""
    as_identifier = [
        one for one in found if any(related(one.engine, engine) for engine in speaking)
    ]
    return (
        [one for one in found if one in as_identifier or one.engine == ANY]
        if as_identifier
        else found
    )


def of_their_states(found: list[Found], speaks: str, link: Link, met: str) -> list[Found]:
    """Without what an SQLSTATE means to another engine than the one that speaks.

    That is the one whose words it comes with, else whose marks the message bears, else the one of
    the side; where nothing tells, a state that two families have is nobody's. The engine's own
    code says more than its state.
    """
    coded = {one.engine for one in found if one.code and not one.state}
    found = [one for one in found if one.text or not (one.state and one.engine in coded)]
    speaks = speaks or (met and link.known and (link.engine_at(met) or "unknown")) or ""
    for state in {one.state for one in found if one.state}:
        rivals = [one for one in found if one.state == state]
        kept = [one for one in rivals if one.text]
        if not kept and speaks:
            kept = [one for one in rivals if related(one.engine, speaks)]
        elif not kept:
            rivals = [one for one in rivals if one.by == "code"] or rivals
            kept = rivals if all(related(one.engine, rivals[0].engine) for one in rivals) else []
        found = [one for one in found if one.state != state or one in kept]
    return found


def decide_shared(found: list[Found], speaks: str, stands: str) -> list[Found]:
    """Leave a bare number to the one engine that can have meant it.

    The engine whose wording it has, else the one whose marks the message bears, else the one of
    the side. Where nothing tells, nobody's meaning is told.
    """
    numbers = {one.shared for one in found if one.shared}
    for number in numbers:
        rivals = [one for one in found if one.shared == number]
        families = {one.engine for one in rivals}
        if len(families) < 2 or len({one.entry.id for one in rivals}) < 2:
            continue  # one engine, or engines of one descent that mean the same by it
        kept = (
            [one for one in rivals if one.text]
            or [one for one in rivals if speaks and related(one.engine, speaks)]
            or [one for one in rivals if stands and one.engine == stands]
        )
        if len({one.engine for one in kept}) == len(families):
            kept = [one for one in kept if stands and one.engine == stands]
        found = [one for one in found if one.shared != number or one in kept]
    return found


def of_the_side(found: list[Found], stands: str) -> list[Found]:
    """Without the other side's engine where both speak alike, and the side is known."""
    if not any(one.engine == stands for one in found):
        return found
    return [
        one
        for one in found
        if one.engine == stands or not related(one.engine, stands) or one.entry.fixed
    ]


def rid_of_lesser(found: list[Found]) -> list[Found]:
    """Without what says the same less well.

    An engine's own entry counts before an inherited one, one entry of a kind is enough for each
    engine, and a class is told only where nothing more exact is known.
    """
    exact = any(one.by != "class" for one in found)
    kept: list[Found] = []
    outer = {id(one) for one in found if _is_outer(one, found)}
    for one in sorted(
        found,
        key=lambda one: (one.entry.wraps or id(one) in outer, -one.score, one.depth, one.at),
    ):
        if exact and one.by == "class" and one.text == 0:
            continue
        if any(
            (one.engine in (other.engine, ANY) or related(one.engine, other.engine))
            and (one.entry.kind == other.entry.kind or one.depth > other.depth)
            for other in kept
        ):
            continue
        kept.append(one)
    return kept


def _is_outer(one: Found, found: list[Found]) -> bool:
    """Whether a code that may pass by itself stands before one of its engine that does not.

    Of a stack of codes the outer ones stand first: `ORA-01013: cancelled ORA-00308: no archived log`.
    """
    if one.by != "code" or one.entry.kind not in TRANSIENT:
        return False
    return any(
        other.engine == one.engine
        and other.by == "code"
        and other.entry.kind in DETERMINISTIC
        and other.code_at > one.code_at
        for other in found
    )

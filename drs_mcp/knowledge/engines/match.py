"""What a database means by a message: the facts of the engines that a task links, best first."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from drs_mcp.knowledge.engines.catalogue import ANY, SQLSTATE, TRANSIENT, Entry, catalogue
from drs_mcp.knowledge.engines.choice import (
    Found,
    decide_shared,
    of_speaker,
    of_the_side,
    of_their_states,
    rid_of_lesser,
    told_exactly,
    words_say_more,
)
from drs_mcp.knowledge.engines.codes import NUMBER, Code, codes_of
from drs_mcp.knowledge.engines.hints import carried_hint
from drs_mcp.knowledge.engines.links import CATALOGUES, EITHER, Link, link_of, related
from drs_mcp.knowledge.engines.plain import Saying, sayings
from drs_mcp.knowledge.engines.sides import (
    dialect,
    named_side,
    service_of,
    side_of,
    side_of_service,
)
from drs_mcp.knowledge.engines.wordings import words_in
from drs_mcp.knowledge.engines.wrappers import other_reason, reasons_apart, tells_all_reasons
from drs_mcp.knowledge.traditional import simplified
from drs_mcp.text_cache import text_cache

MOST = 3
_EDGE = 8000
"""So much of each end of a longer message is read: what fails stands first, why stands last."""

_LEAST = 6
_RESUMES = ("as_is", "after_repair", "depends", "full_copy")
_NUMBERS_OF_THEIR_OWN = {"mariadb": 1900, "oceanbase": 4000}
"""From here on their numbers are no longer MySQL's."""

_PLAINLY_SPOKEN = frozenset(("dameng",))
"""Those whose words are anybody's: without a link they are asked only where marks tell."""

_OF_WRITING = frozenset(("constraint",))
"""Kinds that are met in writing rows."""

_HAVE_STATES = frozenset(("postgresql", "gaussdb", "gaussdb_distributed", "dws", "db2"))
"""Those whose own meanings of SQLSTATEs are known; the same state means other things in each."""

_SQL = frozenset(("mysql", "mariadb", "tidb", "oceanbase", "sqlserver", "dameng", *_HAVE_STATES))
_HEALED = re.compile(
    r"\b(?:re-?connected|re-?established|recovered|restored|succeeded|resolved|resumed)\b"
    r"|恢复|成功",
    re.IGNORECASE,
)
_FAILS = re.compile(
    r"fail|error|exception|fatal|unable|cannot|can't|could not|denied|refused|reject|not allowed"
    r"|violat|(?:ORA|TNS)-\d|冲突|不存在|缺少|缺失|过期|已满|不足|锁定|失败|错误|异常|无法|不能|未成功|不成功|拒绝|last packet|Duplicate entry",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class EngineFact:
    """What an engine means by a message.

    Attributes:
        id: the entry's name.
        engine: the engine of the link that says so; `any` for drivers and operating systems.
        kind: see `drs_mcp.knowledge.engines.catalogue`.
        meaning: one sentence of our own.
        todo: what to do and where to look first, one sentence of our own.
        side: source, destination or either.
        resume: as_is, after_repair, full_copy or depends.
        source: the public document.
        code: the code that it was found by; empty if by the wording.
        by: code, text, plain (plain words only), or class (a range of numbers, a class of
            SQLSTATE).
        hint: the advice that the message itself carries: third-party text.
        wraps: whether it may be no more than how another error was met.
        fixed: whether it can be met on this side only, whoever reports it.
        follows: what is to be mended, too, where it came after another error.
        leaves_open: the question that lines beside it may answer, see `reasons`.
        no_writes: whether the side takes no writes of the task while it lasts.
    """

    id: str
    engine: str
    kind: str
    meaning: str
    todo: str
    side: str
    resume: str
    source: str
    code: str = ""
    by: str = "text"
    hint: str = ""
    wraps: bool = False
    fixed: bool = False
    leaves_open: str = ""
    follows: str = ""
    no_writes: bool = False

    @property
    def transient(self) -> bool:
        """Whether it may pass by itself."""
        return self.kind in TRANSIENT


def explain(
    message: str,
    codes: Iterable[str] = (),
    *,
    link: str = "",
    service: str = "",
    side: str = "",
) -> list[EngineFact]:
    """The facts that a message fits, best first, at most three; none for an ordinary line.

    *codes* are codes that were read from it before. *link* is the task's engine type: only its
    engines are asked. Without it an engine is asked only if the message gives it away. *service*
    is the DRS component that reports; else it is read from the message. *side* is where the message
    was met, should the caller know better than the message tells.
    """
    return list(_facts(message, tuple(codes), link, service, side))


@text_cache(2_048)
def _facts(
    message: str, codes: tuple[str, ...], link: str, service: str, side: str
) -> tuple[EngineFact, ...]:
    """As `explain`: one answer asks several times about an error, and so does the next answer."""
    hint = carried_hint(message)
    message = simplified(message)
    each = [_explain(one, (), link, service, side, hint) for one in reasons_apart(message)]
    if not _differ(each):
        return tuple(_explain(message, codes, link, service, side, hint))
    told = list({facts[0].id: facts[0] for facts in each if facts}.values())
    number = f"{len(each)}" if tells_all_reasons(message) else f"At least {len(each)}"
    first = replace(
        told[0],
        meaning=f"{number} objects failed, for different reasons. The first: {told[0].meaning}",
        resume=max((fact.resume for fact in told), key=_RESUMES.index),
    )
    return (first, *told[1:])[:MOST]


def reasons_differ(message: str, *, link: str = "", service: str = "") -> bool:
    """Whether a message gives several things different reasons."""
    return _differ([_explain(one, (), link, service, "") for one in reasons_apart(message)])


def _differ(each: list[list[EngineFact]]) -> bool:
    return len({facts[0].id if facts else "" for facts in each}) > 1


def _explain(
    message: str, codes: tuple[str, ...], link: str, service: str, side: str, hint: str = ""
) -> list[EngineFact]:
    if len(message) > 2 * _EDGE:
        message = f"{message[:_EDGE]}\n{message[-_EDGE:]}"
    engines = link_of(link)
    service = service or service_of(message)
    met = side or side_of_service(service, message)
    found = _collect(message, codes, engines, met)
    if not found or (_HEALED.search(message) and not _FAILS.search(message)):
        return []
    if all(one.entry.wraps for one in found) and _hides_another(message, link, service):
        return []
    if words_say_more(found, message):
        return []
    stands = engines.engine_at(side or side_of(message, link=link, service=service))
    best = rid_of_lesser(of_the_side(found, stands))
    return [_fact(one, message, link, service, hint, side) for one in best[:MOST]]


def meaning_of(
    message: str, codes: Iterable[str] = (), *, link: str = "", side: str = ""
) -> EngineFact | None:
    """The best fact that a message fits, of the side that it tells where it may be met on either."""
    facts = explain(message, codes, link=link, side=side)
    if facts and facts[0].side == EITHER and (told := side_of(message, link=link)):
        facts = explain(message, codes, link=link, side=told)
    return facts[0] if facts else None


def _collect(message: str, codes: tuple[str, ...], link: Link, met: str) -> list[Found]:
    found: dict[tuple[str, str], Found] = {}
    speaks = dialect(message)
    places = list(_places(link, speaks))
    for one in _worded(message.lower(), places, link):
        known = found.setdefault((one.engine, one.entry.id), one)
        known.text, known.plain = max(known.text, one.text), known.plain and one.plain
        known.told = known.told or one.told
    speaking = {speaks} - {""}
    for code in codes_of(message, codes):
        if code.dialect in CATALOGUES:
            speaking.add(code.dialect)
        for engine, name, depth in places:
            if _may_mean(code, engine, name, link.known or name == speaks):
                _add_code(found, code, engine, name, depth)
    exact = told_exactly(list(found.values()))
    own = of_their_states(of_speaker(exact, speaking), speaks, link, met)
    return decide_shared(own, speaks, link.engine_at(met))


def _hides_another(message: str, link: str, service: str) -> bool:
    """Whether words stand behind a wrapper that tell another reason, though nobody knows which."""
    behind = other_reason(message)
    return bool(behind) and not _collect(
        behind, (), link_of(link), side_of_service(service, behind)
    )


def _places(link: Link, speaks: str) -> Iterator[tuple[str, str, int]]:
    """Engine, catalogue, and how far the catalogue is from the engine's own."""
    if link.known:
        for engine in link.engines:
            for depth, name in enumerate(CATALOGUES[engine]):
                yield engine, name, depth
    else:
        for name in dict.fromkeys(own for own, *_ in CATALOGUES.values()):
            if name == speaks or name not in _PLAINLY_SPOKEN:
                yield name, name, 0
    yield ANY, ANY, 0
    if not link.known or not _SQL.isdisjoint(link.engines):
        yield ANY, SQLSTATE, 0


def _may_mean(code: Code, engine: str, name: str, known: bool) -> bool:
    """Whether a code may be this engine's; *known* is whether the engine is by something else."""
    if name in (SQLSTATE, ANY):
        return code.dialect == SQLSTATE and name == SQLSTATE
    if code.dialect == SQLSTATE:
        return name in _HAVE_STATES
    limit = _NUMBERS_OF_THEIR_OWN.get(engine)
    if limit and name != engine and code.value.isdecimal() and int(code.value) >= limit:
        return False
    if code.dialect == NUMBER:
        # A bare number gives no engine away: a link, marks or its wording may.
        return known and not related(name, "postgresql")
    return related(name, code.dialect)


def _worded(text: str, places: list[tuple[str, str, int]], link: Link) -> Iterator[Found]:
    """The entries whose wordings or plain words a text in lower case has.

    Plain words that name the other side are not the engine's own.
    """
    words = words_in(text)
    plain = sayings(text)
    for engine, name, depth in places:
        told = catalogue(name)
        said: list[tuple[Entry, int, int, Saying | None]] = [
            (entry, wording.find(text), wording.weight, None)
            for wording, entry in told.as_identifier(words)
            if wording.weight >= _LEAST
        ]
        said += [
            (entry, one.at, one.weight, one)
            for one in plain
            for entry in told.by_saying.get(one.pair, ())
        ]
        for entry, at, weight, saying in said:
            if at < 0 or any(phrase in text for phrase in entry.unless):
                continue
            one = Found(entry, engine, depth, at, text=weight, plain=saying is not None)
            one.told = named_side(saying.clause) if saying is not None else ""
            if entry.fixed or not one.told or link.side(engine) in ("", one.told):
                yield one


def _add_code(
    found: dict[tuple[str, str], Found], code: Code, engine: str, name: str, depth: int
) -> None:
    known = catalogue(name)
    value = code.value
    if code.dialect == "gaussdb":
        value = f"GAUSS-{int(value.partition('-')[2]):05}"
    exact = known.by_code.get(value, ())
    told = [entry for entry in exact if (engine, entry.id) in found] or list(exact[:1])
    by = "code"
    state = code.dialect == SQLSTATE
    if not told:
        whole = known.by_code.get(f"{value[:2]}xxx", ()) if state else ()
        rule = next(iter(whole), None) if state else known.within(value)
        told, by = ([rule] if rule else []), "class"
    if name == SQLSTATE:
        by = "class"
    for entry in told:
        one = found.setdefault((engine, entry.id), Found(entry, engine, depth, code.at))
        if one.by != "code":
            one.by, one.code, one.code_at = by, value, code.at
            one.shared = value if code.dialect == NUMBER else ""
            one.state = value if state and name != SQLSTATE else ""


def _fact(
    one: Found, message: str, link: str, service: str, hint: str, known_side: str
) -> EngineFact:
    entry = one.entry
    side = _side(one, message, link, service, known_side)
    as_identifier = "server" if side == EITHER else side
    return EngineFact(
        id=entry.id,
        engine=one.engine,
        kind=entry.kind,
        meaning=_filled(entry.meaning, as_identifier),
        todo=_filled(entry.todo, as_identifier),
        side=side,
        resume=entry.resume,
        source=entry.source,
        code=one.code,
        by="plain" if one.plain and not one.code else one.by,
        hint=hint,
        wraps=entry.wraps,
        fixed=entry.fixed or entry.kind in _OF_WRITING or (one.told != "" and not one.code),
        leaves_open=entry.leaves_open,
        follows=_filled(entry.follows, as_identifier),
        no_writes=entry.no_writes,
    )


def _side(one: Found, message: str, link: str, service: str, known: str) -> str:
    """The side of a fact.

    Where it can be met on one side only, that side, whoever reports it. Else the side that is known
    already, the engine that stands on one side only, then the component, then what is usual. What is
    met in writing is met at the destination, whichever engine speaks.
    """
    if one.entry.fixed:
        return one.entry.side
    if one.told and not one.code:
        return one.told
    if one.entry.kind in _OF_WRITING:
        return known or side_of_service(service, message) or one.entry.side
    engine = "" if one.engine == ANY else one.engine
    return known or side_of(message, link=link, service=service, engine=engine) or one.entry.side


def _filled(sentence: str, side: str) -> str:
    return sentence.replace("{side}", side)

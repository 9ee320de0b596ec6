"""The answer of `get_compare_detail` for objects: its form, its one sentence, its notes."""

from drs_mcp.knowledge.words import as_word
from drs_mcp.quoting.quoted import Name
from drs_mcp.summaries.answer import Answer, Closing, Table, plural, table
from drs_mcp.summaries.comparisons.evidence.objects import PROBLEMS, RENAMED, ObjectFacts
from drs_mcp.summaries.comparisons.status import status_words
from drs_mcp.summaries.comparisons.tasks import TELLS_ERROR


class ObjectComparisonAnswer(Answer, Closing):
    """Answer of `get_compare_detail` for objects; `in_overview`: what DRS counts of a type."""

    essential = frozenset({"totals"})

    compare_task_id: Name | None = None
    totals: dict[str, int] = {}
    by_type: Table = Table()
    by_overview_only: Table = Table()
    by_database: Table = Table()
    objects: Table = Table()
    started: Name | None = None


def others(facts: ObjectFacts) -> Table:
    """What the overview says of types that are not listed one by one."""
    return table(
        ("type", "status", "source", "destination"),
        [
            (one.type, status_words(one.status), one.source, one.target)
            for one in facts.by_overview_only
        ],
    )


def notes(facts: ObjectFacts, total: int) -> list[str]:
    """What else is to be known."""
    if not total and not facts.types:
        return ["No objects were listed; an object comparison may not have run yet."]
    told = []
    if facts.denied:
        told.append(
            f"The overview calls {', '.join(facts.denied)} consistent, but objects listed differ."
        )
    if facts.problems.get(RENAMED):
        told.append(
            "renamed?: the two names differ before their last part; equal if that was mapped."
        )
    return told


def headline(facts: ObjectFacts, total: int, state: str | None, *, narrowed: bool) -> str:
    """What was found, and what speaks against it; *narrowed* to one type of object."""
    ended = state in (None, "SUCCESSFUL")
    so_far = "" if ended else f"The object comparison is {status_words(state or '')}, so far: "
    doubts = [
        f"detail lists {number:,} of {of:,} {kind.lower()}{'es' if kind == 'INDEX' else 's'}"
        for kind, (number, of) in facts.short.items()
    ]
    if facts.disputed:
        doubts.append(
            f"the overview calls {', '.join(facts.disputed)} inconsistent, "
            "but no object listed differs"
        )
    doubts += [
        f"the overview says of {as_word(one.type) or 'another type'}: {status_words(one.status)}"
        for one in facts.unsettled
    ]
    unlisted = [] if narrowed else [one for one in facts.by_overview_only if not one.agrees]
    if unlisted:
        names = [name for one in unlisted if (name := as_word(one.type))]
        more = f" and {len(unlisted) - len(names)} more" if len(names) < len(unlisted) else ""
        doubts.append(f"by the overview {', '.join(names)}{more} do not agree")
    if facts.failed:
        doubts.append(f"{TELLS_ERROR} (get_compare_overview)")
    if not facts.complete:
        doubts.append("not every object could be read")
    counts = [_listed(facts, total, doubtful=bool(doubts)), *doubts]
    if not facts.problems.keys() & set(PROBLEMS):
        counts = [*doubts, counts[0]]
    joined = "; ".join(counts)
    return f"{so_far}{joined[0].upper()}{joined[1:]}."


def _listed(facts: ObjectFacts, total: int, *, doubtful: bool) -> str:
    problems = [f"{facts.problems[name]:,} {name}" for name in PROBLEMS if facts.problems.get(name)]
    if not total:
        return "the object comparison lists no objects"
    if problems:
        return f"of {plural(total, 'compared object')}: {', '.join(problems)}"
    if doubtful:
        return f"{plural(total, 'listed object')} agree"
    types = (
        f" and the {plural(len(facts.by_overview_only), 'other type')}"
        if facts.by_overview_only
        else ""
    )
    return f"all {plural(total, 'compared object')} agree (databases, tables, indexes){types}"

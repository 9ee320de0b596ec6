"""What the newest pre-check of a task says of whether the task can start."""

from collections.abc import Sequence
from dataclasses import dataclass

from drs_mcp.api.wire.values import Row, flag, records, share, text, word
from drs_mcp.knowledge.prechecks import precheck_item
from drs_mcp.quoting.quoted import as_identifier
from drs_mcp.summaries.answer import plural

_MOST_NAMED = 3


@dataclass(frozen=True)
class PrecheckFacts:
    """The newest pre-check; DRS tells no date of it.

    Attributes:
        items: how many items it has; 0 where the task has had no pre-check, or it tells none.
        failed: the codes of items that failed and are not skipped.
        alarms: the same of those that need confirmation.
        running: whether it is not through yet.
        passed: DRS's word for the whole of it.
    """

    items: int = 0
    failed: Sequence[str] = ()
    alarms: Sequence[str] = ()
    running: bool = False
    passed: bool | None = None

    @property
    def says(self) -> str:
        """What it found, in our own words: the end of a sentence on the task."""
        if not self.items and not self.running:
            return "no pre-check of it has been made"
        of = f" of {plural(self.items, 'item')}"
        parts = []
        if self.failed:
            parts.append(f"{len(self.failed)}{of} failed{_named(self.failed)}")
        if self.alarms:
            needs = "needs" if len(self.alarms) == 1 else "need"
            parts.append(
                f"{len(self.alarms)}{'' if parts else of} {needs} confirmation{_named(self.alarms)}"
            )
        if self.running:
            return ": ".join(filter(None, ("its pre-check is running", ", ".join(parts))))
        if self.failed or self.passed is False:
            found = ", ".join(parts) or "DRS tells no item that failed"
            return f"its newest pre-check did not pass: {found}"
        confirmed = f", but {', '.join(parts)}" if parts else ""
        return f"its newest pre-check passed{confirmed}; the start remains"

    @property
    def keeps_from_starting(self) -> bool:
        """Whether something is to be mended or confirmed before the task can start."""
        return bool(self.failed or self.alarms) or self.passed is False

    def causes(self, link: str) -> str:
        """Why the failed items fail, as far as it is documented for the task's engines."""
        known = ((code, precheck_item(code, link=link)) for code in self.failed)
        told = [
            f"{as_identifier(code) or 'one item'}: {'likely ' if one.confidence == 'inferred' else ''}"
            f"{one.cause.rstrip('.')}"
            for code, one in known
            if one is not None and one.cause
        ]
        return f"{'; '.join(told[:_MOST_NAMED])}." if told else ""

    @property
    def todo(self) -> str:
        """What is to be done before the task starts."""
        if self.running:
            return "Wait for the pre-check, then start the task."
        if self.failed or self.passed is False:
            return "Mend the failed items, run the pre-check again, then start the task."
        if self.alarms:
            return "Confirm what needs confirmation, then start the task."
        return "Start the task." if self.items else "Run the pre-check, then start the task."


def as_table_32(last: Row) -> Row:
    """The newest pre-check of a task as Table 32 has it: its items stand under another name."""
    return {**last, "precheck_results": last.get("precheck_result")}


def precheck_facts(found: Row | None) -> PrecheckFacts:
    """The facts of a pre-check as Table 32 has it; None where the task has had none."""
    if found is None:
        return PrecheckFacts()
    items = records(found.get("precheck_results"))
    left = [item for item in items if not flag(item.get("is_skipped"))]
    done = share(found.get("process"))
    unchecked = any(word(item.get("result")) in (None, "PENDING") for item in items)
    return PrecheckFacts(
        items=len(items),
        failed=_codes(left, "FAILED"),
        alarms=_codes(left, "ALARM"),
        running=unchecked or (done is not None and 0 <= done < _WHOLE),
        passed=flag(found.get("result")),
    )


_WHOLE = 100


def _codes(items: Sequence[Row], result: str) -> list[str]:
    return [text(item.get("item")) or "" for item in items if word(item.get("result")) == result]


def _named(codes: Sequence[str]) -> str:
    names = [name for code in codes if (name := as_identifier(code))]
    if not names:
        return ""
    more = f" and {len(codes) - _MOST_NAMED} more" if len(codes) > _MOST_NAMED else ""
    return f" ({', '.join(names[:_MOST_NAMED])}{more})"

"""The doctor's report for a person in a terminal, readable without colour."""

from typing import Final

from rich.console import Console
from rich.text import Text

from drs_mcp.doctor.report import Check, Outcome, Report
from drs_mcp.quoting.names import in_quotes

_STYLES: Final[dict[Outcome, tuple[str, str]]] = {
    "ok": ("ok", "green"),
    "warning": ("WARNING", "yellow"),
    "failed": ("FAILED", "bold red"),
    "skipped": ("skipped", "dim"),
}
_OUTCOME: Final = 9
_TITLE: Final = 16
_FIX: Final = "Fix: "
_NARROWEST: Final = 30


class ReportPrinter:
    """Prints checks as they are done; those that were skipped for one reason, together."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._skipped: list[Check] = []

    def title(self, version: str, profile: str) -> None:
        """Print what is examined."""
        self._console.print(Text(f"drs-mcp {version}, profile {profile}\n", style="dim"))

    def check(self, check: Check) -> None:
        """Print one check: outcome, title and what was found; below it the fix."""
        if self._skipped and check.found != self._skipped[0].found:
            self._flush()
        if check.outcome == "skipped":
            self._skipped.append(check)
        else:
            self._print(check, check.title, check.found)

    def end(self, report: Report) -> None:
        """Print what it comes to."""
        self._flush()
        self._console.print(Text(f"\n{report.headline}", style=_STYLES[report.outcome][1]))

    def _flush(self) -> None:
        if not self._skipped:
            return
        first, *others = self._skipped
        if others:
            titles = ", ".join(check.title for check in self._skipped)
            self._print(
                first, f"{len(self._skipped)} checks", f"{first.found.rstrip('.')}: {titles}."
            )
        else:
            self._print(first, first.title, first.found)
        self._skipped = []

    def _print(self, check: Check, title: str, found: str) -> None:
        word, style = _STYLES[check.outcome]
        head = Text.assemble((word.ljust(_OUTCOME), style), title.ljust(_TITLE))
        self._wrapped(head, found, "dim" if check.outcome == "skipped" else "")
        aside = " " * len(head)
        for detail in check.details:
            self._wrapped(Text(aside), detail, "dim")
        if check.said:
            self._wrapped(Text(aside), f"It said: {in_quotes(check.said)}", "dim")
        if check.fix:
            self._wrapped(Text.assemble(aside, (_FIX, "bold")), check.fix, "")

    def _wrapped(self, head: Text, text: str, style: str) -> None:
        """Print *text* beside *head*, without blanks at the ends of lines."""
        width = max(_NARROWEST, self._console.width - len(head))
        # What others wrote may be in any script, the terminal may know but one.
        encoding = self._console.encoding
        text = text.encode(encoding, "replace").decode(encoding)
        for line in Text(text, style=style).wrap(self._console, width):
            line.rstrip()
            self._console.print(Text.assemble(head, line), soft_wrap=True)
            head = Text(" " * len(head))

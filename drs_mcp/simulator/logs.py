"""A task's log (Table 30): what has happened by now, page by page, growing if it is told to."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from drs_mcp.simulator.generate.log import log_entries
from drs_mcp.simulator.paging import Limits, window
from drs_mcp.simulator.script import ScriptPosition, evaluate, iso, offset_s

Row = dict[str, Any]

_GROWTH = "Checkpoint advanced to mysql-bin.{file:06d}:{position}."


class TaskLog:
    """One task's log, which only ever grows: what was on a page stays in its place.

    Args:
        spec: entries as JSON, each with its `create_time` as a time directive, and directives
            that generate more.
    """

    def __init__(self, spec: Sequence[Mapping[str, Any]]) -> None:
        self._spec = spec
        self._coming: list[tuple[int, Row]] | None = None
        self._next = 0
        self._shown: list[Row] = []
        self._grown = 0

    def answer(
        self, query: Mapping[str, str], limits: Limits, position: ScriptPosition
    ) -> dict[str, Any]:
        """The fields of the `job` object: `logs` and how many entries there are.

        Raises:
            Refusal: the paging parameters are not what they may be.
        """
        wanted = window(query, limits)
        self._advance(position)
        total = len(self._shown)
        if limits.log_order == "oldest":
            rows = self._shown[wanted]
        else:
            first, last = max(0, total - wanted.stop), max(0, total - wanted.start)
            rows = self._shown[first:last][::-1]
        self._grow(limits.growing_log, position)
        return {"total_count": total, "logs": [_in_language(row, position) for row in rows]}

    def _advance(self, position: ScriptPosition) -> None:
        """Let what has happened since the last request appear."""
        if self._coming is None:
            self._coming = _dated(self._spec, position)
        while self._next < len(self._coming):
            offset, row = self._coming[self._next]
            if offset > position.elapsed_s:
                return
            self._shown.append(row)
            self._next += 1

    def _grow(self, entries: int, position: ScriptPosition) -> None:
        for _ in range(entries):
            self._grown += 1
            message = _GROWTH.format(file=self._grown // 50 + 1, position=4 + self._grown * 731)
            self._shown.append(
                {"level": "Info", "message": message, "create_time": iso(position.now)}
            )


def _dated(spec: Sequence[Mapping[str, Any]], position: ScriptPosition) -> list[tuple[int, Row]]:
    dated: list[tuple[int, Row]] = []
    before = 0
    for entry in spec:
        if entry.get("generate") == "log":
            for offset, level, message in log_entries(entry):
                at = iso(position.start + timedelta(seconds=offset))
                dated.append((offset, {"level": level, "message": message, "create_time": at}))
            continue
        named = offset_s(entry.get("create_time"))
        # A line without a readable time stands where the scenario has put it.
        before = before if named is None else named
        dated.append((before, _written(entry, position)))
    dated.sort(key=lambda pair: pair[0])
    return dated


def _written(entry: Mapping[str, Any], position: ScriptPosition) -> Row:
    # Messages stay as they are: they are put into a language when they are asked for.
    return {
        name: item if name == "message" else evaluate(item, position)
        for name, item in entry.items()
    }


def _in_language(row: Row, position: ScriptPosition) -> Row:
    message = row.get("message")
    if not isinstance(message, dict):
        return row
    return {**row, "message": evaluate(message, position)}

"""Questions of a DBA about the embedded world, each asked by one call and judged by its claims."""

import re
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from pydantic_core import from_json

from tests.support.tokens import tokens

QUESTIONS = from_json((Path(__file__).parent / "questions.json").read_bytes())

_TIME = re.compile(r"\{([+-])((?:\d+[dhms])+)(?::(\w+))?\}")
_FORMS = {
    None: "%Y-%m-%dT%H:%M:%SZ",
    "hm": "%H:%M",
    "minute": "%Y-%m-%dT%H:%M",
    "date": "%Y-%m-%d",
}
_UNITS = {"d": "days", "h": "hours", "m": "minutes", "s": "seconds"}


class Judged(NamedTuple):
    """An answer: its text, the claims that it does not meet, and what it must never say but does."""

    text: str
    unmet: list[str]
    wrong: list[str]

    @property
    def tokens(self) -> int:
        return tokens(self.text)


def filled(value, began):
    """`{-41m:hm}` in any text as the time 41 minutes before the world *began*."""
    if isinstance(value, dict):
        return {name: filled(item, began) for name, item in value.items()}
    return _TIME.sub(lambda found: _time(found, began), value) if isinstance(value, str) else value


def _time(found, began):
    sign, parts, form = found.groups()
    away = timedelta(
        **{_UNITS[unit]: int(number) for number, unit in re.findall(r"(\d+)([dhms])", parts)}
    )
    return (began + away if sign == "+" else began - away).strftime(_FORMS[form])


async def ask(client, question, began):
    """Make the question's one call and hold its answer against the claims."""
    call = question["call"]
    found = await client.call_tool(call["tool"], filled(call["arguments"], began))
    text = found.content[0].text
    return Judged(
        text,
        [claim for claim in question["claims"] if not _matches(claim, text, began)],
        [never for never in question["never"] if _matches(never, text, began)],
    )


def _matches(pattern, text, began):
    return re.search(filled(pattern, began), text, re.IGNORECASE | re.DOTALL) is not None

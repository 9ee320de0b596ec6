"""The `job` of the calls that an answer recommends: the word that names the task by itself.

A caller may have pasted a link or part of a name. What it would take to read that once more is not
asked for again: the next call says the task's name, or its ID.
"""

from collections.abc import Mapping

from drs_mcp.quoting.quoted import quote
from drs_mcp.summaries.answer import Answer, Closing, NextCall, Table

_SHOWN = 256
"""Arguments of a recommended call are quoted to this length."""


def name_the_task(answer: Answer, taken: Mapping[str, str]) -> None:
    """Have the answer's calls ask with what was *taken* for the caller's word."""
    if not taken:
        return
    shown = _shown(taken)
    calls = list(answer.next) if isinstance(answer, Closing) else []
    tables = (getattr(answer, name) for name in type(answer).model_fields)
    calls += [found.more for found in tables if isinstance(found, Table) and found.more]
    for call in calls:
        call.args = _with_task(call.args, shown)


def asked_again(call: NextCall, taken: Mapping[str, str]) -> NextCall:
    """The call itself, asking with what was taken for its `job`."""
    return call.model_copy(update={"args": _with_task(call.args, _shown(taken))})


def _shown(taken: Mapping[str, str]) -> dict[str, str]:
    return {quote(word, _SHOWN): job for word, job in taken.items()}


def _with_task(
    args: dict[str, str | int | bool], shown: Mapping[str, str]
) -> dict[str, str | int | bool]:
    job = args.get("job")
    return args | {"job": shown[job]} if isinstance(job, str) and job in shown else args

"""Whether an answer of `diagnose_job` says what a scenario expects; the reasons why it does not."""

import re
from datetime import datetime, timedelta

from drs_mcp.serving.budget import compact

TOLERANCE = timedelta(minutes=10)
_VERDICTS = {
    "failed": {"failed"},
    "troubled": {"attention", "waiting"},
    "running ok": {"healthy"},
    "completed": {"finished"},
    "unknown": {"unknown"},
}


def faults(answer, expect):
    """What is wrong with an answer, one reason each."""
    told, named = compact(answer), cause_of(answer)
    advice = " ".join(str(row.get("fix", "")) for row in _rows(answer.get("findings")))
    advice = f"{answer['headline']} {advice}"
    return [
        *_told_otherwise(answer, expect),
        *(f"does not say /{one}/" for one in expect["cause"] if not _has(one, told)),
        *(f"names /{one}/ as the cause" for one in expect["not_cause"] if _has(one, named)),
        *(
            f"lacks the word {word!r}"
            for word in expect["deciding_words"]
            if not any(spelt in told for spelt in _several(word))
        ),
        *(f"advises /{one}/" for one in expect.get("advice_not", []) if _has(one, advice)),
        *_called_otherwise(answer, expect["first_call"]),
    ]


def _called_otherwise(answer, wanted):
    first = [call["tool"] for call in answer.get("next", [])][:1]
    if wanted is not None and not set(first) & {wanted["tool"], *wanted.get("or", [])}:
        yield f"calls {first}, not {wanted['tool']}"


def _told_otherwise(answer, expect):
    fitting = set().union(*(_VERDICTS[verdict] for verdict in _several(expect["verdict"])))
    if answer["verdict"] not in fitting:
        yield f"verdict {answer['verdict']}"
    for field in ("side", "resume"):
        wanted = _several(expect[field])
        if None not in wanted and answer.get(field, "unknown") not in wanted:
            yield f"{field} {answer.get(field)}, not {expect[field]}"
    for field in ("stopped_at", "gave_up_at"):
        if (wanted := expect.get(field)) and not _near(answer.get(field), wanted):
            yield f"{field} {answer.get(field)}, not {wanted}"


def cause_of(answer):
    """What an answer names as the cause: its headline and the finding that is the root cause."""
    if not answer.get("root_cause"):
        return ""
    root = _rows(answer["findings"])[0]
    named = [root.get(name) for name in ("says", "cause", "evidence")]
    return " ".join([answer["headline"], *filter(None, named)])


def _rows(told):
    if not told:
        return []
    return [dict(zip(told["columns"], row, strict=True)) for row in told["rows"]]


def _near(told, wanted):
    if not told:
        return False
    return abs(datetime.fromisoformat(told) - datetime.fromisoformat(wanted)) <= TOLERANCE


def _has(pattern, text):
    return re.search(pattern, text, re.IGNORECASE | re.DOTALL) is not None


def _several(value):
    return value if isinstance(value, list) else [value]

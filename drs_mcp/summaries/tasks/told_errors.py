"""Errors that DRS tells beside what it was asked for."""

from collections.abc import Iterator
from typing import Any

from drs_mcp.api.http.error_bodies import error_beside, error_in
from drs_mcp.api.wire.values import record
from drs_mcp.quoting.quoted import as_identifier


def notes_of_errors(**answers: Any) -> Iterator[str]:
    """One sentence for each answer that tells an error with it, under what it is called."""
    for called, answer in answers.items():
        if found := error_in(error_beside(record(answer))):
            code = as_identifier(found[0])
            told = f" ({code})" if code else ""
            yield f"DRS tells an error with the {called}{told}: diagnose_job says what it is."

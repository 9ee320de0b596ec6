"""Importing objects by file (Table 51): the size limit and how objects were last selected."""

from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import count, record, text
from drs_mcp.quoting.quoted import Name, as_identifier
from drs_mcp.summaries.answer import Answer, Closing


class ObjectImportAnswer(Answer, Closing):
    """Answer of `get_object_import`."""

    max_file_bytes: int | None = None
    last_selection: Name | None = None


def object_import_answer(job: Job) -> ObjectImportAnswer:
    """Summarise `support_import_file_resp`."""
    found = record(job.get("support_import_file_resp"))
    size = count(found.get("file_size"))
    mode = text(found.get("previous_select"))
    limit = (
        f"Object files may be up to {size:,} bytes" if size else "The file size limit is unknown"
    )
    last = (
        f"objects were last selected by {as_identifier(mode)}"
        if as_identifier(mode)
        else (
            "no earlier selection is known"
            if not mode
            else "the last selection mode is in the answer"
        )
    )
    return ObjectImportAnswer(
        headline=f"{limit}; {last}.", max_file_bytes=size, last_selection=mode
    )

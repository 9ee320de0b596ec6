"""Importing objects by file (Table 51): the size limit and how objects were last selected."""

from drs_mcp.api.wire.job import Job
from drs_mcp.api.wire.values import count, record, text
from drs_mcp.quoting.names import as_name
from drs_mcp.quoting.quoted import Name
from drs_mcp.summaries.answer import Answer, Closing

_MODES = frozenset(("import", "select"))
"""How objects are selected; what DRS says beside them is marked off like a name."""


class ObjectImportAnswer(Answer, Closing):
    """Answer of `get_object_import`."""

    max_file_bytes: int | None = None
    last_selection: Name | None = None


def object_import_answer(job: Job) -> ObjectImportAnswer:
    """Summarise `support_import_file_resp`."""
    found = record(job.get("support_import_file_resp"))
    size = count(found.get("file_size"))
    mode = text(found.get("previous_select"))
    shown = mode if mode in _MODES else as_name(mode)
    limit = (
        f"Object files may be up to {size:,} bytes" if size else "The file size limit is unknown"
    )
    last = (
        f"objects were last selected by {shown}"
        if shown
        else (
            "no earlier selection is known"
            if not mode
            else "the last selection mode is in the answer"
        )
    )
    return ObjectImportAnswer(
        headline=f"{limit}; {last}.", max_file_bytes=size, last_selection=mode
    )

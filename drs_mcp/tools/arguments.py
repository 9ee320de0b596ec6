"""The arguments that tools share: one alias each, so that a word means the same everywhere."""

from typing import Annotated, Literal

from pydantic import Field

Job = Annotated[
    str,
    Field(
        min_length=1,
        max_length=2000,
        description="Task name, part of it, ID or console link.",
    ),
]
QueryId = Annotated[
    str,
    Field(max_length=64, description="As starting the check returned it."),
]
CompareTaskId = Annotated[
    str, Field(max_length=64, description="Default: the newest finished comparison.")
]
CompareType = Literal["object_compare", "line_compare", "content_compare"]
SourceDb = Annotated[str, Field(max_length=256, description="Default: every database.")]
TableName = Annotated[
    str, Field(max_length=256, description="Table, db.table, or a pattern: t_*, t_[01-12].")
]
TargetDb = Annotated[str, Field(max_length=256)]
Offset = Annotated[int, Field(ge=0, le=10**9, description="Rows to skip.")]
Limit = Annotated[int, Field(ge=1, le=400)]
Full = Annotated[bool, Field(description="All fields, whole.")]
Time = Annotated[
    str,
    Field(
        max_length=40, description="ISO-8601; without a zone UTC. A date takes its whole day in."
    ),
]

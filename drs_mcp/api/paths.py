"""The paths of DRS that are asked, as templates, and which of them may be POSTed to in order to read.

Some reads of DRS are POSTs. `READING_POSTS` is all that the client of reads sends beside GET: by
the vendor's own text each of these only reads. What looks alike and does not is left out:
collecting a log position or objects, exporting, `create-compare-task`.
"""

import re
from functools import cache
from typing import Final

from drs_mcp.api.query import checked_id

JOBS: Final = "/v5/{project_id}/jobs"
JOB: Final = JOBS + "/{job_id}"
AVAILABLE_ACTIONS: Final = f"{JOB}/actions"
ACTION: Final = f"{JOB}/action"
"""Not for the client of reads: `ActionDoor` alone sends to it."""
LAST_PRECHECK: Final = "/v3/{project_id}/jobs/batch-precheck-result"
RPO_AND_RTO: Final = "/v3/{project_id}/jobs/batch-rpo-and-rto"
FIGURES: Final = "/V1.0/{project_id}/metrics"
FIGURES_OVER_TIME: Final = "/V1.0/{project_id}/batch-query-metric-data"
"""Of Cloud Eye, not of DRS."""
OBJECT_MAPPINGS: Final = f"{JOB}/object-mappings"

READING_POSTS: Final = frozenset({LAST_PRECHECK, RPO_AND_RTO, OBJECT_MAPPINGS, FIGURES_OVER_TIME})
"""The exact paths that may be POSTed to: they read and change nothing."""

_READING_GETS: Final = tuple(
    f"{JOB}/{part}"
    for part in (
        "monitor-data",
        "increment-components-detail",
        "timelines",
        "ddl",
        "dirty-data",
        "configuration-histories",
        "compare-policy",
        "health-compare-jobs",
        "health-compare-jobs/object/{compare_job_id}",
        "compare/users/{compare_job_id}",
        "progress-data/table",
        "compare-progress/{compare_job_id}",
    )
)
_TEMPLATES: Final = (
    JOBS,
    JOB,
    FIGURES,
    AVAILABLE_ACTIONS,
    ACTION,
    *_READING_GETS,
    *sorted(READING_POSTS),
)
_PLACEHOLDER: Final = re.compile(r"\{\w+\}")
_OTHER: Final = "other"


def only_reads(method: str, path: str) -> bool:
    """Whether a request of *method* to *path*, as it will be sent, can only read."""
    if method == "GET":
        return True
    return method == "POST" and any(_pattern(one).fullmatch(path) for one in READING_POSTS)


def path_of(template: str, project_id: str, job_id: str = "") -> str:
    """The path of *template* for a project, and a task where it has one.

    Raises:
        ArgumentError: an ID has letters that no ID has; nothing is asked of DRS.
    """
    path = template.replace("{project_id}", checked_id(project_id, "project_id"))
    return path.replace("{job_id}", checked_id(job_id, "job")) if "{job_id}" in path else path


def template_of(path: str) -> str:
    """The template of *path*, without the IDs of project and task; `other` if there is none."""
    return next((one for one in _TEMPLATES if _pattern(one).fullmatch(path)), _OTHER)


@cache
def _pattern(template: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in _PLACEHOLDER.split(template)]
    return re.compile(r"[0-9A-Za-z-]{1,64}".join(parts))

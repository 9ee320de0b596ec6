"""Resources: the task list, a task's card, and what is known of statuses and failures, as JSON."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from types import MappingProxyType

from mcp.server import MCPServer
from mcp.server.mcpserver.exceptions import ResourceError, ResourceNotFoundError

from drs_mcp.api.connections import Connection, Connections
from drs_mcp.errors import ArgumentError, DrsError, TaskNotFound
from drs_mcp.knowledge.failures import failures
from drs_mcp.quoting.quoted import as_identifier
from drs_mcp.serving.job_words import asked_again, name_the_task
from drs_mcp.serving.label import ANYWHERE, LABEL
from drs_mcp.serving.lifespan import LifespanState
from drs_mcp.serving.result import JSON, RenderOptions, receipt, text_of
from drs_mcp.serving.uris import FAILURE, FAILURES, JOB, JOBS, STATUSES
from drs_mcp.summaries.answer import Answer, Closing, NextCall
from drs_mcp.summaries.knowledge import failure_answer, failures_answer, statuses_answer
from drs_mcp.tools.jobs import get_job_detail, list_jobs

_MOST_JOB_CHARS = 100

DESCRIPTIONS = MappingProxyType(
    {
        JOBS: "Every DRS task with its state, failed first: the answer of list_jobs.",
        JOB: "What a task is, by ID or name: the answer of get_job_detail.",
        STATUSES: "Every task status: phase, group, meaning, healthy or not, what may be done next.",
        FAILURES: "The known failures by ID, with engine and how sure the cause is.",
        FAILURE: "A known failure: documented message, cause, fix, confidence and source.",
    }
)
_OF_TASKS = (JOBS, JOB)
_TITLES = MappingProxyType(
    {
        JOBS: "DRS tasks",
        JOB: "DRS task",
        STATUSES: "Task statuses",
        FAILURES: "Known failures",
        FAILURE: "Known failure",
    }
)


def serve_resources(
    server: MCPServer[Connections], options: RenderOptions, state: LifespanState
) -> None:
    """Add the resources to *server*, rendered as its tools' answers are."""
    contents = _Contents(options, state)
    for uri, name, content in (
        (JOBS, "jobs", contents.jobs),
        (JOB, "job", contents.job),
        (STATUSES, "statuses", contents.statuses),
        (FAILURES, "failures", contents.failures),
        (FAILURE, "failure", contents.failure),
    ):
        server.resource(
            uri,
            name=name,
            title=_TITLES[uri],
            description=DESCRIPTIONS[uri],
            mime_type=JSON,
            meta={LABEL: list(ANYWHERE)} if uri in _OF_TASKS else None,
        )(content)


@dataclass(frozen=True)
class _Contents:
    """What is in the resources; parameters are named as the URI templates name them."""

    options: RenderOptions
    state: LifespanState

    async def jobs(self) -> str:
        return await self._read(NextCall(tool="list_jobs"), list_jobs)

    async def job(self, job: str) -> str:
        if len(job) > _MOST_JOB_CHARS:
            raise ResourceNotFoundError(
                f"No task has a name of more than {_MOST_JOB_CHARS} characters."
            )
        call = NextCall(tool="get_job_detail", args={"job": job})
        return await self._read(call, lambda drs: get_job_detail(drs, job))

    async def statuses(self) -> str:
        return text_of(statuses_answer(), None, self.options)

    async def failures(self) -> str:
        return text_of(failures_answer(), None, self.options)

    async def failure(self, id: str) -> str:  # noqa: A002  the template's own word
        for failure in failures():
            if failure.id == id.lower():
                return text_of(failure_answer(failure), None, self.options)
        shown_id = as_identifier(id) or "that"
        raise ResourceNotFoundError(
            f"No known failure has the ID {shown_id}: {FAILURES} lists them."
        )

    async def _read(
        self, call: NextCall, function: Callable[[Connection], Awaitable[Answer]]
    ) -> str:
        connections = self.state.connections
        try:
            drs = await connections.open()
            answer = await function(drs)
        except (ArgumentError, TaskNotFound) as error:
            raise ResourceNotFoundError(str(error)) from error
        except DrsError as error:
            raise ResourceError(str(error)) from error
        if drs.notes and isinstance(answer, Closing):
            answer.notes = [*drs.notes, *answer.notes]
        name_the_task(answer, drs.taken)
        again = asked_again(call, drs.taken)
        return text_of(answer, receipt(drs, connections.clock), self.options, again)

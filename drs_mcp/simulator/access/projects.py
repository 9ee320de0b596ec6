"""The projects of the account: one a region, and sub-projects named after it."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from drs_mcp.simulator.access.identity import DOMAIN_ID, PROJECT_ID, REGION


class Project(NamedTuple):
    """A project as IAM knows it: a sub-project is named `cn-north-4_team`."""

    name: str
    id: str

    @property
    def wire(self) -> dict[str, Any]:
        """The project in IAM's answers."""
        return {
            "id": self.id,
            "name": self.name,
            "domain_id": DOMAIN_ID,
            "parent_id": DOMAIN_ID,
            "is_domain": False,
            "enabled": True,
            "description": "",
        }


DEFAULT = (Project(REGION, PROJECT_ID),)


class Projects:
    """What IAM knows; two projects of one name are what no client can choose between."""

    def __init__(self, known: Iterable[Project] = DEFAULT) -> None:
        self._known = tuple(known)

    def listed(self, name: str) -> dict[str, Any]:
        """The answer to `GET /v3/projects`: the projects of that name, all when it is empty."""
        found = [project.wire for project in self._known if name in ("", project.name)]
        return {"projects": found, "links": {}}

    def scoped(self, name: str | None, project_id: str | None) -> Project | None:
        """The project that a token is asked for; None when there is none."""
        return next(
            (
                project
                for project in self._known
                if name in (None, project.name) and project_id in (None, project.id)
            ),
            None,
        )

    def __contains__(self, project_id: object) -> bool:
        return any(project.id == project_id for project in self._known)

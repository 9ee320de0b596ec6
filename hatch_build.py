"""Puts a software bill of materials into each wheel: CycloneDX in `.dist-info/sboms` (PEP 770).

It names what the wheel declares: itself, its dependencies with the versions that will do, and the
extras they come with. What an installer picks is not known when a wheel is built; tools that look at
an environment tell it.
"""

import json
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def sbom(
    name: str,
    version: str,
    license_expression: str,
    dependencies: Sequence[str],
    extras: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """The bill of materials of a wheel, by CycloneDX 1.6; the same bytes for the same project."""
    own = f"pkg:pypi/{name}@{version}"
    declared = dict.fromkeys(dependencies, ("required", ""))
    for extra, requirements in extras.items():
        for one in requirements:
            declared.setdefault(one, ("optional", extra))
    components = [
        _component(requirement, scope, extra)
        for requirement, (scope, extra) in sorted(declared.items())
        if _name(requirement) != name
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": name,
                "version": version,
                "purl": own,
                "licenses": [{"expression": license_expression}],
            }
        },
        "components": components,
        "dependencies": [{"ref": own, "dependsOn": [one["bom-ref"] for one in components]}],
    }


def _component(requirement: str, scope: str, extra: str) -> dict[str, Any]:
    name = _name(requirement)
    told = {"requirement": requirement} | ({"extra": extra} if extra else {})
    return {
        "type": "library",
        "bom-ref": f"{name}:{requirement}",
        "name": name,
        "scope": scope,
        "purl": f"pkg:pypi/{name}",
        "properties": [{"name": f"drs-mcp:{key}", "value": value} for key, value in told.items()],
    }


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    return re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""


class SbomHook(BuildHookInterface):
    """Adds the file when a wheel is built; an editable install has none."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write it beside the build and name it to the builder."""
        if self.target_name != "wheel" or version == "editable":
            return
        core = self.metadata.core
        extras = {key: list(found) for key, found in core.optional_dependencies.items()}
        extras.pop("dev", None)  # what builds and tests it, not what it brings
        bill = sbom(
            core.name, self.metadata.version, core.license_expression, core.dependencies, extras
        )
        self._folder = tempfile.TemporaryDirectory()
        path = Path(self._folder.name, "drs-mcp.cdx.json")
        path.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", "utf-8")
        build_data["sbom_files"].append(str(path))

    def finalize(self, version: str, build_data: dict[str, Any], artifact: str) -> None:  # noqa: ARG002
        """Remove it again."""
        if hasattr(self, "_folder"):
            self._folder.cleanup()

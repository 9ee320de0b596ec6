"""The README and the docs say what is true."""

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from drs_mcp import __version__
from drs_mcp.cli import main
from drs_mcp.settings import _VARIABLES
from drs_mcp.tools.catalogue import QUESTIONS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
_MARKED = re.compile(r"(<!-- tools: [^>]* -->\n).*?(<!-- /tools -->)", re.DOTALL)


def tool_table():
    rows = ["| tool | what it answers |", "|---|---|"]
    for question in QUESTIONS:
        summary = " ".join(question.__doc__.split("\n\n")[0].split())
        rows.append(f"| `{question.__name__}` | {summary} |")
    return "\n".join(rows) + "\n"


def test_the_readme_lists_the_tools_as_they_describe_themselves():
    wanted = _MARKED.sub(lambda found: found[1] + tool_table() + found[2], README)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        (ROOT / "README.md").write_text(wanted, "utf-8")
    elif wanted != README:
        pytest.fail("the tool table is out of step: run with UPDATE_SNAPSHOTS=1")


def test_the_readme_names_every_variable():
    for variables in _VARIABLES.values():
        for variable in variables:
            assert f"`{variable}`" in README


def test_the_readme_names_every_command_and_the_two_that_set_everything_up():
    for command in main.commands:
        assert f"drs-mcp {command}" in README
    assert "make demo" in README
    assert "make test" in README


def test_every_file_that_the_docs_link_to_is_there():
    for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_the_changelog_is_one_sentence_a_line():
    lines = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
    for line in lines:
        if line.startswith("- "):
            assert line.endswith(".")
            assert ". " not in line.replace("e.g. ", "")


def test_the_version_is_told():
    assert CliRunner().invoke(main, ["--version"]).output == f"drs-mcp, version {__version__}\n"

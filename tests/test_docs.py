"""The README and the docs say what is true."""

import os
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from drs_mcp import __version__
from drs_mcp.commands.main import main
from drs_mcp.profiles import CONFIG
from drs_mcp.serving.catalogue import TOOL_FUNCTIONS
from drs_mcp.serving.prompt_files import prompt_texts
from drs_mcp.serving.resources import DESCRIPTIONS
from drs_mcp.settings import ALSO, VARIABLES

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
_MARKED = re.compile(r"(<!-- tools: [^>]* -->\n).*?(<!-- /tools -->)", re.DOTALL)


def tool_table():
    rows = ["| tool | what it answers |", "|---|---|"]
    for function in TOOL_FUNCTIONS:
        summary = " ".join(function.__doc__.split("\n\n")[0].split())
        rows.append(f"| `{function.__name__}` | {summary} |")
    return "\n".join(rows) + "\n"


def test_the_readme_lists_the_tools_as_they_describe_themselves():
    wanted = _MARKED.sub(lambda found: found[1] + tool_table() + found[2], README)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        (ROOT / "README.md").write_text(wanted, "utf-8")
    elif wanted != README:
        pytest.fail("the tool table is out of step: run with UPDATE_SNAPSHOTS=1")


def prompt_table():
    rows = ["| prompt | arguments (`?`: optional) | what it is for |", "|---|---|---|"]
    for prompt in prompt_texts():
        arguments = [f"`{a.name}`" + ("" if a.required else "?") for a in prompt.arguments]
        rows.append(f"| `{prompt.name}` | {', '.join(arguments)} | {prompt.description} |")
    return "\n".join(rows) + "\n"


def resource_table():
    rows = ["| resource | what it holds |", "|---|---|"]
    rows += [f"| `{uri}` | {description} |" for uri, description in DESCRIPTIONS.items()]
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    ("marked", "table"), [("prompts", prompt_table), ("resources", resource_table)]
)
def test_the_readme_lists_prompts_and_resources_as_they_describe_themselves(marked, table):
    readme = (ROOT / "README.md").read_text("utf-8")
    place = re.compile(rf"(<!-- {marked}: [^>]* -->\n).*?(<!-- /{marked} -->)", re.DOTALL)
    assert place.search(readme)
    wanted = place.sub(lambda found: found[1] + table() + found[2], readme)
    if os.environ.get("UPDATE_SNAPSHOTS"):
        (ROOT / "README.md").write_text(wanted, "utf-8")
    elif wanted != readme:
        pytest.fail(f"the {marked} table is out of step: run with UPDATE_SNAPSHOTS=1")


def test_the_docs_name_every_variable():
    documented = README + (ROOT / "docs" / "credentials.md").read_text("utf-8")
    known = (*(name for names in VARIABLES.values() for name in names), *ALSO.values())
    for variable in (CONFIG, *known):
        assert f"`{variable}`" in documented, variable


def test_the_readme_names_every_command_and_the_two_that_set_everything_up():
    for command in main.commands:
        assert f"drs-mcp {command}" in README
    assert "make demo" in README
    assert "make test" in README


def test_every_file_that_the_docs_link_to_is_there():
    for page in [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]:
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_the_picture_of_the_house_shows_every_folder():
    picture = (ROOT / "docs/architecture.md").read_text("utf-8").partition("```")[2]
    house = ROOT / "drs_mcp"
    for folder in sorted({path.parent for path in house.rglob("*.py")} - {house}):
        depth = len(folder.relative_to(house).parts)
        assert re.search(rf"^ {{{2 * depth}}} *{folder.name}/ ", picture, re.MULTILINE), folder


def test_every_item_of_the_threat_list_names_tests_that_are_there():
    security = (ROOT / "SECURITY.md").read_text("utf-8")
    items = re.findall(r"^### MCP(\d\d) .*?(?=^###? |\Z)", security, re.MULTILINE | re.DOTALL)
    assert items == [f"{number:02}" for number in range(1, 11)]
    for part in re.split(r"^### ", security, flags=re.MULTILINE)[1:]:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", part)
        assert named, part[:60]
        for path, name in named:
            assert f"def {name}(" in (ROOT / path).read_text("utf-8"), f"{path}::{name}"


def test_the_changelog_is_one_sentence_a_line():
    lines = (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines()
    for line in lines:
        if line.startswith("- "):
            assert line.endswith(".")
            assert ". " not in line.replace("e.g. ", "")


def test_the_version_is_told():
    assert CliRunner().invoke(main, ["--version"]).output == f"drs-mcp, version {__version__}\n"

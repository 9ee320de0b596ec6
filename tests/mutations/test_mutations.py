"""Each test that SECURITY.md names has a mutation that it must notice; and what counts as noticing."""

import ast
import json
import re
import subprocess
import sys
import tomllib

import pytest

from tests.mutations.runner import ROOT
from tests.mutations.tables import MUTATIONS

SECURITY = (ROOT / "SECURITY.md").read_text("utf-8")
SECTIONS = re.findall(r"^### (MCP\d\d) ", SECURITY, re.MULTILINE)


def named(section):
    part = re.search(rf"^### {section} .*?(?=^###? |\Z)", SECURITY, re.MULTILINE | re.DOTALL)
    return set(re.findall(r"`(tests/[\w/]+\.py::\w+)`", part[0]))


@pytest.mark.parametrize("section", SECTIONS)
def test_every_test_that_a_promise_names_has_a_mutation(section):
    assert named(section) - {test for one in MUTATIONS for test in one.tests} == set()


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda one: one.breaks)
def test_a_mutation_stands_in_one_place_and_breaks_no_syntax(mutation):
    text = (ROOT / mutation.file).read_text("utf-8")
    assert text.count(mutation.old) == 1
    mutated = text.replace(mutation.old, mutation.new)
    if mutation.file.endswith(".py"):
        assert ast.dump(ast.parse(mutated)) != ast.dump(ast.parse(text))
    else:
        assert tomllib.loads(mutated) != tomllib.loads(text)
    for test in mutation.tests:
        path, _, name = test.partition("::")
        assert f"def {name}(" in (ROOT / path).read_text("utf-8"), test


RUN = """
import json, sys, tempfile
from pathlib import Path
from tests.mutations.mutation import Mutation
from tests.mutations.runner import outcomes
given = [Mutation(*one) for one in json.loads(sys.argv[1])]
with tempfile.TemporaryDirectory() as folder:
    print(json.dumps([one.why for one in outcomes(given, Path(folder))]))
"""
NAMES = "drs_mcp/quoting/names.py"
LENGTH = "    if not isinstance(name, str) or not 0 < len(name) <= LONGEST:\n"
TESTS = ("tests/quoting/test_names.py::test_what_could_read_as_our_words_is_no_name",)


@pytest.mark.costly
@pytest.mark.skipif(sys.platform == "win32", reason="there is no fork there")
def test_a_mutation_that_changes_nothing_or_makes_no_sense_is_noticed_by_no_test():
    given = [
        ("names may be long", NAMES, LENGTH, LENGTH.replace("LONGEST", "LONGEST + 1"), TESTS),
        ("nothing", NAMES, LENGTH, LENGTH.replace("0 <", "1 <="), TESTS),
        ("no such name", NAMES, LENGTH, LENGTH.replace("LONGEST", "LONG"), TESTS),
        ("no import", NAMES, "import re\n", "import re\nimport no_such_module\n", TESTS),
    ]
    ran = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(given)],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    assert json.loads(ran.stdout) == [
        "", "passes all the same", "NameError in its call", "did not run",
    ]  # fmt: skip

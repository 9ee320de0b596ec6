"""Rules of the house that no type checker knows."""

import ast
import subprocess
import sys
import typing
from pathlib import Path
from typing import Annotated, get_args, get_origin

import pytest
from pydantic import BaseModel

import drs_mcp
from drs_mcp.api.access import iam, metadata
from drs_mcp.quoting.quoted import Quote
from drs_mcp.serving.catalogue import ACTION_LISTINGS, TOOL_FUNCTIONS
from drs_mcp.summaries.answer import OWN_WORDS, Answer, Closing, NextCall, Read, Receipt, Table

SOURCE = Path(drs_mcp.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))


def models():
    """Every model that an answer can hold."""
    found, waiting = set(), [Closing, Receipt, Read, NextCall, Table]
    acting = (function for function, _ in ACTION_LISTINGS.values())
    for function in (*TOOL_FUNCTIONS, *acting):
        answer = typing.get_type_hints(function)["return"]
        waiting += get_args(answer) or [answer]
    while waiting:
        model = waiting.pop()
        if model in found:
            continue
        found.add(model)
        for field in model.model_fields.values():
            waiting += [part for part in parts(field.annotation) if is_model(part)]
    return sorted(found, key=lambda model: model.__name__)


def parts(annotation):
    yield annotation
    for argument in get_args(annotation):
        yield from parts(argument)


def is_model(part):
    return isinstance(part, type) and issubclass(part, BaseModel)


def unquoted(annotation, metadata=()):
    """Whether text in this annotation does not pass through `Quoted`."""
    if any(isinstance(item, Quote) for item in metadata):
        return False
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        return unquoted(inner, more)
    if annotation is str:
        return True
    return any(unquoted(argument) for argument in get_args(annotation))


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_third_party_text_has_one_type_in_result_models(model):
    hints = typing.get_type_hints(model, include_extras=True)
    plain = {
        name for name, field in model.model_fields.items() if unquoted(hints[name], field.metadata)
    }
    # Cells and arguments are quoted by the validator of their whole field.
    plain -= {"rows", "args"}
    # Counters are keyed by our own words or by enum values in identifier form.
    plain -= {
        name for name in plain if get_origin(hints[name]) is dict and int in parts(hints[name])
    }
    assert plain <= OWN_WORDS


def test_every_answer_opens_with_its_headline():
    for model in models():
        if issubclass(model, Answer):
            assert "headline" in model.model_fields


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_file_holds_one_idea_in_at_most_350_lines(path):
    assert len(path.read_text("utf-8").splitlines()) <= 350
    assert path.stem not in ("utils", "helpers", "common")


def test_a_folder_holds_at_most_16_modules_and_says_what_it_answers():
    for folder in {path.parent for path in FILES}:
        modules = [path for path in folder.glob("*.py") if path.stem != "__init__"]
        assert len(modules) <= 16, folder
        assert ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))), folder


def test_what_is_sent_is_built_in_three_places_and_the_client_of_reads_decides_what_drs_is_asked():
    verbs = {"post", "put", "patch", "delete", "request", "stream"}
    others = set()
    for path in sorted((SOURCE / "api").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                assert node.func.attr not in verbs, path.name
                if node.func.attr == "build_request":
                    verb, address = (ast.unparse(argument) for argument in node.args[:2])
                    if verb != "'GET'":
                        others.add((path.name, verb, address))
    assert others == {
        ("transport.py", "spec.method", "f'{spec.path}?{query}' if query else spec.path"),
        ("iam.py", "'POST'", "f'{_TOKENS}?nocatalog=true'"),
        ("metadata.py", "'PUT'", "_TOKEN"),
    }
    assert iam._TOKENS == "/v3/auth/tokens"
    assert metadata._TOKEN == "/meta-data/latest/api/token"


def test_importing_the_server_loads_neither_the_simulator_nor_the_cli_nor_what_http_needs():
    away = ("drs_mcp.simulator", "drs_mcp.commands", "drs_mcp.http", "jwt")
    code = (
        "import sys, drs_mcp.server; "
        f"print([name for name in sys.modules if name.startswith({away})])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


def test_what_others_wrote_is_remembered_by_short_texts_only():
    """Nothing caches by texts of any length but the embedded DRS, whose texts are our own."""
    found = {
        path.relative_to(SOURCE).as_posix()
        for path in FILES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if "lru_cache" in (getattr(node, name, "") for name in ("id", "attr", "name"))
    }
    assert {name for name in found if not name.startswith("simulator/")} == {"text_cache.py"}


def test_redaction_and_logs_remember_texts_by_hash_in_one_bounded_way():
    names = {
        path.relative_to(SOURCE).as_posix(): names_in(path)
        for path in FILES
        if path.is_relative_to(SOURCE / "quoting") or path.is_relative_to(SOURCE / "summaries/logs")
    }
    hashing = {path for path, found in names.items() if "hash" in found}
    assert hashing == {path for path, found in names.items() if "KnownTexts" in found}
    assert "quoting/pages.py" in hashing


def names_in(path: Path) -> set[str]:
    """The names that a module reads or writes."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}

"""What is done with each name, by the source: whether a pattern ever looks for a place in a text."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import drs_mcp

AT_ONE_PLACE = frozenset({"match", "fullmatch", "pattern", "groups", "get", "values", "items"})
_HANDED_ON = "handed on"

Name = tuple[str, str]
"""The module that knows a name (empty: every one), and the name."""


class Uses:
    """What is done with names, in all of the package."""

    def __init__(self) -> None:
        self._of: defaultdict[Name, set[str]] = defaultdict(set)
        self._goes_on_as: defaultdict[Name, set[Name]] = defaultdict(set)
        self.written_where_used: list[tuple[str, re.Pattern[Any], str]] = []
        """Patterns without a name, with where they stand and the function that is given them."""
        folder = Path(drs_mcp.__file__).parent
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(folder.parent).with_suffix("").parts
            module = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            self._read(module, ast.parse(path.read_text("utf-8")))

    def at_one_place(self, name: Name) -> bool:
        """Whether texts are only ever looked at where somebody says."""
        waiting, seen = [name], set[Name]()
        found: set[str] = set()
        while waiting:
            one = waiting.pop()
            if one not in seen:
                seen.add(one)
                found |= self._of[one]
                waiting += self._goes_on_as[one]
        return bool(found) and found <= AT_ONE_PLACE

    def _read(self, module: str, tree: ast.AST) -> None:
        settled: set[int] = set()
        parameters = {
            one.name: [arg.arg for arg in one.args.args if arg.arg != "self"]
            for one in ast.walk(tree)
            if isinstance(one, ast.FunctionDef)
        }
        for node in ast.walk(tree):  # from the outside in
            settled.update(map(id, _only_looked_at(node)))
            for value, name in _handed_on(node, parameters):
                self._hand_on(module, value, name, settled)
            if isinstance(node, ast.Call):
                self._note_unnamed(module, node)
            if isinstance(node, ast.Attribute):
                of = _bare(node.value)
                settled.add(id(of))
                self._note(module, _named(of), node.attr)
            named = isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)
            if named and id(node) not in settled:
                self._note(module, _named(node), _HANDED_ON)

    def _hand_on(self, module: str, value: ast.expr, to: str, settled: set[int]) -> None:
        """Note that what a value may be goes on under another name."""
        for one in _may_be(value):
            settled.add(id(one))
            for scope in (module, ""):
                self._goes_on_as[scope, _named(one)].add((module, to))

    def _note(self, module: str, name: str, use: str) -> None:
        self._of[module, name].add(use)
        self._of["", name].add(use)

    def _note_unnamed(self, module: str, call: ast.Call) -> None:
        made = call.func
        if isinstance(made, ast.Attribute) and _named(made.value) == "re" and call.args:
            given = call.args[0]
            if made.attr != "compile" and isinstance(given, ast.Constant):
                where = f"{module}, line {call.lineno}"
                self.written_where_used.append((where, re.compile(given.value), made.attr))


def _only_looked_at(node: ast.AST) -> list[ast.expr]:
    """What is compared, tested for truth, or iterated over into a container."""
    if isinstance(node, ast.Compare):
        return [node.left, *node.comparators]
    if isinstance(node, ast.BoolOp):
        return node.values
    return [node.value] if isinstance(node, ast.Starred) else []


def _handed_on(
    node: ast.AST, parameters: Mapping[str, Sequence[str]]
) -> Iterator[tuple[ast.expr, str]]:
    """Values that get another name, with the name: by assignment, or as an argument."""
    if isinstance(node, ast.Assign | ast.NamedExpr):
        for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
            if isinstance(target, ast.Name):
                yield node.value, target.id
    elif isinstance(node, ast.Call):
        yield from zip(node.args, parameters.get(_named(_bare(node.func)), ()), strict=False)


def _may_be(value: ast.expr) -> Iterator[ast.expr]:
    """The names that a value is one of, or is taken out of."""
    value = _bare(value)
    if isinstance(value, ast.IfExp):
        yield from _may_be(value.body)
        yield from _may_be(value.orelse)
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        if value.func.attr == "get":
            yield from _may_be(value.func.value)
    elif isinstance(value, ast.Name | ast.Attribute):
        yield value


def _bare(value: ast.expr) -> ast.expr:
    """What a subscript is of."""
    while isinstance(value, ast.Subscript):
        value = value.value
    return value


def _named(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")

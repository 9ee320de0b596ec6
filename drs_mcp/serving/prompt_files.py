"""Prompt files: Markdown with front matter, found in the package or beside it, read once.

The front matter is a small, strict part of YAML, shown in `prompts/README.md`: one plain value a
line, and a list of arguments. An argument that is not required says with `default` what stands in
its place.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic_core import to_json

from drs_mcp.quoting.quoted import quote

_PACKAGE = Path(__file__).parents[1]
_NOT_A_PROMPT = "README.md"
_FENCE = "---"
_KEYS = ("name", "title", "description", "arguments")
_ARGUMENT_KEYS = ("name", "description", "required", "default")
_LINE = re.compile(r"(?P<lead> {4}| {2}- |)(?P<key>[a-z]+):(?: (?P<value>\S(?:.*\S)?))?")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_ARGUMENT_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PLACEHOLDER = re.compile(r"\{\{([a-z0-9_]*)\}\}")
# What YAML would read as more than plain text.
_NOT_PLAIN = re.compile(r"""[\[\]{}"'`&*!|>%@#?-]|.*(?:: | #)|.*:\Z""")
_VALUE_CAP = 128


class PromptFileError(ValueError):
    """A prompt file is not in the form; says which file, which line and why."""


@dataclass(frozen=True)
class PromptArgument:
    """An argument of a prompt; `default` stands in the text where an optional one is left out."""

    name: str
    description: str
    required: bool
    default: str = ""


@dataclass(frozen=True)
class PromptText:
    """A prompt as its file has it."""

    name: str
    title: str
    description: str
    arguments: tuple[PromptArgument, ...]
    text: str

    def fill(self, given: Mapping[str, str]) -> str:
        """The text with the values in their places, each quoted: one line between double quotes.

        A value is put in as a JSON string after it was redacted, sanitised and capped, so that
        nothing in it can end the quotation, start a line or name another place.
        """
        values = {
            argument.name: _quoted(given[argument.name])
            if given.get(argument.name)
            else argument.default
            for argument in self.arguments
        }
        return _PLACEHOLDER.sub(lambda found: values[found[1]], self.text)


def _quoted(value: str) -> str:
    return to_json(quote(value.strip(), _VALUE_CAP)).decode()


def folder(package: Path = _PACKAGE) -> Path:
    """Where the prompt files are: in the installed package, or beside it in a checkout.

    Raises:
        PromptFileError: in neither.
    """
    for place in (package / "prompts", package.parent / "prompts"):
        if place.is_dir():
            return place
    raise PromptFileError("The prompts are missing from this installation: install drs-mcp anew.")


@cache
def prompt_texts() -> tuple[PromptText, ...]:
    """Every prompt, by name.

    Raises:
        PromptFileError: a file is not in the form.
    """
    files = sorted(path for path in folder().glob("*.md") if path.name != _NOT_A_PROMPT)
    return tuple(parse(path.read_text("utf-8"), path.name) for path in files)


def parse(content: str, file: str) -> PromptText:
    """The prompt in the content of *file*, which is named for it.

    Raises:
        PromptFileError: it is not in the form.
    """
    return _Parser(file, content.splitlines()).prompt()


class _Parser:
    def __init__(self, file: str, lines: list[str]) -> None:
        self._file = file
        self._lines = lines
        self._fields: dict[str, str] = {}
        self._arguments: list[tuple[int, dict[str, str]]] = []

    def prompt(self) -> PromptText:
        end = self._front_matter()
        for key in _KEYS[:3]:
            if key not in self._fields:
                raise self._wrong(end, f"{key} is missing")
        name = self._fields["name"]
        if f"{name}.md" != self._file or not _NAME.fullmatch(name):
            raise self._wrong(end, "name must be the file's, in small letters, digits and hyphens")
        arguments = tuple(self._argument(number, found) for number, found in self._arguments)
        if len({argument.name for argument in arguments}) < len(arguments):
            raise self._wrong(end, "two arguments have one name")
        return PromptText(
            name=name,
            title=self._fields["title"],
            description=self._fields["description"],
            arguments=arguments,
            text=self._text(end, arguments),
        )

    def _front_matter(self) -> int:
        """Read up to the second fence; returns its line."""
        if not self._lines or self._lines[0] != _FENCE:
            raise self._wrong(1, f"the file must start with {_FENCE}")
        for number, line in enumerate(self._lines[1:], 2):
            if line == _FENCE:
                return number
            self._take(number, line)
        raise self._wrong(len(self._lines), f"the front matter has no closing {_FENCE}")

    def _take(self, number: int, line: str) -> None:
        found = _LINE.fullmatch(line)
        if found is None:
            raise self._wrong(number, "not of the form `key: value`")
        lead, key, value = found["lead"], found["key"], found["value"] or ""
        if key not in (_ARGUMENT_KEYS if lead else _KEYS):
            raise self._wrong(number, f"{key} is not known here")
        if key == "arguments" and value:
            raise self._wrong(number, "arguments is a list: one `  - name:` a line below it")
        if key != "arguments" and not value:
            raise self._wrong(number, f"{key} has no value")
        if _NOT_PLAIN.match(value):
            raise self._wrong(number, f"{key} is not plain text in YAML")
        target = self._argument_at(number, lead) if lead else self._fields
        if key in target:
            raise self._wrong(number, f"{key} is there twice")
        target[key] = value

    def _argument_at(self, number: int, lead: str) -> dict[str, str]:
        if next(reversed(self._fields), "") != "arguments":
            raise self._wrong(number, "only arguments has a list")
        if lead.endswith("- "):
            self._arguments.append((number, {}))
        elif not self._arguments:
            raise self._wrong(number, "an argument starts with `  - name:`")
        return self._arguments[-1][1]

    def _argument(self, number: int, found: Mapping[str, str]) -> PromptArgument:
        name = found.get("name", "")
        if not _ARGUMENT_NAME.fullmatch(name):
            raise self._wrong(number, "an argument's name is small letters, digits and underscores")
        if "description" not in found:
            raise self._wrong(number, f"{name} has no description")
        if found.get("required") not in ("true", "false"):
            raise self._wrong(number, f"required of {name} must be true or false")
        required = found["required"] == "true"
        if required == ("default" in found):
            raise self._wrong(number, f"{name} needs either required: true or a default")
        return PromptArgument(name, found["description"], required, found.get("default", ""))

    def _text(self, end: int, arguments: Sequence[PromptArgument]) -> str:
        places = {argument.name: 0 for argument in arguments}
        for number, line in enumerate(self._lines[end:], end + 1):
            found = _PLACEHOLDER.findall(line)
            if line.count("{{") != len(found) or not places.keys() >= set(found):
                raise self._wrong(number, "a placeholder that names no argument")
            for name in found:
                places[name] += 1
        for name, used in places.items():
            if not used:
                raise self._wrong(end, f"{name} has no place in the text")
        text = "\n".join(self._lines[end:]).strip()
        if not text:
            raise self._wrong(end, "there is no text")
        return f"{text}\n"

    def _wrong(self, number: int, why: str) -> PromptFileError:
        return PromptFileError(f"{self._file}, line {number}: {why}.")

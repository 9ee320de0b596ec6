"""The documented example answers, as fixtures."""

import json
from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "fixtures" / "examples"


def names():
    return sorted(path.stem for path in _FOLDER.glob("v5-*.json"))


def body(name):
    return json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))["body"]


def job(name):
    return body(name)["job"]

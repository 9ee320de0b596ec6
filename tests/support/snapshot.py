"""Whole answers kept as files: `UPDATE_SNAPSHOTS=1 pytest` writes them anew, to be read in the diff."""

import json
import os
from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "snapshots"


def matches(name, value):
    path = _FOLDER / f"{name}.json"
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        path.write_text(text, "utf-8")
    assert path.exists(), f"no snapshot {name}: run with UPDATE_SNAPSHOTS=1 and read what it wrote"
    assert json.loads(text) == json.loads(path.read_text("utf-8"))

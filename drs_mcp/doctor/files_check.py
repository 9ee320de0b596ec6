"""Whether other users of this machine may read or change a file that secrets come from."""

from collections.abc import Mapping
from pathlib import Path

from drs_mcp.doctor.report import Check
from drs_mcp.secret_files import CLOSE_IT, too_open


def check_files(files: Mapping[str, Path]) -> Check:
    """The check of *files*, by what messages call them."""
    if not files:
        return Check(id="files", outcome="ok", found="None.")
    opened = too_open(files)
    if not opened:
        found = "Other users cannot read or change the files that secrets come from."
        return Check(id="files", outcome="ok", found=found, details=(_listed(files),))
    return Check(
        id="files",
        outcome="warning",
        found=f"Other users may read or change: {'; '.join(opened)}.",
        fix=CLOSE_IT if len(opened) == 1 else "Leave each to its owner alone: chmod 600.",
    )


def _listed(files: Mapping[str, Path]) -> str:
    return f"Looked at: {'; '.join(files)}."

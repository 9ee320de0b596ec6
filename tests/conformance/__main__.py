"""Runs the official MCP conformance suite against `drs-mcp serve --http`: `make conformance`.

It needs npm and, the first time, the network. Three runs:

- the scenarios that a server passes or fails by itself, on both revisions: all must pass;
- `server-stateless` against our server plus the one tool that it calls: all must pass;
- all that each revision requires, where scenarios that call fixtures of the SDKs' own test server
  are expected to fail (`expected-failures-*.yml`): nothing else may fail, and none may pass.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MODULES = HERE / "node_modules"
REVISIONS = ("2025-11-25", "2026-07-28")
GATE = {
    "2025-11-25": (
        "server-initialize",
        "ping",
        "tools-list",
        "resources-list",
        "prompts-list",
        "dns-rebinding-protection",
    ),
    "2026-07-28": (
        "tools-list",
        "resources-list",
        "prompts-list",
        "sep-2164-resource-not-found",
        "dns-rebinding-protection",
        "caching",
        "http-header-validation",
        "server-sse-multiple-streams",
        "input-required-result-unsupported-methods",
        "input-required-result-ignore-extra-params",
    ),
}
DEMO = ("-m", "drs_mcp", "serve", "--demo", "--http", "127.0.0.1:0")
FIXTURE = ("-m", "tests.conformance.fixture", "127.0.0.1:0")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_CHECK = re.compile(r"^\S+ \[(\S+) *\] (SUCCESS|FAILURE|SKIPPED)", re.MULTILINE)


def install() -> None:
    if (MODULES / "@modelcontextprotocol" / "conformance").is_dir():
        return
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed for the conformance suite.")
    options = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"]
    subprocess.run([npm, "install", *options], cwd=HERE, check=True)


@contextmanager
def served(command: tuple[str, ...]) -> Iterator[str]:
    """The URL of a server that runs for as long."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"DRS_MCP_AUDIT": "off"},
        )
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://[^\s,]+", line)
        if found is None:
            sys.exit(f"The server did not start: {line}")
        # What the suite provokes is told in the server's log: read, so that it never blocks.
        reader = subprocess.Popen(["cat"], stdin=process.stderr, stdout=log)  # noqa: S607
        try:
            yield found[0]
        finally:
            process.terminate()
            process.wait(timeout=15)
            reader.wait(timeout=5)


def conformance(url: str, *arguments: str) -> tuple[int, str]:
    """The exit code and what was printed, without colours."""
    binaries = (MODULES / "node" / "bin", MODULES / ".bin")
    path = os.pathsep.join([*map(str, binaries), os.environ.get("PATH", "")])
    with tempfile.TemporaryDirectory() as results:
        ran = subprocess.run(
            [MODULES / ".bin" / "conformance", "server", "--url", url, "-o", results, *arguments],
            capture_output=True,
            text=True,
            env=os.environ | {"PATH": path},
            check=False,
        )
    return ran.returncode, _COLOUR.sub("", ran.stdout + ran.stderr)


def scenario(url: str, revision: str, name: str) -> bool:
    code, said = conformance(url, "--scenario", name, "--spec-version", revision)
    outcomes = [outcome for _, outcome in _CHECK.findall(said)]
    counts = {
        word: outcomes.count(outcome)
        for word, outcome in (("passed", "SUCCESS"), ("failed", "FAILURE"), ("skipped", "SKIPPED"))
    }
    summary = ", ".join(f"{number} {word}" for word, number in counts.items() if number)
    good = code == 0 and not counts["failed"]
    print(f"{'ok    ' if good else 'FAILED'}  {revision}  {name}: {summary or 'nothing to check'}")
    if not good:
        print(said)
    return good


def required(url: str, revision: str) -> bool:
    baseline = HERE / f"expected-failures-{revision}.yml"
    code, said = conformance(url, "--requirements", revision, "--expected-failures", str(baseline))
    total = "".join(re.findall(r"^Total: (.*)$", said, re.MULTILINE))
    good = code == 0
    summary = f"{total}, as expected" if good else total
    print(f"{'ok    ' if good else 'FAILED'}  {revision}  all that is required: {summary}")
    if not good:
        print(said[said.rfind("=== SUMMARY") :])
    return good


def main() -> int:
    install()
    good = []
    with served(DEMO) as url:
        for revision in REVISIONS:
            good += [scenario(url, revision, name) for name in GATE[revision]]
            good.append(required(url, revision))
    with served(FIXTURE) as url:
        good.append(scenario(url, "2026-07-28", "server-stateless"))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())

"""Makes each mutation in a copy of the checkout, and runs its tests there: all of them must fail.

What takes the time is importing. So this process imports what others wrote, but nothing of this
checkout, and forks: the child imports the package from its copy, which it makes sure of, and runs
pytest. One failing case of a test is enough. Afterwards the very cases that failed are run without
any mutation, and must pass.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from compileall import compile_dir
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.mutations.mutation import Mutation

ROOT = Path(__file__).parents[2]
LONGEST_S = 120
"""Longer than any test takes: what a mutation makes endless ends here, and has not been noticed."""

_IMPORTED_ONCE = (
    "anyio", "click", "httpx2", "hypothesis", "jwt", "mcp.client", "mcp.server", "pydantic",
    "opentelemetry.sdk.metrics", "opentelemetry.sdk.trace", "rich.console", "starlette.applications",
    "tenacity", "trio", "uvicorn",
)  # fmt: skip
_NO_PART = shutil.ignore_patterns(".*", "dist", "build", "node_modules", "*.pyc.*")
"""What is no part of the checkout; the last are files that other processes are writing."""
_OUTPUT, _VERDICTS = "output.txt", "verdicts.json"


class Outcome(NamedTuple):
    """What became of one test under one mutation.

    `case` is the first of its cases that failed. `why` is empty where it failed as it should.
    """

    mutation: Mutation
    test: str
    case: str
    why: str
    seconds: float


class _Run(NamedTuple):
    """Tests that are run in a copy with a mutation; without one, cases that must pass."""

    tests: Sequence[str]
    mutation: Mutation | None = None


Verdict = tuple[str, str]
"""The case of a test that decided, and why it has not failed as it should; empty: it has."""


def outcomes(mutations: Sequence[Mutation], folder: Path, jobs: int = 1) -> Iterator[Outcome]:
    """What became of the tests of each mutation, as they end; then of those cases without any.

    Args:
        mutations: the mutations.
        folder: an empty one, for the copies.
        jobs: how many are tried at a time.
    """
    for name in _IMPORTED_ONCE:
        import_module(name)
    assert "drs_mcp" not in sys.modules
    origin = folder / "origin"
    shutil.copytree(ROOT, origin, ignore=_NO_PART)
    compile_dir(origin / "drs_mcp", quiet=1)
    noticed: dict[str, Outcome] = {}
    for run, verdicts, seconds in _ended([_Run(one.tests, one) for one in mutations], folder, jobs):
        for test in run.tests:
            case, why = verdicts.get(test, ("", "did not run"))
            found = Outcome(run.mutation, test, case, why, seconds / len(run.tests))
            if not why:
                noticed[case] = found
            yield found
    cases = list(noticed)
    parts = [_Run(part) for at in range(jobs) if (part := cases[at::jobs])]
    for run, verdicts, _ in _ended(parts, folder, jobs):
        for case in run.tests:
            if verdicts.get(case) != (case, _PASSED):
                yield noticed[case]._replace(why="fails without a mutation, too", seconds=0)


def _ended(
    runs: Iterable[_Run], folder: Path, jobs: int
) -> Iterator[tuple[_Run, dict[str, Verdict], float]]:
    """Each run with the verdicts of its tests and its seconds, as they end."""
    waiting = deque(runs)
    going: dict[int, tuple[_Run, Path, float]] = {}
    while waiting or going:
        while waiting and len(going) < jobs:
            run = waiting.popleft()
            copy = Path(tempfile.mkdtemp(prefix="copy-", dir=folder))
            # Links take no time. Of the file that is altered there is then one of its own.
            shutil.copytree(folder / "origin", copy, copy_function=os.link, dirs_exist_ok=True)
            if run.mutation is not None:
                _mutate(copy / run.mutation.file, run.mutation)
            going[_started(copy, run)] = run, copy, time.perf_counter()
        child, _ = os.wait()
        run, copy, began = going.pop(child)
        with suppress(ProcessLookupError):  # what its tests started and left
            os.killpg(child, signal.SIGKILL)
        verdicts = _told(copy)
        yield run, verdicts, time.perf_counter() - began
        if all(test in verdicts and not verdicts[test][1] for test in run.tests):
            shutil.rmtree(copy)  # another one is there to be looked at


def _mutate(file: Path, mutation: Mutation) -> None:
    text = file.read_text("utf-8")
    assert text.count(mutation.old) == 1, mutation
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        compiled.unlink()
    file.unlink()
    file.write_text(text.replace(mutation.old, mutation.new), "utf-8")


def _started(copy: Path, run: _Run) -> int:
    """Run the tests in their copy, in a process of its own."""
    child = os.fork()
    if child == 0:
        try:
            _in_child(copy, run.tests, every=run.mutation is None)
        except BaseException:  # noqa: BLE001  whatever it is, the child must not go on as its parent
            traceback.print_exc()
        finally:
            os._exit(0)
    return child


def _told(copy: Path) -> dict[str, Verdict]:
    """What the plugin wrote; nothing where it did not come to that."""
    try:
        told = json.loads((copy / _VERDICTS).read_text("utf-8"))
    except FileNotFoundError:
        return {}
    return {test: (case, why) for test, (case, why) in told.items()}


def _in_child(copy: Path, tests: Sequence[str], *, every: bool) -> None:
    os.setpgid(0, 0)
    signal.alarm(LONGEST_S if not every else 10 * LONGEST_S)
    written = os.open(copy / _OUTPUT, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(written, 1)
    os.dup2(written, 2)
    os.chdir(copy)
    os.environ["PYTHONPATH"] = str(copy)
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(copy))
    for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
        del sys.modules[name]
    package = import_module("drs_mcp")
    assert Path(package.__file__ or "").is_relative_to(copy), package.__file__
    verdicts = Verdicts(every=every)
    options = ["-q", "--tb=short", "-p", "no:cacheprovider", "-p", "no:xdist"]
    options += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]  # of what was imported before
    pytest.main([*options, *tests], plugins=[verdicts])
    (copy / _VERDICTS).write_text(json.dumps(verdicts.told), "utf-8")


_PASSED = "passes all the same"


class Verdicts:
    """A plugin of pytest: which tests failed, and in what way; no more cases of one that did.

    Args:
        every: each case is judged by itself.
    """

    def __init__(self, *, every: bool) -> None:
        self.told: dict[str, Verdict] = {}
        self._every = every

    def _test(self, case: str) -> str:
        return case if self._every else case.partition("[")[0]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Leave a case out: another one of the test has failed."""
        _, why = self.told.get(self._test(item.nodeid), ("", _PASSED))
        if why != _PASSED:
            pytest.skip("another case has failed")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[Any]) -> Any:
        report = yield
        if report.failed:
            self.told[self._test(item.nodeid)] = (item.nodeid, _why(call))
        elif call.when == "call" and report.passed:
            self.told.setdefault(self._test(item.nodeid), (item.nodeid, _PASSED))
        return report


_BROKEN = (SyntaxError, ImportError, NameError, AttributeError, TypeError)
"""What a mutation that makes no sense leads to: no test has noticed anything."""


def _why(call: pytest.CallInfo[Any]) -> str:
    """Empty where the test itself has failed, else what happened."""
    errors = list(_leaves(call.excinfo.value)) if call.excinfo is not None else []
    own = call.when == "call" or all(isinstance(one, AssertionError) for one in errors)
    if own and call.when != "setup" and not any(isinstance(one, _BROKEN) for one in errors):
        return ""  # a fixture that listens may assert at the end
    return f"{' and '.join(type(one).__name__ for one in errors)} in its {call.when}"


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _leaves(one)
    else:
        yield error

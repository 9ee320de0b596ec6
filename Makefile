# Everything runs in this checkout's own .venv, made with nothing but Python 3.11+ and make.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
READY := .venv/ready

.PHONY: demo test check fuzz mutations conformance bench format clean

demo: $(READY)  ## the main job on the embedded DRS, no credentials
	@$(BIN)/drs-mcp demo

test: $(READY)  ## the tests, offline
	@$(BIN)/python -m pytest -n auto -q -m "not costly"

check: $(READY)  ## lint, format, types, floors, docs in step with the code
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/python -m pytest -q tests/test_docs.py

fuzz: $(READY)  ## costly tests; damaged answers and odd arguments against the whole server, as a table
	@$(BIN)/python -m pytest -n auto -q -m costly
	@$(BIN)/python -m tests.fuzz

mutations: $(READY)  ## every promise of SECURITY.md broken in a copy: its tests must fail
	@$(BIN)/python -m tests.mutations

conformance: $(READY)  ## the official MCP conformance suite over HTTP; needs npm
	@$(BIN)/python -m tests.conformance

bench: $(READY)  ## the benchmarks, as a table
	@$(BIN)/python -m tests.bench

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

clean:
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; say PYTHON=/path/to/it")'
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@$(BIN)/python -c 'open("$(READY)", "w").close()'

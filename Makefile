# The commands of the project. `make demo` and `make test` set up everything they need.

SHELL := /bin/bash -euo pipefail
.DEFAULT_GOAL := help

UV_VERSION := 0.13.9
# A uv that is installed already serves as well.
UV := $(or $(shell command -v uv 2>/dev/null),.uv/bin/uv)
RUN := $(UV) run --no-sync
# Use the Python that is there before fetching another.
export UV_PYTHON_PREFERENCE := system
# Let the first start of a process keep what it compiled for the next ones.
unexport PYTHONDONTWRITEBYTECODE

DEMO := examples/dt_simulated_weekly
RESULTS ?= mmm-results
# The state of the contracts that changes are held against.
BUF_AGAINST ?= .git\#$(if $(shell git rev-parse --quiet --verify refs/heads/main),branch=main,ref=HEAD)

.PHONY: help demo test check format protos up down setup setup-dev browser clean

help:  ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | column -t -s $$'\t'

.uv/bin/uv:
	python3 -m venv .uv
	.uv/bin/pip install --quiet uv==$(UV_VERSION)

setup: | $(filter .uv/%,$(UV))
	$(UV) sync --quiet --locked --inexact --all-packages --no-dev

setup-dev: | $(filter .uv/%,$(UV))
	$(UV) sync --quiet --locked --inexact --all-packages

demo: setup  ## Fit the example data, end to end, and print returns and a budget plan
	$(RUN) mmm run --data $(DEMO)/dt_simulated_weekly.csv --config $(DEMO)/config.yaml \
		--output $(RESULTS) --acknowledge-all
	@echo "In the browser: make up"

up: setup  ## Start the platform on this machine and print where it is
	$(RUN) mmm up

down: setup  ## Stop it
	$(RUN) mmm down

test: setup-dev browser  ## Run all tests
	$(RUN) pytest --numprocesses 2 --dist loadgroup $(PYTEST_ARGS)

browser:
	@tests/e2e/install_chromium.sh

check: setup-dev  ## Lint, types, import rules, contracts
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports
	$(RUN) buf lint
	$(RUN) buf format --diff --exit-code
	$(RUN) buf breaking --against '$(BUF_AGAINST)'
	$(RUN) python deploy/generate_stubs.py --check
	$(RUN) python deploy/generate_results_schema.py --check

format: setup-dev  ## Format code and contracts
	$(RUN) ruff check --fix .
	$(RUN) ruff format .
	$(RUN) buf format --write

protos: setup-dev  ## Generate the stubs from the contracts
	$(RUN) python deploy/generate_stubs.py
	$(RUN) python deploy/generate_results_schema.py

clean:  ## Remove what the commands made, except results and data
	rm -rf .venv .uv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

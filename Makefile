# The list of commands. `make help` prints it.
PYTHON ?= python3
BIN := .venv/bin

.DEFAULT_GOAL := help
# Python's files are compiled once, and not by each of the many processes that start.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help install run practice rehearse test test-long screenshots mutations check format texts lock audit audit-offline clean bench

help: ## print this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

.venv/.stamp: requirements-dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Cần Python 3.11 trở lên (đặt PYTHON=...)."; exit 1; }
	@$(PYTHON) -m venv .venv \
	  || { echo "Không tạo được .venv: hãy cài gói python3-venv của hệ điều hành."; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

install: .venv/.stamp ## make .venv from the locked requirements

# On a leash: whatever ends make, by `kill -9` too, ends the office with it.
run: install ## serve an office at http://127.0.0.1:8000 from var/; Ctrl-C stops it
	@exec $(BIN)/python -I -S machine/leash.py $$PPID $(BIN)/thidua up $(OWN)

practice: install ## an office whose clock you move, at http://127.0.0.1:8001
	@exec $(BIN)/python -I -S machine/leash.py $$PPID $(BIN)/thidua practice $(if $(EMPTY),--empty)

# An office of one's own in an empty folder: make run OFFICE=nhan-su.xlsx PLAN=plan.yaml,
# or make run EMPTY=1, and the browser asks for both.
OWN = $(if $(EMPTY),--empty) $(if $(OFFICE),--office "$(OFFICE)" $(if $(filter file,$(origin PLAN)),,--plan "$(PLAN)"))
PLAN ?= plans/2022.yaml
rehearse: install ## play a plan's whole year in seconds: make rehearse PLAN=plans/2024.yaml
	@$(BIN)/thidua rehearse $(PLAN)

test: install ## style, types, import contracts and the tests (about 15 minutes on two cores)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 3 --dist worksteal -m "not long"

test-long: install ## everything, the slow tests too
	$(BIN)/python -m pytest -n 2 --dist worksteal --ignore tests/scale
	$(BIN)/python -m pytest tests/scale  # measured with nothing beside it

screenshots: install ## draw the pages into docs/screens (needs Chromium)
	$(BIN)/python -m tests.browser.screens

mutations: install ## change the code in one place for each edge case: its test must fail
	$(BIN)/python -m tests.edges.mutations

.venv-peers/.stamp: bench/peers/requirements.txt
	@$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r bench/peers/requirements.txt
	@touch $@

bench: install .venv-peers/.stamp ## what it takes, a little of everything (some minutes): bench/README.md
	$(BIN)/python -m bench

check: install ## style, types and import contracts only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

format: install ## put the code in the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

texts: install ## write every text of the pages to var/thidua.pot, for another language
	@mkdir -p var && $(BIN)/python -m tests.texts var/thidua.pot

lock: ## write the locked requirements anew (needs uv on the path)
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 --group dev pyproject.toml -o requirements-dev.txt
	uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11 bench/peers/requirements.in -o bench/peers/requirements.txt

audit: ## ask for known faults of what is locked (needs uv on the path, and the network)
	for locked in requirements.txt requirements-dev.txt; do \
	  uv tool run pip-audit --strict --disable-pip --require-hashes --requirement $$locked || exit 1; done

audit-offline: install ## the same by a copy of github.com/pypa/advisory-database in ADVISORIES
	$(BIN)/python -m tests.advisories $(ADVISORIES) requirements.txt requirements-dev.txt

clean: ## remove the environment and the caches; var/ stays
	rm -rf .venv .venv-peers .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

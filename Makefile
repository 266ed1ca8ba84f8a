# What can be done here: make help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PLACE ?= dorset
FAMILIES ?=
HOST ?= 127.0.0.1
PORT ?= 8000
PYTHON ?= python3

export BATON_PLACE := $(PLACE)
# The tests start Baton's programs hundreds of times: what Python compiled is kept.
unexport PYTHONDONTWRITEBYTECODE
# For root only: PostgreSQL runs as another account; for trying Baton any will do.
export BATON_RUN_AS ?= $(shell id -u postgres >/dev/null 2>&1 && echo postgres || echo nobody)

VENV := .venv
BIN := $(VENV)/bin
BUILT := src/baton/static/built
SCSS := src/baton/platform/styles/app.scss
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
say = @printf '\033[1m» %s\033[0m\n'

.PHONY: help demo install install-dev assets browser programs test faults lint check bench bench-search load audit lock clean

help: ## List what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)$$/  make \1|\2/' | column -t -s '|'

demo: install ## Run Baton with a demo place on http://127.0.0.1:8000 (PLACE=dorset, doncaster or derby)
	@./baton serve --demo --place $(PLACE) --host $(HOST) --port $(PORT) $(if $(FAMILIES),--families $(FAMILIES))

install: $(VENV)/.base assets ## Prepare everything and start nothing

install-dev: $(VENV)/.dev assets ## Also install what tests and checks need

assets: $(BUILT)/.done ## Build the styles, scripts and pictures of the pages

browser: ## Find the browser of the journeys (installs one on Debian when it may)
	$(say) "Browser for the journeys"
	@ARGS='$(ARGS)' scripts/install-browser

programs: browser ## Find what the tests of production's shape want (installs it on Debian when it may)
	$(say) "nginx, PgBouncer and age"
	@scripts/install-programs

test: install-dev browser programs ## Run every test
	$(say) "Tests"
	@$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

lint: install-dev ## Lint, types, import contracts and migrations
	$(say) "Style";            $(BIN)/ruff check --quiet . && $(BIN)/ruff format --check --quiet .
	$(say) "Import contracts"; $(BIN)/lint-imports --no-logo
	$(say) "Types";            $(BIN)/mypy
	$(say) "Migrations";       ./baton manage makemigrations --check --dry-run

check: lint ## The same and the house tests, before every commit
	$(say) "House tests";      $(BIN)/pytest -q tests/house

faults: install-dev ## Kill, cut off and fill up what serves people, at least 200 times, and count what it cost
	@BATON_TEST_KILLS=$${BATON_TEST_KILLS:-200} $(BIN)/pytest tests/resilience tests/cluster/test_moments.py $(ARGS)

bench: install ## Measure speed at 100,000 episodes beside hand-written SQL
	@$(BIN)/python -m bench $(ARGS)

bench-search: install ## Find one of a million people, as the hub and as a practitioner, within 60 ms (p95)
	@$(BIN)/python -m bench.people $(ARGS)

load: install ## Two hundred people walk real pages for ten minutes, then again while backups run
	@$(BIN)/python -m bench.load $(ARGS)

audit: install-dev ## Ask public lists whether a pinned package has a known weakness (needs a network that reaches them)
	@$(BIN)/python scripts/audit.py

lock: ## Renew requirements/*.txt and package-lock.json from pyproject.toml and package.json
	@scripts/lock

clean: ## Remove what was built (the data under var/ stays)
	rm -rf $(VENV) node_modules $(BUILT) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# --- the virtual environment ---------------------------------------------------------------------------------------
$(BIN)/python:
	$(say) "Virtual environment"
	@scripts/make-venv $(PYTHON) $(VENV)

$(VENV)/.base: requirements/base.txt | $(BIN)/python
	$(say) "Python packages, pinned and hashed"
	@$(PIP) install --require-hashes -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	$(say) "Python packages for tests and checks"
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# --- the assets ----------------------------------------------------------------------------------------------------
$(BUILT)/.done: package-lock.json package.json scripts/build-assets $(shell find src/baton/platform/styles src/baton/platform/scripts -type f 2>/dev/null) | $(VENV)/.base
	$(say) "Styles and scripts"
	@scripts/build-assets $(BUILT)
	@touch $@

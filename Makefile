# Everything one types here. `make` alone says what there is.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
WORKERS ?= 2
# The first Python of 3.11 or newer that really starts and can make a virtual environment.
FIND_PYTHON = for each in python3.11 python3.12 python3.13 python3.14 python3; do \
	$$each -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$each; exit 0; }; \
	done; echo "Python 3.11 or newer, with venv, was not found. On Debian: apt-get install python3-venv" >&2; exit 1
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-strip-extras --no-header --universal --python-version 3.11

.PHONY: help setup setup-dev demo run test test-postgresql check bench docs lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-16s %s\n", $$1, $$2 }'

setup: $(VENV)/.base ## .venv with everything the program runs on
setup-dev: $(VENV)/.dev

demo: setup ## four demonstration cities on http://127.0.0.1:8000
	@$(BIN)/python manage.py demo_serve --port $(PORT)

run: setup ## the program with what is in var/, no demonstration
	@$(BIN)/python manage.py serve --port $(PORT)

test: setup-dev ## every test, also on PostgreSQL where it is installed
	$(BIN)/pytest -n $(WORKERS) -rs
	@if tests/postgresql.sh --available; then $(MAKE) test-postgresql; else \
		echo "Not run on PostgreSQL: no /usr/lib/postgresql/*/bin/initdb here (Debian: apt-get install postgresql)."; fi

test-postgresql: setup-dev ## every test but those in the browser, on a private PostgreSQL server
	tests/postgresql.sh $(BIN)/pytest -n $(WORKERS) -rs -m "not browser"

check: setup-dev ## style, types, floors, migrations, printed docs, tests with coverage (those in the browser: make test)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	find tomoni -name '*.html' -print0 | xargs -0 $(BIN)/djhtml --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py docs --check
	$(BIN)/pytest -n $(WORKERS) -rs -m "not browser" --cov --cov-report=term

bench: setup-dev ## measure what is promised, as ratios and counts
	@shopt -s nullglob; found=0; for file in tests/bench/bench_*.py; do \
		found=1; echo "== $$file"; $(BIN)/python "$$file" || exit 1; done; \
		[ $$found = 1 ] || { echo "There is no tests/bench/bench_*.py."; exit 1; }

docs: setup ## print the generated pages of docs/
	$(BIN)/python manage.py docs

lock: setup-dev ## write requirements/*.txt anew from requirements/*.in
	$(LOCK) requirements/base.in -o requirements/base.txt
	$(LOCK) requirements/dev.in -o requirements/dev.txt

clean: ## forget .venv and caches; var/ (the data) stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage* htmlcov *.egg-info
	find tomoni config tests -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@python=$$($(FIND_PYTHON)) && echo "Making $(VENV) with $$($$python --version) …" && $$python -m venv $(VENV)

$(VENV)/.base: requirements/base.txt pyproject.toml | $(BIN)/python
	@echo "Installing what Tomoni runs on (once) …"
	@$(PIP) install --require-hashes --requirement requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@echo "Installing what the tests and checks need (once) …"
	@$(PIP) install --require-hashes --requirement requirements/dev.txt
	@touch $@

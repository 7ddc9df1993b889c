# Everything runs in .venv, made here: Debian's Python refuses packages outside one (PEP 668).
PYTHON ?= python3
BIN := .venv/bin
SOURCES := scheduler calendars web tests

.PHONY: help demo test check bench torture clean
.DEFAULT_GOAL := help

help: ## what can be made
	@awk -F':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .venv/installed ## install and serve the demo on http://127.0.0.1:8000
	$(BIN)/aarshjul demo $(ARGS)

test: .venv/installed-test ## run the tests (PostgreSQL and Chromium where they are installed)
	$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder $(ARGS)

check: .venv/installed-test ## lint, format, types and import contracts
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

bench: .venv/installed-bench ## measure; ratios are asserted, seconds are printed
	$(BIN)/python -m pytest -s tests/benchmarks $(ARGS)

torture: .venv/installed-test ## long storms and fuzzing; half an hour or more
	$(BIN)/python -m pytest -s tests/torture $(ARGS)

clean: ## remove what was made, but never var/ with its databases
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

.venv/installed-bench: .venv/installed-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	touch $@

.venv/installed-test: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test,check]'
	touch $@ .venv/installed

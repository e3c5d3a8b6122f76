# Works with GNU make 3.81 and BSD tools, as on macOS.

PYTHON ?= python3
# More for pytest: make test PYTEST_ARGS="-n 0 -k judge"
PYTEST_ARGS ?=

.PHONY: help demo test test-all lint format setup clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

demo: ## measure the hack rates of the built-in policies, in under a minute
	@$(PYTHON) scripts/bootstrap.py
	.venv/bin/hackgym demo

test: lint ## check style and types, and run the tests
	.venv/bin/python -m pytest -m "not slow" -n 2 --dist loadgroup $(PYTEST_ARGS)

test-all: lint ## as test, with the soaks and long repeats
	.venv/bin/python -m pytest $(PYTEST_ARGS)

lint: setup ## check style and types only
	.venv/bin/python -m ruff check
	.venv/bin/python -m ruff format --check
	.venv/bin/python -m mypy

format: setup ## lay out the code and repair what ruff can repair
	.venv/bin/python -m ruff check --fix
	.venv/bin/python -m ruff format

setup: ## create .venv with hackgym and its development tools
	@$(PYTHON) scripts/bootstrap.py --dev

clean: ## remove .venv, caches and built packages; runs/ stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis build dist
	find . -name __pycache__ -prune -exec rm -rf {} +

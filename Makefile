# Every target sets up what it needs in .venv; a second call is quick.
#   make demo              the bot in the browser, no token needed
#   make test              lint, types and every test
#   make run               the bot, with the settings of .env
#   make test PYTHON=…     with another interpreter; give it a folder of its own by VENV=….

VENV ?= .venv
CANDIDATES := python3.13 python3.12 python3.11 python3 python
NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
ifndef PYTHON
PYTHON := $(shell for each in $(CANDIDATES); do $$each -c '$(NEW_ENOUGH)' >/dev/null 2>&1 && echo $$each && break; done)
endif
VERSION := $(shell "$(PYTHON)" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
BIN := $(VENV)/bin
READY := $(VENV)/.ready-$(VERSION)

.DEFAULT_GOAL := help
.PHONY: help demo test run check format digests bench fuzz crash clean

help: ## say what there is
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18

demo: $(READY)-demo ## try the bot in the browser; needs no token
	@$(BIN)/python -m bot demo

run: $(READY)-postgres ## run the bot with the settings of .env
	@$(BIN)/python -m bot run

test: check ## lint, types and every test
	@$(BIN)/python -m pytest -q -n auto --dist worksteal

check: $(READY)-dev ## lint and types
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy --no-error-summary

format: $(READY)-dev ## write the code as it should look
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

digests: $(READY)-postgres ## check the digest files
	@$(BIN)/python -m bot check

bench: $(READY)-dev ## measure, beside discord.py, and write the table of README.md and docs/benchmarks.md
	@$(BIN)/python -m benchmarks.table

fuzz: $(READY)-dev ## read random digests for a quarter of an hour
	@$(BIN)/python -m tests.reading.fuzz

crash: $(READY)-dev ## end the bot with kill -9 five hundred times and count its messages; takes an hour
	@$(BIN)/python -m tests.wire.crashes --kills 500 --seed $$(date +%s)
	@$(BIN)/python -m tests.wire.crashes --kills 500 --seed $$(date +%s) --chaos 0.05

clean: ## remove what the targets made, but not the bot's data
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis *.egg-info

# .ready-VERSION-EXTRA says that this folder has the package with that extra, as pyproject.toml has it now.
$(READY)-%: pyproject.toml | interpreter
	@test "$$($(BIN)/python -V 2>/dev/null)" = "$$($(PYTHON) -V)" || $(PYTHON) -m venv --clear $(VENV)
	@echo "Setting up $(VENV) for Python $(VERSION); the first time takes a minute or two."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[$*]'
	@touch $@

.PHONY: interpreter
interpreter:
	@"$(PYTHON)" -c '$(NEW_ENOUGH)' >/dev/null 2>&1 || { \
	  echo "Paper Digest needs Python 3.11 or newer: install it, or say where it is: make $(or $(MAKECMDGOALS),demo) PYTHON=/path/to/python3" >&2; \
	  exit 1; }

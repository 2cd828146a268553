# Two commands do everything: `make run` and `make test`. PYTHON= chooses the interpreter, PORT= the port.
PYTHON ?= python3
PORT ?= 8000
DATA ?=
BIN := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test lint fix bench lighthouse schemathesis clean

help:
	@echo "make run    set up, load the sample library the first time, serve it on http://127.0.0.1:$(PORT)"
	@echo "make test   set up, run every test"
	@echo "make lint   style, types and import rules"
	@echo "make fix    mend what the style checker can mend"
	@echo "make lighthouse   install Lighthouse, so that make test shows its figures too (Node.js 18.16 or newer)"
	@echo "make schemathesis install Schemathesis, so that make test tries the API with it too"
	@echo "make bench DATA=folder   measure speed on a folder of real documents"

run: .venv/run
	@$(BIN)/clearinghouse sample --if-empty
	@exec $(BIN)/clearinghouse serve --port $(PORT)

test: .venv/test
	$(BIN)/python -m pytest $(PYTEST)

lint: .venv/lint
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

fix: .venv/lint
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/test
	@test -n "$(DATA)" || { echo "Say which documents: make bench DATA=folder"; exit 2; }
	$(BIN)/python -m benchmarks $(DATA)

lighthouse: .venv/lighthouse

schemathesis: .venv/schemathesis

clean:
	rm -rf .venv build dist *.egg-info

# Each stamp is newer than setup.cfg once what it names is installed, so a second start installs nothing.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; name one with: make run PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/run: setup.cfg .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[meaning,report]'
	@touch $@

.venv/test: setup.cfg .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@# Only the axe.min.js inside it is used, so none of what it would bring along.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps 'axe-playwright-python>=0.1.8,<1'
	@touch $@ .venv/run

# Pinned, because its rules change from one version to the next. 12 is the last that Node.js 18 and 20 run.
.venv/lighthouse: Makefile .venv/bin/python
	npm install --prefix $@ --no-audit --no-fund --no-save --loglevel=error lighthouse@12.8.2
	@touch $@

# In an environment of its own: it would load itself into every run of the tests.
.venv/schemathesis: Makefile .venv/bin/python
	$(BIN)/python -m venv $@
	$@/bin/python -m pip install --quiet --disable-pip-version-check 'schemathesis>=4.32,<5'
	@touch $@

.venv/lint: setup.cfg .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[lint]'
	@touch $@ .venv/run

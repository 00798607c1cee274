# make run and make test do all set-up themselves; both are the commands of the README.
PYTHON := .venv/bin/python
FLASK := .venv/bin/flask
PORT ?= 5000

.PHONY: help run test setup lint bench bench-scale mutants clean messages

help: ## say what there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

run: setup ## serve the application with demo data on http://127.0.0.1:5000
	@$(FLASK) serve --port $(PORT)

test: setup ## run the whole suite on SQLite and PostgreSQL, browser stories included
	@.ci/services
	@$(MAKE) --no-print-directory lint
	@$(PYTHON) -m pytest -q -n 2 --dist worksteal

setup: ## install everything; quick the second time
	@.ci/setup

lint: ## style of Python, types of the rules
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .
	@.venv/bin/mypy

bench: setup ## measure pre-check, re-checks and letters, ratios side by side
	@.ci/bench-setup
	@$(PYTHON) -m tests.bench

N ?= 100000
bench-scale: setup ## load N=100000 cases and measure the pages beside those of a plain Django admin
	@.ci/services
	@.ci/bench-setup bench-scale
	@$(PYTHON) -m tests.bench.scale --cases $(N)

WORDS ?=
mutants: ## change the rules in one place at a time (WORDS=conduct: some modules) and see whether a test notices
	@.ci/bench-setup mutation
	@nice -n 15 var/mutation/bin/python -m tests.mutants $(WORDS)

clean: ## remove what set-up and demo made
	rm -rf .venv node_modules var kis/static/vendor

messages: ## collect the texts of the pages into the Korean catalogue
	.venv/bin/pybabel -q extract -F babel.cfg -k _l -k _ -o var/messages.pot --no-location --sort-output .
	.venv/bin/pybabel -q update -i var/messages.pot -d kis/translations --no-fuzzy-matching --ignore-obsolete -w 110

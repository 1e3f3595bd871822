# `make demo` and `make test` set up everything that they need in .venv.
PYTHON ?= python3
BIN := .venv/bin
DEMO := demo

.PHONY: demo serve test test-slow lint format check clean

demo: .venv/ready  ## make a catalog, import it, search it
	@$(BIN)/engine demo --folder $(DEMO)
	@echo "  make serve                          # the second of these, shorter"

serve: .venv/ready  ## the API and the web page over the demo catalog
	@test -d $(DEMO)/data || $(MAKE) --no-print-directory demo
	$(BIN)/engine --data $(DEMO)/data serve

test: .venv/ready  ## all tests but the slow ones, with coverage
	$(BIN)/pytest --cov --cov-report=term:skip-covered -q

test-slow: .venv/ready  ## kills, real weights, large sets
	$(BIN)/pytest -m slow -q

lint: .venv/ready  ## format, lint, types, docstrings
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m numpydoc.hooks.validate_docstrings $$(git ls-files 'engine/*.py')

format: .venv/ready
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

check: lint test

clean:
	rm -rf .venv $(DEMO) .pytest_cache .mypy_cache .ruff_cache .coverage

.venv/ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Setting up .venv: installing what the engine needs. This is done once and takes three to five"
	@echo "minutes and 7 GB of disk (PyTorch is most of it); nothing is printed meanwhile."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[all,dev]'
	@touch $@

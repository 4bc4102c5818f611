# make refresh: set up, ingest data/raw, publish data/marts.   make test: set up, run the tests.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
export DAGSTER_DISABLE_TELEMETRY := 1
export GX_ANALYTICS_ENABLED := false

.PHONY: setup refresh test lint types docs docs-check lock bench mutate bench-extras dev clean

setup: $(VENV)/.ready

$(VENV)/.ready: requirements.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("gouji needs Python 3.11 or newer") if sys.version_info < (3, 11) else None'
	@echo "建立 $(VENV)，安装依赖，约需一至数分钟 / setting up $(VENV); this takes a minute or more"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

refresh: setup
	$(BIN)/gouji refresh

test: setup
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

docs: setup refresh
	$(BIN)/python -m pipelines.warehouse.dictionary
	$(BIN)/python -m pipelines.delivery.examples

docs-check: setup
	$(BIN)/python -m pipelines.warehouse.dictionary --check

dev: setup
	DAGSTER_HOME=$(CURDIR)/.dagster $(BIN)/dg dev

bench: setup
	PYTHONPATH=.bench $(BIN)/python -m benchmarks

# One slip at a time in every report at hand: detected, blamed, repaired?
mutate: setup
	$(BIN)/python -m benchmarks.mutation

# What is only compared with, in a folder of its own, so that the project does not come to depend on it.
bench-extras: setup
	$(BIN)/python -m pip install --quiet --no-deps --target .bench -r benchmarks/requirements.txt

# Rewrites requirements.txt from pyproject.toml (needs uv); never writes an index address.
lock:
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --no-strip-extras -o requirements.txt

clean:
	rm -rf data/marts/* data/cache .dagster

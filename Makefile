# Two commands do it all on a machine with CPython 3.11 or 3.12, pip and make: `make run`, `make test`.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run test evaluate lint soak bench fuzz train tutorial clean

run: .venv/installed          ## the flow over seeds/: records into output/, scores printed
	$(BIN)/hcclit run seeds

test: .venv/installed         ## all checks but the long ones
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

evaluate: .venv/installed     ## scores of the seeds, every error listed
	$(BIN)/hcclit evaluate --errors

lint: .venv/installed         ## format and lint in place
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

soak: .venv/installed         ## what takes long
	$(BIN)/pytest -m soak

bench: .venv/installed        ## ratios against a library in the same run
	$(BIN)/python tests/bench.py
	$(BIN)/python tests/bench_scale.py
	$(BIN)/python -m tests.bench_hostile
	$(BIN)/python -m tests.bench_ner

fuzz: .venv/installed         ## 3,000 mutated files for each reader
	$(BIN)/python -m tests.fuzz_readers --count 3000

train: .venv/installed        ## the entity model, from raw corpora (CORPORA=folder) to models/; hours
	@test -n "$(CORPORA)" || { echo "say where the corpora are: make train CORPORA=folder (models/README.md)"; exit 2; }
	$(BIN)/python -m models.recipe $(CORPORA)

tutorial: .venv/installed     ## the pictures of docs/tutorial.md, from its commands; needs Chromium
	$(BIN)/python docs/tutorial/make_pictures.py

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

clean:
	rm -rf .venv build dist src/*.egg-info

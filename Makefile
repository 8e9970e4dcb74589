# Two targets need nothing but python3 (3.11 or newer), venv and make: `make up` and `make test`.
.DEFAULT_GOAL := help
.PHONY: help up demo test check bench injuries hostile fuzz eval lock schemas docs clean

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
RUN    := $(VENV)/.run-installed
DEV    := $(VENV)/.dev-installed
export OMP_NUM_THREADS ?= 1
# Where the environment forbids Python to keep what it compiled, each process of the tests would compile all of them anew.
unexport PYTHONDONTWRITEBYTECODE
# Over the processes in the groups of tests/spread.py, and in the order of the collection.
SPREAD := --dist loadscope --no-loadscope-reorder

help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

up: $(RUN)  ## start everything on this machine; Ctrl-C stops it
	@$(BIN)/wireroom up

demo: $(RUN)  ## a system of its own in a temporary folder: the seeds go through, their articles are printed
	@$(BIN)/wireroom demo

test: $(DEV)  ## format, lint, types, imports and all tests
	$(call BESIDE_LINT,$(BIN)/pytest -n 3 $(SPREAD))

check: $(DEV)  ## the fast loop: all but the tests that need processes, models or a server
	$(call BESIDE_LINT,$(BIN)/pytest -n 2 $(SPREAD) -m "not nats and not slow")

.PHONY: lint
lint: $(DEV)
	@$(LINT)

LINT := set -ex; $(BIN)/ruff format --check .; $(BIN)/ruff check .; $(BIN)/mypy; $(BIN)/lint-imports
# mypy takes one core for a minute, and the tests leave as much of the other: both at once, what lint says comes last, and
# either fails the whole.
BESIDE_LINT = @said=$$(mktemp); ( $(LINT) ) >$$said 2>&1 & lint=$$!; \
	$(1); tested=$$?; wait $$lint; linted=$$?; cat $$said; rm -f $$said; exit $$(( tested | linted ))

bench: $(DEV)  ## speed, with medians and ratios (a corpus in WIREROOM_CORPUS for some)
	@$(BIN)/python tests/bench

injuries: $(DEV)  ## hurt running systems in every way there is (half an hour on a busy machine, three at a time); HOURS=8 or KILLS=2000 soaks, CLUSTER=1, SEED=7, ONLY="kill_up power_cut"
	@$(BIN)/python -m tests.injuries $(ONLY) $(if $(HOURS),--hours $(HOURS)) $(if $(KILLS),--kills $(KILLS)) \
		$(if $(CLUSTER),--cluster) $(if $(SEED),--seed $(SEED))

hostile: $(DEV)  ## generated hostile files through the real way of reading, and how each ended; SEED=7, COUNT=5000
	@$(BIN)/python -m tests.hostile $(if $(SEED),--seed $(SEED)) $(if $(COUNT),--count $(COUNT))

fuzz: $(DEV)  ## each reader by its name, played with for MINUTES=10, SIDE=2 at a time; SEED=7, ONLY="pdf docx"
	@$(BIN)/python -m tests.hostile.fuzz $(ONLY) $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SIDE),--side $(SIDE)) $(if $(SEED),--seed $(SEED))

eval: $(DEV)  ## quality on the corpus in WIREROOM_CORPUS, held against what was reached; ONLY="dates body", ACCEPT=1 to keep it
	@$(BIN)/python tests/eval $(ONLY) $(if $(ACCEPT),--accept)

lock: $(DEV)  ## pin every dependency with its hashes
	$(COMPILE) -o locks/run.txt pyproject.toml
	$(COMPILE) --extra en --extra dev -c locks/run.txt -o locks/dev.txt pyproject.toml

# No index, no address, no path gets into a lock: the extras are named one by one, for `all` would write where this folder is.
COMPILE := $(BIN)/python -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-emit-index-url \
	--no-emit-find-links --no-emit-trusted-host --no-annotate --no-header --build-deps-for editable \
	$(foreach extra,fetch language dedup extract store cli,--extra $(extra))

schemas: $(DEV)  ## write contracts/schemas from the contracts
	@$(BIN)/python -m contracts.schemas

docs: $(DEV)  ## write the generated pages of docs/
	@$(BIN)/python -m services.cli.pages

clean:  ## remove what was installed and cached; the inbox and the home folder stay
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Wireroom needs Python 3.11 or newer: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# hatchling is in the lock too, so that building the editable install fetches nothing that is not pinned. Where the
# environment forbids Python to keep what it compiled, each of a system's processes would compile us anew: 2 s a start.
$(RUN): locks/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "installing what Wireroom runs on (about 90 packages, 700 MB; a minute or two, once)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r locks/run.txt
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q contracts services
	@touch $@

$(DEV): locks/dev.txt $(RUN)
	@echo "installing what its tests need"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r locks/dev.txt
	@touch $@

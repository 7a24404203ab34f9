# make run     send the example campaign (a second run sends nothing again; `make clean-run` starts over)
# make test    everything that must hold: style, types, rule sets, tests
# make check   style and types alone          make fmt    put the Python in shape
# make rules   the bundled rule files         make bench  measure speed
# make soak    long hunts with random input   make clean  remove what these targets made
# make mutate  seed faults into the engine and see that the tests notice (an hour or more; goes on where it stopped)
# make fuzz    the same for what reads rule files, MINUTES long (10); inputs that fail are kept in out/fuzz
#
# `make test WORKERS=0` runs the tests in one process. Each target sets up what it needs in .venv,
# and does so again only when pyproject.toml changes.

PYTHON   ?= python3
WORKERS  ?= 2
CAMPAIGN ?= examples/campaign.jsonl
# The clock of the example: before its first message, so that a second run finds nothing whose time has come.
NOW      ?= 2026-02-01T00:00:00Z
OUT      ?= out
MINUTES  ?= 10
SEED     ?= 1
# The day on which the bundled rules are linted: sources grow old, and a test that passed yesterday passes tomorrow.
RULES_AS_OF ?= 2026-11-22

VENV    := .venv
BIN     := $(VENV)/bin
RUNTIME := $(VENV)/runtime.stamp
DEV     := $(VENV)/dev.stamp
BENCH   := $(VENV)/bench.stamp
RULES   := rulesets
PIP     := $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check
PYTEST  := $(BIN)/python -m pytest
SOURCES  = $(sort $(dir $(wildcard tests/*.py benchmarks/*.py tools/*.py)))

.PHONY: run clean-run test check rules fmt bench soak fuzz setup clean distclean
.DEFAULT_GOAL := test

run: $(RUNTIME)
	@mkdir -p $(OUT)
	@$(BIN)/sendlaw send $(CAMPAIGN) --store $(OUT)/run.sqlite3 --provider file --out $(OUT)/sent.jsonl --now $(NOW)

clean-run:
	rm -rf $(OUT)

test: check rules
	@$(PYTEST) -p no:benchmark -n $(WORKERS) --dist loadgroup

check: $(DEV)
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/python -m mypy -p sendlaw
	@$(BIN)/python -m mypy $(SOURCES)

rules: $(DEV)
	@$(BIN)/sendlaw lint --today $(RULES_AS_OF) $(RULES)
	@$(BIN)/sendlaw fmt --check $(RULES)
	@$(BIN)/sendlaw test $(RULES)

fmt: $(DEV)
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(BENCH)
	@$(PYTEST) benchmarks
	@$(BIN)/python -m benchmarks

soak: $(DEV)
	@$(PYTEST) -p no:benchmark -m soak --hypothesis-profile=soak

fuzz: $(DEV)
	@$(BIN)/python -m tools.fuzz --minutes $(MINUTES) --seed $(SEED) --out $(OUT)/fuzz

mutate: $(DEV)
	@$(BIN)/python -m tools.mutate --results $(OUT)/mutation.jsonl

setup: $(DEV)

# Without pip inside, because some systems ship a Python that cannot put it there; pip works from outside.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Sendlaw needs Python 3.11 or newer; say which with `make PYTHON=python3.12`")'
	@$(PYTHON) -m venv --without-pip $(VENV)

$(RUNTIME): pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) …"
	@$(PIP) install --quiet --editable .
	@touch $@

# The link is what the type checker reads: the repository is the package, whatever its folder is called.
$(DEV): pyproject.toml | $(BIN)/python
	@echo "Setting up $(VENV) with the tools for development …"
	@$(PIP) install --quiet --editable '.[dev]'
	@mkdir -p $(VENV)/src
	@ln -sfn ../.. $(VENV)/src/sendlaw
	@touch $(RUNTIME) $@

$(BENCH): $(DEV)
	@echo "Setting up $(VENV) with what speed is compared with …"
	@$(PIP) install --quiet --editable '.[dev,bench]'
	@touch $@

clean: clean-run
	rm -rf build dist sendlaw.egg-info .benchmarks .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +

distclean: clean
	rm -rf $(VENV)

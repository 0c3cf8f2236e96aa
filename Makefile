# Two commands to start with: `make demo` and `make test`. `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
# where an environment sets it, every process would compile every module it imports anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## /  make \1\t/' | expand -t 18

$(STAMP): requirements.lock pyproject.toml
	@docker/python_env.sh "$(PYTHON)" .venv
	@touch $@

.PHONY: env
env: $(STAMP) ## the Python environment in .venv/, from the hashed lock

.PHONY: engine
engine: ## a Docker engine that answers (installs and starts one where it may)
	@docker/ensure_engine.sh

.PHONY: image
image: engine $(STAMP) ## the container images; nothing to do when they are current
	@PATH="$(CURDIR)/$(BIN):$$PATH" docker/images.sh all

.PHONY: demo
demo: image ## set up, grade a real submission, say where to look
	@$(BIN)/takehome doctor
	@$(BIN)/takehome grade assignments/telco-churn/submissions/reference -a telco-churn
	@echo "" >&2
	@echo "Next:  open the report above in a browser" >&2
	@echo "       $(BIN)/mlflow server --workers 1 --backend-store-uri sqlite:///.takehome/mlflow.db     and open the address it prints" >&2
	@echo "       $(BIN)/takehome grade PATH -a telco-churn     for a submission of your own" >&2

.PHONY: test
test: image ## every test: unit, sandbox on a real engine, golden submissions
	@$(BIN)/python -m pytest -n auto --dist loadfile -m "not docker and not every_golden"
	@$(BIN)/python -m pytest -m "docker and not every_golden"

.PHONY: goldens
goldens: image ## every golden submission of every assignment, against what its author expects
	@$(BIN)/python -m pytest -m docker tests/golden

.PHONY: lint
lint: $(STAMP) ## format, lint, types, import rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

.PHONY: check
check: lint ## all of `lint`, and the fast tests (no engine needed)
	@$(BIN)/python -m pytest -q -m "not docker and not slow" tests/unit

.PHONY: fix
fix: $(STAMP) ## format and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

.PHONY: certify
certify: image ## is every assignment fit to hand out? controls, data, traps, as a table
	@$(BIN)/takehome certify --all

.PHONY: attacks
attacks: image ## every attack fixture through the real pipeline, as a table
	@$(BIN)/python -m tests.attacks

.PHONY: attacks-gvisor
attacks-gvisor: image ## CI's part of the attacks on gVisor, in an engine of its own (root on Linux)
	@tests/attacks/gvisor.sh $(BIN)/python -m tests.attacks --ci --runtime runsc || [ $$? = 3 ]

.PHONY: validity
validity: image ## planted defects and neutral edits of golden submissions, as a table
	@$(BIN)/python -m tests.validity

.PHONY: faults
faults: image ## every fault, with its oracle, as a table
	@$(BIN)/python -m tests.faults

.PHONY: bench
bench: image ## speeds as ratios within one run
	@$(BIN)/python -m tests.bench

.PHONY: lock
lock: $(STAMP) ## renew every lock file from its inputs
	@$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
		--extra dev pyproject.toml -o requirements.lock
	@PATH="$(CURDIR)/$(BIN):$$PATH" docker/lock.sh

# The two commands: `make run` starts Groundwork with its sample program, `make test` checks everything.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
SHARED_DATA := $(abspath ../shared/data)
ifneq ($(wildcard $(SHARED_DATA)),)
export GROUNDWORK_TEST_DATA ?= $(SHARED_DATA)
endif
APT := apt-get install -y --no-install-recommends

.PHONY: run test check fix demo bench lock browsers

run: .venv/run.stamp
	@$(BIN)/python -m program serve

demo: .venv/run.stamp
	@$(BIN)/python -m program demo

test: check browsers
	$(BIN)/pytest -n 2 --dist loadfile

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

fix: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/dev.stamp
	$(BIN)/python -m bench.rerun
	$(BIN)/python -m bench.import
	$(BIN)/python -m bench.agreement
	$(BIN)/python -m bench.network
	$(BIN)/python -m bench.schedule
	$(BIN)/python -m bench.budget

lock: .venv/dev.stamp
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header pyproject.toml --group dev -o requirements-dev.txt

# The browser, the database server and the Java runtime of the tests are Debian's; nothing is downloaded from elsewhere.
browsers:
	@command -v chromium >/dev/null || { apt-get update && $(APT) chromium; }
	@command -v java >/dev/null || { apt-get update && $(APT) default-jre-headless; }
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || { apt-get update && $(APT) postgresql; }

.venv/run.stamp: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt .venv/run.stamp
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

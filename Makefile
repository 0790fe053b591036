# make run          chat page on http://127.0.0.1:7860; the first time it also installs and builds the index
# make test         ruff, mypy, pytest; the page and the widget in a real Chromium, installed first where it or a
#                   font with Chinese characters is missing
# make test-models  tests of other embedding models (installs torch, CPU build, about 200 MB)

PYTHON ?= python3
VENV   ?= .venv
export POLICY_TEST_CHROMIUM
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

# pip may take the CUDA build of torch (several GB). Where the CPU build is not already
# offered: make test-models TORCH_OPTIONS='--extra-index-url URL'
TORCH         ?= torch==2.13.0
TORCH_OPTIONS ?=

.PHONY: run test test-models chromium format clean
.DELETE_ON_ERROR:

run: $(VENV)/.installed
	$(BIN)/policy-assistant build
	$(BIN)/policy-assistant serve

test: $(VENV)/.installed-dev chromium
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy
	$(BIN)/python -m pytest -q -n logical --maxprocesses 8 --dist worksteal

# The browser the page is tested in: one that is there, one named in POLICY_TEST_CHROMIUM, else Debian's package. Where
# fontconfig knows no font with Chinese characters, a small one (2 MB) comes too: without it pages show and print boxes.
chromium:
	@missing=""; \
	[ -n "$${POLICY_TEST_CHROMIUM:-}" ] || command -v chromium >/dev/null || missing="chromium"; \
	[ -n "$$(fc-list :lang=zh 2>/dev/null)" ] || missing="$$missing fontconfig fonts-wqy-microhei"; \
	if [ -n "$$missing" ]; then \
	  echo "Installing $$missing …"; \
	  if [ "$$(id -u)" -eq 0 ]; then run=env; else run=sudo; fi; \
	  { $$run apt-get update -qq && $$run apt-get install -y -qq --no-install-recommends $$missing >/dev/null; } || \
	  case "$$missing" in \
	    chromium*) echo "error: the page is tested in Chromium and none is here: install chromium, or name one with: make test POLICY_TEST_CHROMIUM=/path/to/chrome"; exit 2;; \
	    *) echo "No font with Chinese characters could be installed: tests that print Chinese pages are left out.";; \
	  esac; \
	fi

test-models: $(VENV)/.installed-models
	$(BIN)/python -m pytest -q -m models

format: $(VENV)/.installed-dev
	$(BIN)/python -m ruff check --fix .
	$(BIN)/python -m ruff format .

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache

# Stamps inside the environment: an installation is repeated only when pyproject.toml changes or .venv is new.
$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV) …"
	$(PIP) install -e .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV) what the tests need …"
	$(PIP) install -e '.[dev]'
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-models: pyproject.toml | $(BIN)/python
	@echo "Installing into $(VENV) torch, sentence-transformers and a small model …"
	$(PIP) install $(TORCH_OPTIONS) '$(TORCH)'
	$(PIP) install -e '.[models]'
	@touch $@ $(VENV)/.installed-dev $(VENV)/.installed

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "error: Python 3.11 or later is needed and $(PYTHON) is older or missing; name one with: make PYTHON=python3.12"; exit 2; }
	$(PYTHON) -m venv $(VENV)

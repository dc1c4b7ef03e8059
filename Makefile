# make app: everything from a fresh checkout to the chat in a browser.   make test: everything to the finished test run.
.POSIX:
.PHONY: latency app ingest test eval bench load audit pins clean python chromium
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8501
ADDRESS ?= 127.0.0.1
ADVISORIES ?=
VENV = .venv
PY = $(VENV)/bin/python
PIP = $(PY) -m pip --disable-pip-version-check install --quiet --requirement

# The app itself decides which proxies to believe (MINGZHANG_TRUSTED_PROXIES), so its server believes none.
app: ingest
	@echo "Chat on http://localhost:$(PORT) (stop it with Ctrl-C)"
	@FORWARDED_ALLOW_IPS= $(PY) -m streamlit run app.py --server.port $(PORT) --server.address $(ADDRESS)

ingest: $(VENV)/.app
	@$(PY) -m ingest corpus

test: $(VENV)/.dev chromium
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m pytest

# Compiles the pinned requirements again, keeping what still fits. To raise everything: make pins UPGRADE=--upgrade
pins: $(VENV)/.dev
	cd $(CURDIR) && for name in requirements requirements-dev requirements-optional; do \
	  $(VENV)/bin/pip-compile --quiet --strip-extras --no-header --annotation-style=line --no-emit-index-url --no-emit-trusted-host \
	    --no-emit-find-links $(UPGRADE) --output-file=$$name.txt $$name.in || exit 1; done

clean:
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The stamps say which requirements are installed; an interrupted installation leaves none, and starts again.
$(VENV)/.app: requirements.txt | python
	@echo "Preparing the environment in $(VENV) (the first time takes a few minutes) …"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.app
	@$(PIP) requirements-dev.txt
	@touch $@

python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.11 or newer (Debian: apt-get install python3 python3-venv), or name one with make PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$$($(PYTHON) --version) is too old: Python 3.11 or newer is needed; name one with make PYTHON=…" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo "$(PYTHON) has no venv or pip: install them (Debian: apt-get install python3-venv)" >&2; exit 1; }

chromium:
	@command -v $${CHROMIUM:-chromium} >/dev/null || echo "Chromium is missing, so the browser test will fail: install it (Debian: apt-get install chromium), or name one with CHROMIUM=…" >&2

# Answering held against the gold questions beside the project (../shared), where they are; fails below benchmarks/floors.json.
eval: $(VENV)/.app
	@$(PY) -m benchmarks.evaluate

# Known vulnerabilities among the pinned requirements; fails, too, where the package index has no list of them; ADVISORIES=… needs no index. Licences: tests/test_licences.py.
audit:
	@PYTHON=$(PYTHON) ADVISORIES="$(ADVISORIES)" .ci/audit

# Reading and whole ingestions held against plain pdfplumber, on the disclosures beside the project or else the shipped ones: benchmarks/results.
bench: $(VENV)/.app
	@$(PY) -m benchmarks.reading
	@$(PY) -m benchmarks.ingestion

# Answers while the store grows to ten million made-up records (made once, under var/latency: half an hour): results/latency.json.
latency: $(VENV)/.app
	@$(PY) -m benchmarks.latency

# Twenty readers who ask the chat at once: how long each waits; fails above two seconds at the 95th percentile.
load: ingest
	@$(PY) -m benchmarks.load

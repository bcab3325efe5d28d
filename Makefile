# make demo: score the sample reports   make test: all tests   make check: lint, format, types   make bench: speed
PYTHON ?= python3
PY := .venv/bin/python
SHELL := /bin/sh
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: demo test check bench corpora formats clean

demo: .venv/.core
	@$(PY) -m analyzer score corpora/real corpora/demo --out out/demo

test: .venv/.all
	@$(PY) -m pytest -n auto

check: .venv/.all
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy

bench: .venv/.all
	@$(PY) benchmarks/run.py

# The same bytes each time: what these commands write stands in corpora/synthetic.
corpora: .venv/.core
	rm -rf corpora/synthetic
	$(PY) -m analyzer generate --family train --count 136 --seed corpora-1 --defects mixed --out corpora/synthetic/train
	$(PY) -m analyzer generate --family tune --count 60 --seed corpora-1 --defects mixed --out corpora/synthetic/tune
	$(PY) -m analyzer generate --family test --count 332 --seed corpora-2 --defects each --out corpora/synthetic/test
	$(PY) -m analyzer generate --family fresh --count 120 --seed corpora-1 --defects mixed --out corpora/synthetic/fresh

# The same reports in every format; needs LibreOffice. The same bytes with the same LibreOffice, but for RTF.
formats: .venv/.all
	rm -rf corpora/formats/synthetic corpora/formats/seed
	$(PY) -m analyzer generate --family train --count 4 --seed formats-2 --defects one --same --paper plain --scanner flat \
		--format html,md,txt,mhtml,docx,xlsx,zip,pdf,scan,tif,doc,wps,rtf,odt,ofd --out corpora/formats/synthetic
	$(PY) -m analyzer generate --of corpora/real --paper styled --scanner flat \
		--format html,md,txt,mhtml,docx,zip,pdf,scan,tif,doc,wps,rtf,odt,ofd --out corpora/formats/seed

clean:
	rm -rf .venv out build *.egg-info .pytest_cache .mypy_cache .ruff_cache

# uv installs the pinned packages in a third of pip's time; where it is missing or fails, pip does.
install = $(PY) -m uv pip install -q --python $(PY) --compile-bytecode -c constraints.txt -e $(1) \
	|| $(PY) -m pip install -q -c constraints.txt -e $(1)

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.11")'
	@$(PYTHON) -m venv .venv || { $(PYTHON) -m venv --clear --without-pip .venv && $(PYTHON) -m pip -q --python $(PY) install pip; }
	@$(PY) -m pip install -q uv || echo "uv is not to be had; pip installs, which takes longer"

.venv/.core: pyproject.toml constraints.txt | .venv/bin/python
	@echo "installing the pinned packages into .venv (once, about a minute) ..."
	@$(call install,.)
	@touch $@

.venv/.all: .venv/.core
	@$(call install,'.[all]')
	@touch $@

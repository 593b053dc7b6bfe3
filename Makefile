# Screening: every task of a developer, from a machine with Python, make and git.
# `make` alone lists the targets. Each target first sets up what it needs, once.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= python3
# A person is served until they stop; CI only sees that the service answers.
DEMO_ARGS ?= $(if $(CI),--check)
TEST_ARGS ?=
UPGRADE ?=
FUZZ_MINUTES ?= 30

BIN := .venv/bin
UV := UV_PYTHON_DOWNLOADS=never .tools/python/bin/uv
# A Node.js of the project's own comes first, where one had to be installed.
WITH_NODE := PATH="$$PWD/.tools/node/bin:$$PATH"

STATIC := screening/web/static
FONTS := screening/report/fonts
# Fonts of scripts that DejaVu has not.
NOTO := NotoEmoji NotoSansDevanagari NotoSansKR NotoSansSC
VENDOR := tests/browser/vendor
STYLES := $(shell find screening/web/styles -name '*.scss' 2>/dev/null)
ASSETS := $(STATIC)/screening.css $(STATIC)/reading.css $(STATIC)/nhsuk-frontend.min.js \
  $(STATIC)/accessible-autocomplete.min.js $(STATIC)/accessible-autocomplete.LICENSE \
  $(addprefix $(FONTS)/,DejaVuSans.ttf DejaVuSans-Bold.ttf DejaVuSans.LICENSE \
    $(foreach font,$(NOTO),$(font).ttf $(font).LICENSE)) \
  $(VENDOR)/axe.min.js

##@ Use

.PHONY: demo
demo: setup ## Serve a demonstration clinic (DEMO_ARGS=--check: start, ask, stop)
	exec $(BIN)/screening demo $(DEMO_ARGS)

.PHONY: build
build: setup ## Build the wheel and the source distribution into dist/
	rm -rf dist
	$(BIN)/hatchling build -d dist

##@ Check

.PHONY: test
test: check system ## Check, then run every test (TEST_ARGS="-k word" narrows)
	$(BIN)/pytest -n 2 --dist loadfile --no-loadscope-reorder $(TEST_ARGS)

.PHONY: check
check: setup ## Style, types, layers and templates; no test is run
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	if [ -d templates ]; then $(BIN)/djlint --lint --quiet templates; fi

.PHONY: bench
bench: setup .venv-bench/.synced ## Measure, and print the figures
	if [ -f tests/benchmarks/__main__.py ]; then $(BIN)/python -m tests.benchmarks; \
	else echo 'There are no benchmarks: tests/benchmarks/__main__.py is missing.'; fi

.PHONY: mutation
mutation: setup ## Make 500 slips in the shipped files, and say what becomes of each
	$(BIN)/python -m tests.mutation

.PHONY: faults
faults: setup ## Put 300 faults of meaning into the shipped files, and say what finds each
	$(BIN)/python -m tests.mutation.semantic

.PHONY: goldens
goldens: setup system ## Write golden trees and pictures of pages anew; read the diff
	$(BIN)/python -m tests.report.trees
	$(BIN)/python -m tests.report.pictures
	ARIA_GOLDENS=write $(BIN)/pytest -q tests/browser/test_aria.py

.PHONY: journeys
journeys: setup system ## Take every worked patient through a browser in every way
	JOURNEYS=all $(BIN)/pytest -q -n 2 --dist loadscope \
	  tests/browser/test_worked_patients.py

.PHONY: reload
reload: setup ## Change the files of a running site for a minute, and count what was lost
	$(BIN)/python -m tests.web.reload

.PHONY: fuzz
fuzz: .venv-fuzz/.synced ## Feed the loader and rules with junk (FUZZ_MINUTES=30, halved)
	mkdir -p .fuzz
	FUZZ_FOUND=.fuzz .venv-fuzz/bin/python -m tests.fuzz.run files \
	  "$$(( $(FUZZ_MINUTES) / 2 ))"
	FUZZ_FOUND=.fuzz .venv-fuzz/bin/python -m tests.fuzz.run rules \
	  "$$(( $(FUZZ_MINUTES) / 2 ))"

.PHONY: pictures
pictures: setup system ## Take the README's pictures from a running demonstration
	$(BIN)/python docs/make_pictures.py

.PHONY: screenshots
screenshots: setup system ## Take every page and every fault as a picture, for docs/screens.md
	$(BIN)/python -m docs.make_screenshots

.PHONY: docs
docs: setup ## Make docs/reference.md and docs/problems, walk the tutorial and the recipes
	$(BIN)/python -m docs.make_reference
	$(BIN)/python -m docs.make_problems
	$(BIN)/python -m docs.walk_tutorial

.PHONY: words
words: setup ## Add what is new in the code to the catalogues of translations
	$(BIN)/python -m docs.make_words

##@ Care

.PHONY: setup
setup: .venv/.installed assets ## Install everything that the other targets need

.PHONY: lock
lock: .tools/.uv .tools/.node ## Recompile the locks (UPGRADE=--upgrade: newest)
	for name in tools node run dev fuzz bench; do \
	  $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --custom-compile-command 'make lock' $(UPGRADE) \
	    "requirements/$$name.in" --output-file "requirements/$$name.txt"; \
	done
	$(WITH_NODE) npm install --package-lock-only

.PHONY: clean
clean: ## Remove everything that make has made, the demonstration too
	rm -rf .tools .venv .venv-bench .venv-fuzz .fuzz node_modules dist .demo $(ASSETS)
	rm -rf .benchmarks .hypothesis .import_linter_cache .mypy_cache .pytest_cache
	rm -rf .ruff_cache screening/report/fonts tests/browser/vendor
	find screening tests -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## List the targets
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {print "\n" substr($$0, 5)} \
	  /^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' Makefile

# ------------------------------------------------------------------- Python

.SILENT: .venv-bench/.synced .venv-fuzz/.synced .tools/.uv .venv/.synced .venv/.installed .tools/.node \
  node_modules/.installed $(ASSETS) system

.tools/.uv: requirements/tools.txt
	$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Screening needs Python 3.11 or newer, with its venv module.' >&2; \
	  echo 'Install it (on Debian: python3-venv), or name one: make PYTHON=...' >&2; \
	  exit 1; }
	echo 'Setting up uv in .tools'
	$(PYTHON) -m venv .tools/python
	.tools/python/bin/python -m pip install --quiet --disable-pip-version-check \
	  --require-hashes --only-binary :all: -r requirements/tools.txt
	touch $@

.venv/.synced: .tools/.uv requirements/dev.txt
	echo 'Setting up Python packages in .venv'
	[ -x $(BIN)/python ] || $(UV) venv --quiet --python "$$(command -v $(PYTHON))" .venv
	$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python \
	  --require-hashes requirements/dev.txt
	touch $@

.venv/.installed: .venv/.synced pyproject.toml hatch_build.py
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation \
	  --editable .
	$(BIN)/python -m compileall -q screening
	touch $@

# WeasyPrint leans on the system's Pango (on Debian: libpangoft2-1.0-0); where there is
# none, its figure is not measured.
.venv-bench/.synced: .tools/.uv requirements/bench.txt
	echo 'Setting up Python packages in .venv-bench'
	[ -x .venv-bench/bin/python ] || \
	  $(UV) venv --quiet --python "$$(command -v $(PYTHON))" .venv-bench
	$(UV) pip sync --quiet --python .venv-bench/bin/python --require-hashes \
	  requirements/bench.txt
	touch $@

# An environment of its own: there are no wheels of atheris for every machine.
.venv-fuzz/.synced: .tools/.uv requirements/dev.txt requirements/fuzz.txt
	echo 'Setting up Python packages in .venv-fuzz'
	[ -x .venv-fuzz/bin/python ] || \
	  $(UV) venv --quiet --python "$$(command -v $(PYTHON))" .venv-fuzz
	$(UV) pip sync --quiet --python .venv-fuzz/bin/python --require-hashes \
	  requirements/dev.txt requirements/fuzz.txt
	$(UV) pip install --quiet --python .venv-fuzz/bin/python --no-deps \
	  --no-build-isolation --editable .
	touch $@

# --------------------------------------------------------- Node.js, front end

.tools/.node: .tools/.uv requirements/node.txt .ci/node-is-usable
	if .ci/node-is-usable; then rm -rf .tools/node; else \
	  echo 'No Node.js of 20.19 or newer with npm: installing one into .tools/node'; \
	  $(UV) venv --quiet --clear --python "$$(command -v $(PYTHON))" .tools/node; \
	  $(UV) pip sync --quiet --python .tools/node/bin/python --require-hashes \
	    requirements/node.txt; \
	fi
	touch $@

node_modules/.installed: .tools/.node package.json package-lock.json .npmrc
	echo 'Setting up front-end packages in node_modules'
	$(WITH_NODE) npm ci --ignore-scripts --omit=optional --loglevel=error
	touch $@

.PHONY: assets
assets: $(ASSETS)

$(STATIC)/%.css: node_modules/.installed $(STYLES)
	echo 'Building the style sheet $(@F)'
	mkdir -p $(@D)
	$(WITH_NODE) node node_modules/sass/sass.js --load-path=node_modules \
	  --style=compressed --no-source-map --quiet-deps \
	  screening/web/styles/$*.scss $@

COPY = mkdir -p $(@D) && cp $(1) $@

# The few components that pages use, a third of the library's own file. The bundler is the
# one in WebAssembly, which is the same on every machine.
$(STATIC)/nhsuk-frontend.min.js: node_modules/.installed screening/web/library.mjs
	mkdir -p $(@D)
	$(WITH_NODE) node node_modules/esbuild-wasm/bin/esbuild screening/web/library.mjs \
	  --bundle --minify --format=esm --target=es2020 --log-level=warning --outfile=$@

$(STATIC)/accessible-autocomplete.min.js: node_modules/.installed
	$(call COPY,node_modules/accessible-autocomplete/dist/accessible-autocomplete.min.js)

$(STATIC)/accessible-autocomplete.LICENSE: node_modules/.installed
	$(call COPY,node_modules/accessible-autocomplete/LICENSE.txt)

# NotoSansKR comes from the package noto-sans-kr.
NOTO_PACKAGE = node_modules/@expo-google-fonts/$(shell \
  sed -E 's/([a-z])([A-Z])/\1-\2/g' <<<'$(1)' | tr A-Z a-z)

$(FONTS)/Noto%.ttf: node_modules/.installed
	$(call COPY,$(call NOTO_PACKAGE,Noto$*)/400Regular/Noto$*_400Regular.ttf)

$(FONTS)/Noto%.LICENSE: node_modules/.installed
	$(call COPY,$(call NOTO_PACKAGE,Noto$*)/LICENSE_FONT)

$(FONTS)/%.ttf: node_modules/.installed
	$(call COPY,node_modules/dejavu-fonts-ttf/ttf/$*.ttf)

$(FONTS)/DejaVuSans.LICENSE: node_modules/.installed
	$(call COPY,node_modules/dejavu-fonts-ttf/LICENSE)

$(VENDOR)/axe.min.js: node_modules/.installed
	$(call COPY,node_modules/axe-core/axe.min.js)

# ----------------------------------------------------------- system's own tools

.PHONY: system
system: .venv/.installed
	.ci/system-tools

# qc: `make demo` and `make test` do all the set-up by themselves.
.DEFAULT_GOAL := help
PY := .venv/bin/python
export OPENBLAS_NUM_THREADS := 1
export OMP_NUM_THREADS := 1

.PHONY: help setup setup-test setup-cms test-cms demo test check format lint types layers schema golden bench bench-instructions bench-baseline kernel docs generate clean

help:  ## Show this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

setup:  ## Install everything into .venv (and Debian packages, as root)
	@scripts/setup.sh

setup-test:
	@QC_TEST_PACKAGES=1 scripts/setup.sh

demo: setup  ## Check the sample articles and show the reports
	@$(PY) -m qc check samples; code=$$?; [ $$code -le 1 ] || exit $$code

test: setup-test  ## Run the tests
	@$(PY) -m pytest -n 2 --dist loadfile -m "not cms and not writer"

setup-cms:
	@QC_TEST_PACKAGES=cms scripts/setup.sh

test-cms: setup-cms  ## Run the tests inside real WordPress, Wagtail and LibreOffice Writer
	@QC_REQUIRE_ALL=1 $(PY) -m pytest -m "cms or writer"

check: setup-test  ## Format, lint, types, layers and tests
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy --strict
	@.venv/bin/lint-imports --no-cache
	@$(PY) -m pytest -n 2 --dist loadfile -m "not cms and not writer"

format: setup  ## Format the code
	@$(PY) -m ruff format .
	@$(PY) -m ruff check --fix .

generate: setup  ## Write what is generated: JSON Schema, rule pages, golden reports
	@$(PY) -m scripts.generate

docs: setup  ## Build the documentation into site/ (offline)
	@.venv/bin/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[docs]'
	@.venv/bin/mkdocs build --quiet --strict

kernel: setup  ## Compile the spelling kernel (done by the set-up too, where there is a C compiler)
	@$(PY) -m scripts.build_kernel

bench: setup  ## Measure against peers (QC_DATA=DIR: labelled texts); writes docs/benchmarks.md
	@bench/suite/install.sh
	@$(PY) -m bench.suite

bench-instructions: setup  ## Instructions of the text path against the committed baseline (+2 %)
	@bench/suite/install.sh programs
	@$(PY) -m bench.suite.instructions

bench-baseline: setup  ## Make today's count of instructions the baseline, after a change that is meant
	@bench/suite/install.sh programs
	@$(PY) -m bench.suite.instructions --write

clean:  ## Remove the environment and caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Sagsgang: the commands of the house. `make demo` shows it, `make test` checks it.
.PHONY: setup demo demo-reset test test-long fmt messages bench

RUN = .tools/bin/uv run --no-sync
TESTS = $(RUN) pytest -q -n 2

setup:
	@./scripts/setup.sh

demo: setup
	@$(RUN) sagsgang demo

demo-reset: setup
	@$(RUN) sagsgang demo --reset

# Every check and every test but the long ones.
test: setup
	$(RUN) ruff check
	$(RUN) ruff format --check --quiet
	$(RUN) djlint --lint --quiet sagsgang
	$(RUN) lint-imports --no-logo
	$(RUN) mypy
	$(RUN) sagsgang manage makemigrations --check --dry-run
	$(TESTS) --dist loadfile --no-loadscope-reorder -m "not long"

# All the others, among them 200 worlds and 200 tamperings of each chained table: about half an hour.
test-long: setup
	$(TESTS) --dist loadgroup -m long

fmt: setup
	$(RUN) ruff check --fix --quiet
	$(RUN) ruff format --quiet

# Collects the words of the screens into locale/ and compiles them. Needs gettext (apt install gettext).
messages: setup
	$(RUN) python scripts/messages.py

bench: setup
	$(RUN) python -m bench.first
	$(RUN) python -m bench.paths
	$(RUN) python -m bench.year
	$(RUN) python -m bench.headcount
	$(RUN) python -m bench.uploads
	$(RUN) python -m bench.prints
	$(RUN) python -m bench.sittings
	$(RUN) python -m bench.portal
	$(RUN) python -m bench.release
	$(RUN) python -m bench.search
	$(RUN) python -m bench.gate

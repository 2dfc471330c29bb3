# Everything a developer or operator does, by name. Each target sets up what it needs first.
PYTHON := .venv/bin/python
export RASA_TELEMETRY_ENABLED := false
export TF_CPP_MIN_LOG_LEVEL := 3
export SQLALCHEMY_SILENCE_UBER_WARNING := 1

.PHONY: run chat test check contract fuzz train eval bench setup format docs pictures programs release clean help

run: train ## set up, train when needed, serve on http://127.0.0.1:5005
	@$(PYTHON) -m beian serve

chat: train ## talk in the terminal
	@$(PYTHON) -m beian chat

train: setup ## train the model when its sources have changed
	@$(PYTHON) -m beian train

test: train programs ## run all tests, two at a time; in one process: make test PYTEST_ARGS="-n 0"
	@$(PYTHON) -m pytest -n 2 $(PYTEST_ARGS)

fuzz: train ## draw new examples for the generated tests: make fuzz SECONDS=600 EXAMPLES=20000 SEED=1 TESTS=tests/server
	@EXAMPLES='$(EXAMPLES)' SECONDS_='$(SECONDS)' SEED='$(SEED)' TESTS='$(TESTS)' sh scripts/fuzz.sh

check: setup ## format, lint, types, knowledge base, training data
	@sh scripts/check.sh

contract: setup ## write what is generated from beian/contract/: OpenAPI, schema, TypeScript, tables
	@$(PYTHON) -m beian contract

format: setup ## bring the code into the project's format
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

eval: train ## measure the understanding, write docs/evaluation.md and the coverage in docs/supplement.md
	@$(PYTHON) -m bench.evaluate
	@$(PYTHON) -m bench.supplement

bench: train ## measure the server beside stock Rasa, long conversations, full databases, hostile texts
	@$(PYTHON) -m bench.server
	@$(PYTHON) -m bench.stores
	@$(PYTHON) -m bench.adversarial

docs: setup ## write the parts of docs/ that are read off the code
	@$(PYTHON) scripts/write_docs.py

pictures: train programs ## record the README's dialogue and take its pictures, in a real browser
	@$(PYTHON) scripts/record_dialogue.py

setup: ## set up .venv from requirements.lock
	@sh scripts/setup.sh

programs: setup ## install what single tests want: Chromium, nginx, PostgreSQL, Node
	@sh scripts/programs.sh

release: setup ## check, and build in dist/: wheels, and an archive of the sources that serves by itself
	@sh scripts/release.sh

clean: ## remove what can be made again
	rm -rf .venv .uv .cache .rasa models web/node_modules

help: ## show this
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/\1\t\2/p' $(firstword $(MAKEFILE_LIST)) | awk -F '\t' '{ printf "make %-9s %s\n", $$1, $$2 }'

#!/bin/sh
# What must hold before anything is tested: format, lint, types, contract, knowledge, training data.
set -eu
cd "$(dirname "$0")/.."
export RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 SQLALCHEMY_SILENCE_UBER_WARNING=1

step() { printf '→ %s\n' "$1" >&2; }

step format
.venv/bin/ruff format --check --quiet .
step lint
.venv/bin/ruff check --quiet .
step types
.venv/bin/mypy
step contract
.venv/bin/python -m beian contract --check
step "knowledge base and training data"
.venv/bin/python -m beian check
step "generated parts of the documents"
.venv/bin/python scripts/write_docs.py --check
step "rasa data validate"
sh scripts/rasa_validate.sh
printf '✓ check\n' >&2

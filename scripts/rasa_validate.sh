#!/bin/sh
# Rasa's own look at domain, rules and training data: its log is shown only when something is wrong.
set -eu
cd "$(dirname "$0")/.."
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! PYTHONWARNINGS=ignore RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 \
    .venv/bin/rasa data validate --fail-on-warnings >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi

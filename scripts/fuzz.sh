#!/bin/sh
# Draw new examples for the generated tests, round after round, until the time is over or something is found.
#   EXAMPLES  for each test and round (default 20000)
#   SECONDS_  how long to begin new rounds (default 3600); one round at least
#   SEED      the first round's seed (default: new each time); says how to repeat a find
#   TESTS     which tests (default: all generated ones)
set -eu
cd "$(dirname "$0")/.."
examples=${EXAMPLES:-20000}
seconds=${SECONDS_:-3600}
seed=${SEED:-$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')}
end=$(($(date +%s) + seconds))
while :; do
    printf '→ fuzz: SEED=%s EXAMPLES=%s\n' "$seed" "$examples" >&2
    # shellcheck disable=SC2086
    if ! BEIAN_FUZZ=$examples .venv/bin/python -m pytest -q -m hypothesis -p no:randomly -o timeout=0 \
        --hypothesis-seed="$seed" ${TESTS:-tests}; then
        printf '✗ found; repeat with: make fuzz SEED=%s EXAMPLES=%s%s SECONDS=0\n' \
            "$seed" "$examples" "${TESTS:+ TESTS=\"$TESTS\"}" >&2
        exit 1
    fi
    [ "$(date +%s)" -lt "$end" ] || break
    seed=$(((seed + 1000) % 4294967296))
done
printf '✓ fuzz: nothing found\n' >&2

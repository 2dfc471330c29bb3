#!/bin/sh
# Check, then build in dist/:
#   the wheel of the conversation tests, which anybody can install; the wheel of the product; and an archive of
#   the sources, which installs, trains and serves where it is unpacked, without version control.
# CHECK=no leaves the checks out (they have been run).
set -eu
cd "$(dirname "$0")/.."

say() { printf '→ %s\n' "$1" >&2; }
die() { printf '✗ %s\n' "$1" >&2; exit 1; }

python=$(pwd)/.venv/bin/python
out=$(pwd)/dist
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p dist "$work/source"

say "versions"
"$python" scripts/version.py

if [ "${CHECK:-yes}" != no ]; then
    sh scripts/check.sh
    if command -v npm >/dev/null 2>&1; then
        say "web bundle"
        [ -e web/node_modules/.package-lock.json ] || npm --prefix web ci --silent
        cp -R beian/server/static "$work/static"
        npm --prefix web run --silent build
        diff -r beian/server/static "$work/static" >/dev/null || die "网页的构建结果变了：先提交 beian/server/static"
    fi
fi

# In a copy of what is under version control, as it is in the working tree: building leaves folders behind, and
# one of them would be a package of the next build. Where the archive was unpacked, everything but what is made.
if [ -e .git ]; then
    # A file that was deleted and not yet committed is still listed.
    git ls-files -z --deduplicate >"$work/listed"
    tar --null -T "$work/listed" --ignore-failed-read -cf - 2>/dev/null | tar -C "$work/source" -xf -
else
    tar --exclude=./.venv --exclude=./.uv --exclude=./.cache --exclude=./.rasa --exclude=./models --exclude=./var \
        --exclude=./dist --exclude=node_modules --exclude=__pycache__ --exclude='*.egg-info' --exclude=PKG-INFO \
        --exclude='*_cache' -cf - . | tar -C "$work/source" -xf -
fi

build() {
    (cd "$2" && "$python" -I -c "import sys; from setuptools import build_meta; print(build_meta.$1(sys.argv[1]))" "$out" \
        2>"$work/log" || { cat "$work/log" >&2; exit 1; }) | tail -1
}

say "building"
build build_wheel "$work/source/beian_suite"
rm -rf "$work/source/beian_suite/build" "$work/source/beian_suite"/*.egg-info
build build_sdist "$work/source"
build build_wheel "$work/source"

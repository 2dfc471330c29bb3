#!/bin/sh
# Build the wheels in dist/: the conversation tests, which anybody can install, and the product that uses them.
set -eu
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p dist

build() {
    # In a copy: building leaves folders behind, and one of them would be a package of the next build.
    mkdir "$work/$1"
    shift_to=$work/$1
    shift
    cp -R "$@" "$shift_to"
    find "$shift_to" -name __pycache__ -prune -exec rm -rf {} + -o -name '*.egg-info' -prune -exec rm -rf {} +
    (cd "$shift_to" && "$python" -I -c 'import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))' "$out" 2>&1) |
        tail -1
}

python=$(pwd)/.venv/bin/python
out=$(pwd)/dist
build suite beian_suite/.
build product beian actions pyproject.toml README.md LICENSE

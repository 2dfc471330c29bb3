"""The version stands in pyproject.toml; this checks the places that have to repeat it, or writes them.

    python scripts/version.py           say where another one stands (exit status 1)
    python scripts/version.py --write   write it there

The web client's package files repeat it (so does docs/openapi.json, which `python -m beian contract` writes).
The changelog has to have a dated section of it, which only a person can write.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_PROJECT = re.compile(r'^version = "([^"]+)"', re.MULTILINE)
# Where it is repeated: a file, and what stands before the version, as often as it has to be replaced.
_REPEATED = {
    "web/package.json": r'(\A\{\s*"name": "[^"]+",\s*"version": ")([^"]+)',
    "web/package-lock.json": r'("name": "beian-widget",\s*"version": ")([^"]+)',
}


def version(root: Path = ROOT) -> str:
    """The version of the project. Raises ValueError when pyproject.toml has none."""
    found = _PROJECT.search((root / "pyproject.toml").read_text(encoding="utf-8"))
    if found is None:
        raise ValueError("pyproject.toml has no version")
    return found[1]


def differing(root: Path = ROOT) -> dict[str, str]:
    """The files that repeat the version and have another one, and what they should be."""
    own = version(root)
    found = {}
    for name, pattern in _REPEATED.items():
        text = (root / name).read_text(encoding="utf-8")
        written, count = re.subn(pattern, lambda match: match[1] + own, text)
        if not count:
            raise ValueError(f"{name} has no version where one is expected")
        if written != text:
            found[name] = written
    return found


def is_told(root: Path = ROOT) -> bool:
    """Whether the changelog has a dated section of the version."""
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    return bool(re.search(rf"^## \[{re.escape(version(root))}\] - \d{{4}}-\d\d-\d\d$", text, re.MULTILINE))


def main() -> int:
    """Check or write; the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write the version where another one stands")
    options = parser.parse_args()
    found = differing()
    for name, text in found.items():
        sys.stderr.write(f"{name}: {'written' if options.write else 'another version'}\n")
        if options.write:
            (ROOT / name).write_text(text, encoding="utf-8")
    if not is_told():
        sys.stderr.write(f"CHANGELOG.md has no dated section [{version()}]\n")
    return int(not is_told() or bool(found and not options.write))


if __name__ == "__main__":
    sys.exit(main())

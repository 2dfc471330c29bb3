"""The files that are written from the contract."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from beian.contract.generate.openapi import openapi
from beian.contract.generate.schema import reply_schema
from beian.contract.generate.tables import filled
from beian.contract.generate.typescript import types_ts
from beian.contract.generate.values import values_py, values_ts
from beian.contract.reply import Reply
from beian.text import patterns

PAGES = ("api.md", "desk.md", "reply.md")
_VERSION = patterns.compile(r'(?:^|\n)version = "([^"]+)"')


def generated(root: Path) -> dict[Path, str]:
    """What each file must hold, by its path; `root` is the project's folder.

    Raises TableError, OSError, or ValueError when pyproject.toml has no version.
    """
    docs = root / "docs"
    schema = reply_schema(Reply, title="一条回复", text="说明见 reply.md。")
    return {
        docs / "openapi.json": _json(openapi(_version(root))),
        docs / "reply.schema.json": _json(schema),
        root / "web" / "src" / "shared" / "types.ts": types_ts(),
        root / "web" / "src" / "shared" / "values.ts": values_ts(),
        root / "beian_suite" / "reply_values.py": values_py(),
        **{docs / name: filled((docs / name).read_text(encoding="utf-8")) for name in PAGES},
    }


def stale(root: Path) -> list[Path]:
    """The files that do not hold what they must. Raises as `generated`."""
    return [path for path, text in generated(root).items() if not _holds(path, text)]


def write(root: Path) -> list[Path]:
    """Write those that are stale; their paths. Raises as `generated`."""
    found = stale(root)
    texts = generated(root)
    for path in found:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(texts[path], encoding="utf-8")
    return found


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _version(root: Path) -> str:
    """The project's, not what is installed: who changes it writes the files before installing anew."""
    found = _VERSION.search((root / "pyproject.toml").read_text(encoding="utf-8"))
    if found is None:
        raise ValueError("pyproject.toml has no version")
    return str(found[1])


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

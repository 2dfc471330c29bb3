"""What is kept beside the SQLite files: that there was a database, and that a restore is under way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from beian.store.schema.files import whole

_SEEN, _RESTORING = "schema.json", "restoring"


def seen(file: Path) -> bool:
    """Whether there has been a database in this file."""
    return file.name in _read(file.parent)


def note(file: Path, revision: str) -> None:
    """Note that the file holds a database of this revision. Raises OSError."""
    known = _read(file.parent)
    if known.get(file.name) != revision:
        known[file.name] = revision
        with whole(file.parent / _SEEN) as unfinished:
            unfinished.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def _read(folder: Path) -> dict[str, Any]:
    try:
        known = json.loads((folder / _SEEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def restoring(folder: Path) -> Path:
    """The file that is there while a restore exchanges the databases of a folder."""
    return folder / _RESTORING

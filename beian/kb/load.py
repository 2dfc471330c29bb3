"""Read and check the knowledge base; report every problem at once, readably."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from beian.kb.build import build
from beian.kb.faults import check_schema, read_file
from beian.kb.model import KnowledgeBase
from beian.kb.references import check_references
from beian.kb.supplement_files import build_supplement, check_supplement, paths, read_supplement
from beian.project import ROOT

FILES = (
    "procedure",
    "vocabulary",
    "themes",
    "naming",
    "calendar",
    "contact",
    "phrases",
    "foreign",
    "papers",
    "definitions",
    "rulings",
)


class KnowledgeError(ValueError):
    """The knowledge base cannot be used; `problems` has one readable line for each fault."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def default_path() -> Path:
    """The kb/ folder of the project."""
    return ROOT / "kb"


def read_knowledge(path: Path | None = None) -> KnowledgeBase:
    """Read the folder `path` (kb/ by default) as it is now.

    Raises KnowledgeError listing all problems as "[file › path] what is wrong, what to do".
    """
    folder = path or default_path()
    # Taken before the files are read: what is edited meanwhile counts as another version.
    version, second_version = version_of(folder), _digest(paths(folder))
    data, problems = {}, []
    for name in FILES:
        content, faults = _read(folder, name)
        problems += faults
        if content is not None:
            data[name] = content
    second, faults = read_supplement(folder)
    whole = not problems
    problems += faults
    if whole:
        problems += check_references(data)
        problems += [] if faults else check_supplement(second, data)
    if problems:
        raise KnowledgeError(problems)
    return replace(build(data, version), supplement=build_supplement(second, second_version))


def version_of(folder: Path) -> str:
    """A short digest of the knowledge files, the same for the same content."""
    return _digest([*(folder / f"{name}.yml" for name in FILES), *paths(folder)])


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes() if file.is_file() else b"")
    return digest.hexdigest()[:12]


def _read(folder: Path, name: str) -> tuple[Any, list[str]]:
    """One file's content and its problems; content is None when it cannot be used."""
    content, problems = read_file(folder / f"{name}.yml", f"{name}.yml", pure=True)
    if not problems:
        problems = check_schema(name, f"{name}.yml", content)
    return (None if problems else content), problems

"""The knowledge base that this process answers from: read once, and replaced as a whole or not at all."""

from __future__ import annotations

from pathlib import Path

from beian.kb.load import default_path, read_knowledge
from beian.kb.model import KnowledgeBase

_in_use: dict[Path, KnowledgeBase] = {}


def load_knowledge(path: Path | None = None) -> KnowledgeBase:
    """What is in use of the folder `path` (kb/ by default), read when it is first asked for.

    Raises KnowledgeError.
    """
    folder = path or default_path()
    if folder not in _in_use:
        _in_use[folder] = read_knowledge(folder)
    return _in_use[folder]


def use_knowledge(kb: KnowledgeBase, path: Path | None = None) -> None:
    """Let `kb` be what is in use of a folder from now on; whoever has the former one keeps it."""
    _in_use[path or default_path()] = kb

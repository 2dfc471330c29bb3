"""What of the knowledge base a model is trained with. The rest may be reworded under a trained model.

The texts of facts are left out: training reads from them one number, how many of their pairs of signs a
message shares, which names no fact and is counted anew whenever the knowledge base is loaded.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from beian.kb.load import load_knowledge, version_of
from beian.kb.model import KnowledgeBase


def trained_with(kb: KnowledgeBase) -> dict[str, Any]:
    """The words, the wording of the buttons, and what is asked of which case."""
    return {
        "terms": [asdict(term) for term in kb.terms],
        "words": [kb.plain_terms, sorted(kb.spellings.items())],
        "foreign": kb.foreign_objects,
        "buttons": [(entry.id, entry.question, entry.title) for entry in kb.entries],
        "cells": [asdict(cell) | {"text": ""} for cell in kb.cells.values()],
        "own_subjects": [theme.id for theme in kb.themes.values() if theme.own_subject],
    }


def training_version(folder: Path) -> str:
    """A short digest of what a model is trained with. Raises KnowledgeError."""
    return _digest_of(folder, version_of(folder))


@lru_cache(maxsize=8)
def _digest_of(folder: Path, _version: str) -> str:
    # Past the cache of loaded folders: the files may have changed since.
    parts = json.dumps(trained_with(load_knowledge.__wrapped__(folder)), ensure_ascii=False)
    return hashlib.sha256(parts.encode()).hexdigest()[:12]

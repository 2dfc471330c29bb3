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

from beian.kb.load import read_knowledge, version_of
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


_PLACES = {
    "terms": "vocabulary.yml 的名称与别名",
    "words": "vocabulary.yml 的 terms、spellings",
    "foreign": "foreign.yml",
    "buttons": "标题、问句",
    "cells": "aspect、when、concerns、next、lists、nearest、清单的条数",
    "own_subjects": "own_subject",
}
_MOST_NAMED = 5


def to_train_again(new: KnowledgeBase, old: KnowledgeBase) -> list[str]:
    """What of `new` a model that was trained with `old` would have to be trained with again, one line for
    each part, with the first entries that differ; [] where it can be used as it is."""
    before, after = _by_entry(old), _by_entry(new)
    return [
        f"{_PLACES[part]}（{'、'.join(_names(before[part], after[part]))}）"
        for part in after
        if after[part] != before[part]
    ]


def _by_entry(kb: KnowledgeBase) -> dict[str, list[Any]]:
    parts = trained_with(kb)
    terms, spellings = parts["words"]
    return {**parts, "words": [*terms, *spellings]}


def _names(before: list[Any], after: list[Any]) -> list[str]:
    """The first entries that one of two parts has and the other has not, by their ids or words."""
    held = [[json.dumps(entry, ensure_ascii=False) for entry in part] for part in (before, after)]
    differing = [entry for own, other in (held, held[::-1]) for entry in own if entry not in set(other)]
    names = list(dict.fromkeys(_name(json.loads(entry)) for entry in differing)) or ["次序"]
    return [*names[:_MOST_NAMED], *(["……"] if len(names) > _MOST_NAMED else [])]


def _name(entry: Any) -> str:
    """An entry's id, or the first word in it."""
    if isinstance(entry, dict):
        return str(entry.get("id") or entry["target"])
    return _name(entry[0]) if isinstance(entry, list) else str(entry)


def training_version(folder: Path) -> str:
    """A short digest of what a model is trained with. Raises KnowledgeError."""
    return _digest_of(folder, version_of(folder))


@lru_cache(maxsize=8)
def _digest_of(folder: Path, _version: str) -> str:
    # Not what is in use: the files may have changed since.
    parts = json.dumps(trained_with(read_knowledge(folder)), ensure_ascii=False)
    return hashlib.sha256(parts.encode()).hexdigest()[:12]

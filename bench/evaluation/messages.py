"""What every system is trained on: the training messages and the wording of every button."""

from __future__ import annotations

import hashlib

from beian.kb import KnowledgeBase
from beian.meaning.data import FOLDER
from beian.nlu.data_check import read_messages
from beian.nlu.labels import label_of
from beian.text.normalize import compact, normalize

Pair = tuple[str, str]


def training_pairs(kb: KnowledgeBase) -> list[Pair]:
    """(message as written, label), each message once."""
    pairs = list(read_messages())
    pairs += [
        (wording, label_of(entry.id)) for entry in kb.entries for wording in (entry.question, entry.title)
    ]
    once = {compact(normalize(text)): (text, label) for text, label in reversed(pairs)}
    return list(reversed(once.values()))


def digest_of(pairs: list[Pair], *settings: object) -> str:
    """A short name for a training set and the settings used with it."""
    digest = hashlib.sha256(repr(settings).encode())
    for text, label in pairs:
        digest.update(f"{label}\t{text}\n".encode())
    return digest.hexdigest()[:16]


def contextual_digest() -> str:
    """A short name for the trees of data/contextual as they are."""
    digest = hashlib.sha256()
    for file in sorted(FOLDER.glob("*.txt")):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]

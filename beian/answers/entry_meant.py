"""Which entry of a fact a message is about."""

from __future__ import annotations

import math
from collections import Counter
from functools import lru_cache

from beian.hearing.heard import Heard
from beian.kb import Fact, KnowledgeBase

# An entry is meant when it shares this much of what is rare among all entries with the message.
ENTRY_MEANT = 3.0


def entries_of(fact: Fact) -> tuple[str, ...]:
    """What a question can be about: the entries of its lists, and the parts of its sentences."""
    sentences = [
        part.strip()
        for kind, lines in fact.body
        if kind == "text"
        for line in lines
        for part in line.replace("；", "。").split("。")
        if part.strip() and not part.strip().endswith("：")
    ]
    return (*fact.items, *sentences)


def entry_meant(fact: Fact, heard: Heard, kb: KnowledgeBase) -> str | None:
    """The entry of a fact's list that a message is about, by the words they share and the document named."""
    rarity = _rarity(kb.version, tuple(entry for known in kb.facts.values() for entry in entries_of(known)))
    named = [("document", name) for name in heard.said.documents] + [*heard.said.named]
    terms = [kb.term(group, name) for group, name in named]
    words = {word for term in terms if term for word in (term.name, *term.aliases)}
    asked = _grams(heard.said.text)
    best, most = None, ENTRY_MEANT
    for entry in entries_of(fact):
        score = sum(rarity.get(gram, 0.0) for gram in asked & _grams(entry))
        score += ENTRY_MEANT * any(word in entry for word in words)
        if score > most:
            best, most = entry, score
    return best


def _grams(text: str) -> set[str]:
    """Single characters and pairs of them."""
    return {*text, *(text[place : place + 2] for place in range(len(text) - 1))}


@lru_cache(maxsize=4)
def _rarity(_version: str, entries: tuple[str, ...]) -> dict[str, float]:
    """How much it tells that a gram is shared: pairs more than single characters, rare ones more."""
    seen = Counter(gram for entry in entries for gram in _grams(entry))
    return {
        gram: (1.0 if len(gram) > 1 else 0.35) * math.log(len(entries) / count)
        for gram, count in seen.items()
    }

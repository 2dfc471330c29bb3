"""Whether the document has a word at all, or a theme that it is known to leave open."""

from __future__ import annotations

from beian.kb import KnowledgeBase

_SHORTEST = 2


def is_written(word: str, kb: KnowledgeBase, *, themes: bool = True) -> bool:
    """Whether the facts or the terms have a word, or, where `themes` count, an open theme."""
    if len(word) < _SHORTEST:
        return False
    held = [line for fact in kb.facts.values() for _, lines in fact.body for line in lines]
    terms = [name for term in kb.terms for name in (term.name, *term.aliases)]
    titles = [theme.title for theme in kb.themes.values()] if themes else []
    return any(word in text for text in (*held, *terms, *titles))

"""The clauses that stand in a message: up to the next sign that ends one."""

from __future__ import annotations

from beian.text import patterns

_CLAUSE_END = patterns.compile(r"[,，。;；!！?？\s]")


def clauses_in(text: str) -> list[str]:
    """The clauses of a text, in order; "" where signs stand beside each other."""
    return list(_CLAUSE_END.split(text))


def clause_around(text: str, start: int, end: int) -> str:
    """The clause in which what stands from `start` to `end` stands."""
    return clauses_in(text[:start])[-1] + text[start:end] + clauses_in(text[end:])[0]

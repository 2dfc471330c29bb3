"""The clauses that stand in a message: up to the next sign that ends one."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from beian.text import patterns

_CLAUSE_END = patterns.compile(r"[,，。;；!！?？\s]")


def clauses_in(text: str) -> list[str]:
    """The clauses of a text, in order; "" where signs stand beside each other."""
    return list(_CLAUSE_END.split(text))


def clause_around(text: str, start: int, end: int) -> str:
    """The clause in which what stands from `start` to `end` stands."""
    ends = _ends(text)
    before, after = bisect_left(ends, start), bisect_left(ends, end)
    return text[ends[before - 1] + 1 if before else 0 : ends[after] if after < len(ends) else len(text)]


@lru_cache(maxsize=8)
def _ends(text: str) -> tuple[int, ...]:
    """Where the signs stand that end a clause. A message has many days and one text."""
    return tuple(match.start() for match in _CLAUSE_END.finditer(text))

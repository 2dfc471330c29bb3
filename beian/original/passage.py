"""Which words of a section a fact rests on: those it restates, by the terms that it has of its own."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from beian.original.lines import folded

SENTENCE_ENDS = "。！？；!?;"
_CLAUSE_ENDS = "，,：:"
_OPENING = "《“‘（("
_AFTER = _CLAUSE_ENDS + "；; "
# Of what is marked, weighed by rarity, a fact restates at least this share; of each clause at its ends this.
SHARE = 0.5
CLAUSE_SHARE = 0.34
# Of what the sentence nearest to a fact shares with it, each has at least so much: less may be chance.
LEAST_SHARED = 0.3
# A list of several matters may take one clause of each: that much of it.
ENTRY_SHARE = 0.6
_SHORTEST_ENTRY = 3


@dataclass(frozen=True)
class Mark:
    """Characters `start` to `end` (exclusive) of line `line`."""

    line: int
    start: int
    end: int


class Terms:
    """The weight of each pair of neighbouring characters: the rarer in the document, the heavier."""

    def __init__(self, lines: Iterable[str]) -> None:
        sentences = [grams_of(text[start:end]) for text in lines for start, end in cut(text, SENTENCE_ENDS)]
        self._count = Counter(gram for grams in sentences for gram in grams)
        self._most = math.log(len(sentences) + 2)

    def weight(self, grams: Iterable[str]) -> float:
        """The weight of some pairs together."""
        return sum(self._most - math.log(self._count[gram] + 1) for gram in grams)

    def weight_of(self, said: str, fact: str) -> float:
        """The weight of what both say."""
        return self.weight(grams_of(said) & grams_of(fact))

    def share(self, said: str, fact: frozenset[str]) -> float:
        """How much of what is said the fact says too, 0 to 1."""
        grams = grams_of(said)
        whole = self.weight(grams)
        return self.weight(grams & fact) / whole if whole else 0.0


def grams_of(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters."""
    plain = folded(text)
    return frozenset(plain[place : place + 2] for place in range(len(plain) - 1))


def cut(text: str, ends: str) -> list[tuple[int, int]]:
    """The parts of a text up to and with each of the marks, as (start, end)."""
    parts, start = [], 0
    for place, character in enumerate(text):
        if character in ends:
            parts.append((start, place + 1))
            start = place + 1
    return [*parts, (start, len(text))] if start < len(text) else parts


def passage(lines: list[str], fact: str, terms: Terms, listing: bool = False) -> list[Mark]:
    """The sentences of a section that the fact restates, without clauses that it leaves out at their ends.

    `listing`: the fact lists what the section says at length, and takes single clauses of it.
    """
    grams = grams_of(fact)
    sentences = (text[start:end] for text in lines for start, end in cut(text, SENTENCE_ENDS))
    least = LEAST_SHARED * max((terms.weight(grams_of(said) & grams) for said in sentences), default=0.0)
    marks: list[Mark] = []
    for number, text in enumerate(lines):
        for start, end in cut(text, SENTENCE_ENDS):
            clauses = [(start + first, start + last) for first, last in cut(text[start:end], _CLAUSE_ENDS)]
            kept = _restated(text, clauses, grams, least, terms)
            if not kept and listing:
                entries = [clause for clause in clauses if _is_entry(text, clause, grams, terms)]
                marks += [Mark(number, *_bare(text, *entry)) for entry in entries]
            elif kept:
                marks.append(Mark(number, *_bare(text, *kept)))
    return marks


def _restated(
    text: str, clauses: list[tuple[int, int]], fact: frozenset[str], least: float, terms: Terms
) -> tuple[int, int] | None:
    """From the first to the last clause of a sentence that the fact restates, where that is most of it."""
    kept = [(start, end) for start, end in clauses if terms.share(text[start:end], fact) >= CLAUSE_SHARE]
    while len(kept) > 1 and _adds_nothing(text, kept, fact):
        kept.pop()
    if not kept:
        return None
    said = text[kept[0][0] : kept[-1][1]]
    enough = terms.weight(grams_of(said) & fact) >= least
    return (kept[0][0], kept[-1][1]) if enough and terms.share(said, fact) >= SHARE else None


def _adds_nothing(text: str, clauses: list[tuple[int, int]], fact: frozenset[str]) -> bool:
    """Whether the last of some clauses restates only what those before it do."""
    before = frozenset().union(*(grams_of(text[start:end]) for start, end in clauses[:-1]))
    return not (grams_of(text[slice(*clauses[-1])]) & fact) - before


def _is_entry(text: str, clause: tuple[int, int], fact: frozenset[str], terms: Terms) -> bool:
    said = text[slice(*clause)]
    return len(folded(said)) >= _SHORTEST_ENTRY and terms.share(said, fact) >= ENTRY_SHARE


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the sign of a list before it and the mark between clauses after it."""
    while start < end and not (text[start].isalnum() or text[start] in _OPENING):
        start += 1
    while start < end and text[end - 1] in _AFTER:
        end -= 1
    return start, end

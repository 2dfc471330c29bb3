"""The changes that a message tells in words of its own, clause by clause (C要撤掉一个站): of a list of
clients or changes none is lost for want of an alias in the vocabulary."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from beian.arrays import Array
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE
from beian.meaning.candidates import Candidates
from beian.meaning.naming import implied_by
from beian.meaning.said import Pairs, Said
from beian.nlu.evidence import Evidence
from beian.reading.client_names import client_of
from beian.text import patterns
from beian.text.clauses import looks_like_question

# From this probability on a clause tells a change; a foreign subject is left aside, as clauses without their
# message look like one.
SURE = 0.6
LEAST_OURS = 0.4
# In a row of clients a clause of one of them tells the change that is likelier than others by far.
LEAST_IN_A_ROW = 0.1
BY_FAR = 2.5
_DENIES_A_CHANGE = patterns.compile(
    "(?:没有?|不用?|别|先不|暂不|不是)(?:要|想|打算|再|去){0,2}(?:换|改|变|动|注销|过户|新增|增|加|转|搬|撤|关|停|删)"
)
_CHANGES = ("item", "change_type")


class Changes:
    """Finds the changes that clauses tell; fixed for a knowledge base and a label model."""

    def __init__(self, candidates: Candidates, kb: KnowledgeBase) -> None:
        self._candidates, self._kb = candidates, kb
        # an item is told only where it alone is meant; a type by all that is for it
        self._bound = [
            ((slot, value), np.array([cell.values(slot) == (value,) for cell in candidates.cells]))
            for slot in _CHANGES
            for value in sorted({value for cell in candidates.cells for value in cell.values(slot)})
        ]

    def told(self, said: Said, evidence: Evidence) -> Said:
        """What a message says, with the changes told in clauses that name none, in the order of the clauses;
        unchanged where it has one clause."""
        if len(evidence.clauses) < 2:
            return said
        row = self._row(evidence)
        named: Pairs = ()
        words = dict(said.words)
        for text, chances in evidence.clauses:
            own = tuple(pair for pair in said.named if said.words[pair] in text and pair not in named)
            names = any(word in text for pair, word in said.words.items() if pair[0] in _CHANGES)
            if not names and not looks_like_question(text) and not _DENIES_A_CHANGE.search(text):
                by_target = self._candidates.chances(chances)
                further = self._of(by_target) or (self._likeliest(by_target) if text in row else ())
                words |= {pair: text for pair in further if pair not in words}
                own = (*own, *further)
            named = (*named, *(pair for pair in own if pair not in named))
        rest = tuple(pair for pair in said.named if pair not in named)
        return replace(said, named=(*named, *rest), words=words)

    def _row(self, evidence: Evidence) -> frozenset[str]:
        """The clauses that begin with the name of a client each, where there are several such."""
        clients = {text: name for text, _ in evidence.clauses if (name := client_of(text, self._kb))}
        return frozenset(clients) if len(set(clients.values())) > 1 else frozenset()

    def _likeliest(self, by_target: Array) -> Pairs:
        """The likeliest change by far, of a clause that surely tells one, as those beside it do."""
        of_all = sorted(((float(by_target[cells].sum()), pair) for pair, cells in self._bound), reverse=True)
        (most, best), *rest = of_all
        implied = tuple(implied_by(*best, self._kb))
        term = self._kb.term(*best)
        own = {*implied, *(pair for _, pair in rest if term and self._type_of(pair) == best[1])}
        second = next((chance for chance, pair in rest if pair not in own), 0.0)
        return implied if most >= LEAST_IN_A_ROW and most >= BY_FAR * second else ()

    def _type_of(self, pair: tuple[str, str]) -> str | None:
        term = self._kb.term(*pair)
        return term.change_type if term else None

    def _of(self, by_target: Array) -> Pairs:
        ours = 1.0 - float(by_target[self._candidates.places[OUT_OF_SCOPE]])
        for pair, cells in self._bound:
            if float(by_target[cells].sum()) >= SURE * ours and ours >= LEAST_OURS:
                return tuple(implied_by(*pair, self._kb))
        return ()

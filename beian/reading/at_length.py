"""A long telling is read from its end as well: what stands around a question does not make it foreign, and a
change that is told at length is not what is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np

from beian.arrays import Array
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE
from beian.meaning.candidates import Candidates
from beian.meaning.said import Said
from beian.meaning.state import Discourse
from beian.nlu.evidence import Evidence
from beian.reading.deciding import SURE
from beian.reading.piece import PieceReader

# As foreign as this a telling is looked at from its end; so foreign that end may be, to be taken for ours.
FOREIGN = 0.2
HARDLY_FOREIGN = 0.1
# Words that are more surely foreign than this, or that never speak of a filing, stay so however they end.
FOREIGN_WORDS = 0.5
# So surely the end asks one question (of whatever case) for the telling to be about that.
SURE_OF_ITS_QUESTION = 0.8
# The part that the end has in which question it is, and a chance below which none counts.
OF_THE_END = 0.5
FLOOR = 0.003
# What the end asks surely and of no change in particular is asked once, however many changes were told.
SURELY_GENERAL = 0.7
_FILING = "备案"


def speaks_of_filings(text: str) -> bool:
    """Whether a text has the word for what the assistant is about."""
    return _FILING in text


def names_the_filing(said: Said) -> bool:
    """Whether words speak of a filing, or of what may be a change of one."""
    return bool(speaks_of_filings(said.text) or said.values("item") or said.values("change_type"))


class AtLength:
    """Reads long tellings from their end. `pieces`, `candidates` and knowledge base belong together."""

    def __init__(self, pieces: PieceReader, candidates: Candidates, kb: KnowledgeBase) -> None:
        self._pieces, self._candidates, self._kb = pieces, candidates, kb

    def weighed(self, chances: Array, evidence: Evidence, entities: Sequence[Mapping[str, Any]]) -> Array:
        """The chances (K,) of a first message, with its end: the shortest that names the filing takes the
        place of what looks foreign as a whole, and decides which of several questions it is."""
        end = self._end(evidence, entities)
        if end is None:
            return chances
        foreign = self._candidates.places[OUT_OF_SCOPE]
        own = bool(end[foreign] < HARDLY_FOREIGN)
        if chances[foreign] >= FOREIGN:
            by_words = float(self._candidates.chances(evidence.whole)[foreign])
            ours = speaks_of_filings(evidence.text) and by_words < FOREIGN_WORDS
            surely = float(self._of_questions(end).max()) >= SURE
            return end if own and ours and surely else chances
        asked = self._of_questions(end)
        if len(evidence.parts) > 1 or not own or asked.max() < SURE_OF_ITS_QUESTION:
            return chances
        before = self._of_questions(chances)
        weighed = chances * ((asked + FLOOR) / (before + FLOOR)) ** OF_THE_END
        return cast(Array, weighed / weighed.sum())

    def asks_in_general(self, evidence: Evidence, entities: Sequence[Mapping[str, Any]], target: str) -> bool:
        """Whether the end of a long telling surely asks what `target` answers of no change in particular."""
        cell = self._kb.cells.get(target)
        if cell is None or cell.bound or not evidence.closings:
            return False
        said, _, read = self._pieces.read(evidence.closings[0], entities, Discourse())
        of_a_change = said.values("item") or said.values("change_type")
        return not of_a_change and float(read[self._candidates.places[target]]) >= SURELY_GENERAL

    def _end(self, evidence: Evidence, entities: Sequence[Mapping[str, Any]]) -> Array | None:
        """The chances of the shortest end that names the filing."""
        for closing in evidence.closings:
            said, _, chances = self._pieces.read(closing, entities, Discourse())
            if names_the_filing(said):
                return chances
        return None

    def _of_questions(self, chances: Array) -> Array:
        """For each candidate the chance of all that answer the same question (K,)."""
        groups = self._candidates.aspects
        return cast(Array, np.bincount(groups, chances)[groups])

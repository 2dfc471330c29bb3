"""Which meaning is likely enough to be acted on, and what is asked back where none is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import numpy as np

from beian.arrays import Array
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED
from beian.meaning.candidates import Candidates
from beian.meaning.model import ranked
from beian.nlu.evidence import Evidence
from beian.reading.meaning import Meaning

# From this probability on a meaning is acted on; one that leads all others clearly needs only LIKELY.
SURE = 0.42
# With nothing else to offer, a fact this likely is better than not to understand.
ONLY_LIKELY = 0.2
# The first message of a conversation has to be surer: nothing else tells what it may mean.
SURE_AT_FIRST = 0.5
LIKELY = 0.3
LIKELY_ACT = 0.28
# There the classifier, which has only the words, has this part in the geometric mean; it gives no meaning
# less than LEAST. Measured on 1,500 fresh messages: 3.9 points more answered rightly.
OF_THE_WORDS = 0.3
LEAST = 1e-4
# In a conversation they have less, and none in a message too short to say by itself what it asks.
OF_THE_WORDS_IN_TALK = 0.2
ITS_OWN_SENTENCE = 11
ITS_FOREIGN = 0.5
CLEAR_LEAD = 2.0
MOSTLY = 0.6
POSSIBLE = 0.08
# In a conversation a foreign subject counts for this part of its chance.
FOREIGN_IN_TALK = 0.4
MOST_CHOICES = 3
RANKED = 5


def _weighed(chances: Array, words: Array, part: float) -> Array:
    """The geometric mean of two sets of chances, in which the second has this part."""
    weighed = (chances + LEAST) ** (1 - part) * (words + LEAST) ** part
    return cast(Array, weighed / weighed.sum())


class Deciding:
    """From the chances of all candidates to a meaning. `candidates` belong to the knowledge base."""

    def __init__(self, candidates: Candidates, kb: KnowledgeBase) -> None:
        self._candidates, self._kb = candidates, kb

    def with_the_words(self, chances: Array, evidence: Evidence) -> Array:
        """The chances of a first message, drawn towards what its words alone say."""
        words = self._candidates.chances(evidence.whole)
        weighed = _weighed(chances, words, OF_THE_WORDS)
        if evidence.of_facts:
            # what is made of the facts' own words is no more foreign than they say
            place = self._candidates.places[OUT_OF_SCOPE]
            weighed[place] = min(weighed[place], words[place])
        return cast(Array, weighed / weighed.sum())

    def in_talk(self, chances: Array, evidence: Evidence, *, after_foreign: bool) -> Array:
        """The chances of a later message: a whole sentence is drawn towards what its words alone say, and a
        foreign subject is less likely, unless one was talked of just now. While something is in hand, to be
        told that it is none of the assistant's business is the worst answer."""
        foreign = self._candidates.places[OUT_OF_SCOPE]
        weighed, words = chances.copy(), self._candidates.chances(evidence.whole)
        # words of other subjects say nothing of what they mean here
        if len(evidence.text) >= ITS_OWN_SENTENCE and words[foreign] < ITS_FOREIGN:
            weighed = _weighed(chances, words, OF_THE_WORDS_IN_TALK)
            weighed[foreign] = min(weighed[foreign], chances[foreign])
        if not after_foreign:
            # nor more so than its own words are
            weighed[foreign] = min(weighed[foreign], words[foreign])
        weighed[foreign] *= FOREIGN_IN_TALK
        return cast(Array, weighed / weighed.sum())

    def decide(self, chances: Array, manner: str, sure: float) -> Meaning:
        """The likeliest meaning if it is sure enough, else a question back among the likeliest facts."""
        candidates = self._candidates
        ranking = tuple(ranked(candidates, chances, RANKED))
        masses = np.bincount(candidates.kinds, chances, len(candidates.of_kind))
        kind = int(masses.argmax())
        top, chance = ranking[0]
        said = Meaning("answer", (top,), manner, chance, (), ranking)
        if chance >= sure:
            return said
        own = [
            (target, value)
            for target, value in ranking
            if candidates.kinds[candidates.places[target]] == kind
        ]
        if own:
            (top, chance), second = own[0], own[1][1] if len(own) > 1 else 0.0
            # acts are near each other, and to take one for another does little harm
            act = top not in self._kb.cells
            clear = chance >= CLEAR_LEAD * second or act
            leads = chance >= (LIKELY_ACT if act else LIKELY) and clear
            if masses[kind] >= MOSTLY and leads:
                return replace(said, targets=(top,), chance=chance)
        choices = self._choices(ranking)
        if top.startswith(UNCOVERED) and masses[kind] >= SURE:
            return replace(said, targets=(UNCOVERED,), chance=float(masses[kind]))
        if len(choices) > 1:
            return replace(said, outcome="ask", targets=(), choices=choices)
        likely = max(chance, masses[kind] / 2) >= LIKELY and chance >= ONLY_LIKELY
        if choices and not top.startswith(UNCOVERED) and likely:
            return replace(said, targets=choices)
        if top.startswith(UNCOVERED) or top == OUT_OF_SCOPE or chance >= LIKELY:
            return replace(said, targets=(top,), chance=chance)
        best, its_chance = ranking[0]
        if choices and choices[0] == best and its_chance >= ONLY_LIKELY:
            return replace(said, targets=choices, chance=its_chance)
        return replace(said, outcome="not_understood", targets=())

    def _choices(self, ranking: Sequence[tuple[str, float]]) -> tuple[str, ...]:
        """The facts and topics that are possible, likeliest first."""
        cells = self._kb.cells
        found = [
            target
            for target, chance in ranking
            if target in cells and not target.startswith(UNCOVERED) and chance >= POSSIBLE
        ]
        # what is general is no choice beside the special case of the same question
        special = {cells[target].aspect for target in found if cells[target].bound}
        found = [target for target in found if cells[target].bound or cells[target].aspect not in special]
        return tuple(found[:MOST_CHOICES])

"""Who we are, asked in one message with something of the filing (你是AI吗？换法人要什么材料): both are
meant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE
from beian.meaning.candidates import Candidates
from beian.meaning.model import Likelihoods
from beian.meaning.state import Discourse
from beian.nlu.evidence import Evidence
from beian.reading.meaning import Meaning
from beian.reading.parts import QuestionsWithin
from beian.text import patterns

WHO_WE_ARE = "chitchat/identity"
# From here on a clause asks that by its own words.
SURELY = 0.5
# It speaks to us, or of a machine: 谁对, 贵方把这叫什么 do neither.
_TO_US = patterns.compile("[你您]|真人|机器人|人工|对面")


class BesideAnAct:
    """Reads messages that ask who we are and something besides. What it is made of belongs together."""

    def __init__(self, parts: QuestionsWithin, candidates: Candidates, kb: KnowledgeBase) -> None:
        self._parts, self._candidates, self._kb = parts, candidates, kb

    def both(
        self,
        meaning: Meaning,
        evidence: Evidence,
        entities: Sequence[Mapping[str, Any]],
        state: Discourse,
        reading: Likelihoods,
    ) -> Meaning:
        """The meaning with that act before what else is asked; as it is where one of the two is missing."""
        if meaning.outcome != "answer" or meaning.notice or not self._asks_who_we_are(evidence):
            return meaning
        others = meaning.targets
        if others in ((WHO_WE_ARE,), (OUT_OF_SCOPE,)):
            others = tuple(self._parts.asked(evidence, entities, state, reading))
        of_the_filing = all(target in self._kb.cells for target in others)
        return replace(meaning, targets=(WHO_WE_ARE, *others)) if others and of_the_filing else meaning

    def _asks_who_we_are(self, evidence: Evidence) -> bool:
        place = self._candidates.places.get(WHO_WE_ARE)
        if place is None:
            return False
        pieces = [*evidence.clauses, *((part.text, part.whole) for part in evidence.parts)]
        return any(
            _TO_US.search(text) and float(self._candidates.chances(chances)[place]) >= SURELY
            for text, chances in pieces
        )

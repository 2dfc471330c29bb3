"""A piece of a message, read as a message of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from beian.arrays import Array
from beian.kb import KnowledgeBase
from beian.meaning.candidates import Candidates
from beian.meaning.model import ContextualModel, Likelihoods
from beian.meaning.said import Said, said_of, settled
from beian.meaning.state import Discourse
from beian.nlu.evidence import Evidence
from beian.reading.deciding import Deciding


class PieceReader:
    """Reads pieces of messages. `model`, `candidates` and knowledge base belong together."""

    def __init__(self, model: ContextualModel, candidates: Candidates, kb: KnowledgeBase) -> None:
        self._model, self._candidates, self._kb = model, candidates, kb
        self._deciding = Deciding(candidates, kb)

    def read(
        self, piece: Evidence, entities: Sequence[Mapping[str, Any]], state: Discourse
    ) -> tuple[Said, Likelihoods, Array]:
        """What a piece says after `state`, with those of the message's `entities` that stand in it; what the
        model reads; and the chances (K,), drawn towards its words where nothing was said before."""
        own = [entity for entity in entities if str(entity.get("text") or "") in piece.text]
        said = settled(said_of(piece.text, own, self._kb), state.focus.case, self._kb)
        reading = self._model.read(self._candidates, piece, said, state)
        chances = self._deciding.with_the_words(reading.targets, piece) if state.fresh else reading.targets
        return said, reading, chances

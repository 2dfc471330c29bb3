"""What the classifier hands on to the training of the reading in context: its evidence of messages that it
has not seen, and of the lines of the trees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from beian.arrays import Array
from beian.engine.components.attributes import EVIDENCE, HELD_OUT, LABELS, NORMALIZED, TREE
from beian.engine.components.examples import Examples
from beian.engine.components.normalizer import Normalizer
from beian.meaning.data import read_lines
from beian.nlu.counterfactual import LABEL as COPIES
from beian.nlu.encoders import ENCODER
from beian.nlu.evidence import Evidence
from beian.nlu.model import Example, LabelModel
from beian.nlu.pieces import encoded_pieces
from beian.nlu.side_by_side import side_by_side
from beian.nlu.understanding import understand
from beian.nlu.vector_cache import vectors_of
from beian.progress import report
from beian.text.normalize import compact

# So many unseen messages of a label are enough for what follows.
_HELD_OUT_EACH = 32
_UNSEEN_EACH = 10
# The copies about other objects stand for all subjects that nobody thought of.
_COPIES_HELD_OUT = 240
_AT_ONCE = 64


class HandedOn:
    """Asks label models about messages. One that is surely of one of `own_subjects` (labels) is of that
    alone."""

    def __init__(self, normalizer: Normalizer, examples: Examples, own_subjects: frozenset[str]) -> None:
        self._normalizer, self._examples, self._own_subjects = normalizer, examples, own_subjects

    def held_out(
        self,
        places: Array,
        unaware: LabelModel,
        unseen: bool,
        examples: Sequence[Example],
        labels: Sequence[str],
        vectors: Array | None,
    ) -> list[tuple[Evidence, str]]:
        """What a model says of some messages of each label that it has not seen, in their order, each with
        what it means: its label, or where the label was not seen either, its kind."""
        most = _UNSEEN_EACH if unseen else _HELD_OUT_EACH
        kept, seen = [], Counter[str]()
        for place in places.tolist():
            seen[labels[place]] += 1
            if seen[labels[place]] <= (_COPIES_HELD_OUT if labels[place] == COPIES else most):
                kept.append(place)
        prepared = {examples[place].text: examples[place] for place in kept}
        known = {} if vectors is None else {examples[place].text: vectors[place] for place in kept}

        def told(texts: Sequence[str]) -> list[Evidence]:
            return self._evidence(unaware, texts, prepared, known)

        evidence = side_by_side(told, [examples[place].text for place in kept], _AT_ONCE)
        kinds = [f"{labels[place].partition('/')[0]}/" if unseen else labels[place] for place in kept]
        return list(zip(evidence, kinds, strict=True))

    def messages(self, model: LabelModel, held_out: Sequence[tuple[Evidence, str]]) -> list[Message]:
        """The messages for the reading in context: those held out, then the lines of the trees. The first
        has the names of all labels."""
        messages = []
        for evidence, label in held_out:
            [entities] = self._examples.entities([evidence.text])
            messages.append(Message({EVIDENCE: evidence, HELD_OUT: label, ENTITIES: entities}))
        lines = [Message({TEXT: line.user, TREE: place}) for place, line in enumerate(read_lines())]
        self._read(model, lines)
        messages[0].set(LABELS, model.labels)
        return [*messages, *lines]

    def _read(self, model: LabelModel, lines: list[Message]) -> None:
        """What the classifier says of the lines of the trees, and their entities."""
        self._normalizer.process_many(lines)
        texts = list(dict.fromkeys(message.get(NORMALIZED) for message in lines))
        entities = dict(zip(texts, side_by_side(self._examples.entities, texts), strict=True))
        for message in lines:
            message.set(ENTITIES, entities[message.get(NORMALIZED)])
        prepared = {message.get(NORMALIZED): self._examples.of(message) for message in lines}
        parts = list(dict.fromkeys(compact(piece) for piece in encoded_pieces(texts)))
        encoded = vectors_of(ENCODER, parts, kind="lines")
        known = {} if encoded is None else dict(zip(parts, encoded, strict=True))
        report(f"{len(lines)} lines of conversations")

        def told(some: Sequence[str]) -> list[Evidence]:
            return self._evidence(model, some, prepared, known)

        evidence = dict(zip(texts, side_by_side(told, texts, _AT_ONCE), strict=True))
        for message in lines:
            message.set(EVIDENCE, evidence[message.get(NORMALIZED)])

    def _evidence(
        self,
        model: LabelModel,
        texts: Sequence[str],
        prepared: Mapping[str, Example],
        vectors: Mapping[str, Array],
    ) -> list[Evidence]:
        """What a model says of texts; of some texts and parts of texts the example or the sentence vector is
        known."""

        def prepare(text: str) -> Example:
            return prepared.get(text) or self._examples.prepare(text)

        def encode(pieces: Sequence[str]) -> Array:
            if model.centre is None or not vectors:
                return model.vectors(pieces)
            missing = [piece for piece in pieces if piece not in vectors]
            made = dict(zip(missing, model.vectors(missing), strict=True)) if missing else {}
            return np.stack([made[one] if one in made else vectors[one] - model.centre for one in pieces])

        found = understand(model, texts, prepare, self._own_subjects, encode)
        return [one.evidence for one in found if one.evidence is not None]

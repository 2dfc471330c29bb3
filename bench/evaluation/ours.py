"""This project's label model inside this process: prepared messages, partial trainings, predictions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from scipy import sparse

from beian.engine.components.attributes import NORMALIZED, UNDERSTANDING
from beian.engine.components.label_classifier import LabelClassifier
from beian.engine.components.normalizer import Normalizer
from beian.kb import KnowledgeBase
from beian.nlu import encoders
from beian.nlu.draw import lot
from beian.nlu.label_training import PASSES, PENALTY
from beian.nlu.lexical import LexicalFeatures
from beian.nlu.model import Example, LabelModel
from beian.nlu.softmax import SoftmaxModel, train_softmax
from beian.nlu.vector_cache import vectors_of
from beian.progress import report
from beian.text.normalize import compact
from bench.evaluation.messages import Pair
from bench.evaluation.predictions import Prediction, of_ours
from bench.evaluation.spelling import spelling_learned


class Understander:
    """The pipeline's own components, with a given model or none."""

    def __init__(self, kb: KnowledgeBase, model: LabelModel | None = None) -> None:
        self._normalizer = Normalizer(kb, spelling_learned())
        # Only training stores anything.
        storage = cast(ModelStorage, None)
        self._classifier = LabelClassifier(kb, storage, Resource("evaluation"), model)

    def prepare(self, text: str) -> Example:
        """A message as written → as the model sees it."""
        [message] = self._normalizer.process([Message({TEXT: text})])
        return self._classifier.examples.prepare(compact(message.get(NORMALIZED)))

    def prepare_read(self, text: str) -> Example:
        """A text that is normalised already, such as a part of a message, as the model sees it."""
        return self._classifier.examples.prepare(text)

    def predict(self, text: str) -> Prediction:
        """What the pipeline makes of a message."""
        messages = self._normalizer.process([Message({TEXT: text})])
        [message] = self._classifier.process(messages)
        return of_ours({UNDERSTANDING: message.get(UNDERSTANDING)})


@dataclass(frozen=True)
class Prepared:
    """Messages with everything that can be computed once: examples, vectors, integer labels."""

    examples: list[Example]
    vectors: np.ndarray
    names: list[str]
    target: np.ndarray

    @cached_property
    def grams(self) -> list[tuple[list[str], list[str]]]:
        """The n-grams of every message."""
        return [example.grams for example in self.examples]


def prepare_all(pairs: Sequence[Pair], understander: Understander) -> Prepared:
    """Prepare the training messages; their vectors come from the training's own cache where it has them."""
    report(f"preparing {len(pairs)} messages")
    examples = [understander.prepare(text) for text, _ in pairs]
    vectors = vectors_of(encoders.ENCODER, [example.text for example in examples])
    if vectors is None:
        raise RuntimeError("the evaluation needs the sentence encoder")
    names = sorted({label for _, label in pairs})
    index = {name: place for place, name in enumerate(names)}
    return Prepared(examples, vectors, names, np.array([index[label] for _, label in pairs]))


@dataclass(frozen=True)
class Fitted:
    """A model trained on part of the messages."""

    lexical: LexicalFeatures
    centre: np.ndarray
    weights: SoftmaxModel

    def scores(self, grams: Sequence[tuple[list[str], list[str]]], vectors: np.ndarray) -> np.ndarray:
        """Unnormalised scores (messages, labels)."""
        return self.weights.scores_many(self.lexical.transform_many(grams), vectors - self.centre)


def fit(data: Prepared, rows: np.ndarray, what: str, passes: int = PASSES) -> Fitted:
    """Train on the messages at `rows`, as beian.nlu.model does it."""
    lexical = LexicalFeatures.fit([data.grams[row] for row in rows])
    matrix: sparse.csr_matrix = lexical.transform_many([data.grams[row] for row in rows])
    centre = data.vectors[rows].mean(axis=0)

    weights = train_softmax(
        matrix,
        data.vectors[rows] - centre,
        data.target[rows],
        len(data.names),
        penalty=PENALTY,
        passes=passes,
        chance=np.array([lot(data.examples[row].text, "lot") for row in rows]),
        on_pass=lambda number: report(f"{what}: {number} of {passes} passes"),
    )
    return Fitted(lexical, centre, weights)


def vectors_for(examples: Sequence[Example]) -> np.ndarray:
    """Sentence vectors of messages that are not worth keeping."""
    return encoders.encode_many(encoders.ENCODER, [example.text for example in examples])

"""The trained classifier: calibrated probabilities of the labels of one message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from beian.arrays import Array
from beian.nlu import encoders
from beian.nlu.domain_words import DomainWords
from beian.nlu.lexical import LexicalFeatures, character_grams, word_grams
from beian.nlu.softmax import SoftmaxModel, softmax


@dataclass(frozen=True)
class Example:
    """A message prepared for the model: normalised text, words, marks of its entities."""

    text: str
    tokens: Sequence[str]
    marks: Sequence[str]

    @property
    def grams(self) -> tuple[list[str], list[str]]:
        """Character n-grams and word n-grams."""
        return character_grams(self.text), word_grams(self.tokens, self.marks)


@dataclass(frozen=True)
class LabelModel:
    """Everything that prediction needs. `centre` is None when trained without a sentence encoder."""

    labels: list[str]
    lexical: LexicalFeatures
    weights: SoftmaxModel
    centre: Array | None
    temperature: float
    domain: DomainWords

    def probabilities(self, examples: Sequence[Example], vectors: Array | None = None) -> Array:
        """The calibrated probability of each label (messages, labels); `vectors`: theirs, where known."""
        if vectors is None:
            vectors = self.vectors([example.text for example in examples])
        scores = [
            self.weights.scores(*self.lexical.transform(example.grams), vector)
            for example, vector in zip(examples, vectors, strict=True)
        ]
        return softmax(np.stack(scores) / self.temperature)

    def vectors(self, texts: Sequence[str]) -> Array:
        """The centred sentence vectors (messages, dimensions); zeros without an encoder."""
        if self.centre is None:
            return np.zeros((len(texts), 1), dtype=np.float32)
        vectors = encoders.encode_few(encoders.ENCODER, texts)
        # Where the encoder is missing, every message counts as the average one: words alone decide.
        return np.zeros((len(texts), len(self.centre))) if vectors is None else vectors - self.centre

    def save(self, folder: Path) -> None:
        """Write the model as plain arrays (no pickles)."""
        np.savez(
            folder / "label_model.npz",
            labels=np.array(self.labels),
            grams=np.array(list(self.lexical.columns)),
            idf=self.lexical.idf,
            lexical=self.weights.lexical.astype(np.float16),
            dense=self.weights.dense,
            bias=self.weights.bias,
            centre=np.zeros(0, dtype=np.float32) if self.centre is None else self.centre,
            temperature=np.array(self.temperature),
            odds_of=np.array(list(self.domain.odds)),
            odds=np.array(list(self.domain.odds.values()), dtype=np.float32),
            in_facts=np.array(sorted(self.domain.in_facts)),
            in_filings=np.array(sorted(self.domain.in_filings)),
            pairs=np.array(sorted(self.domain.pairs)),
        )

    @classmethod
    def load(cls, folder: Path) -> LabelModel:
        """Read what `save` wrote."""
        with np.load(folder / "label_model.npz") as data:
            columns = {gram: column for column, gram in enumerate(data["grams"].tolist())}
            centre = data["centre"]
            return cls(
                labels=data["labels"].tolist(),
                lexical=LexicalFeatures(columns, data["idf"]),
                weights=SoftmaxModel(data["lexical"].astype(np.float32), data["dense"], data["bias"]),
                centre=centre if centre.size else None,
                temperature=float(data["temperature"]),
                domain=DomainWords(
                    dict(zip(data["odds_of"].tolist(), data["odds"].tolist(), strict=True)),
                    frozenset(data["in_facts"].tolist()),
                    frozenset(data["in_filings"].tolist()),
                    frozenset(data["pairs"].tolist()),
                ),
            )

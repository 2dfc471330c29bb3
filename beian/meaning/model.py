"""P(meaning | message, state): a conditional logit over all candidate meanings, and a head for the manner.

score(y) = Σₖ (Wₖ·c) φₖ(y) + U[class(y)]·h, where φ describes a candidate, the gates c the message and the
state as a whole (so that how far the state counts is learned), and h the words. Design and measurements:
docs/contextual.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from beian.arrays import Array
from beian.kb import KnowledgeBase
from beian.meaning.candidates import Candidates, candidates_of
from beian.meaning.data import MANNERS
from beian.meaning.features import describe
from beian.meaning.said import Said
from beian.meaning.state import Discourse
from beian.nlu.evidence import Evidence
from beian.nlu.softmax import softmax

LONGEST_GRAM = 3
# Components of the sentence vector among the gates; the words use all that are kept.
GATE_COMPONENTS = 8


def grams_of(text: str) -> set[str]:
    """The character n-grams of a text, marked at its ends."""
    marked = f"^{text}$"
    return {
        marked[start : start + length]
        for length in range(1, LONGEST_GRAM + 1)
        for start in range(len(marked) - length + 1)
    } - {"^", "$"}


@dataclass(frozen=True)
class Words:
    """h: which n-grams a message holds, and the principal components of its sentence vector."""

    columns: dict[str, int]
    centre: Array
    components: Array

    def dense(self, vector: Array) -> Array:
        """The components (C,) of a sentence vector, scaled to about unit size."""
        return np.asarray((vector - self.centre) @ self.components)

    def lexical(self, text: str) -> Array:
        """The columns of the known n-grams of a text."""
        return np.array(
            sorted(self.columns[gram] for gram in grams_of(text) if gram in self.columns), dtype=int
        )

    @property
    def width(self) -> int:
        """Columns of h: n-grams and components."""
        return len(self.columns) + self.components.shape[1]


@dataclass(frozen=True)
class MannerHead:
    """Softmax over the manners: `lexical` (n-grams, M), `dense` (components + gates, M)."""

    lexical: Array
    dense: Array

    def chances(self, columns: Array, dense: Array) -> Array:
        """The probability of each manner (M,)."""
        scale = 1.0 / np.sqrt(max(1, len(columns)))
        return softmax(self.lexical[columns].sum(axis=0) * scale + dense @ self.dense)


@dataclass(frozen=True)
class Likelihoods:
    """The probabilities of the candidates (K,) and of the manners (M,) of one message in one state."""

    targets: Array
    manners: Array


@dataclass(frozen=True)
class ContextualModel:
    """`gates` W (G, F), `lexical` U of the n-grams (n-grams, classes), `dense` U of the components."""

    labels: tuple[str, ...]
    words: Words
    manner: MannerHead
    gates: Array
    lexical: Array
    dense: Array

    def read(self, candidates: Candidates, evidence: Evidence, said: Said, state: Discourse) -> Likelihoods:
        """What a message means in a state."""
        features, gates = describe(candidates, evidence, said, state)
        columns, components = self.words.lexical(said.text), self.words.dense(evidence.vector)
        manners = self.manner.chances(columns, np.concatenate([components, gates]))
        full = gates_with(gates, manners, components)
        scale = 1.0 / np.sqrt(max(1, len(columns)))
        by_class = self.lexical[columns].sum(axis=0) * scale + components @ self.dense
        return Likelihoods(softmax(features @ (full @ self.gates) + by_class[candidates.classes]), manners)

    def candidates(self, kb: KnowledgeBase) -> Candidates:
        """The candidates that the model chooses among."""
        return candidates_of(kb, self.labels)

    def save(self, file: Path) -> None:
        """Write plain arrays (no pickles)."""
        np.savez(
            file,
            labels=np.array(self.labels),
            grams=np.array(list(self.words.columns)),
            centre=self.words.centre,
            components=self.words.components,
            manner_lexical=self.manner.lexical.astype(np.float16),
            manner_dense=self.manner.dense,
            gates=self.gates,
            lexical=self.lexical.astype(np.float16),
            dense=self.dense,
        )

    @classmethod
    def load(cls, file: Path) -> ContextualModel:
        """Read what `save` wrote."""
        with np.load(file) as data:
            columns = {gram: column for column, gram in enumerate(data["grams"].tolist())}
            return cls(
                tuple(data["labels"].tolist()),
                Words(columns, data["centre"], data["components"]),
                MannerHead(data["manner_lexical"].astype(np.float32), data["manner_dense"]),
                data["gates"],
                data["lexical"].astype(np.float32),
                data["dense"],
            )


def gates_with(gates: Array, manners: Array, components: Array) -> Array:
    """The gates of the target head: those of message and state, the manners' chances, a few components."""
    return np.concatenate([gates, manners, components[:GATE_COMPONENTS]])


def best_manner(chances: Array) -> tuple[str, float]:
    """The likeliest manner and its probability."""
    place = int(chances.argmax())
    return MANNERS[place], float(chances[place])


def ranked(candidates: Candidates, chances: Array, most: int = 5) -> list[tuple[str, float]]:
    """The likeliest targets with their probabilities, best first."""
    order: Sequence[int] = np.argsort(-chances)[:most].tolist()
    return [(candidates.targets[place], float(chances[place])) for place in order]

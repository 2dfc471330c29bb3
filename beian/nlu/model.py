"""The trained classifier: calibrated probabilities of the labels of one message."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import optimize
from threadpoolctl import threadpool_limits

from beian.arrays import Array
from beian.nlu import encoders
from beian.nlu.domain_words import DomainWords
from beian.nlu.draw import lot
from beian.nlu.labels import kind_of
from beian.nlu.lexical import LexicalFeatures, character_grams, word_grams
from beian.nlu.softmax import SoftmaxModel, softmax, train_softmax

SEED = 20240501
PENALTY = 0.4
HOLDOUT_SHARE = 0.2
# So often each fit goes over all messages; with another pass it says the same of messages held out.
PASSES = 3

Report = Callable[[str], None]
# The places of messages, a model that has not seen them, and whether it has not seen their labels either.
HeldOut = Callable[[Array, "LabelModel", bool], None]
# So many times some open themes and foreign subjects are left out altogether, so many of them each time: what
# is said of subjects never seen is learned from that.
OPEN_SET_FITS = 2
OPEN_SET_SHARE = 4


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


def fit_temperature(scores: Array, labels: Array) -> float:
    """The divisor of the scores that makes the probabilities honest on messages held out."""
    rows = np.arange(len(labels))

    def loss(temperature: float) -> float:
        return -float(np.log(softmax(scores / temperature)[rows, labels] + 1e-12).mean())

    return float(optimize.minimize_scalar(loss, bounds=(0.1, 3.0), method="bounded").x)


def train_model(
    examples: Sequence[Example],
    labels: Sequence[str],
    vectors: Array | None,
    report: Report,
    on_held_out: HeldOut | None = None,
) -> LabelModel:
    """Train on labelled messages; `vectors` (messages, dimensions) is None without an encoder.

    `on_held_out` is given the first fit and the messages it has not seen.
    """
    names = sorted(set(labels))
    index = {name: place for place, name in enumerate(names)}
    target = np.array([index[label] for label in labels])
    grams = [example.grams for example in examples]
    lexical = LexicalFeatures.fit(grams)
    matrix = lexical.transform_many(grams)
    centre = None if vectors is None else vectors.mean(axis=0)
    dense = np.zeros((len(labels), 1), dtype=np.float32) if vectors is None else vectors - centre
    report(f"{len(labels)} messages, {len(names)} labels, {matrix.shape[1]} n-grams")

    def domain_of(chosen: Array) -> DomainWords:
        places = np.flatnonzero(chosen).tolist()
        picked = [examples[place] for place in places]
        return DomainWords.fit(
            [one.text for one in picked], [one.tokens for one in picked], [labels[place] for place in places]
        )

    chance = np.array([lot(example.text, "lot") for example in examples])
    held = np.array([lot(example.text, "held out") < HOLDOUT_SHARE for example in examples])
    unseen = open_set_folds(labels) if on_held_out else []

    def fit(left_out: Array) -> SoftmaxModel:
        seen = ~left_out
        return train_softmax(
            matrix[seen],
            dense[seen],
            target[seen],
            len(names),
            penalty=PENALTY,
            passes=PASSES,
            chance=chance[seen],
        )

    # Each fit by itself on one thread, as many at a time as there are cores: sums come out the same anywhere.
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(os.cpu_count()) as pool:
        nothing = np.zeros(len(labels), dtype=bool)
        first, weights, *others = pool.map(fit, [held, nothing, *unseen])
    scores = first.scores_many(matrix[held], dense[held])
    temperature = fit_temperature(scores, target[held])
    right = float((scores.argmax(axis=1) == target[held]).mean())
    report(f"held out {int(held.sum())} messages: {right:.1%} right, temperature {temperature:.2f}")

    def model_of(fitted: SoftmaxModel, left_out: Array) -> LabelModel:
        return LabelModel(names, lexical, fitted, centre, temperature, domain_of(~left_out))

    if on_held_out:
        on_held_out(np.flatnonzero(held), model_of(first, held), False)
        for left_out, fitted in zip(unseen, others, strict=True):
            on_held_out(np.flatnonzero(left_out), model_of(fitted, left_out), True)
    return model_of(weights, nothing)


def open_set_folds(labels: Sequence[str]) -> list[Array]:
    """For each fit the messages (a mask) of the open themes and foreign subjects that it does not see."""
    closed = sorted({label for label in labels if kind_of(label) in ("uncovered", "out_of_scope")})
    order = np.random.default_rng(SEED).permutation(len(closed))
    folds = []
    for number in range(OPEN_SET_FITS):
        hidden = {closed[place] for place in order[number::OPEN_SET_SHARE]}
        folds.append(np.array([label in hidden for label in labels]))
    return folds

"""Train the classifier: the weights, an honest temperature, and models that have not seen some messages."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy import optimize
from threadpoolctl import threadpool_limits

from beian.arrays import Array
from beian.nlu.domain_words import DomainWords
from beian.nlu.draw import lot
from beian.nlu.labels import kind_of
from beian.nlu.lexical import LexicalFeatures
from beian.nlu.model import Example, LabelModel
from beian.nlu.softmax import SoftmaxModel, softmax, train_softmax

SEED = 20240501
PENALTY = 0.4
HOLDOUT_SHARE = 0.2
# So often each fit goes over all messages; with another pass it says the same of messages held out.
PASSES = 3

Report = Callable[[str], None]
# The places of messages, a model that has not seen them, and whether it has not seen their labels either.
HeldOut = Callable[[Array, LabelModel, bool], None]
# So many times some open themes and foreign subjects are left out altogether: what is said of subjects never
# seen is learned from that.
OPEN_SET_FITS = 4


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
        hidden = {closed[place] for place in order[number::OPEN_SET_FITS]}
        folds.append(np.array([label in hidden for label in labels]))
    return folds

"""Train the contextual model: examples from the trees and from single messages, then adaptive steps.

The state of an example is made by `advance` from the meanings of the messages before it, so the model
learns on what it will be given.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from beian.arrays import Array
from beian.meaning.candidates import Candidates
from beian.meaning.data import MANNERS
from beian.meaning.matrices import Matrices, matrices_of, words_of
from beian.meaning.model import GATE_COMPONENTS, ContextualModel, MannerHead
from beian.meaning.turns import FOLDS, Turn
from beian.nlu.adaptive import AdaptiveWeights, Held, lots_of
from beian.nlu.softmax import STRETCH, softmax, train_softmax

PASSES, GATE_STEP, WORD_STEP = 10, 0.1, 0.3
MANNER_PASSES, MANNER_STEP = 8, 0.3
PENALTY_GATES, PENALTY_WORDS, PENALTY_MANNER = 12.0, 8.0, 4.0
# What the classifier by itself says of a candidate is where the search begins.
START = 4.0


def fit_manner(data: Matrices) -> MannerHead:
    """The head for the manners."""
    dense = np.concatenate([data.components, data.gates], axis=1)
    share = float(data.weight.mean())
    fitted = train_softmax(
        data.columns,
        dense,
        data.manner,
        len(MANNERS),
        penalty=PENALTY_MANNER * share * STRETCH**2,
        passes=MANNER_PASSES,
        chance=data.chance,
        weights=data.weight,
        step=MANNER_STEP,
    )
    # the first gate is the same for all
    fitted.dense[data.components.shape[1]] += fitted.bias
    return MannerHead(fitted.lexical, fitted.dense)


def manners_of(head: MannerHead, data: Matrices) -> Array:
    """The manners' probabilities of all examples (n, M)."""
    dense = np.concatenate([data.components, data.gates], axis=1)
    return softmax(data.columns @ head.lexical + dense @ head.dense)


def crossed_manners(data: Matrices) -> Array:
    """The manners' probabilities of each example by a head that has not seen its family: the target head
    would trust them too much otherwise."""
    # rows of the candidates would be copied for nothing
    data = replace(data, features=data.features[:, :0], aim=data.aim[:, :0])
    families = sorted(set(data.families.tolist()))
    fold = {family: place % FOLDS for place, family in enumerate(families)}
    folds = np.array([fold[family] for family in data.families])
    found = np.zeros((len(folds), len(MANNERS)), dtype=np.float32)
    for number in range(FOLDS):
        held = folds == number
        if held.any() and not held.all():
            found[held] = manners_of(fit_manner(data.rows(~held)), data.rows(held))
    return found


def fit_targets(data: Matrices, manners: Array, candidates: Candidates) -> tuple[Array, Array, Array]:
    """(W, U of the n-grams, U of the components)."""
    gates = np.concatenate([data.gates, manners, data.components[:, :GATE_COMPONENTS]], axis=1)
    kinds, size = data.features.shape[1:]
    classes = int(candidates.classes.max()) + 1
    one_hot = np.zeros((kinds, classes), dtype=np.float32)
    one_hot[np.arange(kinds), candidates.classes] = 1.0
    lots = lots_of(data.chance)
    held = [Held.of(data.columns[places]) for places in lots]
    width = data.columns.shape[1]
    met = np.bincount(np.concatenate([one.columns for one in held]), minlength=width)
    share = float(data.weight.mean())
    start = np.zeros((gates.shape[1], size))
    start[0, 0] = START
    mixture = AdaptiveWeights(start, GATE_STEP, PENALTY_GATES * share, len(lots), apart=True)
    lexical = AdaptiveWeights(np.zeros((width, classes)), WORD_STEP, PENALTY_WORDS * share, met)
    dense = AdaptiveWeights(
        np.zeros((data.components.shape[1], classes)), WORD_STEP, PENALTY_WORDS * share, len(lots)
    )
    for _ in range(PASSES):
        for places, grams in zip(lots, held, strict=True):
            features, mixed, components = data.features[places], gates[places], data.components[places]
            by_class = grams.narrow @ lexical.values[grams.columns] + components @ dense.values
            scores = np.matmul(features, (mixed @ mixture.values)[:, :, None])[:, :, 0]
            chance = softmax(scores + by_class[:, candidates.classes])
            error = chance - wanted(chance, data.aim[places], data.any_of[places])
            error *= data.weight[places, None]
            of_class = error @ one_hot
            mixture.descend(mixed.T @ np.matmul(error[:, None, :], features)[:, 0])
            lexical.descend(grams.transposed @ of_class, grams.columns)
            dense.descend(components.T @ of_class)
    return mixture.values, lexical.values, dense.values


def wanted(chance: Array, aim: Array, any_of: Array) -> Array:
    """What the probabilities of the candidates should be (n, K): of acceptable targets their sum counts, so
    it keeps its parts; of targets that belong together each does."""
    mass = (chance * (aim > 0)).sum(axis=1, keepdims=True)
    return np.where(any_of[:, None], chance * (aim > 0) / np.maximum(mass, 1e-12), aim)


def train(
    turns: Sequence[Turn], candidates: Candidates, labels: Sequence[str], report: Callable[[str], None]
) -> ContextualModel:
    """Train on all examples. Deterministic."""
    words = words_of(turns)
    data = matrices_of(turns, candidates, words)
    report(f"{len(turns)} turns, {len(words.columns)} n-grams")
    manners = crossed_manners(data)
    gates, lexical, dense = fit_targets(data, manners, candidates)
    report("contextual model trained")
    return ContextualModel(tuple(labels), words, fit_manner(data), gates, lexical, dense)

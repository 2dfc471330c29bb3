"""Softmax regression over sparse lexical and dense semantic features, in numpy.

Training minimises cross-entropy plus an L2 penalty by adaptive steps; it is deterministic. Prediction gathers
the few rows of the present n-grams, which is far cheaper than a sparse matrix product.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from beian.arrays import Array
from beian.nlu.adaptive import AdaptiveWeights, Held, lots_of

# Features are taken this many times as long: the penalty is on the weights divided by it.
STRETCH = 3.0
# How far a step goes unless told otherwise.
STEP = 1.0
STEP_BIAS = 0.1


@dataclass(frozen=True)
class SoftmaxModel:
    """Weights: `lexical` (n-grams, labels), `dense` (dimensions, labels), `bias` (labels,)."""

    lexical: Array
    dense: Array
    bias: Array

    def scores(self, columns: Array, values: Array, vector: Array) -> Array:
        """Unnormalised scores (labels,) of one message: its n-gram columns, weights and vector."""
        scores: Array = values @ self.lexical[columns] + vector @ self.dense + self.bias
        return scores

    def scores_many(self, lexical: sparse.csr_matrix, dense: Array) -> Array:
        """Unnormalised scores (messages, labels)."""
        return np.asarray(lexical @ self.lexical) + dense @ self.dense + self.bias


def softmax(scores: Array) -> Array:
    """Probabilities along the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Array = shifted / shifted.sum(axis=-1, keepdims=True)
    return chances


def train_softmax(
    lexical: sparse.csr_matrix,
    dense: Array,
    labels: Array,
    classes: int,
    *,
    penalty: float,
    passes: int,
    chance: Array,
    weights: Array | None = None,
    step: float = STEP,
    on_pass: Callable[[int], None] | None = None,
) -> SoftmaxModel:
    """Fit on messages × (lexical, dense) with integer `labels` below `classes`, over all of them `passes`
    times.

    `penalty` is the L2 weight beside the summed loss, on the weights divided by STRETCH; `chance` (from 0 up
    to 1) of each message says in which lot it is; `weights` scales each message's loss; `step` is how far
    a step goes; `on_pass` is told the number of each pass made.
    """
    stretch = np.float32(STRETCH)
    lexical = lexical.astype(np.float32) * stretch
    dense = dense.astype(np.float32) * stretch
    counted = (np.ones(len(labels)) if weights is None else weights).astype(np.float32)[:, None]
    lots = lots_of(chance)
    held = [Held.of(lexical[lot]) for lot in lots]
    met = np.bincount(np.concatenate([one.columns for one in held]), minlength=lexical.shape[1])

    def weights_of(features: int, step: float, penalty: float, met: Array | int) -> AdaptiveWeights:
        return AdaptiveWeights(np.zeros((features, classes)), step, penalty, met)

    of_grams = weights_of(lexical.shape[1], step, penalty, met)
    of_vector = weights_of(dense.shape[1], step, penalty, len(lots))
    bias = weights_of(1, STEP_BIAS, 0.0, 1)
    for number in range(1, passes + 1):
        for lot, grams in zip(lots, held, strict=True):
            vectors = dense[lot]
            scores = grams.narrow @ of_grams.values[grams.columns] + vectors @ of_vector.values + bias.values
            error = softmax(scores)
            error[np.arange(len(lot)), labels[lot]] -= 1.0
            error *= counted[lot]
            of_grams.descend(grams.transposed @ error, grams.columns)
            of_vector.descend(vectors.T @ error)
            bias.descend(error.sum(axis=0, keepdims=True))
        if on_pass:
            on_pass(number)
    return SoftmaxModel(of_grams.values * stretch, of_vector.values * stretch, bias.values[0])

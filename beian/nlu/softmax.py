"""Softmax regression over sparse lexical and dense semantic features, in numpy.

Training minimises cross-entropy plus an L2 penalty with L-BFGS; it is deterministic. Prediction
gathers the few rows of the present n-grams, which is far cheaper than a sparse matrix product.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from beian.arrays import Array
from beian.nlu.lbfgs import minimize

# The search takes bigger steps on features this many times as long, and needs a third fewer of them for
# the same loss (measured on held-out messages).
STRETCH = 3.0


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


class _Blocks:
    """A sparse matrix cut into row blocks whose products run side by side (scipy frees the lock)."""

    def __init__(self, matrix: sparse.csr_matrix, pool: ThreadPoolExecutor, blocks: int) -> None:
        edges = np.searchsorted(matrix.indptr, np.linspace(0, matrix.nnz, blocks + 1))
        edges[0], edges[-1] = 0, matrix.shape[0]
        self._parts = [matrix[a:b] for a, b in itertools.pairwise(edges)]
        self._pool = pool

    def __matmul__(self, other: Array) -> Array:
        return np.concatenate(list(self._pool.map(lambda part: part @ other, self._parts)))


def train_softmax(
    lexical: sparse.csr_matrix,
    dense: Array,
    labels: Array,
    classes: int,
    *,
    penalty: float,
    iterations: int,
    weights: Array | None = None,
    start: SoftmaxModel | None = None,
    on_step: Callable[[int], None] | None = None,
) -> SoftmaxModel:
    """Fit on messages × (lexical, dense) with integer `labels` below `classes`.

    `penalty` is the L2 weight per message, on the weights divided by STRETCH; `weights` scales each
    message's loss; `start` is where the search begins.
    """
    count, width = lexical.shape
    cores = os.cpu_count() or 1
    pool = ThreadPoolExecutor(cores)
    lexical = lexical.astype(np.float32) * np.float32(STRETCH)
    forward = _Blocks(lexical, pool, cores)
    backward = _Blocks(lexical.T.tocsr(), pool, cores)
    dense = np.ascontiguousarray(dense, dtype=np.float32) * np.float32(STRETCH)
    share = np.full(count, 1.0 / count) if weights is None else weights / weights.sum()
    share = share.astype(np.float32)[:, None]
    rows = np.arange(count)
    cut = width * classes
    end = cut + dense.shape[1] * classes

    def unpack(flat: Array) -> SoftmaxModel:
        return SoftmaxModel(
            flat[:cut].reshape(width, classes), flat[cut:end].reshape(-1, classes), flat[end:]
        )

    def objective(flat: Array) -> tuple[float, Array]:
        model = unpack(flat)
        chance = softmax((forward @ model.lexical) + dense @ model.dense + model.bias)
        loss = -float((share[:, 0] * np.log(chance[rows, labels] + 1e-30)).sum(dtype=np.float64))
        chance[rows, labels] -= 1.0
        chance *= share
        gradient = np.concatenate(
            [(backward @ chance).ravel(), (dense.T @ chance).ravel(), chance.sum(axis=0)]
        )
        scale = penalty / count
        loss += 0.5 * scale * float(flat[:end] @ flat[:end])
        gradient[:end] += np.float32(scale) * flat[:end]
        return loss, gradient

    if start is None:
        flat = np.zeros(end + classes, dtype=np.float32)
    else:
        flat = np.concatenate([start.lexical.ravel(), start.dense.ravel(), start.bias]).astype(np.float32)
        flat[:end] /= STRETCH
    with pool:
        flat = minimize(objective, flat, iterations, on_step)
    flat[:end] *= STRETCH
    return unpack(flat)

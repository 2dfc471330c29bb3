"""Steps downhill that adapt to each feature, one for each small lot of messages.

The method is AdaGrad (Duchi, Hazan and Singer, Adaptive Subgradient Methods for Online Learning and
Stochastic Optimization, 2011). Over tens of thousands of messages with rare and frequent features side by
side a few passes of it reach what takes L-BFGS dozens. Deterministic: lots are drawn by content.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from beian.arrays import Array

# Messages a step, about: the number of lots is rounded, so that a message more or less moves no other one
# into another lot.
LOT_SIZE = 256
_LOTS_ROUNDED = 32
# How many messages' worth of slope a feature has before it has shown any: without it the first message with a
# rare n-gram would move its weights as far as all others together.
FIRST_SLOPE = 4.0


def lots_of(chance: Array) -> list[Array]:
    """The places of the messages in each lot, by the `chance` (from 0 up to 1) of each."""
    number = _LOTS_ROUNDED * max(1, round(len(chance) / (LOT_SIZE * _LOTS_ROUNDED)))
    lot = (chance * number).astype(int)
    groups = (np.flatnonzero(lot == one) for one in range(number))
    return [places for places in groups if len(places)]


@dataclass(frozen=True)
class Held:
    """The columns that some rows of a sparse matrix hold (`columns`), those rows over these alone (`narrow`),
    and the same `transposed`."""

    columns: Array
    narrow: sparse.csr_matrix
    transposed: sparse.csr_matrix

    @classmethod
    def of(cls, rows: sparse.csr_matrix) -> Held:
        """Of these rows."""
        columns, places = np.unique(rows.indices, return_inverse=True)
        narrow = sparse.csr_matrix(
            (rows.data, places.astype(np.int32), rows.indptr), shape=(rows.shape[0], len(columns))
        )
        return cls(columns, narrow, narrow.T.tocsr())


class AdaptiveWeights:
    """Weights (features, outputs), and the slope that each feature has shown so far, squared and summed: one
    that often had a steep slope moves less. `apart`: each weight by its own slope. The L2 `penalty` draws
    towards `start`; of each feature it comes in so many shares as it is `met` in a pass."""

    def __init__(
        self,
        start: Array,
        step: float,
        penalty: float = 0.0,
        met: Array | int = 1,
        apart: bool = False,
    ) -> None:
        self.values = start.astype(np.float32)
        self._start = self.values.copy() if start.any() else None
        self._step, self._apart = np.float32(step), apart
        shares = np.broadcast_to(penalty / np.maximum(met, 1), len(start))
        self._shares = shares.astype(np.float32)[:, None] if penalty else None
        size = start.shape if apart else (len(start), 1)
        self._shown = np.full(size, FIRST_SLOPE**2, dtype=np.float32)

    def descend(self, slope: Array, rows: Array | slice = slice(None)) -> None:
        """One step down the slope (rows, outputs) of a lot's summed loss."""
        if self._shares is not None:
            moved = self.values[rows] if self._start is None else self.values[rows] - self._start[rows]
            slope = slope + self._shares[rows] * moved
        shown = slope * slope if self._apart else np.einsum("ij,ij->i", slope, slope)[:, None]
        self._shown[rows] += shown
        self.values[rows] -= self._step / np.sqrt(self._shown[rows]) * slope

"""Products of a few rows with a large matrix, such as one short sentence with the encoder's weights.

OpenBLAS copies the whole matrix before it multiplies, which for a few rows takes longer than to multiply;
products below a million operations are spared that. So a few rows meet the matrix in narrow pieces: a
short sentence takes a third less time. Sums come out in another order: differences are below 1e-6.
"""

from __future__ import annotations

import numpy as np

from beian.arrays import Array

_OPERATIONS = 1_000_000
_FEW_ROWS = 24


class SmallProducts:
    """A matrix (k, n) for use on the right of `@`; the left (rows, k) and the result are float32 arrays."""

    # Makes numpy leave the product to __rmatmul__.
    __array_ufunc__ = None

    def __init__(self, matrix: Array) -> None:
        self._matrix = matrix
        width = max(1, _OPERATIONS // (_FEW_ROWS * len(matrix)))
        self._pieces = [
            (start, np.ascontiguousarray(matrix[:, start : start + width]))
            for start in range(0, matrix.shape[1], width)
        ]

    def __rmatmul__(self, left: Array) -> Array:
        if len(left) > _FEW_ROWS:
            return left @ self._matrix
        result = np.empty((len(left), self._matrix.shape[1]), dtype=np.float32)
        for start, piece in self._pieces:
            np.matmul(left, piece, out=result[:, start : start + piece.shape[1]])
        return result

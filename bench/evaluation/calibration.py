"""Does a confidence of 80 % mean right 80 times in a hundred?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

BINS = 10


@dataclass(frozen=True)
class Bin:
    """Predictions of like confidence: how many, their mean confidence, the share that is right."""

    count: int
    confidence: float
    right: float


def bins_of(confidences: Sequence[float], right: Sequence[bool]) -> list[Bin]:
    """Ten bins of equal width over 0 to 1; empty ones are left out."""
    chance, hit = np.asarray(confidences, dtype=float), np.asarray(right, dtype=float)
    place = np.minimum((chance * BINS).astype(int), BINS - 1)
    return [
        Bin(int(inside.sum()), float(chance[inside].mean()), float(hit[inside].mean()))
        for inside in (place == number for number in range(BINS))
        if inside.any()
    ]


def expected_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: the mean gap between confidence and truth, weighted by count."""
    total = sum(entry.count for entry in bins)
    return sum(entry.count * abs(entry.confidence - entry.right) for entry in bins) / total if total else 0.0

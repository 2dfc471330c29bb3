"""How alike short texts are by the pieces of characters they share, weighted by how rare the pieces are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from scipy import sparse

from beian.arrays import Array
from beian.text.normalize import letters_only

_BAND = 256


def grams_of(text: str, longest: int) -> list[str]:
    """The pieces of 1 to `longest` characters of a text of letters only."""
    return [
        text[at : at + size]
        for size in range(1, min(longest, len(text)) + 1)
        for at in range(len(text) - size + 1)
    ]


class Likeness:
    """The cosine of tf-idf weights with each of `texts` (N of them), pieces of 1 to 3 characters."""

    def __init__(self, texts: Sequence[str], longest: int = 3) -> None:
        self._longest = longest
        counted = [Counter(grams_of(letters_only(text), longest)) for text in texts]
        self._columns = {gram: place for place, gram in enumerate(sorted({g for c in counted for g in c}))}
        self._rarity = _rarity(counted, self._columns)
        self._rows = self._weighted(counted)

    def to(self, text: str) -> Array:
        """The likeness of a text to each (N,)."""
        row = self._weighted([Counter(grams_of(letters_only(text), self._longest))])
        return np.asarray(self._rows @ row.toarray()[0])

    def among(self) -> Array:
        """The likeness of each to each (N, N), in bands: at once it takes several times the room."""
        rows = self._rows.astype(np.float32)
        found = np.empty((rows.shape[0], rows.shape[0]), dtype=np.float32)
        for begin in range(0, len(found), _BAND):
            found[begin : begin + _BAND] = (rows[begin : begin + _BAND] @ rows.T).toarray()
        return found

    def _weighted(self, counted: Sequence[Counter[str]]) -> sparse.csr_matrix:
        """The weights of counted pieces, a row of unit length each."""
        known = [
            [(self._columns[gram], count) for gram, count in counts.items() if gram in self._columns]
            for counts in counted
        ]
        places = np.array([place for row in known for place, _ in row], dtype=int)
        counts = np.array([count for row in known for _, count in row], dtype=float)
        weights = (1 + np.log(counts)) * self._rarity[places]
        ends = np.cumsum([0, *map(len, known)])
        rows = np.repeat(np.arange(len(known)), np.diff(ends))
        lengths = np.sqrt(np.bincount(rows, weights**2, len(known)))
        return sparse.csr_matrix((weights / lengths[rows], places, ends), (len(known), len(self._columns)))


class TextShares:
    """Which share of a message each of `texts` (N of them) holds, by the weight of its pieces."""

    def __init__(self, texts: Iterable[str], longest: int = 2) -> None:
        self._longest = longest
        held = [set(grams_of(letters_only(text), longest)) for text in texts]
        self._columns = {gram: place for place, gram in enumerate(sorted(set().union(*held)))}
        self._rarity = _rarity(held, self._columns)
        self._holds = np.zeros((len(held), len(self._columns)), dtype=np.float32)
        for row, pieces in enumerate(held):
            self._holds[row, [self._columns[gram] for gram in pieces]] = 1.0

    def of(self, text: str) -> Array:
        """The share of a text that each holds (N,)."""
        places = [
            self._columns[g] for g in set(grams_of(letters_only(text), self._longest)) if g in self._columns
        ]
        weights = self._rarity[places]
        total = float(weights.sum())
        return np.asarray(self._holds[:, places] @ weights / total if total else np.zeros(len(self._holds)))


def _rarity(texts: Sequence[Iterable[str]], columns: dict[str, int]) -> Array:
    seen = np.zeros(len(columns))
    for pieces in texts:
        seen[[columns[gram] for gram in pieces]] += 1
    return np.asarray(np.log((1 + len(texts)) / (1 + seen)) + 1)

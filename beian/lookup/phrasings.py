"""Which known texts are most like a query: characters and pairs of characters, weighted by rarity."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from beian.arrays import Array
from beian.text.normalize import letters_only


def _grams(text: str) -> list[str]:
    return [*text, *(text[at : at + 2] for at in range(len(text) - 1))]


class TextIndex:
    """Cosine likeness of a query to each of `texts`; built once, then a fraction of a millisecond a query."""

    def __init__(self, texts: Sequence[str]) -> None:
        columns: dict[str, int] = {}
        rows, places, counts = [], [], []
        for row, text in enumerate(texts):
            for gram, count in Counter(_grams(letters_only(text))).items():
                rows.append(row)
                places.append(columns.setdefault(gram, len(columns)))
                counts.append(count)
        row_of, place_of = np.array(rows, dtype=np.int32), np.array(places, dtype=np.int32)
        found_in = np.bincount(place_of, minlength=len(columns)) if rows else np.zeros(0)
        self._rarity = np.log((1 + len(texts)) / (1 + found_in)) + 1
        weights = np.array(counts, dtype=np.float64) * (self._rarity[place_of] if rows else 1)
        lengths = np.sqrt(np.bincount(row_of, weights**2, minlength=len(texts))) if rows else np.ones(0)
        weights = weights / lengths[row_of] if rows else weights
        order = np.argsort(place_of, kind="stable")
        self._rows, self._weights = row_of[order], weights[order]
        self._starts = np.searchsorted(place_of[order], np.arange(len(columns) + 1))
        self._columns, self._count = columns, len(texts)

    def likeness(self, query: str) -> Array:
        """The likeness (0 to 1) of the query to each text, shape (texts,)."""
        found = np.zeros(self._count)
        grams = Counter(_grams(letters_only(query)))
        length = 0.0
        for gram, count in grams.items():
            column = self._columns.get(gram)
            if column is None:
                # What no text holds makes all of them less like the query.
                length += (count * (math.log(1 + self._count) + 1)) ** 2
                continue
            weight = count * self._rarity[column]
            length += weight**2
            span = slice(self._starts[column], self._starts[column + 1])
            # No text stands twice in one column, so plain indexing adds each weight once.
            found[self._rows[span]] += weight * self._weights[span]
        return found / math.sqrt(length) if length else found


class Phrasings:
    """The training phrasings of every label, searched by likeness."""

    def __init__(self, messages: Sequence[tuple[str, str]]) -> None:
        """`messages` are (text, label) pairs."""
        self._texts = [text for text, _ in messages]
        self._labels = [label for _, label in messages]
        self._rows: dict[str, Array] = {
            label: np.array(rows) for label, rows in _rows_by_label(self._labels).items()
        }
        self._index = TextIndex(self._texts)

    def likeness(self, query: str) -> Array:
        """The likeness of the query to each phrasing, for the two methods below."""
        return self._index.likeness(query)

    def nearest(self, label: str, likeness: Array) -> str | None:
        """The phrasing of a label that is most like the query; None when none shares anything with it."""
        rows = self._rows.get(label)
        if rows is None:
            return None
        best = rows[int(np.argmax(likeness[rows]))]
        return self._texts[best] if likeness[best] > 0 else None

    def best(self, likeness: Array, most: int) -> list[tuple[str, str, float]]:
        """(label, phrasing, likeness) of the likest labels, best first."""
        found: dict[str, tuple[str, str, float]] = {}
        for row in np.argsort(-likeness)[: 40 * most]:
            if likeness[row] <= 0 or len(found) == most:
                break
            label = self._labels[row]
            if label not in found:
                found[label] = (label, self._texts[row], float(likeness[row]))
        return list(found.values())


def _rows_by_label(labels: Sequence[str]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    for row, label in enumerate(labels):
        rows.setdefault(label, []).append(row)
    return rows

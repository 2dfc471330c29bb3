"""Weighted n-grams: characters (1-3) of the text, words (1-2) and entity marks beside them."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from beian.arrays import Array

CHARACTER_SIZES = (1, 2, 3)
MINIMUM_MESSAGES = 4


def character_grams(text: str) -> list[str]:
    """Character n-grams with the message's borders marked."""
    framed = f"\x02{text}\x03"
    return [
        framed[start : start + size] for size in CHARACTER_SIZES for start in range(len(framed) - size + 1)
    ]


def word_grams(tokens: Sequence[str], marks: Iterable[str]) -> list[str]:
    """Word n-grams, and one feature for each mark (such as an entity "item=server")."""
    words = [f"w:{token}" for token in tokens]
    pairs = [f"w:{left} {right}" for left, right in itertools.pairwise(tokens)]
    return words + pairs + [f"m:{mark}" for mark in marks]


@dataclass(frozen=True)
class LexicalFeatures:
    """The n-grams known from training and their inverse document frequency."""

    columns: dict[str, int]
    idf: Array

    @classmethod
    def fit(cls, messages: Sequence[tuple[list[str], list[str]]]) -> LexicalFeatures:
        """Learn from (character n-grams, word n-grams) of each training message."""
        seen = Counter(gram for parts in messages for part in parts for gram in set(part))
        kept = sorted(gram for gram, count in seen.items() if count >= MINIMUM_MESSAGES)
        idf = [math.log((1 + len(messages)) / (1 + seen[gram])) + 1 for gram in kept]
        return cls({gram: column for column, gram in enumerate(kept)}, np.array(idf, dtype=np.float32))

    def transform(self, parts: tuple[list[str], list[str]]) -> tuple[Array, Array]:
        """Columns and values of one message; each part has unit length, unknown n-grams are left out."""
        columns: list[int] = []
        values: list[Array] = []
        for part in parts:
            counts = Counter(self.columns[gram] for gram in part if gram in self.columns)
            if not counts:
                continue
            place = np.fromiter(counts, dtype=np.int32, count=len(counts))
            weight = 1 + np.log(np.fromiter(counts.values(), dtype=np.float32, count=len(counts)))
            weight *= self.idf[place]
            columns.extend(place.tolist())
            values.append(weight / np.linalg.norm(weight))
        joined = np.concatenate(values) if values else np.zeros(0, dtype=np.float32)
        return np.array(columns, dtype=np.int32), joined.astype(np.float32)

    def transform_many(self, messages: Sequence[tuple[list[str], list[str]]]) -> sparse.csr_matrix:
        """The rows of many messages as one matrix (messages, n-grams)."""
        rows = [self.transform(parts) for parts in messages]
        borders = np.concatenate([[0], np.cumsum([len(columns) for columns, _ in rows])])
        columns = np.concatenate([columns for columns, _ in rows]) if rows else np.zeros(0)
        values = np.concatenate([values for _, values in rows]) if rows else np.zeros(0)
        return sparse.csr_matrix((values, columns, borders), shape=(len(rows), len(self.columns)))

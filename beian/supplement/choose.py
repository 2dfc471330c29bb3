"""The second step: which entry of the layer a message asks for, once its theme is known or likely.

Nothing is trained: the entries' own titles, questions and phrasings are examples enough. Each entry is
described by how like the message they are, in pieces of characters and in meaning, by what its body holds
and by the theme's chance; one row of weights makes chances of it. The weights were fitted once with every
phrasing left out of its own examples (bench/supplement.py measures them).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from beian.nlu import encoders
from beian.nlu.vector_cache import vectors_of
from beian.supplement.grams import Holding, Likeness

# The features of an entry, and of "none of them", in the order of `Chooser.features`.
WEIGHTS = np.array([5.29, -2.93, 4.69, 0.533, 4.34, 8.30])
NONE = 5.51
# Without the encoder the two features of meaning are missing.
WEIGHTS_WITHOUT_ENCODER = np.array([7.0, 0.5, 0.0, 0.6, 0.0, 8.5])
NONE_WITHOUT_ENCODER = 3.2
LEAST_CHANCE = 0.003
# A theme that an entry answers besides its own.
OTHER_THEME = 0.7
# How much examples count beyond their own neighbourhood.
_STIFFNESS = 1.0
_LONGEST_BODY = 120


@dataclass(frozen=True)
class Entry:
    """What can be chosen: `phrasings` are ways to ask for it, `body` its own words, `themes` its themes."""

    id: str
    phrasings: tuple[str, ...]
    body: str
    themes: tuple[str, ...] = ()


class Chooser:
    """Built once for its entries (E of them, with N phrasings in all); their sentence vectors are kept in
    `cache`, a folder of its own."""

    def __init__(self, entries: Sequence[Entry], cache: Path) -> None:
        self.entries = tuple(entries)
        phrasings = [(place, text) for place, entry in enumerate(entries) for text in entry.phrasings]
        self._own = np.array([place for place, _ in phrasings])
        texts = [text for _, text in phrasings]
        self._alike = Likeness(texts)
        self._holding = Holding([" ".join([*entry.phrasings, entry.body]) for entry in entries])
        bodies = [entry.body[:_LONGEST_BODY] for entry in entries]
        # In this process alone: it serves, and is not to be forked.
        vectors = vectors_of(encoders.ENCODER, [*texts, *bodies], cache, workers=1)
        self._mean = self._meanings = self._bodies = None
        if vectors is not None:
            self._mean = vectors[: len(texts)].mean(axis=0)
            self._meanings = _unit(vectors[: len(texts)] - self._mean)
            self._bodies = _unit(vectors[len(texts) :] - self._mean)
        # A message is asked about more than once in its turn.
        self._last: tuple[str, list[np.ndarray]] | None = None
        self._ridge = self._fitted()

    def _fitted(self) -> np.ndarray:
        """The ridge regression from likenesses to each phrasing to the entry asked for (N, E)."""
        kernel = self._alike.among()
        if self._meanings is not None:
            kernel = (kernel + self._meanings @ self._meanings.T) / 2
        belongs = np.zeros((len(self._own), len(self.entries)))
        belongs[np.arange(len(self._own)), self._own] = 1.0
        return np.linalg.solve(kernel + _STIFFNESS * np.eye(len(kernel)), belongs).astype(np.float32)

    def features(self, text: str, themes: Mapping[str, float]) -> np.ndarray:
        """What is known of each entry for a message (E, 6); `themes` are the chances of themes."""
        own, nearest, meaning, bodies, held = self._without_themes(text)
        chance = [
            max(
                LEAST_CHANCE,
                *(
                    themes.get(theme, 0.0) * (OTHER_THEME if place else 1.0)
                    for place, theme in enumerate(entry.themes)
                ),
                LEAST_CHANCE,
            )
            for entry in self.entries
        ]
        return np.stack([own, nearest, meaning, np.log(chance), bodies, held], axis=1)

    def _without_themes(self, text: str) -> list[np.ndarray]:
        """What is known of each entry from the message alone, each (E,)."""
        last = self._last
        if last and last[0] == text:
            return last[1]
        alike = self._alike.to(text)
        zero = np.zeros(len(self.entries))
        kernel, meaning, bodies = alike, zero, zero
        vector = encoders.encode_few(encoders.ENCODER, [text]) if self._meanings is not None else None
        if vector is not None and self._meanings is not None and self._bodies is not None:
            unit = _unit(vector - self._mean)[0]
            near = self._meanings @ unit
            kernel, meaning, bodies = (alike + near) / 2, self._best(near), self._bodies @ unit
        found = [kernel @ self._ridge, self._best(alike), meaning, bodies, self._holding.of(text)]
        self._last = (text, found)
        return found

    def chances(
        self, text: str, themes: Mapping[str, float], allowed: Callable[[Entry], bool] | None = None
    ) -> list[tuple[str, float]]:
        """The entries with their chances, likeliest first; what is left to one is that of none of them."""
        meant = self._meanings is not None
        scores = self.features(text, themes) @ (WEIGHTS if meant else WEIGHTS_WITHOUT_ENCODER)
        none = NONE if meant else NONE_WITHOUT_ENCODER
        if allowed:
            scores = np.where([allowed(entry) for entry in self.entries], scores, -np.inf)
        most = max(float(scores.max()), none)
        powers = np.exp(scores - most)
        shares = powers / (powers.sum() + np.exp(none - most))
        order = np.argsort(-shares, kind="stable")
        return [(self.entries[place].id, float(shares[place])) for place in order]

    def _best(self, values: np.ndarray) -> np.ndarray:
        """The greatest value among each entry's phrasings (E,)."""
        best = np.full(len(self.entries), -1.0)
        np.maximum.at(best, self._own, values)
        return best


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)

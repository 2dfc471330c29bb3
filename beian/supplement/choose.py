"""The second step: which entry of the layer a message asks for, once its theme is known or likely.

Each entry is described by how like the message its title, question and phrasings are, in pieces of
characters and in meaning, by what its body holds and by the theme's chance; "none of them" by how the first
step read the message. One row of weights for each makes chances of it: a conditional logit, fitted to
questions that are none of the phrasings (bench/supplement_fit.py) and measured on others
(bench/supplement.py). A new entry needs no new weights.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import linalg

from beian.arrays import Array
from beian.nlu import encoders
from beian.nlu.vector_cache import vectors_of
from beian.supplement.grams import Likeness, TextShares

LEAST_CHANCE = 0.003
LEAST_READ = 0.01
# A theme that an entry answers besides its own.
OTHER_THEME = 0.7
# How much examples count beyond their own neighbourhood.
_STIFFNESS = 1.0
_LONGEST_BODY = 120


@dataclass(frozen=True)
class Read:
    """How the first step read a message: the chances of `themes` that are open, of all of them together, of a
    `foreign` subject; and how likely it asks by its own words what it was taken for instead (`alone`)."""

    themes: Mapping[str, float]
    open: float
    foreign: float = 0.0
    alone: float = 0.0

    @classmethod
    def of_theme(cls, theme: str, chance: float = 1.0) -> Read:
        """A message about one theme, of which nothing else is known."""
        return cls({theme: chance}, chance)

    @property
    def features(self) -> tuple[float, float, float]:
        """What is known of "none of the entries"."""
        return (
            float(np.log(max(self.open, LEAST_READ))),
            float(np.log(max(self.foreign, LEAST_READ))),
            self.alone,
        )


@dataclass(frozen=True)
class Weights:
    """What makes chances of what is known: one number for each of `Chooser.features`, in their order, and the
    score of "none of them", with one number for each of `Read.features` where these count."""

    of_features: tuple[float, ...]
    none: float
    of_reading: tuple[float, ...] = ()

    def of_none(self, read: Read | None) -> float:
        """The score of "none of them"."""
        if read is None or not self.of_reading:
            return self.none
        return self.none + sum(w * known for w, known in zip(self.of_reading, read.features, strict=True))


@dataclass(frozen=True)
class Weighing:
    """The weights with the sentence encoder, and those `without` it, where two features are missing."""

    usual: Weights
    without: Weights


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

    def __init__(self, entries: Sequence[Entry], weighing: Weighing, cache: Path) -> None:
        self.entries = tuple(entries)
        self._weighing = weighing
        self._of_themes = self._shares_of_themes()
        phrasings = [(place, text) for place, entry in enumerate(entries) for text in entry.phrasings]
        self._own = np.array([place for place, _ in phrasings])
        texts = [text for _, text in phrasings]
        self._alike = Likeness(texts)
        self._holding = TextShares([" ".join([*entry.phrasings, entry.body]) for entry in entries])
        bodies = [entry.body[:_LONGEST_BODY] for entry in entries]
        # In this process alone: it serves, and is not to be forked.
        vectors = vectors_of(encoders.ENCODER, [*texts, *bodies], cache, workers=1)
        self._mean = self._meanings = self._bodies = None
        if vectors is not None:
            self._mean = vectors[: len(texts)].mean(axis=0)
            self._meanings = _unit(vectors[: len(texts)] - self._mean)
            self._bodies = _unit(vectors[len(texts) :] - self._mean)
        # A message is asked about more than once in its turn.
        self._last: tuple[str, list[Array]] | None = None
        self._ridge = self._fitted()

    def _fitted(self) -> Array:
        """The ridge regression from likenesses to each phrasing to the entry asked for (N, E)."""
        kernel = self._alike.among()
        if self._meanings is not None:
            kernel += (self._meanings @ self._meanings.T).astype(np.float32, copy=False)
            kernel /= 2
        kernel[np.diag_indices_from(kernel)] += _STIFFNESS
        belongs = np.zeros((len(self._own), len(self.entries)), dtype=np.float32)
        belongs[np.arange(len(self._own)), self._own] = 1.0
        # In place, as there are thousands of phrasings; turned over it is the same, in the order wanted.
        found: Array = linalg.solve(kernel.T, belongs, assume_a="pos", overwrite_a=True, overwrite_b=True)
        return found

    def features(self, text: str, themes: Mapping[str, float]) -> Array:
        """What is known of each entry for a message (E, 6); `themes` are the chances of themes."""
        own, nearest, meaning, bodies, held = self._without_themes(text)
        chance = np.full(len(self.entries), LEAST_CHANCE)
        for theme, likely in themes.items():
            of_theme = self._of_themes.get(theme)
            if of_theme is not None:
                chance = np.maximum(chance, of_theme * likely)
        return np.stack([own, nearest, meaning, np.log(chance), bodies, held], axis=1)

    def _shares_of_themes(self) -> dict[str, Array]:
        """For each theme, how much its chance counts for each entry (E,): all, a part, or nothing."""
        found: dict[str, Array] = {}
        for place, entry in enumerate(self.entries):
            for number, theme in enumerate(entry.themes):
                shares = found.setdefault(theme, np.zeros(len(self.entries)))
                shares[place] = OTHER_THEME if number else 1.0
        return found

    def _without_themes(self, text: str) -> list[Array]:
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
        found = [
            kernel.astype(np.float32) @ self._ridge,
            self._best(alike),
            meaning,
            bodies,
            self._holding.of(text),
        ]
        self._last = (text, found)
        return found

    def chances(
        self, text: str, read: Read | None = None, allowed: Callable[[Entry], bool] | None = None
    ) -> list[tuple[str, float]]:
        """The entries with their chances, likeliest first; what is left to one is that of none of them."""
        weights = self._weighing.without if self._meanings is None else self._weighing.usual
        scores = self.features(text, read.themes if read else {}) @ np.array(weights.of_features)
        none = weights.of_none(read)
        if allowed:
            scores = np.where([allowed(entry) for entry in self.entries], scores, -np.inf)
        most = max(float(scores.max()), none)
        powers = np.exp(scores - most)
        shares = powers / (powers.sum() + np.exp(none - most))
        order = np.argsort(-shares, kind="stable")
        return [(self.entries[place].id, float(shares[place])) for place in order]

    def _best(self, values: Array) -> Array:
        """The greatest value among each entry's phrasings (E,)."""
        best = np.full(len(self.entries), -1.0)
        np.maximum.at(best, self._own, values)
        return best


def _unit(vectors: Array) -> Array:
    unit: Array = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return unit

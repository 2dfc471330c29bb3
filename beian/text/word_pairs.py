"""How likely a word is after another: counted over messages, with general Chinese behind it."""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

# Places in a message that are no Chinese words: its borders and marks, a number, a word in letters.
BORDER, NUMBER, LATIN = "\x02", "\x03", "\x04"
_FILE = "word_pairs.npz"
_FEWEST = 2
# A word is of other subjects where no greater share of its messages is about filings.
_FOREIGN = 0.15
_DISCOUNT = 0.75
# How much of a word's likelihood comes from general Chinese, and the least that any character has.
_GENERAL, _LEAST = 0.1, 1e-8
# A word in letters that was never seen: all such words, and each of its letters.
_UNSEEN_LATIN, _LETTER = 0.02, 1 / 8

Frequency = Callable[[str], float]


@dataclass(frozen=True)
class WordPairs:
    """Counts of words, of pairs of neighbouring words, and of words in letters.

    `foreign`: the words that stand in messages of other subjects only. `general`: the share of a word in
    general Chinese, nought for what is none.
    """

    words: Mapping[str, int]
    pairs: Mapping[tuple[str, str], int]
    latin: Mapping[str, int]
    foreign: frozenset[str]
    general: Frequency
    _kept: dict[str, float] = field(default_factory=dict, repr=False)

    @classmethod
    def of_terms(cls, terms: Iterable[str], general: Frequency) -> WordPairs:
        """What is known without any message: that the terms occur."""
        return cls(dict.fromkeys(terms, 1), {}, {}, frozenset(), general)

    @classmethod
    def count(
        cls,
        messages: Iterable[tuple[Sequence[str], bool]],
        terms: Iterable[str],
        latin: Iterable[str],
        general: Frequency,
    ) -> WordPairs:
        """Count over messages cut into words (borders, numbers and letters by their signs), each with whether
        it is of another subject, and over the words in letters that stand in them. What is seldom may be a
        slip and is left out."""
        terms = tuple(terms)
        words, own = Counter(terms), Counter(terms)
        pairs = Counter[tuple[str, str]]()
        for message, is_foreign in messages:
            words.update(message)
            if not is_foreign:
                own.update(message)
            pairs.update(zip([BORDER, *message], [*message, BORDER], strict=True))
        always = frozenset(terms)
        kept = {word: count for word, count in sorted(words.items()) if count >= _FEWEST or word in always}
        return cls(
            kept,
            {pair: count for pair, count in sorted(pairs.items()) if count >= _FEWEST},
            {word: count for word, count in sorted(Counter(latin).items()) if count >= _FEWEST},
            frozenset(word for word, count in kept.items() if own[word] <= _FOREIGN * count),
            general,
        )

    @cached_property
    def after(self) -> Mapping[str, Mapping[str, float]]:
        """For each word the logarithms of the chances of those seen after it."""
        total = self._before
        found: dict[str, dict[str, float]] = defaultdict(dict)
        for (first, second), count in self.pairs.items():
            share = (count - _DISCOUNT) / total[first]
            rest = _DISCOUNT * self._followers[first] / total[first]
            found[first][second] = math.log(share + rest * math.exp(self.alone(second)))
        return found

    @cached_property
    def any_after(self) -> Mapping[str, float]:
        """For each word the logarithm of what is left for words never seen after it."""
        return {
            first: math.log(_DISCOUNT * self._followers[first] / count)
            for first, count in self._before.items()
        }

    @cached_property
    def _before(self) -> Mapping[str, int]:
        """How often each word stands before another."""
        total = Counter[str]()
        for (first, _), count in self.pairs.items():
            total[first] += count
        return total

    @cached_property
    def _followers(self) -> Mapping[str, int]:
        return Counter(first for first, _ in self.pairs)

    @cached_property
    def _total(self) -> int:
        return sum(self.words.values()) or 1

    @cached_property
    def _latin_total(self) -> int:
        return sum(self.latin.values()) or 1

    def chance(self, before: str, word: str) -> float:
        """The logarithm of the chance of a word after another."""
        known = self.after.get(before)
        if known is not None and word in known:
            return known[word]
        return self.any_after.get(before, 0.0) + self.alone(word)

    def alone(self, word: str) -> float:
        """The logarithm of a word's chance wherever it stands."""
        known = self._kept.get(word)
        if known is None:
            share = (1 - _GENERAL) * self.words.get(word, 0) / self._total + _GENERAL * self.general(word)
            known = math.log(max(share, _LEAST ** len(word)))
            if len(self._kept) < 1 << 16:
                self._kept[word] = known
        return known

    def spelt(self, word: str) -> float:
        """The logarithm of the chance that a word in letters is this one."""
        seen = (1 - _UNSEEN_LATIN) * self.latin.get(word, 0) / self._latin_total
        return math.log(seen + _UNSEEN_LATIN * _LETTER ** len(word))

    def fingerprint(self) -> str:
        """What tells it apart for Rasa's training cache."""
        told = repr((self.words, self.pairs, self.latin, sorted(self.foreign)))
        return hashlib.sha256(told.encode()).hexdigest()

    def save(self, folder: Path) -> None:
        """Write the counts as plain arrays."""
        np.savez_compressed(
            folder / _FILE,
            words=np.array(list(self.words)),
            word_counts=np.array(list(self.words.values()), dtype=np.int32),
            firsts=np.array([first for first, _ in self.pairs]),
            seconds=np.array([second for _, second in self.pairs]),
            pair_counts=np.array(list(self.pairs.values()), dtype=np.int32),
            latin=np.array(list(self.latin)),
            latin_counts=np.array(list(self.latin.values()), dtype=np.int32),
            foreign=np.array(sorted(self.foreign)),
        )

    @classmethod
    def load(cls, folder: Path, general: Frequency) -> WordPairs:
        """Read what `save` wrote."""
        with np.load(folder / _FILE) as data:
            pairs = zip(data["firsts"].tolist(), data["seconds"].tolist(), strict=True)
            return cls(
                dict(zip(data["words"].tolist(), data["word_counts"].tolist(), strict=True)),
                dict(zip(pairs, data["pair_counts"].tolist(), strict=True)),
                dict(zip(data["latin"].tolist(), data["latin_counts"].tolist(), strict=True)),
                frozenset(data["foreign"].tolist()),
                general,
            )

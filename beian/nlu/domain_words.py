"""Whose words a message is made of: those of filings, or others. Evidence beside the classifier's own.

The classifier knows what a message is most like among what it has seen; these numbers say how much of it is
like nothing there, which is what tells a subject that was never seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from beian.arrays import Array
from beian.nlu.labels import kind_of

_SMOOTHING = 0.5
_ANCHOR = 2.0
WIDTH = 9
# Which of the numbers counts the words never seen in messages of facts.
UNSEEN_IN_FACTS = 0


@dataclass(frozen=True)
class DomainWords:
    """For each word its log-odds of a filing message against a foreign one; the words seen in messages of
    facts; the pairs of characters seen in filing messages."""

    odds: Mapping[str, float]
    in_facts: frozenset[str]
    in_filings: frozenset[str]
    pairs: frozenset[str]

    @classmethod
    def fit(cls, texts: Sequence[str], tokens: Sequence[Sequence[str]], labels: Sequence[str]) -> DomainWords:
        """Count words over labelled messages (messages of acts tell nothing of the subject)."""
        filing, foreign = Counter[str](), Counter[str]()
        in_facts: set[str] = set()
        pairs: set[str] = set()
        for text, words, label in zip(texts, tokens, labels, strict=True):
            kind = kind_of(label)
            if kind == "act":
                continue
            (foreign if kind == "out_of_scope" else filing).update(set(words))
            if kind == "answer":
                in_facts.update(words)
            if kind != "out_of_scope":
                pairs.update(_pairs(text))
        both = {word for counts in (filing, foreign) for word, count in counts.items() if count > 1}
        many, others = sum(filing.values()) or 1, sum(foreign.values()) or 1
        odds = {
            word: float(
                np.log((filing[word] + _SMOOTHING) / many) - np.log((foreign[word] + _SMOOTHING) / others)
            )
            for word in sorted(both)
        }
        return cls(odds, frozenset(in_facts), frozenset(filing), frozenset(pairs))

    def of(self, text: str, words: Sequence[str]) -> Array:
        """The numbers (WIDTH,) of one message: counts and shares of words never seen in facts and in filing
        messages, anchors of the domain, least, greatest and mean log-odds, share of known pairs."""
        words = [word for word in words if len(word) > 1 or word in self.odds]
        count = max(1, len(words))
        not_facts = sum(word not in self.in_facts for word in words)
        not_filings = sum(word not in self.in_filings for word in words)
        odds = [self.odds.get(word, 0.0) for word in words] or [0.0]
        pairs = _pairs(text)
        known = sum(pair in self.pairs for pair in pairs) / max(1, len(pairs))
        return np.array(
            [
                min(not_facts, 4) / 2,
                not_facts / count,
                min(not_filings, 4) / 2,
                not_filings / count,
                min(sum(value > _ANCHOR for value in odds), 4) / 2,
                min(odds) / 3,
                max(odds) / 3,
                float(np.mean(odds)) / 2,
                known,
            ],
            dtype=np.float32,
        )


def _pairs(text: str) -> list[str]:
    return [text[place : place + 2] for place in range(len(text) - 1)]

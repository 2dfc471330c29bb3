"""How like a question is to the nearest training message, by the pairs of characters they share."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from beian.nlu.data_check import fold


def _bigrams(text: str) -> frozenset[str]:
    text = fold(text)
    return frozenset(text[start : start + 2] for start in range(len(text) - 1)) or frozenset({text})


def nearest_similarity(texts: Sequence[str], others: Sequence[str]) -> list[float]:
    """For each of `texts` its greatest likeness (Jaccard, 0 to 1) to one of `others`."""
    grams = [_bigrams(other) for other in others]
    having: dict[str, list[int]] = defaultdict(list)
    for place, own in enumerate(grams):
        for gram in own:
            having[gram].append(place)
    result = []
    for text in texts:
        own = _bigrams(text)
        shared = Counter(place for gram in own for place in having.get(gram, ()))
        result.append(max((count / len(own | grams[place]) for place, count in shared.items()), default=0.0))
    return result

"""Nouns of everyday life that no filing message holds, from jieba's dictionary.

They stand for the subjects that nobody thought of: used once each, they teach that an object which was never
seen is a reason to doubt, without teaching any object.
"""

from __future__ import annotations

from collections.abc import Iterable

import jieba

from beian.nlu.draw import by_lot

# How often jieba's corpus has them: rarer ones are literary, the most frequent mean nearly anything.
_LEAST, _MOST = 60, 3000
_NOUN = "n"


def everyday_nouns(known: Iterable[str]) -> list[str]:
    """The nouns of two or three characters that stand in none of the `known` texts, in an order by chance
    that is the same for the same input."""
    everything = "\n".join(known)
    found = []
    with jieba.dt.get_dict_file() as file:
        for line in file:
            word, frequency, kind = line.decode("utf-8").split()
            if (
                kind == _NOUN
                and len(word) in (2, 3)
                and _LEAST <= int(frequency) <= _MOST
                and word not in everything
            ):
                found.append(word)
    return by_lot(found, "noun")

"""Words found by their sound: what each stretch of a message may stand for, and what the change costs."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from beian.text.sounds import heard, heard_readings, keys_of, readings
from beian.text.word_pairs import WordPairs

LONGEST = 6
# So many stretches of characters are kept with what they may be slips for.
_MOST_KEPT = 1 << 15
# Of words that sound alike, so many are looked at: the likeliest.
_MOST_SINGLE, _MOST_LONGER = 16, 8
# What a change costs (in logarithms of chances): a character of the same sound for another, the same with
# sounds that people mix up, a pair that everybody mixes up; and letters of a sound that people mix up.
SLIP, FAR_SLIP, USUAL_SLIP, FAR_LETTERS = 7.0, 9.5, 5.0, 2.5
_USUAL = ("在再", "做作", "以已", "阿啊", "马吗", "那哪")
# A character that is a word by itself in so many messages costs more, the more the more it is one; and so
# does one for another where no other character of the word says which is meant.
_OFTEN, _SINGLE_SLIP = 3.0, 3.0
# The fewest messages of a word that may be meant.
_FEWEST = 3
# Alike to the eye.
_SHAPES = ("己已", "末未", "侯候", "人入", "土士", "夭天", "日曰")


def _others(groups: Iterable[str]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = defaultdict(frozenset)
    for group in groups:
        for char in group:
            found[char] |= frozenset(group) - {char}
    return dict(found)


MIXED_UP = _others((*_USUAL, *_SHAPES))
_SEEN_ALIKE = _others(_SHAPES)


@dataclass(frozen=True)
class Unit:
    """One syllable of a message: a character, or the letters that spell one; `end` is where it ends."""

    written: str
    end: int
    keys: tuple[str, ...]

    @classmethod
    def of_character(cls, char: str, end: int) -> Unit:
        """A Chinese character, which may be meant for what it sounds or looks like."""
        return cls(char, end, _keys(char))

    @classmethod
    def of_letters(cls, syllable: str, end: int) -> Unit:
        """A syllable in letters."""
        return cls(syllable, end, (heard(syllable),))


@lru_cache(maxsize=16384)
def _keys(char: str) -> tuple[str, ...]:
    alike = "".join(sorted(_SEEN_ALIKE.get(char, ())))
    return tuple(dict.fromkeys(key for one in char + alike for key in heard_readings(one)))


@lru_cache(maxsize=65536)
def _cost(written: str, char: str) -> float | None:
    """What it costs that a character or letters were written for a character; None where they cannot have
    been."""
    if written.isascii():
        return 0.0 if written in readings(char) else FAR_LETTERS
    if written == char:
        return 0.0
    if char in MIXED_UP.get(written, ()):
        return USUAL_SLIP
    if set(readings(written)) & set(readings(char)):
        return SLIP
    return FAR_SLIP if set(heard_readings(written)) & set(heard_readings(char)) else None


class SoundWords:
    """The words of `pairs`, and `more` of general Chinese, by their sound."""

    def __init__(self, pairs: WordPairs, more: Iterable[str] = ()) -> None:
        self._counts = pairs.words
        self._fewest = _FEWEST if pairs.pairs else 1
        by_sound: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for word in dict.fromkeys([*pairs.words, *more]):
            if len(word) <= LONGEST and all(map(readings, word)):
                for key in keys_of(word):
                    by_sound[key].append(word)
        self._alike: dict[str, tuple[list[tuple[str, float]], bool]] = {}
        self._words: dict[str, tuple[str, ...]] = {}
        self._beginnings: set[str] = set()
        for key, words in by_sound.items():
            most = _MOST_SINGLE if len(key) == 1 else _MOST_LONGER
            likeliest = sorted(words, key=lambda word: (-pairs.alone(word), word))[:most]
            self._words[" ".join(key)] = tuple(likeliest)
            self._beginnings.update(" ".join(key[:size]) for size in range(1, len(key)))

    def sounding_like(self, units: Sequence[str], key: str) -> list[tuple[str, float]]:
        """The words of a sound, each with what it costs that the units (characters, or letters of syllables)
        were written for it. Characters stand for words of the messages only."""
        found = []
        letters = any(unit.isascii() for unit in units)
        for word in self._words.get(key, ()):
            if not letters and self._counts.get(word, 0) < self._fewest:
                continue
            total = 0.0
            for unit, char in zip(units, word, strict=True):
                cost = _cost(unit, char)
                if cost is None:
                    break
                total += cost
                if cost >= SLIP:
                    total += max(0.0, math.log1p(self._counts.get(unit, 0)) - _OFTEN)
                    total += _SINGLE_SLIP if len(word) == 1 else 0.0
            else:
                found.append((word, total))
        return found

    def alike(self, written: str) -> tuple[list[tuple[str, float]], bool]:
        """Of characters the words that they may be a slip for, each with what that costs; and whether more
        characters may be."""
        known = self._alike.get(written)
        if known is None:
            words, longer = [], False
            for sounds in product(*map(_keys, written)):
                key = " ".join(sounds)
                words += [found for found in self.sounding_like(written, key) if found[0] != written]
                longer = longer or self.goes_on(key)
            known = words, longer
            if len(self._alike) < _MOST_KEPT:
                self._alike[written] = known
        return known

    def goes_on(self, key: str) -> bool:
        """Whether a longer word begins with a sound."""
        return key in self._beginnings

"""What the repair of misspelt messages knows: learned from the training messages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from beian.nlu.side_by_side import side_by_side
from beian.text.message_signs import Signs
from beian.text.sounds import readings
from beian.text.word_pairs import BORDER, LATIN, NUMBER, WordPairs
from beian.text.words import Segmenter

# A stretch of letters that may be pinyin: what stands before it is beside nothing that is known.
_PINYIN = ""
# A word is a slip where what it sounds like is so many times as frequent.
_FAR_MORE = 10


def learn(
    messages: Sequence[str], foreign: Sequence[bool], terms: Sequence[str], segmenter: Segmenter
) -> WordPairs:
    """The words and pairs of normalised messages, each of which is of another subject (`foreign`) or not."""
    cut = side_by_side(lambda some: [_cut(text, segmenter) for text in some], messages)
    counts = Counter(word for words, _ in cut for word in (*words, *_single_pairs(words)))
    meant = _slips(counts, terms, segmenter)
    parts = [
        (_as_meant(part, meant), other)
        for (words, _), other in zip(cut, foreign, strict=True)
        for part in _without_pinyin(words)
    ]
    latin = [word for _, letters in cut for word in letters]
    return WordPairs.count(parts, terms, latin, segmenter.share)


def _single_pairs(words: Sequence[str]) -> list[str]:
    """Each two characters beside each other that were cut apart: where one is a slip, they are no word."""
    return [
        one + other
        for one, other in pairwise(words)
        if len(one) == 1 == len(other) and readings(one) and readings(other)
    ]


def _slips(counts: Counter[str], terms: Sequence[str], segmenter: Segmenter) -> dict[str, str]:
    """Of what stands in the messages that which is no ordinary word and sounds like one that is far more
    frequent, with that one: messages to train on have slips as well."""
    by_sound: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for word in sorted(counts):
        if len(word) > 1:
            by_sound[tuple(sound for char in word for sound in readings(char)[:1])].append(word)
    known, found = frozenset(terms), {}
    for alike in by_sound.values():
        best = max(alike, key=lambda word: (counts[word], word))
        for word in alike:
            rare = counts[word] * _FAR_MORE <= counts[best]
            if rare and word not in known and len(word) == len(best) and not segmenter.is_ordinary(word):
                found[word] = best
    return found


def _as_meant(words: Sequence[str], meant: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    for word in words:
        together = found[-1] + word if found and len(found[-1]) == 1 == len(word) else ""
        if together in meant:
            found[-1] = meant[together]
        else:
            found.append(meant.get(word, word))
    return found


def _without_pinyin(words: Sequence[str]) -> Iterator[list[str]]:
    for known, part in groupby(words, lambda word: word != _PINYIN):
        if known:
            yield list(part)


def _cut(text: str, segmenter: Segmenter) -> tuple[list[str], list[str]]:
    """The words of a message by their signs, and those in letters."""
    signs = Signs(text)
    begins = dict(signs.latin)
    pinyin = signs.mostly_pinyin
    words, letters, end = [], [], 0
    for word, start in segmenter.cut(text):
        if start < end:
            continue
        latin = begins.get(start)
        if latin is not None:
            end = latin.end
            is_pinyin = latin.pinyin and pinyin
            words.append(_PINYIN if is_pinyin else LATIN)
            if not is_pinyin and latin.letters.isalpha():
                letters.append(latin.letters)
        elif start in signs.numbers:
            end = signs.numbers[start]
            words.append(NUMBER)
        else:
            words.append(word if signs.is_han(start) else BORDER)
    return words, letters

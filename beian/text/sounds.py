"""How characters sound, and how letters spell it: toneless syllables, alike where people mix them up."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from itertools import product

# Read when pypinyin is first imported. Its readings of whole phrases take 50 MB and say nothing here:
# words and misspellings are read character by character, both alike.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")

from pypinyin import Style, pinyin

# The two levels of GB 2312: every character that an input method offers without being asked for rare ones.
_FIRST_ROW, _LAST_ROW, _CELLS = 0xB0, 0xF7, range(0xA1, 0xFF)
# Characters that are read in another way often enough. Dictionaries know many more readings, which nobody
# has in mind.
_READINGS = """
行hang 还huan 长chang 重chong 会kuai 得dei 都du 地de 着zhao 给ji 调tiao 传zhuan
系ji 校jiao 乐yue 觉jiao 谁shei 那nei 哪nei 了liao 没mo 差chai 省xing 率lv 的di
便pian 藏zang 弹dan 落la 降xiang 参shen 吓he 薄bo 什shen 么me 曾zeng 朝zhao
强jiang 模mu 露lou 血xue 车che
"""
_ALSO = {pair[0]: pair[1:] for pair in _READINGS.split()}
_MOST_KEYS = 4
_VOWELS = frozenset("aeiouv")
LONGEST_SYLLABLE = 6
# What is pronounced alike in much of the country.
_HEADS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"))
_ENDS = (("ing", "in"), ("eng", "en"))
_MARKED = {
    "a": "āáǎà",
    "e": "ēéěè",
    "i": "īíǐì",
    "o": "ōóǒò",
    "u": "ūúǔù",
    "v": "üǖǘǚǜ",
}
WITHOUT_TONES = str.maketrans({mark: plain for plain, marks in _MARKED.items() for mark in marks})


@lru_cache(maxsize=16384)
def readings(char: str) -> tuple[str, ...]:
    """The syllables a character may be read as, toneless, the commonest first; none for other signs."""
    if not "\u4e00" <= char <= "\u9fff":
        return ()
    [found] = pinyin(char, style=Style.NORMAL, errors="ignore") or [[]]
    known = [one for one in (*found, _ALSO.get(char, "")) if one.isascii() and _VOWELS & set(one)]
    return tuple(dict.fromkeys(known))


@lru_cache(maxsize=4096)
def heard(syllable: str) -> str:
    """A syllable as somebody hears it who does not tell zh from z, n from l or ing from in."""
    for written, alike in _HEADS:
        if syllable.startswith(written):
            syllable = alike + syllable[len(written) :]
            break
    for written, alike in _ENDS:
        if syllable.endswith(written):
            return syllable[: -len(written)] + alike
    return syllable


@lru_cache(maxsize=16384)
def heard_readings(char: str) -> tuple[str, ...]:
    """What a character may be heard as."""
    return tuple(dict.fromkeys(heard(one) for one in readings(char)))


@lru_cache(maxsize=1)
def syllables() -> frozenset[str]:
    """Every syllable that a common character is read as."""
    found: set[str] = set()
    for row in range(_FIRST_ROW, _LAST_ROW + 1):
        for cell in _CELLS:
            char = bytes((row, cell)).decode("gb2312", errors="ignore")
            found.update(readings(char) if char else ())
    return frozenset(found)


def keys_of(word: str) -> Iterator[tuple[str, ...]]:
    """What a word may be heard as, syllable by syllable; of words read in many ways the commonest few."""
    for number, key in enumerate(product(*(heard_readings(char) for char in word))):
        if number == _MOST_KEYS:
            return
        yield key


def spelt(letters: str) -> bool:
    """Whether letters can be cut into syllables from their beginning to their end."""
    known = syllables()
    reached = [True] + [False] * len(letters)
    for end in range(1, len(letters) + 1):
        reached[end] = any(
            reached[start] and letters[start:end] in known
            for start in range(max(0, end - LONGEST_SYLLABLE), end)
        )
    return reached[-1]

"""The same questions as people mistype them: one change a message, the same at every run."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable
from functools import lru_cache

from pypinyin import lazy_pinyin

from beian_suite.perturb import perturb as reword

SEED = 20240501
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# GB 2312 level 1 holds the 3755 commonest characters, as an input method offers them.
_FIRST, _LAST = 0xB0A1, 0xD7F9


def _han(text: str) -> list[int]:
    return [place for place, char in enumerate(text) if "\u4e00" <= char <= "\u9fff"]


def _drop(text: str, chance: random.Random) -> str:
    places = _han(text)
    if len(places) < 4:
        return text
    at = chance.choice(places)
    return text[:at] + text[at + 1 :]


def _swap(text: str, chance: random.Random) -> str:
    places = [at for at in _han(text)[:-1] if at + 1 < len(text) and text[at] != text[at + 1]]
    if len(places) < 3:
        return text
    at = chance.choice(places)
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _slip(text: str, chance: random.Random) -> str:
    """One key beside the right one: in a Chinese character's pinyin, or in a Latin letter."""
    places = [
        at
        for at, char in enumerate(text)
        if "\u4e00" <= char <= "\u9fff" or (char.isascii() and char.isalpha())
    ]
    chance.shuffle(places)
    for at in places:
        options = _slips_of(text[at])
        if options:
            return text[:at] + chance.choice(options) + text[at + 1 :]
    return text


def _slips_of(char: str) -> list[str]:
    if char.isascii():
        return sorted(_beside(char.lower()))
    sound = lazy_pinyin(char)[0]
    found = []
    for at, letter in enumerate(sound):
        for other in sorted(_beside(letter)):
            found += _by_sound().get(sound[:at] + other + sound[at + 1 :], [])
    return found


def _beside(letter: str) -> set[str]:
    for row, keys in enumerate(_ROWS):
        at = keys.find(letter)
        if at >= 0:
            near = {keys[place] for place in (at - 1, at + 1) if 0 <= place < len(keys)}
            for other in (row - 1, row + 1):
                if 0 <= other < len(_ROWS):
                    near |= set(_ROWS[other][max(0, at - 1) : at + 1])
            return near
    return set()


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, list[str]]:
    table: dict[str, list[str]] = defaultdict(list)
    for code in range(_FIRST, _LAST + 1):
        if code & 0xFF >= 0xA1:
            char = code.to_bytes(2, "big").decode("gb2312", errors="ignore")
            if char:
                table[lazy_pinyin(char)[0]].append(char)
    return table


_ONE_CHANGE: dict[str, Callable[[str, random.Random], str]] = {"drop": _drop, "swap": _swap, "slip": _slip}
KINDS = {
    "traditional": "繁体字",
    "homophone": "一个同音字",
    "drop": "漏一个字",
    "swap": "相邻两字颠倒",
    "slip": "打错一个键",
    "full_width": "全角字符",
}


def perturb(kind: str, text: str) -> str:
    """The text with one change of a kind of KINDS; unchanged where there is no place for it."""
    if kind == "full_width":
        return text.translate(_FULL_WIDTH)
    if kind in ("traditional", "homophone"):
        return reword(kind, text)
    return _ONE_CHANGE[kind](text, random.Random(f"{SEED}:{kind}:{text}"))

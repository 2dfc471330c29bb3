"""Reword messages the way people mistype them, the same way at every run."""

from __future__ import annotations

import random
from collections import defaultdict
from functools import lru_cache
from importlib.util import find_spec

from beian_suite.run import SEED

KINDS = ("typo", "traditional", "homophone")
TITLES = {"typo": "错别字（漏字、重字、颠倒）", "traditional": "繁体", "homophone": "同音字"}


def missing() -> list[str]:
    """The packages that rewording needs and that are not installed."""
    return [name for name in ("opencc", "pypinyin") if find_spec(name) is None]


def perturb(kind: str, text: str) -> str:
    """`text` with one mistake of a kind, or all of it in traditional characters.

    The same text always comes out the same; a text that offers no place for the mistake is unchanged.
    """
    if kind == "traditional":
        return _to_traditional(text)
    generator = random.Random(f"{SEED}:{kind}:{text}")  # noqa: S311 - repeatable, not secret
    return _typo(text, generator) if kind == "typo" else _homophone(text, generator)


def _to_traditional(text: str) -> str:
    return str(_converter().convert(text))


@lru_cache(maxsize=1)
def _converter():  # type: ignore[no-untyped-def]  # noqa: ANN202 - opencc has no types
    import opencc

    return opencc.OpenCC("s2t")


def _chinese(text: str) -> list[int]:
    return [index for index, char in enumerate(text) if "一" <= char <= "鿿"]


def _typo(text: str, generator: random.Random) -> str:
    """One character left out, doubled, or swapped with the next."""
    places = _chinese(text)
    if len(places) < 4:
        return text
    at = generator.choice(places[:-1])
    kind = generator.choice(("omit", "double", "swap"))
    if kind == "omit":
        return text[:at] + text[at + 1 :]
    if kind == "double":
        return text[: at + 1] + text[at:]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def _homophone(text: str, generator: random.Random) -> str:
    """One character replaced by a common one that sounds the same."""
    table = _homophones()
    places = [index for index in _chinese(text) if len(table.get(text[index], ())) > 1]
    if not places:
        return text
    at = generator.choice(places)
    others = [char for char in table[text[at]] if char != text[at]]
    return text[:at] + generator.choice(others) + text[at + 1 :]


@lru_cache(maxsize=1)
def _homophones() -> dict[str, tuple[str, ...]]:
    """For each character of GB 2312 level 1 (the 3755 common ones) those with the same syllable and tone."""
    from pypinyin import Style, pinyin

    common = [
        bytes((high, low)).decode("gb2312")
        for high in range(0xB0, 0xD8)
        for low in range(0xA1, 0xFF)
        if not (high == 0xD7 and low > 0xF9)
    ]
    groups: dict[str, list[str]] = defaultdict(list)
    for char in common:
        groups[pinyin(char, style=Style.TONE3)[0][0]].append(char)
    return {char: tuple(group) for group in groups.values() for char in group}

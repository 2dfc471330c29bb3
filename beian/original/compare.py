"""Whether a statement keeps the hedges, numbers and names of the words that it restates."""

from __future__ import annotations

import unicodedata
from itertools import groupby

from beian.original.lines import folded

# Words that keep a statement open, each kind with what may stand for it. Longer words come first.
HEDGES: dict[str, tuple[str, ...]] = {
    "等": ("等",),
    "通常": ("通常", "一般"),
    "可能": ("可能", "风险"),
    "约": ("大约", "左右", "约"),
    "常见": ("常见",),
    "主要": ("主要", "常见"),
    "部分": ("部分", "有的"),
    "如有": ("如有",),
    "除外": ("除外",),
    "建议": ("建议",),
    "或": ("或", "也可"),
    "如": ("例如", "比如", "如", "等"),
}
# Words that only look like hedges.
_NO_HEDGE = ("等待", "如何", "如果", "如下", "约定", "部分地区", "合约")
_QUOTES = {"《": "》", "“": "”"}


def hedges_of(text: str) -> set[str]:
    """The kinds of hedges that a text has by their first names."""
    plain = _without(text, _NO_HEDGE)
    return {kind for kind in HEDGES if kind in plain}


def keeps(text: str, kind: str) -> bool:
    """Whether a text has a hedge of a kind."""
    return any(word in text for word in HEDGES[kind])


def numbers_of(text: str) -> set[str]:
    """The numbers in digits, but those that count the entries of a list."""
    found = set()
    for line in text.splitlines():
        plain = unicodedata.normalize("NFKC", line).strip()
        runs = ["".join(run) for digit, run in groupby(plain, str.isdigit) if digit]
        if plain[:1].isdigit() and plain.lstrip("0123456789")[:1] in (".", "、") and runs:
            runs = runs[1:]
        found.update(runs)
    return found


def names_of(text: str) -> set[str]:
    """What stands between 《 》 or “ ”."""
    found = set()
    for start, opening in enumerate(text):
        end = text.find(_QUOTES[opening], start) if opening in _QUOTES else -1
        if end > start:
            found.add(text[start + 1 : end])
    return found


def lost(passage: str, section: str, statement: str) -> list[str]:
    """What a statement loses against the words that it restates, or says that the section does not: a
    Chinese phrase each. Numbers and names are to be found in it as they are."""
    faults = [f"少了“{kind}”" for kind in HEDGES if kind in hedges_of(passage) and not keeps(statement, kind)]
    plain = folded(section)
    for name, of in (("数字", numbers_of), ("名称", names_of)):
        faults += [f"少了{name}“{value}”" for value in sorted(of(passage)) if value not in statement]
        faults += [f"多了{name}“{value}”" for value in sorted(of(statement)) if folded(value) not in plain]
    return faults


def _without(text: str, words: tuple[str, ...]) -> str:
    for word in words:
        text = text.replace(word, "")
    return text

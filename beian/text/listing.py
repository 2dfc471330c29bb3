"""Lists as people type and paste them, brought into the form that is read: circled numbers, and what is
written after the last entry."""

from __future__ import annotations

from itertools import pairwise

from beian.text import patterns

_CIRCLED = patterns.compile("[①-⑳❶-❿⑴-⒇⒈-⒛]")
_BLOCKS = ((0x2460, 20), (0x2776, 10), (0x2474, 20), (0x2488, 20))
# Less than this between two circled numbers is no entry: ①和②怎么改.
_SHORTEST_ENTRY = 3
_NUMBER = r"[(（]?(?:[1-9][.、)）:：]|[一二三四五六][.、)）:：])"
_ENTRY = patterns.compile(rf"\s*{_NUMBER}")
# No part of a number, an hour or a pointer such as 第1、2条.
_PLAIN = patterns.backtracking(r"(?<![0-9a-zA-Z.:：第(（])([1-9])[.、)）](?![0-9、])")
_ENTRIES = patterns.compile(rf"(?:^|[\s,，。;；:：]){_NUMBER}")
# 请修改后重新提交, 以上问题请核实: what whoever sent it back closes with.
_CLOSING = patterns.compile(
    r"[\s,，;；]{1,4}((?:以上|上述|针对|对)?[^\s,，。;；!！]{0,6}请[^。!！?？\n]{0,16}?"
    r"(?:修改|更正|改正|补充|补齐|核实|完善|处理|调整|整改)[^。!！?？\n]{0,12}[。!！]?)$"
)


def laid_out(text: str) -> str:
    """A text whose circled numbers are those of a list (①… ②… → 1. … 2. …) or point at its entries (② →
    第2条), and what follows its last entry is a sentence of its own."""
    text = _apart(_with_numbers(text))
    if len(_ENTRIES.findall(text)) < 2:
        return text
    lines = text.split("\n")
    numbered = [place for place, line in enumerate(lines) if _ENTRY.match(line)]
    if len(numbered) > 1:
        after = numbered[-1] + 1
        rest = [line.strip() for line in lines[after:] if line.strip()]
        text = "。".join(["\n".join(lines[:after]).rstrip("。 "), *rest])
    return _CLOSING.sub(r"。\1", text)


def _apart(text: str) -> str:
    """The text with its numbers 1. 2. … apart from what stands before them: 意见1、…不符2、…."""
    found = list(_PLAIN.finditer(text))
    if len(found) < 2 or [int(match[1]) for match in found] != list(range(1, len(found) + 1)):
        return text
    places = [0, *(match.start() for match in found), len(text)]
    return " ".join(text[begin:end] for begin, end in pairwise(places)).strip()


def _with_numbers(text: str) -> str:
    """The text with its circled numbers written plainly."""
    found = list(_CIRCLED.finditer(text))
    if not found:
        return text
    ends = [*(match.start() for match in found[1:]), len(text)]
    entries = [text[match.end() : end].strip() for match, end in zip(found, ends, strict=True)]
    listed = [_value(match[0]) for match in found] == list(range(1, len(found) + 1))
    if len(found) > 1 and listed and all(len(entry) > _SHORTEST_ENTRY for entry in entries):
        return _CIRCLED.sub(lambda match: f" {_value(match[0])}. ", text)
    return _CIRCLED.sub(lambda match: f"第{_value(match[0])}条", text)


def _value(sign: str) -> int:
    """The number that a circled sign stands for."""
    return next(ord(sign) - first + 1 for first, count in _BLOCKS if first <= ord(sign) < first + count)

"""How a message picks one of several titles: by a number in any wording (那我看看1), or by a part of the
title (我选的是外包那个)."""

from __future__ import annotations

from dataclasses import dataclass

from beian.calendar.numerals import read_number
from beian.text import patterns

LONGEST = 20
_SIGNS = "[,，。.、;；!！?？~～…\\s“”\"']"
_LEADING = (
    "好的?|行吧?|嗯|哦|成|那么?|我|就|想要?|要|先|再|来|给|帮|请|麻烦|看看|看一?下|看|了解|选择?|挑|点开?|查|问|说|讲|发|念|打开|选项"
    f"|是|的|{_SIGNS}"
)
_TRAILING = (
    "吧|呢|啊|呀|哈|啦|嘛|呗|哦|谢谢|多谢|麻烦了?|快点?|快说|[那这]?一?[个条项种点]|号选项|的|内容|答案|详细|具体|怎么说|是什么|是啥"
    f"|看看|说说|讲讲|看一?下|说一?下|看|就行|就好|给我|{_SIGNS}"
)
_DIGIT = "[1-8一二三四五六七八]"
_NUMBER = patterns.compile(
    f"^(?P<lead>(?:{_LEADING})*)(?P<ordinal>第)?(?P<at>{_DIGIT})(?P<trail>(?:{_TRAILING})*)$"
)
# 一个, 3点: how many of something, or a time, where nothing says that it is a place in the list.
_COUNTS = patterns.compile("^[个条项种点]")
_CHOOSES = patterns.compile("选|挑|点|看|查")
_MIDDLE = patterns.compile(f"^(?:{_LEADING})*(?:中间|当中)的?(?:{_TRAILING})*$")
# Who says that one of them is meant: 外包那个, 我选的是外包, 外包人员，答案.
_PICKS = patterns.compile(
    "我?(?:选|挑|点)的?是?|我(?:问|说|指|要|想看|要看|看)的?就?是|要看|想看"
    "|[那这的]一?[个条项种](?:的|吧|呢|啊|呀|[,，。!！?？~\\s])*$|答案|内容"
)
_BEFORE = patterns.compile(f"^(?:我?(?:选|挑|点|问|说|指|要|看)的?就?是|{_LEADING}|我?(?:选|挑|点)的?)+")
_AFTER = patterns.compile(f"(?:{_TRAILING}|[那这])+$")
_CLAUSE = patterns.compile(_SIGNS)
_SHORTEST = 2
HALF = 0.5


@dataclass(frozen=True)
class PartOfTitle:
    """The words by which a message may mean one of several titles; `surely`: it says that it picks one."""

    words: str
    surely: bool


def number_picked(text: str, count: int) -> int | None:
    """The place, from 1, that a message picks among `count` titles and says nothing besides; None for any
    other message."""
    if len(text) > LONGEST:
        return None
    if count % 2 and count > 1 and _MIDDLE.match(text):
        return count // 2 + 1
    found = _NUMBER.match(text)
    if found is None:
        return None
    counts = _COUNTS.match(found["trail"]) and not found["ordinal"] and not _CHOOSES.search(found["lead"])
    place = read_number(found["at"])
    return place if place <= count and not counts else None


def part_of_title(text: str) -> PartOfTitle | None:
    """What is left of a short message without the words that only pick; None where that is nothing, or more
    than one clause."""
    if len(text) > LONGEST:
        return None
    bare = [_AFTER.sub("", _BEFORE.sub("", clause)) for clause in _CLAUSE.split(text)]
    told = [words for words in bare if words]
    if len(told) != 1 or len(told[0]) < _SHORTEST:
        return None
    return PartOfTitle(told[0], bool(_PICKS.search(text)))


def shared(words: str, title: str) -> tuple[float, str]:
    """How much of some words stands in a title, in stretches of two signs or more, and what does not."""
    left, place, held = "", 0, 0
    while place < len(words):
        end = place
        while end < len(words) and words[place : end + 1] in title:
            end += 1
        if end - place >= _SHORTEST:
            held, place = held + end - place, end
        else:
            left, place = left + words[place], place + 1
    return held / len(words), left

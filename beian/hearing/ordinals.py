"""The entries of a list that a message points at, in every writing: 一三两条, 第1、3条, 后两条, 头一条."""

from __future__ import annotations

from beian.calendar.numerals import read_number
from beian.text import patterns

_DIGIT = "[1-8一二三四五六七八]"
_MEASURE = "(?:[条点项种样步类份件款张句行]|个(?![人月字星工年小]))"
_SEPARATOR = "(?:[、,，和跟与及]|还有)"
# 第1、3条, 第二和第四样, 1、3两条; without 第 or how many there are it is some other number.
_LIST = patterns.backtracking(
    f"(?P<ordinal>第)?(?P<list>{_DIGIT}{_MEASURE}?(?:{_SEPARATOR}?第?{_DIGIT}(?:{_MEASURE}(?!第))?){1, 5}?)"
    f"(?:[这那]?(?P<count>[两二三四五])(?={_MEASURE}))?{_MEASURE}"
)
_ONE = patterns.backtracking(
    f"第(?P<at>{_DIGIT}){_MEASURE}|(?P<last>(?:最后|末)(?:那|的)?[一1]?)(?={_MEASURE})|(?<!手)(?P<first>头|首|最前面?的?)[一1]?(?={_MEASURE})"
)
_END = patterns.backtracking(
    f"(?P<side>最?前面?|头|最?后面?|末)(?:的|那|这)?(?P<many>[两二三四五2-5])(?={_MEASURE})"
)
_PLACE = patterns.compile(_DIGIT)


def entries_pointed_at(text: str, count: int, *, numbered: bool = False) -> tuple[int, ...]:
    """The places, from 1, of the entries of a list of `count` that a message points at, in their order; ()
    where it points at none, or at one that is not there. `numbered`: they have numbers of their own, so
    that 二三条 are two of them, and not some."""
    places = _places(text, count, numbered)
    return tuple(dict.fromkeys(places)) if places and max(places) <= count and min(places) > 0 else ()


def _places(text: str, count: int, numbered: bool) -> list[int]:
    end = _END.search(text)
    if end:
        many = read_number(end["many"])
        return list(
            range(1, many + 1)
            if end["side"].endswith(("前", "前面", "头"))
            else range(count - many + 1, count + 1)
        )
    for match in _LIST.finditer(text):
        found = [read_number(sign) for sign in _PLACE.findall(match["list"])]
        told = match["count"]
        if told and read_number(told) == len(found):
            return found
        if (match["ordinal"] or numbered) and not told and len(found) > 1:
            return found
    return [
        read_number(match["at"]) if match["at"] else count if match["last"] else 1
        for match in _ONE.finditer(text)
    ]

"""What only says which day it is today (今天29号, 现在都29号了): nothing of the case happened then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from beian.calendar.dates import FoundDate
from beian.text import patterns

_TODAY_WORD = patterns.compile("^今[天日儿]$")
_NOW = patterns.compile("(?:今[天日儿]|现在|眼下|目前|这会儿?)(?:都|已经?|才|就|也|又|正好|是|为|到)*$")
_GOES_ON = patterns.compile("^[(（,，]?(?:都|已经?|才|就|也|又|正好|刚好|是|为)*$")
# 今天29, without its 号, and 今天29号了: nothing else is told of the day
_NO_MORE = patterns.compile(
    "^(?P<number>(?:是|都|已经?)*\\d{1,2})?[)）]?(?:了|啦|吧|啊|呢|嘛|呀|哈|哦|喽|对吧|对吗|对不对?|是吧|是吗|没错)*"
    "(?:[,，。;；!！?？~…\\s]|$)"
)
# 今天29号，刚收到的驳回
_JUST_NOW = patterns.compile("^[^,，。;；]{0,3}?(?:刚刚?|才)")


def without_today(days: Sequence[FoundDate], text: str, today: date) -> list[FoundDate]:
    """The days without those that only say what day it is (今天29号, 现在都29号了); where a message has no
    other day, what was done just now was done then."""
    kept: list[FoundDate] = []
    place = 0
    while place < len(days):
        end = _end_of_today(days, place, text, today)
        kept += days[place : place + 1] if end == place else ()
        place = max(end, place + 1)
    dropped = [found for found in days if found not in kept]
    if dropped and not kept and _is_all_of_it(dropped, text):
        return dropped[-1:]
    return kept


def _end_of_today(days: Sequence[FoundDate], place: int, text: str, today: date) -> int:
    """The place after the phrases from `place` on that together say what day it is; `place` for none."""
    first = days[place]
    named = bool(_TODAY_WORD.match(first.text))
    if first.day != today or not (named or _NOW.search(patterns.tail(text, first.start))):
        return place
    end = place + 1
    while (
        end < len(days)
        and days[end].day == today
        and _GOES_ON.match(text[days[end - 1].end : days[end].start])
    ):
        end += 1
    no_more = _NO_MORE.match(text[days[end - 1].end :])
    if no_more is None:
        return place
    told_twice = not named or end > place + 1 or no_more.group("number")
    return end if told_twice else place


def _is_all_of_it(dropped: Sequence[FoundDate], text: str) -> bool:
    """Whether a message says hardly more than what day it is, or goes on with what was done just now."""
    after = text[dropped[-1].end :].lstrip(",，。;； ")
    return not after or bool(_JUST_NOW.match(after))

"""Two phrases for one day: 周一是30号, 明天30号, 今天是11月29号."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from beian.calendar.dates import FoundDate
from beian.calendar.plans import without_month
from beian.text import patterns

_IS = patterns.compile("^(?:就|才|正好|刚好|也|即|也就)?[是为即]$")
_BESIDE = patterns.compile("^[(（]?$")
_A_DAY_WORD = patterns.compile("^(?:今|明|后|大后|昨|前)[天日儿]$")
_WEEKDAY = patterns.compile("^(?P<shift>上上|上|这|本|下下|下)?一?个?(?:周|星期|礼拜)[一二三四五六日天1-7]$")
# So many weeks from the one found a day of the week may be meant.
_WEEKS = (0, 1, 2, -1, 3, 4, -2, -3, -4)


def known_by_another(days: Sequence[FoundDate], text: str, today: date) -> list[FoundDate]:
    """The days with those without a month (30号) as the day by which they are told another time; what only
    says which day it is (周一是30号) tells nothing besides."""
    named: dict[int, date] = {}
    gone: set[int] = set()
    days = list(days)
    for place, (one, other) in enumerate(pairwise(days)):
        between = text[one.end : other.start]
        says = bool(_IS.search(between))
        if not (says or _BESIDE.search(between)) or one.day is None or other.day is None:
            continue
        if _A_DAY_WORD.match(one.text) and one.day == other.day:
            gone |= {place, place + 1} if says else {place}
            continue
        day = _both(one, other, today)
        if day is None:
            continue
        named[other.day.day] = day
        gone |= {place, place + 1} if says else {place}
    kept = [found for place, found in enumerate(days) if place not in gone]
    return [_as_named(found, named, today) for found in kept]


def _both(one: FoundDate, other: FoundDate, today: date) -> date | None:
    """The day that is both a day told from today, or of the week, and one of this number; None for none."""
    assert one.day
    assert other.day
    if not without_month(other.text):
        return None
    if _A_DAY_WORD.match(one.text):
        return one.day if one.day.day == other.day.day else None
    week = _WEEKDAY.match(one.text)
    if not week:
        return None
    past = (week["shift"] or "").startswith("上")
    days = [one.day + timedelta(weeks=weeks) for weeks in _WEEKS]
    return next((day for day in days if day.day == other.day.day and (day <= today or not past)), None)


def _as_named(found: FoundDate, named: dict[int, date], today: date) -> FoundDate:
    day = named.get(found.day.day) if found.day and without_month(found.text) else None
    if day is None:
        return found
    return replace(found, day=day, first=day, last=day, kind="future" if day > today else "exact")

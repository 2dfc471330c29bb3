"""Days to come: how a day that is told without its year, month or week is read in view of a plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from beian.calendar.dates import FROM_TODAY, YEARLESS, FoundDate, find_dates
from beian.calendar.reading import FESTIVAL_AHEAD, day_or_none, month_end, shift_month
from beian.text import patterns

_MONTHLESS = patterns.compile(r"^(?:\d{1,2}|[一二三]?十?[一二三四五六七八九十])[号日]$")
_WEEKLESS = patterns.compile("^(?:周|星期|礼拜)[一二三四五六日天1-7]$")
_TO_THE_END = ("底", "末", "下旬", "月", "月份")
_WEEK = timedelta(days=7)
# Some month among so many has every day that there is.
_MONTHS_AHEAD = 3


def seen_from_a_plan(text: str, today: date, plan: date) -> list[FoundDate]:
    """The dates of a message about a day to come, `plan`: one without a year (1月20号, 春节) is the one
    nearest before it or soon after it; what is told from today (明天) is."""
    now, then = find_dates(text, today), find_dates(text, plan)
    if [(found.start, found.end) for found in now] != [(found.start, found.end) for found in then]:
        return now
    return [
        found if FROM_TODAY.search(found.text) or without_week(found.text) else not_past(later, today)
        for found, later in zip(now, then, strict=True)
    ]


def coming(found: FoundDate, text: str, today: date) -> FoundDate:
    """A festival of a message that is told without a year, as the next one; any other date as it is."""
    past = found.last is not None and found.last < today
    if not past or any(map(str.isdigit, found.text)) or FROM_TODAY.search(found.text):
        return found
    in_a_year = find_dates(text, today + relativedelta(years=1) - FESTIVAL_AHEAD)
    later = next((other for other in in_a_year if other.start == found.start), found)
    return replace(later, kind="future") if later.first and later.first > today else found


def without_month(text: str) -> bool:
    """Whether a date phrase is a day without its month: 21号."""
    return bool(_MONTHLESS.match(text))


def without_week(text: str) -> bool:
    """Whether a date phrase is a day of the week and tells of no week: 周三."""
    return bool(_WEEKLESS.match(text))


def not_past(found: FoundDate, today: date) -> FoundDate:
    """A date of a plan: one without its month or its week that is past is the next such day; of a part of a
    month that has begun (月底) what is left."""
    day = found.day
    if day is None:
        return found
    if found.kind == "approximate" and found.last == today and found.text.endswith(_TO_THE_END):
        return replace(found, day=today, first=today, last=month_end(today.year, today.month))
    if day < today and without_month(found.text):
        day = _next_such_day(day.day, today) or day
    elif day < today and without_week(found.text):
        day += _WEEK
    return _on(found, day, today) if day != found.day else _to_come(found, today)


def nearest_plan(found: FoundDate, text: str, today: date) -> FoundDate:
    """The date of a plan, `not_past`; a festival or a month and day without a year of which the next one is
    nearer than the last is the next one."""
    found = coming(not_past(found, today), text, today)
    yearless = YEARLESS.match(found.text) and not FROM_TODAY.search(found.text)
    if found.first is None or found.last is None or found.last >= today or not yearless:
        return found
    in_a_year = find_dates(text, today + relativedelta(years=1))
    later = next((other for other in in_a_year if other.start == found.start), found)
    nearer = later.first is not None and later.first - today < today - found.last
    return _to_come(later, today) if nearer else found


def in_month_of(found: FoundDate, known: date, today: date) -> FoundDate:
    """A day without its month as that of the month which is spoken of, where it has it."""
    day = day_or_none(known.year, known.month, found.day.day) if found.day else None
    return _on(found, day, today) if day and without_month(found.text) else found


def _next_such_day(day: int, today: date) -> date | None:
    """The next day with this number."""
    months = (shift_month(today.year, today.month, by) for by in range(_MONTHS_AHEAD))
    days = (day_or_none(year, month, day) for year, month in months)
    return next((one for one in days if one and one >= today), None)


def _on(found: FoundDate, day: date, today: date) -> FoundDate:
    return _to_come(replace(found, day=day, first=day, last=day, kind="exact"), today)


def _to_come(found: FoundDate, today: date) -> FoundDate:
    return replace(found, kind="future") if found.day and found.day > today else found

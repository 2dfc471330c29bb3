"""The days of China's festivals: fixed ones, lunar ones and 清明, and the holidays around them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar
from borax.calendars.lunardate import LunarDate, TermUtils

ONE_DAY = timedelta(days=1)
# The days off by law (全国年节及纪念日放假办法, 2024): the festival and so many days from it.
_STATUTORY = (("元旦", 1), ("除夕", 4), ("清明", 1), ("五一", 2), ("端午", 1), ("中秋", 1), ("国庆", 3))
FIXED = {
    "元旦": (1, 1),
    "情人节": (2, 14),
    "妇女节": (3, 8),
    "三八": (3, 8),
    "愚人节": (4, 1),
    "五一": (5, 1),
    "劳动节": (5, 1),
    "六一": (6, 1),
    "儿童节": (6, 1),
    "七一": (7, 1),
    "建军节": (8, 1),
    "八一": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "十一": (10, 1),
    "双十一": (11, 11),
    "双11": (11, 11),
    "双十二": (12, 12),
    "双12": (12, 12),
    "平安夜": (12, 24),
    "圣诞": (12, 25),
}
LUNAR = {
    "春节": (1, 1),
    "过年": (1, 1),
    "元宵": (1, 15),
    "端午": (5, 5),
    "七夕": (7, 7),
    "中元": (7, 15),
    "中秋": (8, 15),
    "重阳": (9, 9),
    "腊八": (12, 8),
}
EVES = ("除夕", "大年三十", "年三十")
TOMB_SWEEPING = "清明"
# Only with a word of time behind them: alone they are numbers, or part of another word.
NEED_CONTEXT = ("十一", "三八", "七一", "八一", "六一")
NAMES = tuple(sorted((*FIXED, *LUNAR, *EVES, TOMB_SWEEPING), key=len, reverse=True))
FIRST_YEAR, LAST_YEAR = 1901, 2099


def lunar_day(year: int, month: int, day: int) -> date | None:
    """The day of a date of the lunar year that begins in `year`; None where that year has none."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        solar: date = LunarDate(year, month, day).to_solar_date()
    except ValueError:  # borax's errors for a 30th in a month of 29 days derive from it
        return None
    return solar


def festival_day(name: str, year: int) -> date | None:
    """The day of a festival in a (solar) year; None outside 1901-2099."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if name in FIXED:
        return date(year, *FIXED[name])
    if name in EVES:
        new_year = lunar_day(year, 1, 1)
        return new_year - ONE_DAY if new_year else None
    if name == TOMB_SWEEPING:
        found: date = TermUtils.day_start_from_term(year, TOMB_SWEEPING)
        return found
    month, day = LUNAR[name]
    # The last lunar month lies in the next solar year, or late in this one.
    found_days = [lunar_day(lunar_year, month, day) for lunar_year in (year - 1, year)]
    return next((found_day for found_day in found_days if found_day and found_day.year == year), None)


def holiday_span(day: date) -> tuple[date, date] | None:
    """The first and last day off around a festival's day; None in years without published holidays."""
    try:
        if not chinese_calendar.is_holiday(day):
            return None
        first = last = day
        while chinese_calendar.is_holiday(first - ONE_DAY):
            first -= ONE_DAY
        while chinese_calendar.is_holiday(last + ONE_DAY):
            last += ONE_DAY
    except NotImplementedError:
        return None
    return first, last


@lru_cache(maxsize=8)
def statutory_days_off(year: int) -> frozenset[date]:
    """The days of a year that are off by law, before the State Council moves weekends around them."""
    found = [(festival_day(name, year), count) for name, count in _STATUTORY]
    return frozenset(first + timedelta(days=day) for first, count in found if first for day in range(count))

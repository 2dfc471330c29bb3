"""What a date phrase may mean, and the choice of the year it leaves out."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

# How far ahead a day that comes every year may be meant, rather than the one a year before; of festivals
# people speak as of the last one.
AHEAD = timedelta(days=45)
FESTIVAL_AHEAD = timedelta(days=30)
# Enough years back to meet a leap day even across a century without one.
YEARS_BACK = 9


@dataclass(frozen=True)
class Reading:
    """The days a phrase may mean, `first` to `last`, and the one to count from."""

    first: date
    last: date
    day: date

    @classmethod
    def of(cls, day: date) -> Reading:
        """One certain day."""
        return cls(day, day, day)

    @classmethod
    def stretch(cls, first: date, last: date) -> Reading:
        """Some day of a stretch: counted from its first day, so that no deadline comes out too late."""
        return cls(first, last, first)

    @classmethod
    def about(cls, day: date, days: int) -> Reading:
        """A day that is meant roughly, give or take `days`."""
        return cls(day - timedelta(days=days), day + timedelta(days=days), day)


# A phrase in the form of a date that no calendar has, such as 2月30号.
IMPOSSIBLE = "impossible"


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The date, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """The year and month `by` months later."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def latest(today: date, make: Callable[[int], Reading | None], ahead: timedelta = AHEAD) -> Reading | None:
    """The latest of a phrase's yearly occurrences that is not after today, or that comes within `ahead`.

    `make` gives the occurrence in a year, or None where the year has none.
    """
    for year in range(today.year + 1, today.year - YEARS_BACK, -1):
        reading = make(year)
        if reading is not None and reading.first <= today + ahead:
            return reading
    return None


def month_part(year: int, month: int, part: str) -> Reading:
    """A part of a month: 初 (1st-5th), 中, 上旬, 中旬, 下旬, 底 or 末 (25th on), or "" for the whole."""
    end = month_end(year, month)
    first, last = {
        "": (1, end.day),
        "初": (1, 5),
        "上旬": (1, 10),
        "中": (11, 20),
        "中旬": (11, 20),
        "下旬": (21, end.day),
        "底": (25, end.day),
        "末": (25, end.day),
    }[part]
    return Reading.stretch(date(year, month, first), date(year, month, last))

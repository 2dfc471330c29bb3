"""Working days in China: weekends, public holidays and the weekends worked to make up for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import chinese_calendar

from beian.calendar.festivals import statutory_days_off
from beian.kb import KnowledgeBase

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Window:
    """The likely days of the review's result; `known` is False when holidays could not be counted."""

    submitted: date
    first: date
    last: date
    known: bool


def is_working_day(day: date) -> tuple[bool, bool]:
    """Whether a day is worked, and whether that is known: without published holidays, weekends and the days
    off by law decide."""
    try:
        return chinese_calendar.is_workday(day), True
    except NotImplementedError:
        return day.weekday() < SATURDAY and day not in statutory_days_off(day.year), False


def add_working_days(start: date, n: int) -> tuple[date, bool]:
    """The n-th working day after `start` (which itself does not count), and whether holidays are known.

    n = 0 gives `start`; ValueError for a negative n.
    """
    if n < 0:
        raise ValueError("the number of working days cannot be negative")
    day, known = start, True
    while n:
        day += ONE_DAY
        works, sure = is_working_day(day)
        known = known and sure
        n -= works
    return day, known


def review_window(submitted: date, kb: KnowledgeBase) -> Window:
    """From the shortest to the longest review the procedure names, counted from the day of submission."""
    shortest, longest = kb.calendar.review_days
    first, first_known = add_working_days(submitted, shortest)
    last, last_known = add_working_days(submitted, longest)
    return Window(submitted, first, last, first_known and last_known)

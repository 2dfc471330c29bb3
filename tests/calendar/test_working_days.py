from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from beian.calendar.festivals import statutory_days_off
from beian.calendar.working_days import add_working_days, is_working_day, review_window
from beian.kb import load_knowledge

KNOWN = st.dates(date(2005, 1, 1), date(2026, 6, 30))
UNKNOWN = st.dates(date(2030, 1, 1), date(2040, 12, 31))


def test_once_a_holiday_is_not_known_the_day_is_not():
    """From a year without published holidays into one that has them."""
    day, known = add_working_days(date(2003, 12, 29), 5)
    assert day > date(2004, 1, 1)
    assert not known
    assert add_working_days(date(2004, 2, 2), 5)[1]


def test_a_review_is_as_sure_as_its_last_day():
    assert review_window(date(2026, 3, 2), load_knowledge()).known
    assert not review_window(date(2031, 3, 3), load_knowledge()).known


@pytest.mark.parametrize(
    ("start", "n", "day"),
    [
        # The week of National Day 2025 is off, the Saturday after it is worked.
        (date(2025, 9, 30), 1, date(2025, 10, 9)),
        (date(2025, 9, 30), 3, date(2025, 10, 11)),
        # New Year 2026: Sunday the 4th is worked to make up for the 2nd.
        (date(2025, 12, 31), 1, date(2026, 1, 4)),
        (date(2026, 1, 5), 3, date(2026, 1, 8)),
        (date(2026, 1, 5), 20, date(2026, 2, 2)),
        (date(2026, 1, 5), 0, date(2026, 1, 5)),
    ],
)
def test_holidays_and_days_worked_to_make_up(start, n, day):
    assert add_working_days(start, n) == (day, True)


def test_beyond_the_published_years_weekends_and_days_off_by_law_only():
    assert add_working_days(date(2035, 9, 28), 5) == (date(2035, 10, 10), False)


def test_a_count_that_runs_into_an_unpublished_year_is_not_known():
    day, known = add_working_days(date(2026, 12, 31), 1)
    assert day > date(2026, 12, 31)
    assert known is (day <= max(chinese_calendar.constants.holidays) or day.year <= _last_known_year())


def _last_known_year() -> int:
    return max(day.year for day in chinese_calendar.constants.holidays)


def test_negative():
    with pytest.raises(ValueError):
        add_working_days(date(2026, 1, 5), -1)


@given(KNOWN, st.integers(1, 40))
def test_never_on_a_holiday_nor_on_a_weekend_unless_it_is_worked(start, n):
    day, known = add_working_days(start, n)
    assert known
    assert chinese_calendar.is_workday(day)
    assert day.weekday() < 5 or day in chinese_calendar.constants.workdays
    between = [start + timedelta(days=i) for i in range(1, (day - start).days + 1)]
    assert sum(map(chinese_calendar.is_workday, between)) == n


@given(UNKNOWN, st.integers(1, 40))
def test_never_on_a_weekend_where_holidays_are_not_known(start, n):
    day, known = add_working_days(start, n)
    assert not known
    assert day.weekday() < 5


@given(KNOWN, st.integers(0, 20), st.integers(0, 20))
def test_counting_in_two_steps_is_the_same(start, n, m):
    assert add_working_days(add_working_days(start, n)[0], m) == add_working_days(start, n + m)


@given(st.dates(date(2005, 1, 1), date(2040, 12, 31)))
def test_review_window(submitted):
    kb = load_knowledge()
    window = review_window(submitted, kb)
    assert submitted < window.first < window.last
    assert window.first == add_working_days(submitted, kb.calendar.review_days[0])[0]
    assert window == review_window(submitted, kb)


def test_before_holidays_are_published_the_days_off_by_law_count():
    """Those of 全国年节及纪念日放假办法: New Year, four days from the eve of spring, and so on."""
    year = 2040
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(date(year, 1, 2))
    off = statutory_days_off(year)
    assert len(off) == 13
    assert is_working_day(date(2040, 5, 1)) == (False, False)
    assert is_working_day(date(2040, 5, 2)) == (False, False)
    assert is_working_day(date(2040, 5, 3)) == (True, False)
    # 12 February 2040 is the first day of the lunar year
    assert {date(2040, 2, day) for day in (11, 12, 13, 14)} <= off

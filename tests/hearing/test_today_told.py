"""What only says which day it is today happened on no day of the case."""

from datetime import date

import pytest

from beian.calendar.dates import find_dates
from beian.hearing.said_days import days_said

TODAY = date(2026, 11, 29)  # a Sunday


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("今天29号，我26号换的法人", ["26号"]),
        ("11月26号收到驳回，今天11月29号", ["11月26号"]),
        ("今天周日，我周三换的", ["周三"]),
        ("现在都29号了，10号搬的", ["10号"]),
        ("今天29，我27号被驳回的", ["27号"]),
        ("今天29号星期天，法人20号换的", ["20号"]),
        ("今天都29号了，还来得及吗", []),
        ("今天29号换的法人", ["29号"]),
        ("今天换的法人", ["今天"]),
        ("今天29号，刚收到驳回", ["29号"]),
        ("29号换的", ["29号"]),
    ],
)
def test_which_day_it_is_today_is_told_of_nothing(text, days):
    assert [found.text for found in days_said(find_dates(text, TODAY), text, TODAY)] == days

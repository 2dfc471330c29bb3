"""A festival that is asked about without a year is the next one."""

from datetime import date

import pytest

from beian.calendar.dates import find_dates
from beian.calendar.plans import coming, not_past

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("元旦算工作日吗", date(2027, 1, 1)),
        ("国庆算吗", date(2027, 10, 1)),
        ("去年国庆算吗", date(2025, 10, 1)),
        ("10月8号算吗", date(2026, 10, 8)),
    ],
)
def test_coming(text, day):
    [found] = find_dates(text, TODAY)
    assert coming(found, text, TODAY).first == day


def test_what_is_left_of_a_month_is_to_come():
    [found] = find_dates("月底才交", TODAY)
    left = not_past(found, TODAY)
    assert (left.first, left.last) == (TODAY, date(2026, 11, 30))

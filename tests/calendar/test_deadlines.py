from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beian.calendar.deadlines import last_day, resubmit_deadline, submit_deadline
from beian.kb import load_knowledge

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
KB = load_knowledge()


def test_thirty_days_after_the_change():
    deadline = submit_deadline(date(2025, 10, 8), date(2025, 11, 1), KB)
    assert (deadline.fact, deadline.last) == ("timeline.submit_deadline", date(2025, 11, 7))
    assert (deadline.days_left, deadline.late) == (6, False)


def test_the_last_day_itself_is_in_time_and_the_next_is_late():
    assert submit_deadline(date(2025, 10, 8), date(2025, 11, 7), KB).late is False
    late = submit_deadline(date(2025, 10, 8), date(2025, 11, 8), KB)
    assert (late.days_left, late.late) == (-1, True)


def test_resubmit():
    deadline = resubmit_deadline(date(2026, 1, 30), date(2026, 2, 1), KB)
    assert (deadline.fact, deadline.last) == ("timeline.resubmit_deadline", date(2026, 3, 1))


def test_negative_period():
    with pytest.raises(ValueError):
        last_day(date(2026, 1, 1), -1)


@given(DAYS, st.integers(0, 400))
def test_never_before_its_start(start, days):
    assert last_day(start, days) >= start


@given(DAYS, DAYS)
def test_days_left_and_late_agree(start, today):
    for make in (submit_deadline, resubmit_deadline):
        deadline = make(start, today, KB)
        assert deadline.start == start < deadline.last
        assert today + timedelta(days=deadline.days_left) == deadline.last
        assert deadline.late == (today > deadline.last)
        assert make(start, today, KB) == deadline

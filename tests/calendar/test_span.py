"""Days known exactly or roughly, and how they are stored."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beian.calendar.span import Span

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(DAYS, st.integers(0, 400))
def test_what_is_written_is_read_again(first, days):
    span = Span(first, first + timedelta(days=days))
    assert Span.from_text(span.as_text()) == span
    assert span.exact is (days == 0)


def test_how_it_is_written():
    assert Span(date(2026, 10, 8), date(2026, 10, 8)).as_text() == "2026-10-08"
    assert Span(date(2026, 10, 1), date(2026, 10, 8)).as_text() == "2026-10-01/2026-10-08"


@pytest.mark.parametrize("text", [None, ""])
def test_nothing_is_nothing(text):
    assert Span.from_text(text) is None


@pytest.mark.parametrize("text", ["去年", "2026-13-01", "2026-10-01/明天"])
def test_anything_else_is_refused(text):
    with pytest.raises(ValueError):
        Span.from_text(text)

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest

from beian.calendar.today import today_in_china


def test_china_is_eight_hours_ahead():
    assert today_in_china(datetime(2026, 1, 4, 15, 59, tzinfo=timezone.utc)) == date(2026, 1, 4)
    assert today_in_china(datetime(2026, 1, 4, 16, 0, tzinfo=timezone.utc)) == date(2026, 1, 5)


def test_override(monkeypatch):
    monkeypatch.setenv("BEIAN_TODAY", "2026-01-05")
    assert today_in_china() == date(2026, 1, 5)
    monkeypatch.setenv("BEIAN_TODAY", "5 January")
    with pytest.raises(ValueError):
        today_in_china()


def test_present(monkeypatch):
    monkeypatch.delenv("BEIAN_TODAY", raising=False)
    before, today, after = datetime.now(timezone.utc), today_in_china(), datetime.now(timezone.utc)
    assert today_in_china(before) <= today <= today_in_china(after)

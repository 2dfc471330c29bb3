"""When people answer: to the minute, on working days or every day."""

from datetime import datetime

import pytest

from beian.calendar.today import CHINA
from beian.desk.hours import Hours
from beian.server.settings import SettingsError

TUESDAY, SATURDAY = (2026, 11, 10), (2026, 11, 14)


def is_open(text: str, day: tuple[int, int, int], hour: int, minute: int) -> bool:
    now = datetime(*day, hour, minute, tzinfo=CHINA)
    told = Hours.parse(text)
    return Hours(told.spans, told.every_day, clock=lambda: now).open()


@pytest.mark.parametrize(
    ("hour", "minute", "expected"),
    [(8, 59, False), (9, 0, True), (11, 59, True), (12, 0, False), (13, 30, True), (18, 0, False)],
)
def test_an_hour_begins_with_its_first_minute_and_ends_before_its_last(hour, minute, expected):
    assert is_open("09:00-12:00,13:30-18:00", TUESDAY, hour, minute) is expected


def test_on_days_off_only_where_every_day_is_said():
    assert not is_open("09:00-18:00", SATURDAY, 10, 0)
    assert is_open("daily 09:00-18:00", SATURDAY, 10, 0)
    assert is_open("always", SATURDAY, 3, 0)


@pytest.mark.parametrize(
    "text", ["09:00-09:00", "18:00-09:00", "9-18", "09:00-25:00", "daily", "09:00-18:00,"]
)
def test_hours_that_cannot_be(text):
    with pytest.raises(SettingsError, match="BEIAN_DESK_HOURS"):
        Hours.parse(text)


def test_in_words():
    assert Hours.parse(None).text == "工作日 09:00-18:00"
    assert Hours.parse("daily 08:00-12:00, 13:00-22:00").text == "每天 08:00-12:00、13:00-22:00"
    assert Hours.parse("always").text == "全天"

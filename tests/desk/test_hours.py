"""When people answer: to the minute, on working days or every day."""

from datetime import date, datetime

import pytest

from beian.calendar.day_text import moment_text
from beian.calendar.today import CHINA
from beian.desk.hours import Closure, Hours
from beian.settings import SettingsError

TUESDAY, SATURDAY = (2026, 11, 10), (2026, 11, 14)


def is_open(text: str, day: tuple[int, int, int], hour: int, minute: int) -> bool:
    now = datetime(*day, hour, minute, tzinfo=CHINA)
    told = Hours.of_setting(text)
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
        Hours.of_setting(text)


def test_in_words():
    assert Hours.of_setting(None).text == "工作日 09:00-18:00"
    assert Hours.parse("daily 08:00-12:00, 13:00-22:00").text == "每天 08:00-12:00、13:00-22:00"
    assert Hours.parse("always").text == "全天"


def at(hours: Hours, *moment: int) -> Hours:
    """The hours as they are at a time."""
    now = datetime(*moment, tzinfo=CHINA)
    return Hours(hours.spans, hours.every_day, lambda: now, hours.closures)


@pytest.mark.parametrize("text", ["09:00-12:00,13:30-18:00", "daily 08:00-22:00", "always"])
def test_what_is_written_is_read_the_same(text):
    assert Hours.parse(text).written == text


def test_days_closed_are_closed_whatever_the_hours():
    days = Closure(date(2026, 11, 10), date(2026, 11, 11))
    for text in ("09:00-18:00", "daily 09:00-18:00", "always"):
        hours = Hours.parse(text).closed_on(days)
        found = [at(hours, 2026, 11, day, 10, 0).open() for day in (9, 10, 11, 12)]
        assert found == [True, False, False, True]


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        ("09:00-12:00,13:30-18:00", (2026, 11, 10, 12, 10), "11月10日（周二）13:30"),
        ("09:00-12:00,13:30-18:00", (2026, 11, 10, 18, 0), "11月11日（周三）09:00"),
        # Friday evening leads over the weekend.
        ("09:00-18:00", (2026, 11, 13, 20, 0), "11月16日（周一）09:00"),
        ("daily 09:00-18:00", (2026, 11, 13, 20, 0), "11月14日（周六）09:00"),
        # The days closed are jumped over.
        ("09:00-18:00", (2026, 11, 17, 20, 0), "11月20日（周五）09:00"),
        ("always", (2026, 11, 18, 20, 0), "11月20日（周五）00:00"),
    ],
)
def test_when_somebody_is_there_next(text, now, expected):
    hours = Hours.parse(text).closed_on(Closure(date(2026, 11, 18), date(2026, 11, 19)))
    assert moment_text(at(hours, *now).next_opening()) == expected


def test_nothing_comes_next_while_it_is_open_or_closed_for_long():
    assert at(Hours.parse("09:00-18:00"), 2026, 11, 10, 10, 0).next_opening() is None
    years = Closure(date(2026, 1, 1), date(2030, 1, 1))
    assert at(Hours.parse("always").closed_on(years), 2026, 11, 10, 10, 0).next_opening() is None

"""A stored answer's dates for the customer's calendar (iCalendar), with reminders in working hours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from icalendar import Alarm, Calendar
from icalendar import Event as CalendarEvent

from beian.calendar.day_text import WEEKDAYS
from beian.calendar.today import CHINA
from beian.calendar.working_days import is_working_day
from beian.settings import TITLE
from beian.store.records import Message

_REMIND_BEFORE_DAYS = (7, 1)
_HOUR = 9


def last_working_day(day: dt.date) -> dt.date:
    """The day itself where it is worked, or else the last working day before it."""
    while not is_working_day(day)[0]:
        day -= dt.timedelta(days=1)
    return day


def reminder_days(day: dt.date) -> list[dt.date]:
    """The days to remind on, earliest first: a week and a day before the last day anything can be done on,
    each a working day."""
    useful = last_working_day(day)
    days = {last_working_day(useful - dt.timedelta(days=before)) for before in _REMIND_BEFORE_DAYS}
    return sorted(days)


def in_words(day: dt.date) -> str:
    """A day as people write it, with its weekday."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日（周{WEEKDAYS[day.weekday()]}）"


def calendar_of(
    deadlines: Sequence[tuple[dt.date, str, str]], message: Message, conversation: str, notes: Sequence[str]
) -> bytes:
    """The dates (day, title, note) as all-day events; `notes` are lines that each event's text ends with.

    Reminders that were over when the answer was given are left out.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//{TITLE}//zh-CN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    given = dt.datetime.fromtimestamp(int(message.at), dt.timezone.utc)
    for place, (day, title, note) in enumerate(deadlines):
        event = CalendarEvent()
        event.add("uid", f"{conversation}-{message.id}-{place}@beian")
        event.add("dtstamp", given)
        event.add("dtstart", day)
        event.add("dtend", day + dt.timedelta(days=1))
        event.add("summary", title)
        useful = last_working_day(day)
        advice = f"{in_words(day)}不是工作日，请在 {in_words(useful)}或之前办完。" if useful != day else ""
        event.add("description", "\n".join(line for line in (note, advice, *notes) if line))
        for remind in reminder_days(day):
            if remind > given.astimezone(CHINA).date():
                event.add_component(_alarm(remind, day, useful, title))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _alarm(remind: dt.date, day: dt.date, useful: dt.date, title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    text = f"还有 {(day - remind).days} 天，{in_words(day)}：{title}"
    if useful != day:
        text += f"。那天不是工作日，请在 {in_words(useful)}或之前办完"
    alarm.add("description", text)
    # From the beginning of the day, by the customer's own clock.
    alarm.add("trigger", dt.timedelta(days=(remind - day).days, hours=_HOUR))
    return alarm

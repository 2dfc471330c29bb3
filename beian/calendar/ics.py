"""Deadlines as a calendar file (RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone

from beian.calendar.deadlines import RESUBMIT, Deadline
from beian.kb import KnowledgeBase

PRODUCT = "-//beian-assistant//deadlines//ZH"
# Reminders at nine in the morning, three days before and on the last day.
REMINDERS = (timedelta(hours=9) - timedelta(days=3), timedelta(hours=9))


def event_uid(deadline: Deadline) -> str:
    """An identifier that is the same for the same deadline, so that importing twice does not double it."""
    key = f"{deadline.fact}|{deadline.start.isoformat()}|{deadline.last.isoformat()}"
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@beian-assistant"


def deadlines_ics(deadlines: Iterable[Deadline], today: date, kb: KnowledgeBase) -> str:
    """The text of an .ics file with one all-day event and its reminders for each deadline."""
    from icalendar import Alarm, Calendar, Event  # 0.2 s to import, needed for a download only

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    for deadline in dict.fromkeys(deadlines):
        summary = kb.phrase("deadline", "resubmit_event" if deadline.fact == RESUBMIT else "submit_event")
        event = Event()
        event.add("uid", event_uid(deadline))
        event.add("dtstamp", datetime.combine(today, time(), tzinfo=timezone.utc))
        event.add("dtstart", deadline.last)
        event.add("dtend", deadline.last + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", summary)
        event.add("description", "\n".join(kb.facts[deadline.fact].body[0][1]))
        for before in REMINDERS:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", summary)
            alarm.add("trigger", before)
            event.add_component(alarm)
        calendar.add_component(event)
    return calendar.to_ical().decode("utf-8")

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Calendar

from beian.calendar.deadlines import resubmit_deadline, submit_deadline
from beian.calendar.ics import deadlines_ics, event_uid
from beian.kb.load import load_knowledge

KB = load_knowledge()
TODAY = date(2026, 1, 5)
SUBMIT = submit_deadline(date(2025, 12, 20), TODAY, KB)
RESUBMIT = resubmit_deadline(date(2025, 12, 20), TODAY, KB)


def test_events_on_the_last_days_with_reminders():
    calendar = Calendar.from_ical(deadlines_ics([SUBMIT, RESUBMIT], TODAY, KB))
    events = calendar.walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [SUBMIT.last, RESUBMIT.last]
    assert len({str(event["summary"]) for event in events}) == 2
    for event in events:
        reminders = [alarm["trigger"].dt for alarm in event.walk("VALARM")]
        assert reminders == [timedelta(days=-3, hours=9), timedelta(hours=9)]
        assert KB.facts["timeline.submit_deadline"].body[0][1][0] in str(events[0]["description"])


def test_the_same_deadline_is_the_same_event_on_another_day():
    later = submit_deadline(date(2025, 12, 20), date(2026, 1, 9), KB)
    assert event_uid(later) == event_uid(SUBMIT) != event_uid(RESUBMIT)
    assert deadlines_ics([SUBMIT], TODAY, KB) == deadlines_ics([SUBMIT, SUBMIT], TODAY, KB)


def test_line_ends_and_length_follow_the_standard():
    text = deadlines_ics([SUBMIT], TODAY, KB)
    lines = text.split("\r\n")
    assert "\n" not in "".join(lines)
    assert max(len(line.encode()) for line in lines) <= 75

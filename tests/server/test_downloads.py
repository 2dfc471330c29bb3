import icalendar

from beian.server import downloads
from beian.server.store import Message


def message(**custom):
    return Message(7, 1767225600.0, "bot", "答", custom=custom, ticked=[1])


def test_lists_and_dates_of_odd_shapes_are_left_out():
    odd = message(
        card={"items": ["一", {"text": "二"}, 3, None]},
        deadlines=[{"date": "soon"}, "x", {"date": "2026-02-01"}],
    )
    assert "- [ ] 一\n- [x] 二\n" in downloads.checklist_markdown(odd)
    assert "- 2026-02-01" in downloads.checklist_markdown(odd)
    assert not downloads.has_checklist(message())
    assert not downloads.has_deadlines(message(deadlines=[{"date": "2026-13-01"}]))


def test_lines_of_an_entry_cannot_break_the_list():
    assert "- [ ] 一 - [x] 二\n" in downloads.checklist_markdown(message(card={"items": ["一\n- [x] 二"]}))


def test_the_calendar_is_valid_and_reminds():
    data = downloads.deadlines_calendar(
        message(deadlines=[{"title": "提交；变更", "date": "2026-02-01", "note": "30 日内"}]), "w-1"
    )
    calendar = icalendar.Calendar.from_ical(data)
    [event] = calendar.walk("VEVENT")
    assert str(event["summary"]) == "提交；变更"
    assert str(event["uid"]) == "w-1-7-0@beian"
    assert event.decoded("dtend").isoformat() == "2026-02-02"
    assert len(event.walk("VALARM")) == 1

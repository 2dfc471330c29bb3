import datetime as dt

import icalendar

from beian.calendar.working_days import is_working_day
from beian.server import downloads
from beian.server.reminders import reminder_days
from beian.store.records import Message


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
        message(deadlines=[{"title": "提交；变更", "date": "2026-02-01", "note": "30 日内"}]), "w-1", "95187"
    )
    calendar = icalendar.Calendar.from_ical(data)
    [event] = calendar.walk("VEVENT")
    assert str(event["summary"]) == "提交；变更"
    assert str(event["uid"]) == "w-1-7-0@beian"
    assert event.decoded("dtend").isoformat() == "2026-02-02"
    # The first of February 2026 is a Sunday: what can be done is done by the Friday before.
    assert "2026 年 1 月 30 日（周五）或之前办完" in str(event["description"])
    assert str(event["description"]).endswith("备案客服电话：95187")
    told = [(alarm.decoded("trigger"), str(alarm["description"])) for alarm in event.walk("VALARM")]
    start = dt.datetime(2026, 2, 1)
    assert [(start + trigger).isoformat() for trigger, _ in told] == [
        "2026-01-23T09:00:00",
        "2026-01-29T09:00:00",
    ]
    assert told[0][1].startswith("还有 9 天，2026 年 2 月 1 日（周日）：提交；变更")
    assert told[1][1].startswith("还有 3 天，")


def test_no_reminder_lies_in_the_past_or_on_a_day_off():
    given = dt.datetime(2026, 10, 9, tzinfo=dt.timezone.utc)
    soon = Message(
        7, given.timestamp(), "bot", "答", custom={"deadlines": [{"date": "2026-10-12", "title": "提交"}]}
    )
    [event] = icalendar.Calendar.from_ical(downloads.deadlines_calendar(soon, "w")).walk("VEVENT")
    # The tenth is a Saturday that is worked in 2026, before a Monday.
    [alarm] = event.walk("VALARM")
    assert str(alarm["description"]).startswith("还有 2 天")
    for day in (dt.date(2026, 10, 8) + dt.timedelta(days=n) for n in range(40)):
        assert all(is_working_day(one)[0] for one in reminder_days(day))


def test_the_text_file_has_what_a_clerk_needs():
    whole = message(
        card={"title": "材料：", "items": ["一", "二"]},
        deadlines=[{"title": "提交", "date": "2026-02-02"}],
        sources=[{"section": "材料清单 › 企业"}],
    )
    text = downloads.checklist_text(whole, "95187").decode("utf-8-sig")
    ends = ["2026 年 2 月 2 日（周一）：提交", "依据流程文档整理：材料清单 › 企业", "备案客服电话：95187", ""]
    assert text.split("\r\n") == ["材料", "", "☐ 一", "☑ 二", "", *ends]

"""What the calendar says: complete in its text, the card never holding more."""

from __future__ import annotations

from datetime import date

import pytest

from beian.calendar.age import find_age
from beian.calendar.age_text import age_text
from beian.calendar.day_text import day_text
from beian.calendar.deadline_text import deadlines_of, span_text
from beian.calendar.deadlines import RESUBMIT, SUBMIT
from beian.calendar.review_text import day_text_of, review_text, waited_text
from beian.calendar.span import Span
from beian.calendar.working_days import review_window
from beian.kb import load_knowledge
from beian.names import check_name
from beian.names.name_text import names_text

KB = load_knowledge()
TODAY = date(2026, 1, 5)


def on(day: date) -> Span:
    return Span(day, day)


def deadline(fact: str, first: date, last: date | None = None):
    return span_text(fact, Span(first, last or first), TODAY, KB)


def review(first: date, last: date | None = None, today: date = TODAY):
    return review_text(review_window(first, KB), review_window(last or first, KB), today, KB)


ROUGH = deadline(SUBMIT, date(2025, 12, 10), date(2025, 12, 20))
PERHAPS_LATE = deadline(SUBMIT, date(2025, 12, 1), date(2025, 12, 20))
ALL_LATE = deadline(RESUBMIT, date(2025, 10, 1), date(2025, 10, 8))
PLANNED = deadline(SUBMIT, date(2026, 1, 20))
ROUGH_REVIEW = review(date(2026, 1, 5), date(2026, 1, 9))
OVERDUE_REVIEW = review(date(2025, 10, 9), date(2025, 10, 13))
ALL = [
    deadline(SUBMIT, date(2025, 12, 20)),
    deadline(SUBMIT, date(2025, 10, 8)),
    deadline(RESUBMIT, date(2025, 12, 6)),
    review(TODAY),
    review(date(2035, 1, 5)),
    names_text([check_name("中国茶", KB), check_name("绿叶书屋", KB)], KB),
    *(age_text(find_age(text, TODAY), TODAY, KB) for text in ("17岁", "20岁", "08年的", "2008年3月9日出生")),
]
EVERY = [*ALL, ROUGH, PERHAPS_LATE, ALL_LATE, PLANNED, ROUGH_REVIEW, OVERDUE_REVIEW]


@pytest.mark.parametrize("said", EVERY)
def test_text_holds_the_card_and_the_fact(said):
    assert said.card["type"] in ("deadline", "verdict")
    # one verdict needs no heading
    assert said.card["title"] in said.text or len(said.card["items"]) == 1
    assert said.card["items"]
    for item in said.card["items"]:
        assert item in said.text
    assert "{" not in said.text
    if said.card["type"] == "deadline":
        assert said.text.startswith(said.card["title"]), "the day that is asked for comes first"
        return
    for fact in said.facts:
        for _, lines in KB.facts[fact].body:
            assert all(line in said.text for line in lines)


@pytest.mark.parametrize("said", [said for said in EVERY if said.facts[0] in (SUBMIT, RESUBMIT)])
def test_a_deadline_says_how_long_it_is_and_what_follows_otherwise(said):
    assert "30日内" in said.card["items"][0]
    assert said.text.endswith(KB.facts[said.facts[0]].consequence)


def test_days_are_written_in_full():
    assert day_text(date(2026, 1, 4)) == "2026年1月4日（周日）"


def test_deadline_ahead_past_and_today():
    ahead, past, last = ALL[:3]
    assert "2026年1月19日" in ahead.text
    assert "还剩 14 天" in ahead.text
    assert "2025年11月7日" in past.text
    assert "超过 59 天" in past.text
    assert "罚款" in past.text
    assert KB.phrase("deadline", "last_day") in last.text
    for said in (ahead, past, last):
        assert len(said.card["items"]) == 1
        assert KB.phrase("deadline", "approximate") not in said.text
        assert KB.phrase("deadline", "planned") not in said.text


def test_of_days_only_roughly_known_both_ends_are_told():
    assert "2025年12月10日" in ROUGH.card["items"][0]
    assert "2025年12月20日" in ROUGH.card["items"][0]
    assert "2026年1月9日" in ROUGH.card["title"]
    assert "2026年1月19日" in ROUGH.card["title"]
    assert KB.phrase("deadline", "approximate") in ROUGH.text
    # no number of days is invented, and nobody is told to be late who may not be
    assert len(ROUGH.card["items"]) == 1
    assert "还剩" not in ROUGH.text
    assert "已经超过" not in ROUGH.text


def test_late_only_when_the_latest_day_is_past():
    # whoever changed on 6 December has until 5 January, which is today
    turning = day_text(date(2025, 12, 6))
    assert PERHAPS_LATE.card["items"][1] == KB.phrase("deadline", "perhaps_late", day=turning)
    assert PERHAPS_LATE.verdict == KB.phrase("deadline", "uncertain")
    assert "已经超过" not in PERHAPS_LATE.text
    # 8 October and thirty days is 7 November
    assert ALL_LATE.card["items"][1] == KB.phrase("deadline", "surely_late", days="59")
    assert ALL_LATE.verdict == KB.phrase("deadline", "too_late")


def test_a_day_to_come_is_called_planned_unless_it_is_only_supposed():
    assert KB.phrase("deadline", "planned") in PLANNED.text
    supposed = span_text(SUBMIT, on(date(2026, 1, 20)), TODAY, KB, supposed=True)
    assert KB.phrase("deadline", "planned") not in supposed.text
    assert "2026年2月19日" in PLANNED.text


@pytest.mark.parametrize(
    ("submitted", "verdict"),
    [
        (date(2026, 1, 19), "will_be_in_time"),
        (date(2026, 1, 20), "will_be_too_late"),
        (date(2025, 12, 21), "in_time"),
    ],
)
def test_it_is_judged_by_the_day_it_is_handed_in(submitted, verdict):
    said = span_text(SUBMIT, on(date(2025, 12, 20)), TODAY, KB, submitted=on(submitted))
    assert said.verdict == KB.phrase("deadline", verdict, days="1")
    assert said.judged


def test_the_event_for_a_calendar():
    [submit] = deadlines_of(SUBMIT, on(date(2025, 12, 20)), TODAY, KB)
    assert submit == {"date": "2026-01-19", "title": KB.phrase("deadline", "submit_event")}
    [resubmit] = deadlines_of(RESUBMIT, on(date(2025, 12, 6)), TODAY, KB)
    assert resubmit == {"date": "2026-01-05", "title": KB.phrase("deadline", "resubmit_event")}


def test_review_says_when_holidays_are_not_known():
    known, unknown = ALL[3:5]
    assert "2026年1月8日" in known.text
    assert "2026年2月2日" in known.text
    assert KB.phrase("deadline", "holidays_unknown") not in known.text
    assert KB.phrase("deadline", "holidays_unknown") in unknown.text
    # where one end of the days lies in a year not announced yet, the whole is not known
    half = review(date(2026, 12, 1), date(2035, 1, 5))
    assert KB.phrase("deadline", "holidays_unknown") in half.text


def test_review_of_days_only_roughly_known():
    assert "2026年1月5日" in ROUGH_REVIEW.card["items"][0]
    assert "2026年1月9日" in ROUGH_REVIEW.card["items"][0]
    # the earliest from the first day, the latest from the last
    latest = day_text(review_window(date(2026, 1, 9), KB).last)
    assert "2026年1月8日" in ROUGH_REVIEW.card["title"]
    assert latest in ROUGH_REVIEW.card["title"]
    assert "2026年1月8日" in ROUGH_REVIEW.ends[0]
    assert latest in ROUGH_REVIEW.ends[1]
    assert KB.phrase("deadline", "approximate") in ROUGH_REVIEW.text
    assert KB.phrase("deadline", "approximate") not in ALL[3].text


def test_review_overdue_only_when_the_latest_day_is_past():
    assert KB.phrase("deadline", "review_overdue") in OVERDUE_REVIEW.text
    assert KB.phrase("deadline", "approximate") not in OVERDUE_REVIEW.text
    waiting = review(date(2025, 10, 9), date(2026, 1, 4))
    assert KB.phrase("deadline", "review_overdue") not in waiting.text
    last = review_window(date(2025, 10, 9), KB).last
    assert KB.phrase("deadline", "review_overdue") not in review(date(2025, 10, 9), today=last).text


@pytest.mark.parametrize(
    ("first", "last", "begins"),
    [
        (date(2026, 10, 1), date(2026, 10, 7), "不算，"),
        (date(2026, 1, 5), date(2026, 1, 5), "算，"),
        (date(2026, 2, 28), date(2026, 2, 28), "算，"),
        (date(2026, 1, 2), date(2026, 1, 5), "2026年1月2日（周五）到2026年1月5日（周一）之间里只有"),
        (date(2026, 1, 2), date(2026, 1, 9), "2026年1月2日（周五）到2026年1月9日（周五）之间里除了"),
    ],
)
def test_whether_days_are_worked(first, last, begins):
    assert day_text_of(first, last, KB).text.startswith(begins)


def test_of_a_year_without_published_holidays_only_the_weekends_are_known():
    assert KB.phrase("deadline", "day_unknown") in day_text_of(date(2035, 1, 5), date(2035, 1, 5), KB).text


def test_who_has_waited_too_long_is_told_what_to_do():
    assert waited_text(20, KB) is None
    said = waited_text(21, KB)
    assert said.text.startswith("21个工作日已经超过")
    assert KB.phone in said.text


def test_names():
    said = ALL[5]
    assert said.facts == ("notice.naming",)
    assert said.card["items"][0].startswith("“中国茶”：不能用")
    assert "“中国”" in said.card["items"][0]
    assert said.card["items"][1].startswith("“绿叶书屋”：可以用")
    assert KB.phrase("site_name", "caution") in said.text


def test_names_are_one_line_and_short():
    said = names_text([check_name("绿叶\n书屋" + "茶" * 100, KB)], KB)
    assert len(said.card["items"]) == 1
    assert "\n" not in said.card["items"][0]
    assert len(said.card["items"][0]) < 70


def test_no_names():
    with pytest.raises(ValueError):
        names_text([], KB)


def test_ages():
    minor, adult, depends, dated = ALL[6:]
    assert "不能担任" in minor.card["items"][0]
    assert "符合要求" in adult.card["items"][0]
    assert KB.phrase("age", "ask", minimum="18") in depends.text
    assert "2026年3月9日" in dated.card["items"][0]


@pytest.mark.parametrize(
    ("days", "verdict"),
    [
        (
            Span(date(2026, 2, 1), date(2026, 2, 28)),
            ("will_be_too_late_about", {"least": "13", "most": "40"}),
        ),
        (Span(date(2026, 1, 1), date(2026, 1, 31)), ("up_to", {"day": "2026年1月19日（周一）"})),
        (Span(date(2026, 1, 1), date(2026, 1, 10)), ("will_be_in_time", {})),
    ],
)
def test_handing_in_on_some_day_of_a_stretch_is_judged_by_all_of_it(days, verdict):
    said = span_text(SUBMIT, on(date(2025, 12, 20)), TODAY, KB, submitted=days)
    name, values = verdict
    assert said.verdict == KB.phrase("deadline", name, **values)


def test_a_review_of_which_only_some_days_are_over_is_not_called_in_time():
    today = date(2026, 11, 28)
    first, last = review_window(date(2026, 11, 1), KB), review_window(date(2026, 11, 5), KB)
    said = review_text(first, last, today, KB)
    assert said.verdict == KB.phrase("deadline", "uncertain")
    assert KB.phrase("deadline", "review_perhaps_late", day="2026年11月2日（周一）") in said.text


@pytest.mark.parametrize(("happened", "phrase"), [("planned", "planned"), ("planned_told", "planned_told")])
def test_only_of_what_is_told_as_done_the_year_is_asked(happened, phrase):
    said = span_text(SUBMIT, on(date(2026, 1, 20)), TODAY, KB, remark=happened)
    assert KB.phrase("deadline", phrase) in said.text

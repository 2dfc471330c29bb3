"""What the calendar says: complete in its text, the card never holding more."""

from __future__ import annotations

from datetime import date

import pytest

from beian.calendar.age import find_age
from beian.calendar.age_text import age_text
from beian.calendar.deadline_text import deadline_text
from beian.calendar.deadlines import resubmit_deadline, submit_deadline
from beian.calendar.review_text import review_text
from beian.calendar.worded import day_text
from beian.calendar.working_days import review_window
from beian.kb.load import load_knowledge
from beian.names import check_name
from beian.names.text import names_text

KB = load_knowledge()
TODAY = date(2026, 1, 5)
ALL = [
    deadline_text(submit_deadline(date(2025, 12, 20), TODAY, KB), KB),
    deadline_text(submit_deadline(date(2025, 10, 8), TODAY, KB), KB),
    deadline_text(resubmit_deadline(date(2025, 12, 6), TODAY, KB), KB, approximate=True),
    review_text(review_window(TODAY, KB), KB),
    review_text(review_window(date(2035, 1, 5), KB), KB),
    names_text([check_name("中国茶", KB), check_name("绿叶书屋", KB)], KB),
    *(age_text(find_age(text, TODAY), TODAY, KB) for text in ("17岁", "20岁", "08年的", "2008年3月9日出生")),
]


@pytest.mark.parametrize("said", ALL)
def test_text_holds_the_card_and_the_fact(said):
    assert said.card["type"] in ("deadline", "verdict")
    assert said.card["title"] in said.text
    assert said.card["items"]
    for item in said.card["items"]:
        assert item in said.text
    for fact in said.facts:
        for _, lines in KB.facts[fact].body:
            assert all(line in said.text for line in lines)
    assert "{" not in said.text


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
    assert KB.phrase("deadline", "approximate") in last.text
    assert KB.phrase("deadline", "approximate") not in ahead.text


def test_review_says_when_holidays_are_not_known():
    known, unknown = ALL[3:5]
    assert "2026年1月8日" in known.text
    assert "2026年2月2日" in known.text
    assert KB.phrase("deadline", "holidays_unknown") not in known.text
    assert KB.phrase("deadline", "holidays_unknown") in unknown.text


def test_names():
    said = ALL[5]
    assert said.facts == ("notice.naming",)
    assert said.card["items"][0].startswith("“中国茶”：不能用")
    assert "“中国”" in said.card["items"][0]
    assert said.card["items"][1].startswith("“绿叶书屋”：没有发现")
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

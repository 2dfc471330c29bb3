"""Which of the days that stand in a message it is about: no lateness, the later of two where it corrects the
one before, one day told twice, and a part of the month named beside it."""

from datetime import date

import pytest

from beian.calendar.dates import find_dates
from beian.hearing.said_days import days_said

TODAY = date(2026, 11, 29)  # a Sunday


def _said(text: str) -> list[str]:
    found = days_said(find_dates(text, TODAY), text, TODAY)
    return [f"{day.first}" if day.first == day.last else f"{day.first}/{day.last}" for day in found]


@pytest.mark.parametrize("late", ["超了14天了", "都超20天了", "晚了十天了", "逾期5天了", "已经晚了一个月了"])
def test_how_late_it_is_is_no_day(late):
    assert _said(f"{late}，还能交吗") == []


def test_how_long_ago_something_was_done_is_one():
    assert _said("我换了20天了") == ["2026-11-09"]


@pytest.mark.parametrize(
    "takes_back",
    [
        "哦不是，是",
        "，说错了，",
        "…不对",
        "，不不不，是",
        "，哎等等，记错了，应该是",
        "，更正一下，",
        "，哦不，",
    ],
)
@pytest.mark.parametrize("verb", ["改的名", "换的法人", "交的"])
def test_of_a_day_that_is_taken_back_the_later_one_counts(takes_back, verb):
    between = takes_back if takes_back[0] in "，…" else f"，{takes_back}"
    assert _said(f"11月3号{verb}{between}10月31号，最晚哪天") == ["2026-10-31"]
    assert _said(f"11月3号{between}10月31号{verb}") == ["2026-10-31"]


@pytest.mark.parametrize(
    "text",
    [
        "11月3号换的，不是10月31号",
        "11月3号提交的，名称填的不对被驳回，10月31号收到的",
        "11月3号换的法人，10月31号改的名",
    ],
)
def test_what_takes_nothing_back_leaves_both(text):
    assert _said(text) == ["2026-11-03", "2026-10-31"]


def test_a_corrected_day_is_in_the_month_of_the_other():
    assert _said("10月20号收到的…不对21号") == ["2026-10-21"]


def test_what_happened_on_the_day_taken_back_happened_on_the_other():
    text = "11月3号换的法人，不对，是10月31号，什么时候提交"
    (found,) = days_said(find_dates(text, TODAY), text, TODAY)
    assert text[found.end :].startswith("换的法人")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("周一是30号，我30号提交", "2026-11-30"),
        ("明天是30号，我30号交", "2026-11-30"),
        ("周三2号我去提交", "2026-12-02"),
        ("后天1号提交的话", "2026-12-01"),
        ("周三25号换的法人", "2026-11-25"),
        ("上周五20号换的", "2026-11-20"),
    ],
)
def test_a_day_without_its_month_is_the_one_it_is_called_by_besides(text, day):
    assert _said(text) == [day]


@pytest.mark.parametrize("text", ["今天是29号，来得及吗", "今日为11月29日？还没交"])
def test_what_day_it_is_today_is_told_of_nothing(text):
    assert _said(text) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("10月份搬的，好像是月中", "2026-10-11/2026-10-20"),
        ("9月搬的，应该是月初", "2026-09-01/2026-09-05"),
        ("上个月换的，记得是下旬", "2026-10-21/2026-10-31"),
        ("11月换的法人，大概月底", "2026-11-25/2026-11-29"),
        ("23号交的 上个月", "2026-10-23"),
    ],
)
def test_a_month_and_a_part_beside_it_are_one(text, days):
    assert _said(text) == [days]

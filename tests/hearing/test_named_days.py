"""Several days by the customer's own words for what changed on each."""

from datetime import date

import pytest

from beian.calendar.dates import find_dates
from beian.hearing.heard import Heard
from beian.hearing.named_days import named_by_the_customer
from beian.hearing.said_days import days_said
from tests.dialogue.by_hand import heard

TODAY = date(2026, 11, 29)


def _named(text: str) -> list[str]:
    told = heard(text)
    days = days_said(find_dates(text, TODAY), text, TODAY)
    return [name for name, _ in named_by_the_customer(Heard(told.meaning, told.said, days, TODAY))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("10月31号换的法人，11月3号改的名", ["换法人", "改名"]),
        ("11月4号更了名，11月11号换了注册地址", ["更名", "换注册地址"]),
        ("11月3号法人换了，12号名称也改了", ["法人", "名称"]),
        ("名字11月5号改的，法人12号换的，地址20号改的", ["名字", "法人", "地址"]),
        ("名字11月5号改的，负责人还没换，打算12月1号换，分别几号", ["名字", "负责人"]),
        ("31号是法人换的日子，改名是11月3号，两个分别哪天", ["法人", "改名"]),
    ],
)
def test_each_day_has_its_words(text, names):
    assert _named(text) == names


@pytest.mark.parametrize(
    "text",
    ["11月3号换的法人", "11月3号换的，11月12号换的", "11月3号换的法人，11月10号提交的", "11月3号，11月10号"],
)
def test_where_one_of_them_has_none_nothing_is_named(text):
    assert _named(text) == []

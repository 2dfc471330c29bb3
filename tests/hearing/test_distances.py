"""A day of handing in told by its distance, and what is judged of it."""

from datetime import date

import pytest

from beian.calendar.span import Span
from beian.hearing.distances import distance_day
from tests.conftest import TODAY

LAST = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("再过两周交可以吗", date(2026, 11, 24)),
        ("半个月后再交来得及吗", date(2026, 11, 25)),
        ("三天后提交行吗", date(2026, 11, 13)),
        ("等一个月再报行不", date(2026, 12, 10)),
        ("再晚一个礼拜交行吗", date(2026, 11, 27)),
        ("最后一天交可以吗", LAST),
        ("卡着点交没事吧", LAST),
        ("换了三天了", None),
        ("晚交会怎样", None),
    ],
)
def test_the_day_that_is_meant(hear, text, day):
    assert distance_day(hear(text), LAST, TODAY) == (Span(day, day) if day else None)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("再晚一个礼拜交行吗", "来不及，晚 7 天"),
        ("最后一天交可以吗", "来得及"),
        ("卡着最后一天交没事吧", "来得及"),
        ("圣诞节前交呢", "不一定"),
        ("年后再办行不行", "来不及"),
        ("拖到元旦以后呢", "来不及"),
        ("要是31号交呢", "来不及"),
    ],
)
def test_it_is_judged_by_the_last_day(answer, text, verdict):
    reply, state = answer("法人10月25号换的，最晚哪天交", text)
    assert reply.text.startswith(verdict)
    assert state.focus.changed == "2026-10-25"

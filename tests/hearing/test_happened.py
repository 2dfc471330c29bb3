"""A day on which something has happened is past, whatever was planned; how long ago counts as a day."""

from datetime import date

import pytest

from beian.hearing.happened import how_long_since

TODAY = date(2026, 11, 29)  # a Sunday


@pytest.mark.parametrize(
    ("plan", "told", "day"),
    [
        ("法人下周三换，最晚哪天交", "哦，8号就换了", "2026年12月8日"),
        ("下月5号办过户，几号前报", "24号就已经过户了", "2026年12月24日"),
        ("下周改名，最晚什么时候交", "26号收到的驳回，最晚哪天重新交", "2026年12月26日"),
        ("12月8号提交，几号出结果", "哦我27号就交了", "2026年12月2日"),
        ("执照下礼拜下来，最晚哪天报", "搞错了，13号就下来了", "2026年12月13日"),
    ],
)
def test_a_day_without_its_month_on_which_it_was_done_is_the_last_one(answer, plan, told, day):
    reply, _ = answer(plan, told, today=TODAY)
    assert day in reply.text


@pytest.mark.parametrize("text", ["推到8号呢", "8号呢", "要是8号换了呢"])
def test_of_a_plan_it_is_the_next_one(answer, text):
    reply, _ = answer("法人12月3号换，最晚哪天交", text, today=TODAY)
    assert "2027年1月7日" in reply.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("法人换了两个多月了还没报", True),
        ("过户都办完俩月了", True),
        ("拖了半年没报", True),
        ("审核都等了三天了", False),
        ("11月3号换的", False),
    ],
)
def test_how_long_ago_it_was_done(hear, text, told):
    heard = hear(text, today=TODAY)
    assert any(how_long_since(found, heard) for found in heard.days) is told


@pytest.mark.parametrize(
    "text",
    [
        "法人换了两个多月了还没报，现在去补来得及不",
        "拖了仨月没管，现在变更算不算超期",
        "公司地址搬了半年没报，现在办晚不晚",
    ],
)
def test_lateness_told_as_a_duration_is_judged(answer, text):
    reply, _ = answer(text, today=TODAY)
    assert "已经过期" in reply.text


def test_how_long_it_was_put_off_is_kept_from_a_question_about_something_else(answer):
    reply, _ = answer("我就想问下，罚款罚多少，我都拖了两个多月了", "那我现在去补，还来得及不", today=TODAY)
    assert "已经过期" in reply.text

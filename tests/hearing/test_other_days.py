"""Days on which something else happens than a step of the filing are none of the case, in either order."""

from datetime import date

import pytest

from beian.hearing.other_days import of_the_case

TODAY = date(2026, 11, 29)  # a Sunday


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12月5号到期，我1号提交", ["1号"]),
        ("老板下周三有空，法人11月16号换的", ["11月16号"]),
        ("驳回通知26号收到的，老板12月1号才有空", ["26号"]),
        ("12月20号开业，地址11月10号改的", ["11月10号"]),
        ("营业执照11月9号办完，12月15号我们要开会用", ["11月9号"]),
        ("到期是12月5号，交是12月1号", ["12月1号"]),
        ("12月12号有场直播，我11月30号提交", ["11月30号"]),
        ("11月9号开会定的新名", ["11月9号"]),
        ("11月12号换的服务器，11月3号交的", ["11月12号", "11月3号"]),
    ],
)
def test_what_else_happens_on_a_day_makes_it_none_of_the_case(hear, text, days):
    assert [found.text for found in of_the_case(hear(text, today=TODAY)).days] == days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("域名12月8号到期，我明天交，几号能出结果", "2026年12月3日"),
        ("云服务器12月6号过期，备案我打算3号交，几号能审完", "2026年12月8日"),
        ("12月20号开业，地址11月10号改的，最晚哪天提交", "2026年12月10日"),
        ("老板下周三有空，法人11月16号换的，最晚哪天交", "2026年12月16日"),
    ],
)
def test_what_is_asked_is_counted_from_the_day_of_the_case(answer, text, day):
    reply, _ = answer(text, today=TODAY)
    assert day in reply.text.splitlines()[0]


@pytest.mark.parametrize(
    "text", ["我家店门牌从8号改成8-2号，要改备案吗", "门牌换了，原来12号，现在12-1号，得报吗"]
)
def test_the_number_of_a_house_is_no_day(answer, text):
    reply, state = answer(text)
    assert state.focus.changed is None
    assert "最晚提交" not in reply.text

"""Whether weekends and holidays count, and which day is the first."""

from datetime import date

import pytest

NOW = date(2026, 11, 28)
HANDED_IN = "11月18号交上去的，几号能出结果"


@pytest.mark.parametrize(
    "text", ["这中间的周末算不算", "双休日算进去了吗", "星期天算工作日吗", "礼拜六礼拜天算进去没"]
)
def test_weekends_are_not_counted(answer, kb, text):
    reply, state = answer(HANDED_IN, text, today=NOW)
    assert reply.text.startswith(kb.phrase("deadline", "weekends"))
    assert state.focus.submitted == "2026-11-18"


@pytest.mark.parametrize(
    ("text", "day"), [("元旦碰得上吗", "2027年1月1日"), ("春节会影响吗", "2027年2月6日")]
)
def test_a_festival_after_the_review_is_not_met(answer, text, day):
    reply, _ = answer(HANDED_IN, text, today=NOW)
    assert reply.text.startswith("碰不上")
    assert "2026年12月16日" in reply.text
    assert day in reply.text


def test_a_festival_within_the_review_is(answer):
    reply, _ = answer("12月20号交的话多久出结果", "元旦碰得上吗", today=NOW)
    assert reply.text.startswith("碰得上")


def test_without_a_day_it_is_the_next_festival(answer):
    reply, _ = answer("审核多久", "元旦那天算工作日吗", today=NOW)
    assert reply.text.startswith("不算，2027年1月1日")


def test_a_day_told_beside_the_question_is_kept(answer):
    _, state = answer("11月20号提交的，春节会影响吗", today=NOW)
    assert state.focus.submitted == "2026-11-20"


@pytest.mark.parametrize(
    ("texts", "due"),
    [
        (("法人10月30号变更的，30天是从当天数还是第二天数",), "2026年11月29日"),
        (("11月16号收到驳回", "16号当天算不算第一天"), "2026年12月16日"),
        (("11月12日提交的，当天算一个工作日吗",), "2026年12月10日"),
    ],
)
def test_the_way_to_count_is_told_as_ours(answer, texts, due):
    reply, _ = answer(*texts, today=NOW)
    assert reply.text.startswith("这里是从")
    assert "文档只写了" in reply.text
    assert due in reply.text

"""From which of several days a period runs: both ends where that is asked, one where the customer decides."""

from datetime import date

import pytest

from beian.hearing.which_start import asks_from_when

TODAY = date(2026, 11, 29)  # a Sunday
TWO_DAYS = "批复11月12号下的，执照11月20号换的，最晚哪天交"


@pytest.mark.parametrize(
    "text",
    ["30天从哪天算", "期限应自何日起算", "按哪天算30天", "起算日是哪天", "到底从几号开始算", "打哪天算起"],
)
def test_it_asks_from_which_day(text):
    assert asks_from_when(text)


@pytest.mark.parametrize("text", ["最晚哪天交", "从哪里登录", "按什么流程", "从11月3号算，最晚哪天"])
def test_other_questions_do_not(text):
    assert not asks_from_when(text)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "更名批复系11月12日下达,营业执照于11月20日换发,期限应自何日起算?",
            "2026年12月12日",
            "2026年12月20日",
        ),
        ("10月30号签的转让协议，11月15号过户完，30天从哪天起算", "2026年11月29日", "2026年12月15日"),
        ("手机号11月8号停的，新号11月14号开的，按哪天算30天", "2026年12月8日", "2026年12月14日"),
    ],
)
def test_both_ends_are_told_and_that_the_document_leaves_it_open(answer, text, first, second):
    reply, _ = answer(text, today=TODAY)
    assert reply.text.startswith("从哪天起算，文档没有写")
    assert first in reply.text
    assert second in reply.text
    assert reply.extra["theme"] == "deadline_counting"


def test_the_days_told_before_will_do(answer):
    reply, _ = answer(TWO_DAYS, "到底从哪天开始算", today=TODAY)
    assert "2026年12月12日" in reply.text
    assert "2026年12月20日" in reply.text


@pytest.mark.parametrize(
    "text", ["批复那天不算，从执照换发那天算", "以执照换发为准", "批复不算", "别按批复，按换执照那天"]
)
def test_the_day_decided_on_by_what_happened_then_counts(answer, text, kb):
    reply, state = answer(TWO_DAYS, text, today=TODAY)
    assert "2026年12月20日" in reply.text
    assert kb.phrase("deadline", "from_decided") in reply.text
    assert state.focus.changed == "2026-11-20"


@pytest.mark.parametrize(
    ("before", "text", "day"),
    [
        ("12月5号交，审核几号出来", "提交日是12月1号，不是5号", "2026年12月4日"),
        ("我12月2号提交，最慢哪天出结果", "我说的提交日是11月30号", "2026年12月28日"),
        ("12月3号提交，几号出结果", "更正：提交日期是12月2号", "2026年12月7日"),
        ("11月18号交的，几号出结果", "提交是20号，你记成18号了", "2026年11月25日"),
        ("11月20号收到驳回，最晚哪天重交", "收到驳回是22号，不是20号", "2026年12月22日"),
        ("我11月8号换的法人，最晚哪天交", "变化日是11月12号，不是8号", "2026年12月12日"),
    ],
)
def test_a_corrected_day_answers_the_question_in_hand(answer, before, text, day):
    reply, _ = answer(before, text, today=TODAY)
    assert day in reply.text


def test_a_question_about_one_of_the_events_decides_nothing(answer):
    told = ("公司搬家了，电话也换了，备案怎么办", "搬家是9月初的事，电话是上周换的")
    reply, _ = answer(*told, "那搬家是不是已经晚了", today=date(2026, 11, 29))
    assert reply.text.startswith("已经过期")

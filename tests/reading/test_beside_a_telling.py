"""A question beside a telling is what is asked, while a time is talked of."""

from datetime import date

import pytest

TODAY = date(2026, 11, 29)  # a Sunday


@pytest.mark.parametrize(
    ("before", "text", "fact"),
    [
        ("我换服务器，最晚哪天交", "11月20号换的，要啥材料", "materials.website_info.server"),
        ("个人换手机号最晚哪天报", "11月28号换的，要哪些材料", "materials.subject_info.individual"),
        ("公司改名多久内报", "11月15号改的，要交什么材料", "materials.subject_info.enterprise"),
        ("法人换了最晚几号报", "11月22号换的，在哪登录办", "procedure.login"),
    ],
)
def test_the_question_is_answered_and_the_day_beside_it(answer, before, text, fact):
    reply, _ = answer(before, text, today=TODAY)
    assert reply.facts == (fact, "timeline.submit_deadline")


@pytest.mark.parametrize("text", ["11月20号换的", "11月20号换的，最晚哪天", "11月20号换的，还来得及吗"])
def test_the_time_is_told_where_nothing_else_is_asked(answer, text):
    reply, _ = answer("我换服务器，最晚哪天交", text, today=TODAY)
    assert reply.facts == ("timeline.submit_deadline",)
    assert "2026年12月20日" in reply.text


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("下个月中旬要是改好了，去哪儿能看到新名字", "procedure.after_approval"),
        ("要是12月8号换了手机号，去哪里登录改", "procedure.login"),
        ("如果下周五驳回了，是材料不齐，我该补什么", "rejection.materials_incomplete"),
    ],
)
def test_what_is_only_supposed_brings_no_last_day_along(answer, text, fact):
    reply, _ = answer(text, today=TODAY)
    assert reply.facts == (fact,)

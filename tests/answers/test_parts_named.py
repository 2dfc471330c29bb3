"""Several parts that a message names, a line for each."""

from datetime import date

import pytest

from beian.meaning.state import Discourse

NAMING, PERSON, PLACE = "notice.naming", "notice.responsible_person", "notice.server_locality"
DUE, REVIEW, AGAIN = "timeline.submit_deadline", "timeline.review", "timeline.resubmit_deadline"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("总结一下命名、负责人、服务器三点", (NAMING, PERSON, PLACE)),
        ("提交期限、审核时长、重新提交期限三个数并列写出来", (DUE, REVIEW, AGAIN)),
        ("期限和审核两项，每项一句话", (DUE, REVIEW)),
    ],
)
def test_each_part_has_its_line(answer, text, facts):
    reply, _ = answer(text)
    assert reply.facts == facts
    assert len(reply.text.splitlines()) == len(facts)


@pytest.mark.parametrize(
    "text",
    ["两个客户，一个改网站名称，一个换服务器，各要啥材料", "审核和重新提交有什么区别", "总结一下审核时间"],
)
def test_what_is_asked_of_them_is_no_row_of_parts(answer, text):
    reply, _ = answer(text)
    assert "网站名称的命名规范：" not in reply.text
    assert "审核要多久：" not in reply.text or "区别" in text


def test_a_day_that_is_known_is_worked_out(answer):
    reply, _ = answer(
        "公司11月10号改名了，要什么材料", "归纳期限、材料两点，每点一句", today=date(2026, 11, 28)
    )
    assert "2026年12月10日" in reply.text and "营业执照" in reply.text


def test_of_nothing_named_there_is_none(answer):
    reply, _ = answer("总结一下", after=Discourse())
    assert reply.facts != (DUE, REVIEW)

"""A point that what was said does not hold is named, and not answered with the same statement once more."""

import pytest

from beian.answers.unwritten import named_point, unwritten

RESPONSIBLE = "materials.website_info.responsible_person"
ASKED = "换网站负责人要哪些材料"


@pytest.mark.parametrize("text", ["照片要不要手持", "身份证照片能不能美颜", "承诺书用什么颜色的笔写"])
def test_the_point_is_named_and_said_not_to_be_there(answer, kb, text):
    reply, _ = answer(ASKED, text)
    assert reply.status == "uncovered"
    assert kb.phone in reply.text


@pytest.mark.parametrize("text", ["那要准备什么材料", "再说一遍要哪些材料", "都要交啥"])
def test_who_asks_for_all_of_it_again_gets_all_of_it(answer, text):
    reply, _ = answer("我们是公司，主体信息变了", "那要准备什么材料", text)
    assert (reply.status, reply.facts[0]) == ("answered", "materials.subject_info.enterprise")
    assert reply.card


def test_what_a_list_does_hold_is_no_such_point(answer):
    for text in ("身份证反面要不要", "要不要承诺书"):
        reply, _ = answer(ASKED, text)
        assert reply.status == "answered", text
        assert reply.facts[0] == RESPONSIBLE


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("那要不要手持？", "要不要手持"),
        ("我问的是老法人还用不用出面", "老法人还用不用出面"),
        (
            "谢谢你啊 讲得很清楚了 不过我还想再问问 就是我们单位的章如果刚好被同事带出差了还行不行",
            None,
        ),
    ],
)
def test_it_is_named_as_the_customer_puts_it(hear, text, point):
    assert named_point(hear(text)) == point


def test_a_personal_number_is_not_repeated(answer):
    reply, _ = answer(ASKED, "身份证11010519491231002X这个号码要写在照片上吗")
    assert "11010519491231002X" not in reply.text


def test_a_button_and_a_number_ask_for_all_of_it(hear, kb):
    found = [kb.facts[RESPONSIBLE]]
    assert unwritten(found, hear(kb.facts[RESPONSIBLE].question), kb) is None
    assert unwritten(found, hear("第二条呢"), kb) is None


def test_after_a_day_was_worked_out_another_question_is_not_answered_with_it(answer):
    reply, _ = answer("法人11月3号换的，最晚哪天提交", "老法人还用不用到场")
    assert "没有过期" not in reply.text

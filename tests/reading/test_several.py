"""Several questions of one message."""

import pytest


@pytest.mark.parametrize("text", ["工商局变更法人要哪些材料，去哪个窗口", "车管所过户要什么证件，几天办好"])
def test_the_questions_of_another_subject_are_about_that(answer, text):
    reply, _ = answer(text)
    assert reply.status == "out_of_scope"


def test_questions_of_ours_beside_other_words_are_answered(answer):
    reply, _ = answer("昨天去爬山累死了，问下换负责人要啥，几天能好")
    assert reply.status == "answered"


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("办一次大概几天？要是被毙了，隔几天之内得补交", ["timeline.review", "timeline.resubmit_deadline"]),
        ("通过之后操作 / 人工电话", ["access.after_approval|procedure.after_approval", "contact.support"]),
        (
            "where do i begin the change, and how long will the review take",
            ["procedure.login", "timeline.review"],
        ),
        ("换负责人交什么，顺带问下网站开不开得了", ["materials.website_info.responsible_person", "access"]),
    ],
)
def test_each_question_of_a_message_is_answered(answer, text, facts):
    reply, _ = answer(text)
    for wanted in facts:
        assert any(fact.startswith(tuple(wanted.split("|"))) for fact in reply.facts), reply.facts


def test_a_list_that_is_asked_for_stands_for_its_entries(answer):
    reply, _ = answer("换法人算吗、站不要了算吗、公司卖掉算吗，把变更的类型全给我列一下")
    assert reply.facts == ("overview.types",)


def test_what_leaves_out_its_question_is_not_read_by_itself(answer):
    reply, _ = answer("注销网站的备案交哪些材料？新增呢？")
    assert reply.status == "uncovered"


def test_one_question_of_ours_is_answered_beside_one_of_another_subject(answer):
    reply, _ = answer("公积金账户怎么转走？还有备案变更要审几天")
    assert "timeline.review" in reply.facts

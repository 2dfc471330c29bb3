"""What a word of the document means, asked in any form."""

import pytest

from beian.answers.definitions import defined
from beian.kb import load_knowledge
from beian.meaning.state import Discourse, Matter

KB = load_knowledge()
FORMS = (
    "{}是什么意思",
    "“{}”是什么意思",
    "什么是{}",
    "请问{}是啥",
    "{}怎么理解",
    "请解释一下“{}”的含义",
    "那{}又是什么呢？",
    "啥叫{}啊",
)
IN_HAND = Discourse(focus=Matter("website_info", "server"))
NAMES = [(one, name) for one in KB.definitions for name in one.names]


@pytest.mark.parametrize(("one", "name"), NAMES, ids=[name for _, name in NAMES])
def test_every_name_in_every_form(hear, one, name):
    for form in FORMS:
        said = defined(hear(form.format(name)), IN_HAND, KB)
        assert said, form
        reply, after = said
        assert reply.text == one.text
        assert reply.facts == one.facts
        assert after.stated == one.facts
        assert after.focus == IN_HAND.focus, "who asks what a word means tells nothing of the case"


def test_a_change_that_is_named_is_not_told_by_asking_what_it_means(hear):
    message = hear("什么是网站负责人")
    assert ("item", "responsible_person") in message.said.named
    said = defined(message, IN_HAND, KB)
    assert said and said[1].focus == IN_HAND.focus


@pytest.mark.parametrize("form", ["{}和{}有什么区别", "{}跟{}是一回事吗", "请问{}与{}的区别是什么"])
def test_two_words_side_by_side(answer, form):
    reply, _ = answer(form.format("初审", "终审"))
    assert reply.facts == ("procedure.submit", "procedure.review")
    assert len(reply.text.splitlines()) == 3


@pytest.mark.parametrize(
    "text",
    [
        "主体变更要什么材料",
        "换负责人是什么类型",
        "公章盖在哪里",
        "备案号是什么",
        "解析什么时候切",
        "工单几天回",
    ],
)
def test_other_questions_are_left_alone(hear, text):
    assert defined(hear(text), Discourse(), KB) is None

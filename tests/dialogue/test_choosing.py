"""Choices: nothing denied or excluded, and none where one is in hand."""

from dataclasses import replace

import pytest

from beian.dialogue.choosing import MAY_BE_IT, settled
from beian.kb import load_knowledge
from beian.meaning.state import Discourse, Matter

KB = load_knowledge()
TRANSFER, TYPE, PERSON = "type.subject_transfer", "type.website_info", "materials.subject_info.individual"


@pytest.fixture
def unsure(hear):
    """A message that was not understood for certain, with the choices it leaves."""

    def heard(text: str, *choices: str, state: Discourse | None = None):
        found = hear(text, state)
        return replace(found, meaning=replace(found.meaning, outcome="ask", targets=(), choices=choices))

    return heard


def test_what_was_denied_is_not_offered(unsure):
    heard = unsure("不是过户，我问的是别的", TRANSFER, TYPE, PERSON)
    assert settled(heard, Discourse(), KB).meaning.choices == (TYPE, PERSON)


def test_what_the_case_excludes_is_not_offered_and_one_is_answered(unsure):
    state = Discourse(focus=Matter(subject_kind="individual"))
    heard = unsure("那要弄些啥", "materials.subject_info.enterprise", PERSON, state=state)
    meaning = settled(heard, state, KB).meaning
    assert (meaning.outcome, meaning.targets) == ("answer", (PERSON,))


@pytest.mark.parametrize("text", ["有没有最省事的办法", "拿结婚证给他们看行不行"])
def test_what_is_in_hand_needs_no_choice(answer, text):
    _, state = answer("备案被驳回了，说域名不在公司名下")
    reply, _ = answer(text, after=state)
    assert reply.status == "uncovered"
    assert "先把域名过户到备案主体名下" in reply.text
    assert not reply.buttons or reply.card is None


def test_words_of_other_subjects_may_be_about_what_was_said(hear, answer):
    _, state = answer("换服务器期间域名解析要切换吗")
    texts = ["老机器得留到几号保险", "旧的那台机子能不能先退租", "原来那台要开到啥时候"]
    foreign = [text for text in texts if hear(text, state).meaning.targets == ("out_of_scope",)]
    likely = [
        text
        for text in foreign
        if dict(hear(text, state).meaning.ranking).get(state.stated[0], 0.0) >= MAY_BE_IT
    ]
    assert likely
    for text in likely:
        reply, _ = answer(text, after=state)
        assert reply.status != "out_of_scope", text


@pytest.mark.parametrize("text", ["今天股票涨了没", "附近有什么好吃的吗"])
def test_what_is_surely_another_subject_is_refused_in_a_conversation_too(answer, text):
    reply, _ = answer("换服务器期间域名解析要切换吗", text)
    assert reply.status in ("out_of_scope", "smalltalk")


@pytest.mark.parametrize(
    "text", ["我一个人写的小博客，想把手机号换掉，备案上的要改吗", "邮箱不用了要不要去改备案"]
)
def test_whether_it_must_be_filed_is_asked_of_the_type(answer, text):
    reply, _ = answer(text)
    assert reply.facts == ("type.subject_info",)


@pytest.mark.parametrize(
    "text", ["我72了可以当负责人不", "我今年81能做网站负责人吗", "他才16岁，能当负责人吗"]
)
def test_an_age_is_decided_whatever_else_is_open(answer, text):
    reply, _ = answer(text)
    assert reply.facts[:1] == ("notice.responsible_person",)
    assert reply.status == "answered"


@pytest.mark.parametrize(
    "text", ["要几天内弄完，证号我确实填错了一位", "那几天之内得改好，名字那栏我写错字了"]
)
def test_a_number_of_days_is_that_of_the_fact_that_has_one(answer, text):
    """Not that the document does not say it, because the reason of the rejection has none."""
    reply, _ = answer("变更被驳回，说信息填写错误", text)
    assert "timeline.resubmit_deadline" in reply.facts
    assert "没有写" not in reply.text


def test_two_things_asked_are_both_answered_where_one_is_sure(answer):
    reply, _ = answer("变更被驳回，说信息填写错误", "是重新填还是就地改，几天之内")
    assert "timeline.resubmit_deadline" in reply.facts

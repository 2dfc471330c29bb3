"""Who the subject of the filing is, told without its name."""

import pytest

from beian.hearing.subjects import for_kind, with_the_subject
from beian.kb import load_knowledge
from beian.meaning.state import Discourse

KB = load_knowledge()
COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"
FRESH = Discourse()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("我又不是公司，手机号换了要交什么", "individual"),
        ("自己写着玩的博客，换了手机号要交什么材料", "individual"),
        ("我本人的网站，联系方式变了，材料有哪些", "individual"),
        ("就我自己一个人的站，换了手机号要什么材料", "individual"),
        ("我又没开公司，手机号换了交什么", "individual"),
        ("我们厂换了联系电话，要什么材料", "enterprise"),
        ("咱们饭店电话换了，材料要什么", "enterprise"),
        ("我这五金店换了邮箱，要备哪些材料", "enterprise"),
    ],
)
def test_it_is_heard_and_answered_for(answer, text, kind):
    reply, state = answer(text)
    assert state.focus.subject_kind == kind
    assert (COMPANY if kind == "individual" else PERSON) not in reply.facts


@pytest.mark.parametrize(
    "text",
    [
        "换手机号要什么材料",
        "我自己去交还是委托别人交",
        "我们改了店名，备案要改吗",
        "我们不是公司，是学校，电话换了要什么材料",
        "承诺书是自己写的行吗",
        "我们公司自己弄的网站，换了电话交什么",
    ],
)
def test_words_that_tell_none_are_left_alone(hear, text):
    heard = hear(text)
    assert with_the_subject(heard, FRESH, KB) == heard or "公司" in text
    kinds = with_the_subject(heard, FRESH, KB).said.values("subject_kind")
    assert "individual" not in kinds


def test_told_alone_it_answers_what_was_in_question(answer):
    reply, state = answer("换手机号要什么材料", "我不是企业，就我自己")
    assert reply.facts == (PERSON,)
    assert state.focus.subject_kind == "individual"


@pytest.mark.parametrize(
    ("target", "found"), [(COMPANY, PERSON), (PERSON, PERSON), ("timeline.review", "timeline.review")]
)
def test_the_same_question_for_a_kind(target, found):
    assert for_kind(target, "individual", KB) == found

"""Facts stated: in full, worked out, in parts, and spoken of again."""

import pytest

from beian.answers.render import fact_text
from beian.kb import load_knowledge
from beian.meaning.state import Asked, Discourse

COMPANY, PERSON = "materials.subject_info.enterprise", "materials.subject_info.individual"
SERVER, NAME = "materials.website_info.server", "materials.website_info.name"
SUBMIT, RESUBMIT = "timeline.submit_deadline", "timeline.resubmit_deadline"
KB = load_knowledge()


def test_a_fact_in_full_with_its_source_and_what_follows(answer, kb):
    reply, state = answer("公司换法人要什么材料")
    assert (reply.status, reply.facts) == ("answered", (COMPANY,))
    assert reply.text == fact_text(kb.facts[COMPANY])
    assert reply.card["items"] == list(kb.facts[COMPANY].items)
    assert reply.buttons
    assert (state.stated, state.last) == ((COMPANY,), "answered")


@pytest.mark.parametrize("fact", sorted([*KB.facts, *KB.topics]))
def test_every_button_gets_its_fact(answer, kb, fact):
    reply, state = answer(kb.question_of(fact))
    assert reply.status in ("answered", "clarify")
    assert set(kb.facts_of_label(fact)) <= set(reply.facts)
    assert state.stated == reply.facts


def test_several_questions_are_answered_each_under_its_title(answer, kb):
    reply, state = answer("审核要多久，网站会停吗")
    assert reply.facts == ("timeline.review", "access.overview")
    assert all(f"【{kb.title_of(fact)}】" in reply.text for fact in reply.facts)
    assert state.entries == reply.facts


def test_what_the_document_leaves_open(answer, kb):
    reply, state = answer("要多少钱")
    assert reply.status == "uncovered"
    assert reply.extra["theme"] == "fees"
    assert kb.phone in reply.text
    assert (state.theme, state.stated, state.last) == ("uncovered/fees", (), "uncovered")


def test_a_fact_beside_what_is_open(answer, kb):
    reply, state = answer("审核要多久，要多少钱")
    assert reply.status == "answered"
    assert reply.facts[0] == "timeline.review"
    assert reply.extra["theme"] == "fees"
    assert kb.themes["fees"].title in reply.text
    assert state.stated == ("timeline.review",)


def test_what_is_foreign(answer, kb):
    reply, state = answer("今天天气怎么样")
    assert reply.status == "out_of_scope"
    assert reply.facts == ()
    assert reply.buttons
    assert state == Discourse(last="out_of_scope")


def test_a_day_in_the_question_is_counted_from(answer, kb):
    reply, state = answer("10月18号换的法人，要在多久内提交变更")
    assert reply.facts == (SUBMIT,)
    assert "2026年11月17日" in reply.text
    assert reply.extra["deadlines"] == [
        {"date": "2026-11-17", "title": kb.phrase("deadline", "submit_event")}
    ]
    assert reply.card["type"] == "deadline"
    assert state.focus.changed == "2026-10-18"


def test_without_a_day_it_is_asked_for_and_taken(answer, kb):
    reply, state = answer("信息变了要在多久内提交变更")
    assert kb.phrase("deadline", "ask_changed") in reply.text
    assert state.asked == Asked("changed")
    reply, state = answer("10月18号", after=state)
    assert "2026年11月17日" in reply.text
    assert kb.phrase("deadline", "ask_changed") not in reply.text


def test_a_day_that_cannot_be_is_asked_about(answer, kb):
    reply, state = answer("信息变了要在多久内提交变更", "2月30号")
    assert reply.status == "clarify"
    assert reply.text == kb.phrase("deadline", "impossible", date="2月30号")
    assert state.asked == Asked("changed")
    assert state.focus.changed is None


def test_a_day_told_with_something_else_is_followed_by_its_deadline(answer):
    reply, _ = answer("11月1号换的服务器，要什么材料")
    assert reply.facts == (SERVER, SUBMIT)
    assert "2026年12月1日" in reply.text


def test_days_roughly_known_are_not_put_into_a_calendar(answer, kb):
    reply, state = answer("上个月换的法人，现在提交晚了吗")
    assert state.focus.changed == "2026-10-01/2026-10-31"
    assert "deadlines" not in reply.extra
    assert kb.phrase("deadline", "approximate") in reply.text


def test_names_one_after_another(answer):
    reply, state = answer("“绿叶书屋”可以做网站名称吗")
    assert "“绿叶书屋”：可以用" in reply.text
    reply, _ = answer("那中国茶呢", after=state)
    assert "“中国茶”：不能用" in reply.text


def test_ages_one_after_another(answer, kb):
    reply, state = answer("网站负责人17岁可以吗")
    assert reply.card["verdicts"] == ["no"]
    reply, _ = answer("08年的呢", after=state)
    assert kb.phrase("age", "ask", minimum="18") in reply.text


def test_a_point_of_what_was_shown(answer, kb):
    reply, state = answer("公司换法人要什么材料", "营业执照要盖章吗")
    assert "加盖公章" in reply.text
    assert reply.card is None
    assert reply.facts == (COMPANY,)
    assert state.stated == (COMPANY,)


def test_what_follows_from_a_fact_shown_is_stated(answer):
    """What papers do not say of themselves stands in another fact."""
    reply, _ = answer("网站名称有哪些规定", "用了会怎样")
    assert reply.facts == ("rejection.naming",)


def test_a_correction_begins_with_what_is_understood_now(answer, kb):
    reply, state = answer("公司换法人要什么材料", "不对，是个人备案")
    assert state.focus.subject_kind == "individual"
    assert reply.facts == (PERSON,)
    assert reply.text.startswith("明白了")
    assert "个人" in reply.text.splitlines()[0]


def test_all_that_was_said_is_said_again(answer):
    first, state = answer("审核要多久，网站会停吗")
    again, _ = answer("再说一遍", after=state)
    assert again.facts == first.facts
    short, _ = answer("说简单点", after=state)
    assert short.facts == first.facts
    assert len(short.text) < len(first.text)


def test_one_of_a_list_and_then_another(answer, kb):
    listed = kb.facts["overview.types"].lists
    _, state = answer("备案变更有哪几种类型")
    for text, place in (("第二个呢", 1), ("第三个呢", 2), ("最后一个", 4)):
        reply, state = answer(text, after=state)
        assert reply.facts == (listed[place],)


def test_a_step_that_is_picked_is_stated_in_full(answer, kb):
    """Not the entry of the same number of the step's own list."""
    reply, _ = answer("备案变更的完整流程是什么", "第一步是什么")
    assert reply.facts == ("procedure.login",)
    assert reply.text == fact_text(kb.facts["procedure.login"])


@pytest.mark.parametrize("text", ["那改成好茶天下呢", "换成好茶天下行吗"])
def test_a_name_put_forward_after_another_is_checked(answer, text):
    reply, _ = answer("因为网站名称不规范被驳回了", "名字叫中国好茶网", text)
    assert reply.facts[0] == "notice.naming"
    assert "好茶天下" in reply.text


def test_a_supposition_about_a_list_may_be_an_open_theme(answer):
    reply, _ = answer("主体过户要什么材料", "要是对方不肯签呢")
    assert reply.status == "uncovered"
    missing, _ = answer("公司换法人要什么材料", "假如执照还没换下来呢")
    assert missing.facts[0] == "rejection.materials_incomplete"

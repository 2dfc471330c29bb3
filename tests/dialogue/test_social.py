"""Conversation acts: greetings, thanks, a person, and steering; each really said."""

import pytest

from beian.dialogue.social import social
from beian.meaning.state import Asked, Discourse, Matter
from beian.nlu.data_check import read_messages
from beian.nlu.labels import kind_of

ACTS = sorted({label for _, label in read_messages() if kind_of(label) == "act" and label != "checklist"})
IN_TALK = Discourse(
    stated=("timeline.review",),
    last="answered",
    trail=(("access.overview",),),
    focus=Matter("website_info", "server", "enterprise"),
)


@pytest.mark.parametrize("label", ACTS)
@pytest.mark.parametrize("state", [Discourse(), IN_TALK, Discourse(asked_back=1, last="clarify")])
def test_every_act_has_a_reply(hear, today, kb, label, state):
    """Whatever act is trained can be answered, at the beginning, in the middle and after a failure."""
    reply, after = social(label, hear("好的"), state, today, kb)
    assert reply.text.strip()
    assert "{" not in reply.text
    assert set(reply.facts) <= set(kb.facts)
    assert Discourse.from_slot(after.as_slot()) == after


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("你好", "greet"),
        ("谢谢啊", "thanks"),
        ("再见", "goodbye"),
        ("你是真人吗", "identity"),
        ("你能做什么", "capabilities"),
    ],
)
def test_small_talk(answer, kb, text, name):
    reply, state = answer(text)
    assert reply.status == "smalltalk"
    assert kb.phrase("smalltalk", name).rstrip("：") in reply.text
    assert (state.stated, state.last) == ((), "smalltalk")


def test_greetings_bring_the_opening_questions(answer, kb):
    reply, _ = answer("你好")
    assert [button["title"] for button in reply.buttons] == [kb.question_of(fact) for fact in kb.starters]


def test_thanks_lead_on_where_something_was_answered(answer, kb):
    assert answer("谢谢啊")[0].buttons == []
    reply, state = answer("审核要多久", "谢谢啊")
    assert reply.buttons[0]["title"] == kb.question_of(kb.facts["timeline.review"].next[0])
    assert state.stated == ("timeline.review",), "the question under discussion stays"


def test_who_is_angry_is_led_to_a_person(answer, kb):
    reply, _ = answer("你真笨")
    assert reply.status == "handoff"
    assert kb.phone in reply.text


# --- a person -------------------------------------------------------------------------------


def test_a_person_is_told_the_case_and_what_was_asked(answer, kb):
    reply, state = answer("公司换法人要什么材料", "审核要多久", "转人工")
    assert reply.status == "handoff"
    assert kb.phone in reply.text
    summary = reply.extra["summary"]
    assert "企业 · 主体信息变更 · 法定代表人" in summary
    assert kb.title_of("timeline.review") in summary
    assert kb.title_of("materials.subject_info.enterprise") in summary
    assert summary in reply.text
    assert state.last == "handoff"


def test_without_a_case_there_is_nothing_to_tell(answer):
    reply, _ = answer("转人工")
    assert reply.extra["summary"] == ""
    assert "联系时" not in reply.text


def test_who_does_not_want_a_person_any_more(answer):
    reply, state = answer("转人工", "不转人工了")
    assert reply.status == state.last == "smalltalk"
    assert reply.facts == ()


def test_who_wants_to_leave_a_message(answer, kb):
    reply, state = answer("我要留言")
    assert reply.text == kb.phrase("handoff", "message")
    assert reply.facts == tuple(kb.phrases["handoff"]["facts"])
    assert state.last == "handoff"


# --- steering -------------------------------------------------------------------------------


def test_a_new_beginning_forgets_everything(answer, kb):
    reply, state = answer("公司换法人要什么材料", "重新开始")
    assert state == Discourse()
    assert reply.text.startswith(kb.phrase("dialogue", "restart"))


def test_back_and_further_back(answer, kb):
    _, state = answer("审核要多久", "网站会停吗", "要多少钱")
    reply, state = answer("上一个问题", after=state)
    assert reply.facts == ("access.overview",)
    assert reply.text.startswith(kb.phrase("dialogue", "back"))
    assert state.theme is None
    reply, state = answer("上一个问题", after=state)
    assert reply.facts == ("timeline.review",)
    reply, _ = answer("上一个问题", after=state)
    assert reply.status == "smalltalk"


def test_more_is_what_comes_after_the_answer(answer, kb):
    reply, _ = answer("审核要多久", "还有别的吗")
    titles = [button["title"] for button in reply.buttons]
    assert titles == [kb.question_of(fact) for fact in kb.facts["timeline.review"].next]
    assert all(title in reply.text for title in titles)
    reply, _ = answer("还有别的吗")
    assert [button["title"] for button in reply.buttons] == [kb.question_of(fact) for fact in kb.starters]


def test_with_nothing_said_there_is_nothing_to_repeat(answer, kb):
    for text in ("再说一遍", "说简单点"):
        reply, state = answer(text)
        assert reply.text == kb.phrase("dialogue", "nothing_to_repeat")
        assert state.stated == ()


def test_yes_to_an_offer_takes_the_first_of_it(hear, today, kb):
    asked = Discourse(asked=Asked("choice", ("access.overview", "timeline.review")), last="clarify")
    reply, state = social("dialogue/affirm", hear("是的"), asked, today, kb)
    assert reply.facts == state.stated == ("access.overview",)
    assert state.asked is None


def test_stopping_ends_what_was_asked(answer, kb):
    reply, state = answer("信息变了要在多久内提交变更", "算了不问了")
    assert reply.text == kb.phrase("dialogue", "stopped")
    assert state.asked is None


# --- complaints -----------------------------------------------------------------------------


def test_after_a_complaint_it_offers_what_is_near_then_a_person(answer, kb):
    reply, state = answer("审核要多久", "答非所问")
    assert reply.status == "clarify"
    near = kb.facts["timeline.review"].next
    assert [button["title"] for button in reply.buttons] == [kb.question_of(fact) for fact in near]
    assert state.asked == Asked("choice", near)
    picked, _ = answer("第二个", after=state)
    assert picked.facts == (near[1],)
    reply, state = answer("答非所问", after=state)
    assert reply.status == "handoff"
    assert kb.phrase("handoff", "after_failures") in reply.text
    assert state.asked_back == 0


# --- which type -----------------------------------------------------------------------------


def test_who_does_not_know_the_type_is_asked_what_happened(answer, kb):
    reply, state = answer("我不知道是哪种变更")
    events = kb.phrases["which_type"]["events"]
    assert reply.status == "clarify"
    assert reply.card["items"] == events
    assert all(event in reply.text for event in events)
    assert state.asked == Asked("event")


@pytest.mark.parametrize("place", range(7))
def test_every_event_tells_a_type(answer, kb, place):
    event = kb.phrases["which_type"]["events"][place]
    reply, _ = answer("我不知道是哪种变更", event)
    assert reply.status == "answered"
    assert any(fact.startswith(("type.", "materials.")) for fact in reply.facts), reply.facts


def test_when_the_case_is_known_the_type_is_told(hear, today, kb):
    known = Discourse(focus=Matter("website_info", "server"))
    reply, state = social("which_type", hear("这算哪种变更"), known, today, kb)
    assert reply.facts == state.stated == ("type.website_info",)
    assert reply.text.startswith("服务器变了")


def test_a_word_left_for_a_person_brings_the_case_along(answer):
    reply, _ = answer("公司换法人要什么材料", "帮我给客服留个言")
    assert reply.status == "handoff"
    assert "法定代表人" in str(reply.extra["summary"])


def test_who_names_what_changes_is_told_its_type_and_not_asked(answer):
    reply, state = answer("我换邮箱选哪一种变更类型")
    assert reply.facts[0] == "type.subject_info"
    assert state.focus.item == "contact"
